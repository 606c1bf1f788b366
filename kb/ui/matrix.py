"""Illuminance and equipment by place and guideline, from the figures and the requirements of the clauses. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.ask.describe import Describer
from kb.model.base import Strength
from kb.model.corpus import Clause, Figure
from kb.model.knowledge import Corpus
from kb.model.requirement import Node, Requirement

_BINDING = ("requirement", "recommendation")
_STEPS = (10, 20, 50)
"""Illuminance in lx from which a cell takes a deeper colour."""


_STRENGTH_DEPTH: dict[Strength, int] = {"shall": 3, "should": 1, "may": 0}
"""How deep the colour of a piece of equipment is."""


@dataclass(frozen=True)
class Level:
    """One line of a cell: its wording, its condition, how deep its colour is (0 to 3), and its clause.

    `strength` is set for equipment, `alternative` where another measure may stand in for it.
    """

    figure: str
    condition: str
    depth: int
    clause: Clause
    strength: Strength | None = None
    alternative: bool = False


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
    cells = {key: _levels(pairs, Describer(corpus), language) for key, pairs in found.items()}
    return _matrix(cells, corpus)


def _matrix(cells: dict[tuple[str, str], tuple[Level, ...]], corpus: Corpus) -> Matrix:
    """Return the matrix of cells, with places and guidelines in the order of the corpus."""
    places = tuple(place for place in corpus.vocabulary.places if any(p == place for p, _ in cells))
    documents = tuple(document.id for document in corpus.documents if any(d == document.id for _, d in cells))
    return Matrix(places, documents, cells)


def equipment_matrix(corpus: Corpus, language: str) -> Matrix:
    """Return the equipment that requirements ask for at each place; what is asked for more strongly stands first."""
    equipment, describer = set(corpus.equipment), Describer(corpus)
    found: dict[tuple[str, str], dict[str, Level]] = {}
    for requirement in corpus.requirements:
        for node, strength, alternative in _wanted(requirement.require, requirement.strength, False):
            clause = _clause_of(node, requirement, corpus)
            if node.fact not in equipment or clause is None:
                continue
            label = describer.concept(node.fact or "", language)
            level = Level(label, "", _STRENGTH_DEPTH[strength], clause, strength, alternative)
            for place in (node.at.place,) if node.at else requirement.subjects:
                cell = found.setdefault((place, requirement.document), {})
                if label not in cell or _rank(level) > _rank(cell[label]):
                    cell[label] = level
    kept = {key: tuple(sorted(cell.values(), key=_rank, reverse=True)) for key, cell in found.items()}
    return _matrix({key: cell for key, cell in kept.items() if key[0] in corpus.vocabulary.places}, corpus)


def _rank(level: Level) -> tuple[int, bool]:
    return level.depth, not level.alternative


def _wanted(node: Node, strength: Strength, alternative: bool) -> Iterator[tuple[Node, Strength, bool]]:
    """Yield the yes/no facts that a node asks to be true; what a condition or a negation names is not asked for."""
    own = node.strength or strength
    if node.kind == "fact" and node.test is not None and node.test.is_:
        yield node, own, alternative or node.compensates
    elif node.kind in ("all_of", "any_of", "if"):
        several = node.kind == "any_of" and len(node.children) > 1
        for child in node.children[1:] if node.kind == "if" else node.children:
            yield from _wanted(child, own, alternative or several or node.compensates)


def _clause_of(node: Node, requirement: Requirement, corpus: Corpus) -> Clause | None:
    return corpus.by_id.get(f"{requirement.document} {node.clause or requirement.clause}")


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
