"""HTML for the few things that Streamlit has no element for. Every text is escaped here, wherever it comes from."""

from __future__ import annotations

import re
from html import escape

_CODE = re.compile(r"`(.+?)`")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def element(tag: str, *children: str, cls: str | None = None, **attributes: str) -> str:
    """Return an element around children that are HTML already; make text into HTML with `text` first."""
    given = {"class": cls, **attributes} if cls else dict(attributes)
    written = "".join(f' {name}="{escape(value or "", quote=True)}"' for name, value in given.items())
    return f"<{tag}{written}>{''.join(children)}</{tag}>"


def text(value: str) -> str:
    """Return a text as HTML that shows exactly it."""
    return escape(value, quote=True)


def rich(source: str) -> str:
    """Return an answer's Markdown as HTML: paragraphs, lists, bold and code, and nothing else."""
    blocks = []
    for block in filter(None, (part.strip() for part in source.split("\n\n"))):
        lines = block.splitlines()
        if all(line.startswith("- ") for line in lines):
            blocks.append(element("ul", *(element("li", _inline(line[2:])) for line in lines)))
        else:
            blocks.append(element("p", "<br>".join(_inline(line) for line in lines)))
    return "".join(blocks)


def _inline(line: str) -> str:
    return _CODE.sub(r"<code>\1</code>", _BOLD.sub(r"<strong>\1</strong>", text(line)))


def badge(sign: str, word: str, tone: str) -> str:
    """Return a badge that means by sign and word, and by colour besides; `tone` is a class of `style.css`."""
    return element(
        "span", element("span", text(sign), **{"aria-hidden": "true"}), " ", text(word), cls=f"kb-badge kb-{tone}"
    )


def opening(title: str, *below: str) -> str:
    """Return a part that opens, by the browser's own means: by keyboard too, and without a server."""
    return element("details", element("summary", text(title)), *below, cls="kb-opens")


def marked(source: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with spans (sorted, apart from each other, end exclusive) marked."""
    parts, done = [], 0
    for start, end in spans:
        parts += [text(source[done:start]), element("mark", text(source[start:end]))]
        done = end
    return "".join([*parts, text(source[done:])])


def plain(source: str) -> str:
    """Return a text that Markdown leaves as it is, for labels of widgets that read Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:])", r"\\\1", source)
