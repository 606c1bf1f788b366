"""The tree of reasons behind a verdict, as answers and checks carry it."""

from __future__ import annotations

from typing import Literal

from kb.model.base import Frozen, Strength

Truth = Literal["true", "false", "unknown", "not_applicable"]
ReasonKind = Literal[
    "requirement", "part", "fact", "each", "all_of", "any_of", "not", "if", "present", "any", "every", "instance"
]


class ReasonRecord(Frozen):
    """One node of the tree of reasons."""

    kind: ReasonKind
    truth: Truth
    text: str
    locator: str
    strength: Strength
    place: str
    fact: str | None = None
    actual: str | None = None
    proviso: str | None = None
    claimed: bool = False
    compensates: bool = False
    approximate: bool = False
    separate: bool = False
    when: ReasonRecord | None = None
    unless: ReasonRecord | None = None
    children: tuple[ReasonRecord, ...] = ()


ReasonRecord.model_rebuild()
