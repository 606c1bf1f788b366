"""Lines to pieces: what a table row, a cell or a run of inline labels holds is taken apart before labels are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.outline.labels import BULLETS, narrow
from indexer.reader.model import Line


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is in exactly one section or left out.

    `line` is its line number; `gap` tells that a blank line (or the start of the file) stands before it, `first` that it opens
    its line. `opens_row` marks the criterion of a check-sheet row, `in_form` every piece of one, `boxed` a box to tick before
    it, `item` an item of a list of the markup, `dash` a `- ` that was dropped. `row` is the run of table rows that it belongs
    to (0: none) with `cells` as printed; `also` are its further lines. `full` tells that its line
    runs to the right edge, `caption` is the title that a line before it gives; `sure` marks a
    label that was parted from the next one on its line.
    """

    line: int
    text: str
    gap: bool = False
    first: bool = True
    indent: int = 0
    page: int | None = None
    level: int = 0
    dash: bool = False
    boxed: bool = False
    opens_row: bool = False
    in_form: bool = False
    also: tuple[int, ...] = ()
    row: int = 0
    cells: tuple[str, ...] = ()
    cell_lines: tuple[int, ...] = ()
    left_out: str | None = None
    item: bool = False
    full: bool = False
    caption: str = ""
    sure: bool = False


_TAG = re.compile(
    r"</?(?:ul|ol|li|p|div|td|th|tr|span|b|i|strong|em|sup|sub|br|table|tbody|thead|font|u|a)\b[^<>]*>", re.IGNORECASE
)
_LIST = re.compile(r"<(?:ul|ol|li|br|p|div)\b[^<>]*/?>|</(?:p|ul|ol|li)>", re.IGNORECASE)
_BOX = re.compile(r"<input\b[^<>]*>", re.IGNORECASE)
_SUPER = re.compile(r"\$?\^\{([^{}]{1,4})\}\$?")
_BREAK, _UL, _OL = "\x00", "\x01", "\x02"
_FORM_WORDS = (
    "(?:適合|不適合|適|否|不適|非該当|該当なし|該当|対象外|はい|いいえ|有|無|可|不可|良|未|済|"
    "OK|NG|N/?A|YES|NO|Yes|No|Pass|Fail|○|×|△|✓|-)"
)
_FORM = re.compile(
    rf"^(?:[\s・/／|｜]*(?:[□☐☑■]\s*{_FORM_WORDS}|{_FORM_WORDS}\s*[□☐☑■]|"
    r"[□☐☑](?=\s*(?:$|[□☐☑])))[\s・/／|｜]*)+$"
)
_FORM_TAIL = re.compile(rf"(?:\s*(?:[□☐☑]\s*{_FORM_WORDS}|{_FORM_WORDS}\s*[□☐☑])){{2,}}\s*$")
_RULE = re.compile(r"^\|?[\s:|=+\-–—―_＝・.…\u2500-\u257f]{3,}\|?$")
_INLINE = re.compile(
    r"(?:(?<=[。．\s　])|(?<=^))(?=(?:\(\d{1,2}\)|\([ア-ン]\)|\([a-z]\)|\([ivx]{1,4}\)|[①-⑳])(?![をがにのとはもでや、。]))"
)
_INLINE_LABEL = re.compile(r"^(\((?:\d{1,2}|[ア-ン]|[a-z]|[ivx]{1,4})\)|[①-⑳])")


def split_lines(lines: Sequence[Line]) -> list[Piece]:
    """Divide lines into pieces, in order; blank lines become the `gap` of what follows."""
    pieces: list[Piece] = []
    gap = True
    for group in _group_cells(lines):
        line = group[0]
        if not line.text.strip() and len(group) == 1:
            gap = True
            continue
        made = _split_line(line) if line.cell is None else _split_group(group)
        for k, piece in enumerate(made):
            pieces.append(replace(piece, gap=gap and k == 0, first=k == 0))
        gap = gap and all(p.left_out for p in made)
    return _drop_dashes(pieces)


def _group_cells(lines: Sequence[Line]) -> list[list[Line]]:
    """Put the cells of one row of one table together; any other line stands alone."""
    groups: list[list[Line]] = []
    for line in lines:
        last = groups[-1][-1].cell if groups else None
        if line.cell and last and (last.table, last.row) == (line.cell.table, line.cell.row):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _split_group(group: list[Line]) -> list[Piece]:
    columns: dict[int, list[str]] = {}
    for line in group:
        if line.cell:
            columns.setdefault(line.cell.column, []).append(line.text)
    width = max(columns, default=0) + 1
    cells = [" <br> ".join(t for t in columns.get(k, []) if t) for k in range(width)]
    also = tuple(line.number for line in group[1:] if line.text.strip())
    base = Piece(group[0].number, "\t".join(cells), page=group[0].page, also=also)
    return _split_row(base, cells)


def _split_line(line: Line) -> list[Piece]:
    base = Piece(line.number, line.text, indent=line.indent, page=line.page, level=line.level, item=line.role == "item")
    if line.furniture:
        return [replace(base, left_out=line.furniture)]
    if _RULE.match(line.text) and not any(c.isalnum() for c in line.text):
        return [replace(base, left_out="rule")]
    text = _SUPER.sub(r"\1", line.text)
    cells = _find_cells(line, text)
    if cells is None:
        boxed = bool(_BOX.search(text)) or _has_markup(text)
        tail = _FORM_TAIL.search(text)
        if _FORM.match(narrow(text)):
            return [replace(base, left_out="form")]
        if tail and tail.start() > 0:
            return _split_cell(replace(base, text=text[: tail.start()]), check=True)
        return _split_cell(replace(base, text=text), check=False) if boxed else _split_inline(replace(base, text=text))
    return _split_row(base, cells)


def _has_markup(text: str) -> bool:
    return bool(_TAG.search(text) or re.search(r"[。\s][□☐]\s*[\((]", text))


def _find_cells(line: Line, text: str) -> list[str] | None:
    """Return the cells of a row (tab-separated or between pipes), or None where the line is no row."""
    if text.startswith("- |"):
        text = text[2:]
    if text[:1] in "│┃｜" and sum(text.count(c) for c in "│┃｜") >= 2:
        return [c.strip() for c in re.split("[│┃｜]", text.strip("│┃｜ 　"))]
    if "\t" in text:
        return [c.strip() for c in text.split("\t")]
    if text.startswith("|") and (text.count("|") >= 2 or text.startswith("| ")):
        return [c.strip() for c in text.strip().strip("|").split("|")]
    return None


def _split_row(base: Piece, cells: list[str]) -> list[Piece]:
    kept = [_clean(c) for c in cells]
    forms = [bool(c) and bool(_FORM.match(narrow(c))) for c in kept]
    if all(f or not c for f, c in zip(forms, kept, strict=True)):
        return [replace(base, left_out="form" if any(forms) else "rule")]
    return [replace(base, cells=tuple(cells), row=1, in_form=any(forms))]


def _clean(cell: str) -> str:
    return _TAG.sub(" ", _BOX.sub("□", cell)).strip()


def split_criterion(piece: Piece) -> list[Piece]:
    """Take a row of a check sheet apart: the criterion with what it lists; the boxes to tick are left out.

    A first cell that is only a label (`1`, `①`, `(1)`) stays in front of the second one.
    """
    cells = [c for c in piece.cells if c and not _FORM.match(narrow(_clean(c)))]
    if len(cells) > 1 and re.fullmatch(
        r"[(（]?(?:\d{1,3}(?:[.-]\d{1,3})*|[ア-ン]|[a-zA-Z]|[①-⑳])[)）.．]?", narrow(cells[0])
    ):
        cells = [f"{cells[0]} {cells[1]}", *cells[2:]]
    first = _split_cell(replace(piece, text=cells[0], cells=(), row=0), check=True)
    others = [
        replace(p, opens_row=False)
        for c in cells[1:]
        for p in _split_cell(replace(piece, text=c, cells=(), row=0), check=True)
    ]
    return first + others


def _split_cell(base: Piece, *, check: bool) -> list[Piece]:
    text = _BOX.sub(" □ ", base.text)
    text = _LIST.sub(_mark_list, text)
    text = _TAG.sub("", text)
    text = re.sub(r"\s+(?=[★☆]\s*\S)", _BREAK, text)
    text = re.sub(r"(?<=[。\)）」\s])\s*(?=[□☐]\s*[^\s□])", _BREAK, text)
    text = re.sub(r"(?<=[。\s])(?=[・●]\s*\S)", _BREAK, text)
    text = _split_lost_lists(text)
    pieces: list[Piece] = []
    depth = 0
    for part in text.split(_BREAK):
        depth += part.count(_UL) + part.count(_OL)
        body = part.replace(_UL, "").replace(_OL, "").strip()
        if not body:
            continue
        boxed = bool(re.match(r"[□☐]", body))
        stripped = re.sub(r"^[□☐]\s*", "", body)
        if boxed and _INLINE_LABEL.match(narrow(stripped)):
            body = stripped
        made = replace(
            base, text=body, opens_row=check and not pieces, in_form=True, boxed=boxed, item=depth > 1 and bool(pieces)
        )
        pieces.extend(_split_inline(made))
    return pieces or [replace(base, left_out="form")]


def _mark_list(match: re.Match[str]) -> str:
    tag = match.group(0).lower()
    return _BREAK + (_OL if tag.startswith("<ol") else _UL if tag.startswith("<ul") else "")


def _split_lost_lists(text: str) -> str:
    """Part the items of an inner list that lost its marks: `<ol>` items are numbered again, `<ul>` items become bullets."""
    parts = text.split(_BREAK)
    seen = 0
    for k, part in enumerate(parts):
        seen += part.count(_UL) + part.count(_OL)
        body = part.replace(_UL, "").replace(_OL, "").strip()
        if (
            not body
            or seen < 2
            or not (_UL in part or _OL in part)
            or _INLINE_LABEL.match(narrow(body))
            or body[0] in BULLETS + "□"
        ):
            continue
        items = [i.strip() for i in re.split(r"(?<=。)\s+|(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", body) if i.strip()]
        if _OL in part:
            parts[k] = part[: part.index(_OL) + 1] + _BREAK.join(f"({n}) {item}" for n, item in enumerate(items, 1))
        elif len(items) > 1:
            parts[k] = part[: part.index(_UL) + 1] + _BREAK.join(i if i in ("など", "等") else f"・ {i}" for i in items)
    return _BREAK.join(parts)


def _split_inline(piece: Piece) -> list[Piece]:
    """Split `…。 (1) … (2) …` where the labels count on from 1 and each follows a gap or a full stop."""
    plain = narrow(piece.text)
    places = [m.start() for m in _INLINE.finditer(plain)]
    labels = [_INLINE_LABEL.match(plain[p:]) for p in places]
    names = [m.group(1) if m else "" for m in labels]
    if len(places) < 2 or names[0] not in ("(1)", "(ア)", "(a)", "(i)", "①") or len({_shape(n) for n in names}) != 1:
        return [piece]
    if names != _expected(names[0], len(names)):
        return [piece]
    cuts = ([0] if places[0] > 0 else []) + places + [len(plain)]
    parts = [piece.text[a:b].strip() for a, b in zip(cuts, cuts[1:], strict=False)]
    return [
        replace(piece, text=part, opens_row=piece.opens_row and k == 0, item=piece.item and k == 0)
        for k, part in enumerate(parts)
        if part
    ]


def _shape(label: str) -> str:
    inner = label.strip("()")
    return "①" if inner in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" else "1" if inner.isdigit() else "ア" if inner > "z" else "a"


def _expected(first: str, count: int) -> list[str]:
    from indexer.outline.numerals import CIRCLED, GOJUON, LETTERS, write_roman

    inner = first.strip("()")
    rows: Iterable[str] = {
        "1": (str(k) for k in range(1, count + 1)),
        "ア": iter(GOJUON[:count]),
        "a": iter(LETTERS[:count]),
        "i": (write_roman(k) for k in range(1, count + 1)),
    }.get(inner, iter(CIRCLED[:count]))
    return [f"({r})" if first.startswith("(") else r for r in rows]


_CONTINUES = re.compile(r"(?:また|なお|ただし|但し|かつ|この場合)[、，]?")


def _drop_dashes(pieces: list[Piece]) -> list[Piece]:
    """Drop `- ` where it is a mark of the extraction: before a label, before また/なお, and in a run that has such lines."""
    result = list(pieces)
    start = 0
    while start < len(pieces):
        end = start
        while end < len(pieces) and pieces[end].text.startswith("- ") and (end == start or not pieces[end].gap):
            end += 1
        if end == start:
            start += 1
            continue
        bodies = [pieces[k].text[2:].strip() for k in range(start, end)]
        marked = [_opens_label(b) for b in bodies]
        for k in range(start, end):
            if any(marked) or _CONTINUES.match(bodies[k - start]):
                result[k] = replace(pieces[k], text=bodies[k - start], dash=True)
        start = end
    return result


def _opens_label(text: str) -> bool:
    from indexer.outline.labels import find_candidates

    return text[:1] in BULLETS.replace("-", "") or any(c.form >= 0.7 for c in find_candidates(text))


def split_labels(pieces: Sequence[Piece]) -> list[Piece]:
    """Part a label from the first item of a list that starts on the same line (`2 (1) …`, `注2、・…`)."""
    from indexer.outline.labels import find_candidates

    parted: list[Piece] = []
    for piece in pieces:
        outer = find_candidates(piece.text) if not piece.left_out and not piece.row else []
        best = outer[0] if outer else None
        if best is None or best.form < 0.8 or best.kind not in ("number", "note") or not best.rest:
            parted.append(piece)
            continue
        inner = find_candidates(best.rest)
        opens = inner and inner[0].form >= 0.85 and inner[0].style != best.style
        if not opens or not (
            inner[0].value == (1,) and inner[0].kind == "number" or inner[0].label == "・" and best.rest[0] in "・●○"
        ):
            parted.append(piece)
            continue
        head = piece.text[: len(piece.text) - len(best.rest)].strip()
        parted.append(replace(piece, text=head, sure=True))
        parted.append(replace(piece, text=best.rest, gap=False, first=False, opens_row=False, also=()))
    return parted


_CAPTION = re.compile(r"^[（(]([^（）()]{1,30})[）)]$")
_PARAGRAPH = re.compile(r"^\d{1,2}[\s.、]")
_ARTICLE = re.compile(r"^(?:第\s*[\d一二三四五六七八九十百]+\s*条|Article\s+\d)", re.IGNORECASE)


def attach_captions(pieces: Sequence[Piece]) -> list[Piece]:
    """Give the title in brackets that stands alone above an article (`（目的）`, then `第1条 …`) to that article."""
    attached: list[Piece] = []
    held: Piece | None = None
    live = [p for p in pieces if not p.left_out]
    pairs = [(a, b) for a, b in zip(live, live[1:], strict=False) if a.first and _CAPTION.match(a.text) and not a.row]
    numbered = sum(1 for _, b in pairs if _PARAGRAPH.match(narrow(b.text))) >= 2
    rules = False  # in the supplementary rules the paragraphs carry such titles, too
    for piece in pieces:
        rules = rules or bool(re.match(r"[附付]\s*則", piece.text))
        if held is not None and not piece.left_out:
            if _ARTICLE.match(narrow(piece.text)) or ((rules or numbered) and _PARAGRAPH.match(narrow(piece.text))):
                match = _CAPTION.match(held.text)
                title = match.group(1) if match else held.text
                piece = replace(piece, caption=title, also=(held.line, *held.also, *piece.also), gap=held.gap)
            else:
                attached.append(held)
            held = None
        if not piece.left_out and not piece.row and piece.first and _CAPTION.match(piece.text):
            held = piece
            continue
        attached.append(piece)
    return [*attached, *([held] if held else [])]


def mark_full(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark the pieces whose line runs to the right edge of a text with hard line breaks: the next line may go on with it."""
    width = _wrap_width(pieces)
    if not width:
        return list(pieces)
    return [
        replace(p, full=True) if p.first and not p.row and columns(p.text) + p.indent >= width else p for p in pieces
    ]


def _wrap_width(pieces: Sequence[Piece]) -> int:
    """Return the width at which long lines of the file are broken, or 0 where they are not."""
    wide = [
        w for w in (columns(p.text) + p.indent for p in pieces if p.first and not p.row and not p.in_form) if w >= 40
    ]
    if len(wide) < 8:
        return 0
    wide.sort()
    limit = wide[int(len(wide) * 0.97)]
    near = sum(1 for w in wide if limit - 8 <= w <= limit + 6)
    return limit - 8 if near >= max(4, len(wide) * 0.25) and limit <= 160 else 0


def columns(text: str) -> int:
    """Return the width of `text` in columns (a letter that is not ASCII counts two)."""
    return sum(1 if c.isascii() else 2 for c in text)
