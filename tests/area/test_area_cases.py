"""Area classification, case by case: what was surveyed, and the class that the standard's text gives it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.area.classify import classify_area, find_procedure
from kb.area.survey import check_survey
from kb.corpus import load_corpus
from kb.corpus.strict_yaml import read_yaml
from kb.model.knowledge import Corpus
from kb.procedure.read import as_source

ROOT = Path(__file__).resolve().parents[2]
CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("cases.yaml")).data


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(ROOT / "corpus")


def test_there_are_forty_cases_with_different_names():
    assert len(CASES) >= 40
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_survey_is_classified_as_the_text_says(case: dict[str, Any], corpus: Corpus):
    survey = check_survey(as_source(case["survey"]), find_procedure(corpus)[1])
    result = classify_area(corpus, survey)
    assert result.area_class == case["class"], result.headline
    if case["class"] == "unknown":
        assert set(result.possible) == set(case["possible"])
        assert {one.key for one in result.missing} == set(case["missing"])
        return
    assert result.missing == ()
    assert set(case["by"]) <= set(result.steps[-1].locators)
    if "permission" in case:
        assert result.permission is case["permission"]
    assert result.extent is not None
    assert result.extent.whole_complex is case.get("whole_complex", False)
    assert result.extent.whole_estate is (case.get("extent_estate", False) or result.extent.radius_m is None)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_both_languages_agree_and_every_step_is_cited(case: dict[str, Any], corpus: Corpus):
    survey = check_survey(as_source(case["survey"]), find_procedure(corpus)[1])
    ja, en = classify_area(corpus, survey, "ja"), classify_area(corpus, survey, "en")
    assert ja.area_class == en.area_class
    cited = {one.locator for one in en.citations}
    assert all(step.locators and set(step.locators) <= cited for step in en.steps)
    kana = [step.text for step in en.steps if any("ぁ" <= c <= "ヶ" for c in step.text)]
    assert [text for text in kana if not any(one.name and one.name in text for one in survey.facilities)] == []
