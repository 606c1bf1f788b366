"""What a person decides on a figure that a program has read."""

from __future__ import annotations

from math import isfinite
from typing import Any, Literal

from pydantic import ValidationError

from kb.errors import UsageError
from kb.ingest.model import IngestedFigure
from kb.model.answer import Number, Operator
from kb.model.base import Frozen, Strength
from kb.model.knowledge import Corpus
from kb.quantity import UNITS, same_dimension


class Decision(Frozen):
    """Accept a figure as read, correct some of its parts, drop it, or take a decision back (`unreviewed`)."""

    figure: str
    verdict: Literal["accepted", "corrected", "dropped", "unreviewed"]
    place: str | None = None
    property: str | None = None
    operator: Operator | None = None
    value: Number | None = None
    value_max: Number | None = None
    unit: str | None = None
    strength: Strength | None = None


def decide(figure: IngestedFigure, decision: Decision, corpus: Corpus) -> IngestedFigure:
    """Return the figure as decided; raises `UsageError` where a correction names what the vocabulary lacks."""
    changes: dict[str, Any] = {
        name: value
        for name in ("place", "property", "operator", "value", "value_max", "unit", "strength")
        if (value := getattr(decision, name)) is not None
    }
    if changes and decision.verdict != "corrected":
        raise UsageError("訂正する項目は「訂正」とともに指定してください / changed parts go with `corrected`")
    reviewed = decision.verdict in ("accepted", "corrected")
    if changes.get("place") == "":
        changes["place"] = None
    operator = changes.get("operator", figure.operator)
    if operator != "range" and figure.value_max is not None:
        changes["value_max"] = None
    changed = figure.model_copy(update={**changes, "state": decision.verdict, "reviewed": reviewed})
    if reviewed:
        _check(changed, corpus)
    return changed


def _check(figure: IngestedFigure, corpus: Corpus) -> None:
    vocabulary = corpus.vocabulary
    quantities = [name for name, fact in vocabulary.facts.items() if fact.unit is not None]
    if figure.property not in quantities:
        raise UsageError(
            f"項目 {figure.property!r} は用語集にありません。訂正で項目を選んでください"
            f" / property {figure.property!r} is not in the vocabulary; correct it to one of {', '.join(sorted(quantities))}"
        )
    if figure.place is not None and figure.place not in vocabulary.places:
        raise UsageError(
            f"場所 {figure.place!r} は用語集にありません / place {figure.place!r} is not in the vocabulary"
        )
    unit = vocabulary.facts[figure.property].unit
    if figure.unit not in UNITS or unit is None or not same_dimension(unit, figure.unit):
        raise UsageError(
            f"単位 {figure.unit!r} は{figure.property}に合いません"
            f" / unit {figure.unit!r} does not measure {figure.property} ({unit})"
        )
    if (figure.operator == "range") != (figure.value_max is not None):
        raise UsageError("範囲には上限が必要です / a range has a value and a value_max, and only a range has")
    if figure.unit == "clock":
        from kb.ingest.merge import quantity_of

        quantity_of(figure.value, figure.unit)
    elif not all(_is_number(one) for one in (figure.value, figure.value_max) if one is not None):
        raise UsageError(f"数値ではありません / not a number: {figure.value!r}")


def _is_number(value: Number) -> bool:
    return not isinstance(value, str) and isfinite(value)


def parse_correction(text: str) -> Decision:
    """Read `FIGURE:key=value,key=value`; raises `UsageError` that names what is allowed."""
    figure, colon, parts = text.partition(":")
    allowed = "place, property, operator, value, value_max, unit, strength"
    changes: dict[str, Any] = {}
    for part in parts.split(",") if colon else ():
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if key == "operator" and not value and part.count("="):
            value = part.split("=", 1)[1].strip()
        if not equals or key not in allowed.split(", "):
            raise UsageError(f"--correct {text!r}: {part!r}; ID:key=value,… ({allowed})")
        changes[key] = _number(value) if key in ("value", "value_max") else value
    if not changes:
        raise UsageError(f"--correct {text!r}: ID:key=value,… ({allowed})")
    try:
        return Decision(figure=figure.strip(), verdict="corrected", **changes)
    except ValidationError as error:
        raise UsageError(f"--correct {text!r}: {error.errors()[0]['msg']}") from None


def _number(text: str) -> Number:
    if text.lstrip("-").isdigit():
        return int(text)
    try:
        return float(text)
    except ValueError:
        return text
