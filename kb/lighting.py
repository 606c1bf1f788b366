"""Average illuminance from measured points: its statistics, and which guideline's figures it meets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kb.ask.describe import Describer
from kb.model.base import Language, Strength
from kb.model.corpus import Figure
from kb.model.knowledge import Corpus
from kb.procedure.fields import Known
from kb.quantity import Quantity
from kb.text import fold

PROPERTY, MEASURE = "illuminance", "average_horizontal"
MOST_READINGS = 20_000
_SEPARATORS = re.compile(r"[\s,;、，；/]+")
_NUMBER = re.compile(r"^\d{1,7}(\.\d{1,4})?$")
_UNIT = re.compile(r"(lx|lux|ルクス)$")


@dataclass(frozen=True)
class Average:
    """The mean over all points with count, minimum, maximum and uniformity (minimum / mean); lx."""

    count: int
    mean: Fraction
    minimum: Fraction
    maximum: Fraction

    @property
    def uniformity(self) -> Fraction | None:
        """Minimum divided by mean; None where the mean is zero."""
        return self.minimum / self.mean if self.mean else None


@dataclass(frozen=True)
class Compared:
    """One figure that a guideline sets for a place, and whether the mean meets it."""

    document: str
    locator: str
    label: str
    condition: str
    figure: str
    strength: Strength | None
    approximate: bool
    met: Known


def read_readings(text: str) -> tuple[list[Fraction], list[str]]:
    """Read numbers out of text that was typed or pasted; returns them, and every word that is no reading in lx."""
    values: list[Fraction] = []
    wrong: list[str] = []
    for word in filter(None, _SEPARATORS.split(fold(text).strip())):
        number = _UNIT.sub("", word)
        if not number:
            continue  # a unit that stands alone after its number
        if _NUMBER.match(number) and len(values) < MOST_READINGS:
            values.append(Fraction(Decimal(number)))
        else:
            wrong.append(word)
    return values, wrong


def average(readings: Sequence[Fraction]) -> Average:
    """Average readings in lx; raises `ValueError` where there are none."""
    if not readings:
        raise ValueError("no readings")
    mean = sum(readings, Fraction(0)) / len(readings)
    return Average(len(readings), mean, min(readings), max(readings))


def lit_places(corpus: Corpus) -> tuple[str, ...]:
    """List the places for which a guideline sets an illuminance, in the order of the vocabulary."""
    named = {
        figure.place
        for clause in corpus.clauses
        if clause.kind in ("requirement", "recommendation")
        for figure in clause.figures
        if _is_limit(figure)
    }
    return tuple(place for place in corpus.vocabulary.places if place in named)


def compare_average(corpus: Corpus, place: str, mean: Fraction, language: Language) -> list[Compared]:
    """Compare a mean with every figure that a guideline sets for a place, exactly.

    A figure that is not an average on the floor cannot be compared with a mean: it stays open.
    """
    describer = Describer(corpus)
    found: dict[tuple[str, str, str], Compared] = {}
    for clause in corpus.clauses:
        if clause.kind not in ("requirement", "recommendation"):
            continue
        for figure in clause.figures:
            if not _is_limit(figure) or figure.place != place:
                continue
            row = Compared(
                document=clause.document,
                locator=clause.locator,
                label=corpus.label(clause, language),
                condition=describer.conditions({**clause.when, **figure.when}, language, skip=()),
                figure=describer.figure(figure, language),
                strength=figure.strength or clause.strength,
                approximate=figure.approximate,
                met=_meets(figure, mean),
            )
            found.setdefault((row.document, row.condition, row.figure), row)
    return list(found.values())


def _is_limit(figure: Figure) -> bool:
    return figure.property == PROPERTY and figure.place is not None and figure.operator != "="


def _meets(figure: Figure, mean: Fraction) -> Known:
    if figure.measure != MEASURE:
        return "unknown"
    value, limit = Quantity(mean, "lx").base, figure.value.base
    if figure.operator == "range":
        high = figure.value_max.base if figure.value_max is not None else limit
        return "yes" if limit <= value <= high else "no"
    holds = {">=": value >= limit, ">": value > limit, "<=": value <= limit, "<": value < limit, "=": value == limit}
    return "yes" if holds[figure.operator] else "no"
