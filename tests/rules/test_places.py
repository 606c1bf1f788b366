"""Places: which instances a requirement judges, whether they exist, and facts of other places."""

from __future__ import annotations

import pytest
from rules_world import VOCABULARY, asked, corpus, design, facts, judge, node, place, rule

from kb.model.facts import DesignView, FactValue, PlaceInstance
from kb.model.finding import FALSE, NONE, TRUE
from kb.rules import View, evaluate, evaluate_all
from kb.rules.trace import SHOWN
from kb.rules.view import key, stand_in

EVERY = "{at: {place: door, which: every}, lock: true}"
ANY = "{at: {place: door, which: any}, lock: true}"


def doors(*locked: bool | None) -> list[PlaceInstance]:
    return [
        place("door", f"d{i}") if lock is None else place("door", f"d{i}", lock=lock) for i, lock in enumerate(locked)
    ]


@pytest.mark.parametrize(
    ("locked", "every", "any_"),
    [
        ((True, True), "pass", "pass"),
        ((True, False), "fail", "pass"),
        ((False, False), "fail", "fail"),
        ((True, None), "unknown", "pass"),
        ((False, None), "fail", "unknown"),
        ((None, None), "unknown", "unknown"),
    ],
)
def test_every_and_any_instance_of_another_place(locked: tuple[bool | None, ...], every: str, any_: str) -> None:
    assert judge(rule(EVERY), place(), *doors(*locked)).verdict == every
    assert judge(rule(ANY), place(), *doors(*locked)).verdict == any_


def test_a_place_that_is_absent_has_nothing_to_check_and_nothing_to_offer() -> None:
    nowhere = {"presence": {"door": "absent"}}
    assert judge(rule(EVERY), place(), **nowhere).verdict == "not_applicable"
    assert judge(rule(ANY), place(), **nowhere).verdict == "fail"
    assert judge(rule(f"any_of: [{ANY}, {{camera: true}}]"), place(camera=True), **nowhere).verdict == "pass"
    assert judge(rule(f"any_of: [{EVERY}, {{camera: true}}]"), place(camera=False), **nowhere).verdict == "fail"
    assert judge(rule(f"all_of: [{EVERY}, {{camera: true}}]"), place(camera=True), **nowhere).verdict == "pass"
    reason = judge(rule(EVERY), place(), **nowhere).because.children[0]
    assert (reason.kind, reason.remark, reason.total, reason.children) == ("every", "absent", 0, ())


def test_a_place_of_which_nothing_is_said_is_unknown() -> None:
    every, any_ = judge(rule(EVERY), place()), judge(rule(ANY), place())
    assert every.verdict == any_.verdict == "unknown"
    assert asked(every) == asked(any_) == ["present", "lock"]
    assert every.because.children[0].remark == "presence_unknown"
    assert every.because.children[0].outcomes == TRUE | FALSE | NONE
    assert any_.because.children[0].outcomes == TRUE | FALSE


def test_a_place_declared_present_without_details_is_only_asked_about() -> None:
    found = judge(rule(EVERY), place(), presence={"door": "present"})
    assert found.verdict == "unknown" and asked(found) == ["lock"]
    assert found.because.children[0].remark is None


def test_an_unknown_place_cannot_hold_even_where_its_facts_are_those_of_the_building() -> None:
    there = rule("{at: {place: door, which: any}, building: apartment}")
    assert judge(there, place()).verdict == "unknown"
    assert judge(there, place(), presence={"door": "present"}).verdict == "pass"
    every = rule("all_of: [{camera: true}, {at: {place: door, which: every}, building: apartment}]")
    assert judge(every, place(camera=True)).verdict == "pass"


def test_at_chooses_among_the_instances_by_a_condition() -> None:
    entrance = "{at: {place: door, when: {floor: entrance}, which: WHICH}, lock: true}"
    any_, every = rule(entrance.replace("WHICH", "any")), rule(entrance.replace("WHICH", "every"))
    here, there = place("door", "a", floor="entrance", lock=True), place("door", "b", floor="other", lock=False)
    assert judge(any_, place(), here, there).verdict == "pass"
    assert judge(every, place(), here, there).verdict == "pass"
    assert judge(any_, place(), there).verdict == "fail"
    assert judge(every, place(), there).verdict == "not_applicable"
    unplaced = place("door", "c", lock=False)
    assert judge(any_, place(), unplaced).verdict == "fail"
    assert judge(every, place(), here, unplaced).verdict == "unknown"
    assert judge(every, place(), here, place("door", "c", lock=True)).verdict == "pass"
    assert judge(any_, place(), place("door", "c", lock=True)).verdict == "unknown"
    chosen = judge(every, place(), here, there).because.children[0].children
    assert {(one.place.id, one.truth) for one in chosen if one.place} == {("a", "true"), ("b", "not_applicable")}
    assert {one.kind for one in chosen} == {"instance"} and all(one.when is not None for one in chosen)
    assert next(one for one in chosen if one.truth == "not_applicable").children == ()


def test_conditions_beside_at_speak_of_the_subject() -> None:
    rule_ = rule("{at: {place: door}, lock: true, when: {floor: entrance}, unless: {mirror: true}}")
    door = place("door", "d", floor="other", lock=False)
    assert judge(rule_, place(floor="entrance", mirror=False), door).verdict == "fail"
    assert judge(rule_, place(floor="other", mirror=False), door).verdict == "not_applicable"
    assert judge(rule_, place(floor="entrance", mirror=True), door).verdict == "not_applicable"


def test_below_at_everything_speaks_of_the_other_place() -> None:
    rule_ = rule("at: {place: door}\nall_of: [{lock: true}, {light: true, when: {floor: entrance}}]")
    assert judge(rule_, place(floor="entrance"), place("door", "d", floor="other", lock=True)).verdict == "pass"
    assert judge(rule_, place(), place("door", "d", floor="entrance", lock=True, light=False)).verdict == "fail"


def test_the_building_and_the_operator_are_other_places_too() -> None:
    building = rule("{at: {place: building}, light: true}")
    assert judge(building, place(), building_facts=facts(light=True)).verdict == "pass"
    operator = rule("{at: {place: operator}, patrol: true}")
    assert judge(operator, place(), operator_facts=facts(patrol=False)).verdict == "fail"


def test_kinds_and_members_of_a_place_are_instances_of_it() -> None:
    lit = rule("{at: {place: stairs, which: every}, light: true}")
    assert judge(lit, place(), place("outdoor_stairs", "o", light=False)).verdict == "fail"
    clear = rule("{at: {place: grounds, which: every}, light: true}")
    assert judge(clear, place(), place("parking", "o", light=False)).verdict == "fail"


def test_a_reason_lists_only_the_instances_that_decide_and_counts_all() -> None:
    many = doors(*([True] * 40), False, None)
    reason = judge(rule(EVERY), place(), *many).because.children[0]
    assert (reason.total, len(reason.children)) == (42, SHOWN)
    assert [child.truth for child in reason.children[:3]] == ["false", "unknown", "true"]
    any_ = judge(rule(ANY), place(), *doors(*([False] * 30), None)).because.children[0]
    assert [child.truth for child in any_.children[:2]] == ["unknown", "false"]


def test_presence_can_be_a_condition() -> None:
    overlook = rule("all_of: [{camera: true}, {light: true, when: {present: door}}]")
    dark = place(camera=True, light=False)
    assert judge(overlook, dark, presence={"door": "absent"}).verdict == "pass"
    assert judge(overlook, dark, presence={"door": "present"}).verdict == "fail"
    assert judge(overlook, dark, place("door", "d")).verdict == "fail"
    unknown = judge(overlook, dark)
    assert unknown.verdict == "unknown" and asked(unknown) == ["present"]
    assert unknown.missing[0].place.place == "door" and unknown.missing[0].kind == "presence"


def test_presence_can_be_required() -> None:
    assert judge(rule("present: door"), place(), presence={"door": "absent"}).because.children[0].remark == "absent"
    assert judge(rule("present: door"), place(), presence={"door": "absent"}).verdict == "fail"
    assert judge(rule("present: door"), place(), place("door", "d")).verdict == "pass"
    assert judge(rule("present: door"), place()).because.children[0].remark == "presence_unknown"


def test_a_part_of_what_is_absent_is_absent_too_unless_it_is_declared() -> None:
    def presence(declared: dict[str, str], *places: PlaceInstance) -> str:
        return View(design(*places, presence=declared), VOCABULARY).presence("hall")

    assert presence({}) == "unknown"
    assert presence({"lift": "absent"}) == "absent"
    assert presence({"lift": "present"}) == "unknown"
    assert presence({"lift": "absent", "hall": "present"}) == "present"
    assert presence({"hall": "unknown"}) == "unknown"
    assert presence({"hall": "absent"}, place()) == "present"
    stairs = View(design(presence={"outdoor_stairs": "present"}), VOCABULARY)
    assert stairs.presence("stairs") == "present"
    assert View(design(presence={"outdoor_stairs": "absent"}), VOCABULARY).presence("stairs") == "unknown"
    assert View(design(presence={"stairs": "absent"}), VOCABULARY).presence("outdoor_stairs") == "absent"


def test_a_subject_without_instances_is_judged_as_far_as_its_presence_is_known() -> None:
    lit = rule("light: true", subjects=("hall",), when="building: apartment")
    verdicts = {}
    for declared in ("present", "absent", "unknown"):
        found = list(evaluate_all(corpus(lit), design(presence={"hall": declared})))
        assert len(found) == 1 and found[0].subject == "hall" and found[0].name == ""
        verdicts[declared] = (found[0].verdict, asked(found[0]))
    assert verdicts == {
        "present": ("unknown", ["light"]),
        "absent": ("not_applicable", []),
        "unknown": ("unknown", ["present", "light"]),
    }
    other = list(evaluate_all(corpus(lit), design(building="detached")))
    assert [finding.verdict for finding in other] == ["not_applicable"]
    assert other[0].because.remark == "presence_unknown" and other[0].because.children == ()
    absent = next(evaluate_all(corpus(lit), design(presence={"hall": "absent"})))
    assert absent.because.remark == "absent" and absent.because.when is None


def test_a_subject_that_may_be_absent_neither_passes_nor_fails_for_certain() -> None:
    anywhere = rule("building: detached", subjects=("hall",))
    assert [one.verdict for one in evaluate_all(corpus(anywhere), design())] == ["unknown"]
    assert [one.because.outcomes for one in evaluate_all(corpus(anywhere), design())] == [FALSE | NONE]


def test_the_subjects_are_all_instances_in_the_order_of_the_design() -> None:
    view = View(
        design(place("fence", "1"), place("outdoor_stairs", "2"), place("parking", "3"), place("stairs", "4")),
        VOCABULARY,
    )

    def ids(*subjects: str, **more: tuple[str, ...]) -> list[str]:
        return [one.id for one in view.subjects(rule("light: true", subjects=subjects, **more))]

    assert ids("stairs") == ["2", "4"]
    assert ids("grounds") == ["1", "3"]
    assert ids("grounds", "parking") == ["1", "3"]
    assert ids("parking", "stairs") == ["3", "2", "4"]
    assert ids("stairs", except_places=("outdoor_stairs",)) == ["4"]
    assert ids("hall", "parking") == ["", "3"]
    assert [one.place for one in view.subjects(rule("light: true", subjects=("hall",)))] == ["hall"]
    assert ids("building") == ["building"] and ids("operator") == ["operator"]


def test_facts_of_the_building_and_the_operator_are_theirs_wherever_they_are_needed() -> None:
    view = View(design(place(), building_facts=facts(works="new", auto_lock=True)), VOCABULARY)
    hall = view.instances("hall")[0]
    for fact in ("building", "works", "auto_lock"):
        assert view.owner(hall, fact) is view.design.building
        assert view.owner(view.design.building, fact) is view.design.building
    assert view.owner(hall, "patrol") is view.design.operator
    assert view.owner(view.design.operator, "patrol") is view.design.operator
    assert view.owner(hall, "light") is hall and view.owner(hall, "no such fact") is hall
    own = place(auto_lock=False)
    assert view.owner(own, "auto_lock") is own
    assert judge(rule("auto_lock: true"), place(), building_facts=facts(auto_lock=True)).verdict == "pass"


def test_a_fact_of_a_kind_of_place_is_not_borrowed_there() -> None:
    entry = VOCABULARY.facts["auto_lock"].model_copy(update={"places": ("building", "stairs")})
    words = VOCABULARY.model_copy(update={"facts": {**VOCABULARY.facts, "auto_lock": entry}})
    view = View(design(), words)
    stairs = place("outdoor_stairs")
    assert view.owner(stairs, "auto_lock") is stairs
    assert view.owner(place("hall"), "auto_lock") is view.design.building


def test_an_unnamed_design_has_an_empty_building() -> None:
    plain = DesignView()
    assert (plain.building.place, plain.operator.place, plain.places) == ("building", "operator", ())
    assert evaluate(rule("auto_lock: true"), place(), plain, VOCABULARY).verdict == "unknown"


def test_keys_name_instances() -> None:
    assert key(place("door", "d1"), "lock") == ("door", "d1", "lock")
    assert (stand_in("door").id, stand_in("door").place, dict(stand_in("door").facts)) == ("", "door", {})


def test_facts_of_other_places_are_worked_out_once_for_all_places() -> None:
    finding_rules = corpus(rule(EVERY, subjects=("hall",)))
    halls = [place("hall", f"h{i}") for i in range(3)]
    trees = [
        one.because.children[0].children for one in evaluate_all(finding_rules, design(*halls, *doors(True, None)))
    ]
    assert trees[0] is trees[1] is trees[2]


def test_a_definition_counts_at_other_places_too() -> None:
    definition = {"large": node("width: {at_least: 250 mm}")}
    found = judge(
        rule("{at: {place: door}, large: true}"), place(), place("door", "d", width="1 m"), derivations=definition
    )
    assert found.verdict == "pass"
    assert FactValue(True) == FactValue(True, None, "given")
