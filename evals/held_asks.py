"""Measure rankings on questions of the corpus that were kept out of training and index."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.metrics import mean
from indexer.index import SearchIndex, build_index, load_index
from indexer.passages import Passage
from indexer.ranking import Floats, average_rows, best_of_owner, combine
from indexer.tokens import list_terms
from indexer.train_static import StaticTraining
from indexer.vectors import StaticEmbedder
from kb.model.base import Words
from kb.model.knowledge import Corpus
from kb.pairs import LANGUAGES, hold_out_asks, pick
from kb.passages import list_passages

Table = dict[str, dict[str, dict[str, float | None]]]
"""A measure by channel, language and name."""

SHARES = tuple(round(0.1 * step, 1) for step in range(11))
"""Shares of the dense side that are tried."""

TOLERANCE = 0.005
"""Difference of nDCG@10 that does not count."""

_UNSEEN = 5
_DEPTH = 10


@dataclass(frozen=True)
class Experiment:
    """What to train on, what to index, and the questions kept out, by clause id."""

    name: str
    corpus: Corpus
    passages: tuple[Passage, ...]
    asks: dict[str, Words]


def leave_one_ask_out(corpus: Corpus) -> Experiment:
    """Keep one question per clause and language out of both training and index."""
    left, held = hold_out_asks(corpus)
    return Experiment("one question of every clause kept out", left, tuple(list_passages(left)), held)


def leave_clauses_out(corpus: Corpus) -> Experiment:
    """Keep all questions of one clause in five out of training, and every question out of the index."""
    held = {c.id: c.asks for c in corpus.clauses if c.text is not None and pick(f"unseen {c.id}", _UNSEEN) == 0}
    clauses = tuple(c.model_copy(update={"asks": Words()}) if c.id in held else c for c in corpus.clauses)
    bare = [
        Passage(p.id, {name: texts for name, texts in p.fields.items() if not name.startswith("asks")}, p.concepts)
        for p in list_passages(corpus)
    ]
    name = "all questions of one clause in five kept out, no questions in the index"
    return Experiment(name, corpus.model_copy(update={"clauses": clauses}), tuple(bare), held)


def measure(experiment: Experiment, model: StaticEmbedder | StaticTraining) -> Table:
    """Return recall@1, recall@5 and nDCG@10 by channel (lexical, dense, fused with each share) and language."""
    with tempfile.TemporaryDirectory() as folder:
        build_index(Path(folder), experiment.passages, "held", model=model)
        index = load_index(Path(folder))
    row_of = {name: row for row, name in enumerate(index.ids)}
    table: Table = {name_channel(share): {} for share in SHARES}
    for language in LANGUAGES:
        asked = [(ask, row_of[clause]) for clause, words in experiment.asks.items() for ask in words.get(language)]
        lexical, dense = score_all(index, [ask for ask, _ in asked])
        for share in SHARES:
            ranks = [
                _rank(combine(of_terms, of_vectors, share), gold)
                for of_terms, of_vectors, (_, gold) in zip(lexical, dense, asked, strict=True)
            ]
            table[name_channel(share)][language] = {
                "recall@1": mean([float(rank < 1) for rank in ranks]),
                "recall@5": mean([float(rank < 5) for rank in ranks]),
                "ndcg@10": mean([1 / math.log2(rank + 2) if rank < _DEPTH else 0.0 for rank in ranks]),
            }
    return table


def score_all(index: SearchIndex, questions: Sequence[str]) -> tuple[Floats, Floats]:
    """Return the lexical and the dense scores of all passages as a search computes them, float32 [questions, passages]."""
    assert index.vectors is not None and index.model is not None
    terms = [list_terms(question) for question in questions]
    owner, count, share = index.passage_of, len(index.ids), np.float32(index.settings.ranking.centroid_share)
    queries = index.model.encode_terms(terms)
    best = np.stack([best_of_owner(row, owner, count) for row in queries @ index.vectors.T])
    dense = share * (queries @ average_rows(index.vectors, owner, count).T) + (1 - share) * best
    return np.stack([index.lexical.score(found) for found in terms]), dense


def name_channel(share: float) -> str:
    """Name the ranking with a share of the dense side."""
    return {0.0: "lexical", 1.0: "dense"}.get(share, f"fused {share}")


def best_share(tables: Sequence[Table]) -> float:
    """Return the smallest share whose mean nDCG@10 over tables and languages is within `TOLERANCE` of the best one.

    Words that no model knows are found by the lexical side alone, hence the smallest; 0 is lexical, 1 is dense alone.
    """
    means = {
        share: mean([t[name_channel(share)][language]["ndcg@10"] or 0.0 for t in tables for language in LANGUAGES])
        for share in SHARES
    }
    best = max(value or 0.0 for value in means.values())
    return min(share for share, value in means.items() if (value or 0.0) >= best - TOLERANCE)


def _rank(scores: Floats, gold: int) -> int:
    """Return how many passages stand before the right one; of equal ones, those that come first."""
    return int((scores > scores[gold]).sum() + (scores[:gold] == scores[gold]).sum())
