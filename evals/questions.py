"""Load question sets: one JSON object a line, written from the originals."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kb.quantity import UNITS, Quantity
from kb.quantity.units import clock_minutes, to_fraction

FOLDER = Path(__file__).parent / "questions"
TUNING = Path(__file__).parent / "tuning"
Part = Literal["tune", "test"]


@dataclass(frozen=True)
class GoldValue:
    """A figure that an answer must carry, in base units so that 1 week and 168 hours are the same."""

    document: str
    operator: str
    dimension: str
    value: float
    value_max: float | None


@dataclass(frozen=True)
class Question:
    """One question with what a right answer holds."""

    id: str
    lang: str
    audience: str
    kind: str
    question: str
    status: str
    values: frozenset[GoldValue]
    clauses: tuple[str, ...]
    also: tuple[str, ...] = ()
    verdict: str | None = None
    verdicts: dict[str, str] = field(default_factory=dict)
    strength: str | None = None
    previous: str | None = None
    near: bool = False
    first_set: bool = False

    @property
    def key(self) -> str:
        """What the split into parts goes by: the first clause that carries the answer."""
        return self.clauses[0] if self.clauses else self.id


def gold_value(document: str, value: Any, unit: str, operator: str, value_max: Any = None) -> GoldValue:
    """Make a comparable figure from numbers with a unit."""

    def base(number: Any) -> float:
        if unit == "clock":
            hours, minutes = str(number).split(":") if ":" in str(number) else (str(number), "0")
            return float(clock_minutes(int(hours), int(minutes)))
        return round(float(Quantity(to_fraction(str(number)), unit).base), 3)

    upper = None if value_max is None else base(value_max)
    dimension = UNITS[unit].dimension
    return GoldValue(document, operator, "count" if dimension == "times" else dimension, base(value), upper)


def gold_values(document: str, value: Any, unit: str, operator: str, value_max: Any = None) -> list[GoldValue]:
    """Make comparable figures; a range is its two limits."""
    if operator == "range" and value_max is not None:
        return [gold_value(document, value, unit, ">="), gold_value(document, value_max, unit, "<=")]
    return [gold_value(document, value, unit, operator, value_max)]


def load_questions(part: Part | None = None, names: tuple[str, ...] = ()) -> list[Question]:
    """Load every set (or the named ones), in file order; `part` keeps the tuning or the test part."""
    if names and part:
        raise ValueError("name sets or a part, not both: parts are made of all sets")
    questions = []
    for file in sorted(FOLDER.glob("*.jsonl")):
        if names and file.stem not in names:
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                questions.append(_parse(json.loads(line), file.stem.endswith("-1")))
    parts = split(questions)
    return [q for q in questions if part is None or parts[q.id] == part]


def load_refusals() -> list[Question]:
    """Load the questions to refuse that were written to tune with; no measure counts them."""
    lines = (TUNING / "refusals.jsonl").read_text(encoding="utf-8").splitlines()
    return [_parse(json.loads(line), False) for line in lines if line.strip()]


def split(questions: list[Question]) -> dict[str, Part]:
    """Return the part of every question by id: no clause carries the answers of both parts.

    The first sets (`*-1.jsonl`) were worked with openly, so they and every question on their clauses are for tuning.
    """
    known = {q.key for q in questions if q.first_set}

    def part_of(question: Question) -> Part:
        if question.key in known:
            return "tune"
        return "test" if int(hashlib.sha256(question.key.encode()).hexdigest(), 16) % 2 else "tune"

    return {q.id: part_of(q) for q in questions}


def _parse(data: dict[str, Any], first_set: bool) -> Question:
    values = frozenset(
        figure
        for v in data.get("values", [])
        for figure in gold_values(v["document"], v["value"], v["unit"], v["operator"], v.get("value_max"))
    )
    return Question(
        id=data["id"],
        lang=data["lang"],
        audience=data["audience"],
        kind=data["kind"],
        question=data["question"],
        status=data["status"],
        values=values,
        clauses=tuple(data.get("clauses", [])),
        also=tuple(data.get("also", [])),
        verdict=data.get("verdict"),
        verdicts=data.get("verdicts", {}),
        strength=data.get("strength"),
        previous=data.get("previous"),
        near=bool(data.get("near")),
        first_set=first_set,
    )
