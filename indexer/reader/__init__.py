"""From a file to numbered lines."""

from __future__ import annotations

from pathlib import Path

from indexer.reader.errors import ReadProblem
from indexer.reader.model import Cell, Format, Line, LineRole, ReadWarning, SourceText

__all__ = ["Cell", "Format", "Line", "LineRole", "ReadProblem", "ReadWarning", "SourceText", "read_document"]


def read_document(path: str | Path) -> SourceText:
    """Read a file. Raises `ReadProblem` where that is not possible."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ReadProblem("missing", f"ファイルがありません: {path}", f"there is no such file: {path}") from None
    except UnicodeDecodeError:
        raise ReadProblem("undecodable", f"文字を読めません: {path}", f"unknown encoding: {path}") from None
    lines = tuple(
        Line(n, t.strip(" \u3000\r\x0b\x0c\xa0"), indent=len(t) - len(t.lstrip()))
        for n, t in enumerate(text.splitlines(), 1)
    )
    return SourceText(lines, "txt", "utf-8", next((line.text for line in lines if line.text), None))
