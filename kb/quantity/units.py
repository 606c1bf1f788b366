"""The units of the guidelines and exact arithmetic between compatible ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cached_property
from typing import Literal

from kb.errors import IncompatibleUnits, InputError


@dataclass(frozen=True)
class Unit:
    """A unit: its id, dimension, factor to the dimension's base unit, and how it is written."""

    id: str
    dimension: str
    factor: Fraction
    ja: str
    en: str
    en_plural: str | None = None


_ROWS: list[tuple[str, str, Fraction | int, str, str, str | None]] = [
    ("lx", "illuminance", 1, "ルクス", " lx", None),
    ("mm", "length", Fraction(1, 1000), "mm", " mm", None),
    ("cm", "length", Fraction(1, 100), "cm", " cm", None),
    ("m", "length", 1, "m", " m", None),
    ("m2", "area", 1, "㎡", " m²", None),
    ("sec", "duration", 1, "秒", " second", " seconds"),
    ("min", "duration", 60, "分", " minute", " minutes"),
    ("hours", "duration", 3600, "時間", " hour", " hours"),
    ("days", "duration", 86400, "日", " day", " days"),
    ("weeks", "duration", 604800, "週間", " week", " weeks"),
    ("months", "calendar_duration", 1, "か月", " month", " months"),
    ("years", "calendar_duration", 12, "年", " year", " years"),
    ("year", "calendar_year", 1, "年", "", None),
    ("clock", "time_of_day", 1, "", "", None),
    ("times", "times", 1, "回", " time", " times"),
    ("fps", "frame_rate", 1, "枚/秒", " fps", None),
    ("percent", "share", Fraction(1, 100), "%", "%", None),
    ("ratio", "share", 1, "", "", None),
    ("count", "count", 1, "個", "", None),
    ("persons", "persons", 1, "人", " person", " persons"),
    ("floors", "floors", 1, "階", " floor", " floors"),
    ("colours", "colours", 1, "色", " colour", " colours"),
    ("points", "points", 1, "ポイント", " pt", None),
]
UNITS: dict[str, Unit] = {row[0]: Unit(row[0], row[1], Fraction(row[2]), row[3], row[4], row[5]) for row in _ROWS}
"""Every unit that a figure may have, by id."""

Comparison = Literal[-1, 0, 1]

_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})$")
_PLAIN = re.compile(r"^(-?\d+(?:\.\d+)?|\d+/[1-9]\d*)\s*([a-z0-9]+)$")
_CLOCK_WITH_UNIT = re.compile(r"^(\d{1,2}:\d{2})\s+clock$")


@dataclass(frozen=True)
class Quantity:
    """An exact number with a unit id of `UNITS`; a time of day counts minutes from midnight."""

    value: Fraction
    unit: str

    @property
    def dimension(self) -> str:
        """What the unit measures."""
        return UNITS[self.unit].dimension

    @cached_property
    def base(self) -> Fraction:
        """The value in the dimension's base unit."""
        return self.value * UNITS[self.unit].factor

    @property
    def number(self) -> int | float | str:
        """The value as JSON carries it: an int where it is whole, a float else, a clock time as "23:00"."""
        if self.unit == "clock":
            minutes = int(self.value)
            return f"{minutes // 60}:{minutes % 60:02d}"
        return int(self.value) if self.value.denominator == 1 else round(float(self.value), 4)


def to_fraction(text: str) -> Fraction:
    """Turn a decimal number in ASCII digits into an exact fraction; raises `InputError` for anything else."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise InputError(f"not a number: {text!r}") from None
    if not number.is_finite():
        raise InputError(f"not a finite number: {text!r}")
    return Fraction(number)


def clock_minutes(hours: int, minutes: int) -> Fraction:
    """Count the minutes from midnight; raises `InputError` where no clock shows such a time."""
    if not (0 <= hours <= 24 and 0 <= minutes < 60):
        raise InputError(f"no time of day: {hours}:{minutes:02d}")
    return Fraction(hours * 60 + minutes)


def parse_quantity(text: str) -> Quantity:
    """Read the corpus notation, such as `50 lx`, `1.8 m`, `23:00 clock`; raises `InputError`."""
    stripped = text.strip()
    clock = _CLOCK_WITH_UNIT.match(stripped)
    if clock:
        hours, minutes = clock[1].split(":")
        return Quantity(clock_minutes(int(hours), int(minutes)), "clock")
    match = _PLAIN.match(stripped)
    if not match or match[2] not in UNITS or match[2] == "clock":
        raise InputError(f"not a quantity: {text!r}; a number and one of {', '.join(UNITS)}")
    value = Fraction(match[1]) if "/" in match[1] else to_fraction(match[1])
    return Quantity(value, match[2])


def same_dimension(left: str, right: str) -> bool:
    """Tell whether two unit ids measure the same thing."""
    return UNITS[left].dimension == UNITS[right].dimension


def convert(quantity: Quantity, unit: str) -> Quantity:
    """Express a quantity in another unit of its dimension; raises `IncompatibleUnits`."""
    if not same_dimension(quantity.unit, unit):
        raise IncompatibleUnits(f"{quantity.unit} and {unit} do not measure the same thing")
    return Quantity(quantity.base / UNITS[unit].factor, unit)


def compare(left: Quantity, right: Quantity) -> Comparison:
    """Compare two quantities exactly: -1, 0 or 1; raises `IncompatibleUnits`.

    Months and years do not convert to days: their length is not fixed.
    """
    if not same_dimension(left.unit, right.unit):
        raise IncompatibleUnits(f"{left.unit} and {right.unit} do not measure the same thing")
    if left.base == right.base:
        return 0
    return -1 if left.base < right.base else 1


def format_number(value: Fraction) -> str:
    """Write a number with at most three decimals and no trailing zeros."""
    if value.denominator == 1:
        return str(int(value))
    return f"{float(value):.3f}".rstrip("0").rstrip(".")


_PLAIN_FRACTION = 10
"""A share with a denominator up to this one is written as a fraction (1/3)."""


def format_quantity(quantity: Quantity, language: str = "ja") -> str:
    """Write a quantity for a reader, such as `50ルクス` or `50 lx`."""
    unit = UNITS[quantity.unit]
    if quantity.unit == "clock":
        hours, minutes = divmod(int(quantity.value), 60)
        return f"{hours}:{minutes:02d}" if language == "en" else f"{hours}時" + (f"{minutes}分" if minutes else "")
    number = format_number(quantity.value)
    if quantity.unit == "ratio" and 1 < quantity.value.denominator <= _PLAIN_FRACTION:
        number = f"{quantity.value.numerator}/{quantity.value.denominator}"
    if language == "en":
        return number + (unit.en_plural if unit.en_plural and quantity.value != 1 else unit.en)
    return number + unit.ja
