"""What was measured along a line of sight: the input of a sightline check."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from kb.corpus.near import choose
from kb.corpus.strict_yaml import Path_, Source
from kb.errors import CorpusError
from kb.model.base import Frozen, Words
from kb.model.procedure import ObstacleKind, SightlineContext, SightlineProcedure, Viewpoint
from kb.procedure.fields import ANY, Length, Span, YesNo
from kb.procedure.read import FileProblems, read_model, read_source
from kb.text import fold

_ZERO = Span(low=Fraction(0), high=Fraction(0))
_BUILDINGS = {"戸建": "detached", "共同住宅": "apartment", "マンション": "apartment"}
SightBuilding = Annotated[
    Literal["apartment", "detached"],
    BeforeValidator(lambda value: _BUILDINGS.get(value, value) if isinstance(value, str) else value),
]


Supplement = Literal["camera", "other", "none"]

EXAMPLE = Path(__file__).resolve().parent / "example.yaml"
"""A line of sight to try with."""


class TargetEntry(Frozen):
    """What has to be seen: everything from one height to another, at a distance from the viewpoint."""

    distance: Length = ANY
    bottom: Length = Field(
        default=ANY, alias="from", description="見えるべき部分の下端の高さ / lowest height to be seen"
    )
    top: Length = Field(default=ANY, alias="to", description="見えるべき部分の上端の高さ / highest height to be seen")
    ground: Length = Field(default=_ZERO, description="目視点の地面からの地面の高さ / ground above the viewpoint's")


class ObstacleEntry(Frozen):
    """Something that stands across the line of sight, or beside it at an offset."""

    kind: str
    name: str = ""
    distance: Length = Field(default=ANY, description="目視点からの距離 / from the viewpoint")
    height: Length = Field(default=ANY, description="上端の高さ（その場所の地面から） / top above its own ground")
    bottom: Length = Field(default=_ZERO, description="下端の高さ（枝下など） / lower edge above its own ground")
    ground: Length = _ZERO
    offset: Length = Field(default=_ZERO, description="視線からの離れ。0は視線を横切る / 0 crosses the line")
    see_through: YesNo = "unknown"


class SightlineSurvey(Frozen):
    """The input of `kb sightline`."""

    name: str = ""
    context: str = Field(description="outside（敷地外部）, inside（構内）, common（共用部）")
    building: SightBuilding | None = None
    viewpoint: str | None = Field(default=None, description="目視点の種類 / kind of viewpoint")
    eye_height: Length = ANY
    target: TargetEntry = TargetEntry()
    obstacles: tuple[ObstacleEntry, ...] | None = Field(
        default=None, max_length=200, description="間にあるもの。何もなければ [] / what stands between, [] for nothing"
    )
    movement_recognisable: YesNo = Field(default="unknown", description="その場で人の動作（立ち居）が判断できたか")
    supplement: Supplement | None = Field(default=None, description="見通せないときの補完 / what makes up for it")


class SightNames:
    """Contexts, viewpoints and obstacles by every name that they answer to."""

    def __init__(self, procedure: SightlineProcedure) -> None:
        contexts: list[tuple[SightlineContext, Words]] = [(k, v.names) for k, v in procedure.contexts.items()]
        self.contexts = {fold(name): key for key, names in contexts for name in (key, *names.all)}
        self.viewpoints = {fold(name): one for one in procedure.viewpoints for name in (one.id, *one.names.all)}
        self.obstacles = {fold(name): one for one in procedure.obstacles for name in (one.id, *one.names.all)}

    def context(self, name: str) -> SightlineContext:
        """Return the context with this name; raises `KeyError`."""
        return self.contexts[fold(name).strip()]

    def viewpoint(self, name: str) -> Viewpoint:
        """Return the viewpoint with this name; raises `KeyError`."""
        return self.viewpoints[fold(name).strip()]

    def obstacle(self, name: str) -> ObstacleKind:
        """Return the kind of obstacle with this name; raises `KeyError`."""
        return self.obstacles[fold(name).strip()]


def read_sightline(file: Path, procedure: SightlineProcedure, language: str = "ja") -> SightlineSurvey:
    """Read a sightline file; raises `FileProblems` with every problem."""
    try:
        source = read_source(file)
    except CorpusError as error:
        raise FileProblems([error], language) from None
    return check_sightline_survey(source, procedure, language)


def check_sightline_survey(source: Source, procedure: SightlineProcedure, language: str = "ja") -> SightlineSurvey:
    """Turn parsed data into the input of a sightline check; raises `FileProblems` with every problem."""
    problems: list[CorpusError] = []
    survey = read_model(SightlineSurvey, source, problems)
    if survey is not None:
        _check_names(source, survey, SightNames(procedure), problems)
        _check_heights(source, survey, problems)
    if problems or survey is None:
        raise FileProblems(problems, language)
    return survey


def _check_names(source: Source, survey: SightlineSurvey, names: SightNames, problems: list[CorpusError]) -> None:
    asked: list[tuple[Path_, str, str, dict[str, object]]] = [
        (("context",), "kind", survey.context, dict(names.contexts))
    ]
    if survey.viewpoint is not None:
        asked.append((("viewpoint",), "viewpoint", survey.viewpoint, dict(names.viewpoints)))
    for index, one in enumerate(survey.obstacles or ()):
        asked.append((("obstacles", index, "kind"), "obstacle", one.kind, dict(names.obstacles)))
    for path, what, name, known in asked:
        if fold(name).strip() not in known:
            allowed = choose(f"one of {', '.join(list(known)[:12])} …", name, list(known))
            problems.append(source.error(path, f"unknown {what} {name!r}", allowed))


def _check_heights(source: Source, survey: SightlineSurvey, problems: list[CorpusError]) -> None:
    target = survey.target
    if target.top.high is not None and target.top.high < target.bottom.low:
        problems.append(source.error(("target", "to"), "found `to` below `from`", "`to` at or above `from`"))
    if target.distance.high == 0:
        problems.append(source.error(("target", "distance"), "found 0 m", "a distance above zero"))
    for index, one in enumerate(survey.obstacles or ()):
        if one.height.high is not None and one.height.high < one.bottom.low:
            found = "found `height` below `bottom`"
            problems.append(source.error(("obstacles", index, "height"), found, "`height` at or above `bottom`"))
