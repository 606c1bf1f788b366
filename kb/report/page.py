"""Pages of a PDF in one embedded Japanese font: headings, paragraphs, tables, pictures, blanks."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence

from fpdf import FPDF
from fpdf.enums import TableCellFillMode
from fpdf.fonts import FontFace, TTFFont

from kb.report.fonts import FAMILY, font_file
from kb.report.text import clean, cut
from kb.report.wrap import wrap

Colour = tuple[int, int, int]
INK: Colour = (27, 27, 27)
SOFT: Colour = (95, 99, 107)
LINE: Colour = (205, 208, 214)
HEAD: Colour = (236, 238, 241)
_LONGEST_TEXT, _LONGEST_CELL = 900, 220
_ABSENT = "□"


class Page(FPDF):
    """An A4 document that numbers its pages; a character that the font does not have becomes a box."""

    def __init__(self, title: str, footer: str, page_words: str, language: str) -> None:
        super().__init__(format="A4")
        logging.getLogger("fpdf").setLevel(logging.ERROR)
        logging.getLogger("fontTools").setLevel(logging.ERROR)
        self.add_font(FAMILY, fname=str(font_file()))
        font = self.fonts[FAMILY.lower()]
        assert isinstance(font, TTFFont)
        self._known, self._widths = font.cmap, font.cw
        self._wrapped: dict[tuple[str, float, float, int], list[str]] = {}
        self._footer, self._page_words = self.fit(footer, 60), page_words
        self.set_title(self.fit(title, 200))
        self.set_lang(language)
        self.set_margin(15)
        self.set_auto_page_break(True, margin=17)
        self.set_font(FAMILY, size=9)
        self.add_page()

    def fit(self, text: str, longest: int = _LONGEST_TEXT) -> str:
        """Clean a text, cut it, and replace what the font cannot show."""
        return "".join(c if ord(c) in self._known else _ABSENT for c in cut(clean(text), longest))

    def footer(self) -> None:
        """Write name and page number at the foot of every page."""
        self.set_y(-12)
        self.set_font(FAMILY, size=7.5)
        self.set_text_color(*SOFT)
        words = self._page_words.format(n=self.page_no(), of="{nb}")
        self.cell(0, 5, self._footer)
        self.set_x(self.l_margin)
        self.cell(0, 5, words, align="R")
        self.set_text_color(*INK)

    def heading(self, text: str, level: int = 1, new_page: bool = False) -> None:
        """Write a heading: 0 the title, 1 a part (with an entry in the outline), 2 and 3 below it."""
        size = (17, 13, 10.5, 9.5)[level]
        if new_page or self.will_page_break(size * 1.6):
            self.add_page()
        words = self.fit(text, 200)
        if level == 1:
            self.start_section(words)
        self.set_font(FAMILY, size=size)
        self.ln(1.5 if level else 0)
        self.multi_cell(0, size * 0.5, words, new_x="LMARGIN", new_y="NEXT", align="L")
        if level == 1:
            self.set_draw_color(*INK)
            self.line(self.l_margin, self.get_y() + 0.5, self.w - self.r_margin, self.get_y() + 0.5)
            self.ln(2)
        self.set_font(FAMILY, size=9)

    def paragraph(
        self, text: str, size: float = 9, colour: Colour = INK, indent: float = 0, longest: int = _LONGEST_TEXT
    ) -> None:
        """Write a paragraph."""
        self.set_font(FAMILY, size=size)
        self.set_text_color(*colour)
        height, width = size * 0.52, self.epw - indent - 2 * self.c_margin
        scale = size / 1000 / self.k
        key = (text, size, indent, longest)  # the same words stand at many places
        if key not in self._wrapped:
            self._wrapped[key] = wrap(self.fit(text, longest), width, lambda char: self._advance(char) * scale)
        for line in self._wrapped[key]:
            self.set_x(self.l_margin + indent)
            self.cell(0, height, line, new_x="LMARGIN", new_y="NEXT")
        self.set_text_color(*INK)

    def _advance(self, char: str) -> float:
        """Return the width of a character in thousandths of the font size."""
        return float(self._widths[ord(char)])

    def banner(self, text: str, colour: Colour) -> None:
        """Write the result in a bar with a coloured edge."""
        top = self.get_y()
        self.set_font(FAMILY, size=12)
        self.set_fill_color(248, 249, 250)
        self.set_x(self.l_margin + 2)
        self.multi_cell(0, 7, self.fit(text, 200), fill=True, new_x="LMARGIN", new_y="NEXT", align="L", padding=(2, 4))
        self.set_fill_color(*colour)
        self.rect(self.l_margin, top, 2, self.get_y() - top, style="F")
        self.ln(3)

    def grid(self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], size: float = 8) -> None:
        """Write a table; its head is repeated on every page, and a long cell is cut so that a row fits a page."""
        self.set_font(FAMILY, size=size)
        self.set_draw_color(*LINE)
        self.set_fill_color(255, 255, 255)
        face = FontFace(emphasis="", fill_color=HEAD)
        with self.table(
            col_widths=tuple(widths),
            headings_style=face,
            line_height=size * 0.5,
            text_align="LEFT",
            cell_fill_mode=TableCellFillMode.NONE,
            padding=0.8,
            first_row_as_headings=bool(heads),
        ) as table:
            if heads:
                table.row([self.fit(head, 60) for head in heads])
            for row in rows:
                table.row([self.fit(cell, _LONGEST_CELL) for cell in row])
        self.ln(2)

    def picture(self, data: bytes, width: float, height: float, title: str) -> None:
        """Place a picture at the width of the text, on a new page where it does not fit."""
        wide = min(self.epw, width * 25.4)
        tall = wide * height / width
        limit = self.h - 45
        if tall > limit:
            wide, tall = wide * limit / tall, limit
        if self.get_y() + tall > self.h - 18:
            self.add_page()
        self.image(io.BytesIO(data), x=self.l_margin, w=wide, h=tall, alt_text=title)
        self.ln(3)

    def blanks(self, labels: Sequence[str]) -> None:
        """Draw lines to sign on."""
        if self.will_page_break(20):
            self.add_page()
        self.ln(9)
        width = self.epw / len(labels)
        top = self.get_y()
        self.set_draw_color(*INK)
        self.set_font(FAMILY, size=8)
        for index, label in enumerate(labels):
            left = self.l_margin + index * width
            self.line(left, top + 6, left + width - 6, top + 6)
            self.set_xy(left, top + 6.5)
            self.cell(width - 6, 4, self.fit(label, 60))
        self.set_xy(self.l_margin, top + 13)

    def remark_box(self, label: str, height: float = 9) -> None:
        """Draw a blank box for remarks."""
        if self.will_page_break(height):
            self.add_page()
        self.set_draw_color(*LINE)
        top = self.get_y() + 0.8
        self.rect(self.l_margin, top, self.epw, height)
        self.set_xy(self.l_margin + 1, top + 0.6)
        self.set_font(FAMILY, size=7)
        self.set_text_color(*SOFT)
        self.cell(20, 3, self.fit(label, 40))
        self.set_text_color(*INK)
        self.set_xy(self.l_margin, top + height + 1.5)
