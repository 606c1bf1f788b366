"""A question that tells of an area survey is judged by the clause that decides; one that tells nothing is not judged."""

from pathlib import Path

import pytest
import yaml

from kb import KnowledgeBase

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "area_told.yaml").read_text(encoding="utf-8"))
NOTHING_TOLD = yaml.safe_load((HERE / "area_not_told.yaml").read_text(encoding="utf-8"))


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
