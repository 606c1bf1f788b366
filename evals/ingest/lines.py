"""Practice guidelines with their figures under each line: `python -m evals.ingest.lines [NAME…]`.

A file of `lines/` is a guideline as it would be typed; a line `=> place property operator value unit strength` names a figure that
the line above it sets. The clause of a figure is the one that owns that line, so no locator is written.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from evals.ingest.build import Case
from evals.ingest.figures import Key, Tally, compare, open_reader, summarize_tallies
from kb.ingest.guideline import GuidelineReader

FOLDER = Path(__file__).parent / "lines"
_MARK = "=>"


@dataclass(frozen=True)
class Practice:
    """The lines of a guideline, and for each figure the number of its line and what it is."""

    name: str
    lines: tuple[str, ...]
    figures: tuple[tuple[int, str], ...]


def read_practice(path: Path) -> Practice:
    """Read one file, with its figures taken out of the text."""
    lines: list[str] = []
    figures: list[tuple[int, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(_MARK):
            figures.append((len(lines), line.removeprefix(_MARK).strip()))
        else:
            lines.append(line)
    return Practice(path.stem, tuple(lines), tuple(figures))


def measure_practice(practice: Practice, reader: GuidelineReader) -> Tally:
    """Ingest one practice guideline and compare its figures."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / (practice.name + (".md" if practice.lines[0].startswith("# ") else ".txt"))
        path.write_text("\n".join(practice.lines) + "\n", encoding="utf-8")
        read = reader.read(path)
    owners = {number: clause.locator for clause in read.clauses for number in clause.lines}
    items = [[owners.get(number, f"line {number}"), "", "", [figure]] for number, figure in practice.figures]
    return compare(Case(practice.name, {"items": items}), read.figures)


def measure_all(reader: GuidelineReader, names: tuple[str, ...] = ()) -> dict[str, Tally]:
    """Measure every practice guideline, or those whose names begin so."""
    paths = [p for p in sorted(FOLDER.glob("*.txt")) if not names or p.stem.startswith(names)]
    return {path.stem: measure_practice(read_practice(path), reader) for path in paths}


def main() -> None:
    """Print what is missed and too much, and F1 by level."""
    tallies = measure_all(open_reader(), tuple(sys.argv[1:]))
    for name, tally in tallies.items():
        marked = [(key, "-") for key in tally.missed] + [(key, "+") for key in tally.extra]
        for key, mark in sorted(marked, key=str):
            print(name, mark, _write(key))
    total = summarize_tallies(tallies)
    print({level: total[level]["f1"] for level in ("value", "property", "full", "strength")}, total["figures"])
    print(total["files"])


def _write(key: Key) -> str:
    locator, operator, low, high, name, place = key
    numbers = [bound[1] for bound in (low, high) if isinstance(bound, tuple)]
    return f"{locator}: {place} {name} {operator} {'..'.join(map(str, numbers))} {low[0] if isinstance(low, tuple) else ''}"


if __name__ == "__main__":
    main()
