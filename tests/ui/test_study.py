"""The page for studying: from the first card to a whole practice paper, over a small deck."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from small_knowledge import shown
from streamlit.testing.v1 import AppTest

from kb.model.study import Item
from kb.store.study import StudyStore
from kb.study.deck import Deck
from kb.study.session import Study

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "study"))
from samples import make_deck  # noqa: E402

Open = Callable[..., AppTest]


@pytest.fixture
def deck() -> Deck:
    return make_deck()


@pytest.fixture(autouse=True)
def small_study(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, deck: Deck) -> Iterator[None]:
    monkeypatch.setenv("KB_HOME", str(tmp_path))
    monkeypatch.setattr("kb.ui.study_state._open_deck", lambda key: deck)
    yield


def open_view(open_page: Open, view: str = "today", **more: str) -> AppTest:
    app = open_page("study", view=view, **more)
    assert not app.exception and not app.error
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception and not app.error
    return app


def card_of(app: AppTest, deck: Deck) -> Item:
    return deck.by_id[app.session_state["card-item"]]


def kept(learner: str = "me") -> list[tuple[str, int, bool]]:
    return [(review.item, review.rating, review.right) for review in StudyStore(learner).reviews()]


def test_a_right_answer_is_rated_good_at_once(open_page: Open, deck: Deck) -> None:
    app = open_view(open_page)
    item = card_of(app, deck)
    press(app, f"option-{item.answer}")
    assert "正解です" in shown(app) and "because" in shown(app) and "「ふつう」として記録しました" in shown(app)
    assert kept() == [(item.id, 3, True)] and "済み1問" in shown(app) and "新しい問題" in shown(app)
    press(app, "study-next")
    assert card_of(app, deck) != item and kept() == [(item.id, 3, True)]


@pytest.mark.parametrize("rating", [2, 4])
def test_another_rating_takes_the_place_of_the_first(open_page: Open, deck: Deck, rating: int) -> None:
    app = open_view(open_page)
    item = card_of(app, deck)
    press(press(app, f"option-{item.answer}"), f"rate-{rating}")
    assert kept() == [(item.id, rating, True)] and card_of(app, deck) != item


def test_a_wrong_answer_says_why_and_comes_again(open_page: Open, deck: Deck) -> None:
    app = open_view(open_page)
    item = card_of(app, deck)
    press(app, f"option-{(item.answer + 1) % 3}")
    page = shown(app)
    assert "不正解です" in page and f"正解：{item.options[item.answer].text.ja}" in page
    assert kept() == [(item.id, 1, False)] and "rate-4" not in [str(button.key) for button in app.button]
    press(app, "study-next")
    assert card_of(app, deck) != item


def test_an_undone_rating_brings_its_card_back(open_page: Open, deck: Deck) -> None:
    app = open_view(open_page)
    item = card_of(app, deck)
    press(press(app, f"option-{item.answer}"), "rate-4")
    press(app, "study-undo")
    assert card_of(app, deck) == item and "option-0" in [str(button.key) for button in app.button]
    assert StudyStore("me").reviews() == [] and StudyStore("me").cards() == {}


def test_an_answer_can_be_taken_back_before_going_on(open_page: Open, deck: Deck) -> None:
    app = open_view(open_page)
    item = card_of(app, deck)
    press(press(app, f"option-{item.answer}"), "study-undo")
    assert card_of(app, deck) == item and kept() == []


def test_a_rating_is_not_changed_where_something_was_rated_since(open_page: Open, deck: Deck) -> None:
    app = open_view(open_page)
    item = card_of(app, deck)
    press(app, f"option-{item.answer}")
    other = Study(deck, "me").queue()[0]
    Study(deck, "me").rate(other, 2, True)
    press(app, "rate-4")
    assert kept() == [(item.id, 3, True), (other.id, 2, True)]
    assert "別の画面で評価されました" in app.info[0].value


def test_a_card_is_laid_aside_and_brought_back(open_page: Open, deck: Deck) -> None:
    app = open_view(open_page)
    item = card_of(app, deck)
    press(app, "study-suspend")
    assert card_of(app, deck) != item
    app = open_view(open_page, "choices")
    assert "休止している問題（1問）" in str([e.label for e in app.expander])
    press(app, f"resume-{item.id}")
    assert StudyStore("me").suspended() == set()


def test_when_the_day_is_done_it_says_so(open_page: Open, deck: Deck) -> None:
    study = Study(deck, "me")
    study.choose(daily_cap=1)
    study.rate(study.queue()[0], 4, True)
    app = open_view(open_page)
    assert "今日の分は終わりです" in app.success[0].value


def test_a_whole_practice_paper(open_page: Open, deck: Deck) -> None:
    app = open_view(open_page, "paper")
    app.number_input(key="paper-items").set_value(5)
    app.number_input(key="paper-minutes").set_value(10)
    app.number_input(key="paper-seed").set_value(3)
    next(b for b in app.button if b.label == "始める").click().run()
    items = app.session_state["paper"].items
    assert len(items) == 5 and "残り" in shown(app)
    for place, item in enumerate(items):
        chosen = item.answer if place < 3 else (item.answer + 1) % 3
        app.radio(key=f"paper-answer-3-{place}").set_value(chosen).run()
        if place < 4:
            press(app, "paper-forward")
    press(app, "paper-hand-in")
    page = shown(app)
    assert "3／5問正解（60%）" in page
    assert "間違えた問題（2問）" in page
    record = StudyStore("me").papers()[0]
    assert record.score == 3 and record.seed == 3
    press(app, "paper-again")
    assert "実際の試験の形式・内容を再現したものではありません" in shown(app)


def test_a_paper_can_be_handed_in_with_open_items_after_a_second_press(open_page: Open) -> None:
    app = open_view(open_page, "paper")
    app.number_input(key="paper-items").set_value(2)
    next(b for b in app.button if b.label == "始める").click().run()
    assert "答えていない問題が2問あります" in shown(app)
    press(app, "paper-hand-in")
    assert "0／2問正解" in shown(app)


def test_when_time_is_up_the_paper_is_handed_in(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_view(open_page, "paper")
    app.number_input(key="paper-items").set_value(2)
    app.number_input(key="paper-minutes").set_value(1)
    next(b for b in app.button if b.label == "始める").click().run()
    later = datetime.now(UTC) + timedelta(minutes=2)
    monkeypatch.setattr("kb.study.session.Study.now", property(lambda self: later))
    app.run()
    assert "時間になったので提出しました" in app.info[0].value
    assert len(StudyStore("me").papers()) == 1


def test_a_paper_that_is_stopped_leaves_no_record(open_page: Open) -> None:
    app = open_view(open_page, "paper")
    next(b for b in app.button if b.label == "始める").click().run()
    press(app, "paper-stop")
    assert StudyStore("me").papers() == []


def test_progress_shows_numbers_forecast_and_subjects(open_page: Open, deck: Deck) -> None:
    study = Study(deck, "me")
    study.rate(deck.items[0], 3, True)
    page = shown(open_view(open_page, "progress"))
    assert "1／18問" in page and "light" in page and "1／1問" in page


def test_the_exam_date_and_the_cap_are_kept(open_page: Open, deck: Deck) -> None:
    app = open_view(open_page, "choices")
    exam = Study(deck, "me").today + timedelta(days=20)
    app.date_input[0].set_value(exam)
    app.number_input(key="daily-cap").set_value(7)
    next(b for b in app.button if b.label == "保存する").click().run()
    settings = StudyStore("me").settings()
    assert settings.exam_date == exam and settings.daily_cap == 7
    assert "保存しました" in app.success[0].value
    assert "試験まで20日" in shown(open_view(open_page))


def test_another_learner_begins_with_nothing_and_is_kept_in_the_address(open_page: Open, deck: Deck) -> None:
    Study(deck, "me").rate(deck.items[0], 3, True)
    app = open_view(open_page, "choices")
    app.text_input[0].set_value("花子")
    next(b for b in app.button if b.label == "この名前で学ぶ").click().run()
    assert app.query_params["learner"] == "花子"
    assert "済み0問" in shown(open_view(open_page, learner="花子"))


def test_a_learner_without_a_name_is_refused_kindly(open_page: Open) -> None:
    app = open_view(open_page, "choices")
    app.text_input[0].set_value("   ")
    next(b for b in app.button if b.label == "この名前で学ぶ").click().run()
    assert app.warning


@pytest.mark.parametrize("view", ["today", "paper", "judge", "progress", "choices"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_view_opens_in_both_languages(open_page: Open, view: str, language: str) -> None:
    app = open_view(open_page, view, lang=language)
    assert "{" not in shown(app)


def test_an_empty_deck_says_so(open_page: Open, monkeypatch: pytest.MonkeyPatch, deck: Deck) -> None:
    monkeypatch.setattr("kb.ui.study_state._open_deck", lambda key: Deck((), deck.guide))
    assert "出題できる問題がありません" in str([i.value for i in open_view(open_page).info])
    assert "出題できる問題がありません" in str([i.value for i in open_view(open_page, "paper").info])
