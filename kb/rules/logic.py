"""Three-valued logic over sets of outcomes, with a fourth outcome for what drops out.

Kleene's unknown is the set of true and false: `false and unknown` is false, `true and unknown` unknown. A node that
does not apply drops out of the node above it (`NONE`); where nothing is left, nothing was checked. `VACUOUS` is a truth
that rests on nothing, such as every member of an empty list: an option like that leaves nothing to ask of the others.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.model.answer import VerdictWord
from kb.model.finding import FALSE, NONE, TRUE, VACUOUS

SINGLE = (TRUE, FALSE, NONE, VACUOUS)
UNKNOWN = TRUE | FALSE
HOLDS = TRUE | VACUOUS
"""A condition holds where it is true, and where there is nothing to speak against it."""


def members(outcomes: int) -> list[int]:
    """List the single outcomes of a set."""
    return [one for one in SINGLE if outcomes & one]


def both(left: int, right: int) -> int:
    """Combine two nodes that must both hold: false if one is, vacuous only where nothing was checked."""
    found = (left | right) & FALSE
    if (left & TRUE and right & ~FALSE) or (right & TRUE and left & ~FALSE):
        found |= TRUE
    if (left & VACUOUS and right & (NONE | VACUOUS)) or (right & VACUOUS and left & (NONE | VACUOUS)):
        found |= VACUOUS
    return found | (left & right & NONE)


def either(left: int, right: int) -> int:
    """Combine two nodes of which one must hold: vacuous if one is, else true if one is."""
    found = (left | right) & VACUOUS
    if (left & TRUE and right & ~VACUOUS) or (right & TRUE and left & ~VACUOUS):
        found |= TRUE
    if (left & FALSE and right & (FALSE | NONE)) or (right & FALSE and left & (FALSE | NONE)):
        found |= FALSE
    return found | (left & right & NONE)


def all_of(outcomes: Iterable[int]) -> int:
    """Combine nodes that must all hold."""
    result = NONE
    for one in outcomes:
        result = both(result, one)
    return result


def any_of(outcomes: Iterable[int]) -> int:
    """Combine nodes of which one must hold."""
    result = NONE
    for one in outcomes:
        result = either(result, one)
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
