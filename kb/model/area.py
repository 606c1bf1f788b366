"""What an area classification comes to; these models are the contract of `kb area --json`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kb.model.base import Frozen, Language
from kb.model.procedure import AreaClass
from kb.procedure.fields import Known

AreaVerdict = Literal["residential", "commercial", "special", "unknown"]


class Cited(Frozen):
    """A clause that a step stands on, restated."""

    document: str
    locator: str
    label: str
    text: str
    note: str | None = None


class MissingInput(Frozen):
    """Something that the survey does not say and that could change the outcome."""

    key: str = Field(description="The key of the input file that it belongs under.")
    question: str
    empty: str | None = Field(default=None, description="What the file says there where there is none.")


class AreaStep(Frozen):
    """One question of the procedure, its answer, and the clause that asks it."""

    id: str
    answer: Known
    question: str
    text: str
    locators: tuple[str, ...]
    decisive: bool = False
    permission: bool = False
    missing: tuple[MissingInput, ...] = ()


class ShareFigure(Frozen):
    """A share of one class of things, in one way of counting; a range where the survey leaves it open."""

    of: str
    where: Literal["radius", "part"]
    area_class: AreaClass
    low: float
    high: float
    text: str


class Extent(Frozen):
    """How far the area reaches, as far as the procedure says."""

    radius_m: float | None
    whole_complex: bool = False
    whole_estate: bool = False
    divided: bool = False
    text: str
    locators: tuple[str, ...]


class PlanItem(Frozen):
    """One facility as the plan draws it; distances in metres."""

    label: str
    area_class: Literal["residential", "commercial", "special", "unknown"]
    distance_low: float | None
    distance_high: float | None
    bearing: float | None
    count: int = 1
    part: Literal["same", "other"] | None = None


class AreaResult(Frozen):
    """The class of the area, every step towards it, and what is still missing."""

    document: str
    language: Language
    name: str
    area_class: AreaVerdict
    label: str
    possible: tuple[AreaClass, ...]
    permission: bool = Field(description="The class rests on a proviso that permits it (…することができる).")
    headline: str
    extent: Extent | None = None
    steps: tuple[AreaStep, ...]
    shares: tuple[ShareFigure, ...] = ()
    missing: tuple[MissingInput, ...] = ()
    notes: tuple[str, ...] = ()
    citations: tuple[Cited, ...] = ()
    plan: tuple[PlanItem, ...] = ()
    radii_m: tuple[float, ...]
