"""Words that say what kind of answer a question wants (`corpus/language.yaml`)."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import Field

from kb.model.base import Frozen, Phrases, Words
from kb.text import fold


class ConditionPhrase(Frozen):
    """Regular expressions that name one value of a condition, the building type that they speak of, and the place."""

    fact: str
    value: str
    building: str | None = None
    place: str | None = None
    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All expressions as one."""
        return re.compile("|".join((*self.ja, *(rf"\b{e}\b" for e in self.en))))


class Rewriting(Frozen):
    """A form of speech (a regular expression on the normal form) and the standard form that is read in its place."""

    form: str
    read: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The form as a pattern."""
        return re.compile(self.form)


class Relation(Frozen):
    """How a list of places is told: words that say that one is seen (or near), words that say that it is not.

    `source`: the places are those from which one sees (`道路から`); `alone`: the words deny all places where none is named.
    """

    seen: Phrases
    hidden: Phrases = Phrases()
    source: bool = False
    alone: bool = False


class LanguageCues(Frozen):
    """Cue words: per intent, per dimension, of other jurisdictions, of attributes; and words without a subject."""

    intents: dict[str, Words]
    filler: Words
    dimensions: dict[str, Words]
    jurisdictions: Words
    other_documents: Words = Words()
    attributes: dict[str, Words]
    negation: Words
    not_negation: Words
    clause_breaks: Words
    telling: Words
    asking: Words
    not_asking: Words
    empty: Words = Words()
    numerals: Words = Words()
    no_names: Phrases = Phrases()
    phrases: tuple[ConditionPhrase, ...] = ()
    unknown: Phrases = Phrases()
    faults: Phrases = Phrases()
    open_facts: Phrases = Phrases()
    taken_back: Phrases = Phrases()
    relations: dict[str, Relation] = Field(default_factory=dict)
    carriers: Words = Words()
    dialect: tuple[Rewriting, ...] = ()
    amounts: Phrases = Phrases()
    marks: dict[str, Words] = {}
    small_talk: Words = Words()
    spoken: Words = Words()

    @cached_property
    def fillers(self) -> frozenset[str]:
        """All filler words."""
        return frozenset(self.filler.all)

    @cached_property
    def empty_words(self) -> frozenset[str]:
        """Lemmas that say nothing of what is told: auxiliaries, and negations, which are weighed apart."""
        return frozenset(self.empty.all)

    @cached_property
    def numeral_words(self) -> frozenset[str]:
        """Lemmas that count: who says two people does not say one."""
        return frozenset(self.numerals.all)

    @cached_property
    def carrier_words(self) -> frozenset[str]:
        """Lemmas that say of a thing only that it is there (設置): who denies one denies the thing."""
        return frozenset(self.carriers.all)

    @property
    def words(self) -> list[str]:
        """All words of these lists."""
        groups = [*self.intents.values(), *self.dimensions.values(), *self.attributes.values(), self.filler]
        return [w for group in (*groups, self.jurisdictions, self.telling, self.asking) for w in group.en]

    @cached_property
    def _patterns(self) -> dict[str, dict[str, re.Pattern[str]]]:
        tables = {
            "intents": self.intents,
            "dimensions": self.dimensions,
            "attributes": self.attributes,
            "marks": self.marks,
        }
        compiled = {t: {name: _pattern(words) for name, words in table.items()} for t, table in tables.items()}
        others = {"jurisdictions": self.jurisdictions, "other_documents": self.other_documents}
        return {**compiled, **{name: {"": _pattern(words)} for name, words in others.items()}}

    @cached_property
    def breaks(self) -> str:
        """A pattern at which one statement ends and the next begins; a negation before it stays with the statement."""
        return "|".join(self._break(word) for word in self.clause_breaks.all)

    def _break(self, word: str) -> str:
        denied = next((one for one in self.negation.ja if word.startswith(one) and word != one), "")
        kept = f"(?<={re.escape(denied)})" if denied else ""
        tail = word.rstrip("、")
        whole = [one.removesuffix(tail) for one in self.negation.ja if tail and one != tail and one.endswith(tail)]
        kept += "".join(f"(?<!{re.escape(one)})" for one in whole if not denied)
        return kept + re.escape(word.removeprefix(denied))

    @cached_property
    def _negation(self) -> re.Pattern[str]:
        english = [rf"\b{re.escape(w)}\b" if w != "n't" else "n['’]t" for w in self.negation.en]
        return re.compile("|".join([*(re.escape(w) for w in self.negation.ja), *english]))

    @cached_property
    def _moods(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return _pattern(self.telling), _pattern(self.asking)

    def tells(self, normal: str) -> bool:
        """Tell whether a part of a text is worded as a state of things."""
        return bool(self._moods[0].search(normal))

    def asks(self, normal: str) -> bool:
        """Tell whether a part of a text is worded as a question."""
        return bool(self._moods[1].search(self._not_asking.sub(" ", normal)))

    @cached_property
    def _not_asking(self) -> re.Pattern[str]:
        return _pattern(self.not_asking)

    @cached_property
    def _no_negation(self) -> re.Pattern[str]:
        return _pattern(self.not_negation)

    def negated(self, normal: str) -> bool:
        """Tell whether a normalised text is worded negatively: two negations cancel out, and what is broken is not there."""
        return bool(self.faults.pattern.search(normal)) or self.count_negations(normal) % 2 == 1

    def count_negations(self, normal: str) -> int:
        """Count the negative words of a normalised text."""
        return len(self.negation_spans(normal))

    def negation_spans(self, normal: str) -> list[tuple[int, int]]:
        """Return the spans of the negative words of a normalised text."""
        plain = self._no_negation.sub(lambda match: " " * len(match[0]), normal)
        return [match.span() for match in self._negation.finditer(plain)]

    def standard(self, normal: str) -> str:
        """Return a normalised text with its dialect put into standard Japanese."""
        for one in self.dialect:
            normal = one.pattern.sub(one.read, normal)
        return normal

    def intents_of(self, normal: str) -> frozenset[str]:
        """Return the intents whose cue words stand in a normalised text."""
        return self._found("intents", self._not_asking.sub(" ", normal))

    def dimensions_of(self, normal: str) -> frozenset[str]:
        """Return the dimensions that a normalised text asks for (何メートル: length)."""
        return frozenset(name for name, _ in self._dimensions_in(normal))

    def dimension_spans(self, normal: str) -> list[tuple[int, int]]:
        """Return the spans of the words that ask for a dimension."""
        return [span for _, span in self._dimensions_in(normal)]

    def _dimensions_in(self, normal: str) -> list[tuple[str, tuple[int, int]]]:
        """Return the dimensions asked for and where; of words that overlap, the longest tells (何分の1 is no duration)."""
        patterns = self._patterns["dimensions"]
        found = [(name, m.span()) for name, pattern in patterns.items() for m in pattern.finditer(normal)]
        kept: list[tuple[str, tuple[int, int]]] = []
        for name, (start, end) in sorted(found, key=lambda one: one[1][0] - one[1][1]):
            if not any(a < end and start < b and b - a > end - start for _, (a, b) in kept):
                kept.append((name, (start, end)))
        return kept

    def nameless_spans(self, normal: str) -> list[tuple[int, int]]:
        """Return the spans of words that name nothing where they stand (`the recorder stores 100 hours`)."""
        return [m.span() for m in self._nameless.finditer(normal)]

    @cached_property
    def _nameless(self) -> re.Pattern[str]:
        parts = [*self.no_names.ja, *(rf"\b{expression}" for expression in self.no_names.en)]
        return re.compile("|".join(parts) or r"(?!)")

    def attributes_of(self, normal: str) -> dict[str, str]:
        """Return the attributes named in a normalised text, and the word that names each."""
        found = {name: pattern.search(normal) for name, pattern in self._patterns["attributes"].items()}
        return {name: match[0] for name, match in found.items() if match}

    def other_documents_of(self, normal: str) -> tuple[str, ...]:
        """Return the laws, standards and documents named in a normalised text that are not held here."""
        return tuple(dict.fromkeys(self._patterns["other_documents"][""].findall(normal)))

    def attribute_pattern(self, name: str) -> re.Pattern[str]:
        """Return the pattern of the words that name an attribute."""
        return self._patterns["attributes"][name]

    def mark_pattern(self, name: str) -> re.Pattern[str]:
        """Return the pattern of the words by which a clause shows that it is of a kind (`exception`, `reason`)."""
        return self._patterns["marks"][name]

    @cached_property
    def _small_talk(self) -> re.Pattern[str]:
        return _pattern(self.small_talk)

    def asks_amount(self, normal: str) -> bool:
        """Tell whether a normalised text asks how much or how many of whatever."""
        return self.amounts.pattern.search(normal) is not None

    def is_small_talk(self, normal: str) -> bool:
        """Tell whether a normalised text holds nothing but greetings, thanks and the like."""
        return any(map(str.isalnum, normal)) and not any(map(str.isalnum, self._small_talk.sub(" ", normal)))

    def jurisdictions_of(self, normal: str) -> list[tuple[int, int]]:
        """Return the spans at which a jurisdiction is named in a normalised text."""
        return [match.span() for match in self._patterns["jurisdictions"][""].finditer(normal)]

    def _found(self, table: str, normal: str) -> frozenset[str]:
        return frozenset(name for name, pattern in self._patterns[table].items() if pattern.search(normal))


def _pattern(words: Words) -> re.Pattern[str]:
    parts = [re.escape(fold(word)) for word in sorted(words.ja, key=len, reverse=True)]
    parts += [
        rf"\b{re.escape(fold(word))}\b" if word[-1].isalnum() else re.escape(word)
        for word in sorted(words.en, key=len, reverse=True)
    ]
    return re.compile("|".join(parts) or r"(?!)")
