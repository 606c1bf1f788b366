"""Tables that lost their rules: cells one to a line, columns parted by spaces or drawn with box characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.outline.labels import find_candidates, narrow
from indexer.outline.pieces import Piece

_LONE = re.compile(r"^(\d{1,2})$")
_SPACED = re.compile(r"\u3000{2,}|[ ]{3,}|\u3000[ ]+|[ ]+\u3000")
_HEADS = re.compile(r"適否|判定|評価|チェック|結果|備考|項目|該当|yes|no\b|check|result|item", re.IGNORECASE)


def fold_tables(pieces: Sequence[Piece]) -> list[Piece]:
    """Turn the cells of such tables into rows; everything else stays as it is."""
    return _mark_heads(_fold_spaced(_fold_linear(list(pieces))))


def _fold_linear(pieces: list[Piece]) -> list[Piece]:
    """Fold lines that are `1`, a cell, a cell, `2`, a cell, a cell … at one distance; as many lines before `1` are the heads."""
    folded: list[Piece] = []
    k = 0
    while k < len(pieces):
        width, count = _find_period(pieces, k)
        if count < 2:
            folded.append(pieces[k])
            k += 1
            continue
        heads = pieces[k - width : k]
        if len(heads) == width and folded[-width:] == heads and all(_is_cell(p) for p in heads):
            del folded[-width:]
            folded.append(_row(heads))
        folded.extend(_row(pieces[k + n * width : k + (n + 1) * width]) for n in range(count))
        k += count * width
    return folded


def _find_period(pieces: Sequence[Piece], start: int) -> tuple[int, int]:
    """Return the width of the rows and their number, where a folded table opens with `1` at `start`; else (0, 0)."""
    if _ordinal(pieces[start]) != 1:
        return 0, 0
    for width in range(2, 9):
        count = 0
        while _is_row(pieces, start + count * width, width, count + 1):
            count += 1
        if count >= 2:
            return width, count
    return 0, 0


def _is_row(pieces: Sequence[Piece], start: int, width: int, number: int) -> bool:
    row = pieces[start : start + width]
    return (
        len(row) == width and _ordinal(row[0]) == number and all(_is_cell(p) and _ordinal(p) is None for p in row[1:])
    )


def _ordinal(piece: Piece) -> int | None:
    match = _LONE.match(narrow(piece.text)) if not piece.row and not piece.left_out else None
    return int(match.group(1)) if match else None


def _is_cell(piece: Piece) -> bool:
    if piece.row or piece.left_out or len(piece.text) > 40 or "。" in piece.text:
        return False
    return not any(c.form > 0.7 for c in find_candidates(piece.text))


def _row(cells: Sequence[Piece]) -> Piece:
    also = tuple(n for p in cells[1:] for n in (p.line, *p.also))
    texts = tuple(p.text for p in cells)
    return replace(
        cells[0], text="\t".join(texts), cells=texts, row=1, also=also, cell_lines=tuple(p.line for p in cells)
    )


def _fold_spaced(pieces: list[Piece]) -> list[Piece]:
    """Fold runs of two lines or more whose columns are parted by wide gaps."""
    folded = list(pieces)
    k = 0
    while k < len(folded):
        end = k
        while (
            end < len(folded)
            and _columns(folded[end]) >= 2
            and (end == k or _columns(folded[end]) == _columns(folded[k]))
        ):
            end += 1
        if end - k >= 2:
            for n in range(k, end):
                cells = tuple(c.strip() for c in _SPACED.split(folded[n].text))
                folded[n] = replace(folded[n], cells=cells, row=1)
        k = max(end, k + 1)
    return folded


def _columns(piece: Piece) -> int:
    if piece.row or piece.left_out or not piece.first or "。" in piece.text[:-1]:
        return 0
    cells = [c for c in _SPACED.split(piece.text) if c.strip()]
    if len(cells) < 2 or any(len(c) > 40 for c in cells):
        return 0
    opens = find_candidates(piece.text)
    return 0 if opens and opens[0].form > 0.7 else len(cells)


def _mark_heads(pieces: list[Piece]) -> list[Piece]:
    """Leave out the column heads of a check sheet whose cells stand one to a line (`項目`, `適否`)."""
    marked = list(pieces)
    for k, piece in enumerate(pieces):
        if piece.left_out != "form" or k < 2 or pieces[k - 1].left_out:
            continue
        heads: list[int] = []
        j = k - 2
        while j >= 0 and not pieces[j + 1].gap and _is_cell(pieces[j]) and len(pieces[j].text) <= 8:
            heads.append(j)
            j -= 1
        if any(_HEADS.search(pieces[h].text) for h in heads):
            for h in heads:
                marked[h] = replace(pieces[h], left_out="column_heads")
    return marked
