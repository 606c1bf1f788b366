"""From a file to numbered lines, in a child process with limits on time, memory and size."""

from __future__ import annotations

from pathlib import Path

from indexer.reader.errors import ProblemCode, ReadProblem
from indexer.reader.limits import Limits
from indexer.reader.model import Cell, Format, Line, LineRole, ReadWarning, SourceText

__all__ = [
    "Cell",
    "Format",
    "Limits",
    "Line",
    "LineRole",
    "ProblemCode",
    "ReadProblem",
    "ReadWarning",
    "SourceText",
    "read_document",
]


def read_document(path: str | Path, *, limits: Limits | None = None) -> SourceText:
    """Read a text, PDF, Word, HTML or Markdown file; the format is told by its content.

    Raises `ReadProblem` for whatever stands in the way: a file that is missing, empty, encrypted, damaged, hostile, a scan, too
    large or too slow to read, of another kind, or in an encoding that cannot be told.
    """
    from indexer.reader.child import read_in_child

    path, limits = Path(path), limits or Limits()
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise IsADirectoryError
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise ReadProblem("missing", f"ファイルがありません: {path}", f"there is no such file: {path}") from None
    except IsADirectoryError:
        raise ReadProblem(
            "missing", f"ファイルではなくフォルダーです: {path}", f"a folder, not a file: {path}"
        ) from None
    except OSError as error:
        raise ReadProblem(
            "missing", f"ファイルを開けません: {path}（{error.strerror}）", f"cannot open {path}: {error.strerror}"
        ) from None
    if size == 0:
        raise ReadProblem("empty", f"{path.name}: ファイルが空です。", f"{path.name}: the file is empty.")
    if size > limits.file_bytes:
        mb = limits.file_bytes // 2**20
        raise ReadProblem(
            "too_large",
            f"{path.name}: 大きすぎます（{size / 2**20:.0f} MB、上限 {mb} MB）。",
            f"{path.name}: too large ({size / 2**20:.0f} MB, at most {mb} MB).",
        )
    return read_in_child(path, limits)
