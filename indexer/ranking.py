"""From similarities of texts to scores of passages, and from two scores to one.

The defaults are the best simple ones on questions that were left out of the index (mean reciprocal rank, 562 passages):
BM25 over whole passages beats the sum of the best texts per field (.76 to .72 in Japanese, .63 to .57 in English), the
mean of centroid and best text beats the best text alone (.75 to .74, .71 to .68). The dense share is the one measured with
the shipped model (`models/bouhan-static/README.md`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Ranking:
    """How hits are ranked.

    `dense_share` is the dense side's part in a hybrid score, `centroid_share` the part of a passage's centroid in its
    dense score (the rest is its best text), both 0 to 1. `concept_boost` is added for a passage that has all concepts
    asked for, and in proportion for some of them. `rerank_share` is the part that a reranker has in the score, where there
    is one; it sees the first `rerank_depth` hits. Raises `ValueError` for a share outside 0 to 1.
    """

    dense_share: float = 0.8
    centroid_share: float = 0.5
    concept_boost: float = 0.15
    rerank_share: float = 0.5
    rerank_depth: int = 20

    def __post_init__(self) -> None:
        for name in ("dense_share", "centroid_share", "rerank_share"):
            check_share(name, getattr(self, name))


def check_share(name: str, value: float) -> None:
    """Refuse a share outside 0 to 1 with a `ValueError` that names it."""
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"{name} {value!r}: expected 0 to 1")


def average_rows(vectors: Floats, owner: Rows, count: int) -> Floats:
    """Return the mean direction of each owner's vectors, float32 [count, dim], rows of length 1 (0 for no vectors).

    `owner` is int64 [vectors], ascending.
    """
    total = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    np.add.at(total, owner, vectors)
    lengths = np.linalg.norm(total, axis=1, keepdims=True)
    mean: Floats = np.divide(total, lengths, out=np.zeros_like(total), where=lengths > 1e-12)
    return mean


def best_of_owner(scores: Floats, owner: Rows, count: int) -> Floats:
    """Return the highest score of each owner's texts, float32 [count]; 0 for an owner of none; `owner` is ascending."""
    best = np.zeros(count, dtype=np.float32)
    if len(owner):
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        best[owner[starts]] = np.maximum.reduceat(scores, starts)
    return best


def scale_to_unit(scores: Floats) -> Floats:
    """Map the lowest score to 0 and the highest to 1 (min–max); all equal gives 0."""
    if not len(scores):
        return scores
    low, high = scores.min(), scores.max()
    return np.zeros_like(scores) if high <= low else (scores - low) / (high - low)


def combine(lexical: Floats, dense: Floats, dense_share: float) -> Floats:
    """Return the convex combination of both, each scaled by min–max (Bruch et al. 2023, arXiv:2210.11934)."""
    share = np.float32(dense_share)
    return (1 - share) * scale_to_unit(lexical) + share * scale_to_unit(dense)
