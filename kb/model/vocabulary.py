"""The words of the field: building types, places, topics, terms and facts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from kb.model.base import Frozen, Text, Words
from kb.model.corpus import QuantityField
from kb.quantity import UNITS


class Concept(Frozen):
    """A thing with a name in both languages and the words that people use for it."""

    label: Text
    aliases: Words = Words()


class Building(Concept):
    """A type of building."""


class Place(Concept):
    """A place or fitting of a building.

    `implies` names the building type that its mention tells (a shop's lift), `inside_of` the place whose inside it is (a
    lift's car).
    """

    implies: str | None = None
    part_of: str | None = None
    kind_of: str | None = None
    inside_of: str | None = None
    members: tuple[str, ...] = ()


class Topic(Concept):
    """A theme that clauses speak of; `measured_by` is the quantity that a number asked of it measures (lighting: lux)."""

    measured_by: str | None = None


class Term(Concept):
    """A word with a definition clause."""

    topic: str | None = None
    defined_by: tuple[str, ...] = ()


class Choice(Frozen):
    """One value of a choice or list fact."""

    label: Text | None = None
    aliases: Words = Words()


class Fact(Concept):
    """A property of a place, a building or an operator that a design can state.

    `see_also` names quantities that stand beside this one in a clause, and for it where none is set. `yields_to` names
    a fact of the same values: where both are named and differ, the words for this one tell something else (the shops
    around). Of a yes/no fact, `yes_if` and `no_if` name yes/no facts that settle it (`not NAME`: where that one is no),
    and `yes_from` the quantity from which on a number told says yes (two persons).
    """

    type: Literal["quantity", "quantity_list", "boolean", "choice", "list"]
    unit: str | None = None
    measures: tuple[str, ...] = ()
    topic: str | None = None
    see_also: tuple[str, ...] = ()
    yields_to: str | None = None
    places: tuple[str, ...] = ()
    question: Text | None = None
    yes_if: tuple[str, ...] = ()
    no_if: tuple[str, ...] = ()
    yes_from: QuantityField | None = None
    yes: Words = Words()
    no: Words = Words()
    choices: dict[str, Choice] = Field(default_factory=dict)

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, value: str | None) -> str | None:
        if value is not None and value not in UNITS:
            raise ValueError(f"unknown unit {value!r}; allowed: {', '.join(UNITS)}")
        return value

    @model_validator(mode="after")
    def _fits_its_type(self) -> Fact:
        quantitative = self.type in ("quantity", "quantity_list")
        if quantitative != (self.unit is not None):
            raise ValueError("`unit` goes with a quantity, and only with it")
        if (self.type in ("choice", "list")) != bool(self.choices):
            raise ValueError("`choices` go with a choice or a list, and only with them")
        return self
