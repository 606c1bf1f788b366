"""The smallest sets of facts that would lead to another verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from kb.model.finding import FALSE, NONE, Reason
from kb.rules.logic import HOLDS, UNKNOWN
from kb.rules.parts import asks_for_yes

KEPT = 16
"""How many sets are kept at each node, the smallest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """One test of one fact that should come out as said."""

    reason: Reason
    holds: bool

    @property
    def name(self) -> tuple[object, ...]:
        """What makes two wishes the same."""
        node = self.reason.node
        return (self.reason.place, None if node is None else (node.fact, node.place, node.test), self.holds)


Ways = list[tuple[Wish, ...]]


def ways_to(reason: Reason, wanted: int) -> Ways:
    """List the sets of wishes that bring a reason's outcomes within `wanted`, the smallest first.

    Conditions that are known stay as they are.
    """
    if not reason.outcomes & ~wanted:
        return [()]
    needed = [_body(reason, wanted)]
    instead: Ways = []
    for condition, holds, fails in ((reason.when, HOLDS, FALSE | NONE), (reason.unless, FALSE | NONE, HOLDS)):
        if condition is not None and wanted & NONE:
            instead += _condition(condition, fails)
        elif condition is not None:
            needed.insert(0, _condition(condition, holds))
    return _smallest([*_join(needed), *instead])


def _condition(condition: Reason, wanted: int) -> Ways:
    known = not condition.outcomes & HOLDS or not condition.outcomes & (FALSE | NONE)
    if known:
        return [()] if condition.outcomes & wanted else []
    return ways_to(condition, wanted)


def _body(reason: Reason, wanted: int) -> Ways:
    holds = bool(wanted & HOLDS)
    children = [child for child in reason.children if not child.aside]
    if reason.kind in ("fact", "each", "present") and reason.remark != "derived":
        return [()] if not reason.body & ~wanted and not reason.claimed else [(Wish(reason, holds),)]
    if not children:
        return [] if reason.body & ~wanted else [()]
    if reason.kind == "not" or (reason.remark == "derived" and not asks_for_yes(reason)):
        return ways_to(children[0], FALSE if holds else HOLDS)
    if reason.kind == "if":
        then = [ways_to(child, HOLDS | NONE if holds else FALSE) for child in children[1:]]
        if not holds:
            return _join([_condition(children[0], HOLDS), *then]) if then else []
        return [*_join(then), *_condition(children[0], FALSE | NONE)]
    if (reason.kind in ("any_of", "any")) == holds:
        return _smallest(way for child in children for way in ways_to(child, HOLDS if holds else FALSE))
    return _join([ways_to(child, (HOLDS if holds else FALSE) | NONE) for child in children])


def _join(several: list[Ways]) -> Ways:
    found: Ways = [()]
    for ways in several:
        found = _smallest((*left, *right) for left, right in product(found, ways))
    return found


def _smallest(ways: Iterable[tuple[Wish, ...]]) -> Ways:
    return sorted(ways, key=len)[:KEPT]


def without_spare(ways: Ways) -> Ways:
    """Keep the sets that contain no other set."""
    kept: list[tuple[frozenset[object], tuple[Wish, ...]]] = []
    for way in sorted(ways, key=len):
        names: frozenset[object] = frozenset(wish.name for wish in way)
        if not any(smaller <= names for smaller, _ in kept):
            kept.append((names, way))
    return [way for _, way in kept]


def targets(outcomes: int) -> list[int]:
    """Say to which outcomes a verdict can flip."""
    if outcomes == FALSE:
        return [HOLDS]
    if outcomes & FALSE:
        return [HOLDS, FALSE]
    return [FALSE] if outcomes & UNKNOWN else []
