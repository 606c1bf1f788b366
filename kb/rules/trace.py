"""Evaluate the nodes of a requirement at a place, and keep every step as a reason."""

from __future__ import annotations

from typing import NamedTuple

from kb.errors import IncompatibleUnits, InputError
from kb.model.base import Strength
from kb.model.facts import FactValue, PlaceInstance, Presence
from kb.model.finding import FALSE, NONE, TRUE, VACUOUS, Reason, Remark
from kb.model.reason import ReasonKind
from kb.model.requirement import Node, OtherPlace, Requirement, Test
from kb.rules.leaf import test_fact
from kb.rules.logic import (
    HOLDS,
    UNKNOWN,
    all_of,
    any_of,
    apply_unless,
    apply_when,
    define,
    imply,
    negate,
)
from kb.rules.strengths import strength_of
from kb.rules.view import Overlay, View, key, stand_in

SHOWN = 20
"""How many instances of another place a reason lists; those that decide come first."""

_WITHOUT_INSTANCES: dict[Presence, Remark | None] = {
    "absent": "absent",
    "unknown": "presence_unknown",
    "present": None,
}


class _Step(NamedTuple):
    """What a node comes to at a place, before its conditions."""

    kind: ReasonKind
    body: int
    place: PlaceInstance | None = None
    operand: tuple[FactValue, ...] = ()
    children: tuple[Reason, ...] = ()
    remark: Remark | None = None
    total: int = 0


class Tracer:
    """Evaluates one requirement over a view, with the facts of an overlay in place of the design's."""

    def __init__(self, view: View, requirement: Requirement, overlay: Overlay | None = None) -> None:
        self._view = view
        self._requirement = requirement
        self._overlay = overlay or {}
        self._strength = strength_of(requirement)
        self._elsewhere: dict[int, _Step] = {}
        self._borrowed: dict[int, Reason] = {}
        self._judged: dict[str, bool] = {}
        self._deriving: tuple[str, ...] = ()

    def requirement(self, place: PlaceInstance) -> Reason:
        """Trace the whole requirement at one place."""
        rule = self._requirement
        strength = self._strength
        remark: Remark | None = None
        when: Reason | None = None
        unless: Reason | None = None
        children: tuple[Reason, ...] = ()
        presence = "present" if place.id else self._presence(place.place)
        body = NONE
        if presence == "absent":
            remark = "absent"
        elif not self._judges(place.place):
            remark = "other_place"
        else:
            when = None if rule.when is None else self.trace(rule.when, place, strength, rule.clause)
            unless = None if rule.unless is None else self.trace(rule.unless, place, strength, rule.clause)
            if applies(when, unless) & TRUE:
                children = (self.trace(rule.require, place, strength, rule.clause),)
                body = children[0].outcomes
        if presence == "unknown":
            remark = "presence_unknown"
            body |= NONE
        outcomes = under_conditions(when, unless, body)
        return Reason(
            "requirement", outcomes, body, strength, rule.clause,
            place=place, children=children, when=when, unless=unless, remark=remark,
        )  # fmt: skip

    def trace(self, node: Node, place: PlaceInstance, strength: Strength, clause: str, joined: bool = False) -> Reason:
        """Trace one node; `joined` where it stands in a conjunction and may step aside with its own strength."""
        if node.fact is None or not _is_plain(node) or self._view.owner(place, node.fact) is place:
            return self._trace(node, place, strength, clause, joined)
        known = self._borrowed.get(id(node))
        if known is None:
            known = self._borrowed[id(node)] = self._trace(node, place, strength, clause, joined)
        return known

    def _trace(self, node: Node, place: PlaceInstance, strength: Strength, clause: str, joined: bool) -> Reason:
        aside = joined and node.strength is not None and node.strength != strength
        strength = node.strength or strength
        clause = node.clause or clause
        when = None if node.when is None else self.trace(node.when, place, strength, clause)
        unless = None if node.unless is None else self.trace(node.unless, place, strength, clause)
        if not applies(when, unless) & TRUE:
            step = _Step(node.kind, NONE)
        elif node.at is not None:
            step = self._at(node, node.at, strength, clause)
        else:
            step = self._here(node, place, strength, clause)
        claimed = bool(step.body & FALSE) and self._claimed(node, place, clause)
        outcomes = under_conditions(when, unless, step.body | TRUE if claimed else step.body)
        return Reason(
            step.kind, outcomes, step.body, strength, clause, step.place or place, node, step.operand, step.children,
            when, unless, step.remark, claimed, aside, step.total,
        )  # fmt: skip

    def _here(self, node: Node, place: PlaceInstance, strength: Strength, clause: str) -> _Step:
        if node.fact is not None:
            return self._fact(node, node.fact, place, strength, clause)
        if node.place is not None:
            return self._present(node.place)
        return self._combine(node, place, strength, clause)

    def _values(self, owner: PlaceInstance, fact: str) -> tuple[FactValue, ...]:
        assumed = self._overlay.get(key(owner, fact)) if self._overlay else None
        return owner.facts.get(fact, ()) if assumed is None else assumed

    def _fact(self, node: Node, fact: str, place: PlaceInstance, strength: Strength, clause: str) -> _Step:
        test = node.test or Test()
        owner = self._view.owner(place, fact)
        operand = self._values(owner, fact)
        if not operand and fact in self._view.derivations and fact not in self._deriving:
            child = self._derive(fact, owner, strength, clause)
            known = define(child.outcomes, test.is_ is True)
            return _Step(node.kind, known, owner, children=(child,), remark="derived")
        try:
            outcomes, remark = test_fact(test, operand)
        except (IncompatibleUnits, InputError) as error:
            where = f"{owner.name or owner.id or owner.place}: {fact}"
            rule = f"{self._requirement.document} {clause} ({self._requirement.id})"
            raise type(error)(f"{where}: {error}; needed by {rule}") from None
        if node.kind == "each" and remark == "not_given":
            outcomes |= VACUOUS  # the list may have no members
        return _Step(node.kind, outcomes, owner, operand, remark=remark)

    def _derive(self, fact: str, owner: PlaceInstance, strength: Strength, clause: str) -> Reason:
        before, self._deriving = self._deriving, (*self._deriving, fact)
        try:
            return self.trace(self._view.derivations[fact], owner, strength, clause)
        finally:
            self._deriving = before

    def _present(self, place: str) -> _Step:
        presence = self._presence(place)
        if presence == "unknown":
            return _Step("present", UNKNOWN, remark="presence_unknown")
        return _Step("present", TRUE) if presence == "present" else _Step("present", FALSE, remark="absent")

    def _presence(self, place: str) -> Presence:
        assumed = self._overlay.get((place, "", "present"))
        if assumed:
            return "present" if assumed[0].value is True else "absent"
        return self._view.presence(place)

    def _combine(self, node: Node, place: PlaceInstance, strength: Strength, clause: str) -> _Step:
        if node.kind == "if":
            condition = self.trace(node.children[0], place, strength, clause)
            if not condition.outcomes & HOLDS:
                return _Step("if", imply(condition.outcomes, NONE), children=(condition,))
            then = self.trace(node.children[1], place, strength, clause, joined=True)
            return _Step("if", imply(condition.outcomes, then.weight), children=(condition, then))
        joined = node.kind == "all_of"
        children = tuple([self.trace(child, place, strength, clause, joined) for child in node.children])
        if node.kind == "not":
            return _Step("not", negate(children[0].outcomes), children=children)
        outcomes = [child.weight for child in children]
        return _Step(node.kind, all_of(outcomes) if joined else any_of(outcomes), children=children)

    def _at(self, node: Node, at: OtherPlace, strength: Strength, clause: str) -> _Step:
        known = self._elsewhere.get(id(node))
        if known is not None:
            return known
        instances = self._view.instances(at.place)
        remark: Remark | None = None
        if not instances:
            presence = self._presence(at.place)
            remark = _WITHOUT_INSTANCES[presence]
            instances = () if presence == "absent" else (stand_in(at.place),)
        inner = node.model_copy(update={"at": None, "when": None, "unless": None, "proviso": None})
        traced = [self._instance(inner, at, instance, strength, clause) for instance in instances]
        outcomes = [one.outcomes for one in traced]
        body = any_of([FALSE, *outcomes]) if at.which == "any" else all_of(outcomes)
        if remark == "presence_unknown":
            body |= FALSE if at.which == "any" else NONE
        deciding = TRUE if at.which == "any" else FALSE
        traced.sort(key=lambda one: (not one.outcomes & deciding, not one.outcomes & UNKNOWN))
        step = _Step(at.which, body, children=tuple(traced[:SHOWN]), remark=remark, total=len(traced))
        self._elsewhere[id(node)] = step
        return step

    def _instance(self, node: Node, at: OtherPlace, instance: PlaceInstance, strength: Strength, clause: str) -> Reason:
        when = None if at.when is None else self.trace(at.when, instance, strength, clause)
        children: tuple[Reason, ...] = ()
        body = NONE
        if when is None or when.outcomes & HOLDS:
            children = (self.trace(node, instance, strength, clause),)
            body = children[0].outcomes
        outcomes = body if when is None else apply_when(when.outcomes, body)
        return Reason("instance", outcomes, body, strength, clause, place=instance, children=children, when=when)

    def _judges(self, place: str) -> bool:
        if place not in self._judged:
            self._judged[place] = self._view.judges(self._requirement, place)
        return self._judged[place]

    def _claimed(self, node: Node, place: PlaceInstance, clause: str) -> bool:
        if node.proviso is None or not place.claims:
            return False
        rule = self._requirement
        names = (rule.id, clause)
        return any(name in place.claims or f"{rule.document} {name}" in place.claims for name in names)


def _is_plain(node: Node) -> bool:
    return node.when is None and node.unless is None and node.at is None and node.proviso is None


def applies(when: Reason | None, unless: Reason | None) -> int:
    """Combine the conditions of a node: `TRUE` where it can apply, `NONE` where it can drop out."""
    return under_conditions(when, unless, TRUE)


def under_conditions(when: Reason | None, unless: Reason | None, body: int) -> int:
    """Return what is left of a node under its conditions."""
    if unless is not None:
        body = apply_unless(unless.outcomes, body)
    return body if when is None else apply_when(when.outcomes, body)
