"""The decision of an area classification: plain logic over settled facts, and its value where facts are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from kb.model.procedure import AreaClass, FacilityClass
from kb.procedure.fields import Known

ATOMS = ("special_near", "dangerous", "estate", "division", "share")


@dataclass(frozen=True)
class Premises:
    """What the class of an area follows from."""

    property_classes: frozenset[FacilityClass]
    special_near: Known
    dangerous: Known
    estate: Known
    division: Known
    share: Known


def decide(property_class: FacilityClass, atoms: Mapping[str, bool]) -> AreaClass:
    """Decide the class from settled facts (第1章1.1(2)ア–ウ and 4.1 of SES E 7007).

    Special comes first (ア④, イ③, イ④, ウ, 4.1(5)); a commercial property or a complex is commercial; a residential one is
    residential where one of the provisos of ア permits it, and otherwise falls under the remainder of 4.1(4).
    """
    if property_class == "special" or atoms["special_near"] or atoms["dangerous"]:
        return "special"
    if property_class != "residential":
        return "commercial"
    return "residential" if atoms["share"] or atoms["division"] or atoms["estate"] else "commercial"


def possible_classes(premises: Premises) -> frozenset[AreaClass]:
    """Return the class of every way to settle what is open."""
    return frozenset(decide(kind, atoms) for kind, atoms in _completions(premises))


def is_relevant(premises: Premises, atom: str) -> bool:
    """Tell whether settling an open fact could narrow the classes that remain."""
    everything = possible_classes(premises)
    if atom == "property":
        narrowed = [replace(premises, property_classes=frozenset((one,))) for one in premises.property_classes]
    else:
        narrowed = [_with(premises, atom, value) for value in ("yes", "no")]
    if any(possible_classes(one) != everything for one in narrowed):
        return True
    return any(  # it may only matter once others are settled
        decide(kind, {**atoms, atom: True}) != decide(kind, {**atoms, atom: False})
        for kind, atoms in _completions(premises)
        if atom != "property"
    )


def is_decisive(premises: Premises, atom: str) -> bool:
    """Tell whether the outcome would be open without a settled fact."""
    if atom == "property":
        freed = replace(premises, property_classes=frozenset(("residential", "commercial", "special")))
    else:
        freed = _with(premises, atom, "unknown")
    return possible_classes(freed) != possible_classes(premises)


def _with(premises: Premises, atom: str, value: str) -> Premises:
    return replace(premises, **{atom: value})  # type: ignore[arg-type]


def _completions(premises: Premises) -> Iterator[tuple[FacilityClass, dict[str, bool]]]:
    options = {"yes": (True,), "no": (False,), "unknown": (True, False)}
    values = [options[getattr(premises, atom)] for atom in ATOMS]
    for kind in sorted(premises.property_classes):
        for combination in product(*values):
            yield kind, dict(zip(ATOMS, combination, strict=True))
