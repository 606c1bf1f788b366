"""Read what a statement or its rewording says: figures, concepts, strength, verdicts, caveats, negations, locators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kb.ask.lexicon import ConceptMention, Lexicon
from kb.ask.skeleton import make_skeleton
from kb.ask.words import Word, list_words
from kb.model.language import LanguageCues
from kb.quantity import UNITS, Mention, find_quantities
from kb.quantity.numerals import KANJI, kanji_number, word_number
from kb.text import SourceText, normalize
from kb.wording.cues import Cue, WordingCues

Key = tuple[str, Fraction, Fraction | None, str | None, bool]
"""A figure: dimension, value and upper value in the base unit, operator, and whether it is approximate."""

_BLANK = "_"
"""Stands in the place of what has been read; MeCab would stop at a NUL."""
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_CIRCLED = re.compile(r"[①-⑳㉑-㉟Ⅰ-Ⅻⅰ-ⅻ]")
_KANJI = re.compile(KANJI)
_NUMBER_WORD = re.compile(
    r"(?<![a-z])(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|third|quarter|twice"
    r"|double|triple|dozen)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine|hundred|thousand))*(?![a-z])"
)
_LOCATOR = re.compile(
    r"第\s?[0-9一二三四五六七八九十]+\s?(?:条|項|号|章|節)?|(?:注|表|図|別表|付表|様式)\s?[0-9]+"
    r"|(?<![a-z])(?:section|clause|article|chapter|paragraph|item|note|table|annex|point)s? \(?[0-9]+(?:[-.][0-9]+)*\)?"
    r"|[(（](?:[0-9]+|[ア-ン]|[a-z])[)）]|[0-9]+点目|[0-9]+/[^\s、。]*"
)


@dataclass(frozen=True)
class Figure:
    """A figure in a text: span in the normal form, what it is."""

    start: int
    end: int
    key: Key
    surface: str


@dataclass(frozen=True)
class Reading:
    """What a text says, with spans in its normal form.

    `labels` are names of clauses; nothing inside them is read (`plain` is the normal form with blanks in their place).
    `numbers` are numerals without a unit. `negations` counts the words that deny something and belong to no other family.
    """

    normal: str
    plain: str
    figures: tuple[Figure, ...]
    concepts: tuple[ConceptMention, ...]
    cues: tuple[Cue, ...]
    words: tuple[Word, ...]
    labels: tuple[str, ...]
    numbers: tuple[str, ...]
    locators: tuple[str, ...]
    negations: int

    def count(self, family: str) -> Counter[str]:
        """Count the classes of a family that stand in the text."""
        return Counter(cue.name for cue in self.cues if cue.family == family)

    def ids(self, *sections: str) -> frozenset[str]:
        """Return the concepts of some sections of the lexicon."""
        return frozenset(mention.id for mention in self.concepts if mention.section in sections)


class TextReader:
    """Reads statements and rewordings with the words of one corpus; `labels` are the names of its clauses, normalised."""

    def __init__(self, lexicon: Lexicon, cues: LanguageCues, wording: WordingCues, labels: Iterable[str]) -> None:
        self._lexicon = lexicon
        self._cues = cues
        self._wording = wording
        self._labels = sorted({normalize(label).normal for label in labels}, key=len, reverse=True)

    def read(self, text: str) -> Reading:
        """Read a text."""
        source = normalize(text)
        labels, plain = self._take_labels(source.normal)
        bare = SourceText(source.source, plain, source.offsets)
        words = tuple(list_words(bare))
        cues = tuple(self._wording.find(plain))
        concepts = self._find_concepts(bare, words)
        figures = tuple(_to_figure(mention, bare) for mention in find_quantities(bare))
        rest = _blank(plain, [(f.start, f.end) for f in figures])
        locators = tuple(re.sub(r"\s", "", m[0]) for m in _LOCATOR.finditer(rest))
        return Reading(
            normal=source.normal,
            plain=plain,
            figures=figures,
            concepts=concepts,
            cues=cues,
            words=words,
            labels=labels,
            numbers=tuple(self._find_numbers(rest)),
            locators=locators,
            negations=self._count_negations(plain, cues),
        )

    def _take_labels(self, normal: str) -> tuple[tuple[str, ...], str]:
        """Find the names of clauses, longest first; what is left has blanks in their place."""
        found: list[tuple[int, str]] = []
        for label in self._labels:
            start = normal.find(label)
            while start >= 0:
                end = start + len(label)
                if not normal[end : end + 1].isdigit():
                    found.append((start, label))
                    normal = _blank(normal, [(start, end)])
                start = normal.find(label, end)
        return tuple(label for _, label in sorted(found)), normal

    def _find_concepts(self, source: SourceText, words: Sequence[Word]) -> tuple[ConceptMention, ...]:
        boundaries = frozenset(p for word in words for p in (word.start, word.end))
        phrases = [(m.span(), p) for p in reversed(self._cues.phrases) for m in p.pattern.finditer(source.normal)]
        masked = _blank(source.normal, [span for span, _ in phrases])
        found = self._lexicon.find(make_skeleton(SourceText(source.source, masked, source.offsets)), boundaries)
        taken: list[tuple[int, int]] = []
        for (start, end), phrase in phrases:
            if any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            surface = source.normal[start:end]
            span = source.span(start, end)
            found.append(ConceptMention(span, (start, end), surface, "choice", f"{phrase.fact}={phrase.value}"))
        return tuple(sorted(found, key=lambda m: (m.normal, m.section, m.id)))

    def _find_numbers(self, text: str) -> Iterator[str]:
        """Find the numerals that no figure holds: digits, circled numbers, kanji, English words."""
        for match in _DIGITS.finditer(text):
            yield match[0].replace(",", "")
        text = self._wording.wordy.sub(lambda m: _BLANK * len(m[0]), text)
        for match in _CIRCLED.finditer(text):
            yield match[0]
        for match in _KANJI.finditer(text):
            value = kanji_number(match[0])
            if value is not None:
                yield str(value)
        for match in _NUMBER_WORD.finditer(text):
            value_of = word_number(match[0])
            yield match[0] if value_of is None else str(value_of)

    def _count_negations(self, text: str, cues: Sequence[Cue]) -> int:
        taken = _blank(text, [(c.start, c.end) for c in cues if c.family != "contrast"])
        return self._cues.count_negations(self._wording.neutral.sub(lambda m: _BLANK * len(m[0]), taken))


def _to_figure(mention: Mention, source: SourceText) -> Figure:
    start = _to_normal(source, mention.span[0])
    end = max(start + 1, _to_normal(source, mention.span[1]))
    upper = None if mention.upper is None else mention.upper.base
    dimension = UNITS[mention.value.unit].dimension
    operator = None if mention.operator == "=" else mention.operator
    return Figure(start, end, (dimension, mention.value.base, upper, operator, mention.approximate), mention.surface)


def _to_normal(source: SourceText, offset: int) -> int:
    """Map a place in the source to the normal form."""
    for index, origin in enumerate(source.offsets):
        if origin >= offset:
            return index
    return len(source.normal)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _BLANK * (end - start) + text[end:]
    return text
