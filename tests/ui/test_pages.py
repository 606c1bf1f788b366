"""Each page, in each of its states, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from small_knowledge import EV_HALL, MAILBOX, NO_LOCK, STATED, FakeKnowledge, open_part, shown
from streamlit.testing.v1 import AppTest

from kb.ui.registry import PAGES
from kb.ui.strings import STRINGS

Open = Callable[..., AppTest]
QUOTED = re.compile(r'<[^>]* lang="ja"[^>]*>.*?</[a-z]+>')
LETTERS = re.compile("[ぁ-ヿ㐀-鿿]{2}")
OURS = [ja for ja, en in STRINGS.values() if "{" not in ja and ja != en and LETTERS.search(ja) and ja not in en]
JAPANESE = re.compile("|".join(["[ぁ-ゟ]{2}", *map(re.escape, OURS)]))
"""A piece of a sentence, or words of our own in Japanese; the label of a clause is neither."""


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def send(app: AppTest, question: str) -> AppTest:
    app.text_area(key="question").set_value(question)
    return press(app, "質問する")


def styles(app: AppTest) -> str:
    return "".join(block.proto.body for block in app.get("html")) + str([b.proto for b in app._tree.get("html")])


@pytest.mark.parametrize("key", [page.key for page in PAGES])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_opens_in_both_languages(open_page: Open, key: str, language: str) -> None:
    app = open_page(key, lang=language)
    assert not app.exception and not app.error
    assert "{" not in shown(app)
    if language == "en":
        left = [line for line in shown(app).splitlines() if JAPANESE.search(QUOTED.sub("", line))]
        assert [line for line in left if line != "日本語"] == []


def test_a_question_is_answered_from_the_text_area(open_page: Open, knowledge: FakeKnowledge) -> None:
    app = send(open_page(), EV_HALL)
    page = shown(app)
    assert "おおむね50ルクス以上" in page and "おおむね20ルクス以上" in page
    assert "住宅指針" in page and "共用玄関のある階" in page
    assert app.query_params["q"] == EV_HALL
    assert knowledge.asked == [(EV_HALL, {}, None)]


def test_an_empty_question_is_refused_kindly(open_page: Open, knowledge: FakeKnowledge) -> None:
    app = send(open_page(), "　 ")
    assert "質問を書いてから" in app.warning[0].value
    assert knowledge.asked == []


def test_an_example_question_is_asked_at_one_press(open_page: Open) -> None:
    assert "おおむね50ルクス以上" in shown(press(open_page(), EV_HALL))


def test_a_link_opens_the_answer_with_its_facts(open_page: Open, knowledge: FakeKnowledge) -> None:
    app = open_page(q=EV_HALL, f__floor="other")
    assert knowledge.asked == [(EV_HALL, {"floor": "other"}, None)]
    assert "おおむね50ルクス以上" not in shown(app)


def test_a_link_is_answered_once(open_page: Open, knowledge: FakeKnowledge) -> None:
    open_page(q=EV_HALL).run().run()
    assert len(knowledge.asked) == 1


def test_a_pill_refines_the_answer_in_place_and_can_be_taken_back(open_page: Open, knowledge: FakeKnowledge) -> None:
    app = send(open_page(), EV_HALL)
    pills = app.get("button_group")[0]
    pills.set_value("other").run()
    assert knowledge.asked[-1] == (EV_HALL, {"floor": "other"}, None)
    assert "おおむね50ルクス以上" not in shown(app)
    assert app.query_params["f.floor"] == "other"
    app.get("button_group")[0].set_value(None).run()
    assert "おおむね50ルクス以上" in shown(app)
    assert "f.floor" not in app.query_params


def test_a_follow_up_carries_the_question_before_it_and_says_so(open_page: Open, knowledge: FakeKnowledge) -> None:
    app = send(send(open_page(), EV_HALL), "その他の階は？")
    assert knowledge.asked[-1] == ("その他の階は？", {}, EV_HALL)
    assert "続きとして読みました" in shown(app)
    press(app, "この質問だけで聞き直す")
    assert knowledge.asked[-1] == ("その他の階は？", {}, None)
    press(app, "前の質問の続きとして聞き直す")
    assert knowledge.asked[-1] == ("その他の階は？", {}, EV_HALL)


def test_a_new_subject_does_not_carry_the_old_one(open_page: Open, knowledge: FakeKnowledge) -> None:
    send(send(open_page(), EV_HALL), MAILBOX)
    assert knowledge.asked[-1] == (MAILBOX, {}, None)


def test_earlier_questions_come_back_without_asking_again(open_page: Open, knowledge: FakeKnowledge) -> None:
    app = send(send(open_page(), EV_HALL), MAILBOX)
    assert "これまでの質問（1件）" in shown(app)
    open_part(app, "kb-history").button(key="again-1").click().run()
    assert "おおむね50ルクス以上" in shown(app)
    assert len(knowledge.asked) == 2


def test_a_stated_measurement_shows_a_verdict_for_each_case(open_page: Open) -> None:
    page = shown(open_page(q=STATED))
    assert "要確認" in page and "✕</span> 不適合" in page and "✓</span> 適合" in page
    assert "20ルクス不足" in page
    assert "30ルクスで足りるかどうかは" in page


def test_a_missed_recommendation_is_not_called_a_failure(open_page: Open) -> None:
    page = shown(open_page(q=NO_LOCK))
    assert "推奨未達" in page and "不適合" not in page
    assert "施錠できない" in page


def test_a_citation_opens_to_restatement_note_and_original(open_page: Open) -> None:
    page = shown(open_page(q=EV_HALL))
    assert "エレベーターホールは50ルクス以上にする。" in page
    assert "原文の一文" in page and "共用部 › エレベーターホール" in page
    assert "本文と図で食い違う。" in shown(open_page(q=MAILBOX))


def test_words_of_others_are_shown_and_never_run(open_page: Open) -> None:
    page = shown(open_page(q="<img src=x onerror=alert(1)> [a](javascript:b) EV"))
    assert "<img" not in page.replace("質問", "").split("kb-asked")[1].split("</p>")[0]
    assert "&lt;img" in page
    assert "&lt;b&gt;施錠&lt;/b&gt;" in shown(open_page(q=MAILBOX))
    assert "&lt;i&gt;なし&lt;/i&gt;" in shown(open_page(q=MAILBOX))


def test_a_refusal_offers_a_search(open_page: Open) -> None:
    page = shown(open_page(q="駐車場の料金は？"))
    assert "定めが見つかりません" in page and "近い条項を探す" in page


def test_understood_words_name_the_thing_and_not_a_choice(open_page: Open) -> None:
    page = shown(open_page(q=EV_HALL))
    assert "エレベーターホール</b>" in page and "EVの近く" not in page


def test_the_answer_is_in_the_language_of_the_question(open_page: Open) -> None:
    page = shown(open_page(q="what lux is needed at the EV hall", lang="en"))
    assert "about 50 lx or more" in page and "Housing guideline" in page and "Clauses behind this" in page


def test_the_language_switch_changes_the_page(open_page: Open) -> None:
    app = open_page()
    app.button(key="switch-language").click().run()
    assert "What would you like to know?" in shown(app)
    app.button(key="switch-language").click().run()
    assert "知りたいことを書いてください" in shown(app)


def test_text_can_be_made_larger_and_back(open_page: Open) -> None:
    app = open_page()
    app.button(key="switch-size").click().run()
    assert "文字 標準" in shown(app) and "22px" in styles(app)
    app.button(key="switch-size").click().run()
    assert "文字 大" in shown(app) and "22px" not in styles(app)


def test_the_chat_box_is_a_choice(open_page: Open, knowledge: FakeKnowledge) -> None:
    app = open_page()
    assert not app.chat_input
    app.toggle(key="enter-sends").set_value(True).run()
    app.chat_input[0].set_value(EV_HALL).run()
    assert knowledge.asked == [(EV_HALL, {}, None)]
    assert not app.text_area


def test_a_failure_says_what_to_do_and_shows_no_traceback(open_page: Open) -> None:
    app = open_page(q="壊れる")
    assert "もう一度お試しください" in app.error[0].value
    assert not app.exception and "secret" not in shown(app) and "Traceback" not in shown(app)


def test_a_broken_corpus_is_told_with_its_file(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from kb.errors import CorpusError

    def fail(*_: object) -> None:
        raise CorpusError("clauses.yaml", 3, "kind", "'x'", "'y'")

    monkeypatch.setattr("kb.ui.resources._open", fail)
    app = open_page("about")
    assert "読み込めませんでした" in app.error[0].value and "clauses.yaml:3" in shown(app)


def test_browsing_starts_with_the_outline(open_page: Open) -> None:
    page = shown(open_page("browse"))
    assert "共用部" in page and "エレベーターホールは50ルクス以上" in page and "平均" not in page


def test_a_clause_shows_its_neighbours_and_its_questions(open_page: Open) -> None:
    app = open_page("browse", view="guides", document="home", locator="1/(1)/・1")
    page = shown(app)
    assert "エレベーターホールは50ルクス以上にする。" in page
    assert "EV前は何ルクス？" in page and "もとになる注・表" in page
    press(app, "次の条項")
    assert app.query_params["locator"] == "1/(1)/・2"
    press(app, "前の条項")
    press(app, "前の条項")
    assert "この中の条項" in shown(app)
    press(app, "目次に戻る")
    assert "locator" not in app.query_params


def test_a_footnote_names_the_clauses_that_lean_on_it(open_page: Open) -> None:
    assert "これにもとづく条項" in shown(open_page("browse", view="guides", document="home", locator="注1"))


def test_an_address_that_names_nothing_opens_the_outline(open_page: Open) -> None:
    app = open_page("browse", view="nowhere", document="none", locator="x")
    assert not app.error and "共用部" in shown(app)


def test_searching_marks_the_words(open_page: Open) -> None:
    app = open_page("browse", view="search")
    app.text_input[0].set_value("郵便受箱")
    press(app, "探す")
    assert "<mark>郵便受箱</mark>" in shown(app) and app.query_params["q"] == "郵便受箱"


def test_a_search_without_a_result_says_so(open_page: Open) -> None:
    assert "見つかりませんでした" in open_page("browse", view="search", q="xyz").info[0].value


def test_the_matrix_has_places_and_guidelines(open_page: Open) -> None:
    app = open_page("browse", view="matrix")
    page = shown(app)
    assert "エレベーターホール" in page and "店舗指針" in page and "その他の階" in page
    app.selectbox(key="matrix-place").set_value("elevator_hall").run()
    assert len(app.expander) == 3


def test_the_glossary_narrows(open_page: Open) -> None:
    app = open_page("browse", view="glossary")
    assert len(app.expander) == 2
    app.text_input[0].set_value("つまみ").run()
    assert [expander.label for expander in app.expander] == ["サムターン"]
    assert "錠の部品" in shown(app)
    app.text_input[0].set_value("無い言葉").run()
    assert "あてはまる用語がありません" in app.info[0].value


def test_about_says_how_binding_each_guideline_is(open_page: Open) -> None:
    page = shown(open_page("about"))
    assert "義務を負わせるものではない。" in page and "平成26年2月28日" in page
    assert "できないこと" in page and "外部のサービスには送りません" in page


def test_about_says_how_originals_are_added_and_which_version_this_is(open_page: Open) -> None:
    page = shown(open_page("about"))
    assert "kb ingest" in page and "0123456789ab" in page and "言語モデル" not in page


def test_about_names_the_language_model_that_is_set_up(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_LLM", "ollama:some_model")
    assert "ollama\\:some\\_model" in open_page("about").info[0].value
