"""Hybrid search over a loaded index."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any, Literal

import numpy as np

from indexer.errors import IndexStale
from indexer.index import SearchIndex
from indexer.passages import Hit
from indexer.ranking import Floats, best_of_fields, combine, scale_to_unit, sum_best_per_field
from indexer.tokens import list_terms
from indexer.vectors import Embedder, StaticEmbedder

Mode = Literal["hybrid", "lexical", "dense"]


class Searcher:
    """Answers queries from one index; make it once and share it between threads.

    `embedder` encodes queries; without one, the static model kept in the index does. Where the index has neither vectors
    nor a model for queries, hybrid searches are lexical (`modes` says which there are). Raises `IndexStale` where the
    vectors of the index come from another model than `embedder`.
    """

    def __init__(self, index: SearchIndex, embedder: Embedder | None = None) -> None:
        held = index.manifest.model
        if embedder is not None and (held is None or held.fingerprint != embedder.fingerprint):
            found = held.name if held else "no embedding model"
            raise IndexStale(f"index made with {found}, query model is {embedder.name}; build the index again")
        self.index = index
        self.ranking = index.settings.ranking
        self._embedder: Embedder | None = embedder or index.model
        weights = [self.ranking.field_weights.get(name, 1.0) for name in index.fields]
        self._weights = np.array(weights, dtype=np.float32)
        self._row_of = {name: row for row, name in enumerate(index.ids)}

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The modes that this index can serve."""
        if self._embedder is None or self.index.vectors is None:
            return ("lexical",)
        return ("hybrid", "lexical", "dense")

    @cached_property
    def _faiss(self) -> Any:
        import faiss

        assert self.index.vectors is not None
        flat = faiss.IndexFlatIP(self.index.vectors.shape[1])
        flat.add(np.ascontiguousarray(self.index.vectors))
        return flat

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        mode: Mode = "hybrid",
        concepts: Collection[str] = (),
        boost: float | None = None,
        require_concept: bool = False,
        within: Collection[str] | None = None,
        dense_share: float | None = None,
    ) -> list[Hit]:
        """Return at most `k` hits, best first, equal scores by id.

        `concepts` raise passages that have them, by `boost` (the index's own where None) times the share that they have;
        with `require_concept`, passages with none of them are left out. `within` limits the search to these ids (unknown
        ones are ignored). A passage without a matching term or known word is left out. Raises `ValueError` for an unknown
        mode; a mode that the index cannot serve falls back to lexical.
        """
        if mode not in ("hybrid", "lexical", "dense"):
            raise ValueError(f"mode {mode!r}: expected hybrid, lexical or dense")
        if mode not in self.modes:
            mode = "lexical"
        rows = self._select_rows(concepts if require_concept else (), within)
        if k < 1 or not len(rows):
            return []
        terms = list_terms(query)
        nothing = np.zeros(len(self.index.ids), dtype=np.float32)
        lexical = nothing if mode == "dense" else self._score_lexical(terms)
        dense = nothing if mode == "lexical" else self._score_dense(query, terms)
        share = self.ranking.dense_share if dense_share is None else dense_share
        scores = _combine_mode(mode, lexical[rows], dense[rows], share)
        if concepts:
            scores = scores + np.float32(self.ranking.concept_boost if boost is None else boost) * self._shares(
                rows, concepts
            )
        found = np.flatnonzero((lexical[rows] > 0) | (dense[rows] > 0))
        order = sorted(found, key=lambda place: (-float(scores[place]), self.index.ids[rows[place]]))[:k]
        return [
            Hit(self.index.ids[rows[i]], float(scores[i]), float(lexical[rows[i]]), float(dense[rows[i]]))
            for i in order
        ]

    def _score_lexical(self, terms: Sequence[str]) -> Floats:
        return sum_best_per_field(self.index.lexical.score(terms), self.index.groups, self._weights)

    def _score_dense(self, query: str, terms: Sequence[str]) -> Floats:
        embedder = self._embedder
        if isinstance(embedder, StaticEmbedder) and embedder.tokenizer == "terms":
            vector = embedder.encode_terms([terms])
        else:
            assert embedder is not None
            vector = embedder.encode_queries([query])
        count = self._faiss.ntotal
        if not count or not vector.any():
            return np.zeros(len(self.index.ids), dtype=np.float32)
        similarities, units = self._faiss.search(vector, count)
        scores = np.empty(count, dtype=np.float32)
        scores[units[0]] = similarities[0]
        return best_of_fields(scores, self.index.groups, self._weights)

    def _select_rows(self, concepts: Collection[str], within: Collection[str] | None) -> np.ndarray[Any, Any]:
        count = len(self.index.ids)
        rows = range(count) if within is None else sorted({self._row_of[i] for i in within if i in self._row_of})
        wanted = frozenset(concepts)
        return np.array([row for row in rows if not wanted or self.index.concepts[row] & wanted], dtype=np.int64)

    def _shares(self, rows: np.ndarray[Any, Any], concepts: Collection[str]) -> Floats:
        wanted = frozenset(concepts)
        return np.array([len(self.index.concepts[row] & wanted) / len(wanted) for row in rows], dtype=np.float32)


def _combine_mode(mode: Mode, lexical: Floats, dense: Floats, dense_share: float) -> Floats:
    if mode == "lexical" or not dense.any():
        return scale_to_unit(lexical)
    if mode == "dense":
        return scale_to_unit(dense)
    return combine(lexical, dense, dense_share)
