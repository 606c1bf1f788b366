"""What a file becomes: numbered lines, and what was noticed while reading them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Format = Literal["txt", "markdown", "html", "docx", "pdf"]
LineRole = Literal["text", "heading", "cell", "item", "footnote"]


@dataclass(frozen=True)
class Cell:
    """Where a line stands in a table: `table` counts from 0 in the file, `row` and `column` in the table."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Line:
    """One line of a file.

    `number` is the line of the file, from 1 (txt, Markdown), or a running number (pdf, docx, html). `text` has no control,
    zero-width or bidirectional characters and no white space at its ends; `indent` is the width of what stood before it
    (a full-width space is 2). `level` is the level of a heading that the format itself marks (1 to 6), else 0.
    `furniture` names why the line is no part of the text (`page_number`, `running_header`), else it is None.
    """

    number: int
    text: str
    page: int | None = None
    indent: int = 0
    role: LineRole = "text"
    level: int = 0
    cell: Cell | None = None
    furniture: str | None = None


@dataclass(frozen=True)
class ReadWarning:
    """Something that a reader of the file should know; `lines` are where it was (at most 20 are listed), `count` how often."""

    code: str
    ja: str
    en: str
    count: int = 1
    lines: tuple[int, ...] = ()

    def message(self, language: str) -> str:
        """Return the message in `language` (`ja` or `en`)."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True)
class SourceText:
    """A file as text: its lines in order (blank ones too), how it was read, its title if it names one, and warnings."""

    lines: tuple[Line, ...]
    format: Format
    encoding: str | None
    title: str | None
    warnings: tuple[ReadWarning, ...] = ()
    pages: int | None = None
