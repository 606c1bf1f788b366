"""Find quantities in Japanese and English text: value, unit, comparator, span."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kb.errors import InputError
from kb.quantity.numerals import KANJI, WORDS, number
from kb.quantity.units import Quantity, clock_minutes
from kb.text import SourceText, normalize

Operator = Literal[">=", ">", "<=", "<", "=", "range"]

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = rf"(?:{_DIGITS}|{KANJI}(?:[.・]{KANJI})?|\b{WORDS}\b)"
_TO = r"\s*(?:~|-|から|乃至|ないし|to|through|and)\s*"

_UNIT_FORMS: dict[str, str] = {
    "lx": r"ルクス|ルックス|lx|lux",
    "mm": r"ミリメートル|ミリメーター|ミリ|mm|millimet(?:re|er)s?",
    "cm": r"センチメートル|センチメーター|センチ|cm|centimet(?:re|er)s?",
    "m2": r"平方メートル|平米|m2|m\^2|sq(?:uare)?\.? ?m(?:et(?:re|er)s?)?",
    "m": r"メートル|メーター|m(?![a-z0-9])|met(?:re|er)s?",
    "fps": r"fps|コマ/秒|枚/秒|フレーム/秒|frames?(?: per |/| a )s(?:ec(?:ond)?)?|images?(?: per |/| a )sec(?:ond)?|pictures?(?: per |/| a )sec(?:ond)?",
    "sec": r"秒間?|sec(?:ond)?s?\b",
    "min": r"分間|分(?!の|割|け|か|野|類)|min(?:ute)?s?\b",
    "hours": r"時間|hours?\b|hrs?\b|h\b",
    "weeks": r"週間|週|weeks?\b|wks?\b",
    "days": r"日間|日(?!本)|days?\b",
    "months": r"か月間?|ヶ月間?|ケ月間?|カ月間?|ヵ月間?|箇月間?|months?\b",
    "years": r"年間|か年|ヶ年|年(?!度|生|前半)|years?\b|yrs?\b",
    "times": r"回|times\b|attacks\b",
    "percent": r"%|パーセント|percent\b|per cent\b|per ?cent\b",
    "warib": r"割",
    "persons": r"人(?!物|の目|目|感|の顔|の|が|は|影|相)|名(?!称|前)|persons?\b|people\b",
    "colours": r"色|colou?rs?\b",
    "points": r"ポイント|points?\b|pt\b",
    "floors": r"階建て?|stor(?:e?y|ies)\b|floors\b",
    "count": r"箇所|か所|ヶ所|ヵ所|カ所|個所|個|つ|台|項目|枚|本|基|items?\b|units?\b|cameras\b|buttons?\b",
}
_UNIT = "|".join(f"(?P<{unit}>{forms})" for unit, forms in _UNIT_FORMS.items())
_PLAIN = re.compile(
    rf"(?P<low>{_NUMBER})(?:(?P<lowunit>\s?(?:ルクス|lx|lux|メートル|m|cm|mm|mm?|%))?{_TO}(?P<high>{_NUMBER}))?[\s-]?(?:{_UNIT})"
)
_COMPOUND_LENGTH = re.compile(rf"(?P<m>{_NUMBER})\s?(?:メートル|メーター|m(?![a-z]))\s?(?P<cm>{_NUMBER})(?:\s?(?:センチ(?:メートル)?|cm))?(?![\d.]*\s?(?:m|ルクス|lx|lux|%|メートル))")
_PER_SECOND = re.compile(rf"(?:毎秒|1秒(?:間)?(?:に|あたり|当たり|当り|につき)?|一秒(?:間)?(?:に|あたり|につき)?|per second,? )\s?(?P<n>{_NUMBER})\s?(?:枚|コマ|フレーム|frames?|images?|pictures?)")
_CLOCK = re.compile(r"(?:(?P<half>午前|午後|深夜|夜|朝|夕方)\s?)?(?P<h>\d{1,2}|" + KANJI + r")時(?!間)(?:(?P<m>\d{1,2})分|(?P<hm>半))?")
_CLOCK_COLON = re.compile(r"(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:])(?:\s?(?P<half>[ap])\.?m\b\.?)?")
_CLOCK_EN = re.compile(r"\b(?P<h>\d{1,2})\s?(?P<half>[ap])\.?m\b\.?")
_ERA = re.compile(r"(?P<era>明治|大正|昭和|平成|令和)\s?(?P<n>元|\d{1,2}|" + KANJI + r")\s?年")
_YEAR = re.compile(r"(?<!\d)(?P<n>1[89]\d\d|20\d\d)\s?年|\b(?:in|since|of|by|around|about|until|from) (?P<en>1[89]\d\d|20\d\d)\b(?! ?(?:lx|lux|m\b|mm|cm))")
_FRACTION = re.compile(rf"(?P<d>{_NUMBER})分の(?P<n>{_NUMBER})|(?<![\d/])(?P<n2>\d)/(?P<d2>\d)(?![\d/])")
_ERA_START = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}

_BEFORE = [
    (">=", r"(?:少なくとも|最低でも|最低限|最低|at least|no less than|not less than|a minimum of|minimum(?: of)?|min\.?|no fewer than|>=|≥|≧)\s?(?:約|概ね|おおむね|およそ|about |approximately )?\s?$"),
    ("<=", r"(?:at most|no more than|not more than|up to|a maximum of|maximum(?: of)?|max\.?|within|not exceeding|最大でも|最大|最長|高々|<=|≤|≦)\s?(?:約|概ね|about |approximately )?\s?$"),
    (">", r"(?:more than|over|above|exceeding|exceeds?|greater than|longer than|higher than|beyond|>|>)\s?(?:about )?$"),
    ("<", r"(?:less than|under|below|fewer than|shorter than|lower than|short of|<|<)\s?(?:about )?$"),
]
_AFTER = [
    (">=", r"^\s?(?:程度)?(?:以上|or more|or above|or higher|or over|or longer|or greater|or better|minimum|and above|and over|\+)"),
    (">", r"^\s?(?:を?超|を?越|より(?:も)?(?:大き|高|長|多|明る|上)|を?上回)"),
    ("<", r"^\s?(?:程度)?(?:未満|に満たな|に届かな|を?下回|より(?:も)?(?:小さ|低|短|少な|暗|下))"),
    ("<=", r"^\s?(?:程度)?(?:以下|以内|まで(?!の(?:最短|距離))|or less|or below|or lower|or fewer|or shorter|maximum|at most)"),
]
_APPROXIMATE_BEFORE = re.compile(r"(?:約|概ね|おおむね|おおよそ|およそ|大体|だいたい|ほぼ|about|approximately|around|roughly|some|circa)\s?$")
_APPROXIMATE_AFTER = re.compile(r"^\s?(?:程度|ほど|くらい|ぐらい|前後|or so)")


@dataclass(frozen=True)
class Mention:
    """A quantity as it stands in a text.

    `span` is in characters of the source, end exclusive, without the comparator; `operator` is None where the
    text says none; a range has the `upper` end too.
    """

    span: tuple[int, int]
    surface: str
    value: Quantity
    upper: Quantity | None = None
    operator: Operator | None = None
    approximate: bool = False


def find_quantities(text: str | SourceText) -> list[Mention]:
    """Find every quantity of a text, in order, longest reading first where two overlap."""
    source = text if isinstance(text, SourceText) else normalize(text)
    found: list[tuple[int, int, Quantity, Quantity | None]] = []
    for reader in (_eras, _years, _clocks, _rates, _compound_lengths, _plain, _fractions):
        for start, end, value, upper in reader(source.normal):
            if all(end <= s or start >= e for s, e, _, _ in found):
                found.append((start, end, value, upper))
    return [_with_comparator(source, *item) for item in sorted(found, key=lambda f: f[0])]


def read_quantity(text: str) -> Quantity:
    """Read a text that is one quantity and nothing else (`1m80`, `五十ルクス`); raises `InputError`."""
    mentions = find_quantities(text)
    if len(mentions) != 1 or mentions[0].surface.strip() != text.strip():
        raise InputError(f"not a single quantity: {text!r}; write a number and a unit, such as 50 lx or 1.8m")
    return mentions[0].value


_Found = list[tuple[int, int, Quantity, Quantity | None]]


def _eras(text: str) -> _Found:
    found: _Found = []
    for match in _ERA.finditer(text):
        count = Fraction(1) if match["n"] == "元" else number(match["n"])
        if count is not None:
            found.append((match.start(), match.end(), Quantity(count + _ERA_START[match["era"]], "year"), None))
    return found


def _years(text: str) -> _Found:
    found: _Found = []
    for match in _YEAR.finditer(text):
        group = "n" if match["n"] else "en"
        found.append((match.start(group), match.end(), Quantity(Fraction(int(match[group])), "year"), None))
    return found


def _clocks(text: str) -> _Found:
    found: _Found = []
    for pattern in (_CLOCK, _CLOCK_COLON, _CLOCK_EN):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            hours_read = number(match["h"])
            if hours_read is None:
                continue
            hours, minutes = int(hours_read), 30 if groups.get("hm") else int(groups.get("m") or 0)
            half = groups.get("half")
            if half in ("午後", "夜", "夕方", "p") and hours < 12:
                hours += 12
            if half == "深夜" and 9 <= hours < 12:
                hours += 12
            if half in ("午前", "a") and hours == 12:
                hours = 0
            if hours <= 24:
                found.append((match.start(), match.end(), Quantity(clock_minutes(hours, minutes), "clock"), None))
    return found


def _rates(text: str) -> _Found:
    return [
        (m.start(), m.end(), Quantity(value, "fps"), None)
        for m in _PER_SECOND.finditer(text)
        if (value := number(m["n"])) is not None
    ]


def _compound_lengths(text: str) -> _Found:
    found: _Found = []
    for match in _COMPOUND_LENGTH.finditer(text):
        metres, rest = number(match["m"]), number(match["cm"])
        if metres is None or rest is None or "." in match["cm"]:
            continue
        centimetres = rest * 10 if len(match["cm"]) == 1 and "c" not in match[0] and "セ" not in match[0] else rest
        if centimetres < 100:
            found.append((match.start(), match.end(), Quantity(metres + centimetres / 100, "m"), None))
    return found


def _plain(text: str) -> _Found:
    found: _Found = []
    for match in _PLAIN.finditer(text):
        unit = next(name for name in _UNIT_FORMS if match[name])
        low = number(match["low"])
        high = number(match["high"]) if match["high"] else None
        if low is None or (match["high"] and high is None):
            continue
        start = match.start()
        if match["high"] and (re.search(r"and\s*$", text[: match.start("high")]) and "between" not in text[max(0, start - 12) : start]):
            low, high, start = high or low, None, match.start("high")
        if unit == "warib":
            low, high, unit = low * 10, None if high is None else high * 10, "percent"
        lower_unit = (match["lowunit"] or "").strip()
        value = Quantity(low, {"": unit, "cm": "cm", "mm": "mm"}.get(lower_unit, unit))
        found.append((start, match.end(), value, None if high is None else Quantity(high, unit)))
    return found


def _fractions(text: str) -> _Found:
    found: _Found = []
    for match in _FRACTION.finditer(text):
        over, under = number(match["n"] or match["n2"]), number(match["d"] or match["d2"])
        if over is not None and under:
            found.append((match.start(), match.end(), Quantity(over / under, "ratio"), None))
    return found


def _with_comparator(source: SourceText, start: int, end: int, value: Quantity, upper: Quantity | None) -> Mention:
    before, after = source.normal[max(0, start - 24) : start], source.normal[end : end + 12]
    operator: Operator | None = "range" if upper is not None else None
    if operator is None:
        for symbol, pattern in _AFTER:
            if re.search(pattern, after):
                operator = symbol  # type: ignore[assignment]
                break
        else:
            for symbol, pattern in _BEFORE:
                if re.search(pattern, before):
                    operator = symbol  # type: ignore[assignment]
                    break
    approximate = bool(_APPROXIMATE_BEFORE.search(before) or _APPROXIMATE_AFTER.search(after))
    span = source.span(start, end)
    return Mention(span, source.source[span[0] : span[1]], value, upper, operator, approximate)
