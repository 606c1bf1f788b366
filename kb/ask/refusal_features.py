"""Describe in numbers how well the guidelines cover a question: the ground for answering it or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kb.ask.coverage import Closeness, WordCoverage
from kb.ask.field import measure_field
from kb.ask.figures import KIND, PART, UNRELATED, FigureRecord, place_distance
from kb.ask.frame import Frame
from kb.ask.rank import ClauseRanker, Ranked
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.quantity import same_dimension

LOOKED_AT = 5
"""So many of the best clauses are looked at closely."""

_NEAR, _NEARLY = 3, 0.85
"""The clauses that may set what is asked for: so many at the most, with this share of the best score."""

_OWN_TOPIC = 2
"""A topic with at most so many quantities speaks of each of them."""

_HEAVIEST = 6.0


@dataclass(frozen=True)
class Found:
    """What was found for a question: guidelines named, content words, clauses ranked with their closeness, figures."""

    frame: Frame
    documents: Sequence[str]
    words: Sequence[WordCoverage]
    ranked: Sequence[Ranked]
    near: Sequence[Closeness]
    records: Sequence[FigureRecord]


def measure(found: Found, corpus: Corpus, ranker: ClauseRanker) -> dict[str, float]:
    """Describe how well a question is covered, in numbers between about -2 and 3, most of them between 0 and 1."""
    frame = found.frame
    return {
        **_measure_words(found, ranker),
        **_measure_rank(found),
        **_measure_frame(found, corpus, ranker),
        "field": measure_field(frame.mended),
        "attribute": float(bool(unspoken_attributes(found, ranker))),
        "other_document": float(bool(unspoken_documents(found, ranker))),
        "other_building": float(bool(other_buildings(frame, corpus))),
        "dimension_unset": float(dimension_unset(found)),
        "nowhere": float(nowhere(found, corpus, ranker)),
    }


def _measure_words(found: Found, ranker: ClauseRanker) -> dict[str, float]:
    """How much of the words the best clauses have, by themselves, by a concept, or by a word of like use."""
    ranked = found.ranked[:LOOKED_AT]
    weights = [w.weight for w in found.words]
    total = sum(weights) or 1.0
    held = [_held(found.words, one, ranker) for one in ranked]
    soft = [
        [max(float(h), c) for h, c in zip(own, near.words, strict=True)]
        for own, near in zip(held, found.near, strict=True)
    ]
    shares = [sum(w * s for w, s in zip(weights, row, strict=True)) / total if weights else 1.0 for row in soft]
    lost = [w for w, h in zip(weights, held[0], strict=True) if not h]
    faint = [w * (1 - s) for w, s in zip(weights, soft[0], strict=True)]
    return {
        "covered_first": ranked[0].covered,
        "covered_best": max(r.covered for r in ranked),
        "heaviest_lost": max(lost, default=0.0) / _HEAVIEST,
        "unknown": min(sum(1 for w in found.words if not w.known), 4) / 4,
        "soft_first": shares[0],
        "soft_best": max(shares),
        "soft_lost": max(faint, default=0.0) / _HEAVIEST,
        "soft_least": min(found.near[0].words, default=1.0),
        "near_first": found.near[0].whole,
        "no_words": float(not found.words),
    }


def _held(words: Sequence[WordCoverage], one: Ranked, ranker: ClauseRanker) -> list[bool]:
    concepts = ranker.concepts(one.clause)
    return [one.clause.id in w.clauses or bool(w.concepts & concepts) for w in words]


def _measure_rank(found: Found) -> dict[str, float]:
    """How well the best clauses fit, and how far the first is ahead."""
    ranked, first = found.ranked[:LOOKED_AT], found.ranked[0]
    return {
        "score": first.score,
        "ahead": first.score - ranked[1].score if len(ranked) > 1 else 0.0,
        "dense": max(r.dense for r in ranked),
        "lexical": min(max(r.lexical for r in ranked) / 40, 1.5),
        "asked_words": max(r.measured["asked_words"] for r in ranked),
        "asked_letters": max(r.measured["asked_letters"] for r in ranked),
        "asked_votes": max(r.measured["asked_votes"] for r in ranked),
        "asked_first": first.measured["asked_words"] + first.measured["asked_letters"],
        "place_agrees": float(first.place is not None and first.place <= KIND),
        "place_astray": float(first.place is not None and first.place == UNRELATED),
    }


def _measure_frame(found: Found, corpus: Corpus, ranker: ClauseRanker) -> dict[str, float]:
    """What the question names, and whether the clauses found answer that kind of question."""
    frame, first = found.frame, found.ranked[0]
    asked = {*frame.properties, *frame.topics, *frame.facts, *frame.terms}
    english = float(frame.language == "en")
    return {
        "has_place": float(bool(frame.places)),
        "has_topic": float(bool(asked)),
        "topic_agrees": float(bool(asked & ranker.concepts(first.clause))),
        "has_records": float(bool(found.records)),
        "number_missing": float(asks_number(frame) and not found.records),
        "how_much": float(frame.asks_amount),
        "how_much_unset": float(frame.asks_amount and not found.records),
        "how_much_no_figure": float(frame.asks_amount and not found.records and not first.clause.figures),
        "has_document": float(bool(found.documents)),
        "spoken_of": float(not (frame.places and asked) or spoken_of(frame, found.documents, corpus, ranker)),
        "english": english,
        "english_covered": english * first.covered,
    }


def leading(found: Found) -> list[Clause]:
    """Return the clauses that rank about as high as the best one: those that would carry an answer."""
    first = found.ranked[0].score
    return [r.clause for r in found.ranked[:_NEAR] if r.score >= _NEARLY * first]


def unspoken_attributes(found: Found, ranker: ClauseRanker) -> tuple[str, ...]:
    """Return the words that ask something of the subject (its cost, its maker) of which no leading clause speaks."""
    clauses = leading(found)
    return tuple(
        word
        for name, word in found.frame.attributes.items()
        if not any(ranker.attribute_words(name).search(ranker.text(c)) for c in clauses)
    )


def unspoken_documents(found: Found, ranker: ClauseRanker) -> tuple[str, ...]:
    """Return the laws, standards and documents named that are not held and that no leading clause names."""
    clauses = leading(found)
    return tuple(w for w in found.frame.other_documents if not any(w in ranker.text(c) for c in clauses))


def other_buildings(frame: Frame, corpus: Corpus) -> tuple[str, ...]:
    """Return the building types named where no guideline is for any of them."""
    named = frame.conditions.get("building", ())
    spoken = {b for d in corpus.documents for b in d.buildings}
    return () if set(named) & spoken else named


def dimension_unset(found: Found) -> bool:
    """Tell whether a word asks for a number of a dimension (何メートル) of which the leading clauses set none."""
    frame = found.frame
    if not frame.asked_dimensions or found.records or frame.properties:
        return False
    return not any(f.value.dimension in frame.asked_dimensions for c in leading(found) for f in c.figures)


def nowhere(found: Found, corpus: Corpus, ranker: ClauseRanker) -> bool:
    """Tell whether no clause about the place named speaks of the quantity named."""
    frame = found.frame
    if not (frame.places and frame.properties) or found.records or _stated(frame, corpus):
        return False
    wanted = {*frame.properties, *_topics_of(frame.properties, corpus)}
    scope = (c for c in corpus.clauses if c.text is not None and (not found.documents or c.document in found.documents))
    return not any(wanted & ranker.concepts(c) for c in scope if _at(frame, c, corpus))


def asks_number(frame: Frame) -> bool:
    """Tell whether a question asks for a number of some dimension, without stating one."""
    asked = frame.dimensions or frame.generic or frame.properties
    return bool(asked) and "figure" in frame.intents and not frame.quantities


def _stated(frame: Frame, corpus: Corpus) -> bool:
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


def spoken_of(frame: Frame, documents: Sequence[str], corpus: Corpus, ranker: ClauseRanker) -> bool:
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
