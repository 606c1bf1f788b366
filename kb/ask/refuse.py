"""Know when not to answer: outside the field, or near it but not covered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kb.ask.coverage import WordCoverage
from kb.ask.figures import KIND, PART, UNRELATED, FigureRecord, place_distance
from kb.ask.frame import Frame
from kb.ask.rank import ClauseRanker, Ranked
from kb.ask.weights import load_weights, probability
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.quantity import same_dimension

Kind = Literal["outside", "words", "property", "document", "elsewhere", "building", "attribute"]

WEIGHTS = Path(__file__).with_name("refusal.json")
"""Weights of the features, fitted by `python -m evals.calibrate` on the tuning questions."""


CLEARLY = 0.8
"""From this share of covered words on, a clause speaks of what is asked whatever else the question names."""


_NEAR, _NEARLY = 3, 0.85
"""The clauses that may set the number asked for: so many at the most, with this share of the best score."""

_LOOKED_AT = 8
"""An attribute (cost, thickness) is covered where one of so many best clauses speaks of it."""

_OWN_TOPIC = 2
"""A topic with at most so many quantities speaks of each of them."""


@dataclass(frozen=True)
class Refusal:
    """Why a question is not answered; `missing` holds the words that nothing covers."""

    kind: Kind
    missing: tuple[str, ...] = ()


def features(
    frame: Frame,
    documents: Sequence[str],
    words: list[WordCoverage],
    ranked: Sequence[Ranked],
    records: Sequence[FigureRecord],
    corpus: Corpus,
    ranker: ClauseRanker,
) -> dict[str, float]:
    """Describe how well a question is covered, in numbers between 0 and about 1."""
    first = ranked[0]
    best = max(ranked[:5], key=lambda r: r.covered)
    concepts = ranker.concepts(first.clause)
    lost = [w.weight for w in words if first.clause.id not in w.clauses and not w.concepts & concepts]
    asked = {*frame.properties, *frame.topics, *frame.facts, *frame.terms}
    return {
        "covered_first": first.covered,
        "covered_best": best.covered,
        "dense": max(r.dense for r in ranked[:5]),
        "lexical": min(max(r.lexical for r in ranked[:5]) / 40, 1.5),
        "asked_words": max(r.measured["asked_words"] for r in ranked[:5]),
        "asked_letters": max(r.measured["asked_letters"] for r in ranked[:5]),
        "asked_votes": max(r.measured["asked_votes"] for r in ranked[:5]),
        "asked_first": first.measured["asked_words"] + first.measured["asked_letters"],
        "heaviest_lost": max(lost, default=0.0) / 6,
        "unknown": min(sum(1 for w in words if not w.known), 4) / 4,
        "has_place": float(bool(frame.places)),
        "place_agrees": float(first.place is not None and first.place <= KIND),
        "place_astray": float(first.place is not None and first.place == UNRELATED),
        "has_topic": float(bool(asked)),
        "topic_agrees": float(bool(asked & concepts)),
        "has_records": float(bool(records)),
        "number_missing": float(asks_number(frame) and not records),
        "has_document": float(bool(documents)),
        "spoken_of": float(not (frame.places and asked) or _spoken_of(frame, documents, corpus, ranker)),
    }


def refusal_of(
    frame: Frame,
    documents: Sequence[str],
    words: list[WordCoverage],
    ranked: Sequence[Ranked],
    records: Sequence[FigureRecord],
    corpus: Corpus,
    ranker: ClauseRanker,
    follows_up: bool = False,
    weights: Mapping[str, float] | None = None,
) -> Refusal | None:
    """Return why a question cannot be answered from the clauses, or None where it can.

    A follow-up leaves out most of what it is about, so that its own words say less. `weights` are those fitted for another
    embedding model than the shipped one.
    """
    unknown = tuple(w.word.surface for w in words if not w.known)
    if not ranked or not (words or frame.concepts or frame.documents or frame.quantities):
        return Refusal("outside", unknown)
    ruled = _ruled_out(frame, documents, ranked, records, corpus, ranker)
    if ruled is not None and not (follows_up and ruled.kind in ("property", "document")):
        return ruled
    measured = features(frame, documents, words, ranked, records, corpus, ranker)
    found = bool(records and (frame.places or frame.conditions) and frame.properties)
    leads = found and any(r.clause.id == ranked[0].clause.id for r in records)
    if probability_covered(measured, weights) >= (0.2 if follows_up or leads else 0.3 if found else 0.5):
        return None
    if not frame.places and not frame.documents and measured["covered_best"] < 0.4:
        return Refusal("outside", unknown)
    if not measured["spoken_of"]:
        return Refusal("document" if documents else "property", unknown)
    return Refusal("words", unknown)


def _ruled_out(
    frame: Frame,
    documents: Sequence[str],
    ranked: Sequence[Ranked],
    records: Sequence[FigureRecord],
    corpus: Corpus,
    ranker: ClauseRanker,
) -> Refusal | None:
    """Refuse what no clause can answer, whatever its words have in common with one."""
    if frame.elsewhere and not frame.documents:
        return Refusal("elsewhere", frame.elsewhere)
    for word in frame.other_documents:
        if not any(word in ranker.text(r.clause) for r in ranked[:_LOOKED_AT]):
            return Refusal("attribute", (word,))
    if frame.asked_dimensions and not records and not frame.properties and not _sets_any(frame, ranked):
        return Refusal("words")
    if ranked[0].covered >= CLEARLY and not frame.properties:
        return None
    buildings = frame.conditions.get("building", ())
    spoken = {b for d in corpus.documents for b in d.buildings}
    if buildings and not set(buildings) & spoken:
        return Refusal("building", buildings)
    scope = [c for c in corpus.clauses if c.text is not None and (not documents or c.document in documents)]
    for name, word in frame.attributes.items() if not frame.quantities else ():
        spoken_of = ranker.attribute_words(name)
        held = [r.clause for r in ranked[:_LOOKED_AT]] if frame.places or frame.topics or frame.terms else scope
        if not any(spoken_of.search(ranker.text(c)) for c in held):
            return Refusal("attribute", (word,))
    if frame.places and frame.properties and not records and not _measured(frame, corpus):
        near = [c for c in scope if _at(frame, c, corpus)]
        wanted = {*frame.properties, *_topics_of(frame.properties, corpus)}
        if not any(wanted & ranker.concepts(c) for c in near):
            return Refusal("document" if documents else "property")
    return None


def _sets_any(frame: Frame, ranked: Sequence[Ranked]) -> bool:
    """Tell whether one of the best clauses sets a figure of a dimension that a word of the question asks for."""
    near = [r for r in ranked[:_NEAR] if r.score >= _NEARLY * ranked[0].score]
    return any(f.value.dimension in frame.asked_dimensions for r in near for f in r.clause.figures)


def _measured(frame: Frame, corpus: Corpus) -> bool:
    """Tell whether the question states a number that one of the properties named could be."""
    units = [unit for p in frame.properties if (unit := corpus.vocabulary.facts[p].unit)]
    return any(same_dimension(unit, m.value.unit) for unit in units for m in frame.quantities)


def _topics_of(properties: Sequence[str], corpus: Corpus) -> set[str]:
    """Return the topics that stand for these quantities: a topic of many (sightline, separation) stands for none."""
    facts = corpus.vocabulary.facts
    counts = Counter(f.topic for f in facts.values() if f.unit is not None and f.topic is not None)
    return {topic for p in properties if (topic := facts[p].topic) is not None and counts[topic] <= _OWN_TOPIC}


def _at(frame: Frame, clause: Clause, corpus: Corpus) -> bool:
    return any(place_distance(corpus.vocabulary, p, s) <= PART for p in frame.places for s in clause.places)


def asks_number(frame: Frame) -> bool:
    """Tell whether a question asks for a number of some dimension, without stating one."""
    asked = frame.dimensions or frame.generic or frame.properties
    return bool(asked) and "figure" in frame.intents and not frame.quantities


def probability_covered(measured: dict[str, float], weights: Mapping[str, float] | None = None) -> float:
    """Return the probability that the guidelines cover a question (logistic regression)."""
    return probability(weights or load_weights(WEIGHTS), measured)


def _spoken_of(frame: Frame, documents: Sequence[str], corpus: Corpus, ranker: ClauseRanker) -> bool:
    """Tell whether any clause speaks of a place and a property that the question names together."""
    asked = {*frame.properties, *frame.topics, *frame.facts, *frame.terms}
    for clause in corpus.clauses:
        if clause.text is None or (documents and clause.document not in documents):
            continue
        if not asked & ranker.concepts(clause):
            continue
        if any(place_distance(corpus.vocabulary, p, s) < UNRELATED for p in frame.places for s in clause.places):
            return True
    return False
