"""How much of a question the clauses speak of at all: the ground for saying "not covered"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.ranking import average_rows
from indexer.search import Searcher
from indexer.tokens import list_lemmas
from indexer.vectors import Floats
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

    @cached_property
    def _texts_of(self) -> dict[str, list[int]]:
        """The rows of the vectors of every passage."""
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self._index.passage_of):
            rows.setdefault(self._index.ids[passage], []).append(row)
        return rows

    def closeness(self, frame: Frame, words: Sequence[WordCoverage], clauses: Sequence[str]) -> list[Closeness]:
        """Return how close a question and each of its words come to the texts of some clauses.

        Nothing comes close where the index has no static model of its own.
        """
        model, vectors = self._index.model, self._index.vectors
        if model is None or vectors is None:
            return [Closeness(0.0, (0.0,) * len(words)) for _ in clauses]
        asked: Floats = model.encode_queries([frame.mended])
        said: Floats = model.encode_terms([list_lemmas(w.word.surface) for w in words])
        both = np.concatenate([asked, said])
        near = [(both @ vectors[self._texts_of[c]].T).max(axis=1) for c in clauses]
        return [Closeness(float(one[0]), tuple(float(x) for x in one[1:])) for one in near]

    def likeness(self, one: str, other: str) -> float:
        """Return how alike the texts of two clauses are on the whole (cosine); 0 where the index has no vectors."""
        if self._centroids is None:
            return 0.0
        return float(self._centroids[self._row_of[one]] @ self._centroids[self._row_of[other]])

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self._index.ids)}

    @cached_property
    def _centroids(self) -> Floats | None:
        vectors = self._index.vectors
        return None if vectors is None else average_rows(vectors, self._index.passage_of, len(self._index.ids))


@dataclass(frozen=True)
class Closeness:
    """How close a question as a whole, and each of its content words, comes to the likest text of a clause (cosine)."""

    whole: float
    words: tuple[float, ...]


def share_covered(words: list[WordCoverage], clause_id: str, concepts: frozenset[str]) -> float:
    """Return the weighted share of the content words that a clause has, by itself or through a concept; 1 if none."""
    total = sum(word.weight for word in words)
    if not total:
        return 1.0
    held = sum(w.weight for w in words if clause_id in w.clauses or w.concepts & concepts)
    return held / total
