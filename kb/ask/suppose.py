"""Settle a verdict on what an asker tells: what goes without saying, and what the asker left open.

A question tells a few facts and means the rest to be as it should. A yes/no condition of the clause that is not spoken
of is taken to hold (it is why the clause is asked about) and named as a premise; a choice (which floor) is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kb.model.answer import VerdictWord
from kb.model.facts import DesignView, FactValue, PlaceInstance
from kb.model.finding import FALSE, TRUE, Finding, Reason
from kb.model.knowledge import Vocabulary
from kb.model.requirement import Node, Requirement
from kb.rules import evaluate
from kb.rules.logic import HOLDS, UNKNOWN
from kb.rules.strengths import nodes_of

ENUMERATED = 2
"""Who rules out the first choice and a way to make up for it as well has told of all that there is."""


@dataclass(frozen=True)
class Settled:
    """A finding with its verdict settled, and the conditions taken to hold (facts with their side)."""

    finding: Finding
    premises: tuple[tuple[str, bool], ...] = ()


def settle(
    requirement: Requirement, subject: str, facts: dict[str, tuple[FactValue, ...]], design: Design, words: Vocabulary
) -> Settled:
    """Judge a requirement at a place on told facts."""
    finding = design.judge(requirement, subject, facts, words)
    if finding.verdict != "unknown":
        return Settled(finding)
    premises = dict(_conditions_open(finding.because, words))
    if premises:
        assumed = {fact: (FactValue(side, origin="derived"),) for fact, side in premises.items()}
        finding = design.judge(requirement, subject, {**assumed, **facts}, words)
    verdict = finding.verdict
    if verdict == "unknown" and not finding.because.outcomes & ~(TRUE | FALSE):
        word = _settled(finding.because, frozenset(facts))
        if word is not None:
            verdict = word
    return Settled(replace(finding, verdict=verdict), tuple(premises.items()))


@dataclass(frozen=True)
class Design:
    """What is told of a building, for one requirement after another; `there` is what is told of other places alone."""

    places: tuple[str, ...]
    conditions: Mapping[str, tuple[FactValue, ...]]
    about: Mapping[str, tuple[FactValue, ...]]
    there: Mapping[str, Mapping[str, tuple[FactValue, ...]]] = field(default_factory=dict)

    def judge(
        self, requirement: Requirement, subject: str, facts: dict[str, tuple[FactValue, ...]], words: Vocabulary
    ) -> Finding:
        """Judge a requirement where every place named has the facts told."""
        here = {**self.conditions, **facts}
        names = [p for p in dict.fromkeys((subject, *self.places)) if p in words.places]
        instances = {p: PlaceInstance(p, p, facts=here) for p in names}
        for other, stated in self.there.items():
            instances[other] = PlaceInstance(other, other, facts={**self.conditions, **stated})
        for other, only in _told_elsewhere(requirement, frozenset(facts)):
            told = {fact: facts[fact] for fact in only}
            instances.setdefault(other, PlaceInstance(other, other, facts={**self.conditions, **told}))
        whole = PlaceInstance("building", "building", facts={**here, **self.about})
        operator = PlaceInstance("operator", "operator", facts=facts)
        place = {"building": whole, "operator": operator}.get(subject) or instances[subject]
        view = DesignView(tuple(instances.values()), whole, operator)
        return evaluate(requirement, place, view, words)


def _told_elsewhere(requirement: Requirement, told: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the other places that a requirement looks at for a fact told, and the facts that it looks for only there."""
    nodes = list(nodes_of(requirement.require))
    there = {id(below): node.at.place for node in nodes if node.at is not None for below in nodes_of(node)}
    here = {node.fact for node in nodes if id(node) not in there}
    for place in dict.fromkeys(there.values()):
        only = {n.fact for n in nodes if there.get(id(n)) == place and n.fact is not None} & told - here
        if only:
            yield place, frozenset(only)


def _conditions_open(reason: Reason, words: Vocabulary) -> Iterator[tuple[str, bool]]:
    """Yield the yes/no facts that are not known and on which it hangs whether a node applies, with the side that does."""
    if reason.when is not None and reason.when.outcomes & UNKNOWN == UNKNOWN:
        yield from _sides(reason.when, words, True)
    if reason.unless is not None and reason.unless.outcomes & UNKNOWN == UNKNOWN:
        yield from _sides(reason.unless, words, False)
    for child in reason.children:
        yield from _conditions_open(child, words)


def _sides(reason: Reason, words: Vocabulary, wanted: bool) -> Iterator[tuple[str, bool]]:
    if reason.kind == "not":
        wanted = not wanted
    fact, test = reason.fact, reason.test
    if fact is not None and test is not None and test.is_ is not None and not reason.operand:
        if words.facts[fact].type == "boolean":
            yield fact, test.is_ if wanted else not test.is_
        return
    for child in reason.children:
        yield from _sides(child, words, wanted)


def _settled(reason: Reason, told: frozenset[str]) -> VerdictWord | None:
    """Read a verdict off the told part of an undecided tree; None where what is not told can change it."""
    held = _reading(reason, told)
    if held is None or held.truth is None or held.open:
        return None
    if held.truth:
        return "pass_by_alternative" if held.by_alternative else "pass"
    return "fail"


@dataclass(frozen=True)
class _Reading:
    """What the told part of a node says: its truth (None: it cannot be said), and whether it holds by an alternative.

    `open` marks a false that ways not spoken of could still save; `told` counts the parts spoken of.
    """

    truth: bool | None
    by_alternative: bool = False
    measured: bool = False
    open: bool = False
    told: int = 1


def _reading(reason: Reason, told: frozenset[str]) -> _Reading | None:
    """Read a node; None where nothing of it is told."""
    if reason.kind in ("fact", "each") and not reason.children:
        if reason.fact not in told:
            return None
        measured = reason.test is not None and bool(reason.test.limits)
        known = reason.outcomes & (HOLDS | FALSE)
        return _Reading(None if known & FALSE and known & HOLDS else bool(known & HOLDS), measured=measured)
    children = [(child, _reading(child, told)) for child in reason.children if not child.aside]
    read = [(child, one) for child, one in children if one is not None]
    if not read:
        return None
    if reason.kind == "not":
        one = read[0][1]
        return replace(one, truth=None if one.truth is None else not one.truth)
    spoken = sum(one.told for _, one in read)
    measured = any(one.measured for _, one in read)
    if reason.kind in ("any_of", "any"):
        return _any(read, len(children), spoken, measured)
    return _all([one for _, one in read], [child for child, one in children if one is None], spoken, measured)


def _any(read: list[tuple[Reason, _Reading]], count: int, spoken: int, measured: bool) -> _Reading:
    good = [(child, one) for child, one in read if one.truth]
    if good:
        child, one = next(((c, o) for c, o in good if not c.compensates), good[0])
        return _Reading(True, child.compensates or one.by_alternative, one.measured, told=spoken)
    if any(one.truth is None for _, one in read):
        return _Reading(None, measured=measured, told=spoken)
    closed = (len(read) == count and not any(one.open for _, one in read)) or spoken >= ENUMERATED
    return _Reading(False, measured=measured, open=not closed, told=spoken)


def _all(read: list[_Reading], silent: list[Reason], spoken: int, measured: bool) -> _Reading:
    false = [one for one in read if one.truth is False]
    if false:
        return _Reading(False, measured=measured, open=all(one.open for one in false), told=spoken)
    open_figure = any(_has_limit(child.node) for child in silent)
    mostly = spoken >= ENUMERATED and len(silent) < len(read) and not open_figure
    known = all(one.truth for one in read) and (not silent or mostly or (measured and not open_figure))
    alternative = any(one.by_alternative for one in read)
    return _Reading(True if known else None, alternative, measured, told=spoken)


def _has_limit(node: Node | None) -> bool:
    if node is None:
        return False
    return (node.test is not None and bool(node.test.limits)) or any(_has_limit(child) for child in node.children)
