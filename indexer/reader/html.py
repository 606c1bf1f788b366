"""HTML files to lines: block by block, numbered lists with their numbers, tables by cell, what is hidden left out."""

from __future__ import annotations

import re
from typing import Any

from indexer.reader.clean import Cleaner
from indexer.reader.limits import Limits
from indexer.reader.model import Cell, Line, LineRole, ReadWarning
from indexer.reader.numbering import write_number
from indexer.reader.parts import Parts, check_size

_DROPPED = {
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "canvas",
    "audio",
    "video",
}
_DROPPED |= {"head", "nav", "button", "select", "textarea", "datalist"}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "ul",
    "ol",
}
_BLOCKS |= {
    "li",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "figure",
    "figcaption",
    "address",
    "hr",
    "body",
}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "form", "fieldset", "legend", "details", "summary", "html", "center"}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(0",
    re.IGNORECASE,
)
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_OWN_LABEL = re.compile(
    r"^\s*(?:[(（](?:\d{1,3}|[a-zA-Zア-ン]|[ivx]{1,4}|[一二三四五六七八九十]{1,3})[)）]|(?:\d{1,3}|[a-zA-Zア-ン]|[ivx]{1,4})[)）.．、]|"
    r"[\dア-ン一二三四五六七八九十]{1,3}[\s　]|第\s*[\d一二三四五六七八九十]|[①-⑳・●○])"
)


class _Walker:
    """Walks a tree without recursion (a hostile file nests deeper than any stack) and collects lines."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cleaner = Cleaner()
        self.lines: list[Line] = []
        self.buffer: list[str] = []
        self.role: LineRole = "text"
        self.level = 0
        self.cell: Cell | None = None
        self.prefix = ""
        self.tables = 0
        self.depth = 0
        self.letters = 0
        self.hidden: list[str] = []

    def flush(self) -> None:
        """End the line that is being collected."""
        text = re.sub(r"[ \t\r\n]+", " ", "".join(self.buffer)).strip()
        self.buffer = []
        if not text:
            return
        number = len(self.lines) + 1
        self.letters += len(text)
        check_size(number, self.letters, self.limits)
        text = self.cleaner.clean(text, number).strip(" \u3000")
        if self.prefix and not _OWN_LABEL.match(text):
            text = f"{self.prefix} {text}"
        self.prefix = ""
        if text:
            self.lines.append(
                Line(
                    number,
                    text,
                    indent=0 if self.cell else 2 * max(0, self.depth - 1),
                    role="cell" if self.cell else self.role,
                    level=self.level,
                    cell=self.cell,
                )
            )
            if self.role == "item":
                self.role = "text"

    def blank(self) -> None:
        """Put a blank line, once."""
        if self.lines and self.lines[-1].text and self.cell is None:
            self.lines.append(Line(len(self.lines) + 1, ""))


def read_html(text: str, limits: Limits) -> Parts:
    """Read an HTML file; lines get running numbers."""
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString, PreformattedString, Tag

    soup = BeautifulSoup(text, "html.parser")
    walker = _Walker(limits)
    title = soup.title.get_text(" ", strip=True) if soup.title else None
    stack: list[tuple[Any, str]] = [(soup, "open")]
    places: list[tuple[int, int, int]] = []
    while stack:
        node, phase = stack.pop()
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                walker.buffer.append(str(node))
            continue
        if not isinstance(node, Tag):
            continue
        name = node.name.lower()
        if phase == "close":
            _close(walker, node, name, places)
            continue
        if name in _DROPPED:
            continue
        if _is_hidden(node):
            if words := node.get_text(" ", strip=True):
                walker.hidden.append(words[:80])
            continue
        _open(walker, node, name, places)
        stack.append((node, "close"))
        stack.extend((child, "open") for child in reversed(node.contents))
    walker.flush()
    while walker.lines and not walker.lines[-1].text:
        walker.lines.pop()
    warnings = walker.cleaner.warnings()
    if walker.hidden:
        n, shown = len(walker.hidden), "／".join(walker.hidden[:3])
        warnings.append(
            ReadWarning(
                "hidden_text",
                f"画面に表示されない文字{n}か所を除きました（{shown}）。",
                f"left out {n} hidden texts ({shown}).",
                n,
            )
        )
    heading = next((line.text for line in walker.lines if line.level == 1), None)
    return Parts(walker.lines, heading or title, warnings, None)


def _is_hidden(node: Any) -> bool:
    if node.has_attr("hidden") or str(node.get("type", "")).lower() == "hidden":
        return True
    return bool(_HIDDEN.search(str(node.get("style", ""))))


def _open(walker: _Walker, node: Any, name: str, places: list[tuple[int, int, int]]) -> None:
    if name == "br":
        walker.flush()
        return
    if name == "input":
        if str(node.get("type", "")).lower() in ("checkbox", "radio"):
            walker.buffer.append(" □ ")
        return
    if name not in _BLOCKS:
        return
    walker.flush()
    if name == "table":
        walker.tables += 1
        places.append((walker.tables - 1, -1, -1))
    elif name == "tr" and places:
        places[-1] = (places[-1][0], places[-1][1] + 1, -1)
    elif name in ("td", "th") and places:
        places[-1] = (places[-1][0], places[-1][1], places[-1][2] + 1)
        walker.cell = Cell(places[-1][0], max(0, places[-1][1]), places[-1][2])
    elif name in ("ol", "ul"):
        walker.depth += 1
    elif name == "li":
        walker.prefix = _item_number(node)
        walker.role = "text" if walker.prefix else "item"
    elif re.fullmatch("h[1-6]", name):
        walker.blank()
        walker.role, walker.level = "heading", int(name[1])
    elif name in ("p", "div", "section", "article"):
        walker.blank()


def _close(walker: _Walker, node: Any, name: str, places: list[tuple[int, int, int]]) -> None:
    if name not in _BLOCKS:
        return
    walker.flush()
    if name == "table":
        if places:
            places.pop()
        walker.cell = Cell(*places[-1]) if places and places[-1][1] >= 0 else None
        walker.blank()
    elif name in ("td", "th"):
        if places:
            _, _, column = places[-1]
            span = str(node.get("colspan", "1"))
            places[-1] = (
                places[-1][0],
                places[-1][1],
                column + min(int(span), 50) - 1 if span.isdigit() and int(span) else column,
            )
        walker.cell = None
    elif re.fullmatch("h[1-6]", name):
        walker.role, walker.level = "text", 0
        walker.blank()
    elif name == "li":
        walker.role, walker.prefix = "text", ""
    elif name in ("p", "ul", "ol"):
        walker.depth -= name != "p"
        walker.blank()


def _item_number(node: Any) -> str:
    """Return the number that a browser would print before an item of an `<ol>`, "" for other lists."""
    parent = node.parent
    if parent is None or parent.name != "ol":
        return ""
    value = str(node.get("value", ""))
    if value.isdigit():
        number = int(value)
    else:
        start = str(parent.get("start", "1"))
        before = sum(1 for x in node.previous_siblings if getattr(x, "name", None) == "li")
        number = (int(start) if start.isdigit() else 1) + before
    return f"{write_number(number, _FORMATS.get(str(parent.get('type', '1')), 'decimal'))}."
