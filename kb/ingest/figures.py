"""Figures from the sentences of a guideline: place, property, comparator, value, unit, strength, conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kb.ask.lexicon import Lexicon
from kb.ingest.context import ContextReader, Surroundings
from kb.ingest.cues import ReadingCues, needed, read_reading_cues
from kb.ingest.limits import find_operator, strength_at, unwritten_operator
from kb.ingest.measure import PropertyChooser, is_interval
from kb.ingest.model import FoundFigure, SourceClause
from kb.ingest.notes import NoteBook
from kb.ingest.places import PlaceFinder
from kb.ingest.rows import write_rows
from kb.ingest.sentence import Sentence, SentenceReader, split_sentences
from kb.model.base import Strength
from kb.model.corpus import Conditions
from kb.model.knowledge import Corpus, Vocabulary
from kb.model.language import LanguageCues
from kb.quantity import compare, same_dimension

_PLAIN = ("length", "count", "duration")
_BETWEEN = re.compile(
    r"(?:程度)?(?:以上|以下|以内|未満|を?超え(?:る|て)?)?\s*(?:、|又は|または|若しくは|かつ|及び|,| or | and )\s*"
)
_UNNAMED = ("length", "count", "duration", "height", "height_above_ground")
EXPLAINING = "recognition_distance"
"""A distance that says how bright an illuminance is; beside the illuminance it is no limit of its own."""
_ONCE_OR_MORE = re.compile(r"\s*に(?:つき)?\s*(?:少なくとも)?\s*[1一]\s*回以上")

Bind = Callable[[SourceClause, Sentence], Strength | None]
"""Tells how strongly a sentence of a clause binds, judged within its guideline."""


class FigureReader:
    """Reads the figures of a whole guideline, so that notes and headings are followed."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon, language: LanguageCues, cues: ReadingCues) -> None:
        self._vocabulary = vocabulary
        self._cues = cues
        self.sentences = SentenceReader(vocabulary, lexicon, language, cues)
        self._context = ContextReader(vocabulary, self.sentences)
        self._places = PlaceFinder(vocabulary, cues, self._context)
        self._chooser = PropertyChooser(vocabulary, cues)

    def read(
        self, clauses: Sequence[SourceClause], language: str, bind: Bind | None = None
    ) -> dict[str, tuple[FoundFigure, ...]]:
        """Return the figures of each clause that has any, by locator."""
        by_locator = {clause.locator: clause for clause in clauses}
        own: dict[str, tuple[FoundFigure, ...]] = {}
        before: tuple[FoundFigure, ...] = ()
        for clause in clauses:
            own[clause.locator] = self._own(clause, by_locator, language, bind or _by_form, before)
            before = own[clause.locator] or before
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
        self,
        clause: SourceClause,
        by_locator: Mapping[str, SourceClause],
        language: str,
        bind: Bind,
        before: tuple[FoundFigure, ...],
    ) -> tuple[FoundFigure, ...]:
        figures: list[FoundFigure] = []
        around: Surroundings | None = None
        earlier: list[str] = []
        texts = [(text, False) for text in split_sentences(clause.prose)]
        for text, made in [*texts, *write_rows(clause, self.sentences, language)]:
            sentence = self.sentences.read(text, language, light=True)
            if sentence.quantities:
                around = around or self._context.around(clause, by_locator, language)
                here = replace(around, lead=around.words_near) if made else around
                binding = "shall" if made else bind(clause, sentence)
                wished = self._wished(sentence)
                for index in range(len(sentence.quantities)):
                    found = self._figures_at(sentence, index, here, [] if made else earlier, binding)
                    found = [self._carry(figure, sentence, figures or before) for figure in found]
                    found = [_join(figure, sentence, index, figures) for figure in found]
                    figures += (
                        [replace(figure, strength=wished, quote=clause.text[:200]) for figure in found]
                        if made
                        else found
                    )
            if not made:
                earlier.append(text)
        return tuple(figures)

    def _wished(self, sentence: Sentence) -> Strength | None:
        """Tell whether the head of a column says that its figures are only desirable (`望ましい照度`)."""
        wish = self._cues.expression("wish", sentence.language)
        return "should" if wish.search(sentence.normal) else None

    def _figures_at(
        self, sentence: Sentence, index: int, around: Surroundings, earlier: Sequence[str], binding: Strength | None
    ) -> list[FoundFigure]:
        mention = sentence.quantities[index]
        start = sentence.spans[index][0]
        places = self._without_fittings(self._places.places_at(sentence, index, around, earlier), around)
        written = "range" if mention.upper is not None else find_operator(sentence, index, self._cues)
        chosen = self._chooser.choose(sentence, index, places, around, written or "=", binding)
        if chosen is None:
            return []
        if measured := self._cues.holders.get(chosen):  # the window of a door: the door has the figure
            places = (
                self._without_fittings(
                    self._places.places_at(sentence, index, around, earlier, frozenset(measured)), around
                )
                or places
            )
        cue = self._cues.properties.get(chosen)
        if chosen in ("inspection_count", "times") and index and is_interval(sentence, index - 1):
            return []
        near = (
            sentence.normal[slice(*sentence.segment(index))] if cue is not None and cue.place_near else sentence.normal
        )
        if cue is not None and cue.place is not None and needed(cue.place_if, near, around.words):
            places = (cue.place,)
        elif cue is not None and cue.usual is not None:
            places = places or (cue.usual,)
        operator = written if written and written != "range" else unwritten_operator(cue, sentence)
        if is_interval(sentence, index) and _ONCE_OR_MORE.match(sentence.normal, sentence.spans[index][1]):
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
                strength=strength_at(sentence, index) or binding,
                when=self._conditions(sentence, start, around),
                quote=sentence.source.source.strip()[:200],
            )
            for place in places or (None,)
        ]

    def _carry(self, figure: FoundFigure, sentence: Sentence, told: Sequence[FoundFigure]) -> FoundFigure:
        """Take what is measured from the figure told before, where a sentence only excepts from it (`ただし、…2.1m以下とする`)."""
        if figure.property not in _UNNAMED or not self._cues.expression("carried", sentence.language).search(
            sentence.normal
        ):
            return figure
        last = next((t for t in reversed(told) if t.value.dimension == figure.value.dimension), None)
        return figure if last is None else replace(figure, property=last.property, place=figure.place or last.place)

    def _without_fittings(self, places: tuple[str, ...], around: Surroundings) -> tuple[str, ...]:
        """Return the places, or those of the headings, to which a fitting belongs; the fitting where there are none."""
        if not places:
            return places
        belong = {p: set(self._vocabulary.wider(p)[1:]) for p in places}
        fittings = {p for p in self._cues.fittings if not belong.get(p, set()) & set(around.places)}
        beside = tuple(p for p in places if p not in fittings)
        outer = tuple(p for p in around.places if p not in fittings and self._vocabulary.places[p].implies is None)
        return beside or outer or places

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
            places = self._places.place_before(leaning.sentence, leaning.position, around)
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


def _join(figure: FoundFigure, sentence: Sentence, index: int, told: Sequence[FoundFigure]) -> FoundFigure:
    """Take what is measured from the number before, where only `又は` stands between (`1.2m以下又は1.8m以上`)."""
    if not index or not told or figure.property not in _PLAIN:
        return figure
    between = sentence.normal[sentence.spans[index - 1][1] : sentence.spans[index][0]]
    last = told[-1]
    if last.value.dimension != figure.value.dimension or not _BETWEEN.fullmatch(between):
        return figure
    return replace(figure, property=last.property)


def _by_form(clause: SourceClause, sentence: Sentence) -> Strength | None:
    """Tell how strongly a sentence binds by its own form."""
    return sentence.strength


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
