"""Turn what a text tells of an area into a survey of `kb.area`: what is not spoken of is taken to be as it should.

Of the provisos that permit a class (share, division, estate) only those spoken of can carry it; where none is spoken of,
nothing else is taken to be mixed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from kb.area.survey import (
    AreaSurvey,
    DivisionEntry,
    EstateEntry,
    FacilityEntry,
    PropertyEntry,
    SharesEntry,
    SurveyEntry,
)
from kb.ask.area_text import ANY, AreaText, Claim, Known, ShareTold, Span, Thing, below
from kb.messages import say
from kb.model.procedure import AreaClass, AreaProcedure, AreaReading, EstateKind, FacilityClass, FacilityKind

_NONE, _ALL = Span(low=Fraction(0), high=Fraction(0)), Span(low=Fraction(1), high=Fraction(1))


@dataclass(frozen=True)
class Telling:
    """A survey as told, and the steps of the procedure that are spoken of; `subject` is the kind of the property."""

    survey: AreaSurvey
    told: frozenset[str]
    subject: FacilityKind
    belongs: bool = False


@dataclass
class _Draft:
    """What is read so far."""

    told: set[str] = field(default_factory=set)
    facilities: list[FacilityEntry] = field(default_factory=list)
    complete_to: Span = ANY
    dangerous: Known = "no"
    estate: EstateEntry | None = None
    division: DivisionEntry | str | None = None
    shares: SharesEntry | None = None


class SurveyReader:
    """Reads texts into surveys, for one procedure."""

    def __init__(self, area: AreaProcedure, reading: AreaReading, language: str) -> None:
        self._area, self._reading, self._language = area, reading, language

    def read(self, text: AreaText, claim: Claim) -> list[Telling]:
        """Return the surveys told: one, or one for each kind where a text only says where kinds belong; none for none."""
        whole = self._whole(text)
        if whole is None and not self._is_survey(text):
            return list(self._belongings(text))
        kind, contains, inside = whole or (self._subject(text, claim), None, [])
        draft = _Draft()
        named = self._named_subject(text, claim)
        if whole is not None or named is not None:
            draft.told.add("complex" if whole is not None and "complex" in kind.may_be else "property")
        self._read_special(text, [t for t in text.things if t.is_special and t not in inside], draft)
        self._read_dangerous(text, draft)
        estate = self._read_estate(text, draft)
        if not estate:
            self._read_division(text, claim, draft)
        around = [] if whole is not None else [t for t in text.things if self._is_around(t, kind)]
        self._read_shares(text, claim, around, draft)
        if not draft.told:
            return []
        return [Telling(self._survey(kind, contains, self._approved(text), draft), frozenset(draft.told), kind)]

    def _survey(
        self, kind: FacilityKind, contains: tuple[str, ...] | None, approved: Known, draft: _Draft
    ) -> AreaSurvey:
        shares = draft.shares
        if shares is None:  # another proviso is spoken of, or nothing else is mixed in
            shares = SharesEntry(of="", commercial=_ALL if draft.told & {"division", "estate"} else _NONE)
        return AreaSurvey(
            property=PropertyEntry(kind=kind.id, contains=contains, authority_approved=approved),
            survey=SurveyEntry(complete_to=draft.complete_to, dangerous_area=draft.dangerous),
            facilities=tuple(draft.facilities),
            shares=shares,
            share_by=None,
            estate=draft.estate or "none",
            division=draft.division or "none",
        )

    def _is_survey(self, text: AreaText) -> bool:
        """Tell whether a text tells of surroundings, rather than only of where a kind of thing belongs."""
        told = bool(text.lengths or text.widths or text.shares or text.has_unknown)
        if told or any(text.says(name) for name in ("near", "rest", "dangerous")):
            return True
        if self._estate(text) is not None or (text.says("divided") and not text.says("approved")):
            return True
        return any(text.near(lambda r: r.exists.pattern, t) or text.is_absent(t) for t in text.things)

    def _belongings(self, text: AreaText) -> Iterator[Telling]:
        approved = self._approved(text)
        for thing in text.things:
            kind = thing.kind
            if kind is None and approved != "no" and thing.area_class is not None:
                kind = self._typical(thing.area_class)
            if kind is not None:
                survey = self._survey(kind, self._typical_contents(), approved, _Draft(complete_to=self._far))
                if "complex" not in kind.may_be:
                    survey = survey.model_copy(
                        update={"property": survey.property.model_copy(update={"contains": None})}
                    )
                yield Telling(survey, frozenset(("property",)), kind, belongs=True)

    def _approved(self, text: AreaText) -> Known:
        match = self._reading.approved.search(text.text)
        if match is None:
            return "no"
        if text.is_unknown_at(match.start()):
            return "unknown"
        return "no" if text.negated_at(match.start()) else "yes"

    def _whole(self, text: AreaText) -> tuple[FacilityKind, tuple[str, ...] | None, list[Thing]] | None:
        """Return the building that holds several things at once: its kind, what it holds, and what of it is special."""
        kinds = [t for t in text.things if t.kind is not None]
        commercial = [t for t in text.things if "commercial" in t.may_be]
        own = text.says("own_dwelling") and bool(commercial) and not text.says("several")
        for thing in kinds:
            if thing.kind is not None and thing.kind.id == self._reading.combined_kind:
                return thing.kind, None, []
        named = next((t.kind for t in kinds if t.kind is not None and t.kind.may_be == ("complex",)), None)
        surveyed = text.lengths or text.widths or text.shares or text.says("divided")
        if named is None and (surveyed or not (text.says("together") or own)):
            return None
        if own and named is None:
            return self._kind(self._reading.combined_kind), None, []
        classes = {name for t in text.things for name in t.may_be[:1]}
        if named is None and (text.says("near") or not text.says("building") or len(classes - {"complex"}) < 2):
            return None
        special = [t for t in text.things if t.is_special]
        if named is None and not special and len(commercial) == 1 and not text.says("several"):
            return next(k for k in self._area.kinds if set(k.may_be) == {"residential", "complex"}), None, []
        inside = [t for t in special if not text.lengths or text.near(lambda r: r.inside.pattern, t)]
        present = [t for t in inside if not text.is_absent(t)]
        open_inside = any(text.is_unknown_at(t.start) for t in inside) or (not inside and text.unknown("inside"))
        contains = self._typical_contents() if not present else ()
        contains = (*contains, *(t.kind.id if t.kind else self._typical("special").id for t in present))
        complex_kind = named or next(k for k in self._area.kinds if k.may_be == ("complex",))
        return complex_kind, None if open_inside else contains, inside

    def _read_special(self, text: AreaText, things: list[Thing], draft: _Draft) -> None:
        draft.complete_to = self._far
        present = [t for t in things if not text.is_absent(t)]
        for thing in things:
            draft.told.add("special_near")
            if text.is_unknown_at(thing.start) and text.near(lambda r: r.whether.pattern, thing):
                draft.complete_to = ANY
                continue
            distance = text.distance_of(thing, len(things)) or ANY
            if thing in present:
                if text.is_unknown_at(thing.start) or text.unknown("distances"):
                    distance = ANY if distance.exact or distance.high is None else distance
                draft.facilities.append(self._entry(thing, distance, text))
            elif distance.high is not None and not distance.exact:
                draft.complete_to = Span(low=distance.high, high=distance.high)

    def _entry(self, thing: Thing, distance: Span, text: AreaText) -> FacilityEntry:
        kind = thing.kind or next(k for k in self._area.kinds if len(k.may_be) > 2)
        name = text.text[thing.start : thing.end]
        treat = None if thing.kind is not None else "special"
        return FacilityEntry(kind=kind.id, name=name, distance=distance, treat_as=treat)

    def _read_dangerous(self, text: AreaText, draft: _Draft) -> None:
        match = self._reading.dangerous.search(text.text)
        if match is None:
            return
        draft.told.add("dangerous")
        where = text.distance_of(Thing(match.start(), match.end(), None), 1)
        draft.complete_to = self._far
        if text.is_unknown_at(match.start()):
            draft.dangerous = "unknown"
        elif text.is_absent(Thing(match.start(), match.end(), None)):
            draft.dangerous = "no"
        else:
            draft.dangerous = "yes" if where is None else text.holds(self._area.figures.special_radius, where)

    def _estate(self, text: AreaText) -> EstateKind | None:
        """Return the kind of an estate that is spoken of as a whole."""
        if not text.says("whole_estate"):
            return None
        if any(
            t.kind is not None and self._reading.estates["housing"].search(text.text[t.start : t.end])
            for t in text.things
        ):
            return None
        order: tuple[EstateKind, ...] = ("commercial", "housing")
        return next((name for name in order if self._reading.estates[name].search(text.text)), None)

    def _read_estate(self, text: AreaText, draft: _Draft) -> bool:
        kind = self._estate(text)
        if kind is None:
            return False
        draft.told.add("estate")
        draft.estate = EstateEntry(kind=kind, clearly_bounded=self._boundary(text, silent="unknown"))
        return True

    def _boundary(self, text: AreaText, silent: Known) -> Known:
        if text.unknown("boundaries"):
            return "unknown"
        return "no" if text.says("unclear") else "yes" if text.says("clear") else silent

    def _read_division(self, text: AreaText, claim: Claim, draft: _Draft) -> None:
        if claim.wanted == "special" or not text.says("divided"):
            return
        draft.told.add("division")
        limit = self._area.figures.road_width.value
        width = text.widths[0] if text.widths else ANY
        if not text.widths and text.says("alley"):
            width = below(limit)
        elif not text.widths and text.says("public_road") and not text.unknown("width"):
            width = Span(low=limit.base, high=None)
        told = {s.area_class or claim.wanted: s.span for s in text.shares if self._of_part(text, s)}
        shares = self._entry_of(told)
        draft.division = DivisionEntry(road_width=width, clear=self._boundary(text, silent="yes"), shares=shares)

    def _of_part(self, text: AreaText, share: ShareTold) -> bool:
        """Tell whether a share is of the part that a road divides off."""
        divided = self._reading.divided
        if divided.search(text.text[: share.start]):
            return True
        end = text.sentence_of(share.start)[1]
        later = any(share.start < other.start <= end for other in text.shares)
        return not later and bool(divided.search(text.text[share.start : end]))

    def _read_shares(self, text: AreaText, claim: Claim, around: list[Thing], draft: _Draft) -> None:
        if claim.wanted == "special":
            return
        divided = "division" in draft.told
        told = {
            s.area_class or ("commercial" if claim.wanted == "residential" else claim.wanted): s.span
            for s in text.shares
            if not (divided and self._of_part(text, s))
        }
        if told:
            draft.told.add("share")
            draft.shares = self._entry_of(told)
        elif not draft.told & {"division", "estate"} and claim.wanted == "residential":
            commercial = [t for t in around if "commercial" in t.may_be and not t.is_special]
            present = [t for t in commercial if not text.is_absent(t)]
            if present or text.unknown("shares"):
                draft.told.add("share")
                draft.shares = SharesEntry(of=say("area_share_told", self._language))

    def _entry_of(self, told: dict[AreaClass, Span]) -> SharesEntry:
        shares: dict[str, Span] = {"special": _NONE} | {str(name): span for name, span in told.items()}
        of = say("area_share_told", self._language)
        contradictory = sum(span.low for span in shares.values()) > 1
        return SharesEntry(of=of) if contradictory else SharesEntry(of=of, **shares)

    def _is_around(self, thing: Thing, subject: FacilityKind) -> bool:
        return thing.kind is None or thing.kind.id != subject.id

    def _named_subject(self, text: AreaText, claim: Claim) -> FacilityKind | None:
        """Return the kind of the property where a text names it."""
        kinds = [t for t in text.things if t.kind is not None and not t.is_special and "complex" not in t.may_be]
        marked = [t for t in kinds if self._reading.subject.is_at(text.text, t.start, t.end)]
        homes = [t for t in kinds if t.may_be == ("residential",)]
        if claim.wanted == "commercial":
            homes = []
        found = next(iter([*homes, *marked]), None)
        return None if found is None else found.kind

    def _subject(self, text: AreaText, claim: Claim) -> FacilityKind:
        wanted = "residential" if claim.wanted == "special" else claim.wanted
        return self._named_subject(text, claim) or self._typical(wanted)

    def _typical(self, area_class: FacilityClass) -> FacilityKind:
        """Return a kind that belongs to a class and to no other."""
        return next(kind for kind in self._area.kinds if kind.may_be == (area_class,))

    def _typical_contents(self) -> tuple[str, ...]:
        return self._typical("residential").id, self._typical("commercial").id

    def _kind(self, key: str) -> FacilityKind:
        return next(kind for kind in self._area.kinds if kind.id == key)

    @property
    def _far(self) -> Span:
        """A survey of all that the procedure looks at."""
        radius = self._area.figures.survey_radius.value.base
        return Span(low=radius, high=radius)
