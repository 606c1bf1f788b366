"""Runs of table rows: check sheets are taken apart into criteria, other tables keep their rows together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.outline.furniture import is_sentence
from indexer.outline.labels import narrow
from indexer.outline.pieces import Piece, split_criterion

_ORDINAL = re.compile(r"^[(（]?(?:\d{1,3}(?:[.-]\d{1,3})*|[①-⑳]|[ア-ン]|[a-zA-Z]|[ivx]{1,4})[)）.．、]?$")
_LEADING = re.compile(r"^\s*([(（]\d{1,3}[)）]|[①-⑳]|[(（][ア-ン][)）])\s*")
_SEPARATOR = re.compile(r"^[\s:|\-–—―]*$")


@dataclass(frozen=True)
class Row:
    """A row of a table: its label where the first cell is one (`1`, `①`), its cells by column head, and its pieces."""

    label: str | None
    cells: tuple[tuple[str, str], ...]
    text: str
    pieces: tuple[Piece, ...]


def group_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """Number the runs of table rows; take check sheets apart; a lone row that is no table becomes plain text."""
    grouped: list[Piece] = []
    run = 0
    k = 0
    while k < len(pieces):
        if not pieces[k].row or pieces[k].left_out:
            grouped.append(pieces[k])
            k += 1
            continue
        end = k
        while end < len(pieces) and _goes_on(pieces, k, end):
            end += 1
        rows = _join_wrapped(list(pieces[k:end]))
        k = end
        live = [r for r in rows if r.row]
        if any(r.in_form for r in live):
            grouped.extend(_split_sheet(rows))
        elif len(live) < 2 and len(live[0].cells) < 3:
            grouped.extend(replace(r, row=0, cells=(), text=_join_cells(r.cells)) if r.row else r for r in rows)
        else:
            run += 1
            grouped.extend(replace(r, row=run) if r.row else r for r in rows)
    return _mark_linear_sheets(grouped)


def _goes_on(pieces: Sequence[Piece], start: int, k: int) -> bool:
    piece = pieces[k]
    if piece.row:
        return k == start or not piece.gap or len(piece.cells) == len(pieces[k - 1].cells)
    if piece.left_out in ("rule", "form", "column_heads", "page_number", "running_header"):
        return any(p.row for p in pieces[k + 1 : k + 3])
    # a wrapped cell of a Markdown table: the row goes on below without a pipe at its start
    return not piece.gap and "|" in piece.text and any(p.row for p in pieces[start:k])


def _join_wrapped(rows: list[Piece]) -> list[Piece]:
    """Join a row whose cells hold line breaks: what follows without a pipe at its start goes on with the last cell."""
    joined: list[Piece] = []
    for piece in rows:
        if piece.row or piece.left_out or not joined or not joined[-1].row:
            joined.append(piece)
            continue
        parts = [c.strip() for c in piece.text.strip().strip("|").split("|")]
        last = joined[-1]
        filled = max((k for k, c in enumerate(last.cells) if c), default=0)
        cells = list(last.cells[: filled + 1])
        cells[-1] = f"{cells[-1]} <br> {parts[0]}"
        lines = [*(last.cell_lines or (last.line,) * (filled + 1))[: filled + 1], *(piece.line for _ in parts[1:])]
        joined[-1] = replace(
            last, cells=(*cells, *parts[1:]), cell_lines=tuple(lines), also=(*last.also, piece.line, *piece.also)
        )
    return joined


def _join_cells(cells: Sequence[str]) -> str:
    return " ".join(re.sub(r"\s*<br>\s*", "", c) for c in cells if c and not _SEPARATOR.match(c))


def _split_sheet(rows: list[Piece]) -> list[Piece]:
    """Take the rows of a check sheet apart; rows of short cells before the first criterion are its column heads."""
    first = next(k for k, r in enumerate(rows) if r.in_form)
    made: list[Piece] = []
    for k, row in enumerate(rows):
        if not row.row:
            made.append(row)
        elif k < first and sum(1 for c in row.cells if c) > 1 and not any(is_sentence(c) for c in row.cells):
            made.append(replace(row, row=0, left_out="column_heads"))
        else:
            parts = split_criterion(row)
            made.extend(
                replace(p, gap=row.gap and n == 0, also=row.also if n == 0 else ()) for n, p in enumerate(parts)
            )
    return made


def _mark_linear_sheets(pieces: list[Piece]) -> list[Piece]:
    """Where a check sheet stands one cell to a line, the line before each line of boxes opens a row."""
    marked = list(pieces)
    last = -1
    for k, piece in enumerate(pieces):
        if piece.left_out != "form" or k == 0 or pieces[k - 1].left_out:
            continue
        start = last + 1 if last >= 0 and k - last <= 6 and not any(p.gap for p in pieces[last + 2 : k]) else k - 1
        if not pieces[start].in_form and not pieces[start].row:
            marked[start] = replace(pieces[start], opens_row=True, in_form=True)
        last = k
    return marked


def read_rows(pieces: Sequence[Piece]) -> tuple[tuple[str, ...], list[Row], list[Piece]]:
    """Read the rows of one table: column heads, rows with cells, and the pieces of the heads.

    A first row without an ordinal, before rows that have one, or of words without digits, holds the heads; two rows of heads are
    joined column by column.
    """
    width = max(len(p.cells) for p in pieces)
    ordinal = [bool(_row_label(p.cells)) for p in pieces]
    heads = 0
    while heads < len(pieces) - 1 and not ordinal[heads] and heads < 2 and (any(ordinal[heads:]) or heads == 0):
        if heads and not any(ordinal):
            break
        if any(is_sentence(c) for c in pieces[heads].cells):
            break
        heads += 1
    names = [""] * width
    for piece in pieces[:heads]:
        for k, cell in enumerate(piece.cells):
            if cell and cell not in names[k]:
                names[k] = f"{names[k]} {cell}".strip()
    if names[0] and not any(names[-1:]) and all(ordinal[heads:]):
        names = ["", *names[:-1]]  # the column of the numbers has no head
    rows: list[Row] = []
    for piece in pieces[heads:]:
        twin = [k for k, c in enumerate(piece.cells) if _LEADING.match(narrow(c))]
        if twin and twin != [0]:
            rows.extend(_read_cell(piece, k) for k in twin)
            continue
        label = _row_label(piece.cells)
        cells = [re.sub(r"\s*<br>\s*", "", c) for c in piece.cells]
        body = cells
        if label and _ORDINAL.match(narrow(cells[0])):
            body = ["", *cells[1:]]
        elif label:
            body = [_LEADING.sub("", cells[0]), *cells[1:]]
        pairs = tuple((names[k], c) for k, c in enumerate(body) if c and not _SEPARATOR.match(c))
        rows.append(Row(label, pairs, "　".join(c for _, c in pairs), (piece,)))
    return tuple(names), rows, list(pieces[:heads])


def _read_cell(piece: Piece, column: int) -> Row:
    """Read one cell that carries its own label, in a row that holds several such cells."""
    cell = re.sub(r"\s*<br>\s*", "　", piece.cells[column])
    match = _LEADING.match(narrow(cell))
    label = match.group(1) if match else ""
    line = piece.cell_lines[column] if column < len(piece.cell_lines) else piece.line
    text = cell[match.end() :].strip() if match else cell
    return Row(label, (("", text),), text, (replace(piece, line=line, also=()),))


def _row_label(cells: Sequence[str]) -> str | None:
    first = narrow(cells[0]).strip() if cells else ""
    if first and _LEADING.match(first) and not _ORDINAL.match(first):
        found = _LEADING.match(first)
        return found.group(1) if found else None
    if not first or len([c for c in cells if c]) < 2:
        return None
    if _ORDINAL.match(first):
        return re.sub(r"[.．、]$", "", first) if first[0] in "(（" else re.sub(r"[)）.．、]$", "", first)
    match = _LEADING.match(first)
    return match.group(1) if match else None
