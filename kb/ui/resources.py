"""The knowledge base, opened once for all visitors, and anew when a guideline was added or taken away."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from kb.base import KnowledgeBase
from kb.model.base import Language
from kb.settings import data_folder
from kb.ui.strings import translate

State = tuple[tuple[str, int, int], ...]


@st.cache_resource(show_spinner=False, max_entries=1)
def _open(state: State) -> KnowledgeBase:
    return KnowledgeBase.open()


def open_knowledge(language: Language) -> KnowledgeBase:
    """Return the knowledge base; the first visitor sees a spinner while it opens."""
    with st.spinner(translate("opening", language)):
        return _open(_state_of_documents())


def _state_of_documents() -> State:
    """Return name, size and time of the files of the user's own guidelines: another value where one was changed."""
    found = []
    for file in sorted((data_folder() / "documents").glob("*.json")):
        with suppress(FileNotFoundError):  # taken away meanwhile
            stat = file.stat()
            found.append((file.name, stat.st_size, stat.st_mtime_ns))
    return tuple(found)
