"""Turn what a person or a file says of a fact into a typed value."""

from __future__ import annotations

from kb.errors import InputError
from kb.model.facts import FactValue, Origin, RawFact
from kb.model.vocabulary import Fact
from kb.quantity import Quantity, parse_quantity, read_quantity, same_dimension
from kb.quantity.units import to_fraction

_YES = ("true", "yes", "はい")
_NO = ("false", "no", "いいえ")


def read_fact(fact: Fact, said: object, measure: str | None = None, origin: Origin = "given") -> FactValue:
    """Read a fact's value: `50 lx`, `五十ルクス`, a bare number in the fact's unit, yes or no, a choice, several.

    A fact that can be measured in one way only has that measure. Raises `InputError` with what is allowed; a quantity
    whose unit does not measure the fact is refused too.
    """
    if measure is not None and measure not in fact.measures:
        raise InputError(f"unknown measure {measure!r}; allowed: {', '.join(fact.measures) or 'none'}")
    if measure is None and len(fact.measures) == 1:
        measure = fact.measures[0]
    return FactValue(_value(fact, said), measure, origin)


def _value(fact: Fact, said: object) -> RawFact:
    if fact.type == "boolean":
        word = str(said).strip().lower()
        if word in (*_YES, *_NO):
            return word in _YES
        raise _refused(said, "yes or no")
    if fact.type == "quantity":
        return _quantity(fact, said)
    items = list(said) if isinstance(said, (list, tuple, set, frozenset)) else [said]
    if fact.type == "quantity_list":
        return tuple(_quantity(fact, item) for item in items)
    chosen = [str(item) for item in items]
    if any(choice not in fact.choices for choice in chosen) or (fact.type == "choice" and len(chosen) != 1):
        raise _refused(said, f"one of {', '.join(fact.choices)}")
    return chosen[0] if fact.type == "choice" else frozenset(chosen)


def _quantity(fact: Fact, said: object) -> Quantity:
    unit = fact.unit or "count"
    if isinstance(said, Quantity):
        quantity = said
    elif isinstance(said, (int, float)) and not isinstance(said, bool):
        quantity = Quantity(to_fraction(str(said)), unit)
    else:
        quantity = _read(str(said))
    if not same_dimension(quantity.unit, unit):
        raise _refused(said, f"a quantity in {unit}")
    return quantity


def _read(text: str) -> Quantity:
    try:
        return parse_quantity(text)
    except InputError:
        return read_quantity(text)


def _refused(said: object, allowed: str) -> InputError:
    return InputError(f"found {said!r}; allowed: {allowed}")
