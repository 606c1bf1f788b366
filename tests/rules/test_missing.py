"""What is asked for: only facts that can still change the verdict, the one that settles most first."""

# ruff: noqa: E501 (tables and requirements on one line each)

from __future__ import annotations

from rules_world import VOCABULARY, asked, judge, node, place, rule

from kb.rules import inquiry, questions
from kb.rules.questions import FactKey, open_facts
from kb.rules.samples import collect_tests, sample_values

LIFT = """
any_of:
  - all_of: [{height: {at_least: 700 mm}}, {width: {at_least: 200 mm}}, {lock: true}]
  - {compensates: true, all_of: [{mirror: true}, {light: true}]}
  - {compensates: true, camera: true}
"""


def test_nothing_is_asked_where_the_verdict_is_settled() -> None:
    assert asked(judge(rule(LIFT), place(camera=True))) == []
    assert asked(judge(rule("camera: true"), place(camera=False))) == []
    assert asked(judge(rule("camera: true", when="floor: entrance"), place(floor="other"))) == []


def test_a_fact_that_can_no_longer_change_the_verdict_is_not_asked() -> None:
    finding = judge(rule(LIFT), place(width="100 mm", mirror=False))
    assert asked(finding) == ["camera"]
    assert asked(judge(rule("all_of: [{camera: true}, {light: true}]"), place(camera=True))) == ["light"]
    assert asked(judge(rule("any_of: [{camera: true}, {light: true}]"), place(camera=False))) == ["light"]


def test_a_condition_that_makes_no_difference_is_not_asked() -> None:
    lit = "all_of: [{camera: true}, {light: true, when: {mirror: true}}]"
    assert asked(judge(rule(lit), place(light=True))) == ["camera"]
    assert asked(judge(rule(lit), place(camera=True, light=False))) == ["mirror"]
    exempt = "all_of: [{camera: true}, {light: true, unless: {mirror: true}}]"
    assert asked(judge(rule(exempt), place(light=True))) == ["camera"]
    assert asked(judge(rule(exempt), place(camera=True, light=False))) == ["mirror"]
    assert asked(judge(rule("all_of: [{camera: true}, {if: {mirror: true}, then: {light: true}}]"), place(camera=True, light=False))) == ["mirror"]  # fmt: skip


def test_the_fact_that_settles_most_is_asked_first() -> None:
    assert asked(judge(rule(LIFT), place()))[0] == "camera"
    assert (
        asked(judge(rule("all_of: [{any_of: [{camera: true}, {mirror: true}]}, {lock: true}]"), place()))[0] == "lock"
    )
    one_option = "any_of: [{all_of: [{camera: true}, {mirror: true}]}, {all_of: [{camera: true}, {light: true}]}]"
    assert asked(judge(rule(one_option), place())) == ["camera", "mirror", "light"]


def test_of_equals_the_first_in_the_clause_is_asked_first() -> None:
    assert asked(judge(rule("all_of: [{mirror: true}, {camera: true}]"), place())) == ["mirror", "camera"]
    assert asked(judge(rule("all_of: [{camera: true}, {mirror: true}]"), place())) == ["camera", "mirror"]


def test_many_open_facts_stay_in_the_order_of_the_clause() -> None:
    names = ["camera", "mirror", "lock", "certified", "light", "foothold", "large"]
    doors = [place("door", f"d{i}") for i in range(questions.PROBED)]
    many = f"all_of: [{', '.join(f'{{{name}: true}}' for name in names)}, {{at: {{place: door, which: every}}, lock: true}}]"
    found = asked(judge(rule(many), place(), *doors))
    assert found[:7] == names and found.count("lock") == 1 + len(doors)


def test_a_design_with_very_many_other_places_is_not_tried_out() -> None:
    required = "any_of: [{all_of: [{camera: true}, {mirror: true}]}, {at: {place: door}, lock: true}, {light: true}]"
    few = [place("door", f"d{i}", lock=False) for i in range(inquiry.MANY)]
    more = [*few, place("door", "last", lock=False)]
    assert asked(judge(rule(required), place(), *few)) == ["light", "camera", "mirror"]
    assert asked(judge(rule(required), place(), *more)) == ["camera", "mirror", "light"]


def test_each_fact_is_asked_once() -> None:
    twice = "any_of: [{all_of: [{camera: true}, {mirror: true}]}, {all_of: [{camera: true}, {light: true}]}]"
    assert asked(judge(rule(twice), place())).count("camera") == 1


def test_a_fact_measured_in_two_ways_is_asked_twice() -> None:
    both = "all_of: [{illuminance: {at_least: 50 lx, measure: horizontal}}, {illuminance: {at_least: 3 lx, measure: vertical}}]"
    finding = judge(rule(both), place())
    assert [(one.fact, one.measure) for one in finding.missing] == [
        ("illuminance", "horizontal"),
        ("illuminance", "vertical"),
    ]
    half = judge(rule(both), place(illuminance=("60 lx", "horizontal")))
    assert [(one.measure, one.kind) for one in half.missing] == [("vertical", "other_measure")]


def test_probing_a_measure_keeps_what_was_measured_otherwise() -> None:
    both = "all_of: [{illuminance: {at_least: 50 lx, measure: horizontal}}, {illuminance: {at_least: 3 lx, measure: vertical}}, {camera: true}]"
    finding = judge(rule(both), place(illuminance=("60 lx", "horizontal")))
    assert asked(finding) == ["illuminance", "camera"]


def test_several_values_that_disagree_are_asked_about() -> None:
    finding = judge(
        rule("illuminance: {at_least: 50 lx}"), place(illuminance=[("60 lx", "horizontal"), ("5 lx", "vertical")])
    )
    assert [(one.fact, one.kind, one.measure) for one in finding.missing] == [("illuminance", "several_values", None)]


def test_questions_come_from_the_vocabulary() -> None:
    finding = judge(
        rule("all_of: [{camera: true}, {floor: entrance}, {illuminance: {at_least: 50 lx, measure: horizontal}}]"),
        place(),
    )
    said = {one.fact: one for one in finding.missing}
    assert said["camera"].question.ja == "カメラはありますか。" and said["camera"].question.en == "Is there a camera?"
    assert [(one.value, one.label.ja, one.label.en) for one in said["camera"].options] == [
        ("true", "はい", "yes"),
        ("false", "いいえ", "no"),
    ]
    assert [(one.value, one.label.en) for one in said["floor"].options] == [
        ("entrance", "entrance floor"),
        ("other", "other floor"),
    ]
    assert said["illuminance"].options == ()
    assert said["illuminance"].question.en == "What is the average illuminance, in lux?"
    assert said["camera"].place.id == "p1"


def test_a_question_is_made_up_where_the_vocabulary_has_none() -> None:
    made = {
        "lock: true": ("「施錠できる」に当たりますか。", "Is it so: can be locked?"),
        "height: {at_least: 1 m}": ("高さはいくつですか。", "What is the figure: height?"),
        "each: {of: distances, at_least: 1 m}": (
            "足場との距離はそれぞれいくつですか。",
            "What is each of these: distance to footholds?",
        ),
        "angle: A": ("画角: 次のどれに当たりますか。", "angle: which of these?"),
        "seen_from: {includes_any: [road]}": (
            "どこから見えるか: 次のどれに当たりますか。",
            "seen from: which of these?",
        ),
        "illuminance: {at_least: 1 lx, measure: vertical}": (
            "照度（鉛直面）はいくつですか。",
            "What is the figure: illuminance (vertical)?",
        ),
    }
    for text, (ja, en) in made.items():
        question = judge(rule(text), place()).missing[0].question
        assert (question.ja, question.en) == (ja, en)


def test_a_question_about_another_place_names_it() -> None:
    finding = judge(rule("{at: {place: door}, camera: true}"), place(), place("door", "d", name="裏口"))
    assert finding.missing[0].question.ja == "裏口: カメラはありますか。"
    unnamed = judge(rule("{at: {place: door}, camera: true}"), place(), place("door", "d"))
    assert unnamed.missing[0].question.en == "door: Is there a camera?"
    building = judge(rule("auto_lock: true"), place()).missing[0]
    assert building.question.ja == "「オートロックがある」に当たりますか。" and building.place.place == "building"
    patrol = judge(rule("patrol: true"), place()).missing[0]
    assert patrol.question.en == "Is it so: staff make rounds?" and patrol.place.place == "operator"


def test_presence_and_provisos_have_questions_too() -> None:
    finding = judge(rule("{at: {place: door, which: any}, camera: true}"), place())
    presence = finding.missing[0]
    assert (presence.fact, presence.kind, presence.place.place) == ("present", "presence", "door")
    assert (presence.question.ja, presence.question.en) == ("扉はありますか。", "Is there this place: door?")
    assert [one.value for one in presence.options] == ["true", "false"]
    claimed = judge(
        rule("{camera: true, proviso: {ja: やむを得ない場合, en: where unavoidable}}"),
        place(camera=False, claims=("rule",)),
    )
    proviso = claimed.missing[0]
    assert proviso.question.ja == "「やむを得ない場合」に当たると認められますか（判定者が判断します）。"
    assert proviso.question.en == "Is it accepted that this applies: “where unavoidable”? (For the assessor to decide.)"
    assert (proviso.options, proviso.measure, proviso.place.id) == ((), None, "p1")


def test_a_claimed_proviso_is_asked_about_beside_other_facts() -> None:
    both = rule("all_of: [{light: true}, {camera: true, proviso: {ja: 原則, en: as a rule}}]")
    assert asked(judge(both, place(camera=False, claims=("rule",)))) == ["light", "proviso"]


def test_open_facts_have_keys_and_know_their_reason() -> None:
    reason = judge(rule("illuminance: {at_least: 50 lx, measure: horizontal}"), place()).because
    (found,) = open_facts(reason)
    assert found.key == FactKey("hall", "p1", "illuminance", "horizontal")
    assert found.reason is reason.children[0] and found.kind == "not_given"


def test_samples_stand_for_every_outcome_of_the_tests() -> None:
    def values(text: str, fact: str) -> list[object]:
        asked_node = node(text)
        assert asked_node.test is not None
        return [one.value for one in sample_values([asked_node.test], VOCABULARY.facts[fact], None)]

    assert values("camera: true", "camera") == [True, False]
    assert values("camera: false", "camera") == [False, True]
    assert values("floor: entrance", "floor") == ["entrance", "other"]
    assert values("floor: {equals: other}", "floor") == ["other", "entrance"]
    assert values("angle: {one_of: [A, AA, B]}", "angle") == ["A", "AA", "B", "(other)"]
    assert values("seen_from: {includes_any: [road, window]}", "seen_from") == [
        frozenset({"road", "window"}),
        frozenset(),
        frozenset({"road"}),
        frozenset({"window"}),
    ]
    heights = values("height: {at_least: 2 m}", "height")
    assert [str(one.value) for one in heights] == ["2", "1", "3"]  # type: ignore[attr-defined]
    lists = values("each: {of: distances, at_least: 2 m}", "distances")
    assert [[str(q.value) for q in one] for one in lists] == [["2"], ["1"], ["3"], []]  # type: ignore[attr-defined]
    assert sample_values([node("camera: true").test], None, "m")[0].measure == "m"  # type: ignore[list-item]


def test_the_collect_tests_a_requirement_include_conditions_and_definitions() -> None:
    found = collect_tests(
        rule(
            "all_of: [{camera: true, when: {mirror: true}}, {at: {place: door, when: {floor: entrance}}, not: {lock: true}}]",
            when="building: apartment",
            unless="light: true",
        ),
        [node("width: {at_least: 1 mm}")],
    )
    assert set(found) == {"building", "light", "mirror", "camera", "floor", "lock", "width"}
    assert all(len(tests) == 1 for tests in found.values())
