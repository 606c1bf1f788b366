"""Compare the guidelines: illuminance by place."""

from __future__ import annotations

import streamlit as st

from kb.ask.describe import Describer
from kb.base import KnowledgeBase
from kb.model.base import Language
from kb.ui.clause_view import draw_clause_body
from kb.ui.links import clause_link
from kb.ui.markup import element, plain, text
from kb.ui.matrix import Level, Matrix, illuminance_matrix
from kb.ui.strings import translate


@st.cache_data(show_spinner=False)
def _compute(_knowledge: KnowledgeBase, language: Language) -> Matrix:
    return illuminance_matrix(_knowledge.corpus, language)


def draw_matrix(knowledge: KnowledgeBase, language: Language) -> None:
    """Draw the matrix, and the clauses behind a place of it."""
    matrix = _compute(knowledge, language)
    describer = Describer(knowledge.corpus)
    st.html(element("p", text(translate("matrix_lead", language)), cls="kb-lead", lang=language))
    names = {place: describer.concept(place, language) for place in matrix.places}
    st.html(_table(matrix, names, describer, language))
    place = st.selectbox(
        translate("matrix_choose", language),
        matrix.places,
        index=None,
        format_func=lambda p: names[p],
        key="matrix-place",
        placeholder=translate("matrix_choose_hint", language),
    )
    if place is None:
        return
    clauses = dict.fromkeys(
        level.clause.id for document in matrix.documents for level in matrix.cells.get((place, document), ())
    )
    for number, name in enumerate(clauses):
        clause = knowledge.corpus.by_id[name]
        with st.expander(plain(knowledge.corpus.label(clause, language)), icon=":material/gavel:"):
            draw_clause_body(clause, knowledge.corpus, language)
            clause_link(clause, translate("open_clause", language), key=f"matrix-{number}")


def _table(matrix: Matrix, names: dict[str, str], describer: Describer, language: Language) -> str:
    guides = {document: describer.document(document, language) for document in matrix.documents}
    heads = [element("th", text(name), scope="col") for name in (translate("column_place", language), *guides.values())]
    rows = []
    for place in matrix.places:
        cells = [_cell(matrix.cells.get((place, document), ()), name, language) for document, name in guides.items()]
        rows.append(element("tr", element("th", text(names[place]), scope="row"), *cells))
    table = element(
        "table",
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        cls="kb-grid kb-matrix",
        lang=language,
    )
    name = translate("view_matrix", language)
    return element("div", table, cls="kb-scroll", tabindex="0", role="region", **{"aria-label": name})


def _cell(levels: tuple[Level, ...], guide: str, language: Language) -> str:
    if not levels:
        return element("td", text(translate("matrix_none", language)), cls="kb-none-cell", **{"data-guide": guide})
    lines = []
    for level in levels:
        condition = element("span", text(level.condition), cls="kb-remark") if level.condition else ""
        figure = element("strong", text(level.figure))
        lines.append(element("div", figure, condition, cls=f"kb-level kb-depth-{level.depth}"))
    return element("td", *lines, **{"data-guide": guide})
