"""Statements in exam style, judged on the real corpus."""

from pathlib import Path

import pytest
import yaml

from evals.planted import make_statements
from kb import KnowledgeBase

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def kb(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open(home=home)


@pytest.mark.parametrize("case", CASES, ids=[case["says"][:28] for case in CASES])
def test_a_statement_is_judged(kb, case):
    judgement = kb.judge(case["says"])
    assert (judgement.verdict, judgement.fault) == (case["verdict"], case.get("fault"))


def test_what_is_decided_shows_the_clause_that_decides(kb):
    judgement = kb.judge("福岡県の大規模小売店舗の指針では、記録した画像は最低3日以上保存する。")
    reason = judgement.reasons[0]
    assert (reason.document, reason.locator) == ("fukuoka-retail", "第2/4/(1)/キ")
    assert "3日" in reason.said and "1週間" in reason.guideline_says
    assert judgement.citations[0].locator == "第2/4/(1)/キ"


def test_an_undecided_statement_still_shows_clauses(kb):
    judgement = kb.judge("高知県の指針では、防犯カメラの映像は居住者が交替で毎晩見ることとされている。")
    assert judgement.verdict in ("unsure", "not_covered")
    assert judgement.verdict == "not_covered" or judgement.citations


def test_a_named_guideline_judges_alone(kb):
    judgement = kb.judge("福岡県の指針では、エレベーターホールの照度は概ね20ルクス以上とする。")
    assert {reason.document for reason in judgement.reasons} == {"fukuoka-retail"}


def test_guidelines_that_disagree_are_told_apart(kb):
    judgement = kb.judge("共用メールコーナーの照度は、平均水平面照度で概ね50ルクス以上とする。")
    said = {reason.document: reason.guideline_says for reason in judgement.reasons}
    assert judgement.differs == (set(said) == {"kochi-housing", "kanagawa-karte"})


def test_an_item_is_marked_with_a_reason_for_each_option(kb):
    item = (
        "福岡県の大規模小売店舗の指針に関する記述で、適切なものはどれか。\n"
        "1 記録した画像は3日間保存すればよい。\n2 現金は必ず一人で運ぶ。\n"
        "3 記録した画像は最低1週間以上保存する。\n4 エレベーターホールの照度は概ね50ルクス以上とする。"
    )
    judgement = kb.judge(item)
    assert judgement.marked == 3
    assert [option.number for option in judgement.options] == [1, 2, 3, 4]
    assert judgement.options[0].verdict == "incorrect" and judgement.options[0].fault == "figure"


def test_the_same_statement_gets_the_same_judgement(kb):
    said = CASES[0]["says"]
    first, second = kb.judge(said), kb.judge(said)
    assert first.model_copy(update={"search": second.search}) == second


def test_restatements_are_seldom_called_incorrect_and_planted_changes_never_correct(kb):
    made = list(make_statements(kb, 30))
    verdicts = [(one, kb.judge(one.statement).verdict) for one in made]
    assert sum(v == "incorrect" for one, v in verdicts if one.change is None) <= 1
    assert [one.statement for one, v in verdicts if one.change is not None and v == "correct"] == []


@pytest.mark.parametrize("said", ["", "。", "？？？", "あ" * 3000, "1 2 3 4", "\u0000\ud7ff𠮟る", "①②③④"])
def test_odd_texts_get_a_judgement_and_no_traceback(kb, said):
    assert kb.judge(said).verdict in ("unsure", "not_covered")
