"""Write a design as a YAML file that reads back as the same design."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from kb.design.build import Design
from kb.model.facts import FactValue, PlaceInstance
from kb.quantity import Quantity
from kb.quantity.units import format_number


def write_design(design: Design) -> str:
    """Return a design as YAML; measured points are written as the means that they gave."""
    head = {"name": design.name, "date": design.date, "address": design.address, "author": design.author}
    data: dict[str, Any] = {"design": _known({**head, "remark": design.remark})}
    if design.guidelines:
        data["guidelines"] = list(design.guidelines)
    for kind, owner in (("building", design.view.building), ("operator", design.view.operator)):
        written = _place(owner, design.remarks.get(kind))
        if written:
            data[kind] = written
    if design.view.presence:
        data["presence"] = dict(design.view.presence)
    data["places"] = [
        {"place": place.place, "id": place.id, **_place(place, design.remarks.get(place.id))}
        for place in design.view.places
    ]
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


class _Dumper(yaml.SafeDumper):
    """Writes no aliases, which a design file may not have."""

    def ignore_aliases(self, data: Any) -> bool:
        """Say that nothing is written as an alias."""
        return True


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _place(place: PlaceInstance, remark: str | None) -> dict[str, Any]:
    about = _known({"name": place.name, "remark": remark, "claims": sorted(place.claims)})
    facts = {fact: say_values(values) for fact, values in place.facts.items()}
    return {**about, "facts": facts} if facts else about


def say_values(values: Iterable[FactValue]) -> Any:
    """Write the values of a fact as a design file says them."""
    said = [say_value(value) for value in values]
    return said[0] if len(said) == 1 else [one if isinstance(one, dict) else {"value": one} for one in said]


def say_value(known: FactValue) -> Any:
    """Write one value: as it is where there is no more to say, else with measure, origin and date."""
    more = {"measure": known.measure, "date": known.date}
    if known.origin != "given":
        more["origin"] = known.origin
    more = {key: word for key, word in more.items() if word is not None}
    plain = _plain(known.value)
    return {"value": plain, **more} if more else plain


def _plain(value: Any) -> Any:
    if isinstance(value, Quantity):
        return _quantity(value)
    if isinstance(value, tuple):
        return [_quantity(one) for one in value]
    return sorted(value) if isinstance(value, frozenset) else value


def _quantity(quantity: Quantity) -> str:
    """Write a quantity exactly: as a decimal where it is one, else as a fraction."""
    if quantity.unit == "clock":
        return f"{quantity.number} clock"
    exact = format_number(quantity.value)
    if Quantity(_fraction(exact), quantity.unit) != quantity:
        exact = f"{quantity.value.numerator}/{quantity.value.denominator}"
    return f"{exact} {quantity.unit}"


def _fraction(text: str) -> Any:
    from fractions import Fraction

    return Fraction(text)
