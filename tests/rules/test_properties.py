"""What holds for every requirement and every design, tried on many that nobody wrote."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_world import VOCABULARY, corpus, design, place, rule

from kb.quantity import Quantity, convert
from kb.rules import FactValue, Finding, PlaceInstance, evaluate, evaluate_all

BOOLEANS = ("camera", "mirror", "lock", "light")
LEAVES = st.one_of(
    st.sampled_from([f"{name}: {value}" for name in BOOLEANS for value in ("true", "false")]),
    st.sampled_from(["floor: entrance", "angle: {one_of: [A, B]}", "seen_from: {includes_any: [road]}"]),
    st.sampled_from(["height: {at_least: 2 m}", "height: {less_than: 3 m}", "each: {of: distances, at_least: 2 m}"]),
    st.sampled_from(["illuminance: {at_least: 20 lx, measure: horizontal}", "illuminance: {at_least: 20 lx}"]),
    st.sampled_from(["at: {place: door, which: any}, lock: true", "at: {place: door, which: every}, light: true"]),
)
NOTES = st.lists(
    st.sampled_from(
        [
            "when: {mirror: true}",
            "unless: {floor: other}",
            "strength: should",
            "compensates: true",
            "when: {height: {at_least: 2 m}}",
        ]
    ),
    max_size=2,
    unique_by=lambda note: note.split(":")[0],
)


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3).map(", ".join)
    plain = st.tuples(st.sampled_from(["all_of", "any_of"]), several).map(lambda pair: f"{pair[0]}: [{pair[1]}]")
    return st.one_of(
        plain,
        st.tuples(inner, inner).map(lambda pair: f"if: {pair[0]}, then: {pair[1]}"),
        inner.map(lambda one: f"not: {one}"),
    )


def _noted(body: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(body, NOTES).map(lambda pair: f"{{{', '.join((pair[0], *pair[1]))}}}")


def _without_strength(text: str) -> str:
    for removed in (", strength: should", "strength: should, "):
        text = text.replace(removed, "")
    return text


TREES = st.recursive(_noted(LEAVES), lambda inner: _noted(_combined(inner)), max_leaves=6)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **{name: st.booleans() for name in BOOLEANS},
    "floor": st.sampled_from(["entrance", "other"]),
    "angle": st.sampled_from(["A", "AA", "B"]),
    "seen_from": st.sampled_from([[], ["road"], ["window", "office"]]),
    "height": st.sampled_from(["1 m", "2 m", "300 cm"]),
    "distances": st.sampled_from([[], ["2 m"], ["1 m", "4 m"]]),
    "illuminance": st.sampled_from([("10 lx", "horizontal"), ("30 lx", "horizontal"), ("30 lx", "vertical")]),
}
SAID = st.fixed_dictionaries({}, optional=VALUES)
DOORS = st.lists(st.fixed_dictionaries({}, optional={"lock": st.booleans(), "light": st.booleans()}), max_size=2)


def judged(tree: str, said: dict[str, Any], doors: list[dict[str, Any]], **more: Any) -> Finding:
    subject = place(**said)
    others = [place("door", f"d{index}", **facts) for index, facts in enumerate(doors)]
    return evaluate(rule(tree, **more), subject, design(subject, *others), VOCABULARY)


def _readable(tree: str) -> str:
    """Take strengths out where the format refuses them: in conditions and below `not`."""
    return _without_strength(tree) if "not:" in tree or "if:" in tree else tree


COMPLIANCE = {"pass": True, "pass_by_alternative": True, "fail": False}


@settings(max_examples=300, deadline=None)
@given(TREES, SAID, DOORS, st.data())
def test_one_more_fact_never_turns_compliance_round(
    tree: str, said: dict[str, Any], doors: list[dict[str, Any]], data: st.DataObject
) -> None:
    tree = _readable(tree)
    unknown = sorted(set(VALUES) - set(said))
    if not unknown:
        return
    name = data.draw(st.sampled_from(unknown))
    more = {**said, name: data.draw(VALUES[name])}
    before, after = judged(tree, said, doors), judged(tree, more, doors)
    was, now = COMPLIANCE.get(before.verdict), COMPLIANCE.get(after.verdict)
    assert was is None or now is None or was == now
    assert after.because.outcomes & ~before.because.outcomes == 0


@settings(max_examples=200, deadline=None)
@given(TREES, SAID, DOORS)
def test_a_settled_verdict_asks_nothing_and_an_open_one_asks_something(
    tree: str, said: dict[str, Any], doors: list[dict[str, Any]]
) -> None:
    finding = judged(_readable(tree), said, doors)
    for one in finding.flat():
        assert bool(one.missing) == (one.verdict == "unknown")


@settings(max_examples=200, deadline=None)
@given(TREES, SAID)
def test_a_fact_that_is_not_asked_for_changes_nothing_by_itself(tree: str, said: dict[str, Any]) -> None:
    tree = _readable(tree)
    finding = judged(tree, said, [])
    if finding.verdict != "unknown":
        return
    asked = {missing.fact for missing in finding.missing}
    for name in BOOLEANS:
        if name not in said and name not in asked:
            for value in (True, False):
                assert judged(tree, {**said, name: value}, []).verdict == "unknown"


@settings(max_examples=150, deadline=None)
@given(TREES, SAID, DOORS)
def test_every_finding_can_be_put_into_words_and_flipped(
    tree: str, said: dict[str, Any], doors: list[dict[str, Any]]
) -> None:
    tree = _readable(tree)
    for one in judged(tree, said, doors).flat():
        assert one.text.ja and one.text.en and one.required.ja and one.actual.en
        for flip in one.flips:
            assert flip.changes


@settings(max_examples=100, deadline=None)
@given(TREES, SAID)
def test_a_missed_recommendation_alone_never_fails_what_is_required(tree: str, said: dict[str, Any]) -> None:
    tree = _readable(tree)
    whole = judged(
        f"{{all_of: [{{light: true}}, {{strength: should, all_of: [{tree}]}}]}}", {**said, "light": True}, []
    )
    assert whole.verdict == "pass"


@settings(max_examples=100, deadline=None)
@given(st.lists(TREES, min_size=2, max_size=3), SAID, SAID)
def test_the_order_of_requirements_places_and_facts_does_not_matter(
    trees: list[str], first: dict[str, Any], second: dict[str, Any]
) -> None:
    rules = [rule(_readable(tree), id=f"r{index}") for index, tree in enumerate(trees)]
    places = [place(id="a", **first), place(id="b", **second)]
    turned = [PlaceInstance(one.id, one.place, facts=dict(reversed(one.facts.items()))) for one in reversed(places)]
    plain = {(f.id, f.place.id): f.verdict for f in evaluate_all(corpus(*rules), design(*places))}
    mixed = {(f.id, f.place.id): f.verdict for f in evaluate_all(corpus(*reversed(rules)), design(*turned))}
    assert plain == mixed


@pytest.mark.parametrize("operator", ["at_least", "more_than", "at_most", "less_than", "equals"])
@given(
    number=st.integers(1, 5000),
    limit=st.sampled_from(["1 m", "180 cm", "1500 mm"]),
    unit=st.sampled_from(["m", "cm", "mm"]),
)
def test_the_unit_in_which_a_length_is_given_changes_nothing(operator: str, number: int, limit: str, unit: str) -> None:
    length = convert(Quantity(Fraction(number), "mm"), unit)
    verdicts = []
    for value in (length, convert(length, "mm"), convert(length, "m")):
        subject = PlaceInstance("p", "hall", facts={"height": (FactValue(value),)})
        requirement = rule(f"height: {{{operator}: {limit}}}")
        verdicts.append(evaluate(requirement, subject, design(subject), VOCABULARY).verdict)
    assert len(set(verdicts)) == 1
