"""An answer in other words on the page: offered only with a model, sent only after the visitor agrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kb.model.answer import Answer, Wording

NOTICE = "example.test"


class FakeRewriter:
    """Counts what it is asked to reword."""

    def __init__(self, wording: Wording) -> None:
        self.wording, self.asked = wording, list[str]()

    def reword(self, answer: Answer) -> Answer:
        self.asked.append(answer.question)
        return answer.model_copy(update={"wording": self.wording})


@pytest.fixture
def rewriter(monkeypatch: pytest.MonkeyPatch) -> FakeRewriter:
    fake = FakeRewriter(Wording(used=True, model="openai:tiny", text="**やさしい言葉の回答** <b>x</b>"))
    monkeypatch.setattr("kb.ui.wording._rewriter", lambda *_: fake)
    monkeypatch.setenv("KB_LLM", "openai:tiny")
    monkeypatch.setenv("KB_LLM_BASE_URL", f"http://{NOTICE}/v1")
    return fake


def shown(app: AppTest) -> str:
    return " ".join(str(block.proto.body) for block in app.get("html"))


def buttons(app: AppTest) -> list[Any]:
    return [button for button in app.button if str(button.key).startswith("wording-")]


def test_without_a_model_nothing_is_offered(open_page: Callable[..., AppTest]) -> None:
    app = open_page("ask", q="EVホールは何ルクス？")
    assert not app.exception and buttons(app) == []


def test_nothing_is_sent_before_the_visitor_agrees(open_page: Callable[..., AppTest], rewriter: FakeRewriter) -> None:
    app = open_page("ask", q="EVホールは何ルクス？")
    assert not app.exception and NOTICE in shown(app)
    assert rewriter.asked == [] and len(buttons(app)) == 1


def test_the_rewording_is_shown_once_it_is_there(open_page: Callable[..., AppTest], rewriter: FakeRewriter) -> None:
    app = open_page("ask", q="EVホールは何ルクス？")
    buttons(app)[0].click().run()
    assert not app.exception and rewriter.asked == ["EVホールは何ルクス？"]
    assert "やさしい言葉の回答" in shown(app) and "<b>x</b>" not in shown(app)
    assert buttons(app.run()) == [] and len(rewriter.asked) == 1


def test_a_rewording_that_is_not_used_is_said(open_page: Callable[..., AppTest], rewriter: FakeRewriter) -> None:
    rewriter.wording = Wording(used=False, model="openai:tiny", reason="figure added: 30 lx")
    app = open_page("ask", q="EVホールは何ルクス？")
    buttons(app)[0].click().run()
    assert not app.exception and "figure added: 30 lx" in shown(app)
