"""What a finding works out only when it is asked: missing facts, flips, and words."""

from __future__ import annotations

from collections.abc import Iterable

from kb.model.base import Text
from kb.model.facts import FactValue, PlaceInstance
from kb.model.finding import NONE, Change, Finding, Flip, MissingFact, Option, Reason, Shortfall
from kb.model.requirement import Node, Requirement, Test
from kb.rules.explain import actual_text, finding_text, required_text, shortfall_of, speakers
from kb.rules.flips import Wish, targets, ways_to, without_spare
from kb.rules.leaf import test_fact
from kb.rules.logic import HOLDS, verdict_of
from kb.rules.parts import core, find_parts
from kb.rules.questions import PRESENT, OpenFact, open_facts, place_in_question, rank
from kb.rules.samples import collect_tests, sample_values
from kb.rules.speaker import Speaker
from kb.rules.strengths import prune, strength_of
from kb.rules.trace import Tracer
from kb.rules.view import Overlay, View, key, stand_in

MANY = 500
"""Up to how many instances of other places answers are tried out, to put missing facts in order."""

SHOWN = 8
"""How many ways to pass, and how many to fail, a finding lists."""


class Inquest:
    """Answers for one finding of a requirement, or of the part of it that is about `node`.

    Missing facts are worked out once: several texts are made of them.
    """

    def __init__(self, view: View, requirement: Requirement, node: Node | None = None) -> None:
        self._view = view
        self._requirement = requirement
        self._node = node
        self._known: tuple[Reason, tuple[MissingFact, ...]] | None = None

    def missing(self, finding: Finding) -> tuple[MissingFact, ...]:
        """List the facts that would settle an unknown verdict, the most useful first."""
        if finding.verdict != "unknown":
            return ()
        if self._known is None or self._known[0] is not finding.because:
            self._known = (finding.because, self._find_missing(finding))
        return self._known[1]

    def _find_missing(self, finding: Finding) -> tuple[MissingFact, ...]:

        def probe(fact: OpenFact, value: FactValue) -> Reason:
            return self._assume(finding, self._overlay([(fact.place, fact.key.fact, value)]))

        ranked = open_facts(finding.because)
        if sum(reason.total for reason in finding.because.walk()) <= MANY:
            ranked = rank(ranked, self._samples, probe)
        return tuple(self._missing(finding, fact) for fact in ranked)

    def _samples(self, fact: OpenFact) -> list[FactValue]:
        return self._values(fact.key.fact, fact.key.measure)

    def _values(self, fact: str, measure: str | None) -> list[FactValue]:
        if fact == PRESENT:
            return [FactValue(True), FactValue(False)]
        tests = collect_tests(self._requirement, self._view.derivations.values()).get(fact, [])
        fitting = [test for test in tests if test.measure == measure]
        return sample_values(fitting, self._view.vocabulary.facts.get(fact), measure)

    def _overlay(self, assumed: Iterable[tuple[PlaceInstance, str, FactValue]]) -> Overlay:
        overlay: dict[tuple[str, str, str], tuple[FactValue, ...]] = {}
        for place, fact, value in assumed:
            others = () if value.measure is None else place.facts.get(fact, ())
            kept = tuple(known for known in others if known.measure != value.measure)
            overlay[key(place, fact)] = (*kept, value)
        return overlay

    def _assume(self, finding: Finding, overlay: Overlay) -> Reason:
        root = Tracer(self._view, self._requirement, overlay).requirement(finding.place)
        if self._node is None:
            return root
        for part in find_parts(root):
            if core(part).node is self._node:
                return part
        return Reason("part", NONE, NONE, finding.strength, finding.locator, finding.place)

    def _missing(self, finding: Finding, fact: OpenFact) -> MissingFact:
        (ja, en), name, place = speakers(self._view.vocabulary), fact.key.fact, fact.place
        if fact.kind == "proviso":
            return MissingFact("proviso", name, place, None, _proviso_question(fact.reason))
        if fact.kind == "presence":
            question = Text(ja=ja.presence(place.place), en=en.presence(place.place))
        else:
            question = Text(ja=ja.question(name, fact.key.measure), en=en.question(name, fact.key.measure))
            if place is not finding.place and place.place not in ("building", "operator"):
                question = Text(ja=ja.elsewhere(place, question.ja), en=en.elsewhere(place, question.en))
        pairs = zip(ja.options(name), en.options(name), strict=True)
        options = tuple(Option(value, Text(ja=label, en=english)) for (value, label), (_, english) in pairs)
        return MissingFact(fact.kind, name, place, fact.key.measure, question, options)

    def flips(self, finding: Finding) -> tuple[Flip, ...]:
        """List the smallest sets of changes that would flip the verdict, tried out one by one."""
        found: list[Flip] = []
        for target in targets(finding.because.outcomes):
            tried = (self._flip(finding, way, target) for way in without_spare(ways_to(finding.because, target)))
            found += [flip for flip in tried if flip is not None][:SHOWN]
        return tuple(sorted(found, key=lambda flip: len(flip.changes)))

    def _flip(self, finding: Finding, way: tuple[Wish, ...], target: int) -> Flip | None:
        changes: dict[tuple[str, str, str], Change] = {}
        by_fact: dict[tuple[str, str, str], list[Wish]] = {}
        for wish in way:
            place, fact = _about(wish.reason)
            by_fact.setdefault(key(place, fact), []).append(wish)
        for name, wishes in by_fact.items():
            change = self._change(finding, wishes)
            if change is None:
                return None
            changes[name] = change
        made = tuple(changes.values())
        after = self._assume(finding, self._overlay((one.place, one.fact, one.value) for one in made))
        reached = verdict_of(after.outcomes)
        if target == HOLDS:
            return Flip("pass", made) if reached == "pass" else None
        return Flip("fail", made) if reached == "fail" else None

    def _change(self, finding: Finding, wishes: list[Wish]) -> Change | None:
        place, fact = _about(wishes[0].reason)
        tests = [(wish.reason.test, wish.holds) for wish in wishes]
        measure = None if tests[0][0] is None else tests[0][0].measure
        for value in self._values(fact, measure):
            if all(_comes_out(test, value, holds) for test, holds in tests):
                ja, en = speakers(self._view.vocabulary)
                text = Text(ja=_wishes(ja, wishes, finding), en=_wishes(en, wishes, finding))
                return Change(place, fact, tests[0][0], wishes[0].holds, value, text)
        return None

    def actual(self, finding: Finding) -> Text:
        """Say what the design has."""
        return actual_text(self._view.vocabulary, finding)

    def required(self, finding: Finding) -> Text:
        """Say what the clause asks for."""
        return required_text(self._view.vocabulary, self._asked)

    def shortfall(self, finding: Finding) -> Shortfall | None:
        """Say what is lacking, where the verdict is `fail`."""
        return shortfall_of(self._view.vocabulary, finding) if finding.verdict == "fail" else None

    def text(self, finding: Finding) -> Text:
        """Put the whole finding into words."""
        return finding_text(self._view.vocabulary, finding, self._asked)

    @property
    def _asked(self) -> Node:
        node = self._requirement.require if self._node is None else self._node
        strength = strength_of(self._requirement) if self._node is None else node.strength
        return prune(node, strength or self._requirement.strength) or node


def _about(reason: Reason) -> tuple[PlaceInstance, str]:
    if reason.fact is None:
        return stand_in(place_in_question(reason)), PRESENT
    return reason.place, reason.fact


def _comes_out(test: Test | None, value: FactValue, holds: bool) -> bool:
    if test is None:
        return (value.value is True) == holds
    return bool(test_fact(test, (value,))[0] & HOLDS) == holds


def _wishes(speaker: Speaker, wishes: list[Wish], finding: Finding) -> str:
    written = []
    for wish in wishes:
        place, fact = _about(wish.reason)
        test = wish.reason.test
        if test is None:
            written.append(speaker.there_is(place.place, wish.holds))
        else:
            text = speaker.test(fact, test, wish.holds)
            written.append(text if place is finding.place else speaker.elsewhere(place, text))
    return speaker.listed(written)


def _proviso_question(reason: Reason) -> Text:
    proviso = reason.proviso
    assert proviso is not None
    return Text(
        ja=f"「{proviso.ja}」に当たると認められますか（判定者が判断します）。",
        en=f"Is it accepted that this applies: “{proviso.en}”? (For the assessor to decide.)",
    )
