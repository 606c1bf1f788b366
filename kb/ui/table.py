"""Tables that become lists on a narrow screen."""

from __future__ import annotations

from itertools import groupby

from kb.messages import say
from kb.model.base import Language
from kb.ui.markup import badge, element, text
from kb.ui.present import FigureRow, FindingRow
from kb.ui.strings import translate


def figures_table(rows: list[FigureRow], language: Language) -> str:
    """Return the figures as a table grouped by guideline, as HTML; what is the same in all rows stands above it."""
    subjects, remarks = {row.subject for row in rows}, {row.remark for row in rows}
    several, judged = len(subjects) > 1, any(row.badge for row in rows)
    columns = ["column_guide", *(["column_subject"] if several else []), "column_condition", "column_figure"]
    columns += [*(["column_verdict"] if judged else []), "column_source"]
    head = element("thead", element("tr", *(element("th", text(translate(c, language)), scope="col") for c in columns)))
    remarked = len(remarks) > 1
    bodies = []
    for _, group in groupby(rows, key=lambda row: row.guide):
        members = list(group)
        lines = [_cells(row, several, judged, remarked, language) for row in members]
        lines[0].insert(0, _guide_cell(members, language))
        bodies.append(element("tbody", *(element("tr", *cells) for cells in lines)))
    remark = remarks.pop() if len(remarks) == 1 else ""
    said = translate("all_rows", language, text=remark) if remark and len(rows) > 1 else remark
    shared = [*(subjects if not several else ()), said]
    caption = element("caption", *(element("span", text(words)) for words in filter(None, shared)))
    return element("table", caption, head, *bodies, cls="kb-table", lang=language)


def _guide_cell(members: list[FigureRow], language: Language) -> str:
    building = members[0].building
    remark = element("span", text(building), cls="kb-building") if building else ""
    return element("th", text(members[0].guide), remark, scope="rowgroup", rowspan=str(len(members)))


def _cells(row: FigureRow, with_subject: bool, judged: bool, remarked: bool, language: Language) -> list[str]:
    remark = element("span", text(row.remark), cls="kb-remark") if remarked and row.remark else ""
    figure = element("strong", text(row.figure), cls="kb-figure")
    cells = [element("td", text(row.subject), cls="kb-cell-subject")] if with_subject else []
    cells += [element("td", text(row.condition), cls="kb-cell-condition"), element("td", figure, remark)]
    if judged:
        shown = "" if row.badge is None else badge(row.badge.sign, row.badge.word, row.badge.tone)
        short = element("span", text(row.shortfall), cls="kb-remark") if row.shortfall else ""
        cells.append(element("td", shown, short, cls="kb-cell-verdict"))
    label = element("span", text(translate("column_source", language)), cls="kb-inline-label")
    cells.append(element("td", label, text(row.source), cls="kb-cell-source"))
    return cells


def comparison_table(rows: list[FigureRow], language: Language) -> str:
    """Return the figures with a column for each guideline and a row for each case, as HTML.

    A figure that holds in every case stands in each row.
    """
    guides = list(dict.fromkeys(row.guide for row in rows))
    heads = [element("th", text(name), scope="col") for name in (translate("column_condition", language), *guides)]
    lines = []
    always = say("in_every_case", language)
    cases = dict.fromkeys(row.condition for row in rows if row.condition != always) or {always: None}
    for case in cases:
        held = [row for row in rows if row.condition in (case, always)]
        cells = [_figures_of([row for row in held if row.guide == guide], guide, language) for guide in guides]
        lines.append(element("tr", element("th", text(case), scope="row"), *cells))
    body = element("thead", element("tr", *heads)) + element("tbody", *lines)
    table = element("table", body, cls="kb-grid kb-matrix", lang=language)
    name = translate("side_by_side", language)
    return element("div", table, cls="kb-scroll", tabindex="0", role="region", **{"aria-label": name})


def _figures_of(rows: list[FigureRow], guide: str, language: Language) -> str:
    if not rows:
        none = text(translate("side_none", language))
        return element("td", none, cls="kb-none-cell", **{"data-guide": guide})
    shown = []
    for row in rows:
        mark = "" if row.badge is None else badge(row.badge.sign, row.badge.word, row.badge.tone)
        short = element("span", text(row.shortfall), cls="kb-remark") if row.shortfall else ""
        shown.append(element("div", element("strong", text(row.figure)), " ", mark, short))
    return element("td", *shown, **{"data-guide": guide})


def findings_table(rows: list[FindingRow], language: Language) -> str:
    """Return verdicts as a table, as HTML."""
    columns = ("column_guide", "column_verdict", "column_required", "column_actual", "column_source")
    head = element("thead", element("tr", *(element("th", text(translate(c, language)), scope="col") for c in columns)))
    bodies = []
    for row in rows:
        short = element("span", text(row.shortfall), cls="kb-remark") if row.shortfall else ""
        shown = badge(row.badge.sign, row.badge.word, row.badge.tone)
        cells = [element("th", text(row.guide), scope="row"), element("td", shown, short, cls="kb-cell-verdict")]
        for column, words in zip(columns[2:], (row.required, row.actual, row.source), strict=True):
            label = element("span", text(translate(column, language)), cls="kb-inline-label")
            cells.append(element("td", label, text(words)))
        bodies.append(element("tbody", element("tr", *cells)))
    return element("table", head, *bodies, cls="kb-table", lang=language)
