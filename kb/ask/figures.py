"""Look figures up: every value that the guidelines set for a property of a place, by condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from kb.ask.frame import Frame
from kb.ask.labels import named_labels
from kb.ask.sides import sides_of
from kb.model.answer import Value
from kb.model.base import Strength
from kb.model.corpus import Clause, Conditions, Figure
from kb.model.knowledge import Corpus, Vocabulary
from kb.quantity import UNITS, same_dimension

EXACT, KIND, PART, WHOLE, BESIDE, UNRELATED = 0, 1, 2, 3, 4, 9
NARROW = 0.75
"""A figure whose clause ranks below this share of the best one's score is about something else."""

SAME_DOCUMENT = 0.96
"""Within one guideline, a figure without a place answers only from a clause that ranks nearly as high as the best."""

COMPARED = 0.5
"""In a comparison, a guideline's best figure stands beside the others from this share of the best score on."""

CLEARLY_BEFORE, BEFORE = 1.3, 1.1
"""A clause that scores so much more than every figure at the place named is what was asked about; less is enough where
the place that the clause speaks of is none of those named."""

BY_THE_WAY = "recognition_distance"
"""A figure that clauses name only to explain another one; it answers only a question that names it."""


@dataclass(frozen=True)
class FigureRecord:
    """One figure of one clause, with the conditions of both."""

    clause: Clause
    figure: Figure
    conditions: Conditions
    strength: Strength | None
    reviewed: bool = True

    @classmethod
    def of(cls, clause: Clause, figure: Figure, reviewed: bool = True) -> FigureRecord:
        """Make the record of one figure of a clause."""
        return cls(clause, figure, {**clause.when, **figure.when}, figure.strength or clause.strength, reviewed)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two figures of one guideline the same figure."""
        figure, conditions = self.figure, tuple(sorted(self.conditions.items()))
        return (
            self.clause.document,
            figure.property,
            figure.place,
            figure.value,
            figure.operator,
            figure.measure,
            conditions,
        )

    def to_value(self) -> Value:
        """Return the figure as an answer carries it."""
        figure = self.figure
        return Value(
            value=figure.value.number,
            value_max=None if figure.value_max is None else figure.value_max.number,
            operator=figure.operator,
            unit=figure.value.unit,
            approximate=figure.approximate,
            measure=figure.measure,
            property=figure.property,
            place=figure.place,
            conditions=dict(self.conditions),
            strength=self.strength,
            document=self.clause.document,
            locator=self.clause.locator,
            reviewed=self.reviewed,
        )


class FigureBook:
    """All figures of the corpus: those that a person stands for, or (`unreviewed`) those that only a program has read."""

    def __init__(self, corpus: Corpus, unreviewed: bool = False) -> None:
        self._vocabulary = corpus.vocabulary
        self.records: tuple[FigureRecord, ...] = tuple(
            FigureRecord.of(clause, figure, not unreviewed)
            for clause in corpus.clauses
            for figure in (clause.unreviewed if unreviewed else clause.figures)
        )

    def look_up(self, frame: Frame, documents: Iterable[str], scores: Mapping[str, float]) -> list[FigureRecord]:
        """Return the figures that a frame asks for: the best-ranked one, and its like of other guidelines and cases.

        `scores` rank clauses by id. Empty where no figure fits the place and property named.
        """
        wanted = set(documents)
        frame = self._without_context(frame, scores)
        parts = sides_of(frame)
        sides = [self._look_up(part, wanted, scores, leads=False) for part in parts] if len(parts) > 1 else []
        if sides and all(sides):
            return list({id(r): r for side in sides for r in side}.values())
        return self._look_up(frame, wanted, scores)

    def _look_up(
        self, frame: Frame, wanted: set[str], scores: Mapping[str, float], leads: bool = True
    ) -> list[FigureRecord]:
        """Return the figures for one place or none; `leads` lets the leading clause answer with those beside the place."""
        top = max(scores.values(), default=0.0)

        def fitting_for(asked: Frame) -> list[tuple[int, FigureRecord]]:
            return [
                (distance, record)
                for record in self.records
                if self._fits(record, asked)
                and (not wanted or record.clause.document in wanted)
                and not conflicts(record.conditions, asked)
                and (distance := self._distance(record, asked)) < UNRELATED
                and (distance < BESIDE or scores.get(record.clause.id, 0.0) >= NARROW * top)
            ]

        fitting = fitting_for(frame)
        if not fitting and frame.properties and (frame.places or wanted):
            frame, fitting = self._instead(frame, fitting_for)
        fitting = _of_labels(fitting, frame)
        fitting = self._at_all_places(fitting, frame)
        leading = self._leading(frame, wanted, scores, [r for _, r in fitting]) if leads else []
        if leading:
            return leading
        if not fitting:
            return []
        nearest = min(distance for distance, _ in fitting)
        limit = KIND if nearest <= KIND else nearest
        leader = max(scores, key=lambda i: (scores[i], i), default=None) if leads else None
        near = [record for distance, record in fitting if distance <= limit]
        if all(record.clause.id != leader for record in near):
            near += [r for distance, r in fitting if distance == BESIDE and r.clause.id == leader]
        best = max(near, key=lambda r: (scores.get(r.clause.id, 0.0), r.clause.id))
        by_place = self._distance(best, frame) < BESIDE
        first, top = top, scores.get(best.clause.id, 0.0)
        if not (frame.properties or frame.generic) and top < NARROW * first:
            return []
        alike = [
            r
            for r in near
            if self._alike(r, best, frame)
            and (
                frame.places
                and by_place
                or scores.get(r.clause.id, 0.0) >= (SAME_DOCUMENT if _same(r, best) else NARROW) * top
            )
        ]
        if compares(frame):
            also = {n for p in frame.properties for n in self._vocabulary.facts[p].see_also}
            others = [
                r for r in self.records if r.figure.property in also and (not wanted or r.clause.document in wanted)
            ]
            alike += self._of_others(alike, near, scores, COMPARED * top)
            alike += self._of_others(alike, others, scores, 0.0)
        return [*self._beside(frame, alike, best), *alike]

    def _instead(
        self, frame: Frame, fitting_for: Callable[[Frame], list[tuple[int, FigureRecord]]]
    ) -> tuple[Frame, list[tuple[int, FigureRecord]]]:
        """Return the figures of what stands for the quantity named where none is set for it, with the frame for them."""
        also = tuple(dict.fromkeys(n for p in frame.properties for n in self._vocabulary.facts[p].see_also))
        for properties in (also, self._relatives(frame.properties) if frame.places else ()):
            asked = replace(frame, properties=properties, generic=())
            found = [(d, r) for d, r in fitting_for(asked) if d <= KIND] if properties else []
            if found:
                return asked, found
        return frame, []

    def _at_all_places(self, fitting: list[tuple[int, FigureRecord]], frame: Frame) -> list[tuple[int, FigureRecord]]:
        """Keep, where the question names several places, the figures that speak of all of them (fence and window)."""
        if len(frame.places) < 2:
            return fitting

        def speaks_of(record: FigureRecord, place: str) -> bool:
            spoken = {*record.clause.places, *([record.figure.place] if record.figure.place else [])}
            return any(place_distance(self._vocabulary, place, one) <= KIND for one in spoken)

        return [(d, r) for d, r in fitting if all(speaks_of(r, p) for p in frame.places)] or fitting

    @staticmethod
    def _of_others(
        alike: list[FigureRecord], near: list[FigureRecord], scores: Mapping[str, float], least: float
    ) -> list[FigureRecord]:
        """Return the best figure of each guideline that has none yet: a comparison sets them side by side."""
        chosen: dict[str, FigureRecord] = {}
        held = {r.clause.document for r in alike}
        for record in sorted(near, key=lambda r: -scores.get(r.clause.id, 0.0)):
            if record.clause.document not in held and scores.get(record.clause.id, 0.0) >= least:
                chosen.setdefault(record.clause.document, record)
        return list(chosen.values())

    def _beside(self, frame: Frame, records: list[FigureRecord], best: FigureRecord) -> list[FigureRecord]:
        """Return the other figures of the same clauses that a unit in the question asks for (`個数も`, `何分`).

        A definition is told with all its figures: who asks what `視認` means is told of what distance it speaks. Who asks
        for something more (`and by how much`) is told the other figure of the clause where it has one.
        """
        clauses, asked = {r.clause.id: r.clause for r in records}, {r.figure.property for r in records}
        also = {n for p in asked for n in self._vocabulary.facts[p].see_also}
        more = best.clause.id if "also" in frame.intents and _other_figures(best) == 1 else None
        defined = {i for i, clause in clauses.items() if clause.kind == "definition" and "define" in frame.intents}
        return [
            r
            for r in self.records
            if r.clause.id in clauses
            and (
                r.figure.value.dimension in frame.dimensions
                or r.clause.id in {*defined, more}
                or r.figure.property in also
            )
            and (r.figure.property != BY_THE_WAY or r.clause.id in defined)
            and r.figure.property not in asked
            and not r.figure.context
            and r not in records
            and not conflicts(r.conditions, frame)
        ]

    def _without_context(self, frame: Frame, scores: Mapping[str, float]) -> Frame:
        """Drop a stated number that only repeats the leading clause (`半径300m内に…12%`): another one is what is meant."""
        dimensions = {m.value.dimension for m in frame.quantities}
        open_ended = "figure" in frame.intents and not (frame.properties or frame.generic or frame.asked_dimensions)
        if not scores or not dimensions or len(dimensions) < 2 and not open_ended:
            return frame
        first = max(scores, key=lambda i: (scores[i], i))
        set_there = {(r.figure.value.dimension, r.figure.value.base) for r in self.records if r.clause.id == first}
        context = {m.value.dimension for m in frame.quantities if (m.value.dimension, m.value.base) in set_there}
        if not context or context == dimensions and not open_ended:
            return frame

        def kept(names: tuple[str, ...]) -> tuple[str, ...]:
            units = {name: self._vocabulary.facts[name].unit for name in names}
            return tuple(n for n, unit in units.items() if unit is None or UNITS[unit].dimension not in context)

        return replace(
            frame,
            properties=kept(frame.properties),
            generic=kept(frame.generic),
            dimensions=frame.dimensions - context,
        )

    def _relatives(self, properties: tuple[str, ...]) -> tuple[str, ...]:
        """Return the quantities that share a word with those named: one height for another, never a height for a width."""
        facts = {k: f for k, f in self._vocabulary.facts.items() if f.unit is not None}
        words = {word for name in properties for word in facts[name].aliases.all}
        return tuple(k for k, f in facts.items() if words & set(f.aliases.all))

    def _leading(
        self, frame: Frame, wanted: set[str], scores: Mapping[str, float], fitting: list[FigureRecord]
    ) -> list[FigureRecord]:
        """Return the figures of the clause that ranks clearly before every other that has a fitting one.

        Its figures need only be of the dimension asked for: ranking knows better than a word which height is meant.
        """
        if not scores:
            return []
        first = max(scores, key=lambda i: (scores[i], i))
        best = max((scores.get(r.clause.id, 0.0) for r in fitting), default=0.0)
        astray = all(r.clause.id != first for r in fitting)
        if scores[first] < (BEFORE if astray else CLEARLY_BEFORE) * best:
            return []
        named = (*frame.properties, *frame.generic)
        units = [self._vocabulary.facts[name].unit for name in named]
        dimensions = frame.dimensions | {UNITS[unit].dimension for unit in units if unit is not None}
        related = {*named, *self._relatives(named)}
        found = [
            r
            for r in self.records
            if r.clause.id == first
            and not r.figure.context
            and r.figure.value.dimension in dimensions
            and (not related or r.figure.property in related)
            and (r.figure.property != BY_THE_WAY or BY_THE_WAY in frame.properties)
            and not conflicts(r.conditions, frame)
        ]
        if best or not frame.places:
            return found
        if (frame.properties or frame.generic) and not frame.asked_dimensions:
            return []
        return [r for r in found if self._distance(r, frame) <= KIND]

    def _fits(self, record: FigureRecord, frame: Frame) -> bool:
        figure = record.figure
        if figure.context:
            return False
        if frame.properties:
            return figure.property in frame.properties
        if figure.property == BY_THE_WAY or (frame.dimensions and figure.value.dimension not in frame.dimensions):
            return False
        return not frame.generic or figure.property in frame.generic

    def _alike(self, record: FigureRecord, best: FigureRecord, frame: Frame) -> bool:
        """Tell whether a figure answers the same question as the best one."""
        if record.clause.id == best.clause.id:
            return True
        if record.figure.property != best.figure.property:
            return compares(frame) and not (frame.properties or frame.generic or frame.dimensions)
        if frame.places:
            return True
        here, there = record.figure.place, best.figure.place
        if here is None or there is None:
            return here == there
        return place_distance(self._vocabulary, here, there) <= KIND

    def _distance(self, record: FigureRecord, frame: Frame) -> int:
        if not frame.places:
            return EXACT
        if record.figure.place is None:
            spoken = record.clause.places
            near = (place_distance(self._vocabulary, p, s) for p in frame.places for s in spoken)
            return min(near) if spoken else self._beside_places(record, frame)
        named = min(place_distance(self._vocabulary, place, record.figure.place) for place in frame.places)
        if named < UNRELATED:
            return named
        return self._beside_places(record, frame)

    def _beside_places(self, record: FigureRecord, frame: Frame) -> int:
        """Return `BESIDE` for a figure of a clause that speaks of the place named beside the figure's own, or of none.

        A definition of no place (what `視認` means) sets nothing for a place that is named.
        """
        spoken = (place_distance(self._vocabulary, p, s) for p in frame.places for s in record.clause.places)
        of_none = not record.clause.places and record.clause.kind != "definition"
        return BESIDE if of_none or min(spoken, default=UNRELATED) <= KIND else UNRELATED


def _other_figures(record: FigureRecord) -> int:
    figures = record.clause.figures
    return len({f.property for f in figures if not f.context and f.property != BY_THE_WAY} - {record.figure.property})


def _of_labels(fitting: list[tuple[int, FigureRecord]], frame: Frame) -> list[tuple[int, FigureRecord]]:
    """Keep, where the question names a table or a note (`表5`), the figures that stand there."""
    labels = named_labels(frame.mended)
    return [(d, r) for d, r in fitting if labels & set(r.clause.locator.split("/"))] or fitting


def _same(record: FigureRecord, best: FigureRecord) -> bool:
    return record.clause.document == best.clause.document and record.clause.id != best.clause.id


def compares(frame: Frame) -> bool:
    """Tell whether a question sets guidelines side by side."""
    several = len(frame.documents) > 1 or len(frame.conditions.get("building", ())) > 1
    return several or bool(frame.intents & {"difference", "strictest"})


def place_distance(vocabulary: Vocabulary, asked: str, spoken: str) -> int:
    """Tell how near the place that a clause speaks of is to the place asked about."""
    if asked == spoken:
        return EXACT
    if spoken in vocabulary.kinds(asked) or asked in vocabulary.kinds(spoken):
        return KIND
    if asked in vocabulary.wider(spoken):
        return PART
    if spoken in vocabulary.wider(asked):
        return WHOLE
    return UNRELATED


def conflicts(conditions: Conditions, frame: Frame) -> bool:
    """Tell whether the conditions of a clause exclude what the frame names."""
    for fact, value in conditions.items():
        named: tuple[str | bool, ...]
        if isinstance(value, bool):
            if fact in frame.facts and frame.facts[fact] != value:
                return True
            continue
        named = frame.conditions.get(fact, ())
        values = value if isinstance(value, tuple) else (value,)
        if named and not set(named) & set(values):
            return True
    return False


def measurable(record: FigureRecord, unit: str) -> bool:
    """Tell whether a unit measures the figure's property."""
    return same_dimension(record.figure.value.unit, unit)
