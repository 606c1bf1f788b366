"""Classify the area of a property: residential, commercial or special, or what is missing to say so.

The procedure is that of SES E 7007 with its commentary; its figures and kinds are data (`procedures.yaml`). A class is
given only where every way to settle what the survey leaves open leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.area.decide import Premises, is_decisive, is_relevant, possible_classes
from kb.area.facts import Subject, Surroundings, resolve_subject, resolve_things
from kb.area.steps import StepWriter
from kb.area.survey import AreaSurvey, Kinds
from kb.errors import UsageError
from kb.model.area import (
    AreaResult,
    AreaStep,
    AreaVerdict,
    Cited,
    Extent,
    MissingInput,
    PlanItem,
    ShareFigure,
)
from kb.model.base import Language
from kb.model.knowledge import Corpus
from kb.model.procedure import AreaClass, AreaProcedure, ProcedureFigure

_ORDER: tuple[AreaClass, ...] = ("residential", "commercial", "special")


def find_procedure(corpus: Corpus) -> tuple[str, AreaProcedure]:
    """Return the guideline that holds the procedure, and the procedure; raises `UsageError` where none does."""
    for one in corpus.procedures:
        if one.area is not None:
            return one.document, one.area
    raise UsageError("no guideline of the corpus has a procedure for area classification (procedures.yaml)")


def classify_area(corpus: Corpus, survey: AreaSurvey, language: Language = "ja") -> AreaResult:
    """Classify the area that a survey describes."""
    return _Classification(corpus, survey, language).run()


class _Classification:
    def __init__(self, corpus: Corpus, survey: AreaSurvey, language: Language) -> None:
        self._corpus, self._survey, self._language = corpus, survey, language
        self._document, self._procedure = find_procedure(corpus)
        kinds = Kinds(self._procedure)
        self._subject = resolve_subject(survey.property, kinds, language)
        things = resolve_things(survey, kinds, language)
        self._around = Surroundings(survey, things, self._procedure, language)
        self._write = StepWriter(survey, self._subject, self._around, self._procedure, language)
        self._say = self._write.say

    def run(self) -> AreaResult:
        own: AreaClass = "residential" if "residential" in self._subject.classes else "commercial"
        steps = [self._write.property()]
        if self._subject.is_complex != "no":
            steps.append(self._write.complex())
        near, dangerous = self._write.special_near(), self._write.dangerous()
        estate, (division, part_shares) = self._write.estate(own), self._write.division(own)
        share, shares = self._write.share()
        premises = Premises(
            self._subject.classes, near.answer, dangerous.answer, estate.answer, division.answer, share.answer
        )
        possible = possible_classes(premises)
        steps += [near, dangerous]
        if possible != {"special"}:
            steps += [estate, division, *([share] if own == "residential" else [])]
        verdict: AreaVerdict = next(iter(possible)) if len(possible) == 1 else "unknown"
        steps = [self._mark(step, premises) for step in steps]
        missing = () if verdict != "unknown" else tuple(dict.fromkeys(self._missing(steps, premises)))
        answers = {step.id: step for step in steps}
        steps.append(self._conclude(verdict, possible, answers))
        permission = verdict == "residential" and not (share.answer == "yes" and not share.permission)
        extent = None if verdict == "unknown" else self._extent(verdict, answers)
        used = [*shares, *part_shares] if possible != {"special"} else []
        notes = tuple(dict.fromkeys(self._notes(verdict, answers, used)))
        return AreaResult(
            document=self._document,
            language=self._language,
            name=self._survey.property.name,
            area_class=verdict,
            label=self._say(verdict),
            possible=tuple(one for one in _ORDER if one in possible),
            permission=permission,
            headline=self._headline(verdict, possible, permission),
            extent=extent,
            steps=tuple(steps),
            shares=tuple(used),
            missing=missing,
            notes=notes,
            citations=cite(self._corpus, self._document, _locators(steps, extent), self._language),
            plan=tuple(self._plan()),
            radii_m=tuple(
                float(figure.value.base)
                for figure in (self._procedure.figures.special_radius, self._procedure.figures.survey_radius)
            ),
        )

    @staticmethod
    def _mark(step: AreaStep, premises: Premises) -> AreaStep:
        if step.id == "complex" or step.answer == "unknown":
            return step
        decisive = is_decisive(premises, step.id) or (step.answer == "yes" and step.id != "estate")
        return step.model_copy(update={"decisive": decisive})

    @staticmethod
    def _missing(steps: list[AreaStep], premises: Premises) -> Iterator[MissingInput]:
        for step in steps:
            if step.answer == "unknown" and step.id != "complex" and is_relevant(premises, step.id):
                yield from step.missing

    def _conclude(self, verdict: AreaVerdict, possible: frozenset[AreaClass], answers: dict[str, AreaStep]) -> AreaStep:
        clauses, subject = self._procedure.clauses, self._subject
        radius = self._write.write(self._procedure.figures.special_radius)
        areas = self._write.names(possible)
        key, locators = "class_unknown", [clauses.names]
        if verdict == "special":
            key, locators = self._special_reason(answers)
        elif verdict == "residential":
            bare = answers["share"].answer == "yes" and not answers["share"].permission
            key = "class_residential" if bare else "class_residential_permitted"
            locators = [clauses.residential]
            if not bare:
                locators = [
                    one
                    for s in ("share", "division", "estate")
                    if answers[s].answer == "yes"
                    for one in answers[s].locators[:1]
                ] or locators
        elif verdict == "commercial":
            key, locators = "class_commercial", [clauses.commercial]
            if subject.classes <= {"complex"}:
                key, locators = "class_commercial_complex", [clauses.complex_commercial]
            elif "residential" in subject.classes:
                key, locators = "class_commercial_remainder", [clauses.remainder]
        text = self._say(key, radius=radius, areas=areas)
        return AreaStep(
            id="class",
            answer="unknown" if verdict == "unknown" else "yes",
            question=self._say("q_class"),
            text=text,
            locators=tuple(locators),
            decisive=verdict != "unknown",
        )

    def _special_reason(self, answers: dict[str, AreaStep]) -> tuple[str, list[str]]:
        clauses = self._procedure.clauses
        if self._subject.classes == {"special"}:
            is_complex = self._subject.is_complex == "yes"
            return "class_special_complex" if is_complex else "class_special_property", [clauses.special_extent]
        if answers["special_near"].answer == "yes":
            return "class_special_near", [*answers["special_near"].locators, clauses.names]
        return "class_special_dangerous", [clauses.special]

    def _extent(self, verdict: AreaVerdict, answers: dict[str, AreaStep]) -> Extent:
        clauses, figures = self._procedure.clauses, self._procedure.figures
        if verdict == "special":
            whole = self._subject.is_complex == "yes" and self._subject.classes == {"special"}
            radius = self._write.write(figures.special_radius)
            return Extent(
                radius_m=float(figures.special_radius.value.base),
                whole_complex=whole,
                text=self._say("extent_complex" if whole else "extent_radius", radius=radius),
                locators=(clauses.special_extent,),
            )
        radius_m, radius = float(figures.survey_radius.value.base), self._write.write(figures.survey_radius)
        own = "residential" if "residential" in self._subject.classes else "commercial"
        if own == verdict and answers["estate"].answer == "yes":
            locators = answers["estate"].locators
            return Extent(radius_m=None, whole_estate=True, text=self._say("extent_estate"), locators=locators)
        needs_division = verdict == "commercial" or answers.get("share", answers["division"]).answer != "yes"
        if own == verdict and answers["division"].answer == "yes" and needs_division:
            text, locators = self._say("extent_divided", radius=radius), answers["division"].locators
            return Extent(radius_m=radius_m, divided=True, text=text, locators=locators)
        locator = getattr(clauses, verdict) if own == verdict else clauses.mixed
        return Extent(radius_m=radius_m, text=self._say("extent_radius", radius=radius), locators=(locator,))

    def _headline(self, verdict: AreaVerdict, possible: frozenset[AreaClass], permission: bool) -> str:
        if verdict == "unknown":
            return self._say("headline_unknown", areas=self._write.names(possible))
        name = self._survey.property.name
        prefix = (name or "It") if self._language == "en" else f"{name}は" if name else ""
        key = "headline_permitted" if permission else "headline"
        return self._say(key, name=prefix, area=self._say(verdict))

    def _notes(self, verdict: AreaVerdict, answers: dict[str, AreaStep], shares: list[ShareFigure]) -> Iterator[str]:
        figures, subject, around = self._procedure.figures, self._subject, self._around
        mixed, divided = self._write.write(figures.mixed_share), self._write.write(figures.divided_share)
        radius = self._write.write(figures.special_radius)
        if subject.kind.note is not None:
            yield subject.kind.note.get(self._language)
        for thing in around.things:
            if thing.kind.note is not None and (len(thing.kind.may_be) > 1 or thing.kind.id == "play_hall"):
                yield thing.kind.note.get(self._language)
        if subject.is_approved or any(thing.entry.authority_approved == "yes" for thing in around.things):
            yield self._say("n_approved")
        if shares:
            yield self._say("n_share_of", ways=self._write.ways(shares))
        near = {where: [one for one in shares if one.where == where] for where in ("radius", "part")}
        if any(one.area_class == "commercial" and _reaches(one, figures.mixed_share) for one in near["radius"]):
            yield self._say("n_exact_share", limit=mixed)
        if any(_reaches(one, figures.divided_share) for one in near["part"]):
            yield self._say("n_exact_divided", limit=divided)
        if verdict == "commercial" and "residential" in subject.classes:
            yield self._say("n_remainder", limit=mixed)
        if verdict == "commercial" and subject.classes <= {"commercial"} and self._has_dwellings():
            yield self._say("n_commercial_mixed", limit=mixed)
        if answers["dangerous"].answer == "yes":
            yield self._say("n_dangerous")
        if verdict == "special" and subject.classes != {"special"} and answers["special_near"].answer == "yes":
            yield self._say("n_special_named")
            if self._survey.estate not in (None, "none"):
                yield self._say("n_estate_special", radius=radius)
        beyond = around.special_beyond(figures.special_radius)
        if beyond and verdict in ("residential", "commercial"):
            names = self._say("and").join(dict.fromkeys(thing.label for thing in beyond[:5]))
            yield self._say("n_special_beyond", radius=radius, items=names)
        if verdict in ("residential", "commercial"):
            yield self._say("n_safety")
        yield self._say("n_not_administrative")

    def _has_dwellings(self) -> bool:
        return any("residential" in thing.classes for thing in self._around.things)

    def _plan(self) -> Iterator[PlanItem]:
        for thing in self._around.things:
            distance = thing.entry.distance
            known = distance.low > 0 or distance.high is not None
            one = next(iter(thing.classes)) if len(thing.classes) == 1 else "unknown"
            yield PlanItem(
                label=thing.label,
                area_class=one,
                distance_low=float(distance.low) if known else None,
                distance_high=None if distance.high is None else float(distance.high),
                bearing=thing.entry.bearing,
                count=thing.entry.count,
                part=thing.entry.part,
            )


def _reaches(share: ShareFigure, figure: ProcedureFigure) -> bool:
    """Tell whether a share is exactly at the limit, at one of its ends."""
    return float(figure.value.base) in (share.low, share.high)


def _locators(steps: list[AreaStep], extent: Extent | None) -> list[str]:
    found = [locator for step in steps for locator in step.locators]
    return list(dict.fromkeys([*found, *(extent.locators if extent else ())]))


def cite(corpus: Corpus, document: str, locators: list[str], language: Language) -> tuple[Cited, ...]:
    """Return the clauses at some locators of a guideline, restated."""
    cited = []
    for locator in locators:
        clause = corpus.by_id[f"{document} {locator}"]
        text = clause.text or clause.title
        cited.append(
            Cited(
                document=document,
                locator=locator,
                label=corpus.label(clause, language),
                text="" if text is None else text.get(language),
                note=None if clause.note is None else clause.note.get(language),
            )
        )
    return tuple(cited)


__all__ = ["Subject", "cite", "classify_area", "find_procedure"]
