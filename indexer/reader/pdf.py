"""PDF files to lines: the visible text of each page in reading order, tables by cell, hidden text reported and left out."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from indexer.reader.clean import Cleaner
from indexer.reader.columns import Strip, set_page
from indexer.reader.errors import ReadProblem
from indexer.reader.glyphs import INVISIBLE, Glyph, collect_glyphs, inside, is_white, mark_invisible_text
from indexer.reader.limits import Limits
from indexer.reader.model import Cell, Line, ReadWarning
from indexer.reader.parts import Parts, check_size

_TINY = 2.0
_SMALL = 0.88
_NOTE = re.compile(r"(?:[(（]?注\s*\d{0,2}|※|[*＊†]|\d{1,2}[)）]|Notes?\b)", re.IGNORECASE)
_MARGIN = 0.09
_NUMBER = re.compile(
    r"^[\s\-–—―~〜(（\[]*(?:p\.?|page)?\s*\d{1,4}\s*(?:[/／]\s*\d{1,4})?\s*(?:ページ|頁)?[\s\-–—―~〜)）\]]*$",
    re.IGNORECASE,
)


@dataclass
class _Row:
    """One printed line of a page."""

    text: str
    top: float
    bottom: float
    left: float
    size: float
    cell: Cell | None = None
    rank: int = 0


@dataclass
class _Page:
    """One page: rows in reading order, what was hidden, and where its text begins."""

    number: int
    height: float
    rows: list[_Row] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    invisible: int = 0
    visible: int = 0
    images: int = 0
    strip: Strip | None = None


def read_pdf(data: bytes, limits: Limits) -> Parts:
    """Read a PDF file; lines get running numbers and their page.

    Raises `ReadProblem`: `encrypted`, `damaged`, `scanned` (pages of pictures without a text layer), `too_large`.
    """
    pages, title = _read_pages(data, limits)
    letters = sum(p.visible for p in pages)
    images = sum(p.images for p in pages)
    layered = letters == 0 and sum(p.invisible for p in pages) > 20 * len(pages) and images > 0
    if layered:  # a scan with recognised text under the picture: all its text is invisible
        pages, title = _read_pages(data, limits, keep_invisible=True)
    if letters < 5 * len(pages) and not layered:
        raise ReadProblem(
            "scanned",
            f"文字のないPDFです（{len(pages)}ページ）。紙を読み取った画像のようです。文字認識（OCR）をかけたPDFか、元の文書を指定してください。",
            f"a PDF without text ({len(pages)} pages), a scan as it seems; give a PDF with recognised text or the source.",
        )
    return _make_lines(pages, title, limits, layered=layered)


def _read_pages(data: bytes, limits: Limits, *, keep_invisible: bool = False) -> tuple[list[_Page], str | None]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    mark_invisible_text()
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            count = len(pdf.pages)
            if count > limits.pages:
                raise ReadProblem(
                    "too_large",
                    f"{count}ページあります（上限 {limits.pages}ページ）。分割してください。",
                    f"has {count} pages (at most {limits.pages}); divide the file.",
                )
            if count == 0:
                raise ReadProblem("damaged", "ページのないPDFです。", "the PDF has no pages.")
            pages: list[_Page] = []
            tables, strip = 0, None
            for number, page in enumerate(pdf.pages, 1):
                made, tables = _read_page(page, number, tables, strip, keep_invisible=keep_invisible)
                strip = made.strip or strip
                pages.append(made)
                page.close()
            title = str((pdf.metadata or {}).get("Title") or "").strip()
    except ReadProblem:
        raise
    except RecursionError:
        raise ReadProblem("damaged", "PDFの構造が循環しています。", "the PDF refers to itself in a loop.") from None
    except MemoryError:
        raise
    except Exception as error:  # pdfplumber wraps whatever pdfminer raises
        causes = [error, *error.args, error.__cause__]
        if any(isinstance(c, (PDFEncryptionError, PDFPasswordIncorrect)) for c in causes):
            raise ReadProblem(
                "encrypted",
                "パスワードで保護されたPDFです。保護を解除して保存し直してください。",
                "this PDF is protected by a password; save it without protection.",
            ) from None
        raise ReadProblem(
            "damaged",
            f"PDFとして読めません（{type(error).__name__}）。",
            f"cannot be read as a PDF ({type(error).__name__}).",
        ) from None
    return pages, title or None


def _read_page(page: Any, number: int, tables: int, strip: Strip | None, *, keep_invisible: bool) -> tuple[_Page, int]:
    glyphs, fills, images, ruled = collect_glyphs(page)
    made = _Page(number, float(page.height), images=images)
    hidden: list[str] = []
    shown: list[Glyph] = []
    for glyph in glyphs:
        why = _hidden_reason(glyph, page, fills, images)
        if why == "invisible":
            made.invisible += 1
        if why is None or (why == "invisible" and keep_invisible):
            shown.append(glyph)
            made.visible += bool(glyph.text.strip())
        else:
            hidden.append(glyph.text)
    if text := re.sub(r"\s+", " ", "".join(hidden)).strip():
        made.hidden.append(text)
    if not shown:
        return made, tables
    areas: list[tuple[float, float, float, float]] = []
    if ruled >= 4:
        places = {(round(g.x0, 1), round(g.top, 1)) for g in shown}
        visible = page.filter(lambda o: o["object_type"] != "char" or (round(o["x0"], 1), round(o["top"], 1)) in places)
        for table in (visible if hidden else page).find_tables():
            rows = _read_table(table, tables)
            if len(table.rows) < 2 or len({r.cell.column for r in rows if r.cell}) < 2:
                continue
            areas.append(table.bbox)
            made.rows.extend(rows)
            tables += 1
    placed, made.strip = set_page([g for g in shown if not any(inside(g, a) for a in areas)], strip)
    starts: dict[int, tuple[int, float]] = {}
    for row in made.rows:
        if row.cell and row.cell.table not in starts:
            above = [p.rank for p in placed if p.line.bottom <= row.top + 1]
            starts[row.cell.table] = (max(above, default=0) if len(set(above)) < 2 else above[-1], row.top)
    made.rows.extend(
        _Row(p.line.text, p.line.top, p.line.bottom, p.line.left, p.line.size, None, p.rank) for p in placed
    )
    made.rows.sort(key=lambda r: (*(starts[r.cell.table] if r.cell else (r.rank, r.top)), r.cell is not None))
    return made, tables


def _hidden_reason(glyph: Glyph, page: Any, fills: list[tuple[float, float, float, float]], images: int) -> str | None:
    """Tell why a character cannot be seen: drawn invisibly, tiny, outside the page, white on white."""
    if glyph.color == INVISIBLE:
        return "invisible"
    if not glyph.text.strip():
        return None
    if glyph.size < _TINY:
        return "tiny"
    left, top, right, bottom = page.bbox
    if glyph.x1 <= left or glyph.x0 >= right or glyph.bottom <= top or glyph.top >= bottom:
        return "outside"
    if is_white(glyph.color) and not images and not any(inside(glyph, f) for f in fills):
        return "white"
    return None


def _read_table(table: Any, number: int) -> list[_Row]:
    rows: list[_Row] = []
    for r, (row, cells) in enumerate(zip(table.rows, table.extract(x_tolerance_ratio=0.35), strict=False)):
        for column, text in enumerate(cells):
            parts = [p.strip() for p in (text or "").split("\n")]
            joined = _join(parts)
            top = row.bbox[1]
            rows.append(_Row(joined, top, row.bbox[3], row.bbox[0], 10.0, Cell(number, r, column)))
    return rows


def _join(parts: list[str]) -> str:
    """Join the broken lines of a cell, but keep apart what opens with a label of its own."""
    joined = ""
    for part in parts:
        if not joined:
            joined = part
        elif re.match(r"[(（][\dア-ンa-z]+[)）]|[①-⑳・□●○]", part):
            joined += " " + part
        else:
            joined += (" " if joined[-1:].isascii() and part[:1].isascii() else "") + part
    return joined


def _make_lines(pages: list[_Page], title: str | None, limits: Limits, *, layered: bool) -> Parts:
    cleaner = Cleaner()
    furniture = _find_furniture(pages)
    body = [r.left for p in pages for r in p.rows if r.cell is None]
    left = min(body, default=0.0)
    steps = Counter(
        round(b.top - a.top, 0)
        for p in pages
        for a, b in zip(p.rows, p.rows[1:], strict=False)
        if a.cell is None and b.cell is None
    )
    step = next((s for s, _ in steps.most_common() if s > 4), 16.0)
    lines: list[Line] = []
    letters = 0
    notes = [_take_footnotes(page, furniture) for page in pages]
    for page in [*pages, *([_Page(pages[-1].number, 0.0, [n for one in notes for n in one])] if any(notes) else [])]:
        before: _Row | None = None
        if page.height == 0.0 and lines and lines[-1].text:
            lines.append(Line(len(lines) + 1, "", page=page.number))
        for row in page.rows:
            number = len(lines) + 1
            letters += len(row.text)
            check_size(number, letters, limits)
            text = cleaner.clean(row.text, number).strip(" \u3000")
            why = furniture.get((page.number, round(row.top, 1), row.text))
            leaves_table = before is not None and (before.cell is None) != (row.cell is None)
            apart = before is not None and row.cell is None and row.top - before.top > 1.5 * step
            if lines and lines[-1].text and (leaves_table or apart):
                lines.append(Line(number, "", page=page.number))
                number += 1
            indent = 0 if row.cell else max(0, round(2 * (row.left - left) / max(row.size, 4.0)))
            lines.append(
                Line(
                    number,
                    text,
                    page.number,
                    indent,
                    "cell" if row.cell else "text",
                    cell=row.cell,
                    furniture=why if text else None,
                )
            )
            before = row if why is None else before
    warnings = [*cleaner.warnings(), *_page_warnings(pages, furniture, layered=layered)]
    first = next((x.text for x in lines if x.text and not x.furniture), None)
    return Parts(
        lines, title if title and not re.search(r"\.(?:docx?|xlsx?|jtd|pptx?)$", title) else first, warnings, len(pages)
    )


def _take_footnotes(page: _Page, furniture: dict[tuple[int, float, str], str]) -> list[_Row]:
    """Take the footnotes off a page: small lines at the foot of a column, the first of which opens with the mark of a note."""
    body = [r for r in page.rows if r.cell is None and (page.number, round(r.top, 1), r.text) not in furniture]
    usual = sorted(r.size for r in body)[len(body) // 2] if body else 0.0
    taken: list[_Row] = []
    for rank in sorted({r.rank for r in body}):
        column = [r for r in body if r.rank == rank]
        first = len(column)
        while first > 0 and column[first - 1].size < _SMALL * usual:
            first -= 1
        while first < len(column) and not _NOTE.match(column[first].text):
            first += 1
        taken.extend(column[first:])
    page.rows = [r for r in page.rows if not any(r is t for t in taken)]
    return taken


def _find_furniture(pages: list[_Page]) -> dict[tuple[int, float, str], str]:
    """Find page numbers and running heads: what stands in the margins of several pages, alike but for its digits."""
    found: dict[tuple[int, float, str], str] = {}
    edges: list[tuple[int, bool, _Row]] = []
    sizes = sorted(r.size for p in pages for r in p.rows if r.cell is None)
    usual = sizes[len(sizes) // 2] if sizes else 10.0
    for page in pages:
        rows = [r for r in page.rows if r.cell is None and r.text.strip()]
        for k, row in enumerate(rows):
            upper = row.bottom < page.height * _MARGIN or (k == 0 and row.bottom < page.height * 1.5 * _MARGIN)
            lower = row.top > page.height * (1 - _MARGIN) or (
                k == len(rows) - 1 and row.top > page.height * (1 - 1.5 * _MARGIN)
            )
            if (upper or lower) and _NUMBER.match(row.text):
                found[(page.number, round(row.top, 1), row.text)] = "page_number"
            elif upper or lower:
                edges.append((page.number, upper, row))
    for fold in (False, True):  # alike letter for letter, then alike but for the number of the page
        groups: dict[tuple[str, bool], list[tuple[int, _Row]]] = {}
        for number, upper, row in edges:
            if (number, round(row.top, 1), row.text) not in found:
                key = _edge_key(row.text, number) if fold else row.text.strip()
                groups.setdefault((key, upper), []).append((number, row))
        for places in groups.values():
            level = len({round(row.top) for _, row in places}) <= 2
            if level and (len(places) >= 3 or (len(places) == 2 and len(pages) <= 3)):
                keep_first = len(places) == 2 and places[0][1].size > usual
                for number, row in places[1:] if keep_first else places:
                    found[(number, round(row.top, 1), row.text)] = "running_header"
    return found


def _edge_key(text: str, page: int) -> str:
    """Return the text of a line in a margin; a number near the page's own is the page's."""
    return re.sub(
        r"\d+", lambda m: "#" if abs(int(m.group(0)) - page) <= 20 and len(m.group(0)) < 5 else m.group(0), text.strip()
    )


def _page_warnings(
    pages: list[_Page], furniture: dict[tuple[int, float, str], str], *, layered: bool
) -> list[ReadWarning]:
    made: list[ReadWarning] = []
    hidden = [(p.number, t) for p in pages for t in p.hidden]
    if hidden and not layered:
        where = "、".join(str(n) for n, _ in hidden[:5])
        sample, letters = hidden[0][1][:60], sum(len(t) for _, t in hidden)
        pages_en = where.replace("、", ", ")
        made.append(
            ReadWarning(
                "hidden_text",
                f"目に見えない文字を{letters}字除きました（{where}ページ、例：{sample}）。",
                f"left out {letters} characters that cannot be seen (page {pages_en}, e.g. {sample}).",
                len(hidden),
            )
        )
    if layered:
        made.append(
            ReadWarning(
                "ocr_layer",
                "紙を読み取った画像に文字認識の結果が付いたPDFです。認識の誤りがあり得ます。数値は紙面と見比べてください。",
                "a scan with recognised text: there may be errors of recognition; compare the figures with the pages.",
            )
        )
    blank = [p.number for p in pages if p.images and p.visible < 5]
    if blank and not layered:
        where = "、".join(str(n) for n in blank[:8])
        made.append(
            ReadWarning(
                "scanned_pages",
                f"画像だけのページがあります（{where}ページ）。その文字は読み取れていません。",
                f"some pages are pictures only (page {where.replace('、', ', ')}); their text was not read.",
                len(blank),
            )
        )
    for why, ja, en in (
        ("page_number", "ページ番号", "page numbers"),
        ("running_header", "柱・フッター", "running heads"),
    ):
        if n := sum(1 for v in furniture.values() if v == why):
            made.append(ReadWarning(f"left_out_{why}", f"{ja}{n}個を本文から外しました。", f"left out {n} {en}.", n))
    return made
