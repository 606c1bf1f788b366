"""Ridge-regularised logistic regression over named features."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


def fit_logistic(samples: Any, labels: np.ndarray, counts: np.ndarray, ridge: float) -> np.ndarray:
    """Fit weights (the last one is the bias, which has no penalty); `samples` is dense or CSR, [samples, features]."""
    side = 2.0 * labels - 1.0

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        margin = side * (samples @ beta[:-1] + beta[-1])
        value = (counts * np.logaddexp(0, -margin)).sum() + ridge / 2 * (beta[:-1] ** 2).sum()
        pull = -counts * side / (1 + np.exp(np.clip(margin, -30, 30)))
        return value, np.append(samples.T @ pull + ridge * beta[:-1], pull.sum())

    start = np.zeros(samples.shape[1] + 1)
    found: np.ndarray = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return found


def fit_named(
    rows: Sequence[Mapping[str, float]], labels: np.ndarray, counts: np.ndarray, ridge: float, names: Sequence[str]
) -> dict[str, float]:
    """Fit on features scaled to deviation 1; the weights returned (with `bias`) are those of the features as they are."""
    x = np.array([[row.get(n, 0.0) for n in names] for row in rows])
    share = counts / counts.sum()
    mean = share @ x
    deviation = np.sqrt(np.maximum(share @ (x - mean) ** 2, 0.0))
    deviation[deviation < 1e-6] = np.inf
    beta = fit_logistic((x - mean) / deviation, labels, counts, ridge)
    weights = beta[:-1] / deviation
    named = {n: round(float(w), 4) for n, w in zip(names, weights, strict=True) if abs(w) > 5e-5}
    return {**named, "bias": round(float(beta[-1] - weights @ mean), 4)}


def fit_words(bags: Sequence[Collection[str]], labels: np.ndarray, ridge: float, least: int = 3) -> dict[str, float]:
    """Fit on bags of words; words in fewer than `least` bags are left out. Returns a weight a word, and `bias`."""
    seen: dict[str, int] = {}
    for bag in bags:
        for word in set(bag):
            seen[word] = seen.get(word, 0) + 1
    place = {word: i for i, word in enumerate(sorted(w for w, n in seen.items() if n >= least))}
    pairs = [(row, place[word]) for row, bag in enumerate(bags) for word in set(bag) if word in place]
    rows, columns = zip(*pairs, strict=True)
    x = csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(bags), len(place)))
    beta = fit_logistic(x, labels, np.ones(len(bags)), ridge)
    named = {w: round(float(beta[i]), 3) for w, i in place.items() if abs(beta[i]) >= 0.02}
    return {**named, "bias": round(float(beta[-1]), 4)}


def predict(weights: Mapping[str, float], rows: Sequence[Mapping[str, float]]) -> np.ndarray:
    """Return the probability of every row."""
    score = np.array([weights["bias"] + sum(weights.get(n, 0.0) * v for n, v in row.items()) for row in rows])
    found: np.ndarray = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
    return found
