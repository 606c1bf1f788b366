"""Fit ranking, selection and refusal on the tuning questions: `python -m evals.calibrate [PART]...`."""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.field_words import FieldFit
from evals.held_out import HeldAsk, open_without
from evals.questions import load_questions, load_refusals
from kb.ask.rank import WEIGHTS as RANKING
from kb.ask.refuse import WEIGHTS
from kb.ask.select import WEIGHTS as SELECTION
from kb.ask.select import Kind
from kb.ask.weights import load_weights
from kb.base import KnowledgeBase

RIDGE = 1.0
REFUSAL_WEIGHT = 1.8
CITED_WEIGHT = 3.0
ASK_WEIGHT = 0.3
"""A question of the corpus that was kept out counts for less than one written for measuring: its gold is one clause."""

ASKS, SEED, FOLDS = 1200, 20261128, 8


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


def fit_ranking(kb: KnowledgeBase, asks: list[HeldAsk], steps: int = 400, rate: float = 0.05) -> dict[str, float]:
    """Fit the ranking by a softmax over the candidates of each question (ListNet, Cao et al. 2007), and write it."""
    wanted = [(q.question, q.clauses, 1.0) for q in load_questions("tune") if q.clauses and not q.previous]
    wanted += [(ask.text, (ask.clause,), ASK_WEIGHT) for ask in asks]
    groups = []
    for text, clauses, weight in wanted:
        ranked = kb.rank(text)
        gold = np.array([1.0 if r.clause.id in clauses else 0.0 for r in ranked])
        if gold.any():
            groups.append(([r.measured for r in ranked], gold / gold.sum(), weight))
    names = sorted({name for rows, _, _ in groups for row in rows for name in row})
    tensors = [(np.array([[row.get(n, 0.0) for n in names] for row in rows]), gold, w) for rows, gold, w in groups]
    total = sum(weight for _, _, weight in groups)
    beta = np.array([5.0 if n == "retrieval" else 0.0 for n in names])
    momentum, variance = np.zeros_like(beta), np.zeros_like(beta)
    for step in range(1, steps + 1):
        gradient = 0.01 * beta
        for x, target, weight in tensors:
            scores = x @ beta
            p = np.exp(scores - scores.max())
            gradient += weight * (x.T @ (p / p.sum() - target)) / total
        momentum = 0.9 * momentum + 0.1 * gradient
        variance = 0.99 * variance + 0.01 * gradient**2
        beta -= rate * (momentum / (1 - 0.9**step)) / (np.sqrt(variance / (1 - 0.99**step)) + 1e-8)
    scale = beta[names.index("retrieval")]
    weights = {n: round(float(b / scale), 4) for n, b in zip(names, beta, strict=True)}
    RANKING.write_text(json.dumps({"weights": weights}, indent=1) + "\n", encoding="utf-8")
    load_weights.cache_clear()
    return weights


def fit_selection(kb: KnowledgeBase) -> dict[str, int]:
    """Fit which clauses are cited beside the best one, by what carries the answer: gold clauses against wrong ones.

    Returns the number of candidates of each kind.
    """
    samples: dict[Kind, list[dict[str, float]]] = {kind: [] for kind in SELECTION}
    labels: dict[Kind, list[float]] = {kind: [] for kind in SELECTION}
    for question in load_questions("tune"):
        found = None if not question.clauses or question.previous else kb.measure_selection(question.question)
        if found is None:
            continue
        kind, candidates = found
        for clause, measured in candidates:
            if clause in question.clauses or clause not in question.also:
                samples[kind].append(measured)
                labels[kind].append(float(clause in question.clauses))
    for kind, file in SELECTION.items():
        names = sorted(samples[kind][0])
        x = np.array([[row[n] for n in names] + [1.0] for row in samples[kind]])
        y = np.array(labels[kind])
        beta = fit(x, y, np.where(y > 0, CITED_WEIGHT, 1.0))
        weights = {n: round(float(b), 4) for n, b in zip([*names, "bias"], beta, strict=True)}
        file.write_text(json.dumps({"weights": weights}, indent=1) + "\n", encoding="utf-8")
    load_weights.cache_clear()
    return {kind: len(rows) for kind, rows in samples.items()}


def fit_refusal(kb: KnowledgeBase, asks: list[HeldAsk]) -> dict[str, object]:
    """Fit what is covered (words first), measure it on folds left out in turn, and write it."""
    questions = [*load_questions("tune"), *load_refusals()]
    labels = [q.status != "not_covered" for q in questions]
    words = FieldFit(kb.corpus, [q.question for q in questions], labels)
    terms = words.save()
    rows: list[tuple[dict[str, float], bool, float]] = []
    for question, covered, field in zip(questions, labels, words.measure_held(), strict=True):
        measured = kb.measure_coverage(question.question, question.previous)
        if measured is not None:
            rows.append(({**measured, "field": field}, covered, 1.0 if covered else REFUSAL_WEIGHT))
    for ask in asks:
        measured = kb.measure_coverage(ask.text)
        if measured is not None:
            rows.append((measured, True, ASK_WEIGHT))
    names = sorted(rows[0][0])
    x = np.array([[m[n] for n in names] + [1.0] for m, _, _ in rows])
    y = np.array([float(label) for _, label, _ in rows])
    w = np.array([weight for _, _, weight in rows])
    fold = np.random.default_rng(SEED).permutation(len(y)) % FOLDS
    covers = np.zeros(len(y), dtype=bool)
    for one in range(FOLDS):
        covers[fold == one] = x[fold == one] @ fit(x[fold != one], y[fold != one], w[fold != one]) >= 0
    own = w != ASK_WEIGHT
    report: dict[str, object] = {
        "refused_rightly": round(float((~covers[y == 0]).mean()), 4),
        "refused_wrongly": round(float((~covers[(y == 1) & own]).mean()), 4),
        "refused_wrongly_of_held_questions": round(float((~covers[~own]).mean()), 4),
        "samples": len(y),
        "terms": terms,
    }
    beta = fit(x, y, w)
    weights = {name: round(float(b), 4) for name, b in zip([*names, "bias"], beta, strict=True)}
    WEIGHTS.write_text(json.dumps({"weights": weights, "folds_left_out": report}, indent=1) + "\n", encoding="utf-8")
    load_weights.cache_clear()
    return report


def main(arguments: Sequence[str] = ()) -> None:
    """Fit ranking, selection and refusal (or those named) on the tuning questions and on questions kept out."""
    wanted = set(arguments) or {"ranking", "selection", "refusal"}
    with tempfile.TemporaryDirectory() as folder:
        kb, held = open_without(Path(folder))
        asks = random.Random(SEED).sample(held, min(ASKS, len(held)))
        if "ranking" in wanted:
            print(fit_ranking(kb, asks))
        if "selection" in wanted:
            print(fit_selection(kb))
        if "refusal" in wanted:
            print(json.dumps(fit_refusal(kb, asks), indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
