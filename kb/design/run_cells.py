"""Have the cells of a workbook read in a limited child process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kb.design import cells
from kb.design.problems import Spot, fail
from kb.model.base import Text

MEGABYTES = 400
SECONDS = 4
LARGEST = 20_000_000

CellKind = Literal["text", "number", "yes_no", "date", "formula", "error"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something; `row` and `column` count from 1."""

    row: int
    column: int
    kind: CellKind
    value: Any


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet and its cells by row and column."""

    title: str
    cells: dict[tuple[int, int], Cell]

    @property
    def rows(self) -> int:
        """The last row that holds something."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def columns(self) -> int:
        """The last column that holds something."""
        return max((column for _, column in self.cells), default=0)


_PROBLEMS: dict[str, tuple[Text, Text]] = {
    "encrypted_or_xls": (
        Text(
            ja="パスワード付きか、古い形式（.xls）のブックです",
            en="a workbook with a password, or in the old .xls format",
        ),
        Text(ja="パスワードのない .xlsx", en="an .xlsx without a password"),
    ),
    "not_xlsx": (
        Text(ja="XLSXのブックではありません", en="not an XLSX workbook"),
        Text(ja="kb template で作った .xlsx", en="an .xlsx made by kb template"),
    ),
    "too_large": (
        Text(ja="展開すると大きすぎるブックです", en="a workbook that is too large when unpacked"),
        Text(
            ja=f"展開して {cells.LARGEST_UNPACKED // 1_000_000} MB まで",
            en=f"at most {cells.LARGEST_UNPACKED // 1_000_000} MB unpacked",
        ),
    ),
    "entities": (
        Text(ja="XMLの実体宣言（DOCTYPE）を含むブックです", en="a workbook with XML entities (DOCTYPE)"),
        Text(ja="kb template で作った .xlsx", en="an .xlsx made by kb template"),
    ),
    "too_many_cells": (
        Text(ja="セルが多すぎます", en="too many cells"),
        Text(
            ja=f"1シート {cells.MOST_ROWS:,} 行・{cells.MOST_COLUMNS} 列まで、全体で {cells.MOST_CELLS:,} セルまで",
            en=f"at most {cells.MOST_ROWS:,} rows and {cells.MOST_COLUMNS} columns a sheet, {cells.MOST_CELLS:,} cells",
        ),
    ),
    "damaged": (
        Text(ja="ブックが壊れているため読めません", en="a damaged workbook"),
        Text(ja="kb template で作った .xlsx", en="an .xlsx made by kb template"),
    ),
    "too_slow": (
        Text(ja=f"{SECONDS}秒で読み切れないブックです", en=f"a workbook that cannot be read within {SECONDS} seconds"),
        Text(ja="kb template で作った .xlsx", en="an .xlsx made by kb template"),
    ),
}


def read_workbook_cells(file: Path) -> list[Sheet]:
    """Return the sheets of a workbook; raises `DesignFileError` that says why it cannot be read."""
    if file.stat().st_size == 0:
        raise fail(Spot(file.name), Text(ja="ファイルが空です", en="empty file"), _PROBLEMS["not_xlsx"][1])
    if file.stat().st_size > LARGEST:
        raise _failed(file, "too_large", "")
    try:
        done = subprocess.run(
            [sys.executable, "-I", cells.__file__, str(file.resolve()), str(MEGABYTES), str(SECONDS)],
            capture_output=True,
            timeout=SECONDS + 3,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired:
        raise _failed(file, "too_slow", "") from None
    if done.returncode:
        raise _failed(file, "too_slow" if done.returncode < 0 else "damaged", "")
    data = json.loads(done.stdout)
    if "error" in data:
        raise _failed(file, data["error"], data["detail"])
    return [
        Sheet(
            one["title"], {(row, column): Cell(row, column, kind, value) for row, column, kind, value in one["cells"]}
        )
        for one in data["sheets"]
    ]


def _failed(file: Path, reason: str, detail: str) -> Exception:
    found, allowed = _PROBLEMS[reason]
    if detail:
        found = Text(ja=f"{found.ja}（{detail}）", en=f"{found.en} ({detail})")
    return fail(Spot(file.name), found, allowed)
