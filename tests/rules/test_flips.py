"""What would flip a verdict: the smallest sets of facts."""

# ruff: noqa: E501 (tables and requirements on one line each)

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rules_world import VOCABULARY, design, judge, node, place, rule

from kb.model.finding import Finding
from kb.rules import evaluate


def flips(finding: Finding) -> list[tuple[str, list[str]]]:
    return [(flip.to, [change.text.en for change in flip.changes]) for flip in finding.flips]


def test_a_fail_flips_by_what_it_lacks() -> None:
    finding = judge(
        rule("illuminance: {at_least: 50 lx, measure: horizontal}"), place(illuminance=("30 lx", "horizontal"))
    )
    assert flips(finding) == [("pass", ["illuminance (horizontal) at least 50 lx"])]
    change = finding.flips[0].changes[0]
    assert (change.fact, change.holds, change.value.measure, change.place.id) == (
        "illuminance",
        True,
        "horizontal",
        "p1",
    )
    assert change.value.value == finding.because.children[0].test.at_least  # type: ignore[union-attr]


def test_a_pass_flips_by_any_of_what_it_needs() -> None:
    finding = judge(rule("all_of: [{camera: true}, {height: {at_most: 2 m}}]"), place(camera=True, height="1 m"))
    assert flips(finding) == [("fail", ["a camera is not installed"]), ("fail", ["height more than 2 m"])]


def test_an_unknown_verdict_can_go_either_way() -> None:
    finding = judge(rule("all_of: [{camera: true}, {mirror: true}]"), place(camera=True))
    assert flips(finding) == [
        ("pass", ["a mirror is installed"]),
        ("fail", ["a camera is not installed"]),
        ("fail", ["a mirror is not installed"]),
    ]


def test_options_flip_together_or_one_by_one() -> None:
    either = rule("any_of: [{all_of: [{camera: true}, {mirror: true}]}, {light: true}]")
    failing = judge(either, place(camera=False, mirror=False, light=False))
    assert flips(failing) == [("pass", ["lights are on"]), ("pass", ["a camera is installed", "a mirror is installed"])]
    passing = judge(either, place(camera=True, mirror=True, light=True))
    assert flips(passing) == [
        ("fail", ["a camera is not installed", "lights are not on"]),
        ("fail", ["a mirror is not installed", "lights are not on"]),
    ]


def test_not_and_if_flip_too() -> None:
    assert flips(judge(rule("not: {camera: true}"), place(camera=True))) == [("pass", ["a camera is not installed"])]
    assert flips(judge(rule("not: {camera: true}"), place(camera=False))) == [("fail", ["a camera is installed"])]
    asks = rule("all_of: [{light: true}, {if: {camera: true}, then: {mirror: true}}]")
    assert flips(judge(asks, place(light=True, camera=True, mirror=False))) == [("pass", ["a mirror is installed"])]
    open_ = judge(asks, place(light=True, mirror=False))
    assert flips(open_) == [
        ("pass", ["a mirror is installed"]),
        ("pass", ["a camera is not installed"]),
        ("fail", ["lights are not on"]),
        ("fail", ["a camera is installed"]),
    ]


def test_conditions_that_are_known_stay_as_they_are() -> None:
    lit = rule("all_of: [{camera: true}, {light: true, when: {mirror: true}}]", when="floor: entrance")
    assert flips(judge(lit, place(floor="entrance", camera=True, mirror=True, light=False))) == [
        ("pass", ["lights are on"])
    ]
    assert flips(judge(lit, place(floor="entrance", camera=False, mirror=False))) == [
        ("pass", ["a camera is installed"])
    ]
    assert flips(judge(lit, place(floor="entrance", camera=True, mirror=False))) == [
        ("fail", ["a camera is not installed"])
    ]
    assert flips(judge(lit, place(floor="other"))) == []


def test_conditions_that_are_open_can_be_settled() -> None:
    lit = rule("all_of: [{camera: true}, {light: true, when: {mirror: true}}, {lock: true, unless: {foothold: true}}]")
    found = flips(judge(lit, place(camera=True, light=False, lock=False)))
    assert ("fail", ["a mirror is installed"]) in found
    assert ("pass", ["a mirror is not installed", "serves as a foothold"]) in found
    assert ("pass", ["lights are on", "serves as a foothold"]) in found
    assert ("fail", ["not “serves as a foothold”"]) in found


def test_a_fact_of_another_place_is_named_with_it() -> None:
    finding = judge(rule("{at: {place: door, which: every}, lock: true}"), place(), place("door", "a", name="A", lock=True), place("door", "b", name="B", lock=False))  # fmt: skip
    assert flips(finding) == [("pass", ["B: can be locked"])]
    any_ = judge(rule("{at: {place: door, which: any}, lock: true}"), place(), place("door", "a", name="A", lock=True), place("door", "b", name="B", lock=True))  # fmt: skip
    assert flips(any_) == [("fail", ["A: cannot be locked", "B: cannot be locked"])] or len(any_.flips) == 1
    assert {change.place.id for change in any_.flips[0].changes} == {"a", "b"}


def test_presence_flips() -> None:
    found = judge(
        rule("all_of: [{camera: true}, {light: true, when: {present: door}}]"), place(camera=True, light=False)
    )
    assert flips(found) == [
        ("pass", ["lights are on"]),
        ("pass", ["there is no such place: door"]),
        ("fail", ["a camera is not installed"]),
        ("fail", ["there is this place: door"]),
    ]
    japanese = [change.text.ja for flip in found.flips for change in flip.changes]
    assert "扉がない" in japanese and "扉がある" in japanese
    gone = judge(rule("present: door"), place(), presence={"door": "absent"})
    assert flips(gone) == [("pass", ["there is this place: door"])]


def test_one_value_has_to_meet_all_collect_tests_its_fact() -> None:
    between = rule("all_of: [{height: {at_least: 1 m}}, {height: {at_most: 2 m}}]")
    found = judge(between, place(height="3 m"))
    assert flips(found) == [("pass", ["height at most 2 m"])]
    never = rule("all_of: [{height: {at_least: 3 m}}, {height: {at_most: 2 m}}]")
    assert flips(judge(never, place(height="1 m"))) == []
    two = judge(rule("all_of: [{height: {at_least: 3 m}}, {height: {at_most: 5 m}}]"), place())
    assert flips(two)[0] == ("pass", ["height at least 3 m, height at most 5 m"])


def test_a_choice_and_a_list_flip() -> None:
    assert flips(judge(rule("floor: entrance"), place(floor="other"))) == [("pass", ['floor is "entrance floor"'])]
    assert judge(rule("floor: entrance"), place(floor="entrance")).flips[0].changes[0].value.value == "other"
    assert judge(rule("angle: {one_of: [A, AA]}"), place(angle="A")).flips[0].changes[0].value.value == "B"
    seen = judge(rule("seen_from: {includes_all: [road, window]}"), place(seen_from=["road"]))
    assert flips(seen) == [("pass", ['seen from includes all of "road", "window"'])]
    assert seen.flips[0].changes[0].value.value == frozenset({"road", "window"})
    far = judge(rule("each: {of: distances, at_least: 1.8 m}"), place(distances=["1 m"]))
    assert [str(one.value) for one in far.flips[0].changes[0].value.value] == ["9/5"]  # type: ignore[union-attr]
    asked = node("each: {of: distances, at_least: 1.8 m}").test
    assert far.flips[0].changes[0].test == asked and asked is not None
    assert flips(far) == [("pass", ["distance to footholds: each at least 1.8 m"])]


def test_a_defined_fact_flips_through_its_definition() -> None:
    definition = {"large": node("width: {at_least: 250 mm}")}
    found = judge(rule("large: false"), place(width="300 mm"), derivations=definition)
    assert flips(found) == [("pass", ["width less than 250 mm"])]
    yes = judge(rule("large: true"), place(width="200 mm"), derivations=definition)
    assert flips(yes) == [("pass", ["width at least 250 mm"])]


def test_a_claimed_fail_passes_once_the_fact_holds() -> None:
    claimed = judge(rule("{camera: true, proviso: {ja: 原則, en: as a rule}}"), place(camera=False, claims=("rule",)))
    assert flips(claimed) == [("pass", ["a camera is installed"])]


def test_a_part_flips_by_itself() -> None:
    finding = judge(rule("all_of: [{light: true}, {camera: true, strength: should}]"), place(light=True, camera=False))
    assert flips(finding) == [("fail", ["lights are not on"])]
    assert flips(finding.parts[0]) == [("pass", ["a camera is installed"])]


def test_a_weaker_option_does_not_flip_by_what_makes_it_moot() -> None:
    option = rule("any_of: [{certified: true}, {strength: should, lock: true}]")
    part = judge(option, place(certified=False, lock=False)).parts[0]
    assert flips(part) == [("pass", ["can be locked"])]


def test_sets_with_something_to_spare_are_left_out() -> None:
    found = judge(
        rule("any_of: [{camera: true}, {all_of: [{camera: true}, {mirror: true}]}]"), place(camera=False, mirror=False)
    )
    assert flips(found) == [("pass", ["a camera is installed"])]


NAMES = ("camera", "mirror", "lock", "light")
TREES = st.recursive(
    st.sampled_from([f"{{{name}: {value}}}" for name in NAMES for value in ("true", "false")]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["all_of", "any_of"]), st.lists(inner, min_size=2, max_size=3)).map(
            lambda pair: f"{{{pair[0]}: [{', '.join(pair[1])}]}}"
        ),
        inner.map(lambda one: f"{{not: {one}}}"),
    ),
    max_leaves=5,
)


@given(TREES, st.dictionaries(st.sampled_from(NAMES), st.booleans()))
def test_every_flip_does_what_it_says(tree: str, said: dict[str, bool]) -> None:
    requirement = rule(tree)
    for flip in judge(requirement, place(**said)).flips:
        after = {**said, **{change.fact: change.value.value for change in flip.changes}}
        moved = place(**after)
        assert evaluate(requirement, moved, design(moved), VOCABULARY).verdict == flip.to
