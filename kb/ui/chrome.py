"""What every page has: name, language, size of text, the row of pages."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from kb.model.base import Language
from kb.ui.cookies import write_cookies
from kb.ui.registry import PAGES, make_page
from kb.ui.settings import is_large, switch_language, switch_size
from kb.ui.strings import translate

_STYLE = Path(__file__).resolve().parent / "style.css"
_LARGE_STYLE = Path(__file__).resolve().parent / "large.css"
_UPLOAD = '[data-testid="stFileUploaderDropzone"] button span[data-has-shortcut]'
"""Where the words of a file field's button stand; Streamlit's own are English in every language."""
ICON = Path(__file__).resolve().parent / "icon.png"
"""The picture in the browser's tab."""


def draw_header(language: Language, shown: str) -> None:
    """Draw the top of a page; `shown` is the address of the page that stands below."""
    st.html(_STYLE)
    if is_large():
        st.html(_LARGE_STYLE)
    st.html(
        f"<style>{_UPLOAD}::after {{ content: {json.dumps(translate('upload', language), ensure_ascii=False)}; }}</style>"
    )
    write_cookies()
    with st.container(horizontal=True, vertical_alignment="center", key="kb-bar", gap="small"):
        st.page_link(
            make_page(PAGES[0].key, language),
            label=translate("app_name", language),
            icon=":material/shield_with_house:",
        )
        st.space("stretch")
        size = translate("text_normal" if is_large() else "text_large", language)
        st.button(size, key="switch-size", type="tertiary", icon=":material/format_size:", on_click=switch_size)
        other = translate("other_language", language)
        st.button(other, key="switch-language", type="tertiary", icon=":material/translate:", on_click=switch_language)
    _draw_menu(language, shown)


def _draw_menu(language: Language, shown: str) -> None:
    """Draw the tasks side by side, and the rest in a menu, which is marked where one of its pages is shown."""
    more = [entry for entry in PAGES if entry.group == "more"]
    here = next((entry for entry in more if entry.key == shown), None)
    with st.container(horizontal=True, vertical_alignment="center", key="kb-nav", gap="small"):
        for entry in PAGES:
            if entry.group == "task":
                st.page_link(make_page(entry.key, language), icon=entry.icon)
        with st.container(key="kb-more-here" if here else "kb-more", width="content"):
            name = translate("nav_more", language)
            # A key per page: the menu closes when another page is opened.
            with st.popover(name, icon=":material/menu:", type="tertiary", key=f"menu-{shown}", width="stretch"):
                for entry in more:
                    st.page_link(make_page(entry.key, language), icon=entry.icon)
