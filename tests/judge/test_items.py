"""Reading four-choice items."""

import pytest

from kb.judge.items import read_item, state_option

JA = "高知県の指針に関する記述で、適切でないものはどれか。\n1 甲である。\n2 乙である。\n3 丙である。\n4 丁である。"


def test_a_stem_and_four_options_are_read():
    item = read_item(JA)
    assert item is not None
    assert item.options == ("甲である。", "乙である。", "丙である。", "丁である。")
    assert item.unfitting


@pytest.mark.parametrize(
    ("stem", "unfitting"),
    [
        ("適切なものはどれか。", False),
        ("不適切なものはどれか。", True),
        ("誤っているものを選べ。", True),
        ("正しいものはどれか。", False),
        ("Which of the following is correct?", False),
        ("Which of these is NOT required?", True),
    ],
)
def test_the_stem_says_which_option_is_asked_for(stem, unfitting):
    item = read_item(f"{stem}\n1 甲\n2 乙\n3 丙\n4 丁")
    assert item is not None and item.unfitting is unfitting


@pytest.mark.parametrize("marks", ["1234", "①②③④", "アイウエ"])
def test_options_are_numbered_in_several_ways(marks):
    dot = "" if marks in ("1234", "①②③④") else "."
    item = read_item("適切なものはどれか。\n" + "\n".join(f"{m}{dot} 文{m}" for m in marks))
    assert item is not None and len(item.options) == 4


def test_a_plain_statement_is_no_item():
    assert read_item("高知県の指針では、1階部分の窓は2つの条件を満たす。") is None
    assert read_item("郵便受箱は施錠できるものとする。") is None


def test_an_option_takes_the_subject_of_the_stem():
    item = read_item("大型店の防犯責任者に関する記述で、適切なものはどれか。\n1 事業所ごとに選任する。\n2 置かない。")
    assert item is not None
    assert state_option(item, item.options[0], "ja") == "大型店の防犯責任者：事業所ごとに選任する。"


def test_an_option_takes_the_mood_that_the_stem_asks_for():
    item = read_item("福岡県の指針で「望ましい」とされるものはどれか。\n1 カメラの設置\n2 鍵の管理")
    assert item is not None
    assert state_option(item, item.options[0], "ja") == "カメラの設置は望ましいとされている。"
