"""Read the cells of a workbook. Run as a process of its own, with little memory and time: workbooks may be hostile.

`python -I cells.py FILE MEGABYTES SECONDS` prints JSON: `{"sheets": [{"title", "cells": [[row, column, kind, value]]}]}`
or `{"error": word, "detail": text}`; kinds are text, number, yes_no, date, formula, error.
"""

from __future__ import annotations

import datetime
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

LARGEST_UNPACKED = 60_000_000
MOST_PARTS = 1_000
MOST_ROWS = 2_000
MOST_COLUMNS = 400
MOST_CELLS = 60_000


def limit_resources(megabytes: int, seconds: int) -> None:
    """Bound the memory and the time of this process, where the system can."""
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows
        return
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def check_archive(file: str) -> dict[str, Any] | None:
    """Look at the archive before anything of it is unpacked; return what is wrong with it."""
    with Path(file).open("rb") as stream:
        start = stream.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return {"error": "encrypted_or_xls", "detail": ""}
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            entities = next((part.filename for part in parts[:MOST_PARTS] if _declares_entities(archive, part)), None)
    except Exception as error:  # zipfile raises many kinds for archives that are none
        return {"error": "not_xlsx", "detail": str(error)}
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
        return {"error": "too_large", "detail": f"{unpacked:,} bytes in {len(parts)} parts"}
    if any(part.flag_bits & 1 for part in parts):
        return {"error": "encrypted_or_xls", "detail": ""}
    if entities is not None:
        return {"error": "entities", "detail": entities}
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        return {"error": "not_xlsx", "detail": "[Content_Types].xml"}
    return None


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Tell whether a part begins with a document type, which no workbook has and entities need."""
    if part.flag_bits & 1 or not part.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(part) as stream:
        return b"<!DOCTYPE" in stream.read(4096).replace(b"\0", b"")


def read_cells(file: str) -> dict[str, Any]:
    """Read every cell that holds something."""
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    sheets, count = [], 0
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        cells: list[list[Any]] = []
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                count += 1
                if cell.row > MOST_ROWS or cell.column > MOST_COLUMNS or count > MOST_CELLS:
                    return {"error": "too_many_cells", "detail": f"{sheet.title} {cell.coordinate}"}
                kind, value = describe(cell)
                cells.append([cell.row, cell.column, kind, value])
        sheets.append({"title": sheet.title, "cells": cells})
    return {"sheets": sheets}


def describe(cell: Any) -> tuple[str, Any]:
    """Return the kind of a cell and its value as JSON carries it."""
    value = cell.value
    if cell.data_type == "f":
        return "formula", str(value)[:60] if isinstance(value, str) else "="
    if cell.data_type == "e":
        return "error", str(value)
    if isinstance(value, bool):
        return "yes_no", value
    if isinstance(value, (int, float)):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return "number", int(value) if whole else value if value == value and abs(value) < 1e300 else str(value)
    if isinstance(value, datetime.datetime):
        return "date", value.date().isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return "date", value.isoformat()
    return "text", str(value)


def main(file: str, megabytes: int, seconds: int) -> dict[str, Any]:
    """Read a workbook within the limits."""
    limit_resources(megabytes, seconds)
    problem = check_archive(file)
    if problem is not None:
        return problem
    try:
        return read_cells(file)
    except MemoryError:
        return {"error": "too_large", "detail": "memory"}
    except Exception as error:  # whatever a broken workbook brings a parser to: the message says so, nothing is read
        return {"error": "damaged", "detail": f"{type(error).__name__}: {error}"[:200]}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])), ensure_ascii=True, allow_nan=False))
