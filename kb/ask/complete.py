"""Complete the clauses chosen: the rest of a list, what is accepted instead, the clause that a commentary explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.ask.figures import KIND, compares
from kb.ask.frame import Frame
from kb.ask.rank import ClauseRanker, Ranked
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus

COMMENTARY = "/解説"

_HALF = 0.5
_FEW = 6
"""A list of at most so many items is given whole where half of it is chosen."""

_PARALLEL = 0.6
"""From this share of the best score on, another guideline's best clause on the same subject stands beside it."""


class Completer:
    """Completes choices of clauses of one corpus; `alternatives` are, by clause, the clauses accepted instead."""

    def __init__(self, corpus: Corpus, ranker: ClauseRanker, alternatives: Mapping[str, set[str]]) -> None:
        self._corpus = corpus
        self._ranker = ranker
        self._alternatives = alternatives
        self._order = {clause.id: i for i, clause in enumerate(corpus.clauses)}

    def complete(self, frame: Frame, chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> list[Ranked]:
        """Return the chosen clauses with those that belong to them."""
        if not chosen:
            return []
        by_id = {r.clause.id: r for r in ranked}
        kept = {r.clause.id: r for r in chosen}
        for clause in self._belonging(frame, list(chosen), ranked):
            kept.setdefault(clause.id, by_id.get(clause.id) or replace(chosen[0], clause=clause))
        return list(kept.values())

    def _belonging(self, frame: Frame, chosen: list[Ranked], ranked: Sequence[Ranked]) -> list[Clause]:
        found: list[Clause] = []
        if "reason" not in frame.intents:
            found += self._explained(chosen)
        if "alternative" in frame.intents:
            instead = self._alternatives.get(chosen[0].clause.id, set())
            found += [self._corpus.by_id[i] for i in sorted(instead, key=self._order.__getitem__)]
        if frame.intents & {"list", "alternative", "exception"}:
            found += self._rest_of_list(chosen)
        if compares(frame) and not frame.documents:
            found += self._parallels(frame, chosen[0], ranked)
        return [clause for clause in found if clause.text is not None]

    def _explained(self, chosen: Sequence[Ranked]) -> list[Clause]:
        """Return the clauses that chosen commentaries explain."""
        ids = [r.clause.id.removesuffix(COMMENTARY) for r in chosen if r.clause.id.endswith(COMMENTARY)]
        return [self._corpus.by_id[i] for i in ids if i in self._corpus.by_id]

    def _rest_of_list(self, chosen: Sequence[Ranked]) -> list[Clause]:
        """Return the items of short lists of which half is chosen."""
        ids = {r.clause.id for r in chosen}
        rest: list[Clause] = []
        for above in dict.fromkeys(i.rpartition("/")[0] for i in ids):
            parent = self._corpus.by_id.get(above)
            items = [] if parent is None else [c for c in self._corpus.children(parent) if c.text is not None]
            if 1 < len(items) <= _FEW and sum(c.id in ids for c in items) >= _HALF * len(items):
                rest += items
        return rest

    def _parallels(self, frame: Frame, top: Ranked, ranked: Sequence[Ranked]) -> list[Clause]:
        """Return the best clause of every other guideline that speaks of the place and a subject of the best one."""
        concepts = self._ranker.concepts(top.clause) - set(self._corpus.vocabulary.places)
        best: dict[str, Clause] = {}
        for one in ranked:
            near = not frame.places or (one.place is not None and one.place <= KIND)
            shared = self._ranker.concepts(one.clause) & concepts
            if one.clause.document != top.clause.document and near and shared and one.score >= _PARALLEL * top.score:
                best.setdefault(one.clause.document, one.clause)
        return list(best.values())
