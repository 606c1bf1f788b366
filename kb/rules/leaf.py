"""Test one fact: which of true, false and unknown its known values give."""

from __future__ import annotations

from kb.errors import IncompatibleUnits, InputError
from kb.model.facts import FactValue
from kb.model.finding import FALSE, TRUE, VACUOUS, Remark
from kb.model.requirement import Test
from kb.quantity import Quantity, compare, convert, format_quantity
from kb.rules.logic import UNKNOWN

Outcome = tuple[int, Remark | None]


def test_fact(test: Test, values: tuple[FactValue, ...]) -> Outcome:
    """Test a fact, and say why the outcome is unknown where it is.

    A quantity measured in another way than the test asks for leaves it unknown, and so do several values that
    disagree. Raises `IncompatibleUnits`, and `InputError` where a value is of another type than the test.
    """
    outcomes = 0
    for known in values:
        if test.measure is None or known.measure == test.measure:
            outcomes |= _outcome(test, known.value)
    if outcomes in (TRUE, FALSE):
        return outcomes, None
    if not outcomes:
        return UNKNOWN, "other_measure" if values else "not_given"
    return (VACUOUS, "empty_list") if outcomes == VACUOUS else (UNKNOWN, "several_values")


def _outcome(test: Test, value: object) -> int:
    if isinstance(value, tuple):
        if not value:
            return VACUOUS
        return TRUE if all(_holds(test, one) for one in value) else FALSE
    return TRUE if _holds(test, value) else FALSE


def _holds(test: Test, value: object) -> bool:
    if isinstance(value, bool):
        if test.is_ is not None:
            return value == test.is_
    elif isinstance(value, Quantity):
        if test.limits:
            return within(test, value)
    elif isinstance(value, str):
        if test.one_of is not None:
            return value in test.one_of
        if isinstance(test.equals, str):
            return value == test.equals
    elif isinstance(value, frozenset) and (test.includes_any is not None or test.includes_all is not None):
        some = test.includes_any is None or any(choice in value for choice in test.includes_any)
        return some and all(choice in value for choice in test.includes_all or ())
    raise InputError(f"found {describe_value(value)}; allowed: {expected(test)}")


def within(test: Test, value: Quantity) -> bool:
    """Tell whether a quantity keeps every limit of a test; raises `IncompatibleUnits`."""
    return all(keeps(operator, compare_to(value, limit)) for operator, limit in test.limits)


def compare_to(value: Quantity, limit: Quantity) -> int:
    """Compare a quantity with a limit; raises `IncompatibleUnits` with both as they stand."""
    try:
        return compare(value, limit)
    except IncompatibleUnits:
        given, asked = format_quantity(value, "en"), format_quantity(limit, "en")
        raise IncompatibleUnits(f"{given} ({value.unit}) cannot be compared with {asked} ({limit.unit})") from None


def keeps(operator: str, comparison: int) -> bool:
    """Tell whether a comparison (-1, 0, 1) satisfies an operator."""
    if operator == "=":
        return comparison == 0
    if comparison == 0:
        return operator in (">=", "<=")
    return (comparison > 0) == operator.startswith(">")


def gap(test: Test, values: tuple[FactValue, ...]) -> tuple[Quantity, bool] | None:
    """Return by how much the worst of the values that count misses a limit, in its unit, and whether it is too much."""
    worst: tuple[Quantity, bool] | None = None
    for known in values:
        listed = known.value if isinstance(known.value, tuple) else (known.value,)
        if test.measure is not None and known.measure != test.measure:
            continue
        for value in listed:
            if not isinstance(value, Quantity):
                return None
            for operator, limit in test.limits:
                comparison = compare_to(value, limit)
                missed = Quantity(abs(convert(value, limit.unit).value - limit.value), limit.unit)
                if not keeps(operator, comparison) and (worst is None or missed.base > worst[0].base):
                    over = operator.startswith("<") or (operator == "=" and comparison > 0)
                    worst = (missed, over)
    return worst


def expected(test: Test) -> str:
    """Say what type of value a test is for."""
    if test.is_ is not None:
        return "yes or no"
    if test.limits:
        return "a quantity"
    return "a list" if test.includes_any is not None or test.includes_all is not None else "a choice"


def describe_value(value: object) -> str:
    """Name a value in an error message."""
    if isinstance(value, Quantity):
        return format_quantity(value, "en")
    if isinstance(value, frozenset):
        return f"the list {sorted(map(str, value))}"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else repr(value)
