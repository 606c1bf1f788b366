"""Writes the guidelines of `files/*.yaml` as real files, and says what must be found in them.

A file is a list of items `[locator, kind, text, figures?]`: its text is all texts below each other, so the expected line of a
clause is where its item begins. An item without a locator is furniture. In Word files `@N` stands for the automatic number of
level N; lines that start with `|` are rows of a table (Word, PDF). See `word.py` and `paper.py` for more of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evals.ingest.paper import write_pdf
from evals.ingest.word import write_docx

FOLDER = Path(__file__).parent
FILES = FOLDER / "files"
UNSEEN = FOLDER / "unseen"


@dataclass(frozen=True)
class Expected:
    """A clause that must be found: `line` is its first line (None where the format has no lines)."""

    locator: str
    kind: str
    line: int | None


@dataclass(frozen=True)
class Figure:
    """A figure that must be found at a clause: `place property operator value unit strength`."""

    locator: str
    place: str
    property: str
    operator: str
    value: str
    value_max: str | None
    unit: str
    strength: str


@dataclass(frozen=True)
class Case:
    """One guideline of our own making."""

    name: str
    spec: dict[str, Any]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that must be found."""
        return tuple(
            _figure(str(item[0]), text) for item in self.spec["items"] for text in (item[3] if len(item) > 3 else [])
        )

    @property
    def suffix(self) -> str:
        """The end of the file's name."""
        return {"txt": ".txt", "markdown": ".md", "html": ".html", "docx": ".docx", "pdf": ".pdf"}[self.spec["format"]]


def list_cases(folder: Path = FILES) -> list[Case]:
    """List the guidelines of a folder, by name."""
    return [Case(p.stem, yaml.safe_load(p.read_text(encoding="utf-8"))) for p in sorted(folder.glob("*.yaml"))]


def write_case(case: Case, folder: Path) -> tuple[Path, list[Expected]]:
    """Write a guideline into `folder`; return its path and the clauses that must be found in it."""
    path = folder / f"{case.name}{case.suffix}"
    spec = case.spec
    if spec["format"] in ("docx", "pdf"):
        path.write_bytes(write_docx(spec) if spec["format"] == "docx" else write_pdf(spec))
        return path, [Expected(str(i[0]), i[1], None) for i in spec["items"] if i[0]]
    rows: list[str] = []
    expected: list[Expected] = []
    if spec.get("html"):
        rows.extend(spec["html"].splitlines())
    for item in spec["items"]:
        pages = spec.get("pages")
        if pages and len(rows) % (pages["every"] + 4) >= pages["every"]:
            _turn_page(rows, pages)
        if item[0]:
            expected.append(Expected(str(item[0]), item[1], len(rows) + 1 if spec["format"] != "html" else None))
        for line in (item[2] or "").split("\n") if item[2] is not None else []:
            rows.extend(_wrap(line, spec.get("wrap", 0)))
    rows.append(spec.get("html_end", ""))
    path.write_bytes(("\n".join(rows) + "\n").encode(spec.get("encoding", "utf-8")))
    return path, expected


def _turn_page(rows: list[str], pages: dict[str, Any]) -> None:
    number = sum(1 for r in rows if r.startswith("\x0c")) + 1
    rows.extend(["", f"　　　　　　　　{pages['number'] % number}", f"\x0c{pages['head']}", ""])


def _wrap(line: str, width: int) -> list[str]:
    """Break a line where a printer would: Japanese after `width` letters, English between words."""
    if not width or len(line) <= width:
        return [line]
    if line.isascii() or " " in line[20:] and sum(c.isascii() for c in line) > 0.8 * len(line):
        made, current = [], ""
        for word in line.split(" "):
            if current and len(current) + 1 + len(word) > width:
                made.append(current)
                current = word
            else:
                current = f"{current} {word}" if current else word
        return [*made, current]
    lead = line[: len(line) - len(line.lstrip("　"))]
    body = line[len(lead) :]
    made, size = [], width - len(lead)
    while body:
        cut = size
        while cut < len(body) and body[cut] in "、。）":
            cut += 1
        made.append(lead + body[:cut])
        body = body[cut:]
    return made


def _figure(locator: str, text: str) -> Figure:
    place, name, operator, value, unit, strength = text.split()
    low, _, high = value.partition("..")
    return Figure(locator, place, name, operator, low, high or None, unit, strength)
