"""Tables: what stands in a cell, beside what stands in the same column of other rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kb.errors import InputError
from kb.model.base import Text
from kb.model.corpus import Clause, Column, Row, Table
from kb.model.study import Item, Option
from kb.quantity import parse_quantity
from kb.study.holes import show
from kb.study.items.hints import choose_wrong
from kb.study.sources import Source

_SHORTEST_LIST = 4
_LONGEST_CELL = 60
_REMARK = re.compile(r"（「[^」]*」はない）| \(without \"[^\"]*\"\)")
"""What a cell's paraphrase remarks on the cell's own wording."""
_NOT_ASKED = ("item", "number", "remark", "source", "proviso", "members", "performance", "detail", "chapters")


def make_tables(source: Source) -> Iterator[Item]:
    """Give for each row of a table one item per column whose cells differ, and one per member of a listed class."""
    for table in source.corpus.tables:
        clause = source.corpus.by_id.get(f"{table.document} {table.clause}")
        if clause is None or clause.text is None:
            continue
        yield from _cells(table, clause, source)
        yield from _members(table, clause, source)


def _cells(table: Table, clause: Clause, source: Source) -> Iterator[Item]:
    key = _key_column(table)
    if key is None:
        return
    for column in table.columns:
        if column.key == key.key or column.key in _NOT_ASKED:
            continue
        values = [(row, show_cell(row.cells.get(column.key))) for row in table.rows]
        filled = [(row, value) for row, value in values if value is not None]
        distinct = {value.ja for _, value in filled}
        if len(distinct) < 3 or any(len(value.ja) > _LONGEST_CELL for _, value in filled):
            continue
        for row, value in filled:
            item = _cell_item(table, clause, key, column, row, value, filled, source)
            if item is not None:
                yield item


def _cell_item(
    table: Table,
    clause: Clause,
    key: Column,
    column: Column,
    row: Row,
    value: Text,
    filled: list[tuple[Row, Text]],
    source: Source,
) -> Item | None:
    guide, name = source.short(table.document), show_cell(row.cells[key.key])
    assert name is not None
    options = [Option(text=value, right=True, why=Text(ja="表のとおりです。", en="That is what the table has."))]
    for other, theirs in filled:
        title = show_cell(other.cells[key.key])
        if (
            theirs.ja == name.ja
            or theirs.ja in {o.text.ja for o in options}
            or theirs.en in {o.text.en for o in options}
            or title is None
        ):
            continue
        why = Text(ja=f"「{title.ja}」の内容です。", en=f"That belongs to “{title.en}”.")
        options.append(Option(text=theirs, right=False, why=why))
    heading = f"「{table.title.ja}」" if table.title.ja.startswith("表") else f"表（{table.title.ja}）"
    stem = Text(
        ja=f"「{guide.ja}」の{heading}で、{key.label.ja}「{name.ja}」の「{column.label.ja}」にあたるのはどれですか。",
        en=f"In “{table.title.en}” of the {guide.en}, what stands under “{column.label.en}” for “{name.en}”?",
    )
    wrong = choose_wrong(stem, value, options[1:])
    if wrong is None:
        return None
    home = source.corpus.by_id.get(f"{table.document} {row.clause}") if row.clause else None
    chosen = home if home is not None and home.text is not None else clause
    slot = f"{table.id}/{name.ja}/{column.key}"
    return source.make("table", chosen, slot, stem, [options[0], *wrong], subject=source.subject(chosen))


def _members(table: Table, clause: Clause, source: Source) -> Iterator[Item]:
    """Ask to which class a member belongs, where a table lists classes by name with their members."""
    key = next((c for c in table.columns if c.key in ("trade", "area")), None)
    if key is None or len(table.rows) < _SHORTEST_LIST or all(c.key != "members" for c in table.columns):
        return
    lists = [(row, show_cell(row.cells[key.key]), show_cell(row.cells["members"])) for row in table.rows]
    classes = [(row, name, _split(members)) for row, name, members in lists if name is not None and members is not None]
    for row, name, members in classes:
        home = source.corpus.by_id.get(f"{table.document} {row.clause}") or clause
        for ja, en in members:
            if ja in name.ja or sum(ja == m or ja in n.ja for _, n, ms in classes for m, _ in ms) > 1:
                continue
            yield _member_item(table, home, name, ja, en, [n for _, n, _ in classes], source)


def _member_item(table: Table, clause: Clause, name: Text, ja: str, en: str, names: list[Text], source: Source) -> Item:
    guide = source.short(table.document)
    options = [
        Option(text=name, right=True, why=Text(ja="この区分に挙げられています。", en="It is listed in this class."))
    ]
    start = names.index(name)
    for step in (1, 2, 4):
        other = names[(start + step) % len(names)]
        why = Text(ja=f"「{other.ja}」には{ja}は挙げられていません。", en=f"“{other.en}” does not list it.")
        options.append(Option(text=other, right=False, why=why))
    stem = Text(
        ja=f"「{guide.ja}」の商業地域の業種の区分で、「{ja}」が含まれるのはどれですか。",
        en=f"Among the trades of the commercial area in the {guide.en}, which class includes: {en}?",
    )
    return source.make("table", clause, f"{table.id}/{ja}", stem, options, subject="area")


def _split(members: Text) -> list[tuple[str, str]]:
    """Pair the members of both languages where they are listed in the same order and number."""
    ja = [part for part in members.ja.split("・") if part]
    en = [part.strip() for part in re.split(r",(?![^(]*\))", members.en)]
    pairs = zip(ja, en, strict=True) if len(ja) == len(en) else ()
    return [(a, b) for a, b in pairs if not re.search(r"関連|など|とその類い", a)]


def _key_column(table: Table) -> Column | None:
    """Return the first column of short names that differ in every row."""
    for column in table.columns:
        names = [show_cell(row.cells.get(column.key)) for row in table.rows]
        shown = [name.ja for name in names if name is not None]
        if len(shown) == len(table.rows) == len(set(shown)) and not all(re.fullmatch(r"[\W\d a-o]+", s) for s in shown):
            return column
    return None


def show_cell(value: Any) -> Text | None:
    """Write a cell in both languages; None for an empty one, for yes/no and for lists."""
    if isinstance(value, Text):
        plain = Text(ja=_REMARK.sub("", value.ja), en=_REMARK.sub("", value.en))
        return None if plain.ja in ("—", "") else plain
    if isinstance(value, str):
        try:
            return show(parse_quantity(value))
        except InputError:
            return Text(ja=value, en=value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Text(ja=str(value), en=str(value))
    return None
