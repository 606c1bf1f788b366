"""Who is studying, and over which deck: kept in the session and in the address."""

from __future__ import annotations

import streamlit as st

from kb.errors import UsageError
from kb.model.base import Language
from kb.store.study import StudyStore
from kb.study.deck import Deck, open_deck
from kb.study.session import Study
from kb.ui.resources import open_knowledge
from kb.ui.strings import translate

DEFAULT_LEARNER = "me"
_LEARNER = "study_learner"


@st.cache_resource(show_spinner=False)
def _open_deck(key: int) -> Deck:
    """Return the deck of the knowledge base that is open (`key` tells one from another)."""
    return open_deck(open_knowledge("ja").corpus)


def open_study(language: Language) -> Study:
    """Return the study of the learner whose turn it is; the first visitor sees a spinner while items are made."""
    knowledge = open_knowledge(language)
    with st.spinner(translate("study_preparing", language)):
        deck = _open_deck(id(knowledge))
    return Study(deck, current_learner())


def current_learner() -> str:
    """Return the name of the learner: chosen on the page, else by the address, else the default."""
    if _LEARNER not in st.session_state:
        named = st.query_params.get("learner", "")
        st.session_state[_LEARNER] = named if _is_name(named) else DEFAULT_LEARNER
    return str(st.session_state[_LEARNER])


def choose_learner(name: str) -> None:
    """Change to another learner; raises `UsageError` for what is no name."""
    chosen = StudyStore(name).learner
    st.session_state[_LEARNER] = chosen
    st.query_params["learner"] = chosen
    for key in [key for key in st.session_state if str(key).startswith("card-")]:
        del st.session_state[key]


def _is_name(name: str) -> bool:
    try:
        StudyStore(name)
    except UsageError:
        return False
    return True
