"""What is known of a design: typed facts of its places, its building and its operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kb.quantity import Quantity

Origin = Literal["given", "measured", "derived"]
Presence = Literal["present", "absent", "unknown"]
RawFact = bool | str | Quantity | tuple[Quantity, ...] | frozenset[str]


@dataclass(frozen=True, slots=True)
class FactValue:
    """The value of a fact: yes/no, a choice, a quantity, a list of quantities or a set of choices.

    `measure` says how a quantity was measured (an id of the fact's `measures`), or None where nobody said; `date` when
    it was found out, as YYYY-MM-DD.
    """

    value: RawFact
    measure: str | None = None
    origin: Origin = "given"
    date: str | None = field(default=None, compare=False)


Facts = Mapping[str, tuple[FactValue, ...]]
"""Known values by fact id, more than one where a thing was measured in several ways; what is absent is unknown."""


@dataclass(frozen=True, slots=True, eq=False)
class PlaceInstance:
    """One place, fitting, building or operator of a design, and what is known of it.

    `place` is an id of the vocabulary's places, `building` or `operator`. `claims` name the provisos that the design
    claims here: requirement ids or clause locators, alone or after the document id and a space.
    """

    id: str
    place: str
    name: str = ""
    facts: Facts = field(default_factory=dict)
    claims: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class DesignView:
    """A design as the rules see it.

    `presence` declares places that the design has or has not; a place with instances is present, any other place that
    it does not name is unknown.
    """

    places: tuple[PlaceInstance, ...] = ()
    building: PlaceInstance = field(default_factory=lambda: PlaceInstance("building", "building"))
    operator: PlaceInstance = field(default_factory=lambda: PlaceInstance("operator", "operator"))
    presence: Mapping[str, Presence] = field(default_factory=dict)
