"""Read a design from the XLSX workbook that `kb template` writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb.design.names import KEYS, near, one_of, plain
from kb.design.points import Point
from kb.design.problems import Problems, Spot
from kb.design.raw import RawDesign, RawPlace, Said
from kb.design.run_cells import Cell, Sheet, read_workbook_cells
from kb.model.base import Text

HEAD_KEYS = ("name", "date", "address", "author", "remark", "guidelines")
PLACE_KEYS = ("id", "name", "origin", "date", "claims", "remark")
MARKERS = ("design", "presence", "building", "operator", "place", "points", "choices")
_FIRST_PLACE_ROW = 4


def read_workbook(file: Path, problems: Problems) -> RawDesign:
    """Read a workbook; raises `DesignFileError` where it cannot be read at all, else notes its problems."""
    sheets = read_workbook_cells(file)
    design = RawDesign(file.name)
    known = 0
    for sheet in sheets:
        marker = sheet.cells.get((1, 1))
        kind = "" if marker is None else str(marker.value).strip()
        if not sheet.cells or kind.startswith("#") or kind == "choices":
            continue
        if kind not in MARKERS:
            problems.add(
                Spot(file.name, sheet=sheet.title, row=1, column="A"),
                Text(ja="このシートはひな形のものではありません", en="this sheet is not one of the template"),
                Text(
                    ja="ひな形のシート（A1 は消さない）。メモのシートは A1 を # で始める",
                    en="sheets of the template, A1 kept; a sheet of notes has # in A1",
                ),
            )
            continue
        known += 1
        _SheetReader(file.name, sheet, problems).read(kind, design)
    if not known and not problems.found:
        problems.add(
            Spot(file.name),
            Text(ja="設計のシートがありません", en="no sheet of a design"),
            Text(ja="kb template で作った .xlsx", en="an .xlsx made by kb template"),
        )
    return design


class _SheetReader:
    """Reads one sheet into the design."""

    def __init__(self, file: str, sheet: Sheet, problems: Problems) -> None:
        self._file = file
        self._sheet = sheet
        self._problems = problems

    def read(self, kind: str, design: RawDesign) -> None:
        """Read the sheet, whose first cell says what it is about."""
        if kind == "design":
            self._head(design)
        elif kind == "presence":
            design.presence += self._presence()
        elif kind in ("building", "operator"):
            owner = self._owner(kind)
            if kind == "building":
                design.building = owner
            else:
                design.operator = owner
        elif kind == "points":
            design.measured += self._points()
        else:
            design.places += self._places()

    def _spot(self, row: int, column: int, key: str = "") -> Spot:
        return Spot(self._file, sheet=self._sheet.title, row=row, column=letters(column), key=key)

    def _value(self, row: int, column: int) -> Any:
        """Return what a cell holds, None where it is empty; formulas and errors are problems."""
        cell: Cell | None = self._sheet.cells.get((row, column))
        if cell is None:
            return None
        if cell.kind == "formula":
            self._problems.add(
                self._spot(row, column),
                Text(ja=f"数式（{cell.value}）は読めません", en=f"a formula ({cell.value}) is not read"),
                Text(ja="値（「値として貼り付け」）", en="a value (paste values)"),
            )
            return None
        if cell.kind == "error":
            self._problems.add(
                self._spot(row, column),
                Text(ja=f"エラー値 {cell.value} があります", en=f"the error value {cell.value}"),
                Text(ja="値", en="a value"),
            )
            return None
        if isinstance(cell.value, str):
            return cell.value.strip() or None
        return cell.value

    def _head(self, design: RawDesign) -> None:
        for row in range(2, self._sheet.rows + 1):
            key, value = self._value(row, 1), self._value(row, 3)
            if value is None:
                continue
            known = None if key is None else one_of(str(key), {one: KEYS.get(one, ()) for one in HEAD_KEYS})
            spot = self._spot(row, 3)
            if known is None:
                self._unknown_key(row, 1, str(key or ""), HEAD_KEYS)
            elif known == "guidelines":
                words = str(value).replace(",", "、").replace(" ", "、").split("、")
                design.guidelines = [Said(word, word, spot) for word in words if word]
            else:
                design.head[known] = Said(known, str(value), spot)

    def _unknown_key(self, row: int, column: int, found: str, allowed: tuple[str, ...]) -> None:
        hints = near(found, allowed)
        hint = f"「{hints[0]}」のことですか。" if hints else ""
        self._problems.add(
            self._spot(row, column),
            Text(ja=f"見出しの欄「{found}」は読めません。{hint}", en=f"unknown key {found!r}"),
            Text(ja=", ".join(allowed), en=", ".join(allowed)),
        )

    def _presence(self) -> list[Said]:
        found = []
        for row in range(3, self._sheet.rows + 1):
            place, value = self._value(row, 1), self._value(row, 3)
            if place is None and value is not None:
                self._unknown_key(row, 1, "", ("elevator_hall", "…"))
            elif place is not None:
                found.append(Said(str(place), value, self._spot(row, 3)))
        return found

    def _owner(self, kind: str) -> RawPlace:
        owner = RawPlace(self._spot(1, 1), kind, kind)
        for row in range(3, self._sheet.rows + 1):
            key, value = self._value(row, 1), self._value(row, 3)
            if value is None:
                continue
            if key is None:
                self._unknown_key(row, 1, "", ("fact id",))
                continue
            more = {"origin": self._value(row, 4), "date": self._value(row, 5)}
            owner.facts.append(_said(str(key), value, more, self._spot(row, 3)))
        return owner

    def _places(self) -> list[RawPlace]:
        kind = self._value(1, 2)
        if kind is None:
            self._problems.add(
                self._spot(1, 2),
                Text(ja="場所の種類が消えています", en="the kind of place is gone"),
                Text(ja="ひな形のとおりの B1（例 elevator_hall）", en="B1 as in the template, such as elevator_hall"),
            )
            return []
        keys = {column: self._value(2, column) for column in range(1, self._sheet.columns + 1)}
        found = []
        for row in range(_FIRST_PLACE_ROW, self._sheet.rows + 1):
            values = {column: self._value(row, column) for column in keys}
            if any(value is not None for value in values.values()):
                found.append(self._place(str(kind), row, keys, values))
        return found

    def _place(self, kind: str, row: int, keys: dict[int, Any], values: dict[int, Any]) -> RawPlace:
        place = RawPlace(self._spot(row, 1), kind)
        own = {str(keys[column]): value for column, value in values.items() if keys[column] in PLACE_KEYS}
        more = {"origin": own.get("origin"), "date": own.get("date")}
        for column, value in values.items():
            key = keys[column]
            if value is None:
                continue
            if key is None:
                self._unknown_key(2, column, "", ("fact id", *PLACE_KEYS))
            elif key in ("id", "name", "remark"):
                setattr(place, key, str(value))
            elif key == "claims":
                words = str(value).replace(",", "、").split("、")
                place.claims = [Said(word.strip(), word, self._spot(row, column)) for word in words if word.strip()]
            elif key not in PLACE_KEYS:
                place.facts.append(_said(str(key), value, more, self._spot(row, column)))
        return _join_measures(place)

    def _points(self) -> list[Point]:
        found = []
        for row in range(_FIRST_PLACE_ROW, self._sheet.rows + 1):
            place, x, y, lx = (self._value(row, column) for column in range(1, 5))
            if any(value is not None for value in (place, x, y, lx)):
                found.append(Point(place, x, y, lx, self._spot(row, 1)))
        return found


def _said(key: str, value: Any, more: dict[str, Any], spot: Spot) -> Said:
    fact, _, measure = key.partition("@")
    parts = {name: item for name, item in {**more, "measure": measure or None}.items() if item is not None}
    return Said(fact, {"value": value, **parts} if parts else value, spot)


def _join_measures(place: RawPlace) -> RawPlace:
    """Put the values of a fact that was measured in several ways together."""
    grouped: dict[str, list[Said]] = {}
    for said in place.facts:
        grouped.setdefault(plain(said.name), []).append(said)
    place.facts = [
        group[0] if len(group) == 1 else Said(group[0].name, [_as_mapping(one.value) for one in group], group[0].spot)
        for group in grouped.values()
    ]
    return place


def _as_mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"value": value}


def letters(column: int) -> str:
    """Name a column as a spreadsheet does: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
