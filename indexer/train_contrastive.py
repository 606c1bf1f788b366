"""Train a static embedding model on pairs of texts with a contrastive loss; torch is imported when training starts.

The loss is InfoNCE over the batch (van den Oord et al. 2018; MultipleNegativesRankingLoss in sentence-transformers), in
both directions, with masks for pairs of one group. Pairs come as JSON lines with `kind`, `anchor`, `positive`, `group` and
optionally `negative` and `split`.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.tokens import BIGRAM_MARK, list_terms
from indexer.vectors import Floats, StaticEmbedder, normalize_rows

Report = Callable[[str], None]
Terms = Mapping[str, Sequence[str]]

_CHUNK = 2_000


@dataclass(frozen=True)
class TextPair:
    """One pair: two texts that belong together, their group, and perhaps a text that is not meant."""

    kind: str
    anchor: str
    positive: str
    group: str
    negative: str | None = None
    split: str = "train"


@dataclass(frozen=True)
class Stage:
    """A part of the training: how many steps, pairs per step, learning rate, and how often each kind is drawn."""

    steps: int
    batch: int
    rate: float
    kinds: Mapping[str, float]


@dataclass(frozen=True)
class ContrastiveTraining:
    """How to train.

    Terms of the kinds in `keep` are all in the vocabulary; others enter by frequency, from `min_count` texts on, up to
    `vocabulary` terms. `scale` multiplies cosines before the softmax (1 / temperature). `drop` is the share of terms that is
    left out of a text at random in each step. `sif` and `bigram_weight` set the lengths of the first vectors, which are
    random in direction. `nested` are shorter lengths at which the loss is taken too (Matryoshka, Kusupati et al. 2022).
    """

    stages: tuple[Stage, ...]
    keep: frozenset[str]
    dim: int = 256
    vocabulary: int = 28_000
    min_count: int = 5
    scale: float = 20.0
    drop: float = 0.1
    sif: float = 1e-3
    bigram_weight: float = 0.5
    nested: tuple[int, ...] = ()
    seed: int = 0
    threads: int = 1
    name: str = "static"

    def describe(self) -> dict[str, Any]:
        """Return the settings as plain data."""
        return {**asdict(self), "keep": sorted(self.keep)}


@dataclass(frozen=True)
class Ragged:
    """Lists of term rows, one after another: text `i` has `flat[starts[i]:starts[i + 1]]`."""

    flat: NDArray[np.int64]
    starts: NDArray[np.int64]

    def gather(self, texts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the rows of some texts, joined, and for each row the position of its text."""
        begins, lengths = self.starts[texts], self.starts[texts + 1] - self.starts[texts]
        owner = np.repeat(np.arange(len(texts)), lengths)
        offset = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.flat[np.repeat(begins, lengths) + offset], owner


@dataclass(frozen=True)
class _Table:
    """The pairs of one kind as rows of texts; `negative` is -1 where there is none."""

    anchor: NDArray[np.int64]
    positive: NDArray[np.int64]
    negative: NDArray[np.int64]
    group: NDArray[np.int64]


@dataclass
class TermCache:
    """The terms of texts, found once and kept; several processes share the work."""

    workers: int = 2
    terms: dict[str, list[str]] = field(default_factory=dict)

    def add(self, texts: Sequence[str]) -> Terms:
        """Find the terms of all texts that are not known yet; returns everything known."""
        new = [text for text in dict.fromkeys(texts) if text not in self.terms]
        chunks = [new[start : start + _CHUNK] for start in range(0, len(new), _CHUNK)]
        if len(chunks) > 1 and self.workers > 1:
            with ProcessPoolExecutor(self.workers, mp_context=get_context("spawn")) as pool:
                found = list(pool.map(_list_all, chunks))
        else:
            found = [_list_all(chunk) for chunk in chunks]
        for chunk, term_lists in zip(chunks, found, strict=True):
            self.terms.update(zip(chunk, term_lists, strict=True))
        return self.terms


def read_pairs(file: Path) -> list[TextPair]:
    """Read pairs from JSON lines; raises `ValueError` with file and line where one is not a pair."""
    return list(_read_lines(file))


def train_contrastive(
    pairs: Sequence[TextPair], training: ContrastiveTraining, cache: TermCache, report: Report = print
) -> StaticEmbedder:
    """Train on all pairs whose split is `train`; returns float16 vectors for the terms of `indexer.tokens`.

    The same pairs, settings, versions and processor give the same model. `report` gets a line now and then.
    """
    kept = [pair for pair in pairs if pair.split == "train"]
    texts = list(dict.fromkeys(t for p in kept for t in (p.anchor, p.positive, p.negative) if t is not None))
    terms = cache.add(texts)
    report(f"{len(kept)} pairs, {len(texts)} texts")
    own = {t for p in kept if p.kind in training.keep for t in (p.anchor, p.positive)}
    tokens, counts = choose_vocabulary([terms[t] for t in own], [terms[t] for t in texts if t not in own], training)
    report(f"{len(tokens)} terms")
    row_of = {token: row for row, token in enumerate(tokens)}
    ragged = _make_ragged([[row_of[term] for term in terms[text] if term in row_of] for text in texts])
    tables = _make_tables(kept, {text: row for row, text in enumerate(texts)}, ragged)
    matrix = _optimize(_first_vectors(tokens, counts, training), ragged, tables, training, report)
    return StaticEmbedder(training.name, tokens, matrix.astype(np.float16))


def choose_vocabulary(
    own: Sequence[Sequence[str]], others: Sequence[Sequence[str]], training: ContrastiveTraining
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Choose the terms of a model; returns them, sorted, with the number of texts that hold each."""
    kept = Counter(term for terms in own for term in set(terms))
    general = Counter(term for terms in others for term in set(terms))
    room = max(0, training.vocabulary - len(kept))
    wanted = [(-count, term) for term, count in general.items() if count >= training.min_count and term not in kept]
    tokens = tuple(sorted([*kept, *(term for _, term in sorted(wanted)[:room])]))
    return tokens, np.array([kept[token] + general[token] for token in tokens], dtype=np.int64)


def measure_ranking(model: StaticEmbedder, pairs: Sequence[TextPair], cache: TermCache) -> float:
    """Return the mean nDCG@10 of finding each pair's positive among the positives of all (one right text for each)."""
    terms = cache.add([text for pair in pairs for text in (pair.anchor, pair.positive)])
    anchors = model.encode_terms([terms[pair.anchor] for pair in pairs])
    scores = anchors @ model.encode_terms([terms[pair.positive] for pair in pairs]).T
    ranks = (scores > np.diag(scores)[:, None]).sum(axis=1)
    return float(np.where(ranks < 10, 1 / np.log2(ranks + 2), 0.0).mean())


def _list_all(texts: Sequence[str]) -> list[list[str]]:
    return [list_terms(text) for text in texts]


def _read_lines(file: Path) -> Iterator[TextPair]:
    open_text: Callable[..., Any] = gzip.open if file.suffix == ".gz" else open
    with open_text(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield TextPair(**json.loads(line))
            except (ValueError, TypeError) as problem:
                raise ValueError(f"{file}, line {number}: not a pair ({problem})") from problem


def _make_ragged(rows: Sequence[Sequence[int]]) -> Ragged:
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    return Ragged(np.array([i for row in rows for i in row], dtype=np.int64), starts)


def _make_tables(pairs: Sequence[TextPair], row_of: Mapping[str, int], ragged: Ragged) -> dict[str, _Table]:
    """Sort pairs by kind; pairs with a text of no known term are left out."""
    known = np.diff(ragged.starts) > 0
    rows: dict[str, list[tuple[int, int, int, int]]] = {}
    groups: dict[str, int] = {}
    for pair in pairs:
        anchor, positive = row_of[pair.anchor], row_of[pair.positive]
        if known[anchor] and known[positive]:
            negative = -1 if pair.negative is None else row_of[pair.negative]
            group = groups.setdefault(pair.group, len(groups))
            rows.setdefault(pair.kind, []).append((anchor, positive, negative if known[negative] else -1, group))
    return {kind: _Table(*np.array(found, dtype=np.int64).T) for kind, found in rows.items()}


def _first_vectors(tokens: Sequence[str], counts: NDArray[np.int64], training: ContrastiveTraining) -> Floats:
    """Return random directions, each as long as its term is rare (SIF, Arora et al. 2017)."""
    random = np.random.default_rng(training.seed).standard_normal((len(tokens), training.dim))
    share = counts / max(int(counts.sum()), 1)
    lengths = training.sif / (training.sif + share)
    lengths *= [training.bigram_weight if token.startswith(BIGRAM_MARK) else 1.0 for token in tokens]
    return normalize_rows(random.astype(np.float32)) * lengths[:, None].astype(np.float32)


def _optimize(
    first: Floats, ragged: Ragged, tables: Mapping[str, _Table], training: ContrastiveTraining, report: Report
) -> Floats:
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(training.threads)
    torch.manual_seed(training.seed)
    random = np.random.default_rng(training.seed)
    matrix = torch.nn.Parameter(torch.from_numpy(first.copy()))
    try:
        for number, stage in enumerate(training.stages, 1):
            optimizer = torch.optim.SparseAdam([matrix], lr=stage.rate)
            schedule = torch.optim.lr_scheduler.OneCycleLR(
                optimizer, stage.rate, total_steps=stage.steps, pct_start=0.1, cycle_momentum=False
            )
            kinds = [kind for kind in stage.kinds if kind in tables]
            shares = np.array([stage.kinds[kind] for kind in kinds])
            losses: list[float] = []
            for step in range(stage.steps):
                table = tables[kinds[random.choice(len(kinds), p=shares / shares.sum())]]
                rows = random.choice(len(table.anchor), min(stage.batch, len(table.anchor)), replace=False)
                optimizer.zero_grad(set_to_none=True)
                loss = _batch_loss(matrix, ragged, table, rows, training, random)
                loss.backward()
                optimizer.step()  # type: ignore[no-untyped-call]
                schedule.step()
                losses.append(float(loss.detach()))
                if (step + 1) % 200 == 0 or step + 1 == stage.steps:
                    report(f"stage {number}, step {step + 1} of {stage.steps}: loss {np.mean(losses[-200:]):.3f}")
    finally:
        torch.set_num_threads(threads)
    result: Floats = matrix.detach().numpy()
    return result


def _batch_loss(
    matrix: Any, ragged: Ragged, table: _Table, rows: NDArray[np.int64], training: ContrastiveTraining, random: Any
) -> Any:
    import torch
    from torch.nn.functional import cross_entropy, normalize

    has_negative = rows[table.negative[rows] >= 0]
    texts = np.concatenate([table.anchor[rows], table.positive[rows], table.negative[has_negative]])
    pooled = _pool(matrix, ragged, texts, training.drop, random)
    count = len(rows)
    groups = torch.from_numpy(np.concatenate([table.group[rows], np.full(len(has_negative), -1)]))
    positives = torch.from_numpy(texts[count:])
    own = torch.arange(count)
    same = (groups[:count, None] == groups[None, :]) | (positives[:count, None] == positives[None, :])
    same[own, own] = False
    loss: Any = 0.0
    for dim in (training.dim, *training.nested):
        vectors = normalize(pooled[:, :dim], dim=1)
        scores = training.scale * vectors[:count] @ vectors[count:].T
        scores = scores.masked_fill(same, -1e9)
        loss = loss + (cross_entropy(scores, own) + cross_entropy(scores[:, :count].T, own)) / 2
    return loss / (1 + len(training.nested))


def _pool(matrix: Any, ragged: Ragged, texts: NDArray[np.int64], drop: float, random: Any) -> Any:
    """Sum the vectors of each text's terms, some left out at random; float32 [texts, dim]."""
    import torch
    from torch.nn.functional import embedding_bag

    flat, owner = ragged.gather(texts)
    if drop:
        chosen = random.random(len(flat)) >= drop
        flat, owner = flat[chosen], owner[chosen]
    starts = np.searchsorted(owner, np.arange(len(texts)))
    return embedding_bag(torch.from_numpy(flat), matrix, torch.from_numpy(starts), mode="sum", sparse=True)


def count_workers() -> int:
    """Return how many processes to use: those that this process may run on, two at most."""
    return min(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
