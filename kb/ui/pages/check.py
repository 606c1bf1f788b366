"""Check a design: open or fill one in, see at once what it meets, and take the report along."""

from __future__ import annotations

import streamlit as st

from kb.base import KnowledgeBase
from kb.design.problems import DesignFileError
from kb.model.base import Language
from kb.ui.check_charts import draw_side_by_side
from kb.ui.check_edit import draw_edit, draw_statistics
from kb.ui.check_result import (
    draw_collect,
    draw_comparison,
    draw_conclusion,
    draw_downloads,
    draw_findings,
    draw_sheet,
)
from kb.ui.check_start import draw_start, show_problems
from kb.ui.check_state import (
    Opened,
    change_language,
    close_design,
    judge,
    keep_design,
    opened,
    read_bytes,
    remember_change,
    undo_change,
)
from kb.ui.guard import show_page
from kb.ui.markup import element, text
from kb.ui.resources import open_knowledge
from kb.ui.settings import current_language
from kb.ui.strings import translate

VIEWS = ("findings", "edit", "collect", "side", "sheet")


def render() -> None:
    """Draw the page."""
    language = current_language()
    knowledge = open_knowledge(language)
    now = opened()
    if now is None:
        title = element("h1", text(translate("check_title", language)), cls="kb-title")
        st.html(
            element("div", title, element("p", text(translate("check_lead", language)), cls="kb-lead"), lang=language)
        )
        draw_start(knowledge, language)
        return
    _draw_open(knowledge, now, language)


def _draw_open(knowledge: KnowledgeBase, now: Opened, language: Language) -> None:
    head = st.container()
    try:
        change_language(knowledge.corpus, now, language)
        now = opened() or now
        view = _choose_view_state()
        if view == "edit":
            # The form stands below the result but is read first: what was just changed counts.
            result, below = st.container(), st.container()
            with below:
                _draw_views(language)
                draw_edit(knowledge, now, language)
            with result:
                _draw_result(knowledge, now, language)
        else:
            _draw_result(knowledge, now, language)
            _draw_views(language)
            _draw_view(knowledge, now, view, language)
        remember_change(now)
    except DesignFileError as error:
        show_problems(error.problems, "check_form_wrong", language)
        if view != "edit":
            draw_edit(knowledge, now, language)
    with head:
        _draw_head(knowledge, now, language)


def _choose_view_state() -> str:
    chosen = st.session_state.get("check-view")
    return chosen if chosen in VIEWS else VIEWS[0]


def _draw_views(language: Language) -> None:
    st.pills(
        translate("check_section", language),
        VIEWS,
        default=VIEWS[0],
        format_func=lambda view: translate(f"check_view_{view}", language),
        key="check-view",
        required=True,
        label_visibility="collapsed",
    )


def _draw_head(knowledge: KnowledgeBase, now: Opened, language: Language) -> None:
    st.html(element("h1", text(now.form.name), cls="kb-title", lang=language))
    with st.container(horizontal=True, key="check-head"):
        st.button(
            translate("check_close", language), key="check-close", icon=":material/arrow_back:", on_click=close_design
        )
        if now.past:
            st.button(translate("check_undo", language), key="check-undo", icon=":material/undo:", on_click=undo_change)
        if st.button(
            translate("check_keep", language),
            key="check-keep",
            icon=":material/save:",
            help=translate("check_keep_help", language),
        ):
            _keep(knowledge, now, language)


def _keep(knowledge: KnowledgeBase, now: Opened, language: Language) -> None:
    try:
        design, _ = judge(knowledge, now)
    except DesignFileError:
        st.warning(translate("check_keep_failed", language))
        return
    if keep_design(design):
        st.success(translate("check_keep_done", language, name=design.name))
    else:
        st.warning(translate("check_keep_failed", language))


def _draw_result(knowledge: KnowledgeBase, now: Opened, language: Language) -> None:
    design, check = judge(knowledge, now)
    draw_conclusion(check, language)
    if check.notes:
        with st.expander(f"{translate('check_note', language)} — {len(check.notes)}", icon=":material/info:"):
            notes = [element("li", text(f"{one.where}: {one.text}" if one.where else one.text)) for one in check.notes]
            st.html(element("ul", *notes, cls="kb-lines", lang=language))
    draw_downloads(check, design, language)


def _draw_view(knowledge: KnowledgeBase, now: Opened, view: str, language: Language) -> None:
    _, check = judge(knowledge, now)
    if view == "findings":
        draw_statistics(check, language)
        draw_findings(knowledge.corpus, check, language)
    elif view == "collect":
        draw_collect(check, language)
    elif view == "side":
        _draw_compare(knowledge, now, language)
        draw_comparison(check, language)
        draw_side_by_side(check, language)
    else:
        draw_sheet(check, language)


def _draw_compare(knowledge: KnowledgeBase, now: Opened, language: Language) -> None:
    file = st.file_uploader(
        translate("check_compare", language), type=["xlsx", "yaml", "yml", "json"], key="check-compare"
    )
    if file is None:
        if now.earlier is not None:
            now.earlier, now.judged = None, None
            st.rerun()
        return
    if now.earlier is None:
        try:
            now.earlier = read_bytes(knowledge.corpus, file.name, file.getvalue())
        except DesignFileError as error:
            show_problems(error.problems, "check_file_wrong", language)
            return
        st.rerun()


if __name__ == "__main__":
    show_page(render)
