"""What comes out of judging a requirement: the verdict, the tree of reasons, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from kb.model.answer import VerdictWord
from kb.model.base import Strength, Text
from kb.model.facts import FactValue, PlaceInstance
from kb.model.reason import ReasonKind, Truth
from kb.model.requirement import Node, Requirement, Test
from kb.quantity import Quantity

TRUE, FALSE, NONE, VACUOUS = 1, 2, 4, 8
"""Outcomes of a node, as bits: holds, does not hold, drops out, holds with nothing to check.

What is not known is a set of several: an unknown fact can turn out `TRUE | FALSE`, a passing node under an unknown
condition `TRUE | NONE`.
"""

Remark = Literal[
    "not_given", "other_measure", "several_values", "empty_list", "absent", "other_place", "presence_unknown", "derived"
]
MissingKind = Literal["not_given", "other_measure", "several_values", "presence", "proviso"]


def truth_of(outcomes: int) -> Truth:
    """Say what a set of outcomes means for a reader."""
    if not outcomes & (TRUE | FALSE):
        return "not_applicable" if outcomes & NONE else "true"
    if outcomes & FALSE:
        return "false" if outcomes == FALSE else "unknown"
    return "true" if not outcomes & NONE else "unknown"


class Reason(NamedTuple):
    """One node of the tree of reasons.

    `body` is the outcome of the node itself, `outcomes` what is left of it under `when` and `unless`; `aside` marks a
    node of another strength than the node above it, which does not count there and makes a part of its own.
    `operand` holds the fact's known values at `place`. For `any` and `every` the children are the instances that
    decide, `total` counts all.
    """

    kind: ReasonKind
    outcomes: int
    body: int
    strength: Strength
    clause: str
    place: PlaceInstance
    node: Node | None = None
    operand: tuple[FactValue, ...] = ()
    children: tuple[Reason, ...] = ()
    when: Reason | None = None
    unless: Reason | None = None
    remark: Remark | None = None
    claimed: bool = False
    aside: bool = False
    total: int = 0

    @property
    def truth(self) -> Truth:
        """The outcome in words."""
        return truth_of(self.outcomes)

    @property
    def weight(self) -> int:
        """The outcomes that count for the node above."""
        return NONE if self.aside else self.outcomes

    @property
    def fact(self) -> str | None:
        """The id of the fact that is tested here."""
        return self.node.fact if self.node is not None and self.kind in ("fact", "each") else None

    @property
    def test(self) -> Test | None:
        """What the fact is compared with."""
        return self.node.test if self.node is not None and self.kind in ("fact", "each") else None

    @property
    def proviso(self) -> Text | None:
        """The reservation that the clause attaches to the node."""
        return None if self.node is None else self.node.proviso

    @property
    def compensates(self) -> bool:
        """Whether the node stands in for the first choice."""
        return self.node is not None and self.node.compensates

    def walk(self) -> Iterator[Reason]:
        """Yield this reason and every reason below it, conditions included."""
        yield self
        for below in (self.when, self.unless, *self.children):
            if below is not None:
                yield from below.walk()


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer to the question for a missing fact."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that would settle the verdict, and the question to ask for it."""

    kind: MissingKind
    fact: str
    place: PlaceInstance
    measure: str | None
    question: Text
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One fact made so that it passes (`holds`) or fails a test; `value` is one that does it."""

    place: PlaceInstance
    fact: str
    test: Test | None
    holds: bool
    value: FactValue
    text: Text


@dataclass(frozen=True, slots=True)
class Flip:
    """A set of changes, none to spare, that would lead to another verdict."""

    to: Literal["pass", "fail"]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is lacking: in words, and as a quantity where the first lack is one (`over` where it is too much)."""

    text: Text
    fact: str | None = None
    amount: Quantity | None = None
    over: bool = False


class Inquiry(Protocol):
    """Works out, on demand, what a finding does not carry ready-made."""

    def missing(self, finding: Finding) -> tuple[MissingFact, ...]:
        """List the facts that would settle the verdict, the most useful first."""

    def flips(self, finding: Finding) -> tuple[Flip, ...]:
        """List the smallest sets of changes that would flip the verdict."""

    def actual(self, finding: Finding) -> Text:
        """Say what the design has."""

    def required(self, finding: Finding) -> Text:
        """Say what the clause asks for."""

    def shortfall(self, finding: Finding) -> Shortfall | None:
        """Say what is lacking, where the verdict is `fail`."""

    def text(self, finding: Finding) -> Text:
        """Put the whole finding into words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one requirement, or on a part of it that has a strength of its own, at one place.

    A missed recommendation is `fail` with strength `should`. `parts` never change the verdict of the whole.
    """

    requirement: Requirement
    place: PlaceInstance
    locator: str
    verdict: VerdictWord
    strength: Strength
    because: Reason
    compensated_by: tuple[str, ...] = ()
    parts: tuple[Finding, ...] = ()
    is_part: bool = False
    inquiry: Inquiry = field(repr=False, compare=False, kw_only=True)

    @property
    def id(self) -> str:
        """The id of the requirement."""
        return self.requirement.id

    @property
    def document(self) -> str:
        """The id of the guideline."""
        return self.requirement.document

    @property
    def subject(self) -> str:
        """The place id of what was judged."""
        return self.place.place

    @property
    def name(self) -> str:
        """The name of what was judged."""
        return self.place.name

    @property
    def missing(self) -> tuple[MissingFact, ...]:
        """The facts that would settle an unknown verdict, the most useful first."""
        return self.inquiry.missing(self)

    @property
    def flips(self) -> tuple[Flip, ...]:
        """The smallest sets of changes that would flip the verdict."""
        return self.inquiry.flips(self)

    @property
    def actual(self) -> Text:
        """What the design has."""
        return self.inquiry.actual(self)

    @property
    def required(self) -> Text:
        """What the clause asks for."""
        return self.inquiry.required(self)

    @property
    def shortfall(self) -> Shortfall | None:
        """What is lacking."""
        return self.inquiry.shortfall(self)

    @property
    def text(self) -> Text:
        """The whole finding in words."""
        return self.inquiry.text(self)

    @property
    def approximate(self) -> bool:
        """Whether a figure that was compared is worded as approximate."""
        return any(r.test is not None and r.test.approximate and bool(r.operand) for r in self.because.walk())

    def flat(self) -> Iterator[Finding]:
        """Yield this finding and its parts."""
        yield self
        yield from self.parts


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two requirements that one design cannot both meet."""

    first: Requirement
    second: Requirement
    place: str
    fact: str
    text: Text
