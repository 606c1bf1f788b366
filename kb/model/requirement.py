"""What a design must satisfy: requirements and the tree of nodes that they are made of."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from kb.model.base import Frozen, Strength, Text
from kb.model.corpus import QuantityField
from kb.quantity import Quantity

NodeKind = Literal["fact", "all_of", "any_of", "not", "if", "each", "present"]


class Test(Frozen):
    """What a fact is compared with; the fields that are set are the operators, all of which must hold."""

    is_: bool | None = None
    at_least: QuantityField | None = None
    more_than: QuantityField | None = None
    at_most: QuantityField | None = None
    less_than: QuantityField | None = None
    equals: QuantityField | str | None = None
    one_of: tuple[str, ...] | None = None
    includes_any: tuple[str, ...] | None = None
    includes_all: tuple[str, ...] | None = None
    measure: str | None = None
    approximate: bool = False

    @cached_property
    def limits(self) -> tuple[tuple[str, Quantity], ...]:
        """The quantities that a value is compared with, each with its operator (`>= > <= < =`)."""
        named = (
            (">=", self.at_least),
            (">", self.more_than),
            ("<=", self.at_most),
            ("<", self.less_than),
            ("=", self.equals),
        )
        return tuple((operator, limit) for operator, limit in named if isinstance(limit, Quantity))


class OtherPlace(Frozen):
    """The place, other than the subject, whose facts a node looks at; `when` chooses among its instances."""

    place: str
    when: Node | None = None
    which: Literal["any", "every"] = "any"


class Node(Frozen):
    """One node of a requirement: a test of a fact, or a combination of nodes, with its annotations.

    `if` has two children, the condition and what it asks for; `present` names a `place` and holds where the design
    has one.
    """

    kind: NodeKind
    fact: str | None = None
    place: str | None = None
    test: Test | None = None
    children: tuple[Node, ...] = ()
    clause: str | None = None
    when: Node | None = None
    unless: Node | None = None
    strength: Strength | None = None
    basis: tuple[str, ...] = ()
    compensates: bool = False
    proviso: Text | None = None
    at: OtherPlace | None = None


class Requirement(Frozen):
    """A requirement of one clause on every instance of its subjects."""

    document: str
    id: str
    clause: str
    subjects: tuple[str, ...]
    except_places: tuple[str, ...] = ()
    when: Node | None = None
    unless: Node | None = None
    require: Node
    strength: Strength
    basis: tuple[str, ...] = ()
    note: Text | None = None


class Covered(Frozen):
    """A row that has no requirement of its own, and why."""

    clause: str
    reason: Literal["assessed_by", "procedure", "surveyor_duty", "scope", "restates"]
    by: tuple[str, ...] = ()


OtherPlace.model_rebuild()
