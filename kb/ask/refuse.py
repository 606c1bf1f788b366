"""Know when not to answer: outside the field, or near it but not covered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kb.ask.rank import ClauseRanker
from kb.ask.refusal_features import (
    Found,
    measure,
    other_buildings,
    unspoken_attributes,
    unspoken_documents,
)
from kb.ask.weights import load_weights, probability
from kb.model.knowledge import Corpus

Kind = Literal["small_talk", "outside", "words", "property", "document", "elsewhere", "building", "attribute"]

WEIGHTS = Path(__file__).with_name("refusal.json")
"""Weights of the features, fitted by `python -m evals.calibrate` on the tuning questions."""

_FOLLOWING, _FIGURES, _PLAIN = 0.2, 0.3, 0.5
"""From this probability on a question is answered: a follow-up or one whose figures are the best clause's, one whose
figures at its place are found, any other."""

_FAR = 0.4
"""A question of which no clause has this share of its words, without a place or a guideline, is outside the field."""


@dataclass(frozen=True)
class Refusal:
    """Why a question is not answered; `missing` holds the words that nothing covers."""

    kind: Kind
    missing: tuple[str, ...] = ()


def refusal_of(
    found: Found,
    corpus: Corpus,
    ranker: ClauseRanker,
    follows_up: bool = False,
    weights: Mapping[str, float] | None = None,
) -> Refusal | None:
    """Return why a question cannot be answered from the clauses, or None where it can.

    A follow-up leaves out most of what it is about, so that its own words say less. `weights` are those fitted for another
    embedding model than the shipped one.
    """
    frame = found.frame
    unknown = tuple(w.word.surface for w in found.words if not w.known)
    if frame.small_talk and not follows_up:
        return Refusal("small_talk")
    named = frame.concepts or frame.documents or frame.quantities or frame.conditions.keys() - {"building"}
    if not found.ranked or not (found.words or named):
        return Refusal("outside", unknown)
    if frame.elsewhere and not frame.documents:
        return Refusal("elsewhere", frame.elsewhere)
    measured = measure(found, corpus, ranker)
    leads = any(r.clause.id == found.ranked[0].clause.id for r in found.records)
    somewhere = bool(frame.places or frame.conditions)
    figures = bool(found.records and frame.properties) and (somewhere or leads)
    surely = follows_up or figures and somewhere and leads
    least = _FOLLOWING if surely else _FIGURES if figures else _PLAIN
    if probability_covered(measured, weights) >= least:
        return None
    return _explain(found, measured, unknown, corpus, ranker)


def _explain(
    found: Found, measured: Mapping[str, float], unknown: tuple[str, ...], corpus: Corpus, ranker: ClauseRanker
) -> Refusal:
    """Say what of a question that is not covered is to blame."""
    frame = found.frame
    if words := (*unspoken_documents(found, ranker), *unspoken_attributes(found, ranker)):
        return Refusal("attribute", words[:1])
    if buildings := other_buildings(frame, corpus):
        return Refusal("building", buildings)
    if measured["nowhere"]:
        return Refusal("document" if found.documents else "property")
    if not frame.places and not frame.documents and measured["covered_best"] < _FAR:
        return Refusal("outside", unknown)
    if not measured["spoken_of"]:
        return Refusal("document" if found.documents else "property", unknown)
    return Refusal("words", unknown)


def probability_covered(measured: Mapping[str, float], weights: Mapping[str, float] | None = None) -> float:
    """Return the probability that the guidelines cover a question (logistic regression)."""
    return probability(weights or load_weights(WEIGHTS), measured)
