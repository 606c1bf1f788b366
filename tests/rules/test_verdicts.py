"""Verdicts on one requirement at one place."""

from __future__ import annotations

import pytest
from rules_world import VOCABULARY, asked, facts, judge, node, place, rule, verdict

from kb.errors import IncompatibleUnits, InputError
from kb.model.finding import FALSE, NONE, TRUE, VACUOUS
from kb.quantity import parse_quantity
from kb.rules import DesignView, FactValue, PlaceInstance, evaluate

BRIGHT = "illuminance: {at_least: 50 lx, measure: horizontal, approximate: true}"


def test_enough_light_passes_and_too_little_fails() -> None:
    assert verdict(BRIGHT, illuminance=("50 lx", "horizontal")) == "pass"
    assert verdict(BRIGHT, illuminance=("49.9 lx", "horizontal")) == "fail"


def test_about_is_compared_strictly_and_noted() -> None:
    finding = judge(rule(BRIGHT), place(illuminance=("49 lx", "horizontal")))
    assert finding.verdict == "fail" and finding.approximate
    assert not judge(rule("height: {at_least: 1 m}"), place(height="1 m")).approximate
    assert not judge(rule(BRIGHT), place()).approximate


def test_a_fact_that_is_not_given_is_unknown_and_asked_for() -> None:
    finding = judge(rule(BRIGHT), place())
    assert finding.verdict == "unknown"
    assert asked(finding) == ["illuminance"]
    assert finding.because.children[0].remark == "not_given"


def test_light_measured_in_another_way_leaves_it_unknown_and_says_so() -> None:
    finding = judge(rule(BRIGHT), place(illuminance=("80 lx", "vertical")))
    assert finding.verdict == "unknown"
    assert finding.because.children[0].remark == "other_measure"
    assert [missing.kind for missing in finding.missing] == ["other_measure"]


@pytest.mark.parametrize(
    ("camera", "mirror", "both", "either"),
    [
        (True, True, "pass", "pass"),
        (True, False, "fail", "pass"),
        (True, None, "unknown", "pass"),
        (False, None, "fail", "unknown"),
        (None, False, "fail", "unknown"),
        (None, None, "unknown", "unknown"),
        (False, False, "fail", "fail"),
    ],
)
def test_all_of_and_any_of(camera: bool | None, mirror: bool | None, both: str, either: str) -> None:
    said = {name: value for name, value in (("camera", camera), ("mirror", mirror)) if value is not None}
    assert verdict("all_of: [{camera: true}, {mirror: true}]", **said) == both
    assert verdict("any_of: [{camera: true}, {mirror: true}]", **said) == either


def test_not_turns_a_test_round() -> None:
    assert verdict("not: {camera: true}", camera=False) == "pass"
    assert verdict("not: {camera: true}", camera=True) == "fail"
    assert verdict("not: {camera: true}") == "unknown"


def test_if_asks_only_where_the_condition_holds() -> None:
    rule_ = "all_of: [{mirror: true}, {if: {camera: true}, then: {light: true}}]"
    assert verdict(rule_, mirror=True, camera=True, light=True) == "pass"
    assert verdict(rule_, mirror=True, camera=True, light=False) == "fail"
    assert verdict(rule_, mirror=True, camera=False, light=False) == "pass"
    assert verdict(rule_, mirror=True, light=False) == "unknown"
    assert verdict(rule_, mirror=True, light=True) == "pass"
    assert verdict("if: {camera: true}\nthen: {light: true}", camera=False) == "not_applicable"
    assert verdict("if: {camera: true}\nthen: {light: true}", camera=True) == "unknown"


def test_a_member_that_does_not_apply_drops_out() -> None:
    lit = "all_of: [{camera: true}, {light: true, when: {mirror: true}}]"
    assert verdict(lit, camera=True, mirror=False, light=False) == "pass"
    assert verdict(lit, camera=True, mirror=True, light=False) == "fail"
    assert verdict(lit, camera=True, light=True) == "pass"
    assert verdict(lit, camera=True, light=False) == "unknown"


def test_an_exception_drops_a_member() -> None:
    locked = "all_of: [{camera: true}, {lock: true, unless: {mirror: true}}]"
    assert verdict(locked, camera=True, mirror=True, lock=False) == "pass"
    assert verdict(locked, camera=True, mirror=False, lock=False) == "fail"
    assert verdict(locked, camera=True, lock=False) == "unknown"
    assert verdict(locked, camera=True, lock=True) == "pass"


def test_an_option_that_does_not_apply_cannot_save() -> None:
    barred = "any_of: [{camera: true}, {lock: true, when: {mirror: true}}]"
    assert verdict(barred, camera=False, mirror=False, lock=True) == "fail"
    assert verdict(barred, camera=False, mirror=True, lock=True) == "pass"
    assert verdict(barred, camera=False, lock=True) == "unknown"


def test_nothing_left_to_check_is_not_applicable_and_never_pass() -> None:
    assert verdict("all_of: [{light: true, when: {mirror: true}}]", mirror=False) == "not_applicable"
    assert verdict("any_of: [{light: true, when: {mirror: true}}]", mirror=False, light=True) == "not_applicable"
    assert verdict("{light: true, unless: {mirror: true}}", mirror=True, light=True) == "not_applicable"


def test_a_requirement_has_conditions_of_its_own() -> None:
    lit = rule("light: true", when="{building: apartment, floor: entrance}", unless="mirror: true")
    assert judge(lit, place(floor="entrance", mirror=False, light=False)).verdict == "fail"
    assert judge(lit, place(floor="other", mirror=False, light=False)).verdict == "not_applicable"
    assert judge(lit, place(floor="entrance", mirror=True, light=False)).verdict == "not_applicable"
    assert (
        judge(lit, place(floor="entrance", mirror=False, light=False), building="detached").verdict == "not_applicable"
    )


def test_where_it_is_unknown_whether_it_applies_it_passes_only_if_every_case_does() -> None:
    lit = rule("light: true", when="floor: entrance")
    assert judge(lit, place(light=True)).verdict == "pass"
    unknown = judge(lit, place(light=False))
    assert unknown.verdict == "unknown" and asked(unknown) == ["floor"]
    assert judge(rule("light: true", unless="floor: entrance"), place(light=False)).verdict == "unknown"
    assert judge(rule("light: true", unless="floor: entrance"), place(light=True)).verdict == "pass"


def test_each_member_of_a_list_must_pass() -> None:
    far = "each: {of: distances, at_least: 1.8 m}"
    assert verdict(far, distances=["1.8 m", "3 m"]) == "pass"
    assert verdict(far, distances=["1.8 m", "170 cm"]) == "fail"
    assert verdict(far) == "unknown"
    assert verdict(far, distances=()) == "not_applicable"
    option = f"any_of: [{{{far}}}, {{lock: true}}]"
    assert verdict(option, distances=(), lock=False) == "not_applicable"


def test_the_tree_of_reasons_says_what_held_and_what_did_not() -> None:
    tree = judge(
        rule("all_of: [{camera: true, clause: 1/2}, {light: true, when: {mirror: true}}, {lock: true}]"),
        place(camera=True, mirror=False),
    ).because
    assert (tree.kind, tree.truth, tree.clause, tree.strength) == ("requirement", "unknown", "1", "shall")
    joint = tree.children[0]
    assert (joint.kind, joint.truth) == ("all_of", "unknown")
    assert [child.truth for child in joint.children] == ["true", "not_applicable", "unknown"]
    assert [child.clause for child in joint.children] == ["1/2", "1", "1"]
    held, dropped, asked_for = joint.children
    assert held.operand == (FactValue(True),) and held.fact == "camera" and held.outcomes == held.body == TRUE
    assert dropped.when is not None and dropped.when.truth == "false" and dropped.body == NONE
    assert dropped.operand == () and dropped.children == ()
    assert asked_for.operand == () and asked_for.remark == "not_given"
    assert [reason.kind for reason in tree.walk()] == ["requirement", "all_of", "fact", "fact", "fact", "fact"]


def test_a_reason_has_the_annotations_of_its_node() -> None:
    reason = judge(
        rule("{camera: true, proviso: {ja: 原則, en: as a rule}, compensates: true}"), place()
    ).because.children[0]
    assert reason.proviso is not None and reason.proviso.en == "as a rule" and reason.compensates
    root = judge(rule("camera: true"), place()).because
    assert root.node is None and root.fact is None and root.test is None and root.proviso is None
    assert not root.compensates and root.weight == root.outcomes


def test_an_empty_list_is_remarked() -> None:
    reason = judge(rule("each: {of: distances, at_least: 1.8 m}"), place(distances=())).because.children[0]
    assert (reason.kind, reason.body, reason.remark) == ("each", VACUOUS, "empty_list")


def test_a_unit_that_cannot_be_compared_names_place_fact_and_clause() -> None:
    wrong = PlaceInstance("p9", "hall", "3F hall", {"illuminance": (FactValue(parse_quantity("2 m")),)})
    with pytest.raises(IncompatibleUnits) as error:
        judge(rule("illuminance: {at_least: 50 lx}"), wrong)
    assert str(error.value) == (
        "3F hall: illuminance: 2 m (m) cannot be compared with 50 lx (lx); needed by guide 1 (rule)"
    )
    unnamed = PlaceInstance("p9", "hall", facts=wrong.facts)
    with pytest.raises(IncompatibleUnits, match=r"^p9: illuminance: 2 m"):
        judge(rule("illuminance: {at_least: 50 lx}"), unnamed)


def test_a_value_of_another_type_names_place_fact_and_clause() -> None:
    with pytest.raises(InputError, match=r"^p1: camera: found 'x'; allowed: yes or no; needed by guide 1/2 \(rule\)$"):
        judge(rule("{camera: true, clause: 1/2}"), PlaceInstance("p1", "hall", facts={"camera": (FactValue("x"),)}))


def test_what_does_not_apply_is_not_compared() -> None:
    wrong = PlaceInstance(
        "p1", "hall", facts={"illuminance": (FactValue(parse_quantity("2 m")),), **facts(mirror=False)}
    )
    assert judge(rule("{illuminance: {at_least: 50 lx}, when: {mirror: true}}"), wrong).verdict == "not_applicable"


def test_a_defined_fact_follows_from_its_definition_where_it_is_not_given() -> None:
    definition = {"large": node("all_of: [{width: {at_least: 250 mm}}, {height: {at_least: 0.4 m}}]")}
    barred = rule("{lock: true, when: {large: true}}")
    small = place(width="200 mm", height="1 m", lock=False)
    large = place(width="300 mm", height="1 m", lock=False)
    assert judge(barred, small, derivations=definition).verdict == "not_applicable"
    assert judge(barred, large, derivations=definition).verdict == "fail"
    assert judge(barred, large).verdict == "unknown"
    assert (
        judge(barred, place(large=False, width="300 mm", height="1 m", lock=False), derivations=definition).verdict
        == "not_applicable"
    )
    open_ = judge(barred, place(height="1 m", lock=False), derivations=definition)
    assert open_.verdict == "unknown" and asked(open_) == ["width"]
    derived = judge(rule("large: true"), large, derivations=definition).because.children[0]
    assert derived.remark == "derived" and derived.truth == "true" and derived.children[0].kind == "all_of"
    assert judge(rule("large: false"), large, derivations=definition).verdict == "fail"
    assert judge(rule("large: false"), small, derivations=definition).verdict == "pass"


def test_a_definition_that_does_not_apply_leaves_the_fact_unknown() -> None:
    definition = {"large": node("{width: {at_least: 250 mm}, when: {mirror: true}}")}
    assert judge(rule("large: true"), place(mirror=False, width="1 m"), derivations=definition).verdict == "unknown"
    assert judge(rule("large: false"), place(mirror=False, width="1 m"), derivations=definition).verdict == "unknown"


def test_definitions_that_lean_on_each_other_end_in_unknown() -> None:
    circle = {"large": node("foothold: true"), "foothold": node("large: true")}
    assert judge(rule("large: true"), place(), derivations=circle).verdict == "unknown"
    assert judge(rule("large: true"), place(foothold=True), derivations=circle).verdict == "pass"


def test_a_finding_names_requirement_and_place() -> None:
    finding = judge(rule("camera: true", id="hall.camera", clause="2/1"), place(id="h1", name="1F", camera=False))
    assert (finding.id, finding.document, finding.locator) == ("hall.camera", "guide", "2/1")
    assert (finding.subject, finding.name, finding.place.id) == ("hall", "1F", "h1")
    assert (finding.strength, finding.is_part, finding.parts, finding.compensated_by) == ("shall", False, (), ())
    assert list(finding.flat()) == [finding]
    assert finding.because.outcomes == FALSE


def test_a_place_of_another_kind_is_not_judged() -> None:
    stairs = rule("camera: true", subjects=("stairs",), except_places=("outdoor_stairs",))
    for kind in ("hall", "outdoor_stairs"):
        finding = judge(stairs, place(kind, camera=False))
        assert finding.verdict == "not_applicable" and finding.because.remark == "other_place"
    assert judge(stairs, place("stairs", camera=False)).verdict == "fail"
    assert judge(rule("camera: true", subjects=("stairs",)), place("outdoor_stairs", camera=False)).verdict == "fail"
    assert judge(rule("camera: true", subjects=("grounds",)), place("parking", camera=False)).verdict == "fail"


def test_the_building_and_the_operator_are_judged_too() -> None:
    building = PlaceInstance("b", "building", facts=facts(auto_lock=True))
    operator = PlaceInstance("o", "operator", facts=facts(patrol=False))
    view = DesignView((), building, operator)
    assert evaluate(rule("auto_lock: true", subjects=("building",)), building, view, VOCABULARY).verdict == "pass"
    assert evaluate(rule("patrol: true", subjects=("operator",)), operator, view, VOCABULARY).verdict == "fail"
