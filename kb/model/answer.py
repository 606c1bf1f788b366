"""What an answer is made of; these models are the contract of `kb ask --json`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from kb.model.base import Frozen, Language, Strength
from kb.model.reason import ReasonRecord

VerdictWord = Literal["pass", "pass_by_alternative", "fail", "unknown", "not_applicable"]
Number = int | float | str
Operator = Literal[">=", ">", "<=", "<", "=", "range"]


class Value(Frozen):
    """A figure that a clause sets: `value` is a number, or a time such as "23:00"."""

    value: Number
    value_max: Number | None = None
    operator: Operator
    unit: str
    approximate: bool = False
    measure: str | None = None
    property: str
    place: str | None = None
    conditions: dict[str, Any] = Field(default_factory=dict)
    strength: Strength | None = None
    document: str
    locator: str
    reviewed: bool = True


class Citation(Frozen):
    """A clause that carries the answer; `quote` is the original wording where the user has added it."""

    document: str
    title: str
    locator: str
    label: str
    text: str
    quote: str | None = None
    note: str | None = None
    strength: Strength | None = None
    score: float = 0.0
    edition: int | None = None


class Missing(Frozen):
    """A fact that would settle the answer, and the question to ask for it."""

    fact: str
    question: str
    options: tuple[MissingOption, ...] = ()


class MissingOption(Frozen):
    """A possible value of a missing fact."""

    value: str
    label: str


class Understood(Frozen):
    """A word of the question and what it was taken for."""

    span: tuple[int, int]
    surface: str
    concept: str
    label: str


class Finding(Frozen):
    """The outcome of one requirement or figure on the stated facts; `because` is how a requirement came to it."""

    document: str
    locator: str
    subject: str | None = None
    conditions: dict[str, Any] = Field(default_factory=dict)
    verdict: VerdictWord
    strength: Strength | None = None
    actual: str | None = None
    required: str | None = None
    shortfall: str | None = None
    text: str = ""
    because: ReasonRecord | None = None


class Verdict(Frozen):
    """The verdict on what the asker stated; `differs` where guidelines disagree."""

    value: VerdictWord | Literal["differs"]
    strength: Strength | None = None
    findings: tuple[Finding, ...] = ()


class SearchInfo(Frozen):
    """How the clauses were found."""

    mode: Literal["hybrid", "lexical"]
    took_ms: float


class Wording(Frozen):
    """Whether a language model reworded an answer: its text, or the reason why it is not used.

    `reason` is `not_covered`, `timeout: …`, `unavailable: …`, or names the statement and what differed.
    """

    used: bool
    model: str
    text: str | None = None
    reason: str | None = None


class Answer(Frozen):
    """A finished answer; `wording` is set only where a language model was asked to reword it."""

    question: str
    language: Language
    status: Literal["answered", "needs_facts", "not_covered"]
    headline: str
    text: str
    verdict: Verdict | None = None
    values: tuple[Value, ...] = ()
    citations: tuple[Citation, ...] = ()
    missing: tuple[Missing, ...] = ()
    understood: tuple[Understood, ...] = ()
    search: SearchInfo
    wording: Wording | None = None
    id: str | int | None = None


class SearchHit(Frozen):
    """One clause found by `kb search`."""

    document: str
    locator: str
    label: str
    text: str
    score: float


Missing.model_rebuild()
