"""Quantities as people write them: value, unit, comparator, span."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import InputError
from kb.quantity import Mention, Quantity, find_quantities, read_quantity
from kb.text import normalize


def written(mention: Mention) -> str:
    """Write a mention as in a figure: operator, value, upper end, unit, about."""
    upper = "" if mention.upper is None else f"..{mention.upper.number} {mention.upper.unit}"
    operator = "" if mention.operator in (None, "range") else f"{mention.operator} "
    about = " ~" if mention.approximate else ""
    return f"{operator}{mention.value.number} {mention.value.unit}{upper}{about}"


def found(text: str) -> list[str]:
    return [written(mention) for mention in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("５０ルクス", "50 lx"),
        ("50 lx", "50 lx"),
        ("50㏓", "50 lx"),
        ("五十ルクス", "50 lx"),
        ("二十ルックス", "20 lx"),
        ("50 Lux", "50 lx"),
        ("fifty lux", "50 lx"),
        ("50-lx", "50 lx"),
        ("50　ルクス", "50 lx"),
        ("1万ルクス", "10000 lx"),
        ("1.5万ルクス", "15000 lx"),
        ("2千ルクス", "2000 lx"),
        ("3百ルクス", "300 lx"),
        ("1.8m", "1.8 m"),
        ("１．８ｍ", "1.8 m"),
        ("1.8メートル", "1.8 m"),
        ("1.8メーター", "1.8 m"),
        ("一・八メートル", "1.8 m"),
        ("1.8 metres", "1.8 m"),
        ("1メートル80", "1.8 m"),
        ("1m80", "1.8 m"),
        ("1m80cm", "1.8 m"),
        ("1 m 80", "1.8 m"),
        ("1 metre 80", "1.8 m"),
        ("1メートル8", "1.8 m"),
        ("1メートル5センチ", "1.05 m"),
        ("1m5cm", "1.05 m"),
        ("1メートル八十センチ", "1.8 m"),
        ("一メートル八十センチメートル", "1.8 m"),
        ("2メートル半", "2.5 m"),
        ("180cm", "180 cm"),
        ("１８０㎝", "180 cm"),
        ("1800㎜", "1800 mm"),
        ("1,800mm", "1800 mm"),
        ("1800ミリ", "1800 mm"),
        ("100㎡", "100 m2"),
        ("100m²", "100 m2"),
        ("100平方メートル", "100 m2"),
        ("100 square metres", "100 m2"),
        ("１週間", "1 weeks"),
        ("一週間", "1 weeks"),
        ("a week", "1 weeks"),
        ("168時間", "168 hours"),
        ("百六十八時間", "168 hours"),
        ("24h", "24 hours"),
        ("1時間半", "1.5 hours"),
        ("7日", "7 days"),
        ("七日間", "7 days"),
        ("10分", "10 min"),
        ("十分間", "10 min"),
        ("30秒", "30 sec"),
        ("１２ヶ月", "12 months"),
        ("12か月間", "12 months"),
        ("12ヵ月", "12 months"),
        ("12箇月", "12 months"),
        ("半年", "6 months"),
        ("半年間", "6 months"),
        ("2年間", "2 years"),
        ("1年半", "1.5 years"),
        ("half a year", "0.5 years"),
        ("2002年", "2002 year"),
        ("平成26年", "2014 year"),
        ("平成二十六年", "2014 year"),
        ("令和元年", "2019 year"),
        ("昭和56年", "1981 year"),
        ("大正12年", "1923 year"),
        ("明治5年", "1872 year"),
        ("毎秒2枚", "2 fps"),
        ("毎秒２コマ", "2 fps"),
        ("1秒に2枚", "2 fps"),
        ("一秒間に二枚", "2 fps"),
        ("2fps", "2 fps"),
        ("２ＦＰＳ", "2 fps"),
        ("2枚/秒", "2 fps"),
        ("２枚／秒", "2 fps"),
        ("2コマ毎秒", "2 fps"),
        ("2 frames per second", "2 fps"),
        ("午後11時", "23:00 clock"),
        ("午後十一時", "23:00 clock"),
        ("午後１１時", "23:00 clock"),
        ("午後11時半", "23:30 clock"),
        ("午後3時15分", "15:15 clock"),
        ("23時", "23:00 clock"),
        ("24時", "24:00 clock"),
        ("23:00", "23:00 clock"),
        ("２３：００", "23:00 clock"),
        ("11:00 p.m.", "23:00 clock"),
        ("11 pm", "23:00 clock"),
        ("11 a.m.", "11:00 clock"),
        ("12 a.m.", "0:00 clock"),
        ("12 pm", "12:00 clock"),
        ("午前0時", "0:00 clock"),
        ("午前12時", "0:00 clock"),
        ("深夜0時", "0:00 clock"),
        ("深夜11時", "23:00 clock"),
        ("夜11時", "23:00 clock"),
        ("夜12時", "24:00 clock"),
        ("夜2時", "2:00 clock"),
        ("夜5時", "17:00 clock"),
        ("夜13時", "13:00 clock"),
        ("夕方5時", "17:00 clock"),
        ("朝6時", "6:00 clock"),
        ("午後一時", "13:00 clock"),
        ("正午", "12:00 clock"),
        ("noon", "12:00 clock"),
        ("80%", "80 percent"),
        ("８０％", "80 percent"),
        ("80パーセント", "80 percent"),
        ("8割", "80 percent"),
        ("3分の1", "0.3333 ratio"),
        ("三分の一", "0.3333 ratio"),
        ("十分の一", "0.1 ratio"),
        ("1/3", "0.3333 ratio"),
        ("10階建て", "10 floors"),
        ("5人", "5 persons"),
        ("五名", "5 persons"),
        ("2回", "2 times"),
        ("3色", "3 colours"),
        ("11ポイント", "11 points"),
        ("2台", "2 count"),
        ("２箇所", "2 count"),
        ("二つ", "2 count"),
        ("two cameras", "2 count"),
    ],
)
def test_a_notation_is_read(text: str, quantity: str) -> None:
    assert found(text) == [quantity]
    assert find_quantities(text)[0].surface == text
    read = read_quantity(text)
    assert f"{read.number} {read.unit}" == quantity


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("1.3～1.5m", ["1.3 m..1.5 m"]),
        ("1.3m～1.5m", ["1.3 m..1.5 m"]),
        ("130cmから1.5m", ["130 cm..1.5 m"]),
        ("1300mm-1500mm", ["1300 mm..1500 mm"]),
        ("20ルクスないし50ルクス", ["20 lx..50 lx"]),
        ("20乃至50ルクス", ["20 lx..50 lx"]),
        ("between 1.3 and 1.5 m", ["1.3 m..1.5 m"]),
        ("from 1.3 to 1.5 m", ["1.3 m..1.5 m"]),
        ("1.3 m to 1.5 m", ["1.3 m..1.5 m"]),
        ("2〜3割", ["20 percent..30 percent"]),
        ("2割〜30%", ["20 percent..30 percent"]),
        ("1日から7日", ["1 days..7 days"]),
        ("1〜2時間半", ["1 hours..2.5 hours"]),
        ("1日から3人", ["1 days", "3 persons"]),
        ("700 mm and 200 mm", ["700 mm", "200 mm"]),
        ("2 and 3 m", ["3 m"]),
        ("700mm×200mm", ["700 mm", "200 mm"]),
        ("午後11時から午前6時", ["23:00 clock", "6:00 clock"]),
        ("50lx以上100lx未満", [">= 50 lx", "< 100 lx"]),
        ("幅400mm高さ250mm", ["400 mm", "250 mm"]),
    ],
)
def test_ranges_and_lists_of_quantities(text: str, mentions: list[str]) -> None:
    assert found(text) == mentions


def test_several_ranges_and_numbers_that_are_none() -> None:
    assert found("1〜2m、3〜4m、5〜6m") == ["1 m..2 m", "3 m..4 m", "5 m..6 m"]
    assert found("一・十m、3m") == ["3 m"]
    assert found("1〜一・十m、3m") == ["3 m"]
    assert found("2台半、3台") == ["2 count", "3 count"]
    assert find_quantities("2台半")[0].surface == "2台"


def test_a_range_is_marked_as_one() -> None:
    (mention,) = find_quantities("高さは1.3～1.5mとする")
    assert mention.operator == "range" and mention.surface == "1.3～1.5m" and mention.span == (3, 11)


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("50ルクス以上", ">="),
        ("50ルクス程度以上", ">="),
        ("少なくとも50ルクス", ">="),
        ("最低でも50ルクス", ">="),
        ("最低50ルクス", ">="),
        ("at least 50 lx", ">="),
        ("no less than about 50 lx", ">="),
        ("a minimum of 50 lx", ">="),
        ("50 lx or more", ">="),
        ("50 lx minimum", ">="),
        (">= 50 lx", ">="),
        ("≥50lx", ">="),
        ("50lx+", ">="),
        ("50ルクス超", ">"),
        ("50ルクスを超える", ">"),
        ("50ルクスより明るい", ">"),
        ("50ルクスを上回る", ">"),
        ("more than 50 lx", ">"),
        ("over 50 lx", ">"),
        ("> 50 lx", ">"),
        ("50ルクス未満", "<"),
        ("50ルクスに満たない", "<"),
        ("50ルクスに達しない", "<"),
        ("50ルクスもない", "<"),
        ("50ルクスを切る", "<"),
        ("50ルクスを下回る", "<"),
        ("50ルクスよりも暗い", "<"),
        ("less than 50 lx", "<"),
        ("under 50 lx", "<"),
        ("< 50 lx", "<"),
        ("50ルクス以下", "<="),
        ("50ルクス以内", "<="),
        ("50ルクスまで", "<="),
        ("最大50ルクス", "<="),
        ("no more than 50 lx", "<="),
        ("up to 50 lx", "<="),
        ("50 lx or less", "<="),
        ("≤ 50 lx", "<="),
        ("50ルクス", None),
        ("50ルクスにする", None),
        ("exactly 50 lx", None),
    ],
)
def test_comparators(text: str, operator: str | None) -> None:
    (mention,) = find_quantities(text)
    assert mention.operator == operator
    assert mention.value == Quantity(Fraction(50), "lx")


def test_the_comparator_behind_wins_over_the_one_before() -> None:
    assert found("最低50ルクス以下") == ["<= 50 lx"]


def test_a_comparator_of_english_can_stand_between_number_and_unit() -> None:
    assert found("two or more cameras") == [">= 2 count"]
    assert found("2 or fewer cameras") == ["<= 2 count"]
    assert found("3 or less buttons") == ["<= 3 count"]
    assert found("2 and 3 or more cameras") == [">= 3 count"]


@pytest.mark.parametrize(
    "text",
    [
        "約50ルクス",
        "概ね50ルクス",
        "おおむね50ルクス以上",
        "およそ50 lx",
        "50ルクス程度",
        "50ルクスくらい",
        "about 50 lx",
        "50 lx or so",
    ],
)
def test_approximate_quantities(text: str) -> None:
    (mention,) = find_quantities(text)
    assert mention.approximate


def test_exact_quantities_are_not_approximate() -> None:
    assert not find_quantities("50ルクス以上")[0].approximate
    assert find_quantities("少なくとも約50ルクス")[0].operator == ">="


def test_a_date_is_not_a_duration() -> None:
    assert found("平成26年2月28日制定") == ["2014 year"]
    assert found("2月28日から7日間") == ["7 days"]


def test_minutes_that_no_clock_shows() -> None:
    assert found("3時60分") == ["60 min"]
    assert found("3時61分") == ["61 min"]
    assert found("3時59分") == ["3:59 clock"]


def test_a_normalised_text_can_be_searched_too() -> None:
    (mention,) = find_quantities(normalize("５０ルクス"))
    assert mention.surface == "５０ルクス"


def test_sufficient_is_not_ten_minutes() -> None:
    assert found("十分以内に到着する") == ["<= 10 min"]
    assert found("十分後") == ["10 min"]
    assert found("十分で開けられる") == ["10 min"]
    assert found("十分で明るい") == []


def test_one_oclock_needs_a_sign_of_time() -> None:
    assert found("一時に閉店") == ["1:00 clock"]
    assert found("一時まで") == ["<= 1:00 clock"]
    assert found("一時") == ["1:00 clock"]
    assert found("一時、閉店") == ["1:00 clock"]
    assert found("二時閉店") == ["2:00 clock"]


def test_a_compound_length_stops_before_the_next_quantity() -> None:
    assert found("1m 50ルクス") == ["1 m", "50 lx"]
    assert found("2m 30%") == ["2 m", "30 percent"]
    assert found("5m2") == ["5 m2"]
    assert found("2m 150") == ["2 m"]
    assert found("2m 99") == ["2.99 m"]
    assert found("1.5m 20cm") == ["1.5 m", "20 cm"]
    assert found("1メートル2.5") == ["1 m"]
    assert found("2m 100") == ["2 m"]
    assert found("1.5m 20、1m80") == ["1.5 m", "1.8 m"]
    assert found("5m2と1m80") == ["5 m2", "1.8 m"]


def test_spans_are_those_of_the_source() -> None:
    text = "照度は　５０ ルクス以上、高さは１．８ｍ"
    light, height = find_quantities(text)
    assert text[slice(*light.span)] == light.surface == "５０ ルクス"
    assert text[slice(*height.span)] == height.surface == "１．８ｍ"


def test_quantities_come_in_the_order_of_the_text() -> None:
    assert found("午後11時に1.8m、50ルクス、2014年") == ["23:00 clock", "1.8 m", "50 lx", "2014 year"]


def test_calendar_years_in_english() -> None:
    assert found("revised in 2014") == ["2014 year"]
    assert found("until 2014 lx") == ["2014 lx"]
    (mention,) = find_quantities("since 1999, all")
    assert mention.surface == "1999"


def test_a_text_of_one_quantity_only_is_read() -> None:
    assert read_quantity(" 1m80 ") == Quantity(Fraction(9, 5), "m")
    for text in ("50", "50 lx and 3 lx", "高さ1.8m", "50ルクス以上", ""):
        with pytest.raises(InputError) as error:
            read_quantity(text)
        message = f"not a single quantity: {text!r}; write a number and a unit, such as 50 lx or 1.8m"
        assert str(error.value) == message


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    end = 0
    for mention in find_quantities(text):
        assert end <= mention.span[0] < mention.span[1] <= len(text)
        end = mention.span[0]


@given(st.integers(0, 99999), st.sampled_from(["lx", "ルクス", "m", "cm", "日", "時間", "fps", "%"]))
def test_the_width_of_digits_and_a_space_change_nothing(number: int, unit: str) -> None:
    plain = f"{number}{unit}"
    wide = plain.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    spaced = f"{number} {unit}"
    assert read_quantity(plain) == read_quantity(wide) == read_quantity(spaced)
