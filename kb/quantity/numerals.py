"""Kanji numerals and English number words, as they stand before a unit."""

from __future__ import annotations

import re
from fractions import Fraction

from kb.quantity.units import to_fraction

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
_MULTIPLIERS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_SCALES_JA = {"": 1, "百": 100, "千": 1000, "万": 10_000}
KANJI_DIGIT = "[〇零一二三四五六七八九十百千万拾壱弐参]"
KANJI = f"{KANJI_DIGIT}++"

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_WORDS = {word: value for value, word in enumerate(_SMALL)}
_TEN_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: (i + 2) * 10 for i, word in enumerate(_TEN_WORDS)}
_SCALES = {"hundred": 100, "thousand": 1000}
_ANY_WORD = "|".join([*sorted([*_WORDS, *_TENS, *_SCALES], key=len, reverse=True)])
WORDS = (
    r"(?:half an?|an?(?= (?:week|day|hour|minute|second|metre|meter|month|year)(?![a-z]))"
    rf"|(?:{_ANY_WORD})(?:[ -](?:and )?(?:{_ANY_WORD})){{0,8}})"
)


def kanji_number(text: str) -> int | None:
    """Read a kanji numeral (`五十`, `二〇`, `百六十八`, `一万`); None where it is not one."""
    if not re.fullmatch(KANJI, text) or text.startswith("万"):
        return None
    if not any(c in _MULTIPLIERS or c == "万" for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, section, digit = 0, 0, None
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _MULTIPLIERS:
            section += (1 if digit is None else digit) * _MULTIPLIERS[char]
            digit = None
        else:
            total += (section + (digit or 0)) * 10_000
            section, digit = 0, None
    return total + section + (digit or 0)


def word_number(text: str) -> Fraction | None:
    """Read English number words (`fifty`, `one hundred and sixty-eight`, `half a`); None where they are not."""
    if text in ("half a", "half an"):
        return Fraction(1, 2)
    if text in ("a", "an"):
        return Fraction(1)
    total, current = 0, 0
    for word in re.split(r"[ -]", text):
        if word == "and":
            continue
        if word in _WORDS:
            current += _WORDS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word == "thousand":
            total, current = total + (current or 1) * 1000, 0
        else:
            return None
    return Fraction(total + current)


def number(text: str) -> Fraction | None:
    """Read a number in ASCII digits (with thousands commas), kanji or English words."""
    bare = text.strip()
    digits = re.fullmatch(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([万千百]?)", bare)
    if digits:
        return to_fraction(digits[1].replace(",", "")) * _SCALES_JA[digits[2]]
    if "." in bare or "・" in bare:
        whole, _, decimals = bare.replace("・", ".").partition(".")
        left, right = kanji_number(whole), kanji_number(decimals)
        if left is not None and right is not None and not set(decimals) & {"十", "百", "千", "万", "拾"}:
            return to_fraction(f"{left}." + "".join(str(_DIGITS[c]) for c in decimals))
        return None
    kanji = kanji_number(bare)
    return Fraction(kanji) if kanji is not None else word_number(bare)
