"""Illuminance measured at points: the mean of each place, as the guidelines' notes define it, with its statistics."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

from kb.design.names import Names, one_of, plain
from kb.design.problems import Problems, Spot, fail
from kb.design.text_file import decode
from kb.model.base import Text
from kb.model.facts import DesignView, FactValue, PlaceInstance
from kb.quantity import Quantity

FACT = "illuminance"
MEASURE = "average_horizontal"
MOST_POINTS = 100_000
COLUMNS: dict[str, tuple[str, ...]] = {
    "place": ("場所", "場所名", "名称", "name", "id"),
    "x": ("x座標", "x[m]"),
    "y": ("y座標", "y[m]"),
    "lx": ("照度", "ルクス", "illuminance", "lux", "照度[lx]", "照度(lx)"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A point as it is written."""

    place: Any
    x: Any
    y: Any
    lx: Any
    spot: Spot


@dataclass(frozen=True, slots=True)
class Measured:
    """The readings of one place, in lx."""

    place: PlaceInstance
    readings: tuple[Fraction, ...]

    @property
    def mean(self) -> Fraction:
        """The mean over all points."""
        return sum(self.readings, Fraction(0)) / len(self.readings)


def read_points(file: Path, problems: Problems) -> list[Point]:
    """Read a CSV of points: place, x, y, lx; raises `DesignFileError` where it cannot be read at all."""
    text = decode(file)
    spot = Spot(file.name, 1)
    if "\0" in text:
        raise fail(spot, Text(ja="文字ではないデータ（NUL）が含まれています", en="it holds NUL characters"), _ALLOWED)
    rows = csv.reader(io.StringIO(text), strict=True)
    found: list[Point] = []
    try:
        head = next(rows, [])
        columns = _columns(head, spot)
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            line = Spot(file.name, rows.line_num)
            if len(row) != len(head):
                problems.add(
                    line,
                    Text(ja=f"列が {len(row)} 個あります", en=f"{len(row)} columns"),
                    Text(ja=f"見出しと同じ {len(head)} 列", en=f"{len(head)} columns, as in the heading"),
                )
                continue
            cells = {key: row[position].strip() for key, position in columns.items()}
            found.append(Point(cells["place"], cells["x"], cells["y"], cells["lx"], line))
            if len(found) > MOST_POINTS:
                raise fail(
                    line,
                    Text(ja="測定点が多すぎます", en="too many points"),
                    Text(ja=f"{MOST_POINTS:,} 点まで", en=f"at most {MOST_POINTS:,}"),
                )
    except csv.Error as error:
        where = Spot(file.name, rows.line_num)
        raise fail(where, Text(ja=f"CSVとして読めません（{error}）", en=f"not CSV ({error})"), _ALLOWED) from None
    if not found and not problems.found:
        raise fail(spot, Text(ja="測定点がありません", en="no points"), _ALLOWED)
    return found


_ALLOWED = Text(ja="place,x,y,lx の列があるCSV", en="a CSV with the columns place, x, y, lx")


def _columns(head: list[str], spot: Spot) -> dict[str, int]:
    found: dict[str, int] = {}
    for position, name in enumerate(head):
        key = one_of(name, COLUMNS)
        if key is None:
            raise fail(spot, Text(ja=f"列「{name}」は読めません", en=f"unknown column {name!r}"), _ALLOWED)
        if key in found:
            raise fail(spot, Text(ja=f"列「{name}」が2回あります", en=f"column {name!r} twice"), _ALLOWED)
        found[key] = position
    missing = [key for key in COLUMNS if key not in found]
    if missing:
        listed = ", ".join(missing)
        raise fail(spot, Text(ja=f"列 {listed} がありません", en=f"missing columns: {listed}"), _ALLOWED)
    return found


def collect_points(
    points: Iterable[Point], view: DesignView, names: Names, problems: Problems
) -> tuple[tuple[Measured, ...], tuple[PlaceInstance, ...]]:
    """Gather the points of each place; returns them, and the places that only the points name.

    A point names a place by id, by name, or by kind where the design has only one of the kind. A kind that the design
    does not describe becomes a place of its own; so does each `kind:name`.
    """
    readings: dict[str, list[Fraction]] = {}
    known: dict[str, PlaceInstance] = {}
    new: dict[str, PlaceInstance] = {}
    seen: set[tuple[str, Fraction, Fraction]] = set()
    for point in points:
        place = _find(point, view, names, new, problems)
        numbers = [_number(point, name, problems) for name in ("x", "y", "lx")]
        if place is None or any(number is None for number in numbers):
            continue
        x, y, lx = (number or Fraction(0) for number in numbers)
        if lx < 0:
            problems.add(
                point.spot,
                Text(ja=f"照度 {point.lx} は負の値です", en=f"{point.lx} lx is negative"),
                Text(ja="0以上", en="zero or more"),
            )
        if (place.id, x, y) in seen:
            where = f"{point.place} ({point.x}, {point.y})"
            problems.add(
                point.spot,
                Text(ja=f"{where} の点は2回目です", en=f"point {where} twice"),
                Text(ja="点ごとに1行", en="one row a point"),
            )
        seen.add((place.id, x, y))
        known[place.id] = place
        readings.setdefault(place.id, []).append(lx)
    measured = tuple(Measured(known[key], tuple(values)) for key, values in readings.items())
    return measured, tuple(new.values())


def _find(
    point: Point, view: DesignView, names: Names, new: dict[str, PlaceInstance], problems: Problems
) -> PlaceInstance | None:
    word = "" if point.place is None else str(point.place).strip()
    for matching in (
        [one for one in view.places if one.id == word],
        [one for one in view.places if one.name and plain(one.name) == plain(word)],
    ):
        if len(matching) == 1:
            return matching[0]
        if matching:
            _refuse_ambiguous(point, matching, problems)
            return None
    head, colon, own = word.replace("：", ":").partition(":")
    kinds = names.places.find(head.strip()) if head else []
    if len(kinds) == 1 and colon:
        kind, name = kinds[0], own.strip()
        return new.setdefault(word, PlaceInstance(f"{kind}:{name}", kind, name))
    if len(kinds) == 1:
        same = [one for one in view.places if one.place == kinds[0]]
        if len(same) == 1:
            return same[0]
        if same:
            _refuse_ambiguous(point, same, problems)
            return None
        return new.setdefault(kinds[0], PlaceInstance(f"{kinds[0]}-points", kinds[0]))
    listed = ", ".join(one.name or one.id for one in view.places[:8])
    hints = names.places.near(word) if problems.few else []
    problems.add(
        point.spot,
        Text(ja=f"場所「{word}」がありません", en=f"no place {word!r}"),
        Text(
            ja=f"設計にある場所の名称・id（{listed}）、または場所の種類{'（' + '、'.join(hints) + '）' if hints else ''}",
            en=f"name or id of a place of the design ({listed}), or a kind of place",
        ),
    )
    return None


def _refuse_ambiguous(point: Point, several: list[PlaceInstance], problems: Problems) -> None:
    listed = ", ".join(one.id for one in several[:8])
    problems.add(
        point.spot,
        Text(ja=f"「{point.place}」はどの場所か決まりません", en=f"{point.place!r} is ambiguous"),
        Text(ja=f"id（{listed}）", en=f"an id ({listed})"),
    )


def _number(point: Point, name: str, problems: Problems) -> Fraction | None:
    value = getattr(point, name)
    try:
        if isinstance(value, bool) or value is None:
            raise InvalidOperation
        number = Decimal(str(value).strip())
        if not number.is_finite() or abs(number) > 10**9:
            raise InvalidOperation
    except InvalidOperation:
        found = "" if value is None else value
        problems.add(
            Spot(point.spot.file, point.spot.line, name, point.spot.sheet, point.spot.row, point.spot.column),
            Text(ja=f"「{found}」は数値ではありません", en=f"{found!r} is not a number"),
            Text(ja="単位を付けない数値", en="a number without a unit"),
        )
        return None
    return Fraction(number)


def add_means(view: DesignView, measured: Iterable[Measured], new: Iterable[PlaceInstance]) -> DesignView:
    """Give each measured place its mean as the average horizontal illuminance, beside what the file says itself."""
    means = {one.place.id: one.mean for one in measured}
    places = [_with_mean(place, means.get(place.id)) for place in (*view.places, *new)]
    return replace(view, places=tuple(places))


def _with_mean(place: PlaceInstance, mean: Fraction | None) -> PlaceInstance:
    if mean is None:
        return place
    value = FactValue(Quantity(mean, "lx"), MEASURE, "measured")
    given = tuple(one for one in place.facts.get(FACT, ()) if one != replace(value, origin=one.origin))
    return replace(place, facts={**place.facts, FACT: (*given, value)})
