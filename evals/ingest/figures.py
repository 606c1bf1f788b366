"""How well the figures of files are read: precision, recall and F1 against complete lists of what each file sets.

A figure is found where locator, operator, value and unit are right (`value`), with the property too (`property`), and with the
place (`full`). Only files whose lists are complete are measured.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.ingest.build import Case, Figure, list_cases, write_case
from kb.ingest.guideline import GuidelineReader
from kb.ingest.merge import quantity_of
from kb.ingest.model import IngestedFigure
from kb.ingest.service import Ingestor

Key = tuple[object, ...]
LEVELS = ("value", "property", "full", "strength")


@dataclass
class Tally:
    """What was found, missed and too much in one file, per level."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {level: Counter() for level in LEVELS})
    missed: list[Key] = field(default_factory=list)
    extra: list[Key] = field(default_factory=list)


def open_reader() -> GuidelineReader:
    """Return a reader with the words of the corpus."""
    return Ingestor().reader


def measure_cases(folder: Path, reader: GuidelineReader) -> dict[str, Tally]:
    """Read every file of a folder whose list of figures is complete and compare."""
    tallies: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as place:
        for case in list_cases(folder):
            if case.spec.get("figures") == "some":
                continue
            path, _ = write_case(case, Path(place))
            tallies[case.name] = compare(case, reader.read(path).figures)
    return tallies


def compare(case: Case, found: tuple[IngestedFigure, ...]) -> Tally:
    """Compare the figures of one file with those that it sets."""
    tally = Tally()
    for level in LEVELS:
        want = Counter(_expected_key(f, level) for f in case.figures)
        have = Counter(_found_key(f, level) for f in found)
        hit = sum((want & have).values())
        tally.counts[level].update(hit=hit, missed=sum(want.values()) - hit, extra=sum(have.values()) - hit)
        if level == "full":
            tally.missed, tally.extra = list((want - have).elements()), list((have - want).elements())
    return tally


def _cut(parts: Key, level: str) -> Key:
    return parts[: {"value": 4, "property": 5, "full": 6, "strength": 7}[level]]


def _expected_key(figure: Figure, level: str) -> Key:
    place = None if figure.place == "None" else figure.place
    low, high = (
        _base(figure.value, figure.unit),
        None if figure.value_max is None else _base(figure.value_max, figure.unit),
    )
    return _cut(
        (
            figure.locator,
            figure.operator,
            low,
            high,
            figure.property,
            place,
            None if figure.strength == "None" else figure.strength,
        ),
        level,
    )


def _found_key(figure: IngestedFigure, level: str) -> Key:
    low, high = (
        _base(figure.value, figure.unit),
        None if figure.value_max is None else _base(figure.value_max, figure.unit),
    )
    return _cut((figure.locator, figure.operator, low, high, figure.property, figure.place, figure.strength), level)


def _base(value: int | float | str, unit: str) -> tuple[str, float]:
    quantity = quantity_of(value if unit == "clock" else float(value), unit)
    return quantity.dimension, round(float(quantity.base), 4)


def summarize_tallies(tallies: dict[str, Tally]) -> dict[str, Any]:
    """Return precision, recall and F1 over all files per level, and the full F1 of each file."""
    total = {level: Counter[str]() for level in LEVELS}
    for tally in tallies.values():
        for level in LEVELS:
            total[level].update(tally.counts[level])
    return {
        "figures": total["full"]["hit"] + total["full"]["missed"],
        **{level: _scores(total[level]) for level in LEVELS},
        "files": {name: _scores(tally.counts["full"])["f1"] for name, tally in tallies.items()},
    }


def _scores(counts: Counter[str]) -> dict[str, float]:
    hit, missed, extra = counts["hit"], counts["missed"], counts["extra"]
    precision, recall = hit / max(1, hit + extra), hit / max(1, hit + missed)
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
