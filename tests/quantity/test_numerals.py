"""Kanji numerals, English number words and digits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.quantity.numerals import kanji_number, number, word_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("〇", 0),
        ("零", 0),
        ("一", 1),
        ("十", 10),
        ("十五", 15),
        ("五十", 50),
        ("五十五", 55),
        ("二〇", 20),
        ("百", 100),
        ("百六十八", 168),
        ("二百", 200),
        ("千", 1000),
        ("千八百", 1800),
        ("二千十四", 2014),
        ("一万", 10000),
        ("十万", 100000),
        ("二万五千", 25000),
        ("一万二", 10002),
        ("弐拾参", 23),
        ("壱", 1),
        ("一二三", 123),
        ("二万", 20000),
    ],
)
def test_kanji_numerals(text: str, value: int) -> None:
    assert kanji_number(text) == value


@pytest.mark.parametrize("text", ["", "万", "万一", "五〇点", "5", "ルクス", "a"])
def test_what_is_no_kanji_numeral(text: str) -> None:
    assert kanji_number(text) is None


def write_kanji(value: int) -> str:
    text = ""
    for power, mark in ((10000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, power)
        if digit:
            text += ("" if digit == 1 and mark in ("十", "百", "千") else "一二三四五六七八九"[digit - 1]) + mark
    return text or "〇"


@given(st.integers(0, 99999))
def test_every_number_written_in_kanji_is_read(value: int) -> None:
    assert kanji_number(write_kanji(value)) == value
    assert kanji_number("".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zero", 0),
        ("one", 1),
        ("nineteen", 19),
        ("twenty", 20),
        ("ninety-nine", 99),
        ("fifty five", 55),
        ("one hundred", 100),
        ("hundred", 100),
        ("one hundred and sixty-eight", 168),
        ("two thousand", 2000),
        ("thousand", 1000),
        ("two thousand five hundred", 2500),
        ("a", 1),
        ("an", 1),
    ],
)
def test_english_number_words(text: str, value: int) -> None:
    assert word_number(text) == value


def test_half_and_other_words() -> None:
    assert word_number("half a") == word_number("half an") == Fraction(1, 2)
    assert word_number("many") is None and word_number("twenty lux") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("50", Fraction(50)),
        (" 50 ", Fraction(50)),
        ("1.8", Fraction(9, 5)),
        ("1,800", Fraction(1800)),
        ("12,345,678.5", Fraction(24691357, 2)),
        ("3万", Fraction(30000)),
        ("1.5千", Fraction(1500)),
        ("2百", Fraction(200)),
        ("一・八", Fraction(9, 5)),
        ("二.五", Fraction(5, 2)),
        ("十・二五", Fraction(41, 4)),
        ("五十", Fraction(50)),
        ("fifty", Fraction(50)),
    ],
)
def test_numbers(text: str, value: Fraction) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1,80",
        "1.",
        ".5",
        "一・十",
        "一・百",
        "一・千",
        "一・拾",
        "一・万",
        "・八",
        "一・",
        "1・8",
        "5十",
        "1.x",
        "一.五万",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert number(text) is None
