"""A design as a form of tables that a person fills in, and back to what a design file says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from kb.design.build import Builder, Design
from kb.design.layout import OWNERS, UNKNOWN, YES_NO, Column, Layout, Table
from kb.design.names import Names
from kb.design.points import Measured
from kb.design.problems import Problems, Spot
from kb.design.raw import RawDesign, RawPlace, Said
from kb.design.write_design import say_value
from kb.model.facts import FactValue, PlaceInstance
from kb.model.knowledge import Corpus
from kb.quantity import Quantity, convert
from kb.quantity.units import format_number
from kb.rules.speaker import Speaker

Row = dict[str, Any]


@dataclass
class Form:
    """What a person sees and changes. Cells are by column key; an empty one is None.

    A row of a place has `id` and `name`, too. `before` holds the design that the form was filled from: what its tables
    do not show (other facts, origin, date, claims) is kept from there.
    """

    name: str = ""
    building: str | None = None
    guidelines: tuple[str, ...] = ()
    head: dict[str, str] = field(default_factory=dict)
    owners: dict[str, Row] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    presence: dict[str, str] = field(default_factory=dict)
    before: dict[str, PlaceInstance] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    measured: tuple[Measured, ...] = ()


def fill_form(design: Design, layout: Layout, speaker: Speaker) -> Form:
    """Fill the form in from a design."""
    kinds = [known.value for known in design.view.building.facts.get("building", ())]
    head = {"date": design.date, "address": design.address, "author": design.author, "remark": design.remark}
    every = (design.view.building, design.view.operator, *design.view.places)
    form = Form(
        name=design.name,
        building=str(kinds[0]) if len(kinds) == 1 else None,
        guidelines=design.guidelines,
        head={key: value for key, value in head.items() if value},
        presence=dict(design.view.presence),
        before={place.id: place for place in every},
        remarks=dict(design.remarks),
        measured=design.measured,
    )
    for place in every:
        row = fill_row(place, layout.table(place.place), speaker)
        if place.place in OWNERS:
            form.owners[place.place] = row
        else:
            form.rows.setdefault(place.place, []).append({"id": place.id, "name": place.name, **row})
    return form


def fill_row(place: PlaceInstance, table: Table | None, speaker: Speaker) -> Row:
    """Write what is known of a place into the cells of its table."""
    if table is None:
        return {}
    return {column.key: _cell(place, column, speaker) for column in table.columns if column.fact != "building"}


def _cell(place: PlaceInstance, column: Column, speaker: Speaker) -> Any:
    known = value_in(place, column)
    if known is None:
        return None
    value = known.value
    if isinstance(value, bool):
        return YES_NO[speaker.language][0 if value else 1]
    if isinstance(value, Quantity):
        return float(convert(value, column.unit or value.unit).value)
    if isinstance(value, tuple):
        return "、".join(f"{format_number(convert(one, column.unit or one.unit).value)}" for one in value) or "なし"
    labels = dict(speaker.options(column.fact))
    if isinstance(value, frozenset):
        return [label for choice, label in labels.items() if choice in value]
    return labels.get(str(value), str(value))


def value_in(place: PlaceInstance, column: Column) -> FactValue | None:
    """Return the value of a fact that a column shows; None where there is none, or several."""
    values = place.facts.get(column.fact, ())
    fitting = [known for known in values if column.measure is None or known.measure == column.measure]
    return fitting[0] if len(fitting) == 1 else None


def is_empty(cell: Any) -> bool:
    """Tell whether a cell says nothing; an empty list does say something only where it was chosen (なし)."""
    if cell is None or cell != cell:  # NaN is what a table makes of an empty number
        return True
    return isinstance(cell, str) and cell.strip() in ("", *UNKNOWN.values()) or cell == []


def read_form(form: Form, layout: Layout, speaker: Speaker) -> RawDesign:
    """Return what the form says, as a design file would say it."""
    raw = RawDesign("")
    raw.head = {key: _said(key, value) for key, value in {"name": form.name, **form.head}.items() if value}
    raw.guidelines = [_said(one, one) for one in form.guidelines]
    raw.presence = [Said(place, word, _spot(place)) for place, word in form.presence.items()]
    for kind in OWNERS:
        owner = _place(kind, kind, form.owners.get(kind, {}), layout.table(kind), form, speaker)
        if kind == "building":
            owner.facts = [said for said in owner.facts if said.name != "building"]
            if form.building:
                owner.facts.insert(0, Said("building", form.building, _spot("building")))
            raw.building = owner
        else:
            raw.operator = owner
    for kind, rows in form.rows.items():
        for number, row in enumerate(rows, start=1):
            if not all(is_empty(cell) for key, cell in row.items() if key != "id") or row.get("id"):
                raw.places.append(_row(kind, number, row, layout, form, speaker))
    return raw


def _row(kind: str, number: int, row: Row, layout: Layout, form: Form, speaker: Speaker) -> RawPlace:
    name = "" if is_empty(row.get("name")) else str(row["name"]).strip()
    key = None if is_empty(row.get("id")) else str(row["id"])
    place = _place(kind, key, row, layout.table(kind), form, speaker, name or f"{speaker.place(kind)} {number}")
    place.name = name or None
    return place


def _place(
    kind: str, key: str | None, row: Row, table: Table | None, form: Form, speaker: Speaker, where: str = ""
) -> RawPlace:
    before = form.before.get(key or "")
    place = RawPlace(_spot(where or speaker.place(kind)), kind, key)
    columns = () if table is None else table.columns
    shown: dict[str, list[Any]] = {}
    for column in columns:
        cell = row.get(column.key)
        if is_empty(cell):
            continue
        kept = None if before is None else _kept(before, column, cell, speaker)
        shown.setdefault(column.fact, []).append(_say_cell(column, cell, speaker) if kept is None else say_value(kept))
    if before is not None:
        covered = {(column.fact, column.measure) for column in columns}
        for fact, values in before.facts.items():
            more = [known for known in values if not {(fact, None), (fact, known.measure)} & covered]
            shown.setdefault(fact, []).extend(say_value(known) for known in more)
        place.claims = [Said(one, one, _spot(where)) for one in sorted(before.claims)]
        place.remark = form.remarks.get(key or "")
    for fact, cells in shown.items():
        if cells:
            said = cells[0] if len(cells) == 1 else [_mapping(one) for one in cells]
            place.facts.append(Said(fact, said, Spot(where or speaker.place(kind), key=speaker.fact(fact))))
    return place


def _kept(before: PlaceInstance, column: Column, cell: Any, speaker: Speaker) -> FactValue | None:
    """Return the value that the form was filled from, where the cell still shows it: it keeps origin and date."""
    known = value_in(before, column)
    return known if known is not None and _cell(before, column, speaker) == cell else None


def _say_cell(column: Column, cell: Any, speaker: Speaker) -> Any:
    value = cell
    if isinstance(cell, float):
        value = int(cell) if cell.is_integer() else cell
    if column.type in ("choice", "list") and column.fact != "building":
        ids = {label: choice for choice, label in speaker.options(column.fact)}
        words = cell if isinstance(cell, list) else [cell]
        chosen = [ids.get(word, word) for word in words]
        value = chosen if column.type == "list" else chosen[0]
    return value if column.measure is None else {"value": value, "measure": column.measure}


def _said(key: str, value: str) -> Said:
    return Said(value if key == value else key, value, _spot(key))


def _spot(where: str) -> Spot:
    return Spot(where)


def _mapping(cell: Any) -> dict[str, Any]:
    return cell if isinstance(cell, dict) else {"value": cell}


def build_form(form: Form, corpus: Corpus, layout: Layout) -> Design:
    """Build the design that a form describes; raises `DesignFileError` with every cell that cannot be read."""
    problems = Problems()
    raw = read_form(form, layout, Speaker(corpus.vocabulary, layout.language))
    design = Builder(corpus, Names(corpus.vocabulary), problems).build(raw)
    problems.stop()
    known = {place.id for place in design.view.places}
    return replace(design, measured=tuple(one for one in form.measured if one.place.id in known))
