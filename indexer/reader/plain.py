"""Text and Markdown files to lines."""

from __future__ import annotations

import re

from indexer.reader.clean import Cleaner
from indexer.reader.limits import Limits
from indexer.reader.model import Line, ReadWarning
from indexer.reader.parts import Parts, check_size

_ENDS = " \u3000\r\x0b\x0c"
_BREAKS = re.compile(r"\r\n|\r|\n")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?:[^()\s]|\([^)]*\))*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|___|__|~~)(?=\S)(.+?)(?<=\S)\1")
_SOFT = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]+)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"(`+)(.+?)\1")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


def read_plain(text: str, limits: Limits) -> Parts:
    """Read a text file; the numbers are the lines of the file."""
    cleaner = Cleaner()
    lines: list[Line] = []
    paged = "\x0c" in text
    page = 1
    for number, raw in enumerate(_BREAKS.split(text), 1):
        check_size(number, len(raw), limits)
        page += raw.count("\x0c")
        lines.append(_make_line(raw.replace("\x0c", ""), number, page if paged else None, cleaner))
    while lines and not lines[-1].text:
        lines.pop()
    return Parts(lines, _title(lines), cleaner.warnings(), page if paged else None)


def _make_line(raw: str, number: int, page: int | None, cleaner: Cleaner) -> Line:
    text = cleaner.clean(raw, number)
    body = text.lstrip(_ENDS + "\t") if "\t" not in text.strip(_ENDS + "\t") else text.lstrip(_ENDS)
    lead = text[: len(text) - len(body)]
    indent = sum(2 if c == "\u3000" else 4 if c == "\t" else 1 for c in lead)
    return Line(number, body.rstrip(_ENDS), page=page, indent=indent)


_TITLE = re.compile(
    r"(?:指針|基準|ガイドライン|要綱|要領|手引き?|マニュアル|について|方針|規程|心得|シート|カルテ|対策)(?:[（(].*[)）]|[」』】])?$|"
    r"\b(?:guidelines?|code|standards?|guidance|manual)\b",
    re.IGNORECASE,
)


def _title(lines: list[Line]) -> str | None:
    """Return the title: of the first lines the one that names a guideline, else the first that is no date."""
    first = [line.text for line in lines if line.text][:12]
    named = next((t for t in first if len(t) <= 60 and _TITLE.search(t)), None)
    return named or next(
        (t for t in first if not re.match(r"^(?:令和|平成|昭和|[12]\d{3}|[RHS]\d)", t)), first[0] if first else None
    )


def read_markdown(text: str, limits: Limits) -> Parts:
    """Read a Markdown file: headings by their level, lists and tables as they are typed, emphasis and links as plain words."""
    from markdown_it import MarkdownIt

    hidden = _COMMENT.findall(text)
    text = _COMMENT.sub(lambda m: "\n" * m.group(0).count("\n"), text)
    rows = _BREAKS.split(text)
    for number, raw in enumerate(rows, 1):
        check_size(number, len(raw), limits)
    levels: dict[int, int] = {}
    skipped: set[int] = set()
    tokens = MarkdownIt("commonmark").enable("table").parse("\n".join(rows))
    for token in tokens:
        if token.type == "heading_open" and token.map:
            levels[token.map[0]] = int(token.tag[1])
            skipped.update(range(token.map[0] + 1, token.map[1]) if token.markup in ("=", "-") else ())
        elif token.type == "fence" and token.map:
            skipped.update((token.map[0], token.map[1] - 1))
    cleaner = Cleaner()
    lines: list[Line] = []
    front = _front_matter(rows)
    for k, raw in enumerate(rows):
        line = _make_line(raw, k + 1, None, cleaner)
        if k < front or k in skipped:
            lines.append(Line(k + 1, line.text, furniture="markup") if line.text else line)
            continue
        body = _plain_words(line.text)
        if k in levels:
            body = re.sub(r"^#{1,6}\s*|\s*#+$", "", body)
            lines.append(Line(k + 1, body.strip(), role="heading", level=levels[k]))
        else:
            quoted = re.sub(r"^(?:>\s?)+", "", body)
            lines.append(Line(k + 1, quoted.strip(_ENDS), indent=line.indent))
    while lines and not lines[-1].text:
        lines.pop()
    warnings = cleaner.warnings()
    if hidden:
        n = len(hidden)
        warnings.append(ReadWarning("hidden_text", f"コメント{n}件を除きました。", f"left out {n} comments.", n))
    title = next((line.text for line in lines if line.level == 1), None) or _title(lines)
    return Parts(lines, title, warnings, None)


def _front_matter(rows: list[str]) -> int:
    if not rows or rows[0].strip() != "---":
        return 0
    return next((k + 1 for k, row in enumerate(rows[1:40], 1) if row.strip() in ("---", "...")), 0)


def _plain_words(text: str) -> str:
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    for pattern in (_EMPHASIS, _SOFT, _CODE):
        text = pattern.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text)
