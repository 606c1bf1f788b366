"""Figures from the sentences of a guideline: place, property, comparator, value, unit, strength, conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from kb.ask.lexicon import Lexicon
from kb.ingest.context import ContextReader, Surroundings, settle
from kb.ingest.cues import Operator, PropertyCue, ReadingCues, needed, read_reading_cues
from kb.ingest.measure import PropertyChooser
from kb.ingest.model import FoundFigure, SourceClause
from kb.ingest.notes import NoteBook
from kb.ingest.sentence import PlaceMention, Sentence, SentenceReader, split_sentences
from kb.model.base import Strength
from kb.model.corpus import Conditions
from kb.model.knowledge import Corpus, Vocabulary
from kb.model.language import LanguageCues
from kb.quantity import compare, same_dimension
from kb.quantity.patterns import AFTER

_NOT_OVER = re.compile(r"\s?(?:を)?(?:超え|上回ら|越え)ない|\s?(?:を)?超過しない")
_NOT_UNDER = re.compile(r"\s?(?:を)?(?:下回ら|切ら|割ら)ない")
_NO_MORE_EN = re.compile(
    r"(?:not|never|no) (?:to )?(?:exceed|be (?:more|greater|higher) than|rise above)\s?(?:about )?$"
)
_NO_LESS_EN = re.compile(r"(?:not|never) (?:to )?(?:be|fall|drop) (?:less than|lower than|below|under)\s?(?:about )?$")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_INCLUDED = re.compile(r"含む|含め|includ|及び|および")
_LISTED = 3
_TURNED: dict[str, Operator] = {">": "<=", ">=": "<"}
_LIMIT = re.compile(r"^(?:程度)?(?:以上|を?超え(?:る|て)?)の?")
_GOES_ON = re.compile(r"(?:とし|し|せず|であり|とともに|ものとし)、")
EXPLAINING = "recognition_distance"
"""A distance that says how bright an illuminance is; beside the illuminance it is no limit of its own."""
_OF = re.compile(r"(?:(?:以上|以下|未満|を?超える|程度)?の|を?超える|に満たない)")
_ONCE = re.compile(r"\s*に\s*(?:つき)?\s*(?:少なくとも)?\s*")
_ONCE_OR_MORE = re.compile(r"\s*に(?:つき)?\s*(?:少なくとも)?\s*[1一]\s*回以上")
_FILLERS = "a|an|at|least|most|height|width|minimum|maximum|of|no|not|less|more|than|about|approximately|up|to"
_HAS = re.compile(rf" (?:of|with|at|having)(?: (?:{_FILLERS})){{0,6}} ?")
_TIMES = re.compile(r"\s*(?:以上)?\s*(?:×|x|\*|by)\s*(?:横|縦|幅|高さ|短辺|長辺)?\s*")


class FigureReader:
    """Reads the figures of a whole guideline, so that notes and headings are followed."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon, language: LanguageCues, cues: ReadingCues) -> None:
        self._vocabulary = vocabulary
        self._cues = cues
        self.sentences = SentenceReader(vocabulary, lexicon, language, cues)
        self._context = ContextReader(vocabulary, self.sentences)
        self._chooser = PropertyChooser(vocabulary, cues)

    def read(self, clauses: Sequence[SourceClause], language: str) -> dict[str, tuple[FoundFigure, ...]]:
        """Return the figures of each clause that has any, by locator."""
        by_locator = {clause.locator: clause for clause in clauses}
        own = {clause.locator: self._own(clause, by_locator, language) for clause in clauses}
        notes = NoteBook(clauses, own, self._cues, self._context, self._vocabulary, language)
        found = {}
        told: set[str] = set()
        for clause in clauses:
            figures = [*own[clause.locator], *self._leaned(clause, own[clause.locator], notes, by_locator, language)]
            told.update(figure.source for figure in figures if figure.source)
            if any(figure.property != EXPLAINING for figure in figures):
                figures = [figure for figure in figures if figure.property != EXPLAINING]
            if figures:
                found[clause.locator] = tuple(dict.fromkeys(_Frozen.of(figure) for figure in figures))
        return {
            locator: tuple(one.figure for one in frozen)
            for locator, frozen in found.items()
            if locator not in told or any(one.figure.place is not None for one in frozen)
        }  # what a definition sets is told where it applies

    def read_words(self, text: str, language: str) -> Sentence:
        """Read the words of a text (kept where it is read again)."""
        return self._context.read(text, language)

    def _own(
        self, clause: SourceClause, by_locator: Mapping[str, SourceClause], language: str
    ) -> tuple[FoundFigure, ...]:
        figures: list[FoundFigure] = []
        around: Surroundings | None = None
        earlier: list[str] = []
        for text in split_sentences(clause.text):
            sentence = self.sentences.read(text, language, light=True)
            if sentence.quantities:
                around = around or self._context.around(clause, by_locator, language)
                for index in range(len(sentence.quantities)):
                    figures += self._figures_at(sentence, index, around, earlier, language)
            earlier.append(text)
        return tuple(figures)

    def _figures_at(
        self, sentence: Sentence, index: int, around: Surroundings, earlier: Sequence[str], language: str
    ) -> list[FoundFigure]:
        mention = sentence.quantities[index]
        start = sentence.spans[index][0]
        places = self.places_at(sentence, index, around, earlier)
        fittings = set(self._cues.fittings)
        beside = tuple(p for p in places if p not in fittings)
        outer = tuple(p for p in around.places if p not in fittings and self._vocabulary.places[p].implies is None)
        places = beside or outer or places
        written = "range" if mention.upper is not None else self._operator(sentence, index)
        chosen = self._chooser.choose(sentence, index, places, around, written or "=")
        if chosen is None:
            return []
        cue = self._cues.properties.get(chosen)
        if chosen == "inspection_count" and self._is_once(sentence, index):
            return []
        if cue is not None and cue.place is not None and needed(cue.place_if, sentence.normal, around.words):
            places = (cue.place,)
        elif cue is not None and cue.usual is not None:
            places = places or (cue.usual,)
        operator = self._operator(sentence, index) or self._unwritten(cue, sentence)
        if chosen == "maintenance_interval" and _ONCE_OR_MORE.match(sentence.normal, sentence.spans[index][1]):
            operator = "<="
        if mention.upper is not None:
            operator = "range"
        upper = mention.upper
        value = mention.value
        if upper is not None and not same_dimension(value.unit, upper.unit):
            upper, operator = None, "="
        if upper is not None and value.unit != "clock" and compare(value, upper) > 0:
            value, upper = upper, value
        return [
            FoundFigure(
                property=chosen,
                place=place,
                operator=operator,
                value=value,
                value_max=upper,
                approximate=mention.approximate,
                measure=self._measure(chosen, sentence),
                strength=self._strength(sentence, index),
                when=self._conditions(sentence, start, around),
                quote=sentence.source.source.strip()[:200],
            )
            for place in places or (None,)
        ]

    @staticmethod
    def _is_once(sentence: Sentence, index: int) -> bool:
        """Tell whether a number only says `once` of the interval before it (`６か月に１回`)."""
        if not index or sentence.quantities[index].value.value != 1:
            return False
        between = sentence.normal[sentence.spans[index - 1][1] : sentence.spans[index][0]]
        return bool(_ONCE.fullmatch(between))

    @staticmethod
    def _strength(sentence: Sentence, index: int) -> Strength | None:
        """Return how strongly a number binds: what stands before a permission (`…以上とし、…ことができる`) is laid down."""
        if sentence.strength == "may" and _GOES_ON.search(sentence.normal, sentence.spans[index][1]):
            return "shall"
        return sentence.strength

    def places_at(
        self, sentence: Sentence, index: int, around: Surroundings, earlier: Sequence[str]
    ) -> tuple[str, ...]:
        """Return the places that the number with this index speaks of."""
        start = sentence.spans[index][0]
        since = sentence.spans[index - 1][1] if index else 0
        until = sentence.spans[index + 1][0] if index + 1 < len(sentence.spans) else len(sentence.normal)
        named = self._eligible(sentence)
        first = sentence.spans[0][0]
        context = around.named | frozenset(around.places) | sentence.names
        end = sentence.spans[index][1]
        for place in sentence.places:
            if end <= place.start <= end + 8 and _OF.fullmatch(sentence.normal[end : place.start]):
                return settle([p for p in sentence.places if p.start == place.start], self._vocabulary, context)
        if sentence.language == "en":
            held = [p for p in named if since <= p.start and _HAS.fullmatch(sentence.normal[p.end : max(p.end, start)])]
            if held:
                return settle(held[-1:], self._vocabulary, context)
        if sentence.language == "en" and not any(p.end <= first for p in named):
            near = [p for p in named if start <= p.start < until]
            return (
                settle(near or named, self._vocabulary, context)
                or around.places
                or self._before(earlier, context, sentence.language)
            )
        if index:
            near = self._subject(sentence, [p for p in named if since <= p.start and p.end <= start], since)
            if near:
                return settle(near, self._vocabulary, context)
        before = [p for p in named if p.end <= first]
        found = settle(self._subject(sentence, before, 0), self._vocabulary, context)
        if found:
            return found
        return (
            self._before(earlier, context, sentence.language)
            or around.places
            or settle([p for p in named if p.start >= start], self._vocabulary, context)
            or settle([p for p in sentence.places if p.end <= start], self._vocabulary, context)
        )

    def place_before(self, sentence: Sentence, position: int, around: Surroundings) -> tuple[str, ...]:
        """Return the places that the words at a position speak of, in a sentence without numbers."""
        context = around.named | frozenset(around.places) | sentence.names
        named = self._eligible(sentence)
        before = self._subject(sentence, [p for p in named if p.end <= position], 0)
        chosen = before or ([] if sentence.language == "ja" else named)
        return settle(chosen, self._vocabulary, context) or around.places

    def _eligible(self, sentence: Sentence) -> list[PlaceMention]:
        """Return the places that a sentence is about: none that it only looks from, and none in brackets."""
        direct = [p for p in sentence.places if not p.oblique]
        aside = [
            m.span()
            for m in _BRACKETS.finditer(sentence.normal)
            if not _INCLUDED.search(m[0]) and not self._lists_places(m, direct)
        ]
        return [p for p in direct if not any(a <= p.start and p.end <= b for a, b in aside)]

    @staticmethod
    def _lists_places(bracket: re.Match[str], places: Sequence[PlaceMention]) -> bool:
        """Tell whether brackets hold nothing but places, which say what the word before them stands for."""
        inner = {(p.start, p.end) for p in places if bracket.start() < p.start and p.end < bracket.end()}
        named = sum(end - start for start, end in inner)
        return len(inner) > 1 and len(bracket[0]) - 2 - named <= _LISTED * len(inner)

    def _subject(self, sentence: Sentence, named: list[PlaceMention], since: int) -> list[PlaceMention]:
        """Return the places before the word that ends the subject of a sentence (`…は`, `…には`)."""
        if sentence.language == "en" or not named:
            return named
        marks = self._cues.expression("topic_mark", "ja")
        for place in named:
            match = marks.match(sentence.normal, place.end)
            if match:
                return [p for p in named if p.start <= place.start]
        return named

    def _before(self, earlier: Sequence[str], context: frozenset[str], language: str) -> tuple[str, ...]:
        """Return the places of the nearest sentence of the clause, before this one, that names any."""
        for text in reversed(earlier):
            sentence = self._context.read(text, language)
            found = settle(self._subject(sentence, self._eligible(sentence), 0), self._vocabulary, context)
            if found:
                return found
        return ()

    def _is_denied(self, sentence: Sentence, start: int, end: int) -> bool:
        """Tell whether the words after a limit (in English, before it) forbid what it names."""
        denied = self._cues.expression("denied", sentence.language)
        if sentence.language == "ja":
            return bool(denied.search(_LIMIT.sub("", sentence.normal[end:], count=1)))
        return bool(denied.search(sentence.normal[:start]))

    def _operator(self, sentence: Sentence, index: int) -> Operator | None:
        start, end = sentence.spans[index]
        before, after = sentence.normal[max(0, start - 40) : start], sentence.normal[end : end + 12]
        if _NOT_OVER.match(after) or _NO_MORE_EN.search(before):
            return "<="
        if _NOT_UNDER.match(after) or _NO_LESS_EN.search(before):
            return ">="
        if index + 1 < len(sentence.spans) and _TIMES.fullmatch(sentence.normal, end, sentence.spans[index + 1][0]):
            return sentence.quantities[index].operator or sentence.quantities[index + 1].operator
        held = sentence.quantities[index].operator
        if held in _TURNED and self._is_denied(sentence, start, end):
            return _TURNED[held]
        bracket = _BRACKETS.match(sentence.normal, end)
        if held is None and bracket is not None:
            rest = sentence.normal[bracket.end() : bracket.end() + 12]
            return next((cast(Operator, symbol) for symbol, pattern in AFTER if pattern.match(rest)), None)
        return held

    @staticmethod
    def _unwritten(cue: PropertyCue | None, sentence: Sentence) -> Operator:
        """Return the comparator that is meant where none is written; a sentence that only tells means equality."""
        if cue is None or cue.operator is None or (sentence.strength is None and not cue.unit_alone):
            return "="
        return cue.operator

    def _measure(self, chosen: str, sentence: Sentence) -> str | None:
        fact = self._vocabulary.facts.get(chosen)
        if fact is None:
            return None
        for name, pattern in self._cues.measure_words.items():
            if name in fact.measures and pattern.search(sentence.normal):
                return name
        return None

    def _conditions(self, sentence: Sentence, start: int, around: Surroundings) -> Conditions:
        conditions: Conditions = dict(around.conditions)
        conditions.update(sentence.conditions)
        nearest: dict[str, str] = {}
        for mention in sentence.mentions:
            if mention.section == "choice" and mention.normal[1] <= start:
                fact, _, value = mention.id.partition("=")
                if self._vocabulary.facts[fact].type == "choice":
                    nearest[fact] = value
        return {**conditions, **nearest}

    def _leaned(
        self,
        clause: SourceClause,
        own: Sequence[FoundFigure],
        notes: NoteBook,
        by_locator: Mapping[str, SourceClause],
        language: str,
    ) -> list[FoundFigure]:
        """Return the figures of the notes and definitions that a clause leans on, at the places of the clause."""
        held = {figure.property for figure in own}
        found: list[FoundFigure] = []
        for leaning in notes.leanings(clause, language):
            around = self._context.around(clause, by_locator, language)
            places = self.place_before(leaning.sentence, leaning.position, around)
            conditions = self._conditions(leaning.sentence, leaning.position, around)
            for figure in leaning.figures:
                if figure.property in held:
                    continue
                for place in places or (None,):
                    found.append(
                        replace(
                            figure,
                            place=place,
                            strength=leaning.sentence.strength,
                            when={**figure.when, **conditions},
                            source=leaning.locator,
                        )
                    )
        return found


class _Frozen:
    """A figure that compares by everything but its quotation."""

    def __init__(self, figure: FoundFigure) -> None:
        self.figure = figure
        self._key = (
            figure.property,
            figure.place,
            figure.operator,
            figure.value.base,
            None if figure.value_max is None else figure.value_max.base,
            tuple(sorted((k, str(v)) for k, v in figure.when.items())),
        )

    @classmethod
    def of(cls, figure: FoundFigure) -> _Frozen:
        return cls(figure)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


def open_reader(directory: Path, corpus: Corpus) -> FigureReader:
    """Return a reader with the words of a corpus."""
    from kb.base import read_cues

    return FigureReader(corpus.vocabulary, Lexicon.of(corpus), read_cues(directory), read_reading_cues(directory))
