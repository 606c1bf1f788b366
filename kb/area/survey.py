"""What was surveyed around a property: the input of an area classification."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from kb.corpus.near import choose
from kb.corpus.strict_yaml import Path_, Source
from kb.errors import CorpusError
from kb.model.base import Frozen
from kb.model.procedure import AreaClass, AreaProcedure, FacilityKind
from kb.procedure.fields import ANY, Area, Length, Share, YesNo
from kb.procedure.read import FileProblems, read_model, read_source
from kb.text import fold

EXAMPLE = Path(__file__).resolve().parent / "example.yaml"
"""A survey to try with."""

EstateKind = Literal["housing", "commercial"]


class PropertyEntry(Frozen):
    """The property that is assessed (対象物件)."""

    name: str = ""
    kind: str = Field(description="種類（docs の一覧の名前かID） / a kind by name or id")
    treat_as: AreaClass | None = Field(
        default=None, description="原文で決まらない種類をどう扱うか / the assessor's decision"
    )
    contains: tuple[str, ...] | None = Field(
        default=None, min_length=1, description="複合施設の中にあるもの / what a complex holds"
    )
    authority_approved: YesNo = Field(default="no", description="行政に認められたもの / approved by the authorities")


class EstateEntry(Frozen):
    """One estate (団地) that the property is."""

    kind: EstateKind
    clearly_bounded: YesNo = "unknown"


class SharesEntry(Frozen):
    """Shares that were determined in another way than from the list of facilities."""

    of: str = Field(description="何の比率か（件数・延床面積など） / what they are shares of")
    residential: Share = ANY
    commercial: Share = ANY
    special: Share = ANY

    @model_validator(mode="after")
    def _at_most_all(self) -> SharesEntry:
        if self.residential.low + self.commercial.low + self.special.low > 1:
            raise ValueError("`residential`, `commercial` and `special` are together at most 100 percent")
        return self


class DivisionEntry(Frozen):
    """A road that divides the area, and the part in which the property lies."""

    road_width: Length = ANY
    road: Literal["public", "private"] | None = None
    clear: YesNo = "unknown"
    shares: SharesEntry | None = None


class FacilityEntry(Frozen):
    """A facility around the property, or several of a kind at one distance."""

    kind: str
    name: str = ""
    distance: Length = Field(default=ANY, description="対象物件の中心からの距離 / from the centre of the property")
    bearing: float | None = Field(
        default=None, ge=0, lt=360, description="北から時計回りの方位（図に使う） / for the plan"
    )
    count: int = Field(default=1, ge=1, le=100_000)
    area: Area = ANY
    part: Literal["same", "other"] | None = Field(default=None, description="道路で分けたとき、対象物件と同じ側か")
    treat_as: AreaClass | None = None
    contains: tuple[str, ...] | None = Field(default=None, min_length=1)
    authority_approved: YesNo = "no"


class SurveyEntry(Frozen):
    """How far the survey went."""

    complete_to: Length = Field(default=ANY, description="この半径までは全部調べた / everything within it is listed")
    dangerous_area: YesNo = Field(default="unknown", description="行政が危険とする地域が半径150m以内にあるか")


class AreaSurvey(Frozen):
    """The input of `kb area`: the property, how far was surveyed, and what stands there."""

    property: PropertyEntry
    survey: SurveyEntry = SurveyEntry()
    facilities: tuple[FacilityEntry, ...] = Field(default=(), max_length=5000)
    shares: SharesEntry | None = None
    share_by: Literal["count", "area", "given"] | None = Field(default=None, description="比率を何で数えるか")
    estate: EstateEntry | Literal["none"] | None = None
    division: DivisionEntry | Literal["none"] | None = None


class Kinds:
    """Facility kinds by every name that they answer to."""

    def __init__(self, procedure: AreaProcedure) -> None:
        self._by_name = {fold(name): kind for kind in procedure.kinds for name in (kind.id, *kind.names.all)}
        self.names = tuple(dict.fromkeys(name for kind in procedure.kinds for name in (kind.id, *kind.names.all)))

    def find(self, name: str) -> FacilityKind | None:
        """Return the kind with this name; None where there is none."""
        return self._by_name.get(fold(name).strip())

    def get(self, name: str) -> FacilityKind:
        """Return the kind with this name; raises `KeyError`."""
        return self._by_name[fold(name).strip()]


def read_survey(file: Path, procedure: AreaProcedure, language: str = "ja") -> AreaSurvey:
    """Read a survey; raises `FileProblems` with every problem of the file."""
    try:
        source = read_source(file)
    except CorpusError as error:
        raise FileProblems([error], language) from None
    return check_survey(source, procedure, language)


def check_survey(source: Source, procedure: AreaProcedure, language: str = "ja") -> AreaSurvey:
    """Turn parsed data into a survey; raises `FileProblems` with every problem."""
    problems: list[CorpusError] = []
    survey = read_model(AreaSurvey, source, problems)
    if survey is not None:
        _check_kinds(source, survey, Kinds(procedure), problems)
    if problems or survey is None:
        raise FileProblems(problems, language)
    return survey


def _check_kinds(source: Source, survey: AreaSurvey, kinds: Kinds, problems: list[CorpusError]) -> None:
    entries: list[tuple[Path_, PropertyEntry | FacilityEntry]] = [(("property",), survey.property)]
    entries += [(("facilities", index), entry) for index, entry in enumerate(survey.facilities)]
    for path, entry in entries:
        kind = _check_kind(source, (*path, "kind"), entry.kind, kinds, problems)
        inside = [
            _check_kind(source, (*path, "contains", index), name, kinds, problems)
            for index, name in enumerate(entry.contains or ())
        ]
        if kind is None:
            continue
        if entry.contains is not None and "complex" not in kind.may_be:
            problems.append(source.error((*path, "contains"), f"found {entry.kind!r}", "contains only with a complex"))
        if entry.treat_as is not None and len(kind.may_be) == 1:
            found = f"found {entry.treat_as!r}"
            allowed = f"no treat_as: {entry.kind!r} is {kind.may_be[0]} by the source"
            problems.append(source.error((*path, "treat_as"), found, allowed))
        if inside and all(one is not None and one.may_be == ("residential",) for one in inside):
            found = f"found {list(entry.contains or ())!r}"
            problems.append(source.error((*path, "contains"), found, "things of at least two classes of area"))
        if any(one is not None and "complex" in one.may_be for one in inside):
            found = f"found {list(entry.contains or ())!r}"
            problems.append(source.error((*path, "contains"), found, "no complex within a complex"))
    _check_by(source, survey, problems)


def _check_kind(
    source: Source, path: Path_, name: str, kinds: Kinds, problems: list[CorpusError]
) -> FacilityKind | None:
    kind = kinds.find(name)
    if kind is None:
        allowed = choose("a kind of facility, or その他 (other) with treat_as", name, kinds.names)
        problems.append(source.error(path, f"unknown kind {name!r}", allowed))
    return kind


def _check_by(source: Source, survey: AreaSurvey, problems: list[CorpusError]) -> None:
    if survey.share_by == "given" and survey.shares is None:
        problems.append(source.error(("share_by",), "found 'given'", "`shares` beside it, or count or area"))
