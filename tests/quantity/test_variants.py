"""Five hundred ways to write fifty quantities: one value each, and one verdict."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kb.model.facts import FactValue
from kb.model.requirement import Test as FactTest
from kb.quantity import Quantity, compare, find_quantities, parse_quantity, read_quantity
from kb.rules.leaf import test_fact as check

UNIT_WORDS: dict[str, tuple[str, ...]] = {
    "lx": ("ルクス", "ルックス", "lx", "㏓", "lux"),
    "m": ("m", "メートル", "㍍", "メーター", "metres"),
    "cm": ("cm", "センチ", "㎝", "センチメートル", "centimetres"),
    "mm": ("mm", "ミリ", "㎜", "ミリメートル", "millimetres"),
    "m2": ("㎡", "平方メートル", "m2", "平米", "square metres"),
    "hours": ("時間", "hours", "hrs", "h", "hour"),
    "days": ("日", "日間", "days", "day", "DAYS"),
    "weeks": ("週間", "週", "weeks", "week", "wks"),
    "months": ("か月", "ヶ月", "カ月", "ヵ月", "months"),
    "years": ("年", "年間", "years", "か年", "yrs"),
    "min": ("分", "分間", "minutes", "min", "mins"),
    "sec": ("秒", "秒間", "seconds", "sec", "secs"),
    "fps": ("fps", "コマ/秒", "枚/秒", "フレーム/秒", "frames per second"),
    "percent": ("%", "パーセント", "％", "percent", "per cent"),
    "count": ("台", "個", "か所", "箇所", "units"),
    "times": ("回", "times", "回", "times", "times"),
    "persons": ("人", "名", "persons", "people", "人"),
}
QUANTITIES = (
    *("3 lx", "20 lx", "50 lx", "100 lx", "10 lx", "200 lx", "500 lx", "1000 lx"),
    *("1.8 m", "1.2 m", "2.5 m", "1.5 m", "2 m", "10 m", "4 m", "100 m", "1.3 m"),
    *("180 cm", "150 cm", "40 cm", "20 cm", "80 cm"),
    *("700 mm", "200 mm", "800 mm", "500 mm", "400 mm", "250 mm", "300 mm", "350 mm"),
    *("100 m2", "50 m2"),
    *("168 hours", "24 hours", "7 days", "3 days", "1 weeks", "2 weeks", "12 months", "6 months", "1 years", "5 years"),
    *("10 min", "5 min", "30 sec", "2 fps", "80 percent", "50 percent", "2 count", "5 persons"),
)
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
KANJI = "〇一二三四五六七八九"


def positional(number: str) -> str:
    return "・".join("".join(KANJI[int(digit)] for digit in part) for part in number.split("."))


def in_tens(number: str) -> str:
    whole, _, decimals = number.partition(".")
    value, text = int(whole), ""
    for power, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, power)
        if digit:
            text += ("" if digit == 1 and mark else KANJI[digit]) + mark
    return (text or "〇") + ("・" + positional(decimals) if decimals else "")


def variants(text: str) -> list[str]:
    number, unit = text.split()
    words = UNIT_WORDS[unit]
    kanji_unit = next(word for word in words if not word.isascii()) if unit not in ("fps", "percent") else words[1]
    return [
        f"{number}{words[0]}",
        f"{number} {words[1]}",
        f"{number.translate(WIDE)}{words[2]}",
        f"{number.translate(WIDE)}　{words[0]}",
        f"{number}  {words[3]}",
        f"{number} {words[4]}",
        f"{positional(number)}{kanji_unit}",
        f"{in_tens(number)}{kanji_unit}",
        f"{in_tens(number)} {kanji_unit}",
        f"{number.translate(WIDE)} {words[1].upper()}",
    ]


CASES = [(quantity, variant) for quantity in QUANTITIES for variant in variants(quantity)]


def test_there_are_five_hundred() -> None:
    assert len(set(QUANTITIES)) == 50 and len(CASES) == 500


@pytest.mark.parametrize(("quantity", "variant"), CASES)
def test_a_variant_has_the_value_and_the_verdict_of_the_quantity(quantity: str, variant: str) -> None:
    meant, read = parse_quantity(quantity), read_quantity(variant)
    assert compare(meant, read) == 0
    just_above = Quantity(meant.value + Fraction(1, 1000), meant.unit)
    for limit in (meant, just_above):
        test = FactTest(at_least=limit)
        assert check(test, (FactValue(read),)) == check(test, (FactValue(meant),))
    (mention,) = find_quantities(f"基準は{variant}以上です")
    assert mention.operator == ">=" and mention.surface.strip() == variant.strip()
