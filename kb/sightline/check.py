"""Verify a sightline: geometry first, then what the clauses of SES E 7008 and its commentary say to it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kb.area.classify import cite
from kb.errors import UsageError
from kb.model.answer import VerdictWord
from kb.model.base import Language
from kb.model.knowledge import Corpus
from kb.model.procedure import SightlineProcedure
from kb.model.sightline import Section, SeenObstacle, SightlineResult
from kb.procedure.fields import ANY, Known, Span
from kb.sightline.geometry import Obstacle, Target, add, hidden_parts, line_height, see
from kb.sightline.steps import Line, SightlineWriter
from kb.sightline.survey import SightlineSurvey, SightNames


def find_procedure(corpus: Corpus) -> tuple[str, SightlineProcedure]:
    """Return the guideline that holds the procedure, and the procedure; raises `UsageError` where none does."""
    for one in corpus.procedures:
        if one.sightline is not None:
            return one.document, one.sightline
    raise UsageError("no guideline of the corpus has a procedure for sightlines (procedures.yaml)")


def check_sightline(corpus: Corpus, survey: SightlineSurvey, language: Language = "ja") -> SightlineResult:
    """Verify the sightline that was measured."""
    document, procedure = find_procedure(corpus)
    names = SightNames(procedure)
    context = names.context(survey.context)
    line = make_line(survey, procedure, names)
    write = SightlineWriter(survey, procedure, names, line, language)
    steps = list(write.steps())
    answers = {step.id: step.answer for step in steps}
    verdict = _judge(answers)
    advice = tuple(dict.fromkeys(_advise(write, answers, verdict)))
    missing = () if verdict != "unknown" else tuple(dict.fromkeys(m for step in steps for m in step.missing))
    locators = list(dict.fromkeys(locator for step in steps for locator in step.locators))
    return SightlineResult(
        document=document,
        language=language,
        name=survey.name,
        context=context,
        sight=line.sight,
        verdict=verdict,
        headline=write.say(_headline(verdict, answers, line)),
        steps=tuple(steps),
        advice=advice,
        missing=missing,
        notes=tuple(dict.fromkeys(_notes(write, procedure, survey, names))),
        citations=cite(corpus, document, locators, language),
        section=_section(write, line),
    )


def make_line(survey: SightlineSurvey, procedure: SightlineProcedure, names: SightNames) -> Line:
    """Turn a survey into geometry: heights above the viewpoint's ground, and the eye heights to verify."""
    entry = survey.target
    target = Target(entry.distance, add(entry.ground, entry.bottom), add(entry.ground, entry.top))
    obstacles = tuple(
        Obstacle(
            distance=one.distance,
            bottom=add(one.ground, one.bottom),
            top=add(one.ground, one.height),
            across="yes" if one.offset.high == 0 else "no" if one.offset.low > 0 else "unknown",
            opaque={"yes": "no", "no": "yes", "unknown": "unknown"}[one.see_through],  # type: ignore[arg-type]
        )
        for one in survey.obstacles or ()
    )
    rules = procedure.contexts[names.context(survey.context)]
    eye, assumed = survey.eye_height, False
    if eye == ANY and rules.eye_height is not None:
        assert rules.eye_height.value_max is not None
        eye, assumed = Span(low=rules.eye_height.value.base, high=rules.eye_height.value_max.base), True
    listed = obstacles if survey.obstacles is not None else (Obstacle(ANY, ANY, ANY, "unknown", "unknown"),)
    return Line(eye, assumed, target, obstacles, see(eye, target, listed))


def _judge(answers: dict[str, Known]) -> VerdictWord:
    """Settle the verdict from the steps; a forbidden wall is not lifted by a camera, a missing view is."""
    if answers["viewpoint"] == "no":
        return "not_applicable"
    if answers.get("fence") == "no":
        return "unknown" if answers["viewpoint"] == "unknown" else "fail"
    if answers["eye"] == "no":
        return "unknown"
    view: Known = _all_of(answers["sight"], answers["movement"])
    verdict: VerdictWord = "unknown"
    if view == "yes" and answers["distance"] == "yes":
        verdict = "pass"
    elif view == "no" and "supplement" not in answers:
        verdict = "fail"
    elif view == "no":
        verdict = {"yes": "pass_by_alternative", "no": "fail", "unknown": "unknown"}[answers["supplement"]]  # type: ignore[assignment]
    open_wall = answers.get("fence") == "unknown" and verdict in ("pass", "pass_by_alternative")
    return "unknown" if open_wall or answers["viewpoint"] == "unknown" else verdict


def _all_of(*answers: Known) -> Known:
    return "no" if "no" in answers else "unknown" if "unknown" in answers else "yes"


def _headline(verdict: VerdictWord, answers: dict[str, Known], line: Line) -> str:
    if verdict == "fail" and answers.get("fence") == "no":
        return "h_fail_fence"
    if verdict == "unknown" and line.sight == "visible":
        return "h_unknown_seen"
    if verdict == "unknown" and line.sight == "not_visible" and answers.get("supplement") == "unknown":
        return "h_unknown_hidden"
    return f"h_{verdict}"


def _advise(write: SightlineWriter, answers: dict[str, Known], verdict: VerdictWord) -> Iterator[str]:
    """Say what to do where it is not seen, or where a wall is too high."""
    if answers.get("fence") == "no":
        for index in write.forbidden("no"):
            yield write.say("a_fence", item=write.label(index), limit=write.limit)
    if answers["sight"] == "yes" and answers["movement"] != "no":
        return
    for index in write.blocking():
        yield from _advise_on(write, index)
    if answers["sight"] == "no" or answers["movement"] == "no":
        if "supplement" in answers:
            yield write.say("a_supplement")
        else:
            yield write.say("a_no_supplement", context=write.context_label)


def _advise_on(write: SightlineWriter, index: int) -> Iterator[str]:
    highest, item = highest_allowed(write.line, index), write.label(index)
    eye = write.height(write.line.eye.low)
    if highest is not None:
        ground = write.entry(index).ground.low
        above = highest - ground
        key = "a_lower" if above > 0 else "a_remove"
        yield write.say(key, item=item, height=write.height(max(above, Fraction(0)), down=True), eye=eye)
    yield write.say(
        "a_trim" if write.kind(index).id in ("planting", "ornamental_plant") else "a_see_through", item=item
    )


def highest_allowed(line: Line, index: int) -> Fraction | None:
    """Return the greatest height of an obstacle that hides nothing from the lowest eye height; None where it is open."""
    one, target = line.obstacles[index], line.target
    if not (one.distance.exact and target.distance.exact and target.bottom.exact) or line.eye.high is None:
        return None
    if one.distance.low >= target.distance.low:
        return None
    return line_height(line.eye.low, target.bottom.low, one.distance.low / target.distance.low)


def _notes(
    write: SightlineWriter, procedure: SightlineProcedure, survey: SightlineSurvey, names: SightNames
) -> Iterator[str]:
    language = write.language
    yield procedure.height_note.get(language)
    if survey.viewpoint is not None:
        viewpoint = names.viewpoint(survey.viewpoint)
        if viewpoint.note is not None and viewpoint.status(survey.building) != "yes":
            yield viewpoint.note.get(language)
    for one in survey.obstacles or ():
        kind = names.obstacle(one.kind)
        if kind.note is not None:
            yield kind.note.get(language)
    if names.context(survey.context) == "inside":
        yield write.say("n_angle")
    yield write.say("n_moment")
    yield write.say("n_level")
    yield write.say("n_edge")


def _section(write: SightlineWriter, line: Line) -> Section:
    target, exact_eye = line.target, line.eye.high is not None
    hidden = hidden_parts(line.eye.low, target, line.obstacles) if exact_eye and _is_exact(target) else []
    blocking = set(write.blocking())
    certain = set(write.blocking(certain=True))
    obstacles = []
    for index, one in enumerate(line.obstacles):
        highest = highest_allowed(line, index) if index in blocking else None
        obstacles.append(
            SeenObstacle(
                label=write.label(index),
                distance=_float(one.distance),
                bottom=float(one.bottom.low),
                top=_float(one.top),
                ground=float(write.entry(index).ground.low),
                hides="yes" if index in certain else "unknown" if index in blocking else "no",
                highest=None if highest is None else float(highest),
            )
        )
    return Section(
        eye_low=float(line.eye.low) if exact_eye else None,
        eye_high=None if line.eye.high is None else float(line.eye.high),
        distance=_float(target.distance),
        target_ground=float(write.target_ground),
        target_bottom=_float(target.bottom),
        target_top=_float(target.top),
        hidden=tuple((float(low), float(high)) for low, high in hidden),
        obstacles=tuple(obstacles),
    )


def _is_exact(target: Target) -> bool:
    return target.distance.exact and target.bottom.exact and target.top.exact


def _float(span: Span) -> float | None:
    return float(span.low) if span.exact else None
