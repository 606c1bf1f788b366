"""Three-valued logic over sets of outcomes, with a fourth outcome for what drops out.

Kleene's unknown is the set of true and false: `false and unknown` is false, `true and unknown` unknown. A node that
does not apply drops out of the node above it (`NONE`); where nothing is left, nothing was checked. `VACUOUS` is a truth
that rests on nothing, such as every member of an empty list: an option like that leaves nothing to ask of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kb.model.answer import VerdictWord
from kb.model.finding import FALSE, NONE, TRUE, VACUOUS

SINGLE = (TRUE, FALSE, NONE, VACUOUS)
UNKNOWN = TRUE | FALSE
HOLDS = TRUE | VACUOUS
"""A condition holds where it is true, and where there is nothing to speak against it."""


def _both(left: int, right: int) -> int:
    if FALSE in (left, right):
        return FALSE
    if TRUE in (left, right):
        return TRUE
    return VACUOUS if VACUOUS in (left, right) else NONE


def _either(left: int, right: int) -> int:
    if VACUOUS in (left, right):
        return VACUOUS
    if TRUE in (left, right):
        return TRUE
    return FALSE if FALSE in (left, right) else NONE


def members(outcomes: int) -> list[int]:
    """List the single outcomes of a set."""
    return [one for one in SINGLE if outcomes & one]


def _lift(operation: Callable[[int, int], int]) -> tuple[tuple[int, ...], ...]:
    def cell(left: int, right: int) -> int:
        found = 0
        for one in members(left):
            for other in members(right):
                found |= operation(one, other)
        return found

    return tuple(tuple(cell(left, right) for right in range(16)) for left in range(16))


BOTH = _lift(_both)
EITHER = _lift(_either)


def all_of(outcomes: Iterable[int]) -> int:
    """Combine nodes that must all hold."""
    result = NONE
    for one in outcomes:
        result = BOTH[result][one]
    return result


def any_of(outcomes: Iterable[int]) -> int:
    """Combine nodes of which one must hold."""
    result = NONE
    for one in outcomes:
        result = EITHER[result][one]
    return result


def negate(outcomes: int) -> int:
    """Turn a node round."""
    result = outcomes & NONE
    if outcomes & HOLDS:
        result |= FALSE
    if outcomes & FALSE:
        result |= TRUE
    return result


def apply_when(condition: int, body: int) -> int:
    """Keep a node where its condition holds; it drops out elsewhere."""
    result = body if condition & HOLDS else 0
    return result | NONE if condition & (FALSE | NONE) else result


def apply_unless(exception: int, body: int) -> int:
    """Drop a node where its exception holds."""
    result = body if exception & (FALSE | NONE) else 0
    return result | NONE if exception & HOLDS else result


def imply(condition: int, body: int) -> int:
    """Ask for a node where the condition holds; elsewhere there is nothing to ask."""
    result = body if condition & HOLDS else 0
    return result | VACUOUS if condition & (FALSE | NONE) else result


def define(definition: int, asked: bool) -> int:
    """Read a yes/no fact off its definition, as a test for yes or for no; unknown where the definition drops out."""
    known = UNKNOWN if definition & ~UNKNOWN else definition
    return known if asked else negate(known)


def verdict_of(outcomes: int) -> VerdictWord:
    """Read the outcomes of a whole requirement.

    Where it is unknown whether it applies: pass if every case that applies passes, else unknown.
    """
    if not outcomes & UNKNOWN:
        return "not_applicable"
    if not outcomes & FALSE:
        return "pass"
    return "fail" if outcomes == FALSE else "unknown"
