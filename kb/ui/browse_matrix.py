"""Compare the guidelines place by place: illuminance, and equipment."""

from __future__ import annotations

import streamlit as st

from kb.ask.describe import Describer
from kb.base import KnowledgeBase
from kb.messages import say
from kb.model.base import Language
from kb.ui.clause_view import STRENGTH_SIGNS, draw_clause_body
from kb.ui.links import clause_link
from kb.ui.markup import element, plain, text
from kb.ui.matrix import Level, Matrix, equipment_matrix, illuminance_matrix
from kb.ui.strings import translate

_KINDS = {"matrix": illuminance_matrix, "equipment": equipment_matrix}


@st.cache_data(show_spinner=False, max_entries=8)
def _compute(_knowledge: KnowledgeBase, version: int, kind: str, language: Language) -> Matrix:
    """Return a matrix; `version` tells one knowledge base from another."""
    return _KINDS[kind](_knowledge.corpus, language)


def draw_matrix(knowledge: KnowledgeBase, language: Language) -> None:
    """Draw illuminance by place and guideline."""
    _draw("matrix", knowledge, language)


def draw_equipment(knowledge: KnowledgeBase, language: Language) -> None:
    """Draw equipment by place and guideline."""
    _draw("equipment", knowledge, language)


def _draw(kind: str, knowledge: KnowledgeBase, language: Language) -> None:
    """Draw a matrix; a place that is chosen is shown alone, with the clauses behind it."""
    matrix = _compute(knowledge, id(knowledge.corpus), kind, language)
    describer = Describer(knowledge.corpus)
    st.html(element("p", text(translate(f"lead_{kind}", language)), cls="kb-lead", lang=language))
    if kind == "equipment":
        st.html(_legend(language))
    names = {place: describer.concept(place, language) for place in matrix.places}
    place = st.selectbox(
        translate("matrix_choose", language),
        matrix.places,
        index=None,
        format_func=lambda p: names[p],
        key=f"{kind}-place",
        placeholder=translate("matrix_choose_hint", language),
    )
    shown = matrix.places if place is None else (place,)
    st.html(_table(matrix, shown, names, describer, language, kind))
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


def _legend(language: Language) -> str:
    marks = [f"{STRENGTH_SIGNS[s][0]} {say(f'short_{s}', language)}" for s in ("shall", "should", "may")]
    return element("p", text("　".join(marks)), cls="kb-remark", lang=language)


def _table(
    matrix: Matrix, places: tuple[str, ...], names: dict[str, str], describer: Describer, language: Language, kind: str
) -> str:
    guides = {document: describer.document(document, language) for document in matrix.documents}
    heads = [element("th", text(name), scope="col") for name in (translate("column_place", language), *guides.values())]
    rows = []
    for place in places:
        none = translate(f"none_{kind}", language)
        cells = [_cell(matrix.cells.get((place, d), ()), name, none, language) for d, name in guides.items()]
        rows.append(element("tr", element("th", text(names[place]), scope="row"), *cells))
    table = element(
        "table",
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        cls="kb-grid kb-matrix",
        lang=language,
    )
    name = translate(f"view_{kind}", language)
    return element("div", table, cls="kb-scroll", tabindex="0", role="region", **{"aria-label": name})


def _cell(levels: tuple[Level, ...], guide: str, none: str, language: Language) -> str:
    if not levels:
        return element("td", text(none), cls="kb-none-cell", **{"data-guide": guide})
    lines = []
    for level in levels:
        remark = translate("equipment_alternative", language) if level.alternative else level.condition
        condition = element("span", text(remark), cls="kb-remark") if remark else ""
        sign = f"{STRENGTH_SIGNS[level.strength][0]} " if level.strength else ""
        figure = element("strong", text(sign + level.figure))
        lines.append(element("div", figure, condition, cls=f"kb-level kb-depth-{level.depth}"))
    return element("td", *lines, **{"data-guide": guide})
