"""Read the storeys that a question names: the one that the entrance is on, and the one asked about.

`玄関は1階です。5階のエレベーターホールは` asks about a floor other than that of the entrance, and not about the entrance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.quantity.numerals import kanji_number

_ORDINALS = ("ground", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_FLOOR = r"(?:floors?|stor(?:e?y|ies)|levels?)"
_JA = r"(?:地下\s?)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:階(?!段|建|以上|以下)|f(?![a-z]))"
_EN = (
    rf"(?:(?:{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)?)\s{_FLOOR}|{_FLOOR}\s(?:no\.?\s)?\d{{1,2}}"
    r"|(?<![a-z0-9])\d{1,2}f(?![a-z]))"
)
_STOREY = re.compile(rf"{_JA}|(?<![a-z]){_EN}(?![a-z])")
_ENTRANCE_JA = r"(?:共用|正面|集合|マンションの|建物の)*(?:玄関|エントランス|入り?口|ロビー)(?:ホール)?"
_ENTRANCE_EN = (
    r"(?:(?:common|main|front|shared|building|our|the) )*(?:entrance|front door|lobby|entry)(?: hall| door| lobby)?"
)
_TOLD = re.compile(
    rf"{_ENTRANCE_JA}\s?(?:は|が|も|:|、)?\s?(?P<a>{_JA})(?:です|だ|に(?:ある|あり(?:ます)?|あって|なっている|なっています))?"
    rf"|(?P<b>{_JA})(?:に|が|は)\s?{_ENTRANCE_JA}(?:が|は|も)?(?:あり(?:ます)?|ある|だ|です)?"
    rf"|(?<![a-z]){_ENTRANCE_EN} (?:(?:is|being|sits|lies|stands|located|found) )*(?:at |on |in )(?:the )?(?P<c>{_EN})"
)
_SAME = re.compile(rf"{_ENTRANCE_JA}(?:のある|がある|の有る|と同じ)\s?\Z")


@dataclass(frozen=True)
class Storeys:
    """Where the entrance is told to be, the spans that tell it (normal form), and whether the storey asked about is it."""

    spans: tuple[tuple[int, int], ...] = ()
    floor: str | None = None


def read_storeys(normal: str) -> Storeys:
    """Read what a text in normal form tells of storeys; `floor` is `entrance`, `other` or None where it is open."""
    told = list(_TOLD.finditer(normal))
    spans = tuple(m.span() for m in told)
    entrances = {n for m in told if (n := _number(next(filter(None, m.groups())))) is not None}
    asked = [
        m for m in _STOREY.finditer(normal) if not any(a <= m.start() < b for a, b in spans) and not _same(normal, m)
    ]
    numbers = {n for m in asked if (n := _number(m[0])) is not None}
    if not numbers:
        return Storeys(spans)
    if entrances:
        floors = {"entrance" if n in entrances else "other" for n in numbers}
    else:
        floors = {"other" if n != 1 else "open" for n in numbers}
    return Storeys(spans, floors.pop() if len(floors) == 1 and "open" not in floors else None)


def _same(normal: str, match: re.Match[str]) -> bool:
    """Tell whether a storey is named as that of the entrance (`玄関のある1階`)."""
    return bool(_SAME.search(normal[: match.start()]))


def _number(text: str) -> int | None:
    below = -1 if "地下" in text else 1
    ordinal = next((i for i, word in enumerate(_ORDINALS) if word in text), None)
    if ordinal is not None:
        return max(ordinal, 1)
    digits = re.search(r"\d+", text)
    if digits:
        return below * int(digits[0])
    kanji = re.search(r"[一二三四五六七八九十]+", text)
    read = kanji_number(kanji[0]) if kanji else None
    return None if read is None else below * read
