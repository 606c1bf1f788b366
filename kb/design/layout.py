"""How a design is laid out in tables: one for each kind of place, a column for each fact that is looked at.

The XLSX and YAML templates and the page are all made from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.design.catalogue import Catalogue, Use, list_uses
from kb.model.base import Language
from kb.model.knowledge import Corpus, read_locator
from kb.model.vocabulary import Fact
from kb.quantity.units import UNITS
from kb.rules.speaker import Speaker
from kb.rules.words import measure_label

OWNERS = ("building", "operator")
YES_NO: dict[Language, tuple[str, str]] = {"ja": ("はい", "いいえ"), "en": ("yes", "no")}
UNKNOWN: dict[Language, str] = {"ja": "不明", "en": "unknown"}


@dataclass(frozen=True, slots=True)
class Column:
    """A fact of a place, measured in one way where that matters; `options` are the words to choose from."""

    fact: str
    measure: str | None
    type: str
    label: str
    unit: str | None
    options: tuple[str, ...]
    question: str
    clauses: tuple[str, ...]

    @property
    def key(self) -> str:
        """What names the column in a file: `illuminance@average_horizontal`."""
        return self.fact if self.measure is None else f"{self.fact}@{self.measure}"

    @property
    def heading(self) -> str:
        """What a person reads above the column: the label, and the unit in brackets."""
        return self.label if self.unit is None else f"{self.label} [{self.unit}]"


@dataclass(frozen=True, slots=True)
class Table:
    """The facts of one kind of place, of the building or of the operator."""

    place: str
    label: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """All tables of a design, and the kinds of places whose presence matters, with their labels."""

    language: Language
    documents: tuple[str, ...]
    tables: tuple[Table, ...]
    presence: tuple[tuple[str, str], ...]

    def table(self, place: str) -> Table | None:
        """Return the table of a kind of place."""
        return next((table for table in self.tables if table.place == place), None)


def lay_out(corpus: Corpus, documents: Iterable[str], building: str | None = None, language: Language = "ja") -> Layout:
    """Lay out the facts that some guidelines look at, for one type of building or for all."""
    chosen = tuple(documents)
    catalogue = list_uses(corpus, chosen, building)
    speaker = Speaker(corpus.vocabulary, language)
    places = _places(corpus, catalogue)
    tables = [_table(corpus, catalogue, place, speaker) for place in (*OWNERS, *places)]
    return Layout(
        language=language,
        documents=chosen,
        tables=tuple(table for table in tables if table.columns or table.place in OWNERS),
        presence=tuple((place, speaker.place(place)) for place in places),
    )


def _places(corpus: Corpus, catalogue: Catalogue) -> list[str]:
    """List the kinds of places in the order of the vocabulary, which is that of a walk through a building."""
    wanted = {*catalogue.subjects, *catalogue.asked_after, *catalogue.uses} - set(OWNERS)
    return [place for place in corpus.vocabulary.places if place in wanted]


def _table(corpus: Corpus, catalogue: Catalogue, place: str, speaker: Speaker) -> Table:
    columns: list[Column] = []
    uses = catalogue.at(place, corpus.vocabulary)
    if place == "building":
        uses = {"building": Use("building"), **uses}
    for fact_id, use in uses.items():
        fact = corpus.vocabulary.facts[fact_id]
        measures: list[str | None] = [one for one in use.measures if one is not None]
        if not measures:
            measures = [fact.measures[0] if len(fact.measures) > 1 else None]
        for measure in measures:
            only = len(fact.measures) == 1
            columns.append(_column(corpus, fact_id, fact, None if only else measure, use, speaker))
    return Table(place, speaker.place(place), tuple(columns))


def _column(corpus: Corpus, fact_id: str, fact: Fact, measure: str | None, use: Use, speaker: Speaker) -> Column:
    language = speaker.language
    named = measure or (fact.measures[0] if len(fact.measures) == 1 else None)
    label = fact.label.get(language)
    how = "" if named is None else measure_label(named).get(language)
    if how and how not in label:
        label = f"{label}（{how}）" if language == "ja" else f"{label} ({how})"
    options: tuple[str, ...] = ()
    if fact.type == "boolean":
        options = YES_NO[language]
    elif fact_id == "building":
        options = tuple(corpus.vocabulary.buildings[kind].label.get(language) for kind in fact.choices)
    elif fact.choices:
        options = tuple(word for _, word in speaker.options(fact_id))
    shorts = {document.id: document.short.get(language) for document in corpus.documents}
    return Column(
        fact=fact_id,
        measure=measure,
        type=fact.type,
        label=label,
        unit=fact.unit if fact.unit in UNITS else None,
        options=options,
        question="" if fact.question is None else fact.question.get(language),
        clauses=tuple(f"{shorts[document]} {read_locator(locator, language)}" for document, locator in use.clauses),
    )
