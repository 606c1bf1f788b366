"""Writes PDF files: running heads, page numbers, ruled tables, a line of white text; with `columns: 2` two columns and footnotes.

A line that starts with `%foot ` is printed small at the foot of the column in which the line before it stands.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

_FOOT = "%foot "
_TOP, _BOTTOM, _STEP = 24.0, 96.0, 6.0


def write_pdf(spec: dict[str, Any]) -> bytes:
    """Write a PDF."""
    return _write_columns(spec) if spec.get("columns") == 2 else _write_plain(spec)


def _font() -> str:
    import matplotlib_fontja

    return str(next(Path(matplotlib_fontja.__file__).parent.rglob("*.ttf")))


def _write_columns(spec: dict[str, Any]) -> bytes:
    """Fill the left column of a page, then the right one; a heading and a paragraph stand apart by a little."""
    from fpdf import FPDF

    paper = FPDF(format=(148, 128))
    paper.set_auto_page_break(False)
    paper.add_font("ja", "", _font())
    lines = _set_lines(spec)
    column, y, feet = 2, _TOP, 0
    for text, size, foot, gap in lines:
        if foot:
            feet += 1
            paper.set_font("ja", size=7)
            paper.text(14 + 63 * column, _BOTTOM + 6.0 * feet, text)
            continue
        y += gap
        if column == 2 or y > _BOTTOM:
            column, y, feet = (column + 1, _TOP, 0) if column < 1 else (0, _TOP, 0)
            if column == 0:
                _turn(paper, spec.get("head", ""))
                if paper.page_no() == 1:
                    y += 6
        paper.set_font("ja", size=size)
        paper.text(14 + 63 * column, y, text)
        y += _STEP
    return bytes(paper.output())


def _set_lines(spec: dict[str, Any]) -> list[tuple[str, int, bool, float]]:
    made: list[tuple[str, int, bool, float]] = []
    for k, item in enumerate(spec["items"]):
        for n, line in enumerate((item[2] or "").split("\n")):
            foot = line.startswith(_FOOT)
            body, size = line.removeprefix(_FOOT), 11 if k == 0 else 9
            for m, part in enumerate(break_line(body, 34 if foot else 15 if k == 0 else 18)):
                made.append((part, size, foot, 2.0 if n == m == 0 and item[1] == "heading" else 0.0))
    return made


def _turn(paper: Any, head: str) -> None:
    paper.add_page()
    paper.set_font("ja", size=7)
    paper.text(74, 10, head)
    paper.text(72, 121, f"- {paper.page_no()} -")


def break_line(line: str, width: int) -> list[str]:
    """Break a line where a printer would, by the width of its letters."""
    parts, current, size = [], "", 0.0
    for char in line:
        wide = 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5
        if size + wide > width and char not in "、。":
            parts.append(current)
            current, size = "", 0.0
        current += char
        size += wide
    return [*parts, current]


def _write_plain(spec: dict[str, Any]) -> bytes:
    """Write a PDF with running heads, page numbers, ruled tables and a line of white text."""
    from fpdf import FPDF

    head = spec.get("head", "")

    class Paper(FPDF):
        def header(self) -> None:
            self.set_font("ja", size=8)
            self.set_text_color(0, 0, 0)
            self.set_y(8)
            self.cell(0, 5, head, align="R", new_x="LMARGIN", new_y="NEXT")
            self.set_y(25)

        def footer(self) -> None:
            self.set_font("ja", size=8)
            self.set_y(-14)
            self.cell(0, 6, f"{self.page_no()}", align="C")

    paper = Paper(format=(148, 148))
    paper.set_auto_page_break(True, margin=22)
    paper.add_font("ja", "", _font())
    paper.add_page()
    for k, item in enumerate(spec["items"]):
        paper.set_font("ja", size=14 if k == 0 else 10)
        paper.set_text_color(0, 0, 0)
        lines = (item[2] or "").split("\n")
        if k and item[1] == "heading":
            paper.ln(3)
        for line in lines:
            if line.startswith("|"):
                for cell in line.strip("|").split("|"):
                    paper.cell(36, 7, cell, border=1)
                paper.ln(7)
            else:
                for part in break_line(line, 32):
                    paper.cell(0, 6, part, new_x="LMARGIN", new_y="NEXT")
        if k == 2:
            paper.set_text_color(255, 255, 255)
            paper.cell(0, 6, "白い字で書いた77ルクスの文", new_x="LMARGIN", new_y="NEXT")
    return bytes(paper.output())
