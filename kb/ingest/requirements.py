"""Requirements from the figures that a person has accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.ingest.model import IngestedFigure
from kb.ingest.shelf import Kept
from kb.model.knowledge import Vocabulary
from kb.model.requirement import Node, Requirement, Test

_LIMITS = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than", "=": "equals"}


def list_requirements(kept: Kept, vocabulary: Vocabulary) -> Iterator[Requirement]:
    """Yield one requirement per accepted figure that sets a limit on a property of the vocabulary."""
    for figure in kept.ingested.figures:
        if figure.state not in ("accepted", "corrected") or figure.operator == "=":
            continue
        fact = vocabulary.facts.get(figure.property)
        if fact is None or fact.unit is None:
            continue
        yield Requirement(
            document=kept.id,
            id=f"{kept.id}.{figure.id}",
            clause=figure.locator,
            subjects=(figure.place or "building",),
            when=_condition(figure, vocabulary),
            require=Node(kind="fact", fact=figure.property, test=_test(figure)),
            strength=figure.strength or "shall",
        )


def _test(figure: IngestedFigure) -> Test:
    from kb.ingest.merge import quantity_of

    low = quantity_of(figure.value, figure.unit)
    limits: dict[str, Any] = {}
    if figure.value_max is not None:
        limits = {"at_least": low, "at_most": quantity_of(figure.value_max, figure.unit)}
    else:
        limits = {_LIMITS[figure.operator]: low}
    return Test(**limits, measure=figure.measure, approximate=figure.approximate)


def _condition(figure: IngestedFigure, vocabulary: Vocabulary) -> Node | None:
    tests = []
    for name, value in figure.when.items():
        if name not in vocabulary.facts:
            continue
        if isinstance(value, bool):
            test = Test(is_=value)
        elif isinstance(value, tuple):
            test = Test(one_of=value)
        else:
            test = Test(equals=value)
        tests.append(Node(kind="fact", fact=name, test=test))
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else Node(kind="all_of", children=tuple(tests))
