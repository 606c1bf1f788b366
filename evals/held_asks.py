"""Measure rankings on questions of the corpus that were kept out of training and index."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.metrics import mean, ndcg_at, recall_at
from indexer.index import build_index, load_index
from indexer.passages import Passage
from indexer.search import Mode, Searcher
from indexer.train_static import StaticTraining
from indexer.vectors import StaticEmbedder
from kb.model.base import Words
from kb.model.knowledge import Corpus
from kb.pairs import LANGUAGES, hold_out_asks, pick
from kb.passages import list_passages

SHARES = tuple(round(0.1 * step, 1) for step in range(11))
"""Shares of the dense side that are tried."""

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


def measure(experiment: Experiment, model: StaticEmbedder | StaticTraining) -> dict[str, dict[str, dict[str, float | None]]]:
    """Return recall@1, recall@5 and nDCG@10 by channel (lexical, dense, fused with each share) and language."""
    with tempfile.TemporaryDirectory() as folder:
        build_index(Path(folder), experiment.passages, "held", model=model)
        searcher = Searcher(load_index(Path(folder)))
        table = {"lexical": _measure_channel(searcher, experiment, "lexical", 0.0)}
        table["dense"] = _measure_channel(searcher, experiment, "dense", 1.0)
        for share in SHARES[1:-1]:
            table[f"fused {share}"] = _measure_channel(searcher, experiment, "hybrid", share)
    return table


def best_share(tables: Sequence[dict[str, dict[str, dict[str, float | None]]]]) -> float:
    """Return the share whose mean nDCG@10 over tables and languages is best; 0 is lexical, 1 is dense alone."""

    def score(share: float) -> float:
        channel = {0.0: "lexical", 1.0: "dense"}.get(share, f"fused {share}")
        return float(np.mean([table[channel][language]["ndcg@10"] or 0.0 for table in tables for language in LANGUAGES]))

    return max(SHARES, key=score)


def _measure_channel(
    searcher: Searcher, experiment: Experiment, mode: Mode, share: float
) -> dict[str, dict[str, float | None]]:
    found = {}
    for language in LANGUAGES:
        ranked = [
            ([hit.id for hit in searcher.search(ask, _DEPTH, mode=mode, dense_share=share)], [clause])
            for clause, words in experiment.asks.items()
            for ask in words.get(language)
        ]
        found[language] = {
            "recall@1": mean([recall_at(r, g, 1) for r, g in ranked]),
            "recall@5": mean([recall_at(r, g, 5) for r, g in ranked]),
            "ndcg@10": mean([ndcg_at(r, g, 10) for r, g in ranked]),
        }
    return found
