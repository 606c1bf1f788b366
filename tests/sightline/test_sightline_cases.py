"""Sightlines, case by case and by invariants of the geometry."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.corpus import load_corpus
from kb.corpus.strict_yaml import read_yaml
from kb.procedure.fields import Span
from kb.procedure.read import FileProblems, as_source
from kb.sightline.check import check_sightline, find_procedure
from kb.sightline.geometry import Obstacle, Target, see
from kb.sightline.section import draw_section
from kb.sightline.survey import check_sightline_survey, read_sightline

ROOT = Path(__file__).resolve().parents[2]
CORPUS = load_corpus(ROOT / "corpus")
PROCEDURE = find_procedure(CORPUS)[1]
CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("cases.yaml")).data
USUAL = {
    "context": "outside",
    "viewpoint": "道路",
    "target": {"distance": "16 m", "from": "1 m", "to": "1.6 m"},
    "movement_recognisable": True,
}


def survey_of(case: dict[str, Any]) -> Any:
    data = {**USUAL, **{key: case[key] for key in ("target", "obstacles") if key in case}, **case.get("given", {})}
    return check_sightline_survey(as_source(data), PROCEDURE)


def test_there_are_thirty_cases_with_different_names():
    assert len({case["id"] for case in CASES}) == len(CASES) >= 30


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_sightline_is_judged_as_worked_out_by_hand(case: dict[str, Any]):
    result = check_sightline(CORPUS, survey_of(case))
    assert (result.sight, result.verdict) == (case["sight"], case["verdict"]), result.headline
    assert {one.key for one in result.missing} == set(case.get("missing", []))
    if result.sight == "not_visible" and result.verdict != "not_applicable":
        assert result.advice


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_both_languages_agree_cite_and_draw(case: dict[str, Any]):
    ja, en = (check_sightline(CORPUS, survey_of(case), language) for language in ("ja", "en"))
    assert (ja.sight, ja.verdict, ja.section) == (en.sight, en.verdict, en.section.model_copy(update=_labels(ja)))
    cited = {one.locator for one in en.citations}
    assert all(step.locators and set(step.locators) <= cited for step in en.steps)
    for result in (ja, en):
        assert ET.fromstring(draw_section(result)).tag.endswith("svg")


def _labels(result: Any) -> dict[str, Any]:
    return {"obstacles": result.section.obstacles}


def test_the_greatest_height_that_is_advised_makes_it_visible():
    data = {"kind": "植栽", "distance": "8 m", "height": "2 m", "see_through": False}
    result = check_sightline(CORPUS, survey_of({"obstacles": [data]}))
    highest = result.section.obstacles[0].highest
    assert highest is not None and highest == pytest.approx(1.15)  # (1.3 + 1.0) / 2
    assert any("1.15m" in line for line in result.advice)
    lower = check_sightline(CORPUS, survey_of({"obstacles": [{**data, "height": "1.15 m"}]}))
    assert lower.sight == "visible"


def test_the_drawing_has_one_scale_in_both_directions():
    data = [{"kind": "植栽", "distance": "8 m", "height": "2 m", "see_through": False}]
    root = ET.fromstring(draw_section(check_sightline(CORPUS, survey_of({"obstacles": data}))))
    bars = [e for e in root.iter() if e.tag.endswith("line") and e.get("stroke-width") == "3"]
    five = float(bars[0].get("x2", 0)) - float(bars[0].get("x1", 0))
    hedge = next(e for e in root.iter() if e.tag.endswith("rect") and e.get("stroke-width") == "0.6")
    assert float(hedge.get("height", 0)) / 2 == pytest.approx(five / 5, abs=0.01)


BROKEN = {
    "no context": ({"viewpoint": "道路"}, "context"),
    "unknown context": ({"context": "屋上"}, "屋上"),
    "unknown viewpoint": ({**USUAL, "viewpoint": "ヘリコプター"}, "ヘリコプター"),
    "unknown obstacle": ({**USUAL, "obstacles": [{"kind": "雲"}]}, "雲"),
    "number without a unit": ({**USUAL, "eye_height": 1.4}, "1.4"),
    "to below from": ({**USUAL, "target": {"distance": "16 m", "from": "2 m", "to": "1 m"}}, "to"),
    "no distance at all": ({**USUAL, "target": {"distance": "0 m"}}, "0 m"),
    "height below bottom": ({**USUAL, "obstacles": [{"kind": "樹木", "height": "1 m", "bottom": "2 m"}]}, "bottom"),
    "unknown key": ({**USUAL, "eye": "1.4 m"}, "eye"),
}


@pytest.mark.parametrize(("data", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_a_message(data: dict[str, Any], says: str):
    for language in ("ja", "en"):
        with pytest.raises(FileProblems) as caught:
            check_sightline_survey(as_source(data), PROCEDURE, language)
        assert says in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path):
    with pytest.raises(FileProblems, match=r"nothing\.yaml"):
        read_sightline(tmp_path / "nothing.yaml", PROCEDURE)


METRES = st.integers(0, 400).map(lambda n: Fraction(n, 100))
SPANS = st.tuples(METRES, METRES).map(lambda pair: Span(low=min(pair), high=max(pair)))


def exact(value: Fraction) -> Span:
    return Span(low=value, high=value)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Any, Any]:
    """A scene with ranges, and the same scene with one value out of each range."""
    eye = draw(METRES)
    low, high = sorted((draw(METRES), draw(METRES)))
    target = Target(exact(Fraction(16)), exact(low), exact(high))
    wide, narrow = [], []
    for _ in range(draw(st.integers(0, 3))):
        spans = [draw(SPANS) for _ in range(3)]
        values = [draw(st.fractions(span.low, span.high or span.low, max_denominator=100)) for span in spans]
        distance, bottom, top = values[0], min(values[1:]), max(values[1:])
        ends = spans[1:]
        bottoms = Span(low=min(one.low for one in ends), high=min(one.high or one.low for one in ends))
        tops = Span(low=max(one.low for one in ends), high=max(one.high or one.low for one in ends))
        opaque = draw(st.sampled_from(["yes", "no"]))
        hidden = draw(st.sampled_from([opaque, "unknown"]))
        wide.append(Obstacle(spans[0], bottoms, tops, "yes", hidden))
        narrow.append(Obstacle(exact(distance), exact(bottom), exact(top), "yes", opaque))
    return (exact(eye), target, wide), (exact(eye), target, narrow)


@given(scenes())
def test_what_is_settled_with_ranges_holds_for_every_value_in_them(pair: tuple[Any, Any]):
    wide, narrow = see(*pair[0]), see(*pair[1])
    assert narrow != "unknown"
    assert wide in (narrow, "unknown")


@given(scenes(), st.integers(1, 100))
def test_sampling_the_line_agrees_with_the_exact_result(pair: tuple[Any, Any], part: int):
    eye, target, obstacles = pair[1]
    height = target.bottom.low + (target.top.low - target.bottom.low) * Fraction(part, 100)
    blocked = False
    for one in obstacles:
        ratio = one.distance.low / target.distance.low
        at = eye.low * (1 - ratio) + height * ratio
        blocked = blocked or (one.opaque == "yes" and ratio < 1 and one.bottom.low < at < one.top.low)
    if blocked:
        assert see(eye, target, obstacles) == "not_visible"
