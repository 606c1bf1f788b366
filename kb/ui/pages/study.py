"""Study: today's cards, a practice paper, judging a statement, progress, settings and files."""

from __future__ import annotations

import streamlit as st

from kb.model.base import Language
from kb.ui.guard import show_page
from kb.ui.markup import element, text
from kb.ui.settings import current_language
from kb.ui.strings import translate
from kb.ui.study_choices import draw_choices
from kb.ui.study_judge import draw_judge
from kb.ui.study_paper import draw_paper
from kb.ui.study_progress import draw_progress
from kb.ui.study_state import open_study
from kb.ui.study_today import draw_today

VIEWS = {
    "today": draw_today,
    "paper": draw_paper,
    "judge": draw_judge,
    "progress": draw_progress,
    "choices": draw_choices,
}


def render() -> None:
    """Draw the page."""
    language = current_language()
    st.html(element("h1", text(translate("nav_study", language)), cls="kb-title", lang=language))
    view = _choose_view(language)
    VIEWS[view](open_study(language), language)


def _choose_view(language: Language) -> str:
    """Return the view that is shown, and keep it in the address."""
    named = st.query_params.get("view", "")
    shown = named if named in VIEWS else next(iter(VIEWS))
    st.session_state["study-view"] = shown

    def choose() -> None:
        st.query_params["view"] = st.session_state["study-view"] or shown

    st.pills(
        translate("views", language),
        list(VIEWS),
        format_func=lambda view: translate(f"study_view_{view}", language),
        key="study-view",
        on_change=choose,
        label_visibility="collapsed",
    )
    return shown


if __name__ == "__main__":
    show_page(render)
