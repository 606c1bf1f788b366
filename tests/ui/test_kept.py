"""What the page keeps of a visitor: nothing before they agree, and nothing after they took it away."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_knowledge import EV_HALL, MAILBOX, open_part, shown
from streamlit.testing.v1 import AppTest

from kb.store.journal import JournalStore

Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KB_HOME", str(tmp_path))
    return tmp_path


def send(app: AppTest, question: str) -> AppTest:
    app.text_area(key="question").set_value(question)
    return next(button for button in app.button if button.label == "質問する").click().run()


def agree(app: AppTest) -> AppTest:
    return next(button for button in app.button if button.label == "同意して記録する").click().run()


def journal_of(app: AppTest) -> list[tuple[str, str | None, str]]:
    kept = JournalStore().read(str(app.session_state["visitor_token"]))
    return [] if kept is None else [(entry.asked.question, entry.rating, entry.remark) for entry in kept.entries]


def test_asking_and_rating_keep_nothing_before_the_visitor_agrees(open_page: Open, folder: Path) -> None:
    app = send(open_page(), EV_HALL)
    app.button(key="rate-up-1").click().run()
    assert "同意すると" in shown(app)
    assert list(folder.iterdir()) == []


def test_agreeing_keeps_the_rating_and_what_is_asked_from_then_on(open_page: Open) -> None:
    app = send(open_page(), EV_HALL)
    app.button(key="rate-down-1").click().run()
    agree(app)
    assert journal_of(app) == [(EV_HALL, "down", "")]
    app.text_area(key="remark-1").set_value("駐輪場のこと")
    next(button for button in app.button if button.label == "ひとことを送る").click().run()
    assert "ありがとうございます" in app.success[0].value
    send(app, MAILBOX)
    assert sorted(journal_of(app)) == sorted([(MAILBOX, None, ""), (EV_HALL, "down", "駐輪場のこと")])


def test_a_rating_can_be_taken_back(open_page: Open) -> None:
    app = agree(open_part(send(open_page(), EV_HALL), "kb-offer"))
    app.button(key="rate-up-1").click().run()
    assert journal_of(app) == [(EV_HALL, "up", "")] and app.button(key="rate-up-1").label == "✓ 役に立った"
    app.button(key="rate-up-1").click().run()
    assert journal_of(app) == [(EV_HALL, None, "")]


def test_the_settings_show_export_and_delete_what_is_kept(open_page: Open) -> None:
    app = send(agree(open_page("settings")).switch_page("kb/ui/pages/ask.py").run(), EV_HALL)
    app.switch_page("kb/ui/pages/settings.py").run()
    assert EV_HALL in [expander.label for expander in app.expander]
    assert app.get("download_button")
    next(button for button in app.button if button.label == "この記録を消す").click().run()
    assert journal_of(app) == []
    app.button(key="forget").click().run()
    assert "何も記録していません" in shown(app)


def test_the_time_of_keeping_can_be_chosen(open_page: Open) -> None:
    app = agree(open_page("settings"))
    app.selectbox(key="keep-days").set_value(30).run()
    kept = JournalStore().read(str(app.session_state["visitor_token"]))
    assert kept is not None and kept.keep_days == 30


def test_a_browser_that_kept_its_number_sees_its_questions_again(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = str(agree(open_part(send(open_page(), EV_HALL), "kb-offer")).session_state["visitor_token"])
    send_again = open_page()
    assert "前に記録した質問" not in shown(send_again)
    monkeypatch.setattr("kb.ui.journal.read_cookie", lambda name: token)
    app = open_part(open_page(), "kb-earlier")
    assert EV_HALL in [button.label for button in app.button if str(button.key).startswith("kept-")]


def test_a_folder_that_cannot_be_written_does_not_stop_an_answer(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = agree(open_page("settings")).switch_page("kb/ui/pages/ask.py").run()
    monkeypatch.setattr(JournalStore, "add", lambda *_: (_ for _ in ()).throw(OSError("full")))
    assert "おおむね50ルクス以上" in shown(send(app, EV_HALL)) and not app.error


def test_language_and_size_are_chosen_in_the_settings(open_page: Open) -> None:
    app = open_page("settings")
    app.radio[0].set_value("en").run()
    assert "Your questions" in shown(app)
    app.radio[1].set_value(True).run()
    assert app.session_state["large_text"] is True


def test_the_export_is_json_of_all_that_is_kept(open_page: Open) -> None:
    app = send(agree(open_page("settings")).switch_page("kb/ui/pages/ask.py").run(), EV_HALL)
    journal = JournalStore().read(str(app.session_state["visitor_token"]))
    assert journal is not None
    assert json.loads(journal.model_dump_json())["entries"][0]["asked"]["question"] == EV_HALL
