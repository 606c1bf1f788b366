"""What each format's reader hands back, and the check of size that all of them make."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.reader.errors import ReadProblem
from indexer.reader.limits import Limits
from indexer.reader.model import Line, ReadWarning


@dataclass
class Parts:
    """Lines, title, warnings and number of pages of one file."""

    lines: list[Line]
    title: str | None
    warnings: list[ReadWarning]
    pages: int | None


def check_size(lines: int, letters: int, limits: Limits) -> None:
    """Refuse more lines, or longer ones, than the limits allow."""
    if lines > limits.lines or letters > limits.letters:
        raise ReadProblem(
            "too_large",
            f"大きすぎます（行数の上限 {limits.lines:,}、文字数の上限 {limits.letters:,}）。分割してください。",
            f"too large (at most {limits.lines:,} lines, {limits.letters:,} letters); divide the file.",
        )
