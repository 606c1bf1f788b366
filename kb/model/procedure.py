"""Procedures of a standard as data: the figures that they turn on, and the kinds of thing that they tell apart."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from kb.model.base import Frozen, Phrases, Text, Words
from kb.model.corpus import FigureOperator, QuantityField
from kb.quantity import Quantity, compare

AreaClass = Literal["residential", "commercial", "special"]
FacilityClass = Literal["residential", "commercial", "special", "complex"]
EstateKind = Literal["housing", "commercial"]
SightlineContext = Literal["outside", "inside", "common"]
ViewpointStatus = Literal["yes", "no", "contested"]


class ProcedureFigure(Frozen):
    """A number on which a procedure turns, and the clauses that set it (the first one is cited)."""

    value: QuantityField
    value_max: QuantityField | None = None
    operator: FigureOperator
    clauses: tuple[str, ...] = Field(min_length=1)

    def holds(self, quantity: Quantity) -> bool:
        """Tell whether a quantity satisfies the figure exactly as it is worded; raises `IncompatibleUnits`."""
        order = compare(quantity, self.value)
        if self.operator == "range":
            assert self.value_max is not None
            return order >= 0 and compare(quantity, self.value_max) <= 0
        return {">=": order >= 0, ">": order > 0, "<=": order <= 0, "<": order < 0, "=": order == 0}[self.operator]

    @model_validator(mode="after")
    def _range_has_two_ends(self) -> ProcedureFigure:
        if (self.operator == "range") != (self.value_max is not None):
            raise ValueError("`value_max` goes with `operator: range`, and only with it")
        return self


class FacilityKind(Frozen):
    """A kind of facility and the class of area that it belongs to; `may_be` where the source leaves that open.

    `said` are everyday words for it, for reading questions.
    """

    id: str
    names: Words
    said: Phrases = Phrases()
    may_be: tuple[FacilityClass, ...] = Field(min_length=1)
    clause: str
    note: Text | None = None

    @property
    def label(self) -> Text:
        """The first name in each language."""
        return Text(ja=self.names.ja[0], en=self.names.en[0])

    @model_validator(mode="after")
    def _is_named(self) -> FacilityKind:
        if not self.names.ja or not self.names.en:
            raise ValueError("a kind has `names` in ja and en")
        if len(self.may_be) > 1 and self.note is None:
            raise ValueError("a kind whose class is open (`may_be` of several) has a `note` that says why")
        return self


class AreaClauses(Frozen):
    """The clauses that the steps of an area classification cite."""

    names: str
    mixed: str
    remainder: str
    special: str
    complex_commercial: str
    approved: str
    approved_commentary: str
    residential: str
    residential_estate: str
    residential_division: str
    residential_share: str
    residential_special: str
    residential_complex: str
    commercial: str
    commercial_estate: str
    commercial_division: str
    commercial_special: str
    commercial_complex: str
    special_extent: str
    safety_survey: str


class AreaFigures(Frozen):
    """The figures of an area classification."""

    survey_radius: ProcedureFigure
    special_radius: ProcedureFigure
    road_width: ProcedureFigure
    divided_share: ProcedureFigure
    mixed_share: ProcedureFigure


class Beside(Frozen):
    """Expressions that stand right before or right after something."""

    before: Phrases = Phrases()
    after: Phrases = Phrases()

    def is_at(self, text: str, start: int, end: int) -> bool:
        """Tell whether one of them stands beside a span of a text."""
        before, after = self.before.pattern, self.after.pattern
        return bool(before.search(text[max(0, start - 40) : start]) or after.match(text, end))


class ShareWord(Frozen):
    """Words for a share (half)."""

    value: QuantityField
    words: Phrases


class AreaReading(Frozen):
    """How people tell of a survey in words: expressions by what they say (read by `kb.ask.area_text`)."""

    combined_kind: str
    classes: dict[AreaClass, Phrases]
    claim: Phrases
    content: Phrases
    denied: Phrases
    open: Phrases
    choice: Phrases
    things: dict[AreaClass, Phrases]
    not_things: Phrases
    rule: Phrases
    within: Beside
    beyond: Beside
    road: Phrases
    public_road: Phrases
    width: Phrases
    alley: Phrases
    divided: Phrases
    estates: dict[EstateKind, Phrases]
    whole_estate: Phrases
    clear: Phrases
    unclear: Phrases
    together: Phrases
    building: Phrases
    own_dwelling: Phrases
    several: Phrases
    inside: Phrases
    subject: Beside
    near: Phrases
    exists: Phrases
    absent: Beside
    joined: Phrases
    rest: Phrases
    whether: Phrases
    share_words: tuple[ShareWord, ...] = ()
    dangerous: Phrases
    approved: Phrases
    counted: Phrases
    shares: Phrases
    distances: Phrases
    boundaries: Phrases


class AreaProcedure(Frozen):
    """How the area of a property is classified; without `reading` no question about it is judged."""

    clauses: AreaClauses
    figures: AreaFigures
    kinds: tuple[FacilityKind, ...] = Field(min_length=1)
    reading: AreaReading | None = None


class Viewpoint(Frozen):
    """A place to look from, in which contexts it counts as a viewpoint, and for which buildings.

    `said` are everyday words for it, `also` further clauses that say it counts.
    """

    id: str
    names: Words
    said: Phrases = Phrases()
    also: tuple[str, ...] = ()
    contexts: tuple[SightlineContext, ...] = Field(min_length=1)
    clause: str
    counts: ViewpointStatus
    buildings: dict[str, ViewpointStatus] = Field(default_factory=dict)
    note: Text | None = None

    def status(self, building: str | None) -> ViewpointStatus | None:
        """Return whether it counts for a kind of building; None where that depends on the building and it is not known."""
        if building is None:
            return None if self.buildings else self.counts
        return self.buildings.get(building, self.counts)


class ObstacleKind(Frozen):
    """A kind of obstacle: `limited` where the standard forbids it from a height, `opaque` where it cannot be seen through."""

    id: str
    names: Words
    clause: str | None = None
    limited: bool = False
    note: Text | None = None


class SightlineRules(Frozen):
    """What the standard sets for one context of looking."""

    label: Text
    names: Words
    clause: str
    eye_height: ProcedureFigure | None = None
    eye_height_wider: ProcedureFigure | None = None
    eye_clause: str
    distance: ProcedureFigure
    supplement: str | None = None


class ViewpointReading(Frozen):
    """How people say that a place is a viewpoint, or is not, and ask what one is (read by `kb.ask.viewpoint_told`)."""

    viewpoint: Phrases
    no_viewpoint: Phrases
    open: Phrases


class SightlineProcedure(Frozen):
    """How a sightline is verified; without `reading` no question about viewpoints is judged by it."""

    contexts: dict[SightlineContext, SightlineRules]
    height_note: Text
    forbidden_height: ProcedureFigure
    attention: str
    reading: ViewpointReading | None = None
    viewpoints: tuple[Viewpoint, ...] = Field(min_length=1)
    obstacles: tuple[ObstacleKind, ...] = Field(min_length=1)


class AngleFrame(Frozen):
    """How much of the picture's height a person takes at one camera angle: the whole body, or from the chest upwards."""

    angle: str
    body: Literal["whole", "chest_up"]
    share: QuantityField
    approximate: bool = False


class AngleProcedure(Frozen):
    """Camera angles, for drawing; `criteria`, `places` and `duties` are tables of the same guideline."""

    clause: str
    criteria: str
    places: str
    duties: str
    frames: tuple[AngleFrame, ...] = Field(min_length=1)


class Procedures(Frozen):
    """The procedures of one guideline."""

    document: str
    angles: AngleProcedure | None = None
    area: AreaProcedure | None = None
    sightline: SightlineProcedure | None = None
