"""Which figures a guideline states for a place: what decides that an answer is right and another one wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from kb.model.corpus import Clause, Conditions, Figure
from kb.model.knowledge import Corpus
from kb.quantity import Quantity


class FigureBook:
    """Every figure of a corpus, by guideline and property."""

    def __init__(self, corpus: Corpus) -> None:
        self._vocabulary = corpus.vocabulary
        self._met: dict[tuple[str, str], bool] = {}
        self._by_property: dict[tuple[str, str], list[tuple[Clause, Figure]]] = defaultdict(list)
        for clause in corpus.clauses:
            for figure in clause.figures:
                self._by_property[clause.document, figure.property].append((clause, figure))

    def of(self, document: str, prop: str) -> list[tuple[Clause, Figure]]:
        """Return the figures of a property in a guideline, in its order."""
        return self._by_property[document, prop]

    def properties(self, document: str) -> list[str]:
        """Return the properties of which a guideline states figures."""
        return [prop for named, prop in self._by_property if named == document]

    def meets(self, document: str, clause: Clause, figure: Figure) -> list[tuple[Clause, Figure]]:
        """Return the figures of a guideline that speak of the same property, of a place and a case in common."""
        conditions = {**clause.when, **figure.when}
        home = clause.id if document == clause.document else None
        return [
            (other, found)
            for other, found in self.of(document, figure.property)
            if _same_scope(other, found, clause, figure, home)
            and self.places_meet(found.place, figure.place)
            and conditions_meet({**other.when, **found.when}, conditions)
            and (found.measure is None or figure.measure is None or found.measure == figure.measure)
        ]

    def places_meet(self, one: str | None, other: str | None) -> bool:
        """Tell whether what is said of one place may be said of the other: the same, wider, narrower, or of any place."""
        if one is None or other is None or one == other:
            return True
        held = self._met.get((one, other))
        if held is None:
            wider, kinds = self._vocabulary.wider, self._vocabulary.kinds
            held = one in wider(other) or other in wider(one) or bool(kinds(one) & kinds(other))
            self._met[one, other] = self._met[other, one] = held
        return held

    def true_values(self, document: str, clause: Clause, figures: Iterable[Figure]) -> set[tuple[str, Fraction]]:
        """Return every value (dimension, amount in its base unit) that the guideline states where `figures` apply."""
        values: set[tuple[str, Fraction]] = set()
        for figure in figures:
            for _, found in self.meets(document, clause, figure):
                values |= {key_of(q) for q in (found.value, found.value_max) if q is not None}
        return values


def _same_scope(other: Clause, found: Figure, clause: Clause, figure: Figure, home: str | None) -> bool:
    """Tell whether two figures may speak of the same thing: a figure that defines a term speaks of that term alone."""
    if other.id == home:
        return True
    return not (_defines(other, found) or _defines(clause, figure))


def _defines(clause: Clause, figure: Figure) -> bool:
    return clause.kind == "definition" and figure.place is None


def key_of(quantity: Quantity) -> tuple[str, Fraction]:
    """Return what makes quantities of different units equal."""
    return quantity.dimension, quantity.base


def conditions_meet(one: Conditions, other: Conditions) -> bool:
    """Tell whether two sets of conditions can hold at once."""
    for key in one.keys() & other.keys():
        mine, theirs = _as_set(one[key]), _as_set(other[key])
        if not mine & theirs:
            return False
    return True


def _as_set(value: str | bool | tuple[str, ...]) -> set[str | bool]:
    return set(value) if isinstance(value, tuple) else {value}
