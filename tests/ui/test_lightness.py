"""Pages stay light: what is closed is not drawn, and the garbage collector leaves the knowledge base alone."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import cast

import pytest
from small_knowledge import EV_HALL, FakeKnowledge, open_part, shown
from streamlit.testing.v1 import AppTest

from kb.base import KnowledgeBase
from kb.ui.resources import warm
from kb.ui.strings import translate

Open = Callable[..., AppTest]


@pytest.fixture
def unfrozen() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.freeze()


@pytest.mark.parametrize(
    ("key", "inside"),
    [
        ("kb-examples", translate("example_mailbox_lock", "ja")),
        ("kb-offer", translate("keep_agree", "ja")),
        ("share-1", translate("share_link", "ja")),
    ],
)
def test_a_closed_part_is_drawn_when_it_is_opened(open_page: Open, key: str, inside: str) -> None:
    app = open_page(q=EV_HALL)
    assert inside not in shown(app)
    assert inside in shown(open_part(app, key))


def test_a_part_that_fails_says_what_to_do_and_leaves_the_rest(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail of the program")

    monkeypatch.setattr("kb.ui.card.draw_feedback", fail)
    app = open_page(q=EV_HALL)
    assert "もう一度お試しください" in app.error[0].value and "おおむね50ルクス以上" in shown(app)
    assert not app.exception and "secret" not in shown(app)


@pytest.mark.usefixtures("unfrozen")
def test_what_stays_is_set_apart_from_the_garbage_collector() -> None:
    knowledge = FakeKnowledge()
    warm(cast(KnowledgeBase, knowledge))
    assert gc.get_freeze_count() > 0 and len(knowledge.asked) >= 2


def test_a_first_question_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def ask(self, question: str) -> None:
            raise RuntimeError(question)

    warm(cast(KnowledgeBase, Broken()))
    assert "could not be answered" in caplog.text
