"""Findings as JSON."""

# ruff: noqa: E501 (tables and requirements on one line each)

from __future__ import annotations

import json

from rules_world import VOCABULARY, judge, place, rule

from kb.model.base import Text
from kb.model.finding_record import FindingRecord
from kb.rules import record_finding, record_missing, record_reason
from kb.rules.speaker import Speaker

TWO = "any_of: [{clause: 1/1, illuminance: {at_least: 50 lx, approximate: true}}, {clause: 1/2, compensates: true, camera: true, when: {mirror: true}, proviso: {ja: 原則, en: as a rule}}]"


def test_a_record_carries_the_whole_finding() -> None:
    requirement = rule(TWO, id="hall.light", clause="1", basis=("n2",), note=Text(ja="注", en="note"))
    finding = judge(requirement, place(id="h1", name="1F", illuminance="30 lx", mirror=False))
    record = record_finding(finding, VOCABULARY, "en")
    plain = record.model_dump()
    because = plain.pop("because")
    assert plain == {
        "id": "hall.light",
        "document": "guide",
        "locator": "1",
        "subject": "hall",
        "name": "1F",
        "instance": "h1",
        "verdict": "fail",
        "strength": "shall",
        "is_part": False,
        "actual": "illuminance: 30 lx",
        "required": finding.required.en,
        "shortfall": "illuminance is 20 lx short",
        "shortfall_value": 20,
        "shortfall_unit": "lx",
        "missing": (),
        "compensated_by": (),
        "flips": ({"to": "pass", "changes": ("illuminance at least about 50 lx",)},),
        "basis": ("n2",),
        "note": "note",
        "approximate": True,
        "text": finding.text.en,
        "quote": None,
    }
    assert (because["kind"], because["truth"], because["locator"], because["place"]) == (
        "requirement",
        "false",
        "1",
        "1F",
    )
    first, second = because["children"][0]["children"]
    assert first == {
        "kind": "fact",
        "truth": "false",
        "text": "illuminance at least about 50 lx",
        "locator": "1/1",
        "strength": "shall",
        "fact": "illuminance",
        "place": "1F",
        "actual": "illuminance: 30 lx",
        "proviso": None,
        "claimed": False,
        "compensates": False,
        "approximate": True,
        "separate": False,
        "when": None,
        "unless": None,
        "children": (),
    }
    assert (second["truth"], second["compensates"], second["proviso"]) == ("not_applicable", True, "as a rule")
    assert second["when"]["truth"] == "false" and second["when"]["text"] == "a mirror is installed"
    assert second["actual"] is None and not second["approximate"]


def test_a_record_is_written_in_japanese_unless_told_otherwise() -> None:
    record = record_finding(judge(rule("camera: true"), place()), VOCABULARY)
    assert record.required == "カメラがある" and record.note is None and record.shortfall is None
    assert (record.shortfall_value, record.shortfall_unit) == (None, None)
    assert record.because.place == "ホール"
    assert [one.question for one in record.missing] == ["カメラはありますか。"] and record.missing[0].options[
        0
    ].label == "はい"
    english = record_finding(judge(rule("camera: true"), place()), VOCABULARY, "en")
    assert [one.question for one in english.missing] == ["Is there a camera?"]
    saved = judge(rule("any_of: [{light: true}, {clause: 1/2, compensates: true, camera: true}]"), place(camera=True))
    assert record_finding(saved, VOCABULARY).compensated_by == ("1/2",)
    assert [flip.changes for flip in record.flips] == [("カメラがある",), ("カメラがない",)]


def test_a_missing_fact_has_question_and_options() -> None:
    finding = judge(rule("{at: {place: door}, floor: entrance}"), place(), place("door", "d", name="裏口"))
    assert record_missing(finding.missing[0], "ja").model_dump() == {
        "fact": "floor",
        "question": "裏口: どの階ですか。",
        "options": ({"value": "entrance", "label": "玄関階"}, {"value": "other", "label": "その他の階"}),
        "kind": "not_given",
        "place": "door",
        "instance": "d",
        "name": "裏口",
        "measure": None,
    }
    english = record_missing(finding.missing[0], "en")
    assert english.question == "裏口: Which floor?" and english.options[0].label == "entrance floor"
    measured = judge(rule("illuminance: {at_least: 1 lx, measure: vertical}"), place()).missing[0]
    assert record_missing(measured, "en").measure == "vertical"
    other = judge(rule("illuminance: {at_least: 1 lx, measure: vertical}"), place(illuminance=("1 lx", "horizontal")))
    assert record_missing(other.missing[0], "en").kind == "other_measure"


def test_conditions_and_parts_are_recorded() -> None:
    finding = judge(
        rule("all_of: [{light: true, unless: {mirror: true}}, {camera: true, strength: should}]"), place(light=True)
    )
    reason = record_reason(finding.because, Speaker(VOCABULARY, "en"))
    light, camera = reason.children[0].children
    assert light.unless is not None and light.unless.fact == "mirror" and light.when is None
    assert camera.separate and camera.strength == "should" and not light.separate
    part = record_finding(finding.parts[0], VOCABULARY)
    assert part.is_part and part.strength == "should" and part.id == "rule"
    claimed = judge(rule("{camera: true, proviso: {ja: 原則, en: as a rule}}"), place(camera=False, claims=("rule",)))
    assert record_reason(claimed.because, Speaker(VOCABULARY, "en")).children[0].claimed


def test_a_record_survives_json() -> None:
    record = record_finding(judge(rule(TWO), place()), VOCABULARY)
    assert FindingRecord.model_validate(json.loads(record.model_dump_json())) == record
