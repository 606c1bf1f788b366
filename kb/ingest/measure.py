"""Which property a number measures, by the words around it, its unit and the place."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.ingest.context import Surroundings
from kb.ingest.cues import PropertyCue, ReadingCues, needed
from kb.ingest.sentence import Sentence, is_measured
from kb.model.base import Strength
from kb.model.knowledge import Vocabulary
from kb.model.vocabulary import Fact
from kb.quantity import UNITS
from kb.text import fold

_BY_WORDS, _BY_NAME, _BY_WEAK_WORDS, _BY_SHARED_NAME, _BY_HEADING, _BY_COMMON_NAME = 4.0, 3.0, 2.2, 1.6, 1.2, 0.9
_ALWAYS = ("persons", "times", "time_of_day")
"""What sets something in a sentence that binds, with a comparator or without."""
_TOPIC = re.compile(r"(?P<subject>[^、。]{1,20}?)は")
_CUTS = re.compile(r"%(?: (?:or (?:more|less) )?(?:high|tall|wide|deep|thick|long)\b)?|[。;]|[、,](?=[^、,]*は)")
_MEASURE_AFTER = re.compile(
    r" (?:or (?:more|less) )?(?:in )?(height|width|depth|thickness|high|tall|wide|deep|thick)\b"
)
_SIDES = {"high": "height", "tall": "height", "wide": "width", "deep": "depth", "thick": "thickness"}
_LISTED = re.compile(r"\s*(?:、|,|及び|並びに|と|・|and|, and)\s*")
_ONCE = re.compile(r"\s*に\s*(?:つき)?\s*(?:少なくとも)?\s*")
_FAR = 0.02
_SHARED = 2
_REACH, _REACH_AFTER, _CLOSE = 64, 20, 3
_LEAST, _UNFIT = 1.0, 0.4


def is_interval(sentence: Sentence, index: int) -> bool:
    """Tell whether a time is the interval of something done once (`2時間に1回`)."""
    if index + 1 >= len(sentence.quantities):
        return False
    following = sentence.quantities[index + 1].value
    between = sentence.normal[sentence.spans[index][1] : sentence.spans[index + 1][0]]
    dimension = sentence.quantities[index].value.dimension
    return (
        dimension in ("duration", "calendar_duration")
        and following.dimension == "times"
        and following.value == 1
        and bool(_ONCE.fullmatch(between))
    )


def _find_words(word: str, before: str, after: str) -> tuple[int, int]:
    """Return where a word last stands in the text before a number and first in the text after it (-1); Latin words start there."""
    if not word.isascii():
        return before.rfind(word), after.find(word)
    starts = re.compile(rf"(?<![a-z]){re.escape(word)}")
    found = [match.start() for match in starts.finditer(before)]
    first = starts.search(after)
    return found[-1] if found else -1, first.start() if first else -1


class PropertyChooser:
    """Chooses among the quantities of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, cues: ReadingCues) -> None:
        self._vocabulary = vocabulary
        self._cues = cues
        self._by_dimension: dict[str, list[str]] = {}
        for name, fact in vocabulary.facts.items():
            if fact.unit is not None:
                self._by_dimension.setdefault(UNITS[fact.unit].dimension, []).append(name)

    def choose(
        self,
        sentence: Sentence,
        index: int,
        places: tuple[str, ...],
        around: Surroundings,
        limit: str,
        binding: Strength | None = None,
    ) -> str | None:
        """Return the property of one number of a sentence, an open name, or None where it sets nothing.

        `binding` is how strongly the sentence binds within its guideline.
        """
        mention = sentence.quantities[index]
        dimension = mention.value.dimension
        if dimension in ("calendar_year", "floors"):
            return None
        if dimension == "time_of_day" and sentence.strength == "may" and index:
            return None  # the hours in which another limit may be eased
        whole = sentence.around(index)
        around = self._with_heading(sentence, index, around)
        first, last = sentence.segment(index)
        text = sentence.around(index, first, last) + ("" if last == len(sentence.normal) else sentence.tail)
        if self._is_rate(sentence, index, whole):
            return None
        if self._cues.expression("no_figure", sentence.language).search(whole):
            return None
        scored = [
            (score, name)
            for name in self._candidates(dimension)
            if (score := self._score(name, sentence, index, text, places, around, limit)) >= _LEAST
        ]
        is_condition = bool(self._cues.expression("condition", sentence.language).search(whole))
        best = max(scored, default=(0.0, ""))
        if best[1] and (best[0] >= _BY_NAME - 1 or not is_condition):
            return best[1]
        if is_condition:
            return None
        return self._open_name(sentence, index, text, limit, binding, around.lead)

    def _is_rate(self, sentence: Sentence, index: int, text: str) -> bool:
        """Tell whether a 1 only says per what the next number counts (`1日に2回`); one with `once` is an interval."""
        value = sentence.quantities[index].value
        if value.dimension == "area" and self._cues.expression("per_area", sentence.language).search(text):
            return True
        if value.dimension == "count" and self._cues.expression("per_count", sentence.language).search(text):
            return True
        if value.value != 1:
            return False
        following = sentence.quantities[index + 1].value if index + 1 < len(sentence.quantities) else None
        if following is not None and following.dimension == "times" and following.value == 1:
            return False
        return bool(self._cues.expression("rate", sentence.language).search(text))

    def _direction(self, text: str, language: str) -> str | None:
        """Return in which direction the word right before a number says that it is measured (`奥行き#`)."""
        where = text.find("#")
        if language == "en" and (told := _MEASURE_AFTER.match(text, where + 1)):
            return _SIDES.get(told[1], told[1])
        before = re.split(r"%(?: (?:or (?:more|less) )?(?:high|tall|wide|deep|thick|long)\b)?|[。;、,]", text[:where])[
            -1
        ]
        best: tuple[int, str] | None = None
        for name, words in self._cues.along.items():
            for word in words.get(language):
                place = before.rfind(word)
                if len(word) == 1 and len(before) - place > _CLOSE:
                    continue  # a word of one letter (縦) may be part of another one unless the number follows
                if place >= 0 and (best is None or place > best[0]):
                    best = (place, name)
        return None if best is None else best[1]

    def _candidates(self, dimension: str) -> list[str]:
        names = list(self._by_dimension.get(dimension, ()))
        if dimension in ("duration", "calendar_duration"):
            other = "calendar_duration" if dimension == "duration" else "duration"
            names += self._by_dimension.get(other, ())
        return names

    def _score(
        self,
        name: str,
        sentence: Sentence,
        index: int,
        text: str,
        places: tuple[str, ...],
        around: Surroundings,
        limit: str,
    ) -> float:
        fact = self._vocabulary.facts[name]
        cue = self._cues.properties.get(name)
        position = sentence.spans[index][0]
        if cue is not None:
            if cue.written and not re.search(cue.written, fold(sentence.quantities[index].surface)):
                return 0.0
            if cue.along is not None and self._direction(text, sentence.language) not in (None, cue.along):
                return 0.0
            if cue.only_operators and limit not in cue.only_operators:
                return 0.0
            if cue.unit_alone:
                return _BY_WORDS + 1
            if any(pattern.search(text) for pattern in cue.unless_patterns[sentence.language]):
                return 0.0
            if not needed(cue.needs, sentence.normal, around.words):
                return 0.0
            if cue.only_places and not set(cue.only_places) & set(places):
                return 0.0
        headed = cue is not None and bool(cue.headed.all) and needed(cue.headed, around.words, around.title)
        score = max(
            _BY_SHARED_NAME if headed else 0.0,
            0.0
            if cue is None
            else self._by_words(cue, f"{around.lead}、{text}" if around.lead else text, sentence.language, limit),
            self._by_name(name, sentence, position, around) * (_UNFIT if self._is_unfit(cue, limit) else 1),
        )
        return score + 0.3 * self._at_its_place(fact, places) if score else 0.0

    @staticmethod
    def _is_unfit(cue: PropertyCue | None, limit: str) -> bool:
        """Tell whether a property has limits of another direction than the one written (an obstacle is not `at least`)."""
        return cue is not None and bool(cue.weak_operators) and limit not in cue.weak_operators

    @staticmethod
    def _by_words(cue: PropertyCue, text: str, language: str, limit: str) -> float:
        best = 0.0
        fits = not cue.weak_operators or limit in cue.weak_operators
        strong = _BY_WORDS + cue.bias
        kinds = [(strong, cue.patterns), *([(_BY_WEAK_WORDS, cue.weak_patterns)] if fits else [])]
        for base, patterns in kinds:
            for pattern in patterns[language]:
                for match in pattern.finditer(text):
                    best = max(best, base - _FAR * (match.end() - match.start()))
        return best

    def _by_name(self, name: str, sentence: Sentence, position: int, around: Surroundings) -> float:
        best = 0.0
        by_span: dict[tuple[int, int], set[str]] = {}
        for mention in sentence.mentions:
            if mention.section == "fact":
                by_span.setdefault(mention.normal, set()).add(mention.id)
        for (start, end), names in by_span.items():
            if name in names:
                gap = position - end if end <= position else 8 + start - position
                strength = _BY_NAME if len(names) <= _SHARED else _BY_COMMON_NAME
                best = max(best, strength - _FAR * gap)
        if name in around.named or name in around.lead_names:
            best = max(best, _BY_HEADING)
        return best

    @staticmethod
    def _at_its_place(fact: Fact, places: tuple[str, ...]) -> bool:
        return bool(set(fact.places) & set(places))

    def _open_name(
        self, sentence: Sentence, index: int, text: str, limit: str, binding: Strength | None, lead: str
    ) -> str | None:
        """Name a limit that no property fits: only where a sentence that binds sets one."""
        mention = sentence.quantities[index]
        limits = limit != "=" or mention.upper is not None
        told = self._cues.expression("background", sentence.language).search(sentence.normal)
        if binding is None or told:
            return None
        if (
            not limits
            and not is_interval(sentence, index)
            and mention.value.dimension not in _ALWAYS
            and not self._is_exact(sentence, index)
        ):
            return None
        return self._nearest_name(lead, text, mention.value.dimension, sentence.language)

    def _with_heading(self, sentence: Sentence, index: int, around: Surroundings) -> Surroundings:
        """Put the nearest heading before a sentence that names only a measure (`高さは3m以上とする` under `防犯カメラ`)."""
        heading = around.words_near
        if around.lead or not self._cues.expression("heads", sentence.language).search(heading) or sentence.places:
            return around
        topic = _TOPIC.match(sentence.normal)
        if topic is not None and (topic.end() > sentence.spans[index][0] or not is_measured(topic["subject"])):
            return around
        return replace(around, lead=heading)

    def _is_exact(self, sentence: Sentence, index: int) -> bool:
        """Tell whether a number without a comparator sets something; in a list (`21時、0時及び3時に`) the last one says so."""
        exact = self._cues.expression("exact", sentence.language)
        while not exact.search(sentence.around(index)):
            if index + 1 >= len(sentence.spans):
                return False
            between = sentence.normal[sentence.spans[index][1] : sentence.spans[index + 1][0]]
            units = (sentence.quantities[index].value.unit, sentence.quantities[index + 1].value.unit)
            if units[0] != units[1] or not _LISTED.fullmatch(between):
                return False
            index += 1
        return True

    def _nearest_name(self, lead: str, text: str, dimension: str, language: str) -> str | None:
        """Return the open name whose word stands nearest to the number, those before it first; else the one that needs no word."""
        text = f"{lead}、{text}" if lead else text
        where = text.find("#")
        before = re.split(_CUTS, text[:where])[-1][-_REACH:]
        after = re.split(r"[%。、,;]", text[where + 1 :])[0][:_REACH_AFTER]
        best: tuple[int, str] | None = None
        plain: str | None = None
        for open_name in self._cues.open_names.get(dimension, ()):
            words = open_name.ja if language == "ja" else open_name.en
            plain = open_name.name if not words else plain
            for word in words:
                behind, ahead = _find_words(word, before, after)
                if len(word) == 1 and len(before) - behind > _CLOSE:
                    behind = -1
                gap = len(before) - behind - len(word) if behind >= 0 else _REACH + ahead if ahead >= 0 else None
                if gap is not None and (best is None or gap < best[0]):
                    best = (gap, open_name.name)
        return best[1] if best else plain
