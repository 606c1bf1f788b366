"""One fact against one test."""

# ruff: noqa: E501 (tables and requirements on one line each)

from __future__ import annotations

from typing import Any

import pytest
from rules_world import VOCABULARY, facts, node

from kb.errors import IncompatibleUnits, InputError
from kb.model.finding import FALSE, TRUE, VACUOUS
from kb.model.requirement import Test as FactTest
from kb.quantity import parse_quantity
from kb.rules import FactValue, read_fact
from kb.rules.leaf import describe_value, expected, gap
from kb.rules.leaf import test_fact as check
from kb.rules.logic import UNKNOWN


def asked_test(text: str) -> FactTest:
    found = node(text).test
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("test", "fact", "value", "holds"),
    [
        ("illuminance: {at_least: 50 lx}", "illuminance", "50 lx", True),
        ("illuminance: {at_least: 50 lx}", "illuminance", "49.9 lx", False),
        ("illuminance: {at_least: 50 lx}", "illuminance", "51 lx", True),
        ("illuminance: {more_than: 50 lx}", "illuminance", "50 lx", False),
        ("illuminance: {more_than: 50 lx}", "illuminance", "50.1 lx", True),
        ("illuminance: {at_most: 50 lx}", "illuminance", "50 lx", True),
        ("illuminance: {at_most: 50 lx}", "illuminance", "50.1 lx", False),
        ("illuminance: {at_most: 50 lx}", "illuminance", "3 lx", True),
        ("illuminance: {less_than: 50 lx}", "illuminance", "50 lx", False),
        ("illuminance: {less_than: 50 lx}", "illuminance", "49.9 lx", True),
        ("illuminance: {equals: 50 lx}", "illuminance", "50 lx", True),
        ("illuminance: {equals: 50 lx}", "illuminance", "49 lx", False),
        ("illuminance: {equals: 50 lx}", "illuminance", "51 lx", False),
        ("height: {at_least: 1.3 m, at_most: 1.5 m}", "height", "140 cm", True),
        ("height: {at_least: 1.3 m, at_most: 1.5 m}", "height", "1.6 m", False),
        ("height: {at_least: 1.3 m, at_most: 1.5 m}", "height", "1200 mm", False),
        ("retention: {at_least: 1 weeks}", "retention", "168 hours", True),
        ("retention: {at_least: 1 weeks}", "retention", "6 days", False),
        ("camera: true", "camera", True, True),
        ("camera: true", "camera", False, False),
        ("camera: false", "camera", False, True),
        ("camera: false", "camera", True, False),
        ("floor: {equals: entrance}", "floor", "entrance", True),
        ("floor: {equals: entrance}", "floor", "other", False),
        ("floor: entrance", "floor", "entrance", True),
        ("angle: {one_of: [A, AA]}", "angle", "AA", True),
        ("angle: {one_of: [A, AA]}", "angle", "B", False),
        ("seen_from: {includes_any: [road, window]}", "seen_from", ["window"], True),
        ("seen_from: {includes_any: [road, window]}", "seen_from", ["office"], False),
        ("seen_from: {includes_any: [road, window]}", "seen_from", [], False),
        ("seen_from: {includes_all: [road, window]}", "seen_from", ["window", "road", "office"], True),
        ("seen_from: {includes_all: [road, window]}", "seen_from", ["road"], False),
        ("seen_from: {includes_all: [road], includes_any: [window, office]}", "seen_from", ["road", "office"], True),
        ("seen_from: {includes_all: [road], includes_any: [window, office]}", "seen_from", ["road"], False),
        ("seen_from: {includes_all: [road], includes_any: [window, office]}", "seen_from", ["office"], False),
        ("each: {of: distances, at_least: 1.8 m}", "distances", ["1.8 m", "3 m"], True),
        ("each: {of: distances, at_least: 1.8 m}", "distances", ["1.8 m", "1.7 m"], False),
    ],
)
def test_a_known_fact_passes_or_fails(test: str, fact: str, value: Any, holds: bool) -> None:
    known = (read_fact(VOCABULARY.facts[fact], value),)
    assert check(asked_test(test), known) == (TRUE if holds else FALSE, None)


def test_a_fact_that_is_not_given_is_unknown() -> None:
    assert check(asked_test("camera: true"), ()) == (UNKNOWN, "not_given")


def test_a_list_without_members_has_nothing_to_check() -> None:
    assert check(asked_test("each: {of: distances, at_least: 1.8 m}"), (FactValue(()),)) == (VACUOUS, "empty_list")


def test_average_horizontal_illuminance_is_not_vertical_illuminance() -> None:
    test = asked_test("illuminance: {at_least: 50 lx, measure: horizontal}")
    for known in ([("80 lx", "vertical")], [("80 lx", None)], [("80 lx", "vertical"), ("80 lx", None)]):
        assert check(test, facts(illuminance=known)["illuminance"]) == (UNKNOWN, "other_measure")


def test_the_value_that_was_measured_as_asked_counts() -> None:
    test = asked_test("illuminance: {at_least: 50 lx, measure: horizontal}")
    known = facts(illuminance=[("10 lx", "vertical"), ("60 lx", "horizontal")])["illuminance"]
    assert check(test, known) == (TRUE, None)


def test_a_bare_figure_takes_any_measure_as_long_as_they_agree() -> None:
    test = asked_test("illuminance: {at_least: 50 lx}")
    agreeing = facts(illuminance=[("70 lx", "vertical"), ("60 lx", "horizontal")])["illuminance"]
    failing = facts(illuminance=[("7 lx", "vertical"), ("6 lx", "horizontal")])["illuminance"]
    differing = facts(illuminance=[("10 lx", "vertical"), ("60 lx", "horizontal")])["illuminance"]
    assert check(test, agreeing) == (TRUE, None)
    assert check(test, failing) == (FALSE, None)
    assert check(test, differing) == (UNKNOWN, "several_values")


def test_units_that_do_not_compare_are_an_error_and_never_a_verdict() -> None:
    with pytest.raises(IncompatibleUnits) as error:
        check(asked_test("illuminance: {at_least: 50 lx}"), (FactValue(parse_quantity("2 m")),))
    assert str(error.value) == "2 m (m) cannot be compared with 50 lx (lx)"


@pytest.mark.parametrize(
    ("test", "value", "message"),
    [
        ("illuminance: {at_least: 50 lx}", True, "found yes; allowed: a quantity"),
        ("illuminance: {at_least: 50 lx}", False, "found no; allowed: a quantity"),
        ("camera: true", "entrance", "found 'entrance'; allowed: yes or no"),
        ("camera: true", parse_quantity("2 m"), "found 2 m; allowed: yes or no"),
        ("floor: entrance", parse_quantity("2 m"), "found 2 m; allowed: a choice"),
        ("floor: {equals: entrance}", frozenset({"b", "a"}), "found the list ['a', 'b']; allowed: a choice"),
        ("seen_from: {includes_all: [road]}", "road", "found 'road'; allowed: a list"),
        ("seen_from: {includes_any: [road]}", True, "found yes; allowed: a list"),
    ],
)
def test_a_value_of_another_type_is_refused(test: str, value: Any, message: str) -> None:
    with pytest.raises(InputError) as error:
        check(asked_test(test), (FactValue(value),))
    assert str(error.value) == message


def test_tests_know_what_they_are_for() -> None:
    assert expected(asked_test("camera: false")) == "yes or no"
    assert asked_test("height: {at_most: 2 m}").limits and not asked_test("floor: entrance").limits
    assert describe_value("x") == "'x'"
    compared = [operator for operator, _ in asked_test("height: {at_least: 1 m, more_than: 1 m, at_most: 2 m}").limits]
    assert compared == [">=", ">", "<="]
    assert [o for o, _ in asked_test("height: {less_than: 2 m, equals: 1 m}").limits] == ["<", "="]


@pytest.mark.parametrize(
    ("test", "known", "missed"),
    [
        ("illuminance: {at_least: 50 lx}", [("30 lx", None)], ("20 lx", False)),
        ("height: {at_most: 150 cm}", [("1.8 m", None)], ("30 cm", True)),
        ("height: {less_than: 1.2 m}", [("1.5 m", None)], ("3/10 m", True)),
        ("height: {more_than: 2 m}", [("2 m", None)], ("0 m", False)),
        ("height: {equals: 2 m}", [("3 m", None)], ("1 m", True)),
        ("height: {equals: 2 m}", [("1 m", None)], ("1 m", False)),
        ("height: {at_least: 1 m, at_most: 2 m}", [("5 m", None)], ("3 m", True)),
        ("illuminance: {at_least: 50 lx, measure: horizontal}", [("1 lx", "vertical"), ("40 lx", "horizontal")], ("10 lx", False)),
        ("illuminance: {at_least: 50 lx}", [("30 lx", "vertical"), ("20 lx", "horizontal")], ("30 lx", False)),
        ("illuminance: {at_least: 50 lx}", [("20 lx", "vertical"), ("30 lx", "horizontal")], ("30 lx", False)),
        ("each: {of: distances, at_least: 1.8 m}", [(["1.5 m", "0.8 m", "3 m"], None)], ("1 m", False)),
    ],
)  # fmt: skip
def test_the_gap_is_that_of_the_worst_value(test: str, known: Any, missed: tuple[str, bool]) -> None:
    asked = node(test)
    values = facts(**{asked.fact or "": known})[asked.fact or ""]
    assert asked.test is not None
    assert gap(asked.test, values) == (parse_quantity(missed[0]), missed[1])


def test_there_is_no_gap_where_nothing_is_missed_or_nothing_is_a_quantity() -> None:
    assert gap(asked_test("height: {at_least: 1 m}"), facts(height="1 m")["height"]) is None
    assert gap(asked_test("camera: true"), facts(camera=False)["camera"]) is None
    assert gap(asked_test("height: {at_least: 1 m}"), ()) is None
