"""Whether the words of a question are those of the field: learnt from what is asked of clauses and what never is."""

from __future__ import annotations

from pathlib import Path

from indexer.tokens import list_terms
from kb.ask.weights import load_weights

WEIGHTS = Path(__file__).with_name("field.json")
"""A weight a term, fitted by `python -m evals.calibrate`: above 0 it is asked of clauses, below 0 of what none sets."""

_SCALE = 3.0
"""The log odds are divided by this, so that they lie between about -2 and 3 like other features."""


def list_field_terms(text: str) -> frozenset[str]:
    """Return the terms by which a text is told to be of the field: lemmas and pairs of letters."""
    return frozenset(list_terms(text))


def measure_field(text: str) -> float:
    """Return the log odds (scaled) that the guidelines speak of what a text asks, by its terms alone."""
    weights = load_weights(WEIGHTS)
    return (weights["bias"] + sum(weights.get(term, 0.0) for term in list_field_terms(text))) / _SCALE


def scale_odds(odds: float) -> float:
    """Return log odds as the feature carries them."""
    return odds / _SCALE
