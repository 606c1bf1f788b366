"""Write the YAML template of a design: every place and fact to fill in, with question, choices and unit beside it."""

from __future__ import annotations

import json

from kb.design.layout import OWNERS, Column, Layout, Table
from kb.model.base import Language

_HEAD: dict[Language, tuple[str, ...]] = {
    "ja": (
        "設計ファイルのひな形。分からない項目は unknown のままにする（「いいえ」や 0 とは扱わない）。",
        "場所は1か所ごとに1つの「- place: …」。同じ種類が3か所あれば3つ書き、無い場所は消して presence に absent と書く。",
        "数値には単位を付ける（45 lx, 1.2 m）。書き方の詳細は docs/design-files.md、すべての項目は kb schema design。",
    ),
    "en": (
        "Template of a design file. Leave unknown what is not known: it is never taken for no or zero.",
        "One `- place: …` for each single place. Remove places that there are not, and write absent under presence.",
        "Numbers with their unit (45 lx, 1.2 m). See docs/design-files.md, and kb schema design for every fact.",
    ),
}


def write_yaml_template(layout: Layout, building: str | None = None, guidelines: tuple[str, ...] = ()) -> str:
    """Return the template as YAML text that `kb check` can read as it is."""
    language = layout.language
    lines = [f"# {line}" for line in _HEAD[language]]
    lines += ["design:", "  name: unknown", "  date: unknown   # 2026-04-01", "  address: unknown", "  author: unknown"]
    listed = ", ".join(guidelines)
    lines += [f"guidelines: [{listed}]"] if guidelines else []
    for table in layout.tables:
        if table.place in OWNERS:
            lines += [f"{table.place}:   # {table.label}"]
            known = {"building": building} if table.place == "building" and building else {}
            lines += [line for column in table.columns for line in _fact(column, "  ", known)] or ["  remark: unknown"]
    lines += ["presence:   # present | absent | unknown"]
    lines += [f"  {place}: unknown   # {label}" for place, label in layout.presence] or ["  {}"]
    lines += ["places:"]
    for table in layout.tables:
        if table.place not in OWNERS:
            lines += _place(table)
    return "\n".join(lines) + "\n"


def _place(table: Table) -> list[str]:
    lines = [f"  - place: {table.place}   # {table.label}", f"    name: {json.dumps(table.label, ensure_ascii=False)}"]
    return lines + [line for column in table.columns for line in _fact(column, "    ", {})]


def _fact(column: Column, indent: str, known: dict[str, str]) -> list[str]:
    about = [column.label]
    if column.unit is not None:
        about.append(column.unit)
    if column.options and column.type != "boolean":
        about.append(" | ".join(column.options))
    value = known.get(column.fact, "unknown")
    comment = "; ".join(about).replace("\n", " ")
    if column.measure is None:
        return [f"{indent}{column.fact}: {value}   # {comment}"]
    return [f"{indent}{column.fact}: {{{column.measure}: {value}}}   # {comment}"]
