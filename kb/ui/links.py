"""Links from one page to a place on another."""

from __future__ import annotations

from contextlib import nullcontext

import streamlit as st

from kb.model.base import Language
from kb.model.corpus import Clause
from kb.ui.registry import make_page
from kb.ui.settings import current_language
from kb.ui.strings import translate


def clause_link(clause: Clause, label: str, key: str = "") -> None:
    """Draw a link that opens a clause on the page for browsing, in a box with a key of its own where one is given."""
    target = {"view": "guides", "document": clause.document, "locator": clause.locator}
    with st.container(key=key) if key else nullcontext():
        st.page_link(
            make_page("browse", current_language()), label=label, icon=":material/arrow_forward:", query_params=target
        )


def search_link(query: str, language: Language) -> None:
    """Draw a link that searches the clauses for a question."""
    label = translate("search_instead", language)
    target = {"view": "search", "q": query}
    st.page_link(make_page("browse", current_language()), label=label, icon=":material/search:", query_params=target)


def glossary_link(term: str, label: str) -> None:
    """Draw a link that looks a term up."""
    target = {"view": "glossary", "q": term}
    st.page_link(make_page("browse", current_language()), label=label, icon=":material/book_2:", query_params=target)


def ask_link(question: str, label: str) -> None:
    """Draw a link that asks a question."""
    st.page_link(
        make_page("ask", current_language()), label=label, icon=":material/chat:", query_params={"q": question}
    )
