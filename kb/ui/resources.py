"""The knowledge base, opened once for all visitors, and anew when a guideline was added or taken away."""

from __future__ import annotations

import gc
import logging
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

import streamlit as st

from kb.model.base import Language
from kb.settings import data_folder
from kb.ui.strings import STRINGS, translate

if TYPE_CHECKING:
    from kb.base import KnowledgeBase

State = tuple[tuple[str, int, int], ...]

_LOG = logging.getLogger(__name__)
_FIRST = (*STRINGS["example_ev_hall"], "brigth lamps")
"""Asked once, so that no visitor waits for what is read at a first question; the last is misspelt, for the dictionary."""


_LATER = ("pandas", "altair")
"""What only the page for checking draws with: read meanwhile, so that nobody waits for it there."""

_OPENED: set[State] = set()
"""The states whose knowledge base was opened by this process."""


@st.cache_resource(show_spinner=False, max_entries=1)
def _open(state: State) -> KnowledgeBase:
    from kb.base import KnowledgeBase

    knowledge = KnowledgeBase.open()
    gc.freeze()
    Thread(target=warm, args=(knowledge,), daemon=True).start()
    return knowledge


def warm(knowledge: KnowledgeBase) -> None:
    """Have everything read that answers need, and set it apart from what Python's garbage collector looks through.

    Streamlit collects garbage after each drawing of each visitor's page. Over the knowledge base, which stays, that
    takes longer than drawing the page does.
    """
    from kb.study.deck import open_deck

    try:
        for question in _FIRST:
            knowledge.ask(question)
    except Exception:  # a visitor's own question will tell
        _LOG.exception("The first question could not be answered")
    try:
        open_deck(knowledge.corpus)  # makes the study items where there are none yet, and keeps them
    except Exception:  # the page for studying will tell
        _LOG.exception("The study items could not be made")
    for name in _LATER:
        import_module(name)
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def open_knowledge(language: Language) -> KnowledgeBase:
    """Return the knowledge base; the first visitor sees a spinner while it opens."""
    state = _state_of_documents()
    if state in _OPENED:
        return _open(state)
    with st.spinner(translate("opening", language)):
        knowledge = _open(state)
    _OPENED.add(state)
    return knowledge


def _state_of_documents() -> State:
    """Return name, size and time of the files of the user's own guidelines: another value where one was changed."""
    found = []
    for file in sorted((data_folder() / "documents").glob("*.json")):
        with suppress(FileNotFoundError):  # taken away meanwhile
            stat = file.stat()
            found.append((file.name, stat.st_size, stat.st_mtime_ns))
    return tuple(found)
