"""Find quantities in Japanese and English text: value, unit, comparator, span."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, cast

from kb.errors import InputError
from kb.quantity import patterns
from kb.quantity.numerals import number
from kb.quantity.units import Quantity, clock_minutes, same_dimension
from kb.text import SourceText, normalize

Operator = Literal[">=", ">", "<=", "<", "=", "range"]
ERA_START = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""The year before the first of each Japanese era."""
_AFTERNOON = ("午後", "夕方", "p")
_NIGHT = ("夜", "深夜")
_MORNING = ("午前", "a")
_HALVED = ("m", "min", "hours", "days", "weeks", "months", "years")


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


def find_quantities(text: str | SourceText, counted: re.Pattern[str] | None = None) -> list[Mention]:
    """Find every quantity of a text, in order, longest reading first where two overlap.

    `counted` are nouns that a number in English counts without a unit (`two locks`).
    """
    source = text if isinstance(text, SourceText) else normalize(text)
    remaining = source.normal
    for pattern in _NO_QUANTITY:
        remaining = pattern.sub(lambda match: _BLANK * len(match[0]), remaining)
    found: list[_Found] = []
    for reader in (*_READERS, *([] if counted is None else [_counted(counted)])):
        for one in reader(remaining):
            if _BLANK not in remaining[one.start : one.end]:
                found.append(one)
                remaining = remaining[: one.start] + _BLANK * (one.end - one.start) + remaining[one.end :]
    return [_with_comparator(source, one) for one in sorted(found, key=lambda one: one.start)]


def read_quantity(text: str) -> Quantity:
    """Read a text that is one quantity and nothing else (`1m80`, `五十ルクス`); raises `InputError`."""
    mentions = find_quantities(text)
    if len(mentions) != 1 or mentions[0].surface.strip() != text.strip():
        raise InputError(f"not a single quantity: {text!r}; write a number and a unit, such as 50 lx or 1.8m")
    return mentions[0].value


@dataclass(frozen=True, slots=True)
class _Found:
    """A quantity in the normalised text."""

    start: int
    end: int
    value: Quantity
    upper: Quantity | None = None
    operator: Operator | None = None


def _eras(text: str) -> Iterator[_Found]:
    for match in patterns.ERA.finditer(text):
        count = Fraction(1) if match["n"] == "元" else number(match["n"])
        if count is not None:
            yield _Found(match.start(), match.end(), Quantity(count + ERA_START[match["era"]], "year"))


def _years(text: str) -> Iterator[_Found]:
    for match in patterns.YEAR.finditer(text):
        group = "n" if match["n"] else "en"
        yield _Found(match.start(group), match.end(), Quantity(Fraction(match[group]), "year"))


def _clocks(text: str) -> Iterator[_Found]:
    for match in patterns.NOON.finditer(text):
        yield _Found(match.start(), match.end(), Quantity(clock_minutes(12, 0), "clock"))
    for match in patterns.MIDNIGHT.finditer(text):
        yield _Found(match.start(), match.end(), Quantity(clock_minutes(0, 0), "clock"))
    for pattern in (patterns.CLOCK, patterns.CLOCK_COLON, patterns.CLOCK_ENGLISH):
        for match in pattern.finditer(text):
            time = _time_of_day(match)
            if time is not None:
                yield _Found(match.start(), match.end(), time)


def _time_of_day(match: re.Match[str]) -> Quantity | None:
    groups = match.groupdict()
    read, half = number(match["h"]), groups.get("half")
    if read is None or read.denominator != 1:
        return None
    if match["h"] == "一" and half is None and not patterns.AFTER_ONE_OCLOCK.match(match.string, match.end()):
        return None
    past = number(groups.get("m") or "0")
    if past is None or past.denominator != 1:
        return None
    hours, minutes = int(read), 30 if groups.get("hm") else int(past)
    if half in _AFTERNOON and hours < 12 or half in _NIGHT and 5 <= hours <= 12:
        hours += 12
    if half in _MORNING and hours == 12:
        hours = 0
    return Quantity(clock_minutes(hours, minutes), "clock") if hours <= 24 and minutes < 60 else None


def _rates(text: str) -> Iterator[_Found]:
    for match in patterns.PER_SECOND.finditer(text):
        value = number(match["n"])
        if value is not None:
            yield _Found(match.start(), match.end(), Quantity(value, "fps"))


def _compound_lengths(text: str) -> Iterator[_Found]:
    for match in patterns.COMPOUND_LENGTH.finditer(text):
        metres, rest = number(match["m"]), number(match["cm"])
        if metres is None or rest is None or "." in match["m"] + match["cm"]:
            continue
        if match["cmunit"] is None and len(match["cm"]) == 1:
            if match["unit"] == "m":  # m2 and m3 are no lengths
                continue
            rest *= 10
        if rest < 100:
            yield _Found(match.start(), match.end(), Quantity(metres + rest / 100, "m"))


def _sides(text: str) -> Iterator[_Found]:
    for match in patterns.SIDE.finditer(text):
        value = number(match["n"])
        unit = next(name for name in ("mm", "cm", "m") if match[name])
        if value is not None:
            yield _Found(match.start("n"), match.end("n"), Quantity(value, unit))


def _half_years(text: str) -> Iterator[_Found]:
    for match in patterns.HALF_YEAR.finditer(text):
        yield _Found(match.start(), match.end(), Quantity(Fraction(6), "months"))


def _adverbs(text: str) -> Iterator[_Found]:
    for match in patterns.ADVERB.finditer(text):
        count = number(match["ja"]) if match["ja"] else Fraction(2 if match["n"] == "twice" else 3)
        if count is None:
            continue
        yield _Found(match.start(), match.end(), Quantity(count, "times"))


def _plain(text: str) -> Iterator[_Found]:
    for match in patterns.PLAIN.finditer(text):
        unit = next(name for name in patterns.UNIT_FORMS if match[name])
        low, high = number(match["low"]), None if match["high"] is None else number(match["high"])
        if low is None or (match["high"] is not None and high is None):
            continue
        if match["half"] and unit in _HALVED:
            low, high = (low + Fraction(1, 2), None) if high is None else (low, high + Fraction(1, 2))
        end = match.end() if unit in _HALVED or not match["half"] else match.start("half")
        middle = cast(Operator, patterns.MIDDLE[match["middle"].split()[-1]]) if match["middle"] else None
        if high is None:
            yield _Found(match.start(), end, _quantity(low, unit), operator=middle)
            continue
        lower = _unit_named((match["lowunit"] or "").strip()) or unit
        if _is_range(match, lower, unit):
            yield _Found(match.start(), end, _quantity(low, lower), _quantity(high, unit))
            continue
        if match["lowunit"]:
            yield _Found(match.start(), match.end("lowunit"), _quantity(low, lower))
        yield _Found(match.start("high"), end, _quantity(high, unit), operator=middle)


def _is_range(match: re.Match[str], lower: str, unit: str) -> bool:
    text, start = match.string, match.start()
    joined = text[match.end("lowunit") if match["lowunit"] else match.end("low") : match.start("high")]
    if joined.strip() == "and" and "between" not in text[max(0, start - 12) : start]:
        return False
    return same_dimension(_plain_unit(lower), _plain_unit(unit))


def _unit_named(text: str) -> str | None:
    return next((unit for unit, forms in patterns.UNIT_FORMS.items() if text and re.fullmatch(forms, text)), None)


def _plain_unit(unit: str) -> str:
    return "percent" if unit == "warib" else unit


def _quantity(value: Fraction, unit: str) -> Quantity:
    return Quantity(value * 10 if unit == "warib" else value, _plain_unit(unit))


_NO_NOUN = r"(?!(?:of|the|to|or|and|in|at|per|by|for|from|on|with) )"


def _counted(nouns: re.Pattern[str]) -> Callable[[str], Iterator[_Found]]:
    """Return a reader of numbers before such nouns; one behind a comma may be the number of a list's item (`, 9 cameras`)."""
    pattern = re.compile(
        rf"(?<![,;-] )(?P<n>{patterns.NUMBER})(?P<more> or more)? (?=(?:{_NO_NOUN}[a-z-]+ ){{0,2}}(?:{nouns.pattern})(?![a-z]))"
    )

    def read(text: str) -> Iterator[_Found]:
        for match in pattern.finditer(text):
            value = number(match["n"])
            if value is not None:
                operator: Operator | None = ">=" if match["more"] else None
                yield _Found(match.start(), match.end("n"), Quantity(value, "count"), operator=operator)

    return read


def _fractions(text: str) -> Iterator[_Found]:
    for match in patterns.FRACTION.finditer(text):
        named = next((name for name in _NAMED_FRACTIONS if match[name]), None)
        if named is not None:
            yield _Found(match.start(), match.end(), Quantity(_NAMED_FRACTIONS[named], "ratio"))
            continue
        over, under = number(match["n"] or match["n2"]), number(match["d"] or match["d2"])
        if over is not None and under:
            yield _Found(match.start(), match.end(), Quantity(over / under, "ratio"))


_NAMED_FRACTIONS = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "thirds": Fraction(2, 3),
    "quarters": Fraction(3, 4),
}
_BLANK = "\0"
_NO_QUANTITY = (patterns.PER_ASKED, patterns.DATE, patterns.SUFFICIENT)
_READERS = (_eras, _years, _clocks, _rates, _compound_lengths, _sides, _half_years, _adverbs, _plain, _fractions)


def _with_comparator(source: SourceText, found: _Found) -> Mention:
    before, after = source.normal[max(0, found.start - 24) : found.start], source.normal[found.end : found.end + 12]
    operator = found.operator or ("range" if found.upper is not None else _comparator(before, after))
    approximate = bool(patterns.APPROXIMATE_BEFORE.search(before) or patterns.APPROXIMATE_AFTER.match(after))
    span = source.span(found.start, found.end)
    return Mention(span, source.source[span[0] : span[1]], found.value, found.upper, operator, approximate)


def _comparator(before: str, after: str) -> Operator | None:
    for symbol, pattern in patterns.AFTER:
        if pattern.match(after):
            return cast(Operator, symbol)
    for symbol, pattern in patterns.BEFORE:
        if pattern.search(before):
            return cast(Operator, symbol)
    return None
