"""Which facts would settle an unknown verdict, and which of them to ask for first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kb.model.facts import FactValue, PlaceInstance
from kb.model.finding import MissingKind, Reason
from kb.rules.logic import UNKNOWN, members, verdict_of
from kb.rules.parts import recombine
from kb.rules.view import stand_in

PROBED = 12
"""Up to how many open facts are put in order by trying out their answers; more stay in the order of the clause."""

PRESENT = "present"


class FactKey(NamedTuple):
    """Names a fact of an instance, as measured in one way."""

    place: str
    instance: str
    fact: str
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact whose value can still change the verdict."""

    kind: MissingKind
    key: FactKey
    place: PlaceInstance
    reason: Reason


Probe = Callable[[OpenFact, FactValue], Reason]


def open_facts(reason: Reason) -> list[OpenFact]:
    """List the facts that can still change an undecided reason, each once, in the order of the clause.

    A node counts only where its outcomes lead to different outcomes of the node above it.
    """
    found: dict[FactKey, OpenFact] = {}
    for fact in _walk(reason):
        found.setdefault(fact.key, fact)
    return list(found.values())


def _walk(reason: Reason) -> Iterator[OpenFact]:
    for condition in (reason.when, reason.unless):
        if condition is not None and _matters(reason, condition):
            yield from _walk(condition)
    if reason.remark == "presence_unknown":
        yield _open("presence", stand_in(place_in_question(reason)), PRESENT, None, reason)
    if reason.claimed:
        yield _open("proviso", reason.place, "proviso", reason.clause, reason)
    elif (
        reason.fact is not None and reason.test is not None and not reason.children and reason.body & UNKNOWN == UNKNOWN
    ):
        measure = reason.test.measure
        kind: MissingKind = "not_given"
        if reason.remark == "other_measure" or reason.remark == "several_values":
            kind = reason.remark
        yield _open(kind, reason.place, reason.fact, measure, reason)
    for child in reason.children:
        if not child.aside and _matters(reason, child):
            yield from _walk(child)


def _open(kind: MissingKind, place: PlaceInstance, fact: str, measure: str | None, reason: Reason) -> OpenFact:
    return OpenFact(kind, FactKey(place.place, place.id, fact, measure), place, reason)


def place_in_question(reason: Reason) -> str:
    """Return the place whose presence a reason depends on."""
    if reason.node is not None and reason.node.at is not None:
        return reason.node.at.place
    if reason.node is not None and reason.node.place is not None:
        return reason.node.place
    return reason.place.place


def _matters(reason: Reason, slot: Reason) -> bool:
    results = set()
    for one in members(slot.outcomes):
        children = [one if child is slot else child.weight for child in reason.children]
        when = one if slot is reason.when else None
        unless = one if slot is reason.unless else None
        results.add(recombine(reason, children, when, unless))
    return len(results) > 1


def rank(facts: list[OpenFact], samples: Callable[[OpenFact], list[FactValue]], probe: Probe) -> list[OpenFact]:
    """Put open facts in order: the one that leaves the fewest open on average, over its possible answers, first."""
    if len(facts) > PROBED:
        return facts
    left: dict[FactKey, float] = {}
    for fact in facts:
        branches = {_left_open(probe(fact, value)) for value in samples(fact)}
        counts = [len(still_open) for _, still_open in branches]
        left[fact.key] = sum(counts) / len(counts) if counts else float(len(facts))
    return sorted(facts, key=lambda fact: left[fact.key])


def _left_open(reason: Reason) -> tuple[int, frozenset[FactKey]]:
    if verdict_of(reason.outcomes) != "unknown":
        return reason.outcomes, frozenset()
    return reason.outcomes, frozenset(fact.key for fact in open_facts(reason))
