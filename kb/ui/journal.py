"""The visitor's kept questions: agreement, keeping, rating. Whatever fails here never stops an answer."""

from __future__ import annotations

import logging
import sqlite3

import streamlit as st

from kb.errors import KbError
from kb.model.journal import AskedQuestion, Journal, Rating
from kb.store.journal import JournalStore, make_token
from kb.ui.conversation import Turn
from kb.ui.cookies import keep_cookie, read_cookie

_LOG = logging.getLogger(__name__)
_COOKIE, _TOKEN, _KEPT = "kb_visitor", "visitor_token", "kept_turns"
_FAILURES = (KbError, OSError, sqlite3.Error)


def visitor_token() -> str:
    """Return the token of this visitor; empty for one who never agreed."""
    if _TOKEN not in st.session_state:
        st.session_state[_TOKEN] = read_cookie(_COOKIE)
    return str(st.session_state[_TOKEN])


def has_agreed() -> bool:
    """Tell whether this visitor agreed to have questions kept."""
    try:
        return JournalStore().has_agreed(visitor_token())
    except _FAILURES:
        _LOG.exception("The kept questions could not be read")
        return False


def agree() -> None:
    """Note that this visitor agrees; the browser keeps a token for the next visit."""
    token = make_token()
    JournalStore().agree(token)
    st.session_state[_TOKEN] = token
    keep_cookie(_COOKIE, token)


def forget() -> None:
    """Delete everything kept of this visitor, and the agreement with it."""
    JournalStore().forget(visitor_token())
    st.session_state[_TOKEN] = ""
    st.session_state.pop(_KEPT, None)
    keep_cookie(_COOKIE, "")


def keep_turn(turn: Turn) -> int | None:
    """Keep a question once and return its number; None where the visitor has not agreed, or it could not be kept."""
    kept: dict[int, int] = st.session_state.setdefault(_KEPT, {})
    if turn.number in kept or not has_agreed():
        return kept.get(turn.number)
    answer = turn.answer
    asked = AskedQuestion(
        question=turn.question,
        previous=turn.previous,
        facts=dict(turn.facts),
        language=answer.language,
        status=answer.status,
        headline=answer.headline,
    )
    try:
        kept[turn.number] = JournalStore().add(visitor_token(), asked)
    except _FAILURES:
        _LOG.exception("A question could not be kept")
        return None
    return kept[turn.number]


def rate_turn(turn: Turn, rating: Rating | None, remark: str = "") -> bool:
    """Keep a rating of an answer; tells whether it was kept."""
    entry = keep_turn(turn)
    if entry is None:
        return False
    try:
        JournalStore().rate(visitor_token(), entry, rating, remark)
    except _FAILURES:
        _LOG.exception("A rating could not be kept")
        return False
    return True


def read_journal() -> Journal | None:
    """Return what is kept of this visitor; None for one who has not agreed."""
    return JournalStore().read(visitor_token())
