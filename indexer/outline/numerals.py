"""Numerals as lists of official documents use them: text to ordinal, per system."""

from __future__ import annotations

GOJUON = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
HALF_WIDTH = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
HIRAGANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
BLACK_CIRCLED = "❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMAN_SIGNS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
SMALL_ROMAN_SIGNS = "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ"
_KANJI = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def read_kanji(text: str) -> int | None:
    """Read a kanji numeral up to 999 (`二十三`); None where `text` is none."""
    if not text or any(c not in _KANJI and c not in "十百" for c in text):
        return None
    total, digit = 0, 0
    for char in text:
        if char in _KANJI:
            if digit:
                return None
            digit = _KANJI[char]
        else:
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
    return total + digit


def write_roman(value: int) -> str:
    """Write a small roman numeral (1 to 99)."""
    tens = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"]
    ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    return tens[value // 10] + ones[value % 10]


def read_roman(text: str) -> int | None:
    """Read a small roman numeral in its regular spelling (up to 99); None where `text` is none."""
    if not text or any(c not in _ROMAN for c in text):
        return None
    values = [_ROMAN[c] for c in text]
    total = sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    return total if 0 < total < 100 and write_roman(total) == text else None


def read_ordinals(text: str) -> list[tuple[str, int]]:
    """List every (system, ordinal) that `text` can be; `i` is both a letter and a roman numeral."""
    if text.isascii() and text.isdigit():
        return [("1", int(text))] if len(text) <= 3 and int(text) > 0 else []
    found: list[tuple[str, int]] = []
    if len(text) == 1 and text in HALF_WIDTH:
        return [("ア", HALF_WIDTH.index(text) + 1)]
    if len(text) == 1:
        for system, letters in _ALPHABETS:
            if text in letters:
                found.append((system, letters.index(text) + 1))
    if (value := read_kanji(text)) is not None:
        found.append(("一", value))
    for system, small in (("i", text), ("I", text.lower() if text.isupper() else "")):
        if (value := read_roman(small)) is not None:
            found.append((system, value))
    return found


_ALPHABETS = (
    ("ア", GOJUON),
    ("イロハ", IROHA),
    ("あ", HIRAGANA),
    ("①", CIRCLED),
    ("❶", BLACK_CIRCLED),
    ("a", LETTERS),
    ("A", LETTERS.upper()),
    ("Ⅰ", ROMAN_SIGNS),
    ("ⅰ", SMALL_ROMAN_SIGNS),
)
