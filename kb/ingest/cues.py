"""How guidelines put figures, strengths and notes into words (`corpus/reading.yaml`)."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Literal

from kb.corpus.strict_yaml import read_yaml
from kb.errors import CorpusError
from kb.model.base import Frozen, Strength, Words
from kb.text import fold

Operator = Literal[">=", ">", "<=", "<", "=", "range"]


Along = Literal["height", "width", "depth", "thickness", "distance"]
"""In which direction a length is measured."""


class PropertyCue(Frozen):
    """What the words around a number say that it measures; `#` is the number, `%` any other one."""

    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    weak: Words = Words()
    weak_operators: tuple[Operator, ...] = ()
    only_operators: tuple[Operator, ...] = ()
    written: str | None = None
    bias: float = 0.0
    unit_alone: bool = False
    operator: Operator | None = None
    place: str | None = None
    place_if: Words = Words()
    place_near: bool = False
    usual: str | None = None
    needs: Words = Words()
    only_places: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    headed: Words = Words()
    along: Along | None = None
    unless: Words = Words()

    @cached_property
    def patterns(self) -> dict[str, tuple[re.Pattern[str], ...]]:
        """The expressions by language."""
        return {"ja": _compile(self.ja), "en": _compile(self.en)}

    @cached_property
    def unless_patterns(self) -> dict[str, tuple[re.Pattern[str], ...]]:
        """The expressions of something else that sounds like this property."""
        return {"ja": _compile(self.unless.ja), "en": _compile(self.unless.en)}

    @cached_property
    def weak_patterns(self) -> dict[str, tuple[re.Pattern[str], ...]]:
        """The expressions that count only where nothing better is found."""
        return {"ja": _compile(self.weak.ja), "en": _compile(self.weak.en)}


class OpenName(Frozen):
    """A name for a measure that no property of the vocabulary fits, and the words that choose it."""

    name: str
    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Oblique(Frozen):
    """What marks a place as one from which or except which something holds."""

    ja: tuple[str, ...] = ()
    before_en: tuple[str, ...] = ()


class ReadingCues(Frozen):
    """All cues for reading a guideline."""

    strength: dict[Strength, Words]
    sheet: Words
    plain_verb: Words
    no_rule_verb: Words
    about_headings: Words
    denied: Words
    defining_end: Words
    about_itself: Words
    background: Words
    condition: Words
    no_figure: Words
    carried: Words
    rate: Words
    per_area: Words
    per_count: Words
    counted: Words
    wish: Words
    heads: Words
    literal: tuple[str, ...]
    along: dict[Along, Words]
    exact: Words
    fittings: tuple[str, ...]
    names: dict[str, Words]
    parts: dict[str, Words]
    oblique: Oblique
    topic_mark: Words
    definition: Words
    named_here: Words
    note_mark: Words
    properties: dict[str, PropertyCue]
    open_names: dict[str, tuple[OpenName, ...]]
    measures: dict[str, Words]

    @cached_property
    def strengths(self) -> dict[str, list[tuple[Strength, re.Pattern[str]]]]:
        """The strengths in order of precedence, each as one expression per language."""
        return {
            "ja": [(name, _any(words.ja)) for name, words in self.strength.items()],
            "en": [(name, _any(words.en)) for name, words in self.strength.items()],
        }

    def expression(self, field: str, language: str) -> re.Pattern[str]:
        """Return the words of a field in a language as one expression."""
        held = self._expressions.get((field, language))
        if held is None:
            held = self._expressions[field, language] = _any(getattr(self, field).get(language))
        return held

    @cached_property
    def _expressions(self) -> dict[tuple[str, str], re.Pattern[str]]:
        return {}

    def compiled(self, field: str, language: str) -> tuple[re.Pattern[str], ...]:
        """Return the words of a field in a language, each as an expression of its own (they have named groups)."""
        return _compile(getattr(self, field).get(language))

    @cached_property
    def obliques(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """What follows an oblique place in Japanese, and what stands before one in English."""
        return _any(self.oblique.ja), _any(self.oblique.before_en)

    @cached_property
    def holders(self) -> dict[str, tuple[str, ...]]:
        """The places that a property measures (a window), where the figure belongs to what holds them."""
        return {name: cue.measured for name, cue in self.properties.items() if cue.measured}

    @cached_property
    def measure_words(self) -> dict[str, re.Pattern[str]]:
        """The kinds of measurement, each as one expression over both languages."""
        return {name: _any(words.all) for name, words in self.measures.items()}


def _compile(expressions: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one) for one in expressions)


def _any(expressions: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in expressions) or r"(?!)")


def read_reading_cues(directory: Path) -> ReadingCues:
    """Read `reading.yaml` of a corpus; raises `CorpusError`."""
    from kb.corpus.validate import build

    source = read_yaml(directory / "reading.yaml")
    errors: list[CorpusError] = []
    cues = build(ReadingCues, source, (), source.data, errors)
    if cues is None:
        raise errors[0]
    return cues


def needed(words: Words, *texts: str) -> bool:
    """Tell whether one of the words stands in one of the texts; true where no word is asked for."""
    return not words.all or any(fold(word) in text for word in words.all for text in texts)
