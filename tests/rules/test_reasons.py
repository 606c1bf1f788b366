"""The tree of reasons: complete, well-formed, and each node follows from the nodes below it."""

# ruff: noqa: E501 (requirements on one line each)

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from rules_world import facts, judge, node, place, rule

from kb.model.finding import FALSE, NONE, TRUE, VACUOUS, Reason, ReasonKind, Remark
from kb.rules import Finding
from kb.rules.parts import core, recombine, without_compensation

EVERYTHING = [
    "all_of: [{camera: true}, {clause: 1/2, mirror: true, when: {floor: entrance}, unless: {lock: true}}, {strength: should, light: true, clause: 1/3}]",
    "any_of: [{camera: true}, {compensates: true, clause: 1/2, strength: should, all_of: [{mirror: true}, {lock: true}]}, {compensates: true, light: true}]",
    "all_of: [{not: {camera: true}}, {if: {mirror: true}, then: {light: true, strength: should}}, {each: {of: distances, at_least: 2 m}}]",
    "all_of: [{at: {place: door, which: any, when: {floor: entrance}}, lock: true, when: {camera: true}, proviso: {ja: 原則, en: as a rule}}, {at: {place: car, which: every}, all_of: [{light: true}, {mirror: true}]}]",
    "all_of: [{present: door}, {present: stairs}, {large: true}, {large: false, clause: 1/4}]",
    "any_of: [{large: true, proviso: {ja: 原則, en: as a rule}}, {illuminance: {at_least: 5 lx, measure: vertical}}]",
    "{at: {place: parking, which: every}, camera: true, compensates: true}",
]
SAID: list[dict[str, Any]] = [
    {},
    {"camera": True, "mirror": False, "floor": "entrance", "lock": False, "light": True},
    {"camera": False, "mirror": True, "lock": True, "distances": ["3 m"], "width": "3 m", "illuminance": "9 lx"},
    {"camera": False, "mirror": False, "light": False, "lock": False, "distances": (), "width": "1 mm"},
    {"mirror": True, "light": False, "floor": "other", "illuminance": [("9 lx", "vertical"), ("1 lx", "horizontal")]},
]
OTHERS = [
    (),
    (place("door", "d1", floor="entrance", lock=False), place("door", "d2", lock=True)),
    (place("door", "d1", floor="other"), place("car", "c1", light=True), place("car", "c2", light=False, mirror=True)),
]
DEFINITIONS = {"large": node("width: {at_least: 250 mm}")}


def findings() -> Iterator[Finding]:
    for tree in EVERYTHING:
        for said in SAID:
            for others in OTHERS:
                for conditions in ({}, {"when": "floor: entrance", "unless": "foothold: true"}):
                    requirement = rule(tree, clause="1", **conditions)
                    subject = place(claims=("rule",), **said)
                    yield judge(requirement, subject, *others, derivations=DEFINITIONS, presence={"parking": "absent"})


FINDINGS = list(findings())


def reasons(finding: Finding) -> Iterator[Reason]:
    for one in finding.flat():
        yield from one.because.walk()


def test_every_reason_is_well_formed() -> None:
    remarks = (None, *get_args(Remark))
    for finding in FINDINGS:
        for reason in reasons(finding):
            assert reason.kind in get_args(ReasonKind) and reason.remark in remarks
            assert reason.strength in ("shall", "should") and reason.clause.startswith("1")
            assert 0 < reason.outcomes < 16 and 0 < reason.body < 16
            assert isinstance(reason.claimed, bool) and isinstance(reason.aside, bool)
            assert reason.truth in ("true", "false", "unknown", "not_applicable")
            assert len(reason.children) <= (reason.total or 4)
            if reason.kind not in ("requirement", "part", "instance", "any_of"):
                assert reason.node is not None


def test_a_reason_follows_from_the_reasons_below_it() -> None:
    for finding in FINDINGS:
        for reason in reasons(finding):
            if reason.when is None or reason.when.outcomes & (TRUE | VACUOUS):
                assert recombine(reason, [child.weight for child in reason.children]) == reason.outcomes
            else:
                assert reason.outcomes == NONE and reason.children == ()


def test_conditions_are_traced_like_anything_else() -> None:
    for finding in FINDINGS:
        for reason in reasons(finding):
            for condition in (reason.when, reason.unless):
                assert condition is None or condition.place.place in ("hall", "door", "car", "parking")


def test_a_part_names_its_node_and_is_not_aside_there() -> None:
    seen = 0
    for finding in FINDINGS:
        for part in finding.parts:
            centre = core(part.because)
            seen += 1
            assert centre.kind != "part" and not centre.aside and centre.node is not None
            assert part.locator == centre.clause and part.strength == centre.strength == "should"
            assert part.because.strength == "should" and part.because.clause == centre.clause
            assert part.because.place is centre.place
            wrappers = [reason for reason in part.because.walk() if reason.kind == "part"]
            assert all(reason.body == reason.children[0].outcomes for reason in wrappers)
            assert all(reason.when is not None or reason.unless is not None for reason in wrappers)
    assert seen > 50


def test_the_other_options_of_a_weaker_one_are_what_makes_it_moot() -> None:
    finding = judge(
        rule("any_of: [{camera: true}, {strength: should, clause: 1/2, light: true}, {mirror: true}]"),
        place(light=False),
    )
    (part,) = finding.parts
    rest = part.because.unless
    assert rest is not None and (rest.kind, rest.strength, rest.clause) == ("any_of", "shall", "1")
    assert [child.fact for child in rest.children] == [
        "camera",
        "mirror",
    ] and rest.body == rest.outcomes == TRUE | FALSE
    assert [missing.fact for missing in part.missing] == ["camera", "mirror"]
    alone = judge(rule("any_of: [{strength: should, light: true}]"), place(light=False)).parts[0]
    assert alone.because.kind == "fact" and alone.verdict == "fail"


def test_a_part_of_the_conclusion_of_if_is_not_one_of_its_condition() -> None:
    finding = judge(rule("if: {mirror: true}\nthen: {light: true, strength: should}"), place(light=False))
    (part,) = finding.parts
    assert part.because.when is not None and part.because.when.fact == "mirror"
    assert part.because.unless is None and part.verdict == "unknown"


@pytest.mark.parametrize(
    ("tree", "said", "strict"),
    [
        ("any_of: [{camera: true}, {compensates: true, light: true}]", {"camera": False, "light": True}, FALSE),
        ("any_of: [{camera: true}, {compensates: true, light: true}]", {"camera": False, "light": False}, FALSE),
        ("any_of: [{camera: true}, {compensates: true, light: true}]", {"light": True}, TRUE | FALSE),
        ("any_of: [{camera: true}, {compensates: true, light: true}]", {"camera": True}, TRUE),
        (
            "any_of: [{camera: true}, {compensates: true, light: true, when: {mirror: true}}]",
            {"camera": False, "light": True},
            FALSE,
        ),
        (
            "all_of: [{lock: true}, {compensates: true, light: true, when: {mirror: true}}]",
            {"lock": True, "light": True},
            TRUE | FALSE,
        ),
        (
            "all_of: [{lock: true}, {compensates: true, strength: should, light: true}]",
            {"lock": True, "light": True},
            TRUE,
        ),
        ("not: {camera: true}", {"camera": True}, FALSE),
        ("{compensates: true, each: {of: distances, at_least: 1 m}}", {"distances": ()}, FALSE),
    ],
)
def test_without_what_stands_in_the_first_choice_counts_alone(tree: str, said: dict[str, Any], strict: int) -> None:
    assert without_compensation(judge(rule(tree), place(**said)).because) == strict


def test_an_unknown_list_may_turn_out_empty() -> None:
    reason = judge(rule("each: {of: distances, at_least: 2 m}"), place()).because.children[0]
    assert reason.outcomes == TRUE | FALSE | VACUOUS
    assert judge(rule("camera: true"), place()).because.children[0].outcomes == TRUE | FALSE


def test_what_is_not_known_of_a_place_shows_at_the_root() -> None:
    root = judge(rule("camera: true"), place(camera=True)).because
    assert root.remark is None and root.body == TRUE and root.place.id == "p1"
    conditions = judge(rule("camera: true", when="{floor: entrance, mirror: true}", clause="1/9"), place()).because
    assert conditions.when is not None
    assert {(one.clause, one.strength) for one in conditions.when.walk()} == {("1/9", "shall")}
    unless = judge(rule("camera: true", unless="{floor: entrance, mirror: true}", clause="1/9"), place()).because
    assert unless.unless is not None
    assert {(one.clause, one.strength) for one in unless.unless.walk()} == {("1/9", "shall")}


def test_an_exception_that_holds_spares_the_tracing() -> None:
    root = judge(rule("camera: true", unless="mirror: true"), place(mirror=True)).because
    assert root.children == () and root.body == NONE
    spared = judge(rule("{camera: true, unless: {mirror: true}}"), place(mirror=True)).because.children[0]
    assert (spared.body, spared.operand, spared.remark) == (NONE, (), None)
    assert spared.place.id == "p1"


def test_a_condition_of_if_that_fails_spares_the_conclusion() -> None:
    reason = judge(rule("if: {mirror: true}\nthen: {light: true}"), place(mirror=False)).because.children[0]
    assert [child.fact for child in reason.children] == ["mirror"] and reason.outcomes == VACUOUS


def test_a_derived_reason_names_the_place() -> None:
    building = judge(
        rule("auto_lock: true"),
        place(),
        derivations={"auto_lock": node("large: true")},
        building_facts=facts(large=True),
    )
    reason = building.because.children[0]
    assert reason.remark == "derived" and reason.place.place == "building"
    assert building.verdict == "pass"


def test_a_chain_of_definitions_is_followed_for_each_fact() -> None:
    chain = {
        "large": node("all_of: [{foothold: true}, {certified: true}]"),
        "foothold": node("camera: true"),
        "certified": node("camera: true"),
    }
    assert (
        judge(rule("all_of: [{large: true}, {foothold: true}]"), place(camera=True), derivations=chain).verdict
        == "pass"
    )


def test_reasons_of_facts_of_the_building_are_shared() -> None:
    requirement = rule("all_of: [{auto_lock: true}, {camera: true}]")
    first = judge(requirement, place(camera=True), building_facts=facts(auto_lock=True))
    lock, camera = first.because.children[0].children
    assert lock.place.place == "building" and lock.truth == "true"
    assert camera.place.place == "hall"
