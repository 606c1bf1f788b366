"""How much of a question the clauses speak of at all: the ground for saying "not covered"."""

from __future__ import annotations

import math
from dataclasses import dataclass

from indexer.search import Searcher
from indexer.tokens import list_lemmas
from kb.ask.frame import Frame
from kb.ask.words import Word

_NAMED = ("document", "building", "choice")
"""A word that names a guideline, a building type or a condition narrows the answer; it is not what is asked about."""


@dataclass(frozen=True)
class WordCoverage:
    """A content word of a question: its weight, the concepts it is part of, and the clauses that have it."""

    word: Word
    weight: float
    concepts: frozenset[str]
    clauses: frozenset[str]

    @property
    def known(self) -> bool:
        """Tell whether any clause or concept has the word."""
        return bool(self.clauses or self.concepts)


class CoverageReader:
    """Measures questions against one index."""

    def __init__(self, searcher: Searcher) -> None:
        self._index = searcher.index

    def clauses_with(self, term: str) -> frozenset[str]:
        """Return the ids of the clauses in which an index term occurs."""
        return self._index.ids_with_term(term)

    def read(self, frame: Frame) -> list[WordCoverage]:
        """Return the content words of a question with what is known of them."""
        total = len(self._index.ids)
        covered: list[WordCoverage] = []
        for word in frame.words:
            mentions = [m for m in frame.mentions if m.normal[0] < word.end and word.start < m.normal[1]]
            terms = list_lemmas(word.surface)
            if not terms or any(m.section in _NAMED for m in mentions):
                continue
            clauses = frozenset[str]().union(*(self.clauses_with(term) for term in terms))
            weight = math.log(1 + total / (1 + len(clauses)))
            covered.append(WordCoverage(word, weight, frozenset(m.id for m in mentions), clauses))
        return covered


def share_covered(words: list[WordCoverage], clause_id: str, concepts: frozenset[str]) -> float:
    """Return the weighted share of the content words that a clause has, by itself or through a concept; 1 if none."""
    total = sum(word.weight for word in words)
    if not total:
        return 1.0
    held = sum(w.weight for w in words if clause_id in w.clauses or w.concepts & concepts)
    return held / total
