"""What a person or a file says becomes a typed fact, or an error that says what is allowed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from rules_world import VOCABULARY

from kb.errors import InputError
from kb.quantity import Quantity
from kb.rules import FactValue, read_fact

FACTS = VOCABULARY.facts


def lx(value: int) -> Quantity:
    return Quantity(Fraction(value), "lx")


@pytest.mark.parametrize(
    ("fact", "said", "value"),
    [
        ("camera", True, True),
        ("camera", False, False),
        ("camera", " Yes ", True),
        ("camera", "はい", True),
        ("camera", "true", True),
        ("camera", "no", False),
        ("camera", "いいえ", False),
        ("camera", "FALSE", False),
        ("illuminance", "50 lx", lx(50)),
        ("illuminance", "五十ルクス", lx(50)),
        ("illuminance", 50, lx(50)),
        ("illuminance", 2.5, Quantity(Fraction(5, 2), "lx")),
        ("illuminance", lx(7), lx(7)),
        ("height", "180cm", Quantity(Fraction(180), "cm")),
        ("distances", ["1.8 m", "200cm"], (Quantity(Fraction(9, 5), "m"), Quantity(Fraction(200), "cm"))),
        ("distances", "1.8 m", (Quantity(Fraction(9, 5), "m"),)),
        ("distances", (), ()),
        ("floor", "entrance", "entrance"),
        ("floor", ["entrance"], "entrance"),
        ("seen_from", ["road", "office"], frozenset({"road", "office"})),
        ("seen_from", "road", frozenset({"road"})),
        ("seen_from", {"road"}, frozenset({"road"})),
        ("seen_from", frozenset({"road"}), frozenset({"road"})),
        ("seen_from", [], frozenset()),
    ],
)
def test_a_fact_is_read_by_its_type(fact: str, said: Any, value: Any) -> None:
    assert read_fact(FACTS[fact], said).value == value


@pytest.mark.parametrize(
    ("fact", "said", "message"),
    [
        ("camera", "maybe", "found 'maybe'; allowed: yes or no"),
        ("camera", 2, "found 2; allowed: yes or no"),
        ("illuminance", "1.8 m", "found '1.8 m'; allowed: a quantity in lx"),
        ("illuminance", True, "not a single quantity: 'True'; write a number and a unit, such as 50 lx or 1.8m"),
        ("floor", "cellar", "found 'cellar'; allowed: one of entrance, other"),
        ("floor", ["entrance", "other"], "found ['entrance', 'other']; allowed: one of entrance, other"),
        ("floor", [], "found []; allowed: one of entrance, other"),
        ("seen_from", ["road", "moon"], "found ['road', 'moon']; allowed: one of road, window, office"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_is_allowed(fact: str, said: Any, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_fact(FACTS[fact], said)
    assert str(error.value) == message


def test_a_measure_is_kept_and_an_unknown_one_refused() -> None:
    assert read_fact(FACTS["illuminance"], "50 lx", "vertical").measure == "vertical"
    with pytest.raises(InputError) as error:
        read_fact(FACTS["illuminance"], "50 lx", "diagonal")
    assert str(error.value) == "unknown measure 'diagonal'; allowed: horizontal, vertical"
    with pytest.raises(InputError) as error:
        read_fact(FACTS["height"], "2 m", "diagonal")
    assert str(error.value) == "unknown measure 'diagonal'; allowed: none"


def test_no_measure_is_assumed_where_there_are_several() -> None:
    assert read_fact(FACTS["illuminance"], "50 lx").measure is None
    assert read_fact(FACTS["height"], "2 m").measure is None


def test_the_only_way_to_measure_a_fact_goes_without_saying() -> None:
    assert read_fact(FACTS["mounted"], "2.5 m").measure == "lowest_point"


def test_the_origin_is_given_unless_said_otherwise() -> None:
    assert read_fact(FACTS["camera"], True).origin == "given"
    assert read_fact(FACTS["camera"], True, origin="measured") == FactValue(True, None, "measured")
