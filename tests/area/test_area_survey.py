"""Surveys: what they may say, how their problems are told, and that a settled class survives every completion."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.area.classify import classify_area, find_procedure
from kb.area.plan import draw_plan
from kb.area.share import Counted, find_share
from kb.area.survey import AreaSurvey, check_survey, read_survey
from kb.corpus import load_corpus
from kb.model.knowledge import Corpus
from kb.procedure.fields import Span
from kb.procedure.read import FileProblems, as_source

ROOT = Path(__file__).resolve().parents[2]
CORPUS = load_corpus(ROOT / "corpus")
PROCEDURE = find_procedure(CORPUS)[1]
OK = "property: {kind: 戸建}\n"


def read(tmp_path: Path, text: str | bytes, language: str = "ja") -> AreaSurvey:
    file = tmp_path / "survey.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_survey(file, PROCEDURE, language)


BROKEN = {
    "empty file": ("", ("空のファイル", "empty")),
    "not YAML": ("property: {kind: [", ("YAMLとして読めません", "not YAML")),
    "alias": ("property: &a {kind: 戸建}\nsurvey: *a", ("アンカー", "anchors")),
    "duplicate key": ("property: {kind: 戸建, kind: 寮}", ("2回", "duplicate")),
    "unknown key": (OK + "facilty: []", "`facilty`"),
    "no property": ("survey: {complete_to: 300 m}", "property"),
    "number without a unit": (OK + "facilities: [{kind: 戸建, distance: 120}]", "120"),
    "wrong unit": (OK + "facilities: [{kind: 戸建, distance: 120 lx}]", ("長さ", "length")),
    "negative": (OK + "facilities: [{kind: 戸建, distance: -5 m}]", "-5 m"),
    "not a number": (OK + "facilities: [{kind: 戸建, distance: .nan}]", "nan"),
    "range upside down": (
        OK + "facilities: [{kind: 戸建, distance: {from: 9 m, to: 3 m}}]",
        ("from は to 以下", "from not above to"),
    ),
    "unknown kind": (OK + "facilities: [{kind: パチンコ屋さん, distance: 3 m}]", "パチンコ"),
    "over 100 percent": (OK + "shares: {of: 件数, commercial: 120 percent}", "100 percent"),
    "shares that exceed the whole": (OK + "shares: {of: 件数, commercial: 70 percent, residential: 40 percent}", "100"),
    "contains without a complex": ("property: {kind: 戸建, contains: [物販店]}", ("複合施設", "complex")),
    "a complex of one class": ("property: {kind: 複合施設, contains: [戸建, 寮]}", ("2つ以上の地域", "two classes")),
    "treat_as where the source is clear": ("property: {kind: 戸建, treat_as: special}", "treat_as"),
    "zero facilities": (OK + "facilities: [{kind: 戸建, count: 0}]", "count"),
    "yes for true": (OK + "survey: {dangerous_area: yep}", "true"),
    "wrong encoding": ("property: {kind: 戸建}".encode("cp932"), "UTF-8"),
    "list at the top": ("- a\n- b", ("「キー: 値」の形", "mapping")),
}


@pytest.mark.parametrize(("text", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_survey_is_refused_with_a_message(tmp_path: Path, text: str | bytes, says: str | tuple[str, str]):
    for language in ("ja", "en"):
        with pytest.raises(FileProblems) as caught:
            read(tmp_path, text, language)
        assert "survey.yaml" in str(caught.value)
        words = says if isinstance(says, str) else says[language == "en"]
        assert words in str(caught.value)


def test_every_problem_of_a_survey_is_listed_with_its_line(tmp_path: Path):
    text = OK + "facilities:\n  - {kind: 戸立て}\n  - {kind: 寮, distance: 30}\n  - {kind: 寮, part: left}\n"
    with pytest.raises(FileProblems) as caught:
        read(tmp_path, text)
    assert [problem.line for problem in caught.value.problems] == [4, 5]
    text = OK + "facilities:\n  - {kind: 戸立て}\n  - {kind: すし屋}\n"
    with pytest.raises(FileProblems) as caught:
        read(tmp_path, text)
    assert [problem.line for problem in caught.value.problems] == [3, 4]


def test_json_and_full_width_figures_are_read(tmp_path: Path):
    data = {"property": {"kind": "マンション"}, "facilities": [{"kind": "寮", "distance": "１２０メートル"}]}
    survey = read(tmp_path, json.dumps(data))
    assert survey.facilities[0].distance.low == 120


def test_json_may_be_indented_with_tabs(tmp_path: Path):
    file = tmp_path / "survey.json"
    file.write_text(json.dumps({"property": {"kind": "マンション"}}, indent="\t"), encoding="utf-8")
    assert read_survey(file, PROCEDURE).property.kind == "マンション"


def test_the_plan_is_drawn_and_hostile_names_stay_text():
    data: dict[str, Any] = {
        "property": {"kind": "戸建", "name": '<script>alert("x")</script>'},
        "facilities": [
            {"kind": "パチンコ店", "name": "</text><script>\u200b\x07" + "長" * 300, "distance": "30 m", "bearing": 10},
            {"kind": "不明"},
        ],
    }
    result = classify_area(CORPUS, check_survey(as_source(data), PROCEDURE))
    picture = ET.fromstring(draw_plan(result))
    tags = {element.tag.split("}")[1] for element in picture.iter()}
    assert "script" not in tags
    radii = [float(e.get("r", 0)) for e in picture.iter() if e.tag.endswith("circle")]
    assert any(abs(big / small - 2) < 0.001 for big in radii for small in radii if small > 0)  # 300 m to 150 m


# --- soundness: a settled class is the class of every completion

KINDS = ("戸建", "物販店", "パチンコ店", "ゲームセンター", "不明")
DISTANCES = ("100 m", "150 m", "151 m", "299 m", "301 m")
YES_NO = (True, False)


@st.composite
def surveys(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A survey with holes, and one way to fill them."""
    complete = {
        "property": {"kind": draw(st.sampled_from(["戸建", "物販店"]))},
        "survey": {"complete_to": "300 m", "dangerous_area": draw(st.sampled_from(YES_NO))},
        "estate": "none",
        "division": draw(
            st.sampled_from(
                [
                    "none",
                    {"road_width": "4 m", "clear": True, "shares": {"of": "件数", "residential": "91 percent"}},
                    {"road_width": "3 m", "clear": True, "shares": {"of": "件数", "residential": "99 percent"}},
                ]
            )
        ),
        "facilities": [
            {"kind": draw(st.sampled_from(KINDS[:3])), "distance": draw(st.sampled_from(DISTANCES)), "count": count}
            for count in draw(st.lists(st.integers(1, 6), max_size=4))
        ],
    }
    holed = json.loads(json.dumps(complete))
    for facility in holed["facilities"]:
        hole = draw(st.sampled_from(["none", "kind", "distance", "both"]))
        if hole in ("kind", "both"):
            facility["kind"] = "不明"
        if hole in ("distance", "both"):
            facility["distance"] = "unknown"
    for key in ("estate", "division"):
        if draw(st.booleans()):
            del holed[key]
    if draw(st.booleans()):
        holed["survey"]["dangerous_area"] = "unknown"
    if draw(st.booleans()) and holed["facilities"]:
        holed["facilities"].pop()
        holed["survey"]["complete_to"] = "unknown"
    return complete, holed


@given(surveys())
@settings(max_examples=150)
def test_filling_in_a_survey_leads_to_a_class_that_was_possible(pair: tuple[dict[str, Any], dict[str, Any]]):
    whole, holed = (classify_area(CORPUS, check_survey(as_source(one), PROCEDURE)) for one in pair)
    assert whole.area_class != "unknown"
    assert whole.area_class in holed.possible
    assert (holed.area_class == "unknown") == bool(holed.missing)


@given(st.lists(st.tuples(st.sampled_from(["residential", "commercial", "special"]), st.integers(1, 9)), max_size=6))
def test_a_share_of_known_things_is_exact(things: list[tuple[Any, int]]):
    counted = [Counted(frozenset((name,)), Span(low=n, high=n), "yes") for name, n in things]
    total = sum(n for _, n in things)
    share = find_share(counted, "commercial")
    assert share.exact
    assert share.low * total == sum(n for name, n in things if name == "commercial")


def test_the_figures_of_the_procedures_are_those_of_the_clauses():
    held = [one for one in CORPUS.procedures if one.area is not None]
    assert held
    for procedures in held:
        assert procedures.area is not None and procedures.sightline is not None
        figures = [figure for _, figure in procedures.area.figures]
        figures += [rules.distance for rules in procedures.sightline.contexts.values()]
        figures += [procedures.sightline.forbidden_height]
        figures += [
            figure
            for rules in procedures.sightline.contexts.values()
            for figure in (rules.eye_height, rules.eye_height_wider)
            if figure is not None
        ]
        for figure in figures:
            for locator in figure.clauses:
                stated = CORPUS.by_id[f"{procedures.document} {locator}"].figures
                assert any(
                    (one.value, one.value_max, one.operator) == (figure.value, figure.value_max, figure.operator)
                    for one in stated
                ), (locator, figure)


def test_every_trade_of_the_table_of_commercial_trades_has_a_kind(corpus: Corpus = CORPUS):
    table = next(one for one in corpus.tables if one.id == "commercial_trades")
    rows = {row.clause for row in table.rows}
    assert rows == {kind.clause for kind in PROCEDURE.kinds if kind.clause in rows}


def test_the_drawn_sizes_of_a_person_are_those_of_the_table_of_angles():
    (procedures,) = [one for one in CORPUS.procedures if one.angles is not None]
    angles = procedures.angles
    assert angles is not None
    tables = {one.id: one for one in CORPUS.tables if one.document == procedures.document}
    assert {angles.criteria, angles.places, angles.duties} <= set(tables)
    rows = {row.cells["angle"].ja: row.cells for row in tables[angles.criteria].rows}
    assert set(rows) == {frame.angle for frame in angles.frames}
    for frame in angles.frames:
        printed = rows[frame.angle]["person_height_ratio"]
        if printed is None:
            assert frame.share.base == 1 and "画面全体" in rows[frame.angle]["size"].ja
            assert (frame.body == "chest_up") == ("胸から上" in rows[frame.angle]["size"].ja)
        else:
            assert f"{frame.share.value.numerator}/{frame.share.value.denominator} ratio" == printed
