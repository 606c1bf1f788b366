"""Check what corpus files say of each other: ids, locators, units, conditions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kb.corpus.near import choose
from kb.corpus.nodes import RESERVED, SPECIAL_PLACES
from kb.corpus.strict_yaml import Path_, Source
from kb.errors import CorpusError, InputError
from kb.model.corpus import Clause, Conditions, Definition, Document, Figure, Table
from kb.model.knowledge import Vocabulary
from kb.model.vocabulary import Place
from kb.quantity import UNITS, parse_quantity, same_dimension

Origins = Mapping[tuple[str, str], tuple[Source, Path_]]
"""Where each entry of the vocabulary stands, by section and id."""


class References:
    """Checks references against what was loaded, and adds every problem to a list.

    `locators` are those of each guideline, by document id.
    """

    def __init__(
        self, vocabulary: Vocabulary, locators: Mapping[str, Collection[str]], errors: list[CorpusError]
    ) -> None:
        self._vocabulary = vocabulary
        self._locators = locators
        self._errors = errors
        self._places = dict.fromkeys(vocabulary.places)
        self._all_places = dict.fromkeys((*vocabulary.places, *SPECIAL_PLACES))
        self._subjects = dict.fromkeys((*vocabulary.topics, *vocabulary.terms, *vocabulary.facts))
        self._quantities = dict.fromkeys(key for key, fact in vocabulary.facts.items() if fact.unit is not None)
        self._conditions = dict.fromkeys(key for key, fact in vocabulary.facts.items() if fact.unit is None)

    def known(self, source: Source, path: Path_, what: str, found: str, known: Collection[str], allowed: str) -> None:
        """Check that a name is among the known ones."""
        if found not in known:
            self._errors.append(source.error(path, f"unknown {what} {found!r}", choose(allowed, found, known)))

    def locator(self, source: Source, path: Path_, document: str, locator: str | None) -> None:
        """Check that a guideline has a clause, where one is named."""
        if locator is not None and locator not in self._locators[document]:
            allowed = choose("a locator of this guideline", locator, self._locators[document])
            self._errors.append(source.error(path, f"no clause {locator!r} in {document}", allowed))

    def place(self, source: Source, path: Path_, place: str) -> None:
        """Check that a place exists."""
        self.known(source, path, "place", place, self._places, "an id under places")

    def subject(self, source: Source, path: Path_, place: str) -> None:
        """Check that what is judged exists: a place, the building or its operator."""
        self.known(source, path, "place", place, self._all_places, "an id under places, `building` or `operator`")

    def vocabulary(self, origins: Origins) -> None:
        """Check what the entries of the vocabulary name."""
        words = self._vocabulary
        for key, place in words.places.items():
            source, path = origins["places", key]
            for field in ("part_of", "kind_of", "inside_of"):
                if getattr(place, field) is not None:
                    self.place(source, (*path, field), getattr(place, field))
            for index, member in enumerate(place.members):
                self.place(source, (*path, "members", index), member)
            if place.implies is not None:
                allowed = "an id under buildings"
                self.known(source, (*path, "implies"), "building", place.implies, words.buildings, allowed)
            if key in _below(words.places, key):
                found = f"{key!r} is part, kind or member of itself"
                self._errors.append(source.error(path, found, "places without a circle"))
        for key, topic in words.topics.items():
            source, path = origins["topics", key]
            if topic.measured_by is not None:
                allowed = "an id under facts"
                self.known(source, (*path, "measured_by"), "fact", topic.measured_by, words.facts, allowed)
        for key, fact in words.facts.items():
            source, path = origins["facts", key]
            for field, names in (("yes_if", fact.yes_if), ("no_if", fact.no_if)):
                for index, name in enumerate(names):
                    allowed = "an id under facts, or `not` and one"
                    self.known(source, (*path, field, index), "fact", name.removeprefix("not "), words.facts, allowed)
        for key, term in words.terms.items():
            source, path = origins["terms", key]
            self._topic(source, path, term.topic)
            for index, clause_id in enumerate(term.defined_by):
                self._clause_id(source, (*path, "defined_by", index), clause_id)
        for key, fact in words.facts.items():
            source, path = origins["facts", key]
            self._topic(source, path, fact.topic)
            for index, name in enumerate(fact.places):
                self.subject(source, (*path, "places", index), name)
            if key in RESERVED:
                allowed = f"an id that no node uses as a key ({', '.join(RESERVED)})"
                self._errors.append(source.error(path, f"fact id {key!r}", allowed))

    def _topic(self, source: Source, path: Path_, topic: str | None) -> None:
        if topic is not None:
            self.known(source, (*path, "topic"), "topic", topic, self._vocabulary.topics, "an id under topics")

    def _clause_id(self, source: Source, path: Path_, clause_id: str) -> None:
        document = next((one for one in self._locators if clause_id.startswith(f"{one} ")), None)
        if document is None:
            allowed = f"`<document id> <locator>` with one of {', '.join(self._locators)}"
            self._errors.append(source.error(path, f"no clause {clause_id!r}", allowed))
        else:
            self.locator(source, path, document, clause_id[len(document) + 1 :])

    def document(self, document: Document, source: Source) -> None:
        """Check what a document.yaml names."""
        for index, building in enumerate(document.buildings):
            buildings = self._vocabulary.buildings
            self.known(source, ("buildings", index), "building", building, buildings, "an id under buildings")
        for index, event in enumerate(document.dates):
            self.locator(source, ("dates", index, "clause"), document.id, event.clause)
        for name in ("legal_force", "addressees", "scope"):
            self.locator(source, (name, "clause"), document.id, getattr(document, name).clause)

    def clause(self, clause: Clause, source: Source, path: Path_) -> None:
        """Check what a clause names."""
        for index, locator in enumerate(clause.basis):
            self.locator(source, (*path, "basis", index), clause.document, locator)
        for index, name in enumerate(clause.places):
            self.place(source, (*path, "places", index), name)
        for index, name in enumerate(clause.topics):
            allowed = "an id under topics, terms or facts"
            self.known(source, (*path, "topics", index), "topic", name, self._subjects, allowed)
        self.conditions(source, (*path, "when"), clause.when)
        for index, figure in enumerate(clause.figures):
            self._figure(source, (*path, "figures", index), clause.document, figure)

    def _figure(self, source: Source, path: Path_, document: str, figure: Figure) -> None:
        fact = self._vocabulary.facts.get(figure.property)
        if fact is None or fact.unit is None:
            where, allowed = (*path, "property"), "a quantity under facts"
            self.known(source, where, "property", figure.property, self._quantities, allowed)
        else:
            if not same_dimension(fact.unit, figure.value.unit):
                found = f"unit {figure.value.unit!r} does not measure {figure.property}"
                self._errors.append(source.error((*path, "value"), found, f"units like {fact.unit}"))
            if figure.measure is not None:
                allowed = f"one of {', '.join(fact.measures) or 'none'}"
                self.known(source, (*path, "measure"), "measure", figure.measure, fact.measures, allowed)
        if figure.place is not None:
            self.place(source, (*path, "place"), figure.place)
        self.locator(source, (*path, "from"), document, figure.source)
        self.conditions(source, (*path, "when"), figure.when)

    def conditions(self, source: Source, path: Path_, conditions: Conditions) -> None:
        """Check the facts of plain conditions and the choices that they name."""
        for name, value in conditions.items():
            self.known(source, (*path, name), "condition", name, self._conditions, "a yes/no or choice fact")
            if name not in self._conditions:
                continue
            for one in value if isinstance(value, tuple) else (value,):
                self._condition(source, (*path, name), name, one)

    def _condition(self, source: Source, path: Path_, name: str, value: str | bool) -> None:
        fact = self._vocabulary.facts[name]
        if fact.type == "boolean":
            if not isinstance(value, bool):
                self._errors.append(source.error(path, f"{name}: found {value!r}", "true or false"))
        elif value not in fact.choices:
            allowed = f"one of {', '.join(fact.choices)}"
            self._errors.append(source.error(path, f"{name}: unknown choice {value!r}", allowed))

    def table(self, table: Table, source: Source, path: Path_) -> None:
        """Check the clauses, units and cells of a table."""
        self.locator(source, (*path, "clause"), table.document, table.clause)
        units = {column.key: column.unit for column in table.columns}
        self._once(source, (*path, "columns"), "column", [column.key for column in table.columns])
        for index, column in enumerate(table.columns):
            if column.unit is not None:
                where = (*path, "columns", index, "unit")
                self.known(source, where, "unit", column.unit, UNITS, f"one of {', '.join(UNITS)}")
        for index, row in enumerate(table.rows):
            inner: Path_ = (*path, "rows", index)
            self.locator(source, (*inner, "clause"), table.document, row.clause)
            for key, cell in row.cells.items():
                if units[key] in UNITS and isinstance(cell, str):
                    self._cell(source, (*inner, "cells", key), cell, str(units[key]))

    def _cell(self, source: Source, path: Path_, cell: str, unit: str) -> None:
        try:
            fits = same_dimension(parse_quantity(cell).unit, unit)
        except InputError:
            fits = False
        if not fits:
            self._errors.append(source.error(path, f"found {cell!r}", f"a quantity in {unit}, such as 1 {unit}"))

    def definition(self, definition: Definition, source: Source, path: Path_) -> None:
        """Check the terms and the clause of a definition."""
        terms = self._vocabulary.terms
        self.locator(source, (*path, "clause"), definition.document, definition.clause)
        self.known(source, (*path, "term"), "term", definition.term, terms, "an id under terms")
        for index, term in enumerate(definition.contrast):
            self.known(source, (*path, "contrast", index), "term", term, terms, "an id under terms")
        self._once(source, (*path, "features"), "feature", [feature.id for feature in definition.features])

    def _once(self, source: Source, path: Path_, what: str, ids: Iterable[str]) -> None:
        seen: set[str] = set()
        for index, key in enumerate(ids):
            if key in seen:
                self._errors.append(source.error((*path, index), f"{what} {key!r} twice", "each once"))
            seen.add(key)


def _below(places: Mapping[str, Place], start: str) -> set[str]:
    """Return every place that is reached from a place through `kind_of`, `part_of` (upwards) or `members` (turned round)."""
    above: dict[str, list[Any]] = {key: [place.kind_of, place.part_of] for key, place in places.items()}
    for key, place in places.items():
        for member in place.members:
            above.setdefault(member, []).append(key)
    reached: set[str] = set()
    pending = list(above.get(start, ()))
    while pending:
        name = pending.pop()
        if name is not None and name not in reached:
            reached.add(name)
            pending.extend(above.get(name, ()))
    return reached
