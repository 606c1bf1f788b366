"""Strength per node, what stands in for a first choice, and provisos that are claimed."""

# ruff: noqa: E501 (tables and requirements on one line each)

from __future__ import annotations

import pytest
from rules_world import asked, judge, place, rule

from kb.model.finding import Finding
from kb.rules import complies, summarize

LIT = "all_of: [{light: true}, {camera: true, strength: should, clause: 1/2}]"
FALLBACK = """
any_of:
  - {certified: true}
  - {clause: 1/2, compensates: true, strength: should, proviso: {ja: やむを得ず, en: where unavoidable}, lock: true}
"""
INSTEAD = """
any_of:
  - {clause: 1/1, light: true}
  - {clause: 1/2, compensates: true, camera: true}
  - {clause: 1/3, compensates: true, mirror: true}
"""


def verdicts(finding: Finding) -> list[tuple[str, str]]:
    return [(one.verdict, one.strength) for one in finding.flat()]


@pytest.mark.parametrize(
    ("light", "camera", "whole", "part"),
    [
        (True, True, "pass", "pass"),
        (True, False, "pass", "fail"),
        (False, True, "fail", "pass"),
        (False, False, "fail", "fail"),
        (True, None, "pass", "unknown"),
        (None, False, "unknown", "fail"),
    ],
)
def test_a_missed_recommendation_never_fails_the_requirement(
    light: bool | None, camera: bool | None, whole: str, part: str
) -> None:
    said = {name: value for name, value in (("light", light), ("camera", camera)) if value is not None}
    finding = judge(rule(LIT), place(**said))
    assert verdicts(finding) == [(whole, "shall"), (part, "should")]
    recommended = finding.parts[0]
    assert (recommended.locator, recommended.is_part, recommended.id) == ("1/2", True, "rule")
    assert complies([finding]) == (whole != "fail")


def test_the_part_steps_aside_in_the_tree() -> None:
    tree = judge(rule(LIT), place(light=True, camera=False)).because
    assert [child.aside for child in tree.children[0].children] == [False, True]
    assert tree.children[0].children[1].truth == "false" and tree.children[0].outcomes == 1


def test_a_part_asks_only_for_its_own_facts() -> None:
    finding = judge(rule(LIT), place())
    assert asked(finding) == ["light"] and asked(finding.parts[0]) == ["camera"]


def test_a_requirement_can_hold_a_stronger_part() -> None:
    finding = judge(
        rule("all_of: [{light: true}, {camera: true, strength: shall}]", strength="should"),
        place(light=True, camera=False),
    )
    assert verdicts(finding) == [("pass", "should"), ("fail", "shall")]
    assert not complies([finding])


def test_a_strength_on_the_outermost_node_is_that_of_the_requirement() -> None:
    finding = judge(rule("{light: true, strength: should}"), place(light=False))
    assert verdicts(finding) == [("fail", "should")] and finding.because.strength == "should"


def test_a_requirement_made_only_of_weaker_members_is_as_strong_as_the_strongest() -> None:
    weak = rule("all_of: [{camera: true, strength: may}, {all_of: [{light: true, strength: should}]}]")
    finding = judge(weak, place(camera=False, light=False))
    assert verdicts(finding) == [("fail", "should"), ("fail", "may")]
    assert finding.required.en == "lights are on" and finding.because.strength == "should"


def test_an_option_of_weaker_members_only_is_no_option() -> None:
    weak = rule("any_of: [{light: true}, {all_of: [{camera: true, strength: should}]}]")
    finding = judge(weak, place(light=False, camera=True))
    assert verdicts(finding) == [("fail", "shall"), ("pass", "should")]
    assert finding.required.en == "lights are on"


def test_a_part_stands_under_the_conditions_above_it() -> None:
    rule_ = rule(LIT, when="floor: entrance", unless="mirror: true")
    part = judge(rule_, place(floor="entrance", mirror=False, camera=False, light=True)).parts[0]
    assert part.verdict == "fail"
    open_ = judge(rule_, place(camera=False, light=True)).parts[0]
    assert open_.verdict == "unknown" and asked(open_) == ["floor", "mirror"]
    assert judge(rule_, place(floor="entrance", camera=False, light=True)).parts[0].verdict == "unknown"
    assert judge(rule_, place(camera=True, light=True)).parts[0].verdict == "pass"
    assert judge(rule_, place(floor="other", camera=False)).parts == ()
    inner = rule(
        "all_of: [{light: true}, {all_of: [{lock: true}, {camera: true, strength: should}], when: {mirror: true}}]"
    )
    assert judge(inner, place(light=True, camera=False)).parts[0].verdict == "unknown"
    assert judge(inner, place(light=True, camera=False, mirror=True)).parts[0].verdict == "fail"


def test_a_part_below_if_stands_under_its_condition() -> None:
    rule_ = rule("all_of: [{light: true}, {if: {mirror: true}, then: {camera: true, strength: should}}]")
    assert verdicts(judge(rule_, place(light=True, mirror=True, camera=False))) == [
        ("pass", "shall"),
        ("fail", "should"),
    ]
    assert verdicts(judge(rule_, place(light=True, camera=False))) == [("pass", "shall"), ("unknown", "should")]
    assert verdicts(judge(rule_, place(light=True, mirror=False, camera=False))) == [("pass", "shall")]


def test_parts_within_parts_are_parts_too() -> None:
    rule_ = rule("all_of: [{light: true}, {strength: should, all_of: [{camera: true}, {lock: true, strength: may}]}]")
    finding = judge(rule_, place(light=True, camera=True, lock=False))
    assert verdicts(finding) == [("pass", "shall"), ("pass", "should"), ("fail", "may")]


def test_a_weaker_fallback_is_accepted_and_reported_by_itself() -> None:
    assert verdicts(judge(rule(FALLBACK), place(certified=True, lock=False))) == [
        ("pass", "shall"),
        ("not_applicable", "should"),
    ]
    saved = judge(rule(FALLBACK), place(certified=False, lock=True))
    assert verdicts(saved)[0] == ("pass_by_alternative", "shall") and saved.compensated_by == ("1/2",)
    assert verdicts(judge(rule(FALLBACK), place(certified=False, lock=False))) == [
        ("fail", "shall"),
        ("fail", "should"),
    ]
    assert verdicts(judge(rule(FALLBACK), place(lock=False))) == [("unknown", "shall"), ("unknown", "should")]


def test_what_stands_in_for_the_first_choice_passes_by_alternative() -> None:
    by_camera = judge(rule(INSTEAD), place(light=False, camera=True))
    assert (by_camera.verdict, by_camera.compensated_by) == ("pass_by_alternative", ("1/2",))
    both = judge(rule(INSTEAD), place(light=False, camera=True, mirror=True))
    assert both.compensated_by == ("1/2", "1/3")
    first = judge(rule(INSTEAD), place(light=True, camera=True))
    assert (first.verdict, first.compensated_by) == ("pass", ())
    unknown_first = judge(rule(INSTEAD), place(mirror=True))
    assert (unknown_first.verdict, unknown_first.compensated_by) == ("pass_by_alternative", ("1/3",))
    assert judge(rule(INSTEAD), place(light=False, camera=False, mirror=False)).verdict == "fail"
    assert judge(rule(INSTEAD), place(light=False)).verdict == "unknown"


def test_an_alternative_deep_in_the_tree_counts() -> None:
    deep = "all_of: [{lock: true}, {when: {floor: entrance}, any_of: [{light: true}, {any_of: [{foothold: true}, {compensates: true, clause: 1/9, camera: true}]}]}]"
    found = judge(rule(deep), place(lock=True, floor="entrance", light=False, foothold=False, camera=True))
    assert (found.verdict, found.compensated_by) == ("pass_by_alternative", ("1/9",))
    assert judge(rule(deep), place(lock=True, floor="other", light=False)).verdict == "pass"
    inside = judge(rule(deep), place(lock=True, floor="entrance", light=False, foothold=True, camera=True))
    assert (inside.verdict, inside.compensated_by) == ("pass", ())


def test_an_alternative_at_another_place_counts() -> None:
    away = "any_of: [{light: true}, {clause: 1/3, compensates: true, at: {place: door, which: any}, camera: true}]"
    found = judge(rule(away), place(light=False), place("door", "d", camera=True))
    assert (found.verdict, found.compensated_by) == ("pass_by_alternative", ("1/3",))


def test_an_alternative_under_if_counts() -> None:
    later = "all_of: [{lock: true}, {if: {mirror: true}, then: {any_of: [{light: true}, {compensates: true, camera: true}]}}]"
    found = judge(rule(later), place(lock=True, mirror=True, light=False, camera=True))
    assert (found.verdict, found.compensated_by) == ("pass_by_alternative", ("1",))
    assert judge(rule(later), place(lock=True, mirror=False)).verdict == "pass"


def test_an_alternative_that_may_not_apply_still_passes_only_by_alternative() -> None:
    either = "any_of: [{light: true}, {compensates: true, clause: 1/2, camera: true, when: {floor: entrance}}]"
    assert judge(rule(either), place(light=False, camera=True, floor="entrance")).verdict == "pass_by_alternative"
    assert judge(rule(either), place(light=False, camera=True)).verdict == "unknown"


def test_a_proviso_is_shown_but_not_needed() -> None:
    assert judge(rule(FALLBACK), place(certified=False, lock=True)).verdict == "pass_by_alternative"


@pytest.mark.parametrize("claim", ["rule", "guide rule", "1/2", "guide 1/2"])
def test_a_claimed_proviso_turns_a_fail_into_unknown(claim: str) -> None:
    finding = judge(rule(FALLBACK), place(certified=False, lock=False, claims=(claim,)))
    assert verdicts(finding) == [("unknown", "shall"), ("unknown", "should")]
    reason = next(reason for reason in finding.because.walk() if reason.claimed)
    assert reason.fact == "lock" and reason.body == 2
    missing = finding.missing
    assert [one.kind for one in missing] == ["proviso"] and missing[0].fact == "proviso"


@pytest.mark.parametrize("claim", ["other", "other rule", "1", "guide 1/3"])
def test_another_claim_changes_nothing(claim: str) -> None:
    assert judge(rule(FALLBACK), place(certified=False, lock=False, claims=(claim,))).verdict == "fail"


def test_a_claim_does_not_excuse_what_has_no_proviso() -> None:
    height = "all_of: [{camera: true}, {height: {at_most: 1.5 m}, proviso: {ja: 原則, en: as a rule}}]"
    assert judge(rule(height), place(camera=True, height="1.6 m", claims=("rule",))).verdict == "unknown"
    assert judge(rule(height), place(camera=False, height="1.6 m", claims=("rule",))).verdict == "fail"
    assert judge(rule(height), place(camera=True, height="1.5 m", claims=("rule",))).verdict == "pass"
    unknown = judge(rule(height), place(camera=True, claims=("rule",)))
    assert unknown.verdict == "unknown"


def test_a_proviso_can_be_claimed_for_other_places() -> None:
    away = "{at: {place: door, which: every}, lock: true, proviso: {ja: 原則, en: as a rule}}"
    door = place("door", "d", lock=False)
    assert judge(rule(away), place(claims=("rule",)), door).verdict == "unknown"
    assert judge(rule(away), place(), door).verdict == "fail"


def test_the_summary_counts_parts_too() -> None:
    findings = [
        judge(rule(LIT), place(light=True, camera=False)),
        judge(rule(LIT), place(light=True, camera=True)),
        judge(rule("mirror: true", document="second", strength="should"), place(mirror=False)),
    ]
    assert summarize(findings) == {
        "guide": {"shall": {"pass": 2}, "should": {"fail": 1, "pass": 1}},
        "second": {"should": {"fail": 1}},
    }
    assert complies(findings) and complies([])
