"""What a survey settles: the class of each thing, what lies within a radius, and shares; three-valued throughout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from kb.area.share import Counted, find_share
from kb.area.survey import AreaSurvey, FacilityEntry, Kinds, PropertyEntry, SharesEntry
from kb.model.base import Language
from kb.model.procedure import AreaClass, AreaProcedure, FacilityClass, FacilityKind, ProcedureFigure
from kb.procedure.fields import ANY, Known, Span
from kb.quantity import Quantity

ALL_CLASSES: frozenset[AreaClass] = frozenset(("residential", "commercial", "special"))
_ANY_AMOUNT = ANY


@dataclass(frozen=True)
class Thing:
    """A facility with the classes that it may have and the key that would settle the class."""

    index: int
    label: str
    kind: FacilityKind
    classes: frozenset[AreaClass]
    open_key: str | None
    entry: FacilityEntry


@dataclass(frozen=True)
class Subject:
    """The property with the classes that it may have (`complex` for one without anything special inside)."""

    label: str
    kind: FacilityKind
    classes: frozenset[FacilityClass]
    open_key: str | None
    is_complex: Known
    is_decided: bool
    is_approved: bool


@dataclass(frozen=True)
class Measured:
    """A share counted in one way."""

    of: str
    key: str
    share: Span


def holds(figure: ProcedureFigure, span: Span, unit: str) -> Known:
    """Tell whether every value of a range satisfies a figure, none does, or only some.

    Values are in the base unit of `unit`; the figure is one-sided, so that the two ends decide.
    """
    low = figure.holds(Quantity(span.low, unit))
    high = figure.operator in (">=", ">") if span.high is None else figure.holds(Quantity(span.high, unit))
    return "unknown" if low != high else "yes" if low else "no"


def resolve_subject(entry: PropertyEntry, kinds: Kinds, language: Language) -> Subject:
    """Find the classes that the property may have."""
    kind = kinds.get(entry.kind)
    options: frozenset[FacilityClass] = frozenset(kind.may_be)
    if entry.treat_as is not None:
        chosen: FacilityClass = entry.treat_as
        if "complex" in options and chosen == "commercial":
            chosen = "complex"
        options = frozenset((chosen,))
    is_complex: Known = "no" if "complex" not in options else "yes" if len(options) == 1 else "unknown"
    key = "property.kind" if kind.id == "not_known" else "property.treat_as" if len(options) > 1 else None
    if "complex" in options and (special := _special_inside(entry.contains, kinds)) != "no":
        options = (options - {"complex"} if special == "yes" else options) | {"special"}
        key = key or ("property.contains" if special == "unknown" else None)
    if entry.authority_approved != "no" and options <= {"commercial", "residential"}:
        options = frozenset(("residential",)) if entry.authority_approved == "yes" else options | {"residential"}
        key = "property.authority_approved" if len(options) > 1 else None
    approved = entry.authority_approved == "yes" and options == {"residential"} and kind.may_be != ("residential",)
    decided = entry.treat_as is not None
    return Subject(kind.label.get(language), kind, options, key, is_complex, decided, approved)


def resolve_things(survey: AreaSurvey, kinds: Kinds, language: Language) -> tuple[Thing, ...]:
    """Find the classes that each facility may have."""
    return tuple(_resolve(index, entry, kinds, language) for index, entry in enumerate(survey.facilities))


def _resolve(index: int, entry: FacilityEntry, kinds: Kinds, language: Language) -> Thing:
    kind = kinds.get(entry.kind)
    options: set[AreaClass] = {"commercial" if one == "complex" else one for one in kind.may_be}
    key = None if len(options) == 1 else "kind" if kind.id == "not_known" else "treat_as"
    if entry.treat_as is not None:
        options, key = {entry.treat_as}, None
    if "complex" in kind.may_be and "commercial" in options:
        special = _special_inside(entry.contains, kinds)
        if special == "yes":
            options = options - {"commercial"} | {"special"}
        elif special == "unknown":
            options, key = options | {"special"}, key or "contains"
    if entry.authority_approved != "no" and options <= {"commercial", "residential"}:
        approved = entry.authority_approved == "yes"
        options = {"residential"} if approved else options | {"residential"}
        key = None if approved else "approved"
    label = entry.name or kind.label.get(language)
    return Thing(index, label, kind, frozenset(options), key, entry)


def _special_inside(contains: tuple[str, ...] | None, kinds: Kinds) -> Known:
    if contains is None:
        return "unknown"
    inside = [frozenset(kinds.get(name).may_be) for name in contains]
    if any(one == {"special"} for one in inside):
        return "yes"
    return "unknown" if any("special" in one for one in inside) else "no"


class Surroundings:
    """The facilities of a survey, and what is known of the ground that was not surveyed."""

    def __init__(
        self, survey: AreaSurvey, things: tuple[Thing, ...], procedure: AreaProcedure, language: Language
    ) -> None:
        self.survey = survey
        self.things = things
        self.figures = procedure.figures
        self._language = language

    def is_surveyed(self, radius: ProcedureFigure) -> bool:
        """Tell whether everything within a radius is listed."""
        surveyed: Span = self.survey.survey.complete_to
        return surveyed.low >= radius.value.base

    def inside(self, thing: Thing, radius: ProcedureFigure) -> Known:
        """Tell whether a facility lies within a radius."""
        return holds(radius, thing.entry.distance, "m")

    def special_within(self, radius: ProcedureFigure) -> tuple[Known, list[Thing]]:
        """Tell whether something special lies within a radius, with the facilities that make it so, or open."""
        certain = [t for t in self.things if t.classes == {"special"} and self.inside(t, radius) == "yes"]
        if certain:
            return "yes", certain
        maybe = [t for t in self.things if "special" in t.classes and self.inside(t, radius) != "no"]
        return ("unknown" if maybe or not self.is_surveyed(radius) else "no"), maybe

    def special_beyond(self, radius: ProcedureFigure) -> list[Thing]:
        """List what is special and lies beyond a radius for certain."""
        return [t for t in self.things if t.classes == {"special"} and self.inside(t, radius) == "no"]

    def shares(self, area_class: AreaClass, in_part: bool) -> list[Measured]:
        """Measure the share of a class within the survey radius, or in the property's part of it, in every way possible."""
        survey = self.survey
        given = _part_shares(survey) if in_part else survey.shares
        by = survey.share_by
        if given is not None and by in (None, "given"):
            return [Measured(given.of, "given", _given_share(given, area_class))]
        found = []
        if by != "area":
            found.append(Measured("by_count", "count", self._counted(area_class, in_part, "count")))
        if by == "area" or (by is None and self._areas_known(in_part)):
            found.append(Measured("by_area", "area", self._counted(area_class, in_part, "area")))
        return found

    def undecided(self, in_part: bool, by_area: bool) -> Iterator[tuple[Thing, str]]:
        """List what is open about the facilities that a share counts: the facility and the key that would settle it."""
        for thing in self.things:
            if self._inside_part(thing, in_part) == "no":
                continue
            if self.inside(thing, self.figures.survey_radius) == "unknown":
                yield thing, "distance"
            if in_part and thing.entry.part is None:
                yield thing, "part"
            if thing.open_key is not None:
                yield thing, thing.open_key
            if by_area and not thing.entry.area.exact:
                yield thing, "area"

    def _inside_part(self, thing: Thing, in_part: bool) -> Known:
        inside = self.inside(thing, self.figures.survey_radius)
        if not in_part or inside == "no":
            return inside
        return "no" if thing.entry.part == "other" else "unknown" if thing.entry.part is None else inside

    def _areas_known(self, in_part: bool) -> bool:
        counted = [t for t in self.things if self._inside_part(t, in_part) != "no"]
        return bool(counted) and all(t.entry.area.exact for t in counted)

    def _counted(self, area_class: AreaClass, in_part: bool, by: str) -> Span:
        return find_share(self._list_counted(in_part, by), area_class)

    def _list_counted(self, in_part: bool, by: str) -> Iterable[Counted]:
        for thing in self.things:
            number = Fraction(thing.entry.count)
            weight = Span(low=number, high=number) if by == "count" else thing.entry.area
            yield Counted(thing.classes, weight, self._inside_part(thing, in_part))
        if not self.is_surveyed(self.figures.survey_radius):
            yield Counted(ALL_CLASSES, _ANY_AMOUNT, "unknown")


def _part_shares(survey: AreaSurvey) -> SharesEntry | None:
    return None if survey.division in (None, "none") else survey.division.shares  # type: ignore[union-attr]


def _given_share(given: SharesEntry, area_class: AreaClass) -> Span:
    """Narrow a share by the other two: the three classes are all there is (4.1(4) makes commercial the remainder)."""
    own: Span = getattr(given, area_class)
    others: list[Span] = [getattr(given, name) for name in ALL_CLASSES if name != area_class]
    high = 1 - sum((one.low for one in others), Fraction(0))
    low = 1 - sum((Fraction(1) if one.high is None else one.high for one in others), Fraction(0))
    return Span(low=max(own.low, low), high=high if own.high is None else min(own.high, high))
