"""Fit the decision of `kb judge` on the tuning statements: `python -m evals.calibrate_judge`."""

from __future__ import annotations

import json

import numpy as np

from evals.questions import load_questions
from evals.statements import Statement, load_statements, load_tuning
from kb.ask.weights import load_weights
from kb.base import KnowledgeBase
from kb.judge.decide import WEIGHTS, load_bounds, load_coverage

RIDGE = 1.0
FOLDS = 8
TARGET = 0.985
"""Share of held-out decisions that are to be right on either side; the bounds are the widest that keep it."""

ASIDE = 0.5
"""What is not of the statements' own guideline, and what is a question, counts for less."""

LEAST = 30
"""A bound rests on at least so many decisions."""
OWN = 0.7
"""Statements written to tune with count for less than those whose writers saw neither vocabulary nor code."""


COVERAGE = (
    "share", "whole", "missing", "heaviest", "score", "sign_place", "clashes", "kinds", "right", "right_dense", "wrong_dense",
    "wrong", "wrong_planted", "wrong_like", "right_like", "numbers", "numbers_lost", "refused", "elsewhere", "near_top", "named",
    "english", "clean_share",
)  # fmt: skip


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


def collect_coverage(
    kb: KnowledgeBase, statements: list[Statement]
) -> tuple[list[dict[str, float]], np.ndarray, np.ndarray]:
    """Return the features of every statement in every guideline, whether that one speaks of it, and their weights.

    Questions of the tuning part that must be refused count as statements that nothing speaks of.
    """
    rows, labels, counts = [], [], []
    for statement in statements:
        right = {clause.split(" ")[0] for clause in statement.clauses}
        for document, measured in kb.measure_judgement(statement.statement).items():
            rows.append(measured)
            labels.append(float(document in right))
            counts.append(1.0 if document in right or not right else ASIDE)
    for question in load_questions("tune"):
        if question.status != "not_covered" or question.previous:
            continue
        for measured in kb.measure_judgement(question.question).values():
            rows.append(measured)
            labels.append(0.0)
            counts.append(ASIDE)
    return rows, np.array(labels), np.array(counts)


def predict_held_out(x: np.ndarray, y: np.ndarray, counts: np.ndarray, keys: list[str]) -> np.ndarray:
    """Return the probability of every statement from a fit without its fold; no clause is in two folds."""
    order = {key: i for i, key in enumerate(sorted(set(keys)))}
    folds = np.array([order[key] * 7919 % 104729 % FOLDS for key in keys])
    p = np.zeros(len(y))
    for fold in range(FOLDS):
        held = folds == fold
        p[held] = 1 / (1 + np.exp(-np.clip(x[held] @ fit(x[~held], y[~held], counts[~held]), -30, 30)))
    return p


def choose_bound(p: np.ndarray, right: np.ndarray) -> float:
    """Return the lowest confidence from which on at least `TARGET` of the decisions are right."""
    order = np.argsort(-p)
    shares = np.cumsum(right[order]) / np.arange(1, len(p) + 1)
    good = [i for i in range(len(p)) if i + 1 >= LEAST and shares[i] >= TARGET]
    return round(float(p[order][good[-1]]) if good else float(p[order][LEAST - 1]), 4)


def describe(p: np.ndarray, y: np.ndarray, high: float, low: float) -> dict[str, float]:
    """Return how many statements are decided between two bounds, and how many of those rightly."""
    decided = (p >= high) | (p <= low)
    right = ((p >= 0.5) == (y == 1))[decided]
    return {
        "statements": float(len(y)),
        "plain_accuracy": round(float(((p >= 0.5) == (y == 1)).mean()), 4),
        "decided": round(float(decided.mean()), 4),
        "right_of_decided": round(float(right.mean()), 4),
    }


def main() -> None:
    """Fit, print what cross-validation gives, and write the weights."""
    kb = KnowledgeBase.open()
    rows, y, keys = collect(kb, load_statements("tune"))
    own_rows, own_y, own_keys = collect(kb, load_tuning())
    counts = np.array([1.0] * len(y) + [OWN] * len(own_y))
    rows, y, keys = rows + own_rows, np.concatenate([y, own_y]), keys + own_keys
    names = sorted(rows[0])
    x = np.array([[row[n] for n in names] + [1.0] for row in rows])
    p = predict_held_out(x, y, counts, keys)
    blind = counts == 1.0
    p, labels = p[blind], y[blind]
    high = choose_bound(p, labels)
    low = round(1 - choose_bound(1 - p, 1 - labels), 4)
    report = describe(p, labels, high, low)
    weights = {n: round(float(b), 4) for n, b in zip([*names, "bias"], fit(x, y, counts), strict=True)}
    spoken, covers, shares = collect_coverage(kb, [*load_statements("tune"), *load_tuning()])
    coverage = fit(np.array([[row[n] for n in COVERAGE] + [1.0] for row in spoken]), covers, shares)
    held = {
        "coverage": {n: round(float(b), 4) for n, b in zip([*COVERAGE, "bias"], coverage, strict=True)},
        "weights": weights,
        "bounds": {"correct": high, "incorrect": low},
        "held_out": report,
    }
    WEIGHTS.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    load_bounds.cache_clear()
    load_coverage.cache_clear()
    load_weights.cache_clear()
    print(json.dumps({"bounds": held["bounds"], **report}, indent=1))


if __name__ == "__main__":
    main()
