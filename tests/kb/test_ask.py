"""Questions as people put them, on the real corpus."""

from pathlib import Path

import pytest

from kb import KnowledgeBase


@pytest.fixture(scope="module")
def kb(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open(home=home)


def figures(answer) -> set[tuple[str, object, str]]:
    return {(v.document, v.value, v.unit) for v in answer.values}


def cited(answer) -> set[str]:
    return {f"{c.document} {c.locator}" for c in answer.citations}


def test_a_figure_that_depends_on_the_floor_is_given_for_each_case(kb):
    answer = kb.ask("マンションのEVホールって何ルクス要るの")
    assert figures(answer) == {
        ("kochi-housing", 50, "lx"),
        ("kochi-housing", 20, "lx"),
        ("kanagawa-karte", 50, "lx"),
        ("kanagawa-karte", 20, "lx"),
    }
    assert "floor" in {m.fact for m in answer.missing}


def test_choosing_the_floor_refines_the_answer(kb):
    answer = kb.ask("マンションのEVホールって何ルクス要るの", facts={"floor": "entrance"})
    assert {v.value for v in answer.values} == {50}


def test_a_measurement_that_passes_on_one_floor_and_fails_on_the_other_needs_facts(kb):
    answer = kb.ask("マンションのEVホールが30ルクスだった。大丈夫？")
    assert (answer.status, answer.verdict.value) == ("needs_facts", "unknown")


def test_a_measurement_is_judged_once_the_floor_is_known(kb):
    answer = kb.ask("マンションのEVホールが30ルクスだった。大丈夫？", facts={"floor": "entrance"})
    assert answer.verdict.value == "fail"
    assert {f.shortfall for f in answer.verdict.findings} == {"20ルクス不足"}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("地下駐車場は何ルクス？ 神奈川", 20),
        ("屋内駐車場の照度（神奈川カルテ）", 20),
        ("outdoor car park lux, Kanagawa", 3),
    ],
)
def test_a_condition_inside_the_name_of_a_place_counts(kb, question, value):
    assert {v.value for v in kb.ask(question).values} == {value}


def test_guidelines_that_differ_are_set_side_by_side(kb):
    answer = kb.ask("メールコーナーの照度は？")
    assert figures(answer) == {("kochi-housing", 50, "lx"), ("kanagawa-karte", 20, "lx")}
    assert "指針によって違います" in answer.headline


def test_a_guideline_named_is_the_only_one_that_answers(kb):
    assert {c.document for c in kb.ask("福岡の店舗のEVホールの照度").citations} == {"fukuoka-retail"}


def test_a_missing_lock_is_told_in_passing_and_judged(kb):
    answer = kb.ask("マンションのポストに鍵がかからない。大丈夫？")
    assert answer.verdict.value == "fail"
    assert "kochi-housing 第2/1/(1)/ウ/(ウ)/・1" in cited(answer)


def test_terms_are_defined_by_their_notes(kb):
    assert cited(kb.ask("ピッキングとカム送りの違いは？")) == {"kochi-housing 注13", "kochi-housing 注14"}


@pytest.mark.parametrize("question", ["securty camra mounting hight kanagawa", "エレベタホルの照度は"])
def test_typing_errors_are_read(kb, question):
    assert kb.ask(question).status == "answered"


@pytest.mark.parametrize(
    "question",
    [
        "今日の天気は？",
        "大阪府の指針ではエントランスは何ルクス？",
        "コンビニの駐車場の照度は？",
        "How wide must the corridor be?",
        "防犯カメラの工事費はいくら？",
        "x",
    ],
)
def test_what_the_guidelines_do_not_cover_is_refused_without_a_figure(kb, question):
    answer = kb.ask(question)
    assert (answer.status, answer.values, answer.citations) == ("not_covered", (), ())


def test_a_follow_up_keeps_what_it_does_not_name(kb):
    answer = kb.ask("じゃあ店舗だったら？", previous="マンションのEVホールは何ルクス？")
    assert figures(answer) == {("fukuoka-retail", 20, "lx")}


def test_an_answer_is_in_the_language_asked(kb):
    answer = kb.ask("what lux is needed at the EV hall")
    assert answer.language == "en"
    assert answer.headline.isascii()


def test_a_figure_without_a_clause_never_leaves(kb):
    answer = kb.ask("EVホールは何ルクス？")
    tampered = answer.model_copy(update={"headline": "77ルクスです。"})
    frame = kb._engine.read("EVホールは何ルクス？")
    checked = kb._engine._guard.check(tampered, frame)
    assert "77" not in checked.headline + checked.text


def test_a_long_list_says_first_which_guidelines_it_comes_from_and_goes_through_them_one_by_one(kb):
    answer = kb.ask("駐輪場で必要なことを全部")
    documents = [c.document for c in answer.citations]
    shorts = [kb.corpus.documents_by_id[d].short.get("ja") for d in dict.fromkeys(documents)]
    assert all(short in answer.headline for short in shorts)
    lines = [line for line in answer.text.splitlines() if line.startswith("- ")]
    guides = [next(s for s in shorts if line.startswith(f"- {s}")) for line in lines]
    assert len(lines) >= 4 and len(list(dict.fromkeys(guides))) == sum(
        a != b for a, b in zip(["", *guides], guides, strict=False)
    )
