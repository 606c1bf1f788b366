"""Where a check begins: an example, a file, a new design, or one that was kept."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kb.base import KnowledgeBase
from kb.design.problems import Problem
from kb.model.base import Language
from kb.ui.check_state import (
    closed_design,
    delete_kept,
    list_examples,
    list_kept,
    open_example,
    open_kept,
    open_new,
    open_upload,
    reopen_design,
)
from kb.ui.markup import element, plain, text
from kb.ui.strings import translate

PROBLEMS = 20
FILES = ["xlsx", "yaml", "yml", "json", "csv"]


def draw_start(knowledge: KnowledgeBase, language: Language) -> None:
    """Draw the ways to begin."""
    corpus = knowledge.corpus
    closed = closed_design()
    if closed is not None:
        label = plain(translate("check_reopen", language, name=closed.form.name))
        st.button(label, key="check-reopen", icon=":material/undo:", on_click=reopen_design)
    st.html(element("h2", text(translate("check_try", language)), cls="kb-section", lang=language))
    with st.container(horizontal=True, key="check-examples"):
        for kind in list_examples():
            label = translate(f"check_example_{kind}", language)
            if st.button(label, key=f"example-{kind}", type="primary" if kind == "apartment" else "secondary"):
                open_example(corpus, kind, language)
                st.rerun()
    file = st.file_uploader(translate("check_upload", language), type=FILES, key="check-file", max_upload_size=20)
    if file is not None:
        problems = open_upload(corpus, file.name, file.getvalue(), language)
        if not problems:
            st.rerun()
        show_problems(problems, "check_file_wrong", language)
    _draw_new(knowledge, language)
    _draw_kept(knowledge, language)
    _draw_templates(knowledge, language)


def _draw_new(knowledge: KnowledgeBase, language: Language) -> None:
    with st.form("check-new", border=True):
        st.html(element("p", text(translate("check_new", language)), cls="kb-label"))
        name = st.text_input(translate("check_new_name", language), key="check-new-name", max_chars=100)
        kinds = list_kinds(knowledge)
        kind = st.selectbox(
            translate("check_building", language),
            list(kinds),
            format_func=lambda one: kinds[one][language],
            key="check-new-building",
        )
        if st.form_submit_button(translate("check_new", language)):
            open_new(name.strip() or translate("check_new", language), kind, language)
            st.rerun()


def list_kinds(knowledge: KnowledgeBase) -> dict[str, dict[str, str]]:
    """Return the types of building that guidelines speak of, with their labels."""
    buildings = knowledge.corpus.vocabulary.buildings
    spoken_of = [kind for document in knowledge.corpus.documents for kind in document.buildings]
    return {
        kind: {"ja": buildings[kind].label.ja, "en": buildings[kind].label.en}
        for kind in dict.fromkeys(spoken_of)
        if kind in buildings
    }


def _draw_kept(knowledge: KnowledgeBase, language: Language) -> None:
    kept = list_kept()
    if not kept:
        return
    st.html(element("h2", text(translate("check_kept", language)), cls="kb-section", lang=language))
    for one in kept:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(element("p", text(one.name), " ", text(one.saved_at[:10]), cls="kb-label-inline"), width="stretch")
            if st.button(translate("check_open", language), key=f"open-{one.id}"):
                problems = open_kept(knowledge.corpus, one.id, language)
                if not problems:
                    st.rerun()
                show_problems(problems, "check_file_wrong", language)
            if st.button(translate("check_delete", language), key=f"delete-{one.id}", type="tertiary"):
                delete_kept(one.id)
                st.rerun()


def _draw_templates(knowledge: KnowledgeBase, language: Language) -> None:
    from kb.design.template import template_bytes

    with st.expander(translate("check_template", language), icon=":material/table_view:"):
        for kind, labels in list_kinds(knowledge).items():
            st.download_button(
                translate("check_template_get", language, building=labels[language]),
                data=partial(template_bytes, knowledge.corpus, ".xlsx", (), kind, language),
                file_name=f"template-{kind}.xlsx",
                key=f"template-{kind}",
                icon=":material/download:",
                on_click="ignore",
            )


def show_problems(problems: tuple[Problem, ...], heading: str, language: Language) -> None:
    """Show every problem of a file or of the form."""
    st.error(translate(heading, language, count=len(problems)), icon=":material/error:")
    lines = [element("li", text(one.get(language))) for one in problems[:PROBLEMS]]
    if len(problems) > PROBLEMS:
        lines.append(element("li", text(translate("check_more_problems", language, count=len(problems) - PROBLEMS))))
    st.html(element("ul", *lines, cls="kb-lines", lang=language))
