"""Illuminance by place and guideline, from the figures of the clauses. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ask.describe import Describer
from kb.model.corpus import Clause, Figure
from kb.model.knowledge import Corpus

_BINDING = ("requirement", "recommendation")
_STEPS = (10, 20, 50)
"""Illuminance in lx from which a cell takes a deeper colour."""


@dataclass(frozen=True)
class Level:
    """One figure of a cell: its wording, its condition, how deep its colour is (0 to 3), and its clause."""

    figure: str
    condition: str
    depth: int
    clause: Clause


@dataclass(frozen=True)
class Matrix:
    """Places as rows, guidelines as columns; a cell that is not in `cells` has no figure."""

    places: tuple[str, ...]
    documents: tuple[str, ...]
    cells: dict[tuple[str, str], tuple[Level, ...]]


def illuminance_matrix(corpus: Corpus, language: str) -> Matrix:
    """Return every illuminance that a requirement or recommendation sets for a place."""
    found: dict[tuple[str, str], list[tuple[Clause, Figure]]] = {}
    for clause in corpus.clauses:
        for figure in clause.figures:
            if clause.kind in _BINDING and _is_limit(figure) and figure.place is not None:
                found.setdefault((figure.place, clause.document), []).append((clause, figure))
    named = {place for place, _ in found}
    places = tuple(place for place in corpus.vocabulary.places if place in named)
    documents = tuple(document.id for document in corpus.documents if any(d == document.id for _, d in found))
    return Matrix(places, documents, {key: _levels(pairs, Describer(corpus), language) for key, pairs in found.items()})


def _is_limit(figure: Figure) -> bool:
    """Tell whether a figure limits illuminance; one with `=` describes a place, such as the places of cameras."""
    return figure.property == "illuminance" and figure.operator != "="


def _levels(pairs: list[tuple[Clause, Figure]], describer: Describer, language: str) -> tuple[Level, ...]:
    """Return the levels of one cell, each once; the building is named only where the cell has several."""
    all_conditions = [{**clause.when, **figure.when} for clause, figure in pairs]
    skip = ("building",) if len({str(conditions.get("building")) for conditions in all_conditions}) == 1 else ()
    levels: dict[tuple[str, str], Level] = {}
    for (clause, figure), conditions in zip(pairs, all_conditions, strict=True):
        condition = describer.conditions(conditions, language, skip=skip)
        depth = sum(figure.value.base >= step for step in _STEPS)
        level = Level(describer.figure(figure, language), condition, depth, clause)
        levels.setdefault((level.figure, level.condition), level)
    return tuple(levels.values())
