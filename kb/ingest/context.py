"""What stands around a clause: the places and conditions that its headings and the clause above it speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.ingest.model import SourceClause
from kb.ingest.sentence import PlaceMention, Sentence, SentenceReader, split_sentences
from kb.model.knowledge import Vocabulary

_LISTED = re.compile(r"次の(?:各号|いずれ|事項|基準|性能|要件|条件)[^、。]{0,12}(?:適合する|満たす|備えた|該当する)")
_COVER, _DEEPEST, _LONGEST_LEAD = "表題", 12, 80


@dataclass(frozen=True)
class Surroundings:
    """Places and conditions from outside a clause's own sentences; `named` are all concepts that the headings name,
    `words` the headings, `title` that of the whole; `lead` is the sentence that announces a list whose item is no sentence
    (`次の高さを確保する`), with the concepts that it names,
    `words_near` the nearest heading."""

    places: tuple[str, ...] = ()
    conditions: Mapping[str, str] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    words: str = ""
    title: str = ""
    lead: str = ""
    lead_names: frozenset[str] = frozenset()
    words_near: str = ""


class ContextReader:
    """Reads headings and parents, each once."""

    def __init__(self, vocabulary: Vocabulary, reader: SentenceReader) -> None:
        self._vocabulary = vocabulary
        self._reader = reader
        self._read: dict[tuple[str, str], Sentence] = {}

    def read(self, text: str, language: str) -> Sentence:
        """Read a heading or a sentence, from memory where it was read before."""
        key = (text, language)
        if key not in self._read:
            self._read[key] = self._reader.read(text, language)
        return self._read[key]

    def around(self, clause: SourceClause, by_locator: Mapping[str, SourceClause], language: str) -> Surroundings:
        """Return what the headings of a clause, and the sentences above it, say of place and condition.

        The nearest that names a place counts: its own heading, then from the clause above outwards the first sentence and the
        heading of each.
        """
        titles = [t for t in (clause.heading, *reversed(clause.path)) if t]
        headings = [self.read(title, language) for title in titles]
        cover = by_locator.get(_COVER)
        title = None if cover is None else self.read((cover.heading or cover.text)[:120], language)
        named: frozenset[str] = frozenset()
        if title is not None and not any(heading.places for heading in headings):
            named = frozenset(place.id for place in title.places)
        for heading in reversed(headings):
            named |= settle_names(heading, self._vocabulary, named)
        places: tuple[str, ...] = ()
        for words in self._outwards(clause, by_locator, language):
            places = settle([p for p in words if not p.oblique], self._vocabulary, named)
            if places:
                break
        conditions: dict[str, str] = {}
        for heading in headings:
            for fact, value in heading.conditions.items():
                conditions.setdefault(fact, value)
        lead = self._lead(clause, by_locator, language)
        return Surroundings(
            places,
            conditions,
            named,
            " ".join(h.normal for h in headings),
            "" if title is None else title.normal,
            "" if lead is None else lead.normal.rstrip("。.:： "),
            frozenset() if lead is None else lead.names,
            headings[0].normal if headings else "",
        )

    def _lead(self, clause: SourceClause, by_locator: Mapping[str, SourceClause], language: str) -> Sentence | None:
        above = by_locator.get(clause.parent)
        if above is None or not above.text or above.rows or clause.text.rstrip().endswith(("。", ".")):
            return None
        last = split_sentences(above.text)[-1]
        return self.read(last, language) if len(last) <= _LONGEST_LEAD else None

    def _outwards(
        self, clause: SourceClause, by_locator: Mapping[str, SourceClause], language: str
    ) -> Iterator[Sequence[PlaceMention]]:
        """Yield the places named by what stands over a clause, the nearest first."""
        if clause.heading:
            yield self.read(clause.heading, language).places
        above, seen = by_locator.get(clause.parent), 0
        while above is not None and seen < _DEEPEST:
            if above.text and not above.rows:
                opening = self.read(split_sentences(above.text)[0][:200], language)
                if (listed := _LISTED.search(opening.normal)) and above.locator == clause.parent:
                    yield [p for p in opening.places if p.start >= listed.end() and not p.oblique]
                yield find_subject(opening, [p for p in opening.places if not p.oblique], self._reader.topic_marks)
            if above.heading:
                yield self.read(above.heading, language).places
            above, seen = by_locator.get(above.parent), seen + 1
        for title in reversed(clause.path):
            if title:
                yield self.read(title, language).places


def find_subject(sentence: Sentence, named: list[PlaceMention], marks: re.Pattern[str]) -> list[PlaceMention]:
    """Return the places before the word that ends the subject of a Japanese sentence (`…は`, `…には`); all where there is none."""
    if sentence.language == "en":
        return named
    for place in named:
        if marks.match(sentence.normal, place.end):
            return [p for p in named if p.start <= place.start]
    return named


def settle_names(sentence: Sentence, vocabulary: Vocabulary, context: frozenset[str]) -> frozenset[str]:
    """Return what a heading or sentence names; of a word for several places (`玄関`) only the one that the context means."""
    by_span: dict[tuple[int, int], list[PlaceMention]] = {}
    for mention in sentence.places:
        by_span.setdefault((mention.start, mention.end), []).append(mention)
    names = sentence.names
    for mentions in by_span.values():
        if any(mention.relative for mention in mentions):
            names = (names - {mention.id for mention in mentions}) | frozenset(settle(mentions, vocabulary, context))
    return names


def settle(found: Sequence[PlaceMention], vocabulary: Vocabulary, context: frozenset[str]) -> tuple[str, ...]:
    """Choose among places: one of those that share a word, and none that only contains another one of them."""
    by_span: dict[tuple[int, int], list[str]] = {}
    for mention in found:
        if mention.relative and not set(vocabulary.wider(mention.id)[1:]) & context:
            continue
        by_span.setdefault((mention.start, mention.end), []).append(mention.id)
    chosen = [place for ids in by_span.values() if (place := _nearest(ids, vocabulary, context)) is not None]
    kept = [
        place
        for place in dict.fromkeys(chosen)
        if not any(place != other and place in vocabulary.wider(other) for other in chosen)
    ]
    specific = [p for p in kept if vocabulary.places[p].implies is None and p != "site"]
    return tuple(specific or kept)


def _nearest(ids: Sequence[str], vocabulary: Vocabulary, context: frozenset[str]) -> str | None:
    """Choose the place of an ambiguous word that the headings speak of, itself or by what it belongs to."""
    possible = [p for p in ids if len(ids) == 1 or not _of_other_building(p, vocabulary, context)] or list(ids)
    for place in possible:
        if place in context:
            return place
    for place in possible:
        if set(vocabulary.wider(place)[1:]) & context:
            return place
    return possible[0]


def _of_other_building(place: str, vocabulary: Vocabulary, context: frozenset[str]) -> bool:
    """Tell whether a place belongs to a type of building that is not among those spoken of."""
    spoken = context & vocabulary.buildings.keys()
    implied = {vocabulary.places[p].implies for p in vocabulary.wider(place) if p in vocabulary.places} - {None}
    return bool(spoken and implied and not implied & spoken)
