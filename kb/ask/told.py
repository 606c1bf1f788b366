"""Facts told in passing: which yes/no fact a part of a sentence states, and which side of it.

The nearest expression of a fact (of either side) names the fact; whether the part and the expression are both negated,
or only one of them is, settles the side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from indexer.tokens import list_lemmas
from kb.model.base import Frozen
from kb.model.knowledge import Vocabulary
from kb.model.language import LanguageCues
from kb.text import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST = 0.78
"""How well a part of a text must agree with an expression of a fact."""

SURE, SURER = 0.5, 0.62
"""How well it must where the facts are those of the clause that is asked about, and where nothing asks for a verdict."""

_DENSE = 0.5
"""Share of the similarity of meaning (the cosine of the embeddings) in the agreement where only few facts are in question."""

_KEPT = 64

_NUMERALS = frozenset(
    ("one", "two", "three", "single", "alone", "several", "1", "2", "3")
    + ("一", "二", "三", "一人", "独り", "二人", "三人", "複数", "一つ", "二つ")
)

_EACH, _APART = 0.05, 0.04
"""What a word of an expression adds, and what a word that stands between the words found takes away."""

_TURNED = 0.2
"""What an expression loses that must be turned round: the negation may belong to another word of the part."""

_BOTH = re.compile(r"([^、。,\s]{1,12}?)も([^、。,\s]{1,12}?)も((?:な[いくし]|あり|ある|無).*)")
_NEITHER = re.compile(
    r"\b(?:neither|no|without(?: any)?) ([a-z -]{2,30}?) (?:nor|or) (?:any |a )?([a-z -]{2,30})", re.IGNORECASE
)

Encode = Callable[[list[str]], "NDArray[np.float32]"]


class Expression(Frozen):
    """An expression of one side of a yes/no fact: its content words, and whether it is worded negatively."""

    fact: str
    side: bool
    text: str
    terms: tuple[str, ...]
    negated: bool


class Expressions(Frozen):
    """All expressions of a vocabulary (compiled once and kept with the index)."""

    all: tuple[Expression, ...]


@dataclass(frozen=True)
class Told:
    """A fact that a part of a text states, and how much of the expression the part has."""

    fact: str
    side: bool
    score: float


def compile_expressions(vocabulary: Vocabulary, cues: LanguageCues) -> Expressions:
    """Read the expressions of every yes/no (and list) fact into words."""
    found = []
    for key, fact in vocabulary.facts.items():
        for side, words in ((True, fact.yes), (False, fact.no)):
            for phrase in words.all:
                terms = content_terms(phrase)
                if terms:
                    found.append(
                        Expression(fact=key, side=side, text=phrase, terms=terms, negated=cues.negated(fold(phrase)))
                    )
    return Expressions(all=tuple(dict.fromkeys(found)))


def content_terms(text: str) -> tuple[str, ...]:
    """Return the distinct content words of a text without negations and auxiliaries."""
    return tuple(dict.fromkeys(t for t in list_lemmas(text) if t not in _EMPTY))


_EMPTY = frozenset(
    [
        "為る",
        "有る",
        "居る",
        "無い",
        "ない",
        "成る",
        "付く",
        "出来る",
        "様",
        "事",
        "物",
        "所",
        "の",
        "為",
        "何処",
        "何",
        "no",
        "not",
        "without",
        "none",
        "never",
        "lack",
        "miss",
        "there",
    ]
)


class ToldReader:
    """Finds told facts among candidates; `encode` turns texts into vectors of length 1, where there is a model."""

    def __init__(self, expressions: Sequence[Expression], cues: LanguageCues, encode: Encode | None = None) -> None:
        self._cues = cues
        self._encode = encode
        self._by_fact: dict[str, list[Expression]] = {}
        self._with_term: dict[str, set[tuple[str, int]]] = {}
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._parts_seen: dict[str, NDArray[np.float32]] = {}
        counts: Counter[str] = Counter()
        for expression in expressions:
            held = self._by_fact.setdefault(expression.fact, [])
            for term in expression.terms:
                self._with_term.setdefault(term, set()).add((expression.fact, len(held)))
            held.append(expression)
            counts.update(expression.terms)
        total = max(1, len(expressions))
        self._weight = {term: log(1 + total / count) for term, count in counts.items()}

    def read(self, text: str, candidates: Iterable[str], judging: bool, least: float = LEAST) -> dict[str, bool]:
        """Return the sides of the candidate facts that a text states; a fact told both ways is left out.

        A part worded as a question tells nothing, unless the text asks for a verdict (`judging`). Under `LEAST`, the
        meaning of the expressions counts beside their words.
        """
        sides: dict[str, dict[bool, float]] = {}
        names = [name for name in candidates if name in self._by_fact]
        for part in self._parts(text):
            normal = fold(part)
            negated = self._cues.negated(normal)
            asks, tells = self._cues.asks(normal), negated or self._cues.tells(normal)
            if (asks and not (judging and tells) and least >= LEAST) or not (tells or judging):
                continue
            for one in self._told(part, negated, names, least):
                held = sides.setdefault(one.fact, {})
                held[one.side] = max(one.score, held.get(one.side, 0.0))
        return {fact: next(iter(held)) for fact, held in sides.items() if len(held) == 1}

    def _parts(self, text: str) -> list[str]:
        return [part for part in re.split(self._cues.breaks, _spread(text)) if part and part.strip()]

    def _told(self, part: str, negated: bool, names: Sequence[str], least: float) -> list[Told]:
        """Return the fact that a part tells, and those that it tells in other words beside it."""
        order = {term: place for place, term in reversed(list(enumerate(content_terms(part))))}
        terms = frozenset(order)
        vector = self._vector(part) if self._encode is not None and least < LEAST else None
        found: list[tuple[Told, frozenset[str]]] = []
        sharing: dict[str, list[int]] = {}
        for fact, place in set[tuple[str, int]]().union(*(self._with_term.get(term, ()) for term in terms)):
            sharing.setdefault(fact, []).append(place)
        for name in names:
            if name not in sharing:
                continue
            close = None if vector is None else self._closeness(name, vector)
            best: tuple[Told, frozenset[str]] | None = None
            for place in sorted(sharing[name]):
                expression = self._by_fact[name][place]
                if _counts_otherwise(terms, expression.terms):
                    continue
                total = sum(self._weight[t] for t in expression.terms)
                share = sum(self._weight[t] for t in expression.terms if t in terms) / total
                score = share if close is None else _DENSE * float(close[place]) + (1 - _DENSE) * share
                if score < least:
                    continue
                turned = negated != expression.negated
                if turned and share < LEAST:  # only words that are there can be turned round
                    continue
                held = terms & set(expression.terms)
                score += _EACH * len(expression.terms) - (_TURNED if turned else 0.0) - _APART * _gaps(order, held)
                if best is None or score > best[0].score:
                    best = Told(name, expression.side != turned, score), held
            if best is not None:
                found.append(best)
        found.sort(key=lambda one: -one[0].score)
        if not found:
            return []
        spoken, told = found[0][1], [found[0][0]]
        for one, words in found[1:]:
            if words and not words & spoken:
                told.append(one)
                spoken |= words
        return told

    def _vector(self, part: str) -> NDArray[np.float32]:
        """Encode a part; the parts of the last few questions are kept."""
        assert self._encode is not None
        held = self._parts_seen.get(part)
        if held is None:
            if len(self._parts_seen) > _KEPT:
                self._parts_seen.clear()
            held = self._parts_seen[part] = self._encode([part])[0]
        return held

    def _closeness(self, fact: str, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of a text with every expression of a fact."""
        assert self._encode is not None
        if fact not in self._vectors:
            self._vectors[fact] = self._encode([e.text for e in self._by_fact[fact]])
        return self._vectors[fact] @ vector


def _counts_otherwise(part: frozenset[str], expression: Sequence[str]) -> bool:
    """Tell whether a part counts another number of things than an expression (two people, not one)."""
    here, there = part & _NUMERALS, _NUMERALS & set(expression)
    return bool(here and there and not here & there)


def _gaps(order: dict[str, int], found: frozenset[str]) -> int:
    """Count the words that stand between the words found."""
    places = [order[term] for term in found]
    return max(places) - min(places) + 1 - len(places) if places else 0


def _spread(text: str) -> str:
    """Write out what two nouns share (`見通しもカメラもない`, `no lock or alarm`)."""
    return _NEITHER.sub(r"no \1, no \2", _BOTH.sub(r"\1が\3、\2が\3", text))
