"""The check sheet as a table that becomes a list on a narrow screen."""

from __future__ import annotations

from typing import get_args

from kb.model.base import Language
from kb.model.check import Mark, SheetRecord
from kb.ui.markup import badge, element, text
from kb.ui.strings import translate

_TONES = (("✓", "good"), ("✕", "bad"), ("？", "open"), ("—", "none"))
_MARKS: dict[Mark, tuple[str, str]] = dict(zip(get_args(Mark), _TONES, strict=True))
"""Sign and class of `style.css` of a mark of a check sheet."""


def sheet_table(sheet: SheetRecord, language: Language) -> str:
    """Return a check sheet as a table, as HTML: clause, mark, item, remarks."""
    columns = ("column_source", "check_mark", "check_item", "check_remarks")
    head = element("thead", element("tr", *(element("th", text(translate(c, language)), scope="col") for c in columns)))
    bodies = []
    for item in sheet.items:
        sign, tone = _MARKS[item.mark]
        cells = [
            element("th", text(item.label), scope="row"),
            element("td", badge(sign, item.mark_label, tone)),
            element("td", text(item.text or item.title)),
            element("td", text(translate("semicolon", language).join(item.remarks)), cls="kb-remark"),
        ]
        bodies.append(element("tbody", element("tr", *cells)))
    return element("table", head, *bodies, cls="kb-table", lang=language)
