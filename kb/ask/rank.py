"""Choose the clauses that carry an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from indexer.passages import Hit
from indexer.search import Searcher
from kb.ask.coverage import WordCoverage, share_covered
from kb.ask.figures import EXACT, KIND, PART, UNRELATED, WHOLE, conflicts, place_distance
from kb.ask.frame import Frame
from kb.ask.labels import named_labels
from kb.ask.phrases import PhraseBank
from kb.ask.weights import load_weights
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.model.language import LanguageCues
from kb.model.vocabulary import Concept
from kb.passages import concepts_of
from kb.text import fold

WEIGHTS = Path(__file__).with_name("ranking.json")
"""Weights of the features, fitted by `python -m evals.calibrate` on the tuning questions."""

_DISTANCES = {
    EXACT: "place_exact",
    KIND: "place_kind",
    PART: "place_part",
    WHOLE: "place_whole",
    UNRELATED: "place_astray",
}
_POOL = 60
_UNASKED = (0.0, 0.0, 0.0)
"""A clause whose questions share nothing with this one."""


@dataclass(frozen=True)
class Ranked:
    """A clause with its score, the share of the question's words that it covers, and its raw similarities."""

    clause: Clause
    score: float
    covered: float
    lexical: float
    dense: float
    place: int | None
    measured: dict[str, float]


class ClauseRanker:
    """Ranks clauses for a frame: retrieval, then agreement of places, topics and conditions."""

    def __init__(self, corpus: Corpus, searcher: Searcher, cues: LanguageCues, questions: PhraseBank) -> None:
        self._corpus = corpus
        self._cues = cues
        self._searcher = searcher
        self._questions = questions
        self._texts: dict[str, str] = {}
        self._itself = frozenset(_clauses_about_itself(corpus))
        self._concepts = {clause.id: frozenset(concepts_of(corpus, clause)) for clause in corpus.clauses}

    def concepts(self, clause: Clause) -> frozenset[str]:
        """Return the concepts of a clause, with the wider places of its own."""
        return self._concepts[clause.id]

    def attribute_words(self, name: str) -> re.Pattern[str]:
        """Return the pattern of the words that name an attribute (`cost`)."""
        return self._cues.attribute_pattern(name)

    def text(self, clause: Clause) -> str:
        """Return the restatements of a clause in normal form, both languages."""
        held = self._texts.get(clause.id)
        if held is None:
            held = self._texts[clause.id] = fold(f"{clause.text.ja} {clause.text.en}" if clause.text else "")
        return held

    def rank(self, frame: Frame, query: str, words: list[WordCoverage], documents: Iterable[str]) -> list[Ranked]:
        """Return clauses, best first; those that conflict with the frame or belong to another guideline are left out."""
        wanted = set(documents) or self._speaking_of(frame)
        within = [
            c.id
            for c in self._corpus.clauses
            if c.text is not None and (not wanted or c.document in wanted) and not conflicts(c.when, frame)
        ]
        expanded = self._expand(frame, query)
        hits = self._searcher.search(expanded, k=_POOL, within=within)
        bare = hits if expanded == query else self._searcher.search(query, k=_POOL, within=within)
        plain = {hit.id: hit for hit in bare}
        asked = self._questions.likest(query, self._cues)
        ranked = [self._credit(frame, hit, plain.get(hit.id), words, asked.get(hit.id, _UNASKED)) for hit in hits]
        return sorted(ranked, key=lambda r: (-r.score, r.clause.id))

    def _expand(self, frame: Frame, query: str) -> str:
        """Add the names of the concepts that the question mentions, in both languages, where it words them otherwise."""
        vocabulary = self._corpus.vocabulary
        sections: dict[str, Mapping[str, Concept]] = {
            "place": vocabulary.places,
            "term": vocabulary.terms,
            "topic": vocabulary.topics,
        }
        names = [query]
        for mention in frame.mentions:
            concept = sections.get(mention.section, {}).get(mention.id)
            if concept is not None:
                names += [n for n in (concept.label.ja, concept.label.en) if n not in names]
        return " ".join(names)

    def _speaking_of(self, frame: Frame) -> set[str]:
        """Return the guidelines that speak of the building types named (all where none is named)."""
        named = set(frame.conditions.get("building", ()))
        spoken = {d.id for d in self._corpus.documents if not named or not d.buildings or named & set(d.buildings)}
        for concept in (*frame.places, *frame.terms):
            holders = self._holders.get(concept, frozenset())
            if holders and not holders & spoken:  # only guidelines of other building types know the thing
                spoken |= holders
        return spoken

    @cached_property
    def _holders(self) -> dict[str, frozenset[str]]:
        """The guidelines whose clauses speak of a concept."""
        held: dict[str, set[str]] = {}
        for clause in self._corpus.clauses:
            for concept in self._concepts[clause.id]:
                held.setdefault(concept, set()).add(clause.document)
        return {concept: frozenset(documents) for concept, documents in held.items()}

    def _credit(
        self, frame: Frame, hit: Hit, plain: Hit | None, words: list[WordCoverage], asked: tuple[float, float, float]
    ) -> Ranked:
        clause = self._corpus.by_id[hit.id]
        concepts = self._concepts[clause.id]
        covered = share_covered(words, clause.id, concepts)
        distance = None
        if frame.places and clause.places:
            distance = min(place_distance(self._corpus.vocabulary, p, s) for p in frame.places for s in clause.places)
        measured = self._measure(frame, clause, concepts, hit.score, covered, distance)
        measured["plain"] = plain.score if plain else 0.0
        measured["asked_words"], measured["asked_letters"], measured["asked_votes"] = asked
        weights = load_weights(WEIGHTS)
        total = sum(weights.get(name, 0.0) * value for name, value in measured.items())
        lexical, dense = (plain.lexical, plain.dense) if plain else (0.0, 0.0)
        return Ranked(clause, total, covered, lexical, dense, distance, measured)

    def _measure(
        self, frame: Frame, clause: Clause, concepts: frozenset[str], score: float, covered: float, distance: int | None
    ) -> dict[str, float]:
        """Describe how a clause fits a frame, in numbers."""
        measured = {"retrieval": score, "covered": covered}
        if distance is not None:
            measured[_DISTANCES[distance]] = 1.0
        elif frame.places:
            measured["placeless"] = 1.0
        if frame.places and clause.places:
            held = sum(
                any(place_distance(self._corpus.vocabulary, p, s) <= KIND for s in clause.places) for p in frame.places
            )
            measured["all_places"] = held / len(frame.places)
        measured["topics"] = float(sum(topic in concepts for topic in frame.topics))
        measured["topics_share"] = measured["topics"] / len(frame.topics) if frame.topics else 0.0
        measured["terms"] = float(sum(term in concepts for term in frame.terms))
        measured["properties"] = float(any(name in concepts for name in frame.properties))
        measured["facts"] = float(sum(name in concepts for name in frame.facts))
        for fact, values in frame.conditions.items():
            said = clause.when.get(fact)
            if said is not None and fact != "building":
                measured["condition"] = 1.0 if set(values) & set(said if isinstance(said, tuple) else (said,)) else 0.0
        measured[f"kind_{clause.kind}"] = 1.0
        if clause.kind == "definition" and "define" in frame.intents:
            measured["defines"] = 1.0
        if clause.kind == "table" or any(label.startswith("表") for label in clause.locator.split("/")[1:]):
            measured["tabular"] = 1.0
        if clause.figures and "figure" in frame.intents:
            measured["figures"] = 1.0
        if "mandatory" in frame.intents and clause.strength is None:
            measured["unbinding"] = 1.0
        if "reason" in frame.intents and self._explains(clause):
            measured["explains"] = 1.0
        if "exception" in frame.intents and self._marked(clause, "exception"):
            measured["excepts"] = 1.0
        if clause.kind == "definition" and not frame.intents & {"define", "difference"}:
            measured["unasked_definition"] = 1.0
        if clause.id in self._itself and not (frame.places or frame.terms or frame.properties):
            measured["itself"] = 1.0
            measured["itself_named"] = float(bool(frame.documents))
        labels = named_labels(frame.mended)
        if labels:
            measured["label_named"] = float(bool(labels & set(clause.locator.split("/"))))
        measured |= self._measure_figures(frame, clause)
        if "alternative" in frame.intents and self._is_fallback(clause):
            measured["fallback"] = 1.0
        return measured

    @staticmethod
    def _measure_figures(frame: Frame, clause: Clause) -> dict[str, float]:
        """Describe how the figures of a clause fit the number that a question asks for or states."""
        measured: dict[str, float] = {}
        named = {*frame.properties, *frame.generic}
        if any(f.property in named for f in clause.figures):
            measured["figure_named"] = 1.0
        if frame.dimensions and any(f.value.dimension in frame.dimensions for f in clause.figures):
            measured["figure_dimension"] = 1.0
        stated = {(m.value.dimension, m.value.base) for m in frame.quantities}
        if any((f.value.dimension, f.value.base) in stated for f in clause.figures):
            measured["figure_stated"] = 1.0
        return measured

    def _explains(self, clause: Clause) -> bool:
        return clause.kind == "explanation" or "解説" in clause.locator or self._marked(clause, "reason")

    def _is_fallback(self, clause: Clause) -> bool:
        return self._marked(clause, "fallback")

    def _marked(self, clause: Clause, kind: str) -> bool:
        """Tell whether a clause has a word that shows its kind (an exception, a reason, a fallback)."""
        return self._cues.mark_pattern(kind).search(self.text(clause)) is not None


def _clauses_about_itself(corpus: Corpus) -> Iterator[str]:
    """Yield the ids of the clauses in which a guideline speaks of itself: force, addressees, scope, dates."""
    for document in corpus.documents:
        told = (document.legal_force.clause, document.addressees.clause, document.scope.clause)
        for locator in (*told, *(event.clause for event in document.dates)):
            if locator is not None:
                yield f"{document.id} {locator}"
