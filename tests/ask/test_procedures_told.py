"""Told area surveys and viewpoints are judged by the clause that decides; where nothing is told there is no verdict."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kb import KnowledgeBase
from kb.ask.area_told import AreaJudge
from kb.ask.frame import Frame
from kb.base import read_cues
from kb.quantity import parse_quantity
from kb.settings import corpus_folder
from kb.text import fold, language_of

HERE = Path(__file__).parent
TABLES = (
    *("area_told.yaml", "area_told_2.yaml", "area_told_3.yaml", "area_told_4.yaml"),
    *("sightline_told.yaml", "sightline_told_2.yaml"),
)
CASES = [case for name in TABLES for case in yaml.safe_load((HERE / name).read_text(encoding="utf-8"))]
NOTHING_TOLD = [
    question
    for name in ("area_not_told.yaml", "sightline_not_told.yaml")
    for question in yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def kb(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open(home=home)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ask"])
def test_what_is_told_of_a_survey_is_judged_by_the_clause_that_decides(kb, case):
    answer = kb.ask(case["ask"])
    assert (answer.verdict and answer.verdict.value) == case["verdict"]
    assert {c.locator for c in answer.citations} & set(case["clause"])


@pytest.mark.parametrize("question", NOTHING_TOLD)
def test_a_question_that_tells_nothing_of_an_area_gets_no_verdict(kb, question):
    assert kb.ask(question).verdict is None


PIECES = sorted({piece for case in CASES for piece in re.split(r"(?<=[。、,.])", fold(case["ask"])) if piece.strip()})


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6),
    st.sampled_from(["住宅地域としてよいか", "as a commercial area?"]),
)
def test_whatever_is_told_together_is_judged_or_left_alone(kb, pieces, claim):
    text = "".join([*pieces, claim])
    told = kb._engine._area.judge(Frame(text, language_of(text), mended=text))
    assert told is None or (told.clauses and told.verdict in ("pass", "fail", "unknown"))


def test_what_is_missing_is_asked_for(kb):
    answer = kb.ask("公道で区切った側は住宅95%。道幅は測っていない。住宅地域に分割できるか")
    assert answer.status == "needs_facts"
    assert [m.fact for m in answer.missing] == ["division.road_width"]


def test_the_reason_names_what_was_told(kb):
    answer = kb.ask(
        "There is a pachinko parlour 90 m from the apartment building. We recorded a residential area. Correct?"
    )
    assert "pachinko parlour (90 m)" in answer.text


def test_a_number_told_as_about_the_limit_stays_open(kb):
    assert kb.ask("パチンコ店から約150mのマンション。住宅地域としてよいか").verdict.value == "unknown"
    assert kb.ask("パチンコ店から約200mのマンション。住宅地域としてよいか").verdict.value == "pass"


@pytest.mark.parametrize(("limit", "expected"), [("150 m", "fail"), ("80 m", "pass")])
def test_a_changed_figure_changes_the_verdict(kb, limit, expected):
    """The reading holds no figure of its own: the procedure's data decides."""
    frame = kb._engine.read("物件から100mにパチンコ店があります。住宅地域としてよいですか")
    held = next(p for p in kb.corpus.procedures if p.area is not None)
    radius = held.area.figures.special_radius.model_copy(update={"value": parse_quantity(limit)})
    figures = held.area.figures.model_copy(update={"special_radius": radius})
    changed = held.model_copy(update={"area": held.area.model_copy(update={"figures": figures})})
    corpus = kb.corpus.model_copy(update={"procedures": (changed,)})
    assert AreaJudge(corpus, read_cues(corpus_folder())).judge(frame).verdict == expected
