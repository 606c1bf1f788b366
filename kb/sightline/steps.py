"""The steps of a sightline check: each question, its answer in words, the clauses, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from kb.area.facts import holds
from kb.model.area import MissingInput
from kb.model.base import Language
from kb.model.procedure import ObstacleKind, SightlineProcedure
from kb.model.sightline import SightlineStep
from kb.procedure.fields import Known, Span
from kb.quantity import Quantity, format_quantity
from kb.quantity.units import format_number
from kb.sightline.geometry import Interval, Obstacle, Sight, Target, eye_heights, hidden_parts, see
from kb.sightline.survey import ObstacleEntry, SightlineSurvey, SightNames
from kb.sightline.words import say

_KNOWN: dict[Sight, Known] = {"visible": "yes", "not_visible": "no", "unknown": "unknown"}


@dataclass(frozen=True)
class Line:
    """The geometry of one check; `assumed` where the eye heights are the standard's range."""

    eye: Span
    assumed: bool
    target: Target
    obstacles: tuple[Obstacle, ...]
    sight: Sight


class _Answer(NamedTuple):
    answer: Known
    text: str
    missing: Iterable[MissingInput] = ()


class SightlineWriter:
    """Writes the steps of one check in one language."""

    def __init__(
        self,
        survey: SightlineSurvey,
        procedure: SightlineProcedure,
        names: SightNames,
        line: Line,
        language: Language,
    ) -> None:
        self._survey, self._procedure, self._names = survey, procedure, names
        self.line, self.language = line, language
        self._context = names.context(survey.context)
        self._rules = procedure.contexts[self._context]
        self.limit = format_quantity(procedure.forbidden_height.value, language)
        self.context_label = self._rules.label.get(language)
        self.target_ground = survey.target.ground.low

    def say(self, key: str, **parts: object) -> str:
        """Return a sentence in the language of the check."""
        return say(key, self.language, **parts)

    def entry(self, index: int) -> ObstacleEntry:
        """Return what the survey says of an obstacle."""
        return (self._survey.obstacles or ())[index]

    def kind(self, index: int) -> ObstacleKind:
        """Return the kind of an obstacle."""
        return self._names.obstacle(self.entry(index).kind)

    def label(self, index: int) -> str:
        """Name an obstacle."""
        names = self.kind(index).names
        return self.entry(index).name or names.get(self.language)[0]

    def height(self, value: Fraction, down: bool = False) -> str:
        """Write a height to the millimetre; `down` rounds it down, so that what is written is still allowed."""
        if down:
            value = Fraction(int(value * 1000), 1000)
        return format_quantity(Quantity(value, "m"), self.language)

    def blocking(self, certain: bool = False) -> list[int]:
        """List the obstacles that alone keep the whole target from being seen from every eye height, or might."""
        wanted = ("not_visible",) if certain else ("not_visible", "unknown")
        return [i for i, one in enumerate(self.line.obstacles) if see(self.line.eye, self.line.target, [one]) in wanted]

    def forbidden(self, answer: Known) -> list[int]:
        """List walls and fences by the answer to whether they are allowed: `no` forbidden, `unknown` open."""
        return [i for i in range(len(self.line.obstacles)) if self.kind(i).limited and self._allowed(i) == answer]

    def _allowed(self, index: int) -> Known:
        entry = self.entry(index)
        if entry.see_through == "yes":
            return "yes"
        too_high = holds(self._procedure.forbidden_height, entry.height, "m")
        if too_high == "no":
            return "yes"
        return "no" if too_high == "yes" and entry.see_through == "no" else "unknown"

    def steps(self) -> Iterator[SightlineStep]:
        """Write all steps that the context has."""
        rules = self._rules
        yield self._viewpoint()
        yield self._step("eye", "q_eye", [rules.eye_clause], self._eye())
        sight = self._sight()
        yield self._step("sight", "q_sight", [rules.clause], sight)
        if rules.eye_height_wider is not None and self.line.assumed:
            wider = format_quantity(rules.eye_height_wider.value, self.language)
            yield self._step("wider", self.say("q_wider", wider=wider), [rules.eye_clause], self._wider())
        limit = format_quantity(rules.distance.value, self.language)
        locators = list(rules.distance.clauses)
        yield self._step("distance", self.say("q_distance", limit=limit), locators, self._distance(limit))
        movement = self._movement(sight.answer)
        yield self._step("movement", "q_movement", locators, movement)
        if self._context != "outside":
            return
        fence = self.say("q_fence", limit=self.limit)
        yield self._step("fence", fence, list(self._procedure.forbidden_height.clauses), self._fence())
        if any(self.kind(i).id == "planting" for i in range(len(self.line.obstacles))):
            yield self._step("planting", "q_planting", [self._procedure.attention], self._planting())
        if rules.supplement is not None and _all_of(sight.answer, movement.answer) != "yes":
            needed = "no" in (sight.answer, movement.answer)
            yield self._step("supplement", "q_supplement", [rules.supplement], self._supplement(needed))

    def _viewpoint(self) -> SightlineStep:
        if self._survey.viewpoint is None:
            answer = _Answer("unknown", self.say("viewpoint_open"), [self._missing("viewpoint")])
            return self._step("viewpoint", "q_viewpoint", [self._rules.clause], answer)
        viewpoint = self._names.viewpoint(self._survey.viewpoint)
        name = viewpoint.names.get(self.language)[0]
        status = viewpoint.status(self._survey.building)
        if self._context not in viewpoint.contexts:
            text = self.say("viewpoint_elsewhere", name=name, context=self.context_label)
            answer = _Answer("unknown", text, [self._missing("viewpoint")])
        elif status is None:
            answer = _Answer("unknown", self.say("viewpoint_building", name=name), [self._missing("building")])
        elif status == "contested":
            answer = _Answer("unknown", self.say("viewpoint_contested", name=name), [self._missing("viewpoint")])
        else:
            answer = _Answer(status, self.say(f"viewpoint_{status}", name=name))
        return self._step("viewpoint", "q_viewpoint", [viewpoint.clause], answer)

    def _eye(self) -> _Answer:
        rules, eye = self._rules, self.line.eye
        written = eye.write("m", self.language)
        if rules.eye_height is None:
            if eye.high is None:
                missing = [self._missing("eye_height")] if self.line.sight == "unknown" else []
                return _Answer("unknown", self.say("eye_missing"), missing)
            return _Answer("yes", self.say("eye_no_figure", eye=written))
        assert rules.eye_height.value_max is not None and rules.eye_height_wider is not None
        standard = Span(low=rules.eye_height.value.base, high=rules.eye_height.value_max.base).write("m", self.language)
        wider = format_quantity(rules.eye_height_wider.value, self.language)
        if self.line.assumed:
            return _Answer("yes", self.say("eye_standard", range=standard))
        high = eye.low if eye.high is None else eye.high
        parts = {"eye": written, "range": standard, "wider": wider}
        ends = (Quantity(eye.low, "m"), Quantity(high, "m"))
        if all(rules.eye_height.holds(one) for one in ends):
            return _Answer("yes", self.say("eye_inside", **parts))
        if eye.low >= rules.eye_height.value.base and rules.eye_height_wider.holds(ends[1]):
            return _Answer("yes", self.say("eye_wider", **parts))
        return _Answer("no", self.say("eye_outside", **parts), [self._missing("eye_height")])

    def _sight(self) -> _Answer:
        line = self.line
        if self._survey.obstacles is None:
            return _Answer("unknown", self.say("sight_no_list"), [self._missing("obstacles")])
        if line.sight == "visible":
            blocked = any(one.opaque != "no" and one.across != "no" for one in line.obstacles)
            return _Answer("yes", self.say("sight_visible" if blocked else "sight_nothing"))
        if line.sight == "not_visible":
            items = self._names_of(self.blocking(certain=True) or self.blocking())
            return _Answer("no", self.say("sight_not_visible", items=items) + self._hidden())
        missing = list(self._sight_missing())
        if missing or line.eye.high is None:
            return _Answer("unknown", self.say("sight_open"), missing)
        heights = self._heights(eye_heights(line.target, line.obstacles, certain=True))
        missing = [self._missing("eye_height")]
        return _Answer("unknown", self.say("sight_from", heights=heights), missing)

    def _hidden(self) -> str:
        line = self.line
        exact = line.target.distance.exact and line.target.bottom.exact and line.target.top.exact
        if line.eye.high is None or not exact:
            return ""
        parts = hidden_parts(line.eye.low, line.target, line.obstacles)
        written = [
            Span(low=low - self.target_ground, high=high - self.target_ground).write("m", self.language)
            for low, high in parts
        ]
        if not written:
            return ""
        space = "" if self.language == "ja" else " "
        eye = self.height(line.eye.low)
        return space + self.say("sight_hidden", eye=eye, parts=self.say("and").join(written))

    def _heights(self, intervals: list[Interval]) -> str:
        eye = self.line.eye
        written = []
        for low, high in intervals:
            above = low is not None and low > eye.low
            below = high is not None and eye.high is not None and high < eye.high
            parts = {"low": self._round(low), "high": self._round(high)}
            key = "from_between" if above and below else "from_up" if above else "from_down"
            inside = (low is None or eye.high is None or low <= eye.high) and (high is None or high >= eye.low)
            if inside:
                written.append(self.say(key, **parts))
        return self.say("and").join(written)

    def _round(self, value: Fraction | None) -> str:
        return (
            ""
            if value is None
            else f"{format_number(value)} m"
            if self.language == "en"
            else f"{format_number(value)}m"
        )

    def _sight_missing(self) -> Iterator[MissingInput]:
        """Name what is open about the target and about every obstacle that might stand in the way."""
        open_ones = self._undecided()
        for key in ("distance", "bottom", "top"):
            name = {"bottom": "from", "top": "to"}.get(key, key)
            if not getattr(self._survey.target, key).exact and open_ones and self._target_matters(key):
                yield self._missing(f"target.{name}")
        for index in open_ones:
            entry, item = self.entry(index), self.label(index)
            for key in ("distance", "height", "bottom", "ground", "offset"):
                if not getattr(entry, key).exact:
                    yield self._missing(f"obstacles.{index}.{key}", f"m_{key}", item=item)
            if entry.see_through == "unknown":
                yield self._missing(f"obstacles.{index}.see_through", "m_see_through", item=item)

    def _undecided(self) -> list[int]:
        """List the obstacles whose open facts leave it open whether they hide anything, at some eye height alone."""
        line = self.line
        found = []
        for index, one in enumerate(line.obstacles):
            certain = eye_heights(line.target, [one], certain=True)
            possible = eye_heights(line.target, [one], certain=False)
            if certain != possible and see(line.eye, line.target, [one]) != "visible":
                found.append(index)
        return found

    def _target_matters(self, key: str) -> bool:
        """The upper end only matters where something hangs above the line."""
        return key != "top" or any(one.bottom != Span(low=Fraction(0), high=Fraction(0)) for one in self.line.obstacles)

    def _wider(self) -> _Answer:
        assert self._rules.eye_height_wider is not None
        line = self.line
        eye = Span(low=line.eye.low, high=self._rules.eye_height_wider.value.base)
        if self._survey.obstacles is None:
            return _Answer("unknown", self.say("wider_open"))
        answer = _KNOWN[see(eye, line.target, line.obstacles)]
        possible = eye_heights(line.target, line.obstacles, certain=False)
        certain = eye_heights(line.target, line.obstacles, certain=True)
        if answer == "unknown" and certain == possible:
            answer = "no"
        return _Answer(answer, self.say({"yes": "wider_yes", "no": "wider_no", "unknown": "wider_open"}[answer]))

    def _distance(self, limit: str) -> _Answer:
        distance = self._survey.target.distance
        answer = holds(self._rules.distance, distance, "m")
        written = distance.write("m", self.language)
        if answer == "unknown":
            return _Answer(answer, self.say("distance_open", limit=limit), [self._missing("target.distance")])
        text = self.say(f"distance_{answer}", distance=written, limit=limit)
        far = [self._missing("target.distance", "m_target.distance_far", limit=limit)] if answer == "no" else []
        return _Answer(answer, text, far)

    def _movement(self, sight: Known) -> _Answer:
        if sight == "no":
            return _Answer("no", self.say("movement_hidden"))
        answer = self._survey.movement_recognisable
        key = {"yes": "movement_yes", "no": "movement_no", "unknown": "movement_open"}[answer]
        missing = [self._missing("movement_recognisable")] if answer == "unknown" else []
        return _Answer(answer, self.say(key), missing)

    def _fence(self) -> _Answer:
        walls = [i for i in range(len(self.line.obstacles)) if self.kind(i).limited]
        if self._survey.obstacles is None:
            return _Answer("unknown", self.say("sight_no_list"), [self._missing("obstacles")])
        if forbidden := self.forbidden("no"):
            return _Answer("no", self.say("fence_no", items=self._names_of(forbidden), limit=self.limit))
        if unsettled := self.forbidden("unknown"):
            missing = list(self._fence_missing(unsettled))
            return _Answer("unknown", self.say("fence_open", items=self._names_of(unsettled)), missing)
        return _Answer("yes", self.say("fence_yes" if walls else "fence_none"))

    def _fence_missing(self, indices: list[int]) -> Iterator[MissingInput]:
        for index in indices:
            entry, item = self.entry(index), self.label(index)
            if holds(self._procedure.forbidden_height, entry.height, "m") == "unknown":
                yield self._missing(f"obstacles.{index}.height", "m_height", item=item)
            if entry.see_through == "unknown":
                yield self._missing(f"obstacles.{index}.see_through", "m_see_through", item=item)

    def _planting(self) -> _Answer:
        plants = [i for i in range(len(self.line.obstacles)) if self.kind(i).id == "planting"]
        certain = [i for i in self.blocking(certain=True) if i in plants]
        maybe = [i for i in self.blocking() if i in plants]
        if certain:
            return _Answer("no", self.say("planting_no", items=self._names_of(certain)))
        if maybe:
            return _Answer("unknown", self.say("planting_open", items=self._names_of(maybe)))
        return _Answer("yes", self.say("planting_yes"))

    def _supplement(self, needed: bool) -> _Answer:
        given = self._survey.supplement
        if given is None:
            missing = [self._missing("supplement")] if needed else []
            return _Answer("unknown", self.say("supplement_open"), missing)
        return _Answer("no" if given == "none" else "yes", self.say(f"supplement_{given}"))

    def _names_of(self, indices: list[int]) -> str:
        return self.say("and").join(self.label(index) for index in indices)

    def _missing(self, key: str, sentence: str | None = None, **parts: object) -> MissingInput:
        empty = "[]" if key == "obstacles" else None
        return MissingInput(key=key, question=self.say(sentence or f"m_{key}", **parts), empty=empty)

    def _step(self, key: str, question: str, locators: list[str], answer: _Answer) -> SightlineStep:
        return SightlineStep(
            id=key,
            answer=answer.answer,
            question=self.say(question) if question.startswith("q_") else question,
            text=answer.text,
            locators=tuple(locators),
            missing=tuple(answer.missing),
        )


def _all_of(*answers: Known) -> Known:
    return "no" if "no" in answers else "unknown" if "unknown" in answers else "yes"


__all__ = ["Line", "SightlineWriter"]
