"""Parts of a page that are drawn when they are opened and not before: a page with many closed parts stays light."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kb.ui.guard import show_page


@st.fragment
def draw_when_opened(label: str, icon: str, key: str, draw: Callable[[], None]) -> None:
    """Draw a closed part; opening it draws its content, and nothing else of the page again."""
    box = st.expander(label, icon=icon, key=key, on_change="rerun")
    if box.open:
        with box:
            show_page(draw, key)
