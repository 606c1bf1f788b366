"""Findings as JSON carries them; these models are the contract of `kb check --json`."""

from __future__ import annotations

from pydantic import Field

from kb.model.answer import MissingOption, Number, VerdictWord
from kb.model.base import Frozen, Strength
from kb.model.finding import MissingKind
from kb.model.reason import ReasonRecord


class MissingRecord(Frozen):
    """A fact that would settle the verdict, the place that it is about, and the question to ask for it."""

    fact: str
    question: str
    options: tuple[MissingOption, ...] = ()
    kind: MissingKind = "not_given"
    place: str = ""
    instance: str = ""
    name: str = ""
    measure: str | None = None


class FlipRecord(Frozen):
    """Changes that would lead to another verdict."""

    to: VerdictWord
    changes: tuple[str, ...]


class FindingRecord(Frozen):
    """The verdict on one requirement, or on a part of it with a strength of its own, at one place."""

    id: str
    document: str
    locator: str
    subject: str
    name: str
    instance: str
    verdict: VerdictWord
    strength: Strength
    is_part: bool = False
    actual: str
    required: str
    shortfall: str | None = None
    shortfall_value: Number | None = None
    shortfall_unit: str | None = None
    missing: tuple[MissingRecord, ...] = ()
    compensated_by: tuple[str, ...] = ()
    flips: tuple[FlipRecord, ...] = ()
    because: ReasonRecord
    basis: tuple[str, ...] = ()
    note: str | None = None
    quote: str | None = Field(None, description="The clause in the original's words, where the user has the original.")
    approximate: bool = False
    text: str = Field(description="The whole finding in words.")
