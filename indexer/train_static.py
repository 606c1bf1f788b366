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

TRAINER_VERSION = "lsa-1"


@dataclass(frozen=True)
class StaticTraining:
    """How to train: vector length, SIF's `a`, weight of bigrams beside words, power of the singular values, seed."""

    dim: int = 192
    sif: float = 1e-3
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
    smallest = min(table.shape)
    if smallest == 0:
        return np.zeros((table.shape[0], 1))
    if smallest <= training.dim:
        left, strengths, _ = np.linalg.svd(table.toarray(), full_matrices=False)
    else:
        from scipy.sparse.linalg import svds

        start = np.random.default_rng(training.seed).standard_normal(smallest)
        left, strengths, _ = svds(table, k=training.dim, v0=start, solver="arpack")
    order = np.argsort(-strengths, kind="stable")[: training.dim]
    left, strengths = left[:, order], strengths[order]
    peaks = np.argmax(np.abs(left), axis=0)
    signs = np.sign(left[peaks, np.arange(left.shape[1])])
    vectors: NDArray[np.float64] = left * np.where(signs == 0, 1.0, signs) * strengths**training.power
    return vectors
