"""Browse: read the guidelines, search them, compare illuminance, look terms up."""

from __future__ import annotations

import streamlit as st

from kb.model.base import Language
from kb.ui.browse_glossary import draw_glossary
from kb.ui.browse_guides import draw_guides
from kb.ui.browse_matrix import draw_equipment, draw_matrix
from kb.ui.browse_search import draw_search
from kb.ui.guard import show_page
from kb.ui.markup import element, text
from kb.ui.resources import open_knowledge
from kb.ui.settings import current_language
from kb.ui.strings import translate

VIEWS = {
    "guides": draw_guides,
    "search": draw_search,
    "matrix": draw_matrix,
    "equipment": draw_equipment,
    "glossary": draw_glossary,
}


def render() -> None:
    """Draw the page."""
    language = current_language()
    st.html(element("h1", text(translate("nav_browse", language)), cls="kb-title", lang=language))
    view = _choose_view(language)
    _keep_address()
    VIEWS[view](open_knowledge(language), language)


def _keep_address() -> None:
    """Tell the browser the address: a link from this page to itself changes what is drawn, but not the address bar."""
    st.query_params.from_dict(st.query_params.to_dict())


def _choose_view(language: Language) -> str:
    """Return the view that is shown, and keep it in the address."""
    named = st.query_params.get("view", "")
    shown = named if named in VIEWS else next(iter(VIEWS))
    st.session_state["browse-view"] = shown

    def choose() -> None:
        st.query_params.from_dict({"view": st.session_state["browse-view"] or shown})

    st.pills(
        translate("views", language),
        list(VIEWS),
        format_func=lambda view: translate(f"view_{view}", language),
        key="browse-view",
        on_change=choose,
        label_visibility="collapsed",
    )
    return shown


if __name__ == "__main__":
    show_page(render)
