"""Fill in a design: what it is, the tables of its places, what it has not, measured points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from kb.base import KnowledgeBase
from kb.design.form import Row, fill_form, is_empty
from kb.design.layout import OWNERS, UNKNOWN, Column, Layout, Table
from kb.design.points import add_means, collect_points, read_points
from kb.design.problems import DesignFileError, Problems
from kb.model.base import Language
from kb.ui.check_start import list_kinds, show_problems
from kb.ui.check_state import Opened, current_layout, full_layout, head_fields, judge
from kb.ui.markup import element, text
from kb.ui.strings import translate

if TYPE_CHECKING:
    import pandas as pd


def draw_edit(knowledge: KnowledgeBase, now: Opened, language: Language) -> None:
    """Draw the form, and take over what was changed."""
    _draw_head(knowledge, now, language)
    layout = current_layout(knowledge.corpus, now)
    tables = [table for table in layout.tables if _can_fill(table)]
    if not tables:
        return
    counts = {table.place: len(now.form.rows.get(table.place, [])) for table in tables}
    labels = {table.place: _label(table, counts, language) for table in tables}
    ordered = sorted(tables, key=lambda table: not counts[table.place])
    chosen = st.selectbox(
        translate("check_place", language),
        [table.place for table in ordered],
        format_func=lambda place: labels.get(place, place),
        key="check-place",
    )
    table = next(one for one in tables if one.place == chosen)
    if now.shown != chosen:
        now.shown, now.revision = chosen, now.revision + 1
    st.caption(translate("check_table_hint", language))
    if table.place in OWNERS:
        _edit_owner(now, table, language)
    else:
        _edit_places(now, table, language)
    _draw_presence(now, layout, language)
    _draw_points(knowledge, now, language)


def _can_fill(table: Table) -> bool:
    return any(column.fact != "building" for column in table.columns)


def _label(table: Table, counts: dict[str, int], language: Language) -> str:
    if table.place in OWNERS:
        return translate(f"check_owner_{table.place}", language)
    count = counts[table.place]
    return translate("check_place_count", language, label=table.label, count=count) if count else table.label


def _draw_head(knowledge: KnowledgeBase, now: Opened, language: Language) -> None:
    form = now.form
    kinds = list_kinds(knowledge)
    none = translate("check_building_none", language)
    documents = {document.id: document.short.get(language) for document in knowledge.corpus.documents}
    for key, value in head_fields(form).items():
        st.session_state.setdefault(key, value)
    name = st.text_input(translate("check_new_name", language), key="check-name", max_chars=100)
    form.name = name or form.name
    building = st.selectbox(
        translate("check_building", language),
        ["", *kinds],
        format_func=lambda one: kinds[one][language] if one else none,
        key="check-building",
    )
    form.building = building or None
    form.guidelines = tuple(
        st.multiselect(
            translate("check_guidelines", language),
            list(documents),
            format_func=lambda one: documents[one],
            placeholder=translate("check_guidelines_hint", language),
            key="check-guidelines",
        )
    )


def _edit_places(now: Opened, table: Table, language: Language) -> None:
    """Draw the table of one kind of place; its first state stays while it is shown, so that edits add up."""
    key = f"check-table-{table.place}-{now.revision}"
    base_key = f"{key}-base"
    columns = [column for column in table.columns if column.fact != "building"]
    if base_key not in st.session_state:
        st.session_state[base_key] = _frame(now.form.rows.get(table.place, []), columns)
    config: dict[str, Any] = {
        "id": None,
        "name": st.column_config.TextColumn(translate("check_name", language), pinned=True),
    }
    config |= {column.key: _configure(column) for column in columns}
    edited = st.data_editor(
        st.session_state[base_key],
        key=key,
        column_config=config,
        num_rows="dynamic",
        placeholder=UNKNOWN[language],
        hide_index=True,
        width="stretch",
    )
    kept = {str(row.get("id")): row for row in now.form.rows.get(table.place, [])}
    rows = [_row(record, kept) for record in edited.to_dict("records")]
    now.form.rows[table.place] = [row for row in rows if any(not is_empty(cell) for cell in row.values())]


def _frame(rows: list[Row], columns: list[Column]) -> pd.DataFrame:
    import pandas as pd

    data: dict[str, Any] = {name: pd.Series([row.get(name) for row in rows], dtype="object") for name in ("id", "name")}
    for column in columns:
        cells = [row.get(column.key) for row in rows]
        data[column.key] = pd.Series(cells, dtype="float64" if column.type == "quantity" else "object")
    return pd.DataFrame(data)


def _row(record: dict[Any, Any], kept: dict[str, Row]) -> Row:
    """Put the edited cells over what the row holds beside them (facts that this table does not show)."""
    cells = {
        str(key): None if is_empty(cell) else list(cell) if _is_list(cell) else cell for key, cell in record.items()
    }
    return {**kept.get(str(cells.get("id")), {}), **cells}


def _is_list(cell: Any) -> bool:
    return not isinstance(cell, str) and hasattr(cell, "__iter__")


def _configure(column: Column) -> Any:
    """Configure a column: a drop-down where there are choices, a number in its unit, the clauses as help."""
    about = "\n\n".join(part for part in (column.question, " / ".join(column.clauses[:4])) if part)
    if column.type == "list":
        return st.column_config.MultiselectColumn(column.heading, options=list(column.options), help=about)
    if column.options:
        return st.column_config.SelectboxColumn(column.heading, options=list(column.options), help=about)
    if column.type == "quantity":
        return st.column_config.NumberColumn(column.heading, min_value=0, help=about, format="plain")
    return st.column_config.TextColumn(column.heading, help=about)


def _edit_owner(now: Opened, table: Table, language: Language) -> None:
    """Draw the yes-or-no facts of the building or of the operator as a list with a drop-down each."""
    import pandas as pd

    key = f"check-table-{table.place}-{now.revision}"
    base_key = f"{key}-base"
    columns = [column for column in table.columns if column.type == "boolean"]
    row = now.form.owners.setdefault(table.place, {})
    if base_key not in st.session_state:
        values = pd.Series([row.get(column.key) for column in columns], dtype="object")
        st.session_state[base_key] = pd.DataFrame({"fact": [column.label for column in columns], "value": values})
    words = list(columns[0].options) if columns else []
    config = {
        "fact": st.column_config.TextColumn(translate("check_fact", language), disabled=True, width="large"),
        "value": st.column_config.SelectboxColumn(translate("check_value", language), options=words, width="small"),
    }
    edited = st.data_editor(
        st.session_state[base_key],
        key=key,
        column_config=config,
        placeholder=UNKNOWN[language],
        hide_index=True,
        width="stretch",
    )
    for column, cell in zip(columns, edited["value"], strict=True):
        row[column.key] = None if is_empty(cell) else cell


def _draw_presence(now: Opened, layout: Layout, language: Language) -> None:
    labels = dict(layout.presence)
    free = [place for place in labels if not now.form.rows.get(place)]
    absent = [place for place in free if now.form.presence.get(place) == "absent"]
    chosen = st.multiselect(
        translate("check_presence", language),
        free,
        default=absent,
        format_func=lambda place: labels.get(place, place),
        help=translate("check_presence_hint", language),
        placeholder=translate("choose_any", language),
        key=f"check-presence-{len(free)}",
    )
    for place in labels:
        if place in chosen:
            now.form.presence[place] = "absent"
        elif now.form.presence.get(place) == "absent":
            del now.form.presence[place]


def _draw_points(knowledge: KnowledgeBase, now: Opened, language: Language) -> None:
    file = st.file_uploader(translate("check_points", language), type=["csv"], key=f"check-points-{now.revision}")
    if file is None:
        return
    problems = add_points(knowledge, now, file.name, file.getvalue())
    if problems:
        show_problems(problems, "check_file_wrong", language)
    else:
        now.revision += 1
        st.rerun()


def add_points(knowledge: KnowledgeBase, now: Opened, name: str, data: bytes) -> tuple[Any, ...]:
    """Add measured points to the open design; returns the problems of the file, and changes nothing where it has any."""
    import tempfile
    from dataclasses import replace
    from pathlib import Path

    from kb.design.names import Names
    from kb.rules.speaker import Speaker

    problems = Problems()
    design, _ = judge(knowledge, now)
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / (Path(name).name or "points.csv")
            file.write_bytes(data)
            points = read_points(file, problems)
        measured, new = collect_points(points, design.view, Names(knowledge.corpus.vocabulary), problems)
        problems.stop()
    except DesignFileError as error:
        return error.problems
    changed = replace(design, view=add_means(design.view, measured, new), measured=(*now.form.measured, *measured))
    now.form = fill_form(
        changed, full_layout(knowledge.corpus, now), Speaker(knowledge.corpus.vocabulary, now.language)
    )
    now.form.name = design.name
    return ()


def draw_statistics(check: Any, language: Language) -> None:
    """Draw the statistics of the measured points."""
    lines = [
        element(
            "li",
            text(
                translate(
                    "check_points_line", language, name=one.name, mean=one.mean, count=one.count,
                    minimum=one.minimum, uniformity="–" if one.uniformity is None else one.uniformity,
                )
            ),
        )
        for one in check.points
    ]  # fmt: skip
    if lines:
        st.html(element("ul", *lines, cls="kb-lines", lang=language))
