"""Fit the refusal on the tuning questions: `python -m evals.calibrate`."""

from __future__ import annotations

import json

import numpy as np

from evals.questions import load_questions
from kb.ask.refuse import WEIGHTS, features
from kb.base import KnowledgeBase

RIDGE = 1.0
REFUSAL_WEIGHT = 1.0


def fit(samples: np.ndarray, labels: np.ndarray, weights: np.ndarray, steps: int = 50) -> np.ndarray:
    """Fit a ridge-regularised logistic regression by Newton's method; the last column of `samples` is the bias."""
    beta = np.zeros(samples.shape[1])
    ridge = np.full(samples.shape[1], RIDGE)
    ridge[-1] = 1e-6
    for _ in range(steps):
        p = 1 / (1 + np.exp(-samples @ beta))
        gradient = samples.T @ (weights * (labels - p)) - ridge * beta
        hessian = (samples * (weights * p * (1 - p))[:, None]).T @ samples + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        beta = beta + step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def main() -> None:
    """Fit, print the accuracy on both parts, and write the weights."""
    kb = KnowledgeBase.open()
    rows: dict[str, list[tuple[dict[str, float], bool]]] = {"tune": [], "test": []}
    for question in load_questions():
        measured = kb.measure_coverage(question.question, question.previous)
        if measured is not None:
            rows[question.part].append((measured, question.status != "not_covered"))
    names = sorted(rows["tune"][0][0])

    def matrix(part: str) -> tuple[np.ndarray, np.ndarray]:
        samples = np.array([[m[n] for n in names] + [1.0] for m, _ in rows[part]])
        return samples, np.array([float(label) for _, label in rows[part]])

    samples, labels = matrix("tune")
    beta = fit(samples, labels, np.where(labels > 0, 1.0, REFUSAL_WEIGHT))
    report = {}
    for part in ("tune", "test"):
        x, y = matrix(part)
        covered = x @ beta >= 0
        report[part] = {
            "refused_rightly": round(float((~covered[y == 0]).mean()), 4),
            "refused_wrongly": round(float((~covered[y == 1]).mean()), 4),
            "questions": len(y),
        }
    weights = {name: round(float(b), 4) for name, b in zip([*names, "bias"], beta, strict=True)}
    WEIGHTS.write_text(json.dumps({"weights": weights, "fitted_on": report}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))
    print(weights)


if __name__ == "__main__":
    main()
