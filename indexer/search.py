"""Hybrid search over a loaded index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np

from indexer.errors import IndexStale
from indexer.index import SearchIndex
from indexer.passages import Hit, Passage
from indexer.published import Reranker
from indexer.ranking import Floats, Rows, average_rows, best_of_owner, check_share, combine, scale_to_unit
from indexer.tokens import list_terms
from indexer.vectors import Embedder, StaticEmbedder

Mode = Literal["hybrid", "lexical", "dense"]

_NO_LIMIT = -float(np.finfo(np.float32).max)


class Searcher:
    """Answers queries from one index; make it once and share it between threads.

    `embedder` encodes queries; without one, the static model kept in the index does. Where the index has neither
    vectors nor a model for queries, every search is lexical (`modes` says which there are). `reranker` reads the first hits
    of a hybrid search again, in the wording that `show` gives of a passage for a query. Raises `IndexStale` where the
    vectors of the index come from another model than `embedder`.
    """

    def __init__(
        self,
        index: SearchIndex,
        embedder: Embedder | None = None,
        reranker: Reranker | None = None,
        show: Callable[[Passage, str], str] | None = None,
    ) -> None:
        held = index.manifest.model
        if embedder is not None and (held is None or held.fingerprint != embedder.fingerprint):
            found = held.name if held else "no embedding model"
            raise IndexStale(f"index made with {found}, query model is {embedder.name}; build the index again")
        self.index = index
        self.ranking = index.settings.ranking
        self._embedder: Embedder | None = embedder or index.model
        self._reranker, self._show = reranker, show or _join_texts
        self._row_of = {name: row for row, name in enumerate(index.ids)}

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The modes that this index can serve."""
        if self._embedder is None or self.index.vectors is None:
            return ("lexical",)
        return ("hybrid", "lexical", "dense")

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

        `concepts` raise passages that have them, by `boost` (the index's own where None) times the share that they
        have; with `require_concept`, passages with none of them are left out. `within` limits the search to these ids
        (unknown ones are ignored). A passage without a matching term or a similarity above 0 is left out. A mode that
        the index cannot serve falls back to lexical. Raises `ValueError` for an unknown mode or a `dense_share`
        outside 0 to 1.
        """
        if mode not in get_args(Mode):
            raise ValueError(f"mode {mode!r}: expected one of {', '.join(get_args(Mode))}")
        share = self.ranking.dense_share if dense_share is None else dense_share
        check_share("dense_share", share)
        rows = self._select_rows(frozenset(concepts) if require_concept else frozenset(), within)
        if k < 1 or not len(rows):
            return []
        lexical, dense = self._score(query, mode if mode in self.modes else "lexical")
        lexical, dense = lexical[rows], dense[rows]
        scores = combine(lexical, dense, share) if lexical.any() and dense.any() else scale_to_unit(lexical + dense)
        if concepts:
            added = self.ranking.concept_boost if boost is None else boost
            scores = scores + np.float32(added) * self._concept_shares(rows, frozenset(concepts))
        found = np.flatnonzero((lexical > 0) | (dense > 0))
        order = self._order(found, scores, rows)
        if self._reranker is not None and mode == "hybrid":
            scores = self._rerank(query, order, scores, rows)
            order = self._order(found, scores, rows)
        order = order[:k]
        return [Hit(self.index.ids[rows[i]], float(scores[i]), float(lexical[i]), float(dense[i])) for i in order]

    def _order(self, found: Rows, scores: Floats, rows: Rows) -> list[int]:
        return sorted(found, key=lambda place: (-float(scores[place]), self.index.ids[rows[place]]))

    def _rerank(self, query: str, order: Sequence[int], scores: Floats, rows: Rows) -> Floats:
        """Mix the reranker's opinion of the first hits into the scores; all others fall behind in proportion."""
        assert self._reranker is not None
        first = list(order[: self.ranking.rerank_depth])
        share = np.float32(self.ranking.rerank_share)
        mixed: Floats = (1 - share) * scores
        mixed[first] += share * self._reranker.score(
            query, [self._show(self.index.passages[rows[place]], query) for place in first]
        )
        return mixed

    @cached_property
    def _faiss(self) -> Any:
        """All texts of the index, then the centroid of each passage, as one exact inner-product index."""
        import faiss

        vectors, owner = self.index.vectors, self.index.passage_of
        assert vectors is not None
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.concatenate([vectors, average_rows(vectors, owner, len(self.index.ids))]))
        return flat

    def _score(self, query: str, mode: Mode) -> tuple[Floats, Floats]:
        terms = list_terms(query)
        nothing = np.zeros(len(self.index.ids), dtype=np.float32)
        lexical = nothing if mode == "dense" else self.index.lexical.score(terms)
        dense = nothing if mode == "lexical" else self._score_dense(query, terms)
        return lexical, dense

    def _score_dense(self, query: str, terms: Sequence[str]) -> Floats:
        embedder, owner, count = self._embedder, self.index.passage_of, len(self.index.ids)
        if isinstance(embedder, StaticEmbedder) and embedder.tokenizer == "terms":
            vector = embedder.encode_terms([terms])
        else:
            assert embedder is not None
            vector = embedder.encode_queries([query])
        if not vector.any():
            return np.zeros(count, dtype=np.float32)
        import faiss

        # One query is too small to share: waiting for a second thread costs more. The number holds for this thread alone.
        flat = self._faiss
        faiss.omp_set_num_threads(1)
        # All of them are wanted and in no order: a range without a limit needs no heap (six times as fast as k = all).
        _, similarities, places = flat.range_search(vector, _NO_LIMIT)
        scores = np.empty(flat.ntotal, dtype=np.float32)
        scores[places] = similarities
        share = np.float32(self.ranking.centroid_share)
        best = best_of_owner(scores[: len(owner)], owner, count)
        mixed: Floats = share * scores[len(owner) :] + (1 - share) * best
        return mixed

    def _select_rows(self, wanted: frozenset[str], within: Collection[str] | None) -> Rows:
        rows: Collection[int] = range(len(self.index.ids))
        if within is not None:
            rows = sorted({self._row_of[name] for name in within if name in self._row_of})
        return np.array([row for row in rows if not wanted or self.index.concepts[row] & wanted], dtype=np.int64)

    def _concept_shares(self, rows: Rows, wanted: frozenset[str]) -> Floats:
        return np.array([len(self.index.concepts[row] & wanted) / len(wanted) for row in rows], dtype=np.float32)


def _join_texts(passage: Passage, query: str) -> str:
    """Show a passage with all its texts, whatever the query."""
    return "\n".join(text for name in sorted(passage.fields) for text in passage.fields[name])
