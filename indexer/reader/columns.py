"""Two columns of a printed page: found by the gutter between them, read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.reader.glyphs import Glyph, TextLine, set_lines

_LEAST_ROWS, _LEAST_LETTERS = 5, 6.0
_MIDDLE = (0.3, 0.7)
_CROSSING, _REACHING = 0.25, 0.5


class Placed(NamedTuple):
    """A printed line, and its place in the order of reading: lines of a lower `rank` come first."""

    line: TextLine
    rank: int


Strip = tuple[float, float]


def set_page(glyphs: Sequence[Glyph], before: Strip | None = None) -> tuple[list[Placed], Strip | None]:
    """Set the characters of a page into lines in the order in which they are read; return the strip between columns too.

    `before` is the strip of the page before, which holds for a short page as well. A line across both columns (a title, a
    running head) parts what stands above it from what stands below it. The left edge of a line counts from its column.
    """
    visible = [g for g in glyphs if g.text.strip()]
    gutter = find_gutter(visible)
    if gutter is None and before is not None and _keeps_free(visible, before):
        gutter = before
    if gutter is None:
        return [Placed(line, 0) for line in set_lines(glyphs)], None
    left, right = gutter
    bands: list[tuple[list[Glyph], list[Glyph]]] = []
    placed: list[Placed] = []
    rank = 0
    for row in _group_rows(glyphs):
        if any(g.x0 < right and g.x1 > left and g.text.strip() for g in row):
            rank = _flush(bands, placed, rank)
            placed.extend(Placed(line, rank) for line in set_lines(row))
            rank += 1
        else:
            middle = (left + right) / 2
            bands.append(([g for g in row if g.x0 < middle], [g for g in row if g.x0 >= middle]))
    _flush(bands, placed, rank)
    return placed, gutter


def _flush(bands: list[tuple[list[Glyph], list[Glyph]]], placed: list[Placed], rank: int) -> int:
    """Set what has gathered in two columns, the left one first."""
    edges = []
    for side in (0, 1):
        glyphs = [g for band in bands for g in band[side]]
        lines = set_lines(glyphs)
        edges.append(min((line.left for line in lines), default=0.0))
        shift = edges[1] - edges[0] if side and edges[0] else 0.0
        placed.extend(Placed(line._replace(left=line.left - shift), rank + side) for line in lines)
    bands.clear()
    return rank + 2


def _group_rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Put together the characters that stand on one height."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom, g.x0)):
        middle = (glyph.top + glyph.bottom) / 2
        last = rows[-1][-1] if rows else None
        if last is not None and abs(middle - (last.top + last.bottom) / 2) < 0.3 * max(min(glyph.size, last.size), 3.0):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def _keeps_free(glyphs: Sequence[Glyph], strip: Strip) -> bool:
    """Tell whether a page leaves a strip free that parted the columns of the page before."""
    rows = _group_rows(glyphs)
    crossing = sum(any(g.x0 < strip[1] and g.x1 > strip[0] for g in row) for row in rows)
    return crossing <= max(2, _CROSSING * len(rows)) and any(g.x0 >= strip[1] for g in glyphs)


def find_gutter(glyphs: Sequence[Glyph]) -> Strip | None:
    """Return the empty strip between two columns, or None where a page has one column.

    The strip lies near the middle, is crossed by few rows, and the lines to its left mostly run up to it: in a table that has
    no rules they do not.
    """
    if len(glyphs) < 40:
        return None
    rows = _group_rows(glyphs)
    low, high = min(g.x0 for g in glyphs), max(g.x1 for g in glyphs)
    size = sorted(g.size for g in glyphs)[len(glyphs) // 2]
    best: Strip | None = None
    x = low + _MIDDLE[0] * (high - low)
    while x < low + _MIDDLE[1] * (high - low):
        strip = _strip_at(rows, x, size)
        if strip is not None and (best is None or strip[1] - strip[0] > best[1] - best[0]):
            best = strip
        x += size / 2
    return best if best is not None and _divides(rows, best, size) else None


def _strip_at(rows: Sequence[Sequence[Glyph]], x: float, size: float) -> Strip | None:
    """Return the strip around `x` that the rows leave empty, but for those few that cross it."""
    crossing = 0
    ends: list[float] = []
    starts: list[float] = []
    for row in rows:
        left, right = [g.x1 for g in row if g.x0 <= x], [g.x0 for g in row if g.x0 > x]
        gap = (min(right) if right else float("inf")) - (max(left) if left else float("-inf"))
        if left and (max(left) > x or (right and gap < 0.9 * size)):
            crossing += 1
            continue
        if left:
            ends.append(max(left))
        if right:
            starts.append(min(right))
    if crossing > _CROSSING * len(rows) or min(len(ends), len(starts)) < _LEAST_ROWS:
        return None
    strip = max(ends), min(starts)
    return strip if strip[1] - strip[0] >= size else None


def _divides(rows: Sequence[Sequence[Glyph]], strip: Strip, size: float) -> bool:
    lefts, rights = [], []
    for row in rows:
        if any(g.x0 < strip[1] and g.x1 > strip[0] for g in row):
            continue
        lefts.append([g for g in row if g.x1 <= strip[0]])
        rights.append([g for g in row if g.x0 >= strip[1]])
    lefts, rights = [r for r in lefts if r], [r for r in rights if r]
    if min(len(lefts), len(rights)) < _LEAST_ROWS:
        return False
    letters = min(sum(map(len, side)) / len(side) for side in (lefts, rights))
    reaching = sum(max(g.x1 for g in row) > strip[0] - 2.5 * size for row in lefts)
    return letters >= _LEAST_LETTERS and reaching >= _REACHING * len(lefts)
