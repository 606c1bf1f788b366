"""Tools for the site: area, sightline, camera angles, average illuminance."""

from __future__ import annotations

import streamlit as st

from kb.model.base import Language
from kb.ui.guard import show_page
from kb.ui.markup import element, text
from kb.ui.resources import open_knowledge
from kb.ui.settings import current_language
from kb.ui.strings import translate
from kb.ui.tools_angles import draw_angles_view
from kb.ui.tools_area import draw_area_view
from kb.ui.tools_average import draw_average_view
from kb.ui.tools_sightline import draw_sightline_view

VIEWS = {
    "area": draw_area_view,
    "sightline": draw_sightline_view,
    "angles": draw_angles_view,
    "average": draw_average_view,
}


def render() -> None:
    """Draw the page."""
    language = current_language()
    st.html(element("h1", text(translate("nav_tools", language)), cls="kb-title", lang=language))
    view = _choose_view(language)
    st.query_params.from_dict(st.query_params.to_dict())
    VIEWS[view](open_knowledge(language), language)


def _choose_view(language: Language) -> str:
    """Return the tool that is shown, and keep it in the address."""
    named = st.query_params.get("view", "")
    shown = named if named in VIEWS else next(iter(VIEWS))
    st.session_state["tools-view"] = shown

    def choose() -> None:
        st.query_params.from_dict({"view": st.session_state["tools-view"] or shown})

    st.pills(
        translate("tool_views", language),
        list(VIEWS),
        format_func=lambda view: translate(f"tool_{view}", language),
        key="tools-view",
        on_change=choose,
        label_visibility="collapsed",
    )
    return shown


if __name__ == "__main__":
    show_page(render)
