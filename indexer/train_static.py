"""A small static embedding model, learnt from the passages themselves in seconds, without torch.

Latent semantic analysis (Deerwester et al. 1990): words that occur in the same passages get near vectors, and since a
passage holds both languages, so do translations. Texts are means weighted by rarity (SIF, Arora et al. 2017).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.tokens import BIGRAM_MARK
from indexer.vectors import StaticEmbedder

TRAINER_VERSION = "lsa-2"

GRAM_LIMIT = 2_000
"""Most passages for which the table of their inner products is made."""


@dataclass(frozen=True)
class StaticTraining:
    """How to train: vector length, SIF's `a`, weight of bigrams beside words, power of the singular values, seed."""

    dim: int = 192
    sif: float = 2e-3
    bigram_weight: float = 0.5
    power: float = 0.5
    seed: int = 0

    def describe(self) -> str:
        """Name the recipe; two models of one recipe and one set of passages are the same."""
        return f"{TRAINER_VERSION} {sorted(asdict(self).items())}"


def train_static(passage_terms: Sequence[Sequence[str]], training: StaticTraining) -> StaticEmbedder:
    """Train a model on passages given as lists of all their terms.

    Returns float16 vectors for every term; `dim` shrinks where there are fewer terms or passages than that.
    """
    counts = Counter(term for terms in passage_terms for term in terms)
    tokens = tuple(sorted(counts))
    table = _weigh_terms(passage_terms, {token: row for row, token in enumerate(tokens)})
    vectors = _factorize(table, training)
    frequency = np.array([counts[token] for token in tokens], dtype=np.float64)
    share = frequency / max(frequency.sum(), 1.0)
    weights = training.sif / (training.sif + share)
    weights *= [training.bigram_weight if token.startswith(BIGRAM_MARK) else 1.0 for token in tokens]
    return StaticEmbedder("trained on the corpus", tokens, vectors.astype(np.float16), weights.astype(np.float32))


def _weigh_terms(passage_terms: Sequence[Sequence[str]], row_of: dict[str, int]) -> Any:
    """Return a sparse [terms, passages] table of (1 + log tf) · idf, each passage scaled to length 1."""
    from scipy import sparse

    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    found_in = Counter(term for terms in passage_terms for term in set(terms))
    for column, terms in enumerate(passage_terms):
        for term, count in sorted(Counter(terms).items()):
            rows.append(row_of[term])
            columns.append(column)
            values.append((1.0 + np.log(count)) * np.log(1.0 + len(passage_terms) / found_in[term]))
    table = sparse.csc_array((values, (rows, columns)), shape=(len(row_of), len(passage_terms)), dtype=np.float64)
    lengths = np.sqrt(table.power(2).sum(axis=0))
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return table @ sparse.dia_array((scale[None, :], [0]), shape=(len(scale), len(scale)))


def _factorize(table: Any, training: StaticTraining) -> NDArray[np.float64]:
    """Return term vectors U·S^power, float64 [terms, dim]; the sign of each axis is fixed."""
    if not min(table.shape):
        return np.zeros((table.shape[0], 1))
    left, strengths = _decompose(table, min(training.dim, *table.shape), training.seed)
    peaks = np.argmax(np.abs(left), axis=0)
    signs = np.where(left[peaks, np.arange(left.shape[1])] < 0, -1.0, 1.0)
    vectors: NDArray[np.float64] = left * signs * strengths**training.power
    return vectors


def _decompose(table: Any, dim: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the strongest left singular vectors, float64 [terms, dim], and singular values, strongest first.

    Up to `GRAM_LIMIT` passages by the eigenvectors of the passages' inner products, which is quick however the singular
    values lie; beyond that by ARPACK.
    """
    if table.shape[1] > GRAM_LIMIT:
        from scipy.sparse.linalg import svds

        start = np.random.default_rng(seed).standard_normal(min(table.shape))
        left, strengths, _ = svds(table, k=min(dim, min(table.shape) - 1), v0=start, solver="arpack")
        order = np.argsort(-strengths, kind="stable")
        return left[:, order], strengths[order]
    squares, right = np.linalg.eigh((table.T @ table).toarray())
    strengths = np.sqrt(np.maximum(squares[::-1][:dim], 0.0))
    left = table @ right[:, ::-1][:, :dim]
    solid = strengths > 1e-6 * max(strengths[0], 1e-300)
    return np.divide(left, strengths, out=np.zeros_like(left), where=solid), np.where(solid, strengths, 0.0)
