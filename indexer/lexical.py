"""BM25 over passages: made with bm25s, kept as plain arrays, scored with NumPy alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as load_arrays
from safetensors.numpy import save as save_arrays

from indexer.tokens import BIGRAM_MARK

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Bm25Settings:
    """Free parameters of BM25, and how much a character bigram in the query counts beside a word (1)."""

    k1: float = 1.5
    b: float = 0.75
    bigram_weight: float = 0.3


@dataclass(frozen=True, eq=False)
class LexicalIndex:
    """BM25 scores of every (term, unit) pair, term by term; a unit is what was given as one list of terms.

    Term `t` (a row of `vocabulary`) occurs in the units `units[starts[t]:starts[t + 1]]`, with the scores at the same
    places in `scores`.
    """

    vocabulary: dict[str, int]
    scores: Floats
    units: Ints
    starts: NDArray[np.int64]
    unit_count: int
    bigram_weight: float

    def score(self, terms: Sequence[str]) -> Floats:
        """Return the BM25 score of every unit for the query's terms, float32 [units]; 0 where no term matches."""
        total = np.zeros(self.unit_count, dtype=np.float32)
        for term in dict.fromkeys(terms):
            row = self.vocabulary.get(term)
            if row is not None:
                span = slice(self.starts[row], self.starts[row + 1])
                weight = self.bigram_weight if term.startswith(BIGRAM_MARK) else 1.0
                total[self.units[span]] += np.float32(weight) * self.scores[span]
        return total

    def find_units(self, term: str) -> Ints:
        """Return the units in which a term occurs, int32; empty for an unknown term."""
        row = self.vocabulary.get(term)
        return self.units[:0] if row is None else self.units[self.starts[row] : self.starts[row + 1]]


def build_lexical(unit_terms: Sequence[Sequence[str]], settings: Bm25Settings) -> LexicalIndex:
    """Index units given as lists of terms; scores follow Robertson's BM25 as in Lucene (bm25s, arXiv:2407.03618)."""
    vocabulary = {term: row for row, term in enumerate(sorted({term for terms in unit_terms for term in terms}))}
    if not vocabulary:
        nothing = np.zeros(0, dtype=np.int32)
        starts = np.zeros(1, dtype=np.int64)
        return LexicalIndex({}, nothing.astype(np.float32), nothing, starts, len(unit_terms), settings.bigram_weight)
    import bm25s
    from bm25s.tokenization import Tokenized

    ids = [[vocabulary[term] for term in terms] for terms in unit_terms]
    model = bm25s.BM25(k1=settings.k1, b=settings.b, method="lucene", backend="numpy")
    model.index(Tokenized(ids=ids, vocab=vocabulary), create_empty_token=False, show_progress=False)
    return LexicalIndex(
        vocabulary=vocabulary,
        scores=np.asarray(model.scores["data"], dtype=np.float32),
        units=np.asarray(model.scores["indices"], dtype=np.int32),
        starts=np.asarray(model.scores["indptr"], dtype=np.int64),
        unit_count=len(unit_terms),
        bigram_weight=settings.bigram_weight,
    )


def dump_lexical(index: LexicalIndex) -> tuple[bytes, bytes]:
    """Serialise an index as (safetensors, JSON list of terms in row order)."""
    arrays = save_arrays({"scores": index.scores, "units": index.units, "starts": index.starts})
    terms = sorted(index.vocabulary, key=index.vocabulary.__getitem__)
    return arrays, json.dumps(terms, ensure_ascii=False, separators=(",", ":")).encode()


def parse_lexical(arrays: bytes, terms: bytes, unit_count: int, bigram_weight: float) -> LexicalIndex:
    """Read an index back from `dump_lexical`."""
    loaded = load_arrays(arrays)
    vocabulary = {term: row for row, term in enumerate(json.loads(terms))}
    return LexicalIndex(
        vocabulary, loaded["scores"], loaded["units"], loaded["starts"], unit_count, float(bigram_weight)
    )
