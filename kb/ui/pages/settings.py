"""Settings: language and size of text; and what is kept of the visitor's questions, to see, take along and delete."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from kb.model.base import Language
from kb.model.journal import Journal, JournalEntry
from kb.store.journal import KEEP_CHOICES, JournalStore
from kb.ui.feedback import draw_notice
from kb.ui.guard import show_page
from kb.ui.journal import forget, read_journal, visitor_token
from kb.ui.links import ask_link
from kb.ui.markup import element, plain, text
from kb.ui.settings import choose_language, choose_size, current_language, is_large
from kb.ui.strings import translate

_SHOWN = 30


def render() -> None:
    """Draw the page."""
    language = current_language()
    st.html(element("h1", text(translate("nav_settings", language)), cls="kb-title", lang=language))
    _draw_display(language)
    st.html(element("h2", text(translate("kept_title", language)), cls="kb-section", lang=language))
    journal = read_journal()
    if journal is None:
        st.html(element("p", text(translate("kept_nothing", language)), cls="kb-lead", lang=language))
        draw_notice(language)
    else:
        _draw_journal(journal, language)


def _draw_display(language: Language) -> None:
    st.html(element("h2", text(translate("display_title", language)), cls="kb-section", lang=language))
    names = {"ja": "language_ja", "en": "language_en"}
    st.radio(
        translate("choose_language", language),
        list(names),
        index=list(names).index(language),
        format_func=lambda one: translate(names[one], language),
        key=f"settings-language-{language}",
        horizontal=True,
        on_change=lambda: choose_language(st.session_state[f"settings-language-{language}"]),
    )
    large = is_large()
    st.radio(
        translate("choose_size", language),
        [False, True],
        index=int(large),
        format_func=lambda one: translate("size_large" if one else "size_normal", language),
        key=f"settings-size-{large}",
        horizontal=True,
        on_change=lambda: choose_size(st.session_state[f"settings-size-{large}"]),
    )


def _draw_journal(journal: Journal, language: Language) -> None:
    agreed = datetime.fromisoformat(journal.agreed_at).date().isoformat()
    said = translate("kept_since", language, date=agreed, count=len(journal.entries))
    st.html(element("p", text(said), cls="kb-lead", lang=language))
    st.selectbox(
        translate("keep_days", language),
        KEEP_CHOICES,
        index=KEEP_CHOICES.index(journal.keep_days),
        format_func=lambda days: translate("days", language, count=days),
        key="keep-days",
        on_change=lambda: JournalStore().keep_for(visitor_token(), st.session_state["keep-days"]),
    )
    with st.container(horizontal=True):
        st.download_button(
            translate("kept_export", language),
            journal.model_dump_json(indent=1),
            file_name="questions.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        with st.popover(translate("kept_delete_all", language), icon=":material/delete:"):
            st.markdown(translate("kept_delete_sure", language))
            st.button(translate("kept_delete_do", language), key="forget", type="primary", on_click=forget)
    for entry in journal.entries[:_SHOWN]:
        _draw_entry(entry, language)
    if len(journal.entries) > _SHOWN:
        st.html(element("p", text(translate("kept_more", language, count=_SHOWN)), cls="kb-remark", lang=language))


def _draw_entry(entry: JournalEntry, language: Language) -> None:
    asked = entry.asked
    with st.expander(plain(asked.question), icon=":material/chat:"):
        shown = [text(entry.asked_at[:10]), text(asked.headline)]
        if entry.rating is not None:
            shown.append(text(translate(f"rate_{entry.rating}", language)))
        if entry.remark:
            shown.append(text(entry.remark))
        st.html(element("ul", *(element("li", line) for line in shown), cls="kb-lines", lang=asked.language))
        ask_link(asked.question, translate("ask_again", language))
        st.button(
            translate("kept_delete", language),
            key=f"delete-{entry.id}",
            icon=":material/delete:",
            on_click=lambda number: JournalStore().delete(visitor_token(), number),
            args=(entry.id,),
        )


if __name__ == "__main__":
    show_page(render)
