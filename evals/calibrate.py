"""Fit the refusal on the tuning questions: `python -m evals.calibrate`."""

from __future__ import annotations

import json

import numpy as np

from evals.questions import Part, load_questions
from kb.ask.rank import WEIGHTS as RANKING
from kb.ask.refuse import WEIGHTS
from kb.ask.select import WEIGHTS as SELECTION
from kb.ask.weights import load_weights
from kb.base import KnowledgeBase

RIDGE = 1.0
REFUSAL_WEIGHT = 1.5
CITED_WEIGHT = 3.0


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


def fit_ranking(kb: KnowledgeBase, steps: int = 400, rate: float = 0.05) -> dict[str, float]:
    """Fit the ranking by a softmax over each tuning question's candidates (ListNet, Cao et al. 2007), and write it."""
    groups = []
    for question in load_questions("tune"):
        if not question.clauses or question.previous:
            continue
        ranked = kb.rank(question.question)
        gold = np.array([1.0 if r.clause.id in question.clauses else 0.0 for r in ranked])
        if gold.any():
            groups.append(([r.measured for r in ranked], gold / gold.sum()))
    names = sorted({name for rows, _ in groups for row in rows for name in row})
    tensors = [(np.array([[row.get(n, 0.0) for n in names] for row in rows]), target) for rows, target in groups]
    beta = np.array([5.0 if n == "retrieval" else 0.0 for n in names])
    momentum, variance = np.zeros_like(beta), np.zeros_like(beta)
    for step in range(1, steps + 1):
        gradient = 0.01 * beta
        for x, target in tensors:
            scores = x @ beta
            p = np.exp(scores - scores.max())
            gradient += x.T @ (p / p.sum() - target) / len(tensors)
        momentum = 0.9 * momentum + 0.1 * gradient
        variance = 0.99 * variance + 0.01 * gradient**2
        beta -= rate * (momentum / (1 - 0.9**step)) / (np.sqrt(variance / (1 - 0.99**step)) + 1e-8)
    scale = beta[names.index("retrieval")]
    weights = {n: round(float(b / scale), 4) for n, b in zip(names, beta, strict=True)}
    RANKING.write_text(json.dumps({"weights": weights}, indent=1) + "\n", encoding="utf-8")
    load_weights.cache_clear()
    return weights


def fit_selection(kb: KnowledgeBase) -> dict[str, float]:
    """Fit which clauses are cited beside the best one: gold clauses against those that it would be wrong to cite."""
    samples, labels = [], []
    for question in load_questions("tune"):
        if not question.clauses or question.previous:
            continue
        for clause, measured in kb.measure_selection(question.question):
            if clause in question.clauses:
                samples.append(measured)
                labels.append(1.0)
            elif clause not in question.also:
                samples.append(measured)
                labels.append(0.0)
    names = sorted(samples[0])
    x = np.array([[row[n] for n in names] + [1.0] for row in samples])
    y = np.array(labels)
    beta = fit(x, y, np.where(y > 0, CITED_WEIGHT, 1.0))
    weights = {n: round(float(b), 4) for n, b in zip([*names, "bias"], beta, strict=True)}
    SELECTION.write_text(json.dumps({"weights": weights}, indent=1) + "\n", encoding="utf-8")
    load_weights.cache_clear()
    return weights


def main() -> None:
    """Fit ranking and refusal, print the accuracy on both parts, and write the weights."""
    kb = KnowledgeBase.open()
    print(fit_ranking(kb))
    print(fit_selection(kb))
    rows: dict[Part, list[tuple[dict[str, float], bool]]] = {"tune": [], "test": []}
    for part in rows:
        for question in load_questions(part):
            measured = kb.measure_coverage(question.question, question.previous)
            if measured is not None:
                rows[part].append((measured, question.status != "not_covered"))
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
