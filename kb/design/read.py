"""Read a design from any file that it may come in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb.design.build import Builder, Design
from kb.design.names import Names
from kb.design.points import Point, read_points
from kb.design.problems import DesignFileError, Problems, Spot, fail
from kb.design.raw import RawDesign, RawPlace, Said
from kb.design.text_file import read_text_file
from kb.model.base import Text
from kb.model.knowledge import Corpus

TEXT_FILES = (".yaml", ".yml", ".json")
WORKBOOKS = (".xlsx", ".xlsm")
POINTS = (".csv",)
ALLOWED = Text(
    ja="設計ファイル（.yaml, .yml, .json, .xlsx）か測定点（.csv）",
    en="a design (.yaml, .yml, .json, .xlsx) or points (.csv)",
)
_CSV = Text(ja="測定点のCSVファイル（.csv）", en="a CSV file of points (.csv)")


def read_design(file: Path, corpus: Corpus, points: Iterable[Path] = (), building: str | None = None) -> Design:
    """Read a design file, and CSV files of points that go with it.

    `building` is the type of building where the file does not say it. Raises `DesignFileError` with every problem.
    """
    problems = Problems()
    raw = read_raw(file, problems)
    for said in raw.points:
        raw.measured += _points_beside(file, said, problems)
    for one in points:
        raw.measured += _points(one, problems)
    if building is not None:
        _say_building(raw, building)
    design = Builder(corpus, Names(corpus.vocabulary), problems).build(raw)
    problems.stop()
    return design


def _points_beside(file: Path, said: Said, problems: Problems) -> list[Point]:
    named = Path(said.name)
    if named.is_absolute() or ".." in named.parts:
        problems.add(said.spot, Text(ja=f"「{said.name}」は読めません", en=f"{said.name!r} is not read"), _BESIDE)
        return []
    return _points(file.parent / named, problems, said.spot)


_BESIDE = Text(
    ja="設計ファイルと同じフォルダー（かその下）のCSV", en="a CSV in the folder of the design file, or below it"
)


def _points(file: Path, problems: Problems, spot: Spot | None = None) -> list[Point]:
    try:
        _check_file(file, POINTS, _CSV, spot)
        return read_points(file, problems)
    except DesignFileError as error:
        problems.found += [one for one in error.problems if one not in problems.found]
        return []


def _say_building(raw: RawDesign, building: str) -> None:
    raw.building = raw.building or RawPlace(Spot(raw.file), "building", "building")
    if not any(said.name in ("building", "type") and said.value is not None for said in raw.building.facts):
        raw.building.facts.append(Said("building", building, Spot(raw.file, key="--building")))


def read_raw(file: Path, problems: Problems) -> RawDesign:
    """Read what a design file says; raises `DesignFileError` where the file as such cannot be read."""
    try:
        _check_file(file, (*TEXT_FILES, *WORKBOOKS, *POINTS), ALLOWED)
        suffix = file.suffix.lower()
        if suffix in WORKBOOKS:
            from kb.design.workbook import read_workbook

            return read_workbook(file, problems)
        if suffix in POINTS:
            return RawDesign(file.name, measured=read_points(file, problems))
        return read_text_file(file, problems)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        found = Text(ja=f"開けません（{reason}）", en=f"cannot be opened ({reason})")
        raise fail(Spot(str(file)), found, ALLOWED) from None


def _check_file(file: Path, suffixes: tuple[str, ...], allowed: Text, spot: Spot | None = None) -> None:
    spot = spot or Spot(str(file))
    if file.is_dir():
        raise fail(spot, Text(ja=f"{file.name} はフォルダーです", en=f"{file.name} is a folder"), allowed)
    if not file.exists():
        raise fail(spot, Text(ja=f"{file.name} というファイルがありません", en=f"no such file: {file.name}"), allowed)
    if not file.is_file():
        raise fail(spot, Text(ja="ふつうのファイルではありません", en="not a regular file"), allowed)
    if file.suffix.lower() not in suffixes:
        named = file.suffix or file.name
        found = Text(ja=f"この種類のファイルは読めません: {named}", en=f"a file of another type: {named}")
        raise fail(spot, found, allowed)
