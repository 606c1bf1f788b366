"""Facts told in passing, in either pole, in words that stand in no list."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb import KnowledgeBase


@pytest.fixture(scope="module")
def kb(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open()


@pytest.fixture(scope="module")
def told(kb: KnowledgeBase):
    return kb._engine._judge._told


@pytest.mark.parametrize(
    ("text", "fact", "side"),
    [
        ("屋上への扉がいつも開けっぱなし", "normally_locked", False),
        ("郵便受けに鍵が付いていません", "lockable", False),
        ("金庫は床にボルトで固定してある", "safe_hard_to_carry_off", True),
        ("the register holds very little cash", "register_cash_kept_low", True),
    ],
)
def test_a_fact_is_told_in_other_words(told, text: str, fact: str, side: bool):
    assert told.read(text, [fact], True, near=True) == {fact: side}


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("オートロックの無いアパート、玄関先に置き配していい？", "auto_lock_installed"),
        ("オートロック無のアパートで置き配", "auto_lock_installed"),
        ("カメラの無い駐車場、道路から見えない", "camera_installed"),
        ("駐輪場 ラック未設置", "rack_installed"),
        ("補助錠が無く、主錠のみ", "auxiliary_lock"),
    ],
)
def test_what_is_written_as_lacking_in_kanji_is_lacking(kb: KnowledgeBase, question: str, fact: str):
    assert kb._engine.read(question).facts[fact] is False


@pytest.mark.parametrize("text", ["今日はいい天気", "x", "", "、。"])
def test_what_tells_nothing_tells_no_fact(told, text: str):
    assert told.read(text, ["lockable", "camera_installed"], True, near=True) == {}


def test_a_question_for_a_thing_does_not_tell_that_it_is_there(told):
    assert told.read("防犯カメラは必要ですか", ["camera_installed"], False, near=True) == {}


def test_a_fact_that_has_no_expressions_is_passed_over(told):
    assert told.read("鍵がない", ["no_such_fact"], True, near=True) == {}
