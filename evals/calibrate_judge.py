"""Fit the decision of `kb judge` on the tuning statements: `python -m evals.calibrate_judge`."""

from __future__ import annotations

import json

import numpy as np

from evals.statements import Statement, load_statements, load_tuning
from kb.ask.weights import load_weights
from kb.base import KnowledgeBase
from kb.judge.decide import CORRECT, INCORRECT, WEIGHTS

RIDGE = 1.0
FOLDS = 8
OWN = 0.7
"""Statements written to tune with count for less than those whose writers saw neither vocabulary nor code."""


def fit(samples: np.ndarray, labels: np.ndarray, counts: np.ndarray, steps: int = 60) -> np.ndarray:
    """Fit a ridge-regularised logistic regression by Newton's method; the last column of `samples` is the bias."""
    beta = np.zeros(samples.shape[1])
    penalty = np.full(samples.shape[1], RIDGE)
    penalty[-1] = 1e-6
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(samples @ beta, -30, 30)))
        gradient = samples.T @ (counts * (labels - p)) - penalty * beta
        hessian = (samples * (counts * p * (1 - p))[:, None]).T @ samples + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        beta = beta + step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def collect(kb: KnowledgeBase, statements: list[Statement]) -> tuple[list[dict[str, float]], np.ndarray, list[str]]:
    """Return the features of every covered statement in the guideline that decides it, its label, and its clause."""
    rows, labels, keys = [], [], []
    for statement in statements:
        if statement.verdict not in ("correct", "incorrect"):
            continue
        measured = kb.measure_judgement(statement.statement)
        if not measured:
            continue
        document = statement.key.split(" ")[0]
        rows.append(measured.get(document) or next(iter(measured.values())))
        labels.append(float(statement.verdict == "correct"))
        keys.append(statement.key)
    return rows, np.array(labels), keys


def cross_validate(x: np.ndarray, y: np.ndarray, counts: np.ndarray, keys: list[str]) -> dict[str, float]:
    """Return how many held-out statements of full weight are decided, and how many of those rightly.

    No clause is in two folds.
    """
    order = {key: i for i, key in enumerate(sorted(set(keys)))}
    folds = np.array([order[key] * 7919 % 104729 % FOLDS for key in keys])
    p = np.zeros(len(y))
    for fold in range(FOLDS):
        held = folds == fold
        p[held] = 1 / (1 + np.exp(-np.clip(x[held] @ fit(x[~held], y[~held], counts[~held]), -30, 30)))
    blind = counts == 1.0
    p, y = p[blind], y[blind]
    report = {"statements": float(len(y)), "plain_accuracy": round(float(((p >= 0.5) == (y == 1)).mean()), 4)}
    for high in (CORRECT, 0.8, 0.85, 0.9):
        decided = (p >= high) | (p <= 1 - high)
        right = ((p >= 0.5) == (y == 1))[decided]
        report[f"decided_at_{high}"] = round(float(decided.mean()), 4)
        report[f"right_at_{high}"] = round(float(right.mean()), 4)
    return report


def main() -> None:
    """Fit, print what cross-validation gives, and write the weights."""
    kb = KnowledgeBase.open()
    rows, y, keys = collect(kb, load_statements("tune"))
    own_rows, own_y, own_keys = collect(kb, load_tuning())
    counts = np.array([1.0] * len(y) + [OWN] * len(own_y))
    rows, y, keys = rows + own_rows, np.concatenate([y, own_y]), keys + own_keys
    names = sorted(rows[0])
    x = np.array([[row[n] for n in names] + [1.0] for row in rows])
    report = cross_validate(x, y, counts, keys)
    weights = {n: round(float(b), 4) for n, b in zip([*names, "bias"], fit(x, y, counts), strict=True)}
    WEIGHTS.write_text(
        json.dumps({"weights": weights, "cross_validated": report, "decided_between": [INCORRECT, CORRECT]}, indent=1)
        + "\n",
        encoding="utf-8",
    )
    load_weights.cache_clear()
    print(json.dumps(report, indent=1))
    print(json.dumps(weights, indent=1))


if __name__ == "__main__":
    main()
