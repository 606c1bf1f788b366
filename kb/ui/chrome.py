"""What every page has: name, language, size of text, the row of pages."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from kb.model.base import Language
from kb.ui.registry import PAGES, make_page
from kb.ui.settings import is_large, switch_language, switch_size
from kb.ui.strings import translate

_STYLE = Path(__file__).resolve().parent / "style.css"
_LARGE_STYLE = Path(__file__).resolve().parent / "large.css"
ICON = Path(__file__).resolve().parent / "icon.png"
"""The picture in the browser's tab."""


def draw_header(language: Language) -> None:
    """Draw the top of a page."""
    st.html(_STYLE)
    if is_large():
        st.html(_LARGE_STYLE)
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
    with st.container(horizontal=True, key="kb-nav", gap="small"):
        for entry in PAGES:
            st.page_link(make_page(entry.key, language), icon=entry.icon)
