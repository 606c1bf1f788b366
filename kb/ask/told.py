"""Facts told in passing: which yes/no fact a part of a sentence states, and which side of it.

The nearest expression of a fact (of either side) names the fact; whether the part and the expression are both negated,
or only one of them is, settles the side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from indexer.tokens import list_lemmas
from kb.model.base import Frozen
from kb.model.knowledge import Vocabulary
from kb.model.language import LanguageCues
from kb.text import fold

LEAST = 0.78
"""Share of an expression's words (by weight) that a part must have."""


class Expression(Frozen):
    """An expression of one side of a yes/no fact: its content words, and whether it is worded negatively."""

    fact: str
    side: bool
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
                    found.append(Expression(fact=key, side=side, terms=terms, negated=cues.negated(fold(phrase))))
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
    """Finds told facts among candidates."""

    def __init__(self, expressions: Sequence[Expression], cues: LanguageCues) -> None:
        self._cues = cues
        self._by_fact: dict[str, list[Expression]] = {}
        counts: Counter[str] = Counter()
        for expression in expressions:
            self._by_fact.setdefault(expression.fact, []).append(expression)
            counts.update(expression.terms)
        total = max(1, len(expressions))
        self._weight = {term: log(1 + total / count) for term, count in counts.items()}

    def read(self, text: str, candidates: Iterable[str], judging: bool) -> dict[str, bool]:
        """Return the sides of the candidate facts that a text states; a fact told both ways is left out.

        A part worded as a question tells nothing, unless the text asks for a verdict (`judging`).
        """
        sides: dict[str, dict[bool, float]] = {}
        names = [name for name in candidates if name in self._by_fact]
        for part in self._parts(text):
            normal = fold(part)
            negated = self._cues.negated(normal)
            asks, tells = self._cues.asks(normal), negated or self._cues.tells(normal)
            if (asks and not (judging and tells)) or not (tells or judging):
                continue
            terms = frozenset(content_terms(part))
            best = self._best(terms, negated, names)
            if best is not None:
                held = sides.setdefault(best.fact, {})
                held[best.side] = max(best.score, held.get(best.side, 0.0))
        return {fact: next(iter(held)) for fact, held in sides.items() if len(held) == 1}

    def _parts(self, text: str) -> list[str]:
        return [part for part in re.split(self._cues.breaks, text) if part and part.strip()]

    def _best(self, terms: frozenset[str], negated: bool, names: Sequence[str]) -> Told | None:
        best: Told | None = None
        for name in names:
            for expression in self._by_fact[name]:
                total = sum(self._weight[t] for t in expression.terms)
                score = sum(self._weight[t] for t in expression.terms if t in terms) / total
                if score < LEAST:
                    continue
                score += 0.05 * len(expression.terms)
                side = expression.side if negated == expression.negated else not expression.side
                if best is None or score > best.score:
                    best = Told(name, side, score)
        return best
