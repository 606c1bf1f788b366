"""Choose the clauses that carry an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.passages import Hit
from indexer.search import Searcher
from kb.ask.coverage import WordCoverage, share_covered
from kb.ask.figures import EXACT, KIND, PART, UNRELATED, WHOLE, conflicts, place_distance
from kb.ask.frame import Frame
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.passages import concepts_of

_PLACE_CREDIT = {EXACT: 0.20, KIND: 0.15, PART: 0.08, WHOLE: 0.05, UNRELATED: -0.25}
_TOPIC_CREDIT = 0.06
_TERM_CREDIT = 0.10
_COVER_CREDIT = 0.35
_POOL = 60


@dataclass(frozen=True)
class Ranked:
    """A clause with its score, the share of the question's words that it covers, and its raw similarities."""

    clause: Clause
    score: float
    covered: float
    lexical: float
    dense: float
    place: int | None


class ClauseRanker:
    """Ranks clauses for a frame: retrieval, then agreement of places, topics and conditions."""

    def __init__(self, corpus: Corpus, searcher: Searcher) -> None:
        self._corpus = corpus
        self._searcher = searcher
        self._concepts = {clause.id: frozenset(concepts_of(corpus, clause)) for clause in corpus.clauses}

    def concepts(self, clause: Clause) -> frozenset[str]:
        """Return the concepts of a clause, with the wider places of its own."""
        return self._concepts[clause.id]

    def rank(self, frame: Frame, query: str, words: list[WordCoverage], documents: Iterable[str]) -> list[Ranked]:
        """Return clauses, best first; those that conflict with the frame or belong to another guideline are left out."""
        wanted = set(documents) or self._speaking_of(frame)
        within = [
            c.id
            for c in self._corpus.clauses
            if c.text is not None and (not wanted or c.document in wanted) and not conflicts(c.when, frame)
        ]
        hits = self._searcher.search(query, k=_POOL, within=within)
        ranked = [self._credit(frame, hit, words) for hit in hits]
        return sorted(ranked, key=lambda r: (-r.score, r.clause.id))

    def _speaking_of(self, frame: Frame) -> set[str]:
        """Return the guidelines that speak of the building types named (all where none is named)."""
        named = set(frame.conditions.get("building", ()))
        return {d.id for d in self._corpus.documents if not named or not d.buildings or named & set(d.buildings)}

    def _credit(self, frame: Frame, hit: Hit, words: list[WordCoverage]) -> Ranked:
        clause = self._corpus.by_id[hit.id]
        concepts = self._concepts[clause.id]
        covered = share_covered(words, clause.id, concepts)
        total = hit.score + _COVER_CREDIT * covered
        distance = None
        if frame.places and clause.places:
            distance = min(place_distance(self._corpus.vocabulary, p, s) for p in frame.places for s in clause.places)
            total += _PLACE_CREDIT[distance]
        total += _TOPIC_CREDIT * sum(topic in concepts for topic in frame.topics)
        total += _TERM_CREDIT * sum(term in concepts for term in frame.terms)
        total += _TERM_CREDIT * sum(name in concepts for name in (*frame.properties, *frame.facts))
        return Ranked(clause, total, covered, hit.lexical, hit.dense, distance)
