"""The knowledge base, opened once for all visitors."""

from __future__ import annotations

import streamlit as st

from kb.base import KnowledgeBase
from kb.model.base import Language
from kb.ui.strings import translate


@st.cache_resource(show_spinner=False)
def _open() -> KnowledgeBase:
    return KnowledgeBase.open()


def open_knowledge(language: Language) -> KnowledgeBase:
    """Return the knowledge base; the first visitor sees a spinner while it opens."""
    with st.spinner(translate("opening", language)):
        return _open()
