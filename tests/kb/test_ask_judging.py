"""What is told in passing is judged, and what is not covered is not answered."""

from pathlib import Path

import pytest

from kb import KnowledgeBase


@pytest.fixture(scope="module")
def kb(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open(home=home)


def verdict(answer) -> str | None:
    return None if answer.verdict is None else answer.verdict.value


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("マンションのかごの照度は60ルクスだった。カルテで大丈夫？", "pass"),
        ("マンションのかごの照度は40ルクスだった。カルテで大丈夫？", "fail"),
        ("福岡の大型店です。録画は6日で消えます。足りますか", "fail"),
        ("福岡の大型店です。録画は8日間残しています。足りますか", "pass"),
        ("総合カルテ。かごの扉に窓はなく、扉の対面に900×600mmの鏡がある。これで適合？", "pass_by_alternative"),
        ("総合カルテ。かごの扉の対面の鏡は600×400mmしかない。適合？", "fail"),
        ("In the Kanagawa karte, the camera hangs 2.0 m above the floor and anyone can turn it. Is that OK?", "fail"),
    ],
)
def test_a_measurement_is_judged_as_the_clause_measures_it(kb, told, expected):
    assert verdict(kb.ask(told)) == expected


@pytest.mark.parametrize(
    "told",
    [
        "郵便受けに鍵がないが大丈夫？",
        "郵便受けに鍵はありませんが、適合しますか？",
        "郵便受けに鍵がないけど、いい？",
        "郵便受けに鍵がないのは適合？",
    ],
)
def test_a_negation_counts_however_the_sentence_goes_on(kb, told):
    answer = kb.ask(told)
    told = {one.actual for one in answer.verdict.findings}
    assert verdict(answer) == "fail" and "施錠できない" in told <= {"施錠できない", "普段は施錠していない"}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("物件から80mにパチンコ店があります。住宅地域としてよいですか", "fail"),
        ("半径300mで商業地域に当たるものは12%です。住宅地域とできますか", "pass"),
        ("半径300mで商業地域に当たるものがちょうど20%です。住宅地域とできますか", "fail"),
        ("幅3mの道で区画して分けました。住宅地域とできますか", "fail"),
        ("パチンコ店が近くにあります。住宅地域としてよいですか", "unknown"),
    ],
)
def test_a_class_of_area_is_judged_by_the_clause_that_turns_on_what_is_told(kb, question, expected):
    assert verdict(kb.ask(question)) == expected


def test_conditions_taken_for_granted_are_named(kb):
    answer = kb.ask("総合カルテ。高さ1.5mの中が見えない塀を建てた。適合？")
    assert verdict(answer) == "fail"
    assert "前提" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "消防法では廊下は何ルクス必要？",
        "郵便受けは床から何cmの高さに付ける決まり？",
        "駐車場の1台分の幅は何m？",
        "マンションの防犯カメラの値段はいくら？",
        "建築基準法では廊下の幅は何cm？",
    ],
)
def test_what_no_clause_sets_is_refused_without_a_figure(kb, question):
    answer = kb.ask(question)
    assert (answer.status, answer.values, answer.verdict) == ("not_covered", (), None)


def test_a_height_is_not_answered_by_a_clearance(kb):
    assert "horizontal_clearance" not in {v.property for v in kb.ask("ベランダの柵の高さは何cm").values}


def test_a_place_without_a_number_is_answered_so(kb):
    answer = kb.ask("マンションのゴミ置き場の明るさは？")
    assert answer.headline.startswith("数値は定められていません")
    assert not answer.values


def test_words_in_kana_are_read_as_they_sound(kb):
    values = {(v.document, v.value) for v in kb.ask("きょうようろうかの しょうどは なんるくす").values}
    assert values == {("kochi-housing", 20), ("kanagawa-karte", 20)}


def test_the_strictest_of_several_is_named(kb):
    assert "最も厳しい" in kb.ask("メールコーナーの照度が一番厳しいのはどの指針？").headline


def test_how_each_guideline_words_a_duty_is_said(kb):
    answer = kb.ask("郵便受けに鍵は必須？")
    assert "書き方の強さ" in answer.headline
    assert "拘束力" in answer.text


def test_near_terms_are_told_apart_by_their_distinguishing_features(kb):
    headline = kb.ask("サムターン回しとカム送りの違いは？").headline
    assert "「サムターン回し」は" in headline
    assert "「カム送り」は" in headline


def test_what_is_accepted_instead_is_cited(kb):
    cited = {c.locator for c in kb.ask("総合カルテ。エレベーターの扉に窓を付けられないとき、代わりは？").citations}
    assert {"1/④/c/・1/(2)", "1/④/c/・1/(3)"} <= cited
