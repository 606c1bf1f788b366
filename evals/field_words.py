"""Fit the words by which a question is told to be of the field: `python -m evals.calibrate` calls this."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_matrix, vstack

from evals.logistic import fit_logistic
from kb.ask.field import WEIGHTS, list_field_terms, scale_odds
from kb.ask.weights import load_weights
from kb.model.knowledge import Corpus

RIDGE, FOLDS, SEED = 1.0, 6, 20261128
BANK, BANK_WEIGHT = 8000, 0.15
"""So many questions of the corpus stand for what is covered, each for so much of a question of its own."""

LEAST, FAINT = 2, 0.03
"""A term in fewer texts, or with a smaller weight, is left out."""


class FieldFit:
    """Fits and measures words on the corpus's questions and on questions with a known answer."""

    def __init__(self, corpus: Corpus, texts: Sequence[str], covered: Sequence[bool]) -> None:
        asks = [ask for clause in corpus.clauses for ask in clause.asks.all]
        random.Random(SEED).shuffle(asks)
        bags = [list_field_terms(text) for text in (*texts, *asks[:BANK])]
        counts: dict[str, int] = {}
        for bag in bags:
            for term in bag:
                counts[term] = counts.get(term, 0) + 1
        self._place = {t: i for i, t in enumerate(sorted(t for t, n in counts.items() if n >= LEAST))}
        self._bank, self._own = self._lay_out(bags[len(texts) :]), self._lay_out(bags[: len(texts)])
        self._covered = np.array(covered, dtype=float)

    def _lay_out(self, bags: Sequence[Iterable[str]]) -> csr_matrix:
        pairs = [(row, self._place[term]) for row, bag in enumerate(bags) for term in bag if term in self._place]
        rows, columns = zip(*pairs, strict=True)
        return csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(bags), len(self._place)))

    def _fit(self, rows: np.ndarray) -> np.ndarray:
        samples = vstack([self._own[rows], self._bank]).tocsr()
        labels = np.concatenate([self._covered[rows], np.ones(self._bank.shape[0])])
        counts = np.concatenate([np.ones(len(rows)), np.full(self._bank.shape[0], BANK_WEIGHT)])
        return fit_logistic(samples, labels, counts, RIDGE)

    def measure_held(self) -> list[float]:
        """Return the feature of every own question, fitted without the fold that it is in."""
        count = len(self._covered)
        fold = np.random.default_rng(SEED).permutation(count) % FOLDS
        odds = np.zeros(count)
        for one in range(FOLDS):
            beta = self._fit(np.flatnonzero(fold != one))
            odds[fold == one] = self._own[fold == one] @ beta[:-1] + beta[-1]
        return [scale_odds(float(x)) for x in odds]

    def save(self) -> int:
        """Fit on everything, write the weights, return how many terms have one."""
        beta = self._fit(np.arange(len(self._covered)))
        weights = {t: round(float(beta[i]), 3) for t, i in self._place.items() if abs(beta[i]) >= FAINT}
        weights["bias"] = round(float(beta[-1]), 4)
        text = json.dumps({"weights": weights}, ensure_ascii=False, indent=0)
        WEIGHTS.write_text(text + "\n", encoding="utf-8")
        load_weights.cache_clear()
        return len(weights)
