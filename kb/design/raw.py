"""What a design file says, word for word, whatever its format: each saying with its spot in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kb.design.problems import Spot

if TYPE_CHECKING:
    from kb.design.points import Point


@dataclass(frozen=True, slots=True)
class Said:
    """A name and what is said of it: a scalar, a list, or a mapping with `value`, `unit`, `measure`, `origin`, `date`."""

    name: str
    value: Any
    spot: Spot


@dataclass(slots=True)
class RawPlace:
    """A place (or the building, or the operator) as it is written."""

    spot: Spot
    kind: str | None = None
    id: str | None = None
    name: str | None = None
    remark: str | None = None
    presence: Any = None
    facts: list[Said] = field(default_factory=list)
    claims: list[Said] = field(default_factory=list)


@dataclass(slots=True)
class RawDesign:
    """A whole design file as it is written; `head` holds name, date, address, author and remark."""

    file: str
    head: dict[str, Said] = field(default_factory=dict)
    guidelines: list[Said] = field(default_factory=list)
    building: RawPlace | None = None
    operator: RawPlace | None = None
    presence: list[Said] = field(default_factory=list)
    measured_as: list[Said] = field(default_factory=list)
    places: list[RawPlace] = field(default_factory=list)
    points: list[Said] = field(default_factory=list)
    measured: list[Point] = field(default_factory=list)
