"""Search the clauses; the words of the search are marked."""

from __future__ import annotations

import streamlit as st

from kb.base import KnowledgeBase
from kb.model.base import Language
from kb.ui.conversation import clean_question
from kb.ui.highlight import find_shared
from kb.ui.links import clause_link
from kb.ui.markup import element, marked, text
from kb.ui.strings import translate

_SHOWN = 12


def draw_search(knowledge: KnowledgeBase, language: Language) -> None:
    """Draw the search field, and what the address asks for."""
    query = clean_question(st.query_params.get("q", ""))
    with st.form("search-form", border=False, enter_to_submit=False):
        typed = st.text_input(
            translate("search_label", language),
            value=query,
            max_chars=500,
            placeholder=translate("search_hint", language),
        )
        if st.form_submit_button(translate("search_button", language), type="primary", icon=":material/search:"):
            st.query_params.from_dict({"view": "search", "q": clean_question(typed)})
            st.rerun()
    if not query:
        return
    with st.spinner(translate("searching", language)):
        hits = knowledge.search(query, k=_SHOWN)
    if not hits:
        st.info(translate("search_none", language), icon=":material/search_off:")
        return
    st.html(element("p", text(translate("search_found", language, count=len(hits))), cls="kb-lead", lang=language))
    for place, hit in enumerate(hits):
        clause = knowledge.corpus.by_id[f"{hit.document} {hit.locator}"]
        words = "" if clause.text is None else clause.text.get(language)
        with st.container(border=True):
            title = element("h2", text(knowledge.corpus.label(clause, language)), cls="kb-section")
            title_line = element("p", text(clause.title.get(language)), cls="kb-path") if clause.title else ""
            st.html(
                element(
                    "div",
                    title,
                    title_line,
                    element("p", marked(words, find_shared(words, query)), cls="kb-clause"),
                    lang=language,
                )
            )
            clause_link(clause, translate("open_clause", language), key=f"hit-{place}")
