"""Numbers as word processors and browsers print them before the paragraphs of a list."""

from __future__ import annotations

_GOJUON = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DIGITS = "〇一二三四五六七八九"


def write_number(value: int, form: str) -> str:
    """Write `value` in a number format by its OOXML name (`decimal`, `aiueoFullWidth`, `japaneseCounting`, …)."""
    if value <= 0:
        return str(value)
    if form in ("aiueo", "aiueoFullWidth"):
        return _GOJUON[(value - 1) % len(_GOJUON)]
    if form in ("iroha", "irohaFullWidth"):
        return _IROHA[(value - 1) % len(_IROHA)]
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and value <= len(_CIRCLED):
        return _CIRCLED[value - 1]
    if form in (
        "japaneseCounting",
        "japaneseDigitalTenThousand",
        "ideographDigital",
        "chineseCounting",
        "japaneseLegal",
    ):
        return _write_kanji(value)
    if form == "lowerLetter":
        return _letters(value)
    if form == "upperLetter":
        return _letters(value).upper()
    if form == "lowerRoman":
        return _roman(value)
    if form == "upperRoman":
        return _roman(value).upper()
    if form == "decimalZero" and value < 10:
        return f"0{value}"
    if form == "decimalEnclosedParen":
        return f"({value})"
    if form == "decimalEnclosedFullstop":
        return f"{value}."
    return str(value)


def _letters(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    text = ""
    for size, sign in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        text += sign * (value // size)
        value %= size
    return text


def _write_kanji(value: int) -> str:
    if value >= 1000:
        return "".join(_DIGITS[int(d)] for d in str(value))
    text = ""
    for size, sign in ((100, "百"), (10, "十")):
        count, value = divmod(value, size)
        if count:
            text += (_DIGITS[count] if count > 1 else "") + sign
    return text + (_DIGITS[value] if value else "")
