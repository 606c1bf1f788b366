"""Take apart what was traced: parts of another strength, and what stood in for the first choice."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model.finding import FALSE, NONE, TRUE, Reason
from kb.rules.logic import HOLDS, all_of, any_of, apply_unless, apply_when, define, imply, negate
from kb.rules.trace import under_conditions


def find_parts(reason: Reason) -> Iterator[Reason]:
    """Yield the parts that have a strength of their own, each under the conditions that lie above it.

    A part of a conjunction is judged by itself. An option that is weaker or stronger than its first choice is judged
    as an option, and by itself where no other option holds.
    """
    for child in reason.children:
        inner = list(find_parts(child))
        if child.strength != reason.strength and (child.aside or reason.kind == "any_of"):
            inner.insert(0, child._replace(aside=False))
        for part in inner:
            yield _under(reason, child, part)


def _under(reason: Reason, child: Reason, part: Reason) -> Reason:
    when, unless = reason.when, reason.unless
    if reason.kind == "any_of" and len(reason.children) > 1:
        others = tuple(other for other in reason.children if other is not child)
        outcomes = any_of(other.outcomes for other in others)
        rest = Reason("any_of", outcomes, outcomes, reason.strength, reason.clause, reason.place, children=others)
        part = _wrap(part, None, rest)
    if reason.kind == "if":
        part = _wrap(part, reason.children[0], None)
    return part if when is None and unless is None else _wrap(part, when, unless)


def _wrap(part: Reason, when: Reason | None, unless: Reason | None) -> Reason:
    outcomes = under_conditions(when, unless, part.outcomes)
    return Reason(
        "part", outcomes, part.outcomes, part.strength, part.clause, part.place,
        children=(part,), when=when, unless=unless,
    )  # fmt: skip


def core(part: Reason) -> Reason:
    """Return the node that a part is about, without the conditions that lie above it."""
    while part.kind == "part":
        part = part.children[0]
    return part


def asks_for_yes(reason: Reason) -> bool:
    """Tell whether a reason tests a yes/no fact for yes."""
    return reason.test is not None and reason.test.is_ is True


def recombine(reason: Reason, children: list[int], when: int | None = None, unless: int | None = None) -> int:
    """Work out a reason anew from other outcomes of its children, and of its conditions where they are given."""
    body = _body(reason, children)
    if reason.claimed:
        body |= TRUE
    if reason.unless is not None:
        body = apply_unless(reason.unless.outcomes if unless is None else unless, body)
    return body if reason.when is None else apply_when(reason.when.outcomes if when is None else when, body)


def _body(reason: Reason, children: list[int]) -> int:
    maybe_absent = reason.remark == "presence_unknown"
    if reason.kind == "any":
        return any_of([FALSE, *children]) | (FALSE if maybe_absent else 0)
    if reason.kind == "every":
        return all_of(children) | (NONE if maybe_absent else 0)
    if not children:
        return reason.body
    if reason.remark == "derived":
        return define(children[0], asks_for_yes(reason))
    if reason.kind == "any_of":
        return any_of(children)
    if reason.kind == "not":
        return negate(children[0])
    if reason.kind == "if":
        return imply(children[0], all_of(children[1:]))
    return all_of(children) | (NONE if maybe_absent else 0)


def without_compensation(reason: Reason) -> int:
    """Return the outcomes of a reason if nothing could stand in for the first choice."""
    if reason.compensates and reason.outcomes & HOLDS:
        return reason.outcomes & NONE | FALSE
    return recombine(reason, [NONE if child.aside else without_compensation(child) for child in reason.children])


def find_compensation(reason: Reason) -> Iterator[str]:
    """Yield the clauses of the options that stand in for a first choice that does not hold."""
    if reason.outcomes & FALSE or not without_compensation(reason) & FALSE:
        return
    if reason.compensates:
        yield reason.clause
        return
    for child in reason.children:
        if not child.aside:
            yield from find_compensation(child)
