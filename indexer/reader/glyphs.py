"""The characters of a PDF page and the lines that they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

INVISIBLE = (-1,)


class Glyph(NamedTuple):
    """One character of a page: its box from the top left corner, in points, its size and colour."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    color: Any


class TextLine(NamedTuple):
    """One printed line."""

    text: str
    top: float
    bottom: float
    left: float
    size: float


def mark_invisible_text() -> None:
    """Give text of render mode 3 or 7 (neither filled nor stroked) a colour of its own, for pdfminer drops the mode."""
    from copy import copy

    from pdfminer import pdfdevice

    render: Any = pdfdevice.PDFTextDevice.render_string
    if getattr(render, "marks_invisible", False):
        return

    def render_string(self: Any, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> Any:
        if textstate.render in (3, 7):
            graphicstate = copy(graphicstate)
            graphicstate.ncolor = INVISIBLE
        return render(self, textstate, seq, ncs, graphicstate)

    render_string.marks_invisible = True  # type: ignore[attr-defined]
    pdfdevice.PDFTextDevice.render_string = render_string  # type: ignore[method-assign]


def collect_glyphs(page: Any) -> tuple[list[Glyph], list[tuple[float, float, float, float]], int, int]:
    """Collect the characters of a page, its coloured areas, the number of its pictures and of its ruled lines."""
    from pdfminer.layout import LTChar, LTCurve, LTImage

    height = float(page.layout.height)
    offset_x, offset_y = page.layout.bbox[0], page.layout.bbox[1]
    glyphs: list[Glyph] = []
    fills: list[tuple[float, float, float, float]] = []
    images = ruled = 0
    for item in _walk(page.layout):
        x0, x1 = item.x0 - offset_x, item.x1 - offset_x
        top, bottom = height - (item.y1 - offset_y), height - (item.y0 - offset_y)
        if isinstance(item, LTChar):
            glyphs.append(Glyph(item.get_text(), x0, top, x1, bottom, item.size, item.graphicstate.ncolor))
        elif isinstance(item, LTImage):
            images += 1
        elif isinstance(item, LTCurve):
            ruled += 1
            if item.fill and not is_white(item.non_stroking_color):
                fills.append((x0, top, x1, bottom))
    return glyphs, fills, images, ruled


def _walk(container: Any) -> Iterator[Any]:
    from pdfminer.layout import LTContainer

    stack = [iter(container)]
    while stack:
        for item in stack[-1]:
            if isinstance(item, LTContainer):
                stack.append(iter(item))
                break
            yield item
        else:
            stack.pop()


def is_white(color: Any) -> bool:
    """Tell whether a colour (grey, RGB or CMYK) is white."""
    if isinstance(color, (int, float)):
        return color >= 0.97
    if not isinstance(color, (tuple, list)) or not color or not all(isinstance(c, (int, float)) for c in color):
        return False
    if len(color) == 4:
        return all(c <= 0.03 for c in color)
    return len(color) in (1, 3) and all(c >= 0.97 for c in color)


def inside(glyph: Glyph, area: tuple[float, float, float, float]) -> bool:
    """Tell whether the middle of a character lies in an area (left, top, right, bottom)."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def set_lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Set characters into lines, top to bottom; a gap becomes a space where it is wider than the letters stand apart."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom, g.x0)):
        middle = (glyph.top + glyph.bottom) / 2
        for row in rows[-3:]:
            last = row[-1]
            if abs(middle - (last.top + last.bottom) / 2) < 0.4 * max(min(glyph.size, last.size), 3.0):
                row.append(glyph)
                break
        else:
            rows.append([glyph])
    lines: list[TextLine] = []
    for row in rows:
        row.sort(key=lambda g: g.x0)
        text, before = "", None
        for glyph in row:
            if (
                before is not None
                and glyph.x0 - before.x1 > _space(before, glyph)
                and not text.endswith(" ")
                and glyph.text != " "
            ):
                text += " "
            if before is not None and glyph.text == before.text and abs(glyph.x0 - before.x0) < 0.15 * glyph.size:
                continue  # printed twice to look bold
            text += glyph.text
            before = glyph
        if text.strip():
            seen = [g for g in row if g.text.strip()]
            lines.append(
                TextLine(
                    text.strip(),
                    min(g.top for g in seen),
                    max(g.bottom for g in seen),
                    min(g.x0 for g in seen),
                    sorted(g.size for g in seen)[len(seen) // 2],
                )
            )
    return sorted(lines, key=lambda x: (x.top, x.left))


def _space(left: Glyph, right: Glyph) -> float:
    size = min(left.size, right.size)
    return size * (0.2 if left.text[-1:].isascii() and right.text[:1].isascii() else 0.5)
