"""Units, exact arithmetic, and the corpus notation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import IncompatibleUnits, InputError
from kb.quantity import UNITS, Quantity, compare, convert, format_quantity, parse_quantity, same_dimension
from kb.quantity.units import clock_minutes, format_number, to_fraction


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("50 lx", Fraction(50), "lx"),
        (" 1.8 m ", Fraction(9, 5), "m"),
        ("180cm", Fraction(180), "cm"),
        ("1/3 ratio", Fraction(1, 3), "ratio"),
        ("-2 m", Fraction(-2), "m"),
        ("100 m2", Fraction(100), "m2"),
        ("23:00 clock", Fraction(1380), "clock"),
        ("0:05 clock", Fraction(5), "clock"),
        ("2002 year", Fraction(2002), "year"),
    ],
)
def test_the_corpus_notation_is_read(text: str, value: Fraction, unit: str) -> None:
    assert parse_quantity(text) == Quantity(value, unit)


@pytest.mark.parametrize(
    "text", ["", "50", "lx", "50 candela", "fifty lx", "1/0 ratio", "23 clock", "50 lx 3", "1.2.3 m"]
)
def test_what_is_not_in_the_notation_is_refused(text: str) -> None:
    with pytest.raises(InputError) as error:
        parse_quantity(text)
    assert str(error.value) == f"not a quantity: {text!r}; a number and one of {', '.join(UNITS)}"


@pytest.mark.parametrize(("hours", "minutes"), [(25, 0), (-1, 0), (3, 60), (3, -1)])
def test_a_time_that_no_clock_shows_is_refused(hours: int, minutes: int) -> None:
    with pytest.raises(InputError) as error:
        clock_minutes(hours, minutes)
    assert str(error.value) == f"no time of day: {hours}:{minutes:02d}"


def test_clock_times_count_minutes() -> None:
    assert (clock_minutes(0, 0), clock_minutes(24, 0), clock_minutes(23, 59)) == (0, 1440, 1439)
    with pytest.raises(InputError, match="no time of day: 25:00"):
        parse_quantity("25:00 clock")


def test_decimals_are_exact() -> None:
    assert to_fraction("0.1") == Fraction(1, 10)
    for text, message in (("x", "not a number: 'x'"), ("NaN", "not a finite number: 'NaN'")):
        with pytest.raises(InputError) as error:
            to_fraction(text)
        assert str(error.value) == message
    with pytest.raises(InputError, match="not a finite number: 'Infinity'"):
        to_fraction("Infinity")


@pytest.mark.parametrize(
    ("left", "right", "comparison"),
    [
        ("168 hours", "1 weeks", 0),
        ("7 days", "1 weeks", 0),
        ("6 days", "1 weeks", -1),
        ("1.8 m", "180 cm", 0),
        ("1800 mm", "1.8 m", 0),
        ("181 cm", "1.8 m", 1),
        ("2 years", "24 months", 0),
        ("80 percent", "0.8 ratio", 0),
        ("60 sec", "1 min", 0),
        ("60 min", "1 hours", 0),
        ("23:00 clock", "22:59 clock", 1),
    ],
)
def test_compatible_units_compare(left: str, right: str, comparison: int) -> None:
    assert compare(parse_quantity(left), parse_quantity(right)) == comparison
    assert compare(parse_quantity(right), parse_quantity(left)) == -comparison


@pytest.mark.parametrize(
    ("left", "right"),
    [("50 lx", "1 m"), ("1 months", "30 days"), ("1 year", "1 years"), ("2 count", "2 times"), ("1 m", "1 m2")],
)
def test_incompatible_units_are_an_error_and_never_a_verdict(left: str, right: str) -> None:
    one, other = parse_quantity(left), parse_quantity(right)
    message = f"{one.unit} and {other.unit} do not measure the same thing"
    with pytest.raises(IncompatibleUnits) as error:
        compare(one, other)
    assert str(error.value) == message
    with pytest.raises(IncompatibleUnits) as error:
        convert(one, other.unit)
    assert str(error.value) == message
    assert not same_dimension(one.unit, other.unit) and same_dimension(one.unit, one.unit)


@given(st.fractions(min_value=0, max_value=10**6), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_converting_changes_nothing_and_can_be_undone(value: Fraction, unit: str, other: str) -> None:
    quantity = Quantity(value, unit)
    if same_dimension(unit, other):
        converted = convert(quantity, other)
        assert compare(quantity, converted) == 0 and converted.unit == other
        assert convert(converted, unit) == quantity and converted.dimension == quantity.dimension


def test_numbers_are_written_as_json_carries_them() -> None:
    assert parse_quantity("50 lx").number == 50 and isinstance(parse_quantity("50 lx").number, int)
    assert parse_quantity("1.8 m").number == 1.8
    assert parse_quantity("1/3 ratio").number == 0.3333
    assert parse_quantity("23:05 clock").number == "23:05"
    assert parse_quantity("1:30 clock").number == "1:30"


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        ("50 lx", "50ルクス", "50 lx"),
        ("1.8 m", "1.8m", "1.8 m"),
        ("1 weeks", "1週間", "1 week"),
        ("2 weeks", "2週間", "2 weeks"),
        ("0.5 hours", "0.5時間", "0.5 hours"),
        ("2 fps", "2枚/秒", "2 fps"),
        ("80 percent", "80%", "80%"),
        ("2002 year", "2002年", "2002"),
        ("1/3 ratio", "1/3", "1/3"),
        ("100 m2", "100㎡", "100 m²"),
        ("23:00 clock", "23時", "23:00"),
        ("6:30 clock", "6時30分", "6:30"),
        ("3 count", "3個", "3"),
    ],
)
def test_quantities_are_written_for_readers(text: str, ja: str, en: str) -> None:
    quantity = parse_quantity(text)
    assert format_quantity(quantity) == format_quantity(quantity, "ja") == ja
    assert format_quantity(quantity, "en") == en


def test_numbers_have_no_trailing_zeros() -> None:
    assert [format_number(Fraction(text)) for text in ("50", "1.50", "1/3", "0.0001", "100")] == [
        "50",
        "1.5",
        "0.333",
        "0",
        "100",
    ]


def test_every_unit_has_a_name_and_a_dimension() -> None:
    dimensions = {"lx": "illuminance", "mm": "length", "m2": "area", "weeks": "duration", "months": "calendar_duration"}
    assert {unit: UNITS[unit].dimension for unit in dimensions} == dimensions
    assert all(unit.id == name and unit.factor > 0 for name, unit in UNITS.items())
