"""What comes out of judging a statement; these models are the contract of `kb judge --json`."""

from __future__ import annotations

from typing import Literal

from kb.model.answer import Citation, SearchInfo
from kb.model.base import Frozen, Language

Judged = Literal["correct", "incorrect", "unsure", "not_covered"]
Fault = Literal["figure", "place", "condition", "strength", "term", "scope", "direction", "quantifier"]


class JudgementReason(Frozen):
    """One part of a statement beside what a clause says of it; both texts are in the statement's language."""

    said: str
    guideline_says: str
    document: str
    locator: str


class OptionJudgement(Frozen):
    """One option of a four-choice item, judged as a statement of its own."""

    number: int
    statement: str
    verdict: Judged
    fault: Fault | None = None
    reasons: tuple[JudgementReason, ...] = ()


class Judgement(Frozen):
    """A judged statement.

    `incorrect` names the `fault`; `unsure` is covered but cannot be decided; `differs` is set where the guidelines that
    speak of it disagree. A four-choice item has `options`, and the number to mark in `marked` where one stands out; its
    verdict is that of the marked option.
    """

    statement: str
    language: Language
    verdict: Judged
    fault: Fault | None = None
    headline: str
    differs: bool = False
    reasons: tuple[JudgementReason, ...] = ()
    citations: tuple[Citation, ...] = ()
    options: tuple[OptionJudgement, ...] = ()
    marked: int | None = None
    search: SearchInfo
    id: str | int | None = None
