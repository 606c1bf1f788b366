"""Tell the figures of one clause apart by the words of a question: those of the mirror from those of the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import log

from indexer.tokens import list_lemmas
from kb.ask.figures import FigureRecord
from kb.ask.frame import Frame
from kb.ask.labels import without_labels
from kb.model.base import Text
from kb.model.knowledge import Corpus
from kb.model.language import LanguageCues
from kb.model.vocabulary import Concept

_TELLING = 1.5
"""Words that weigh so much together (natural logarithm of their rarity) tell one quantity from those of the same name."""

_NEARLY = 0.7


class FigureWords:
    """The words of the figures of one corpus: of what they measure, of where, in which case."""

    def __init__(self, corpus: Corpus, cues: LanguageCues) -> None:
        self._vocabulary = corpus.vocabulary
        self._fillers = cues.fillers | cues.empty_words
        self._held: dict[tuple[object, ...], frozenset[str]] = {}

    def narrow(self, frame: Frame) -> Frame:
        """Keep, of the quantities that share a word (`高さ`), those that the other words of the question speak of.

        `塀の透ける部分の高さ` is the height of the part that can be seen through. All are kept where no word tells.
        """
        if len(frame.generic) < 2 or frame.places and not frame.words:
            return frame
        places = [m.surface for m in frame.mentions if m.section == "place"]
        asked = frozenset(list_lemmas(without_labels(frame.mended))).difference(*(list_lemmas(p) for p in places))
        words = {g: self._of_concept(g) for g in frame.generic}
        counts = Counter(word for held in words.values() for word in held)
        scores = {g: sum(log(len(words) / counts[w]) for w in held & asked) for g, held in words.items()}
        most = max(scores.values())
        if most < _TELLING:
            return frame
        return replace(frame, generic=tuple(g for g, score in scores.items() if score >= _NEARLY * most))

    def meant(self, frame: Frame, records: Sequence[FigureRecord]) -> list[FigureRecord]:
        """Keep, of the figures of one clause and dimension, those that the question's words tell from the others.

        All are kept where its words tell none of them apart, where it asks for more than one (`横の距離も`), and where it
        asks what a word means.
        """
        if frame.intents & {"also", "define"}:
            return list(records)
        asked = frozenset(list_lemmas(without_labels(frame.mended)))
        groups: dict[tuple[str, str], list[FigureRecord]] = {}
        for record in records:
            groups.setdefault((record.clause.id, record.figure.value.dimension), []).append(record)
        kept: set[int] = set()
        for group in groups.values():
            kept |= {id(r) for r in self._told_apart(frame, asked, group)}
        return [r for r in records if id(r) in kept]

    def _told_apart(self, frame: Frame, asked: frozenset[str], group: list[FigureRecord]) -> list[FigureRecord]:
        names = [self._key(r) for r in group]
        if len(set(names)) < 2:
            return group
        words = {name: self._words(r) for name, r in zip(names, group, strict=True)}
        counts = Counter(word for held in words.values() for word in held)
        told = {
            name
            for name, held in words.items()
            if any(counts[word] < len(words) for word in held & asked) and self._most(name, words, counts, asked)
        }
        named = {n for n, r in zip(names, group, strict=True) if r.figure.property in frame.properties}
        told |= named if len(named) < len(set(names)) else set()
        return [r for r, name in zip(group, names, strict=True) if name in told] or group

    @staticmethod
    def _most(
        name: tuple[object, ...],
        words: dict[tuple[object, ...], frozenset[str]],
        counts: Counter[str],
        asked: frozenset[str],
    ) -> bool:
        """Tell whether no other figure of the group has all the words of the question that this one has, and more."""
        own = {w for w in words[name] & asked if counts[w] < len(words)}
        return not any(own < {w for w in held & asked if counts[w] < len(words)} for held in words.values())

    def _key(self, record: FigureRecord) -> tuple[object, ...]:
        figure = record.figure
        label = None if figure.label is None else figure.label.ja
        return figure.property, figure.place, label

    def _words(self, record: FigureRecord) -> frozenset[str]:
        key = self._key(record)
        held = self._held.get(key)
        if held is None:
            figure = record.figure
            texts = self._texts_of(self._vocabulary.facts[figure.property])
            if figure.place is not None and figure.place in self._vocabulary.places:
                texts += self._texts_of(self._vocabulary.places[figure.place])
            held = frozenset(word for text in texts for word in list_lemmas(text)) - self._fillers
            if figure.label is not None:
                held = frozenset(word for text in _both(figure.label) for word in list_lemmas(text))
            self._held[key] = held
        return held

    def _of_concept(self, fact: str) -> frozenset[str]:
        """Return the content words of the names of a quantity."""
        texts = self._texts_of(self._vocabulary.facts[fact])
        return frozenset(word for text in texts for word in list_lemmas(text)) - self._fillers

    @staticmethod
    def _texts_of(concept: Concept) -> list[str]:
        return [*_both(concept.label), *concept.aliases.all]


def _both(text: Text) -> list[str]:
    return [text.ja, text.en]
