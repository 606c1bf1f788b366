"""Facts whose value is a list of places, told place by place: from where one sees a place, what one sees from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kb.model.facts import FactValue
from kb.model.knowledge import Vocabulary
from kb.model.language import LanguageCues, Relation
from kb.model.requirement import Requirement
from kb.rules.strengths import nodes_of
from kb.text import fold

_JAPANESE_BREAK = re.compile(r"[、。,;？?]|が、|けど|けれど|のに|ものの|(?<=[るたい])が(?=[^、あいなわ])")
_ENGLISH_BREAK = re.compile(
    r"[.;?]|,? (?:but|while|whereas|though|although|yet|however|and (?=the |it |nobody |no one ))"
)
_FROM_JAPANESE = re.compile(r"(?:側)?(?:から|より)|(?:[やと・、,]|または|及び|および|か)")
_FROM_ENGLISH = re.compile(
    r"(?:from|by)\s(?:[a-z' -]{0,40}?(?:or|and|nor|,)\s)?(?:the |a |an |any |our |every |its |their )?$"
)
_TAIL = 9
"""So many letters after a Japanese verb its negation stands."""

_FROM = re.compile(r"\s?から$|^from\s")


@dataclass(frozen=True)
class Listed:
    """The places of a list fact that a text says yes of, and those that it says no of."""

    yes: frozenset[str]
    no: frozenset[str]


class ListReader:
    """Reads list facts; `facts` are those of the vocabulary that relations are worded for."""

    def __init__(self, vocabulary: Vocabulary, cues: LanguageCues) -> None:
        self._cues = cues
        self._vocabulary = vocabulary
        self._facts = {name: vocabulary.facts[name] for name in cues.relations if name in vocabulary.facts}

    def read(self, text: str, language: str, name: str, own: frozenset[str]) -> Listed:
        """Return what a text says of a list fact; `own` are the places that it is told of, which are none of the list."""
        yes: set[str] = set()
        no: set[str] = set()
        if name not in self._facts:
            return Listed(frozenset(), frozenset())
        relation = self._cues.relations[name]
        for part in self._parts(self._cues.standard(fold(text)), language, relation):
            found = set(self._places(part, name, relation, language)) - own
            denied = self._denied(part, relation)
            if not found and denied and relation.alone:
                found = set(self._words[name])
            (no if denied else yes).update(found)
        return Listed(frozenset(yes - no), frozenset(no))

    def _denied(self, part: str, relation: Relation) -> bool:
        """Tell whether a part says that something is not seen: by a negation of its verb, or by a word like `死角`."""
        match = relation.seen.search(part) or relation.hidden.search(part)
        if match is None:
            return False
        hidden = relation.seen.search(part) is None
        if part[match.start() : match.end()].isascii():
            start, end = part.rfind(", ", 0, match.start()) + 1, part.find(", ", match.end())
            return self._cues.negated(part[start : end if end >= 0 else len(part)]) != hidden
        return self._cues.negated(part[match.start() : match.end() + _TAIL]) != hidden

    def _parts(self, text: str, language: str, relation: Relation) -> Iterator[str]:
        """Split a text so that every part says once that something is seen: the verb ends it, or in English begins it."""
        pieces = [p for p in (_JAPANESE_BREAK if language == "ja" else _ENGLISH_BREAK).split(text) if p and p.strip()]
        held = ""
        for piece in pieces:
            speaks = bool(relation.seen.search(piece) or relation.hidden.search(piece))
            if language == "ja":
                held = f"{held}、{piece}" if held else piece
                if speaks:
                    yield held
                    held = ""
            elif speaks:
                yield piece

    def _places(self, part: str, name: str, relation: Relation, language: str) -> Iterator[str]:
        for choice, words in self._words[name].items():
            for word in words:
                for match in re.finditer(re.escape(word), part):
                    if not relation.source or self._stands_as_source(part, match.start(), match.end(), language):
                        yield choice

    @staticmethod
    def _stands_as_source(part: str, start: int, end: int, language: str) -> bool:
        """Tell whether a place named is one from which something is seen (`道路から`, `from the road`)."""
        if language == "ja":
            return bool(_FROM_JAPANESE.match(part[end:])) and "から" in part[end:]
        return bool(_FROM_ENGLISH.search(part[:start])) or bool(_FROM.match(part[start:end]))

    @cached_property
    def _words(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Return, by fact and choice, how the choice is called, longest first, without `から` and `from`."""
        held: dict[str, dict[str, tuple[str, ...]]] = {}
        for name, fact in self._facts.items():
            for choice, entry in fact.choices.items():
                labels = () if entry.label is None else (entry.label.ja, entry.label.en)
                places = [p for key, p in self._vocabulary.places.items() if choice in (key, p.part_of)]
                called = [name_ for p in places for name_ in (p.label.ja, p.label.en, *p.aliases.all)]
                words = {_FROM.sub("", fold(word)) for word in (*labels, *entry.aliases.all, *called)}
                words = {re.sub(r"^the ", "", word) for word in words}
                held.setdefault(name, {})[choice] = tuple(sorted((w for w in words if w), key=len, reverse=True))
        return held


_ENOUGH = 2
"""Who names so many of the places asked for, and none that fails, means the others to be as they should."""


def value_of(listed: Listed, requirement: Requirement, name: str) -> FactValue | None:
    """Return the value that a list fact takes for a requirement; None where what is told decides nothing."""
    tests = [node.test for node in nodes_of(requirement.require) if node.fact == name and node.test is not None]
    wanted = {place for test in tests for place in test.includes_all or ()}
    any_of = [frozenset(test.includes_any) for test in tests if test.includes_any]
    if any_of:
        if listed.yes and all(listed.yes & one for one in any_of):
            return FactValue(listed.yes)
        return FactValue(frozenset[str]()) if listed.no and not listed.yes else None
    if listed.no & wanted:
        return FactValue(frozenset(wanted - listed.no))
    seen = listed.yes & wanted
    return FactValue(frozenset(wanted)) if seen and (len(seen) >= _ENOUGH or seen == wanted) else None
