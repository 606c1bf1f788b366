"""The parts of an answer that open: side by side, the tree of reasons, the printed sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from small_knowledge import CORPUS, EV_HALL, MAILBOX, NO_LOCK, STATED, FakeKnowledge, open_part, shown
from streamlit.testing.v1 import AppTest

from kb.base import KnowledgeBase
from kb.ui.conversation import take_turn
from kb.ui.present import Badge, chips, figure_rows
from kb.ui.print_sheet import sheet_of
from kb.ui.reasons import reasons_of
from kb.ui.table import comparison_table
from kb.ui.tree import Node, draw_tree

Open = Callable[..., AppTest]


def test_the_reasons_name_guideline_case_requirement_and_difference() -> None:
    home, shop = reasons_of(FakeKnowledge().ask(STATED), CORPUS)
    assert (home.words, shop.words) == ("住宅指針", "店舗指針")
    case = home.children[0]
    assert case.words == "共同住宅、共用玄関のある階の場合" and case.badge is not None and case.badge.word == "不適合"
    lines = [line.words for line in case.children]
    assert lines[:3] == ["求められること：50ルクス以上", "質問の内容：30ルクス", "差：20ルクス不足"]
    assert "エレベーターホールは50ルクス以上にする。" in lines[3]
    assert "明るさAとは50ルクス。" in case.children[3].children[0].words


def test_an_answer_without_a_verdict_has_no_tree() -> None:
    assert reasons_of(FakeKnowledge().ask(MAILBOX), CORPUS) == ()


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (
            "郵便受けに鍵がないのは適合？",
            ["✕ そうでない 施錠できる → 施錠できない", "✓ そうである 条件：建物の種類が"],
        ),
        ("Our mailboxes have no lock. Is that ok?", ["✕ does not hold can be locked → cannot be locked"]),
    ],
)
def test_the_verdict_of_a_requirement_opens_step_by_step(home: Path, question: str, lines: list[str]) -> None:
    knowledge = KnowledgeBase.open(home=home)
    answer = knowledge.ask(question)
    assert {("鍵がない", "施錠できない"), ("no lock", "cannot be locked")} & set(chips(answer))
    tree = draw_tree(reasons_of(answer, knowledge.corpus), "ja")
    words = re.sub("<[^>]+>", "", tree.replace("<li>", "\n"))
    assert all(line in words for line in lines), words
    assert not re.search("apartment[^ ]|[a-z]_[a-z]", words)


def test_a_tree_opens_by_keyboard_and_shows_words_as_they_are() -> None:
    tree = draw_tree((Node("<b>", Badge("✓", "適合", "good"), (Node("x"),), opened=True), Node("leaf")), "ja")
    assert '<details open="open"><summary>' in tree and "&lt;b&gt;" in tree and tree.count("<details") == 1


def test_guidelines_stand_side_by_side_and_what_always_holds_stands_in_each_row() -> None:
    table = comparison_table(figure_rows(FakeKnowledge().ask(EV_HALL), CORPUS), "ja")
    assert "どの場合も" not in table
    assert table.count('data-guide="店舗指針"') == 2 and table.count("この条件の数値なし") == 0
    assert "おおむね50ルクス以上" in table and table.count("おおむね20ルクス以上") == 3


def test_one_guideline_is_not_compared(open_page: Open) -> None:
    assert "指針を横に並べて比べる" in shown(open_page(q=EV_HALL))
    assert "指針を横に並べて比べる" not in shown(open_page(q=NO_LOCK))


def test_the_printed_sheet_has_question_figures_clauses_date_and_link() -> None:
    knowledge = FakeKnowledge()
    sheet = sheet_of(take_turn(knowledge, 1, EV_HALL), knowledge, date(2026, 4, 1), "http://here/")  # type: ignore[arg-type]
    assert EV_HALL in sheet and "おおむね50ルクス以上" in sheet and "2026-04-01" in sheet
    assert "エレベーターホールは50ルクス以上にする。" in sheet and "原文の一文" in sheet
    assert "http://here/?q=" in sheet


def test_the_sheet_is_drawn_only_when_printing_was_asked_for(open_page: Open) -> None:
    app = open_part(open_page(q=EV_HALL), "share-1")
    assert "kb-print" not in shown(app)
    app.button(key="print-1").click().run()
    assert "kb-print" in shown(app)
    assert "kb-print" not in shown(app.run())
