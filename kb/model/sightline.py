"""What a sightline check comes to; these models are the contract of `kb sightline --json`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kb.model.answer import VerdictWord
from kb.model.area import Cited, MissingInput
from kb.model.base import Frozen, Language
from kb.model.procedure import SightlineContext
from kb.procedure.fields import Known


class SightlineStep(Frozen):
    """One thing that was verified, its answer, and the clause."""

    id: str
    answer: Known
    question: str
    text: str
    locators: tuple[str, ...]
    missing: tuple[MissingInput, ...] = ()


class SeenObstacle(Frozen):
    """An obstacle as the section draws it; lengths in metres, None where not known."""

    label: str
    distance: float | None
    bottom: float
    top: float | None
    ground: float
    hides: Known = Field(description="Whether it hides a part of what has to be seen, from some eye height.")
    highest: float | None = Field(default=None, description="Greatest height that hides nothing from the lowest eye.")


class Section(Frozen):
    """The vertical section to scale, in metres above the ground of the viewpoint."""

    eye_low: float | None
    eye_high: float | None
    distance: float | None
    target_ground: float
    target_bottom: float | None
    target_top: float | None
    hidden: tuple[tuple[float, float], ...] = ()
    obstacles: tuple[SeenObstacle, ...] = ()


class SightlineResult(Frozen):
    """Whether it is seen, what the clauses say to that, what to do where it is not, and what is missing."""

    document: str
    language: Language
    name: str
    context: SightlineContext
    sight: Literal["visible", "not_visible", "unknown"]
    verdict: VerdictWord
    headline: str
    steps: tuple[SightlineStep, ...]
    advice: tuple[str, ...] = ()
    missing: tuple[MissingInput, ...] = ()
    notes: tuple[str, ...] = ()
    citations: tuple[Cited, ...] = ()
    section: Section
