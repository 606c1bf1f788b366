"""The steps of an area classification: each question, its answer in words, the clauses, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from kb.area.facts import Measured, Subject, Surroundings, Thing, holds
from kb.area.survey import AreaSurvey, DivisionEntry
from kb.area.words import say
from kb.model.area import AreaStep, MissingInput, ShareFigure
from kb.model.base import Language
from kb.model.procedure import AreaClass, AreaProcedure, ProcedureFigure
from kb.procedure.fields import ANY, Known, Span
from kb.quantity import Quantity, format_quantity
from kb.quantity.units import format_number

_LISTED = 5
_EMPTY = {"estate": "none", "division": "none"}
"""What a survey says where there is none of something."""


class StepWriter:
    """Writes the steps of one classification in one language."""

    def __init__(
        self,
        survey: AreaSurvey,
        subject: Subject,
        around: Surroundings,
        procedure: AreaProcedure,
        language: Language,
    ) -> None:
        self._survey, self._subject, self._around = survey, subject, around
        self._clauses, self._figures = procedure.clauses, procedure.figures
        self._language = language

    def say(self, key: str, **parts: object) -> str:
        """Return a sentence in the language of the classification."""
        return say(key, self._language, **parts)

    def write(self, figure: ProcedureFigure) -> str:
        """Write the number of a figure."""
        return format_quantity(figure.value, self._language)

    def names(self, classes: Iterable[str]) -> str:
        """Write classes of area, joined by `or`."""
        order = ("residential", "complex", "commercial", "special")
        return self.say("or").join(self.say(name) for name in sorted(set(classes), key=order.index))

    def property(self) -> AreaStep:
        """To which class the property belongs."""
        subject, kind = self._subject, self._subject.label
        if len(subject.classes) > 1:
            missing = (self._missing(str(subject.open_key), kind=kind),)
            text = self.say("property_open", kind=kind, area=self.names(subject.classes))
            return self._step("property", "unknown", "q_property", text, [subject.kind.clause], missing)
        area = self.names(subject.classes)
        locators = [subject.kind.clause]
        key = "property_decided" if subject.is_decided else "property_one"
        if subject.is_approved:
            key, locators = "property_approved", [self._clauses.approved, self._clauses.approved_commentary]
        return self._step("property", "yes", "q_property", self.say(key, kind=kind, area=area), locators)

    def complex(self) -> AreaStep:
        """Whether the property is a complex, and what that entails."""
        subject, clauses = self._subject, self._clauses
        locators = [clauses.residential_complex, clauses.complex_commercial]
        if subject.is_complex == "unknown":
            return self._step("complex", "unknown", "q_complex", self.say("complex_maybe"), locators)
        if "special" not in subject.classes:
            return self._step("complex", "yes", "q_complex", self.say("complex_commercial"), locators)
        locators = [clauses.residential_complex, clauses.commercial_complex, clauses.special_extent]
        key = "complex_special" if subject.classes == {"special"} else "complex_open"
        text = self.say(key, radius=self.write(self._figures.special_radius))
        return self._step("complex", "yes", "q_complex", text, locators)

    def special_near(self) -> AreaStep:
        """Whether something of the special area is near (ア④, イ③)."""
        clauses, figure = self._clauses, self._figures.special_radius
        answer, things = self._around.special_within(figure)
        radius = self.write(figure)
        locators = [clauses.residential_special, clauses.commercial_special, clauses.special]
        if self._subject.classes <= {"residential"}:
            locators.remove(clauses.commercial_special)
        elif self._subject.classes <= {"commercial", "complex"}:
            locators.remove(clauses.residential_special)
        items = [self._name(thing) for thing in things]
        missing: list[MissingInput] = []
        if answer == "unknown":
            for thing in things:
                if self._around.inside(thing, figure) == "unknown":
                    missing.append(self._thing_missing(thing, "distance"))
                if thing.classes != {"special"} and thing.open_key:
                    missing.append(self._thing_missing(thing, thing.open_key))
            if not self._around.is_surveyed(figure):
                items.append(self.say("special_unsurveyed"))
                missing.append(self._missing("survey.complete_to", radius=radius))
        key = {"yes": "special_yes", "no": "special_no", "unknown": "special_open"}[answer]
        text = self.say(key, radius=radius, items=self._join(items))
        return self._step("special_near", answer, self.say("q_special", radius=radius), text, locators, missing)

    def dangerous(self) -> AreaStep:
        """Whether the authorities hold the area to be dangerous (4.1(5))."""
        answer = self._survey.survey.dangerous_area
        radius = self.write(self._figures.special_radius)
        key = {"yes": "dangerous_yes", "no": "dangerous_no", "unknown": "dangerous_open"}[answer]
        missing = [self._missing("survey.dangerous_area", radius=radius)] if answer == "unknown" else []
        question = self.say("q_dangerous", radius=radius)
        return self._step("dangerous", answer, question, self.say(key), [self._clauses.special], missing)

    def estate(self, area_class: AreaClass) -> AreaStep:
        """Whether the property is one clearly bounded estate (①)."""
        wanted = "housing" if area_class == "residential" else "commercial"
        own = "residential_estate" if area_class == "residential" else "commercial_estate"
        entry, locators = self._survey.estate, [getattr(self._clauses, own)]
        question = self.say("q_estate", estate=self.say(f"estate_{wanted}"))
        answer: Known = "no"
        missing: list[MissingInput] = []
        if entry is None:
            answer, text, missing = "unknown", self.say("estate_open"), [self._missing("estate")]
        elif entry == "none":
            text = self.say("estate_no")
        elif entry.kind != wanted:
            text = self.say("estate_other", estate=self.say(f"estate_{entry.kind}"))
        else:
            answer = entry.clearly_bounded
            key = {"yes": "estate_yes", "no": "estate_no", "unknown": "estate_open"}[answer]
            text = self.say(key, area=self.say(area_class))
            missing = [self._missing("estate.clearly_bounded")] if answer == "unknown" else []
        return self._step("estate", answer, question, text, locators, missing, permission=True)

    def division(self, area_class: AreaClass) -> tuple[AreaStep, list[ShareFigure]]:
        """Whether a road divides off a part that is nearly all of the class (②)."""
        own = "residential_division" if area_class == "residential" else "commercial_division"
        road, limit = self.write(self._figures.road_width), self.write(self._figures.divided_share)
        question = self.say("q_division", road=road, area=self.say(area_class), share=limit)
        entry, locators = self._survey.division, [getattr(self._clauses, own)]
        if entry is None:
            missing = [self._missing("division", road=road)]
            text = self.say("division_not_given")
            return self._step("division", "unknown", question, text, locators, missing, permission=True), []
        if entry == "none":
            text = self.say("division_none")
            return self._step("division", "no", question, text, locators, permission=True), []
        measured = self._around.shares(area_class, in_part=True)
        wide = holds(self._figures.road_width, entry.road_width, "m")
        share = self._judge(measured, self._figures.divided_share)
        answer = _all_of(wide, entry.clear, share)
        width = entry.road_width.write("m", self._language)
        parts = {"width": width, "road": road, "limit": limit, "share": self._shares(measured)}
        key = "division_open"
        if answer == "yes":
            key = "division_yes"
        elif answer == "no":
            key = "division_narrow" if wide == "no" else "division_unclear" if entry.clear == "no" else "division_share"
        missing = list(self._division_missing(entry, wide, share, area_class, measured)) if answer == "unknown" else []
        text = self.say(key, area=self.say(area_class), **parts)
        step = self._step("division", answer, question, text, locators, missing, permission=True)
        return step, self._figures_of(measured, area_class, "part")

    def share(self) -> tuple[AreaStep, list[ShareFigure]]:
        """Whether little enough of the commercial area is mixed in (ア③)."""
        figure = self._figures.mixed_share
        radius, limit = self.write(self._figures.survey_radius), self.write(figure)
        measured = self._around.shares("commercial", in_part=False)
        answer = self._judge(measured, figure)
        locators = [self._clauses.residential_share, self._clauses.mixed]
        question = self.say("q_share", radius=radius, limit=limit)
        if is_none(measured):
            text = self.say("share_none")
            locators = [self._clauses.residential, self._clauses.mixed]
        else:
            key = {"yes": "share_yes", "no": "share_no", "unknown": "share_open"}[answer]
            if self._disagree(measured, figure):
                key = "share_disagree"
            text = self.say(key, shares=self._shares(measured), limit=limit)
        missing = list(self._share_missing(measured, radius)) if answer == "unknown" else []
        step = self._step("share", answer, question, text, locators, missing, permission=not is_none(measured))
        return step, self._figures_of(measured, "commercial", "radius")

    def _judge(self, measured: list[Measured], figure: ProcedureFigure) -> Known:
        answers = {holds(figure, one.share, "ratio") for one in measured}
        return answers.pop() if len(answers) == 1 else "unknown"

    def _disagree(self, measured: list[Measured], figure: ProcedureFigure) -> bool:
        return {holds(figure, one.share, "ratio") for one in measured} >= {"yes", "no"}

    def _share_missing(self, measured: list[Measured], radius: str) -> Iterable[MissingInput]:
        if any(one.key == "given" for one in measured):
            yield self._missing("shares", radius=radius)
            return
        if self._disagree(measured, self._figures.mixed_share):
            yield self._missing("share_by")
        by_area = any(one.key == "area" for one in measured)
        for thing, key in self._around.undecided(in_part=False, by_area=by_area):
            yield self._thing_missing(thing, key)
        if not self._around.is_surveyed(self._figures.survey_radius):
            yield self._missing("survey.complete_to", radius=radius)

    def _division_missing(
        self, entry: DivisionEntry, wide: Known, share: Known, area_class: AreaClass, measured: list[Measured]
    ) -> Iterable[MissingInput]:
        if wide == "unknown":
            yield self._missing("division.road_width")
        if entry.clear == "unknown":
            yield self._missing("division.clear")
        if share != "unknown":
            return
        if self._disagree(measured, self._figures.divided_share):
            yield self._missing("share_by")
        parts_given = any(thing.entry.part is not None for thing in self._around.things)
        if any(one.key == "given" for one in measured) or not parts_given:
            yield self._missing("division.shares", area=self.say(area_class))
            return
        by_area = any(one.key == "area" for one in measured)
        for thing, key in self._around.undecided(in_part=True, by_area=by_area):
            yield self._thing_missing(thing, key)
        if not self._around.is_surveyed(self._figures.survey_radius):
            yield self._missing("survey.complete_to", radius=self.write(self._figures.survey_radius))

    def _figures_of(self, measured: list[Measured], area_class: AreaClass, where: str) -> list[ShareFigure]:
        return [
            ShareFigure(
                of=self._way(one),
                where="part" if where == "part" else "radius",
                area_class=area_class,
                low=round(float(one.share.low), 6),
                high=round(float(one.share.high or 0), 6),
                text=self._percent(one.share),
            )
            for one in measured
        ]

    def ways(self, measured: Iterable[ShareFigure]) -> str:
        """Write the ways of counting that were used."""
        return self._join(list(dict.fromkeys(one.of for one in measured)))

    def _way(self, one: Measured) -> str:
        return one.of if one.key == "given" else self.say(one.of)

    def _shares(self, measured: list[Measured]) -> str:
        items = [self.say("share_item", of=self._way(one), share=self._percent(one.share)) for one in measured]
        return self._join(items)

    def _percent(self, span: Span) -> str:
        low, high = format_number(span.low * 100), format_number((span.high or span.low) * 100)
        if span.exact:
            return f"{low}%"
        return f"{low}～{high}%" if self._language == "ja" else f"{low} to {high}%"

    def _name(self, thing: Thing) -> str:
        distance = thing.entry.distance
        return thing.label if distance == ANY else f"{thing.label} ({distance.write('m', self._language)})"

    def _join(self, items: list[str]) -> str:
        shown = items[:_LISTED] + (["…"] if len(items) > _LISTED else [])
        return self.say("and").join(shown)

    def _missing(self, key: str, **parts: object) -> MissingInput:
        return MissingInput(key=key, question=self.say(f"m_{key}", **parts), empty=_EMPTY.get(key))

    def _thing_missing(self, thing: Thing, key: str) -> MissingInput:
        name = {"approved": "authority_approved"}.get(key, key)
        path = f"facilities.{thing.index}.{name}"
        return MissingInput(key=path, question=self.say(f"m_{key}", item=self._name(thing)))

    def _step(
        self,
        key: str,
        answer: Known,
        question: str,
        text: str,
        locators: list[str],
        missing: Iterable[MissingInput] = (),
        permission: bool = False,
    ) -> AreaStep:
        asked = self.say(question) if question.startswith("q_") else question
        return AreaStep(
            id=key,
            answer=answer,
            question=asked,
            text=text,
            locators=tuple(dict.fromkeys(locators)),
            permission=permission and answer == "yes",
            missing=tuple(dict.fromkeys(missing)),
        )


def is_none(measured: Iterable[Measured]) -> bool:
    """Tell whether nothing at all is counted, in every way of counting."""
    return all(one.share.high == 0 for one in measured)


def write_length(value: Quantity, language: Language) -> str:
    """Write a length for a reader."""
    return format_quantity(value, language)


def _all_of(*answers: Known) -> Known:
    return "no" if "no" in answers else "unknown" if "unknown" in answers else "yes"
