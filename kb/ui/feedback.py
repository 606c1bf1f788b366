"""Was the answer of use? Two buttons, and a remark for those who have one; kept only after an agreement."""

from __future__ import annotations

import streamlit as st

from kb.model.base import Language
from kb.model.journal import Rating
from kb.store.journal import LONGEST_REMARK
from kb.ui.conversation import Turn
from kb.ui.journal import agree, has_agreed, rate_turn
from kb.ui.markup import element, text
from kb.ui.strings import translate

_RATINGS, _SENT = "ratings", "remarks_sent"
_BUTTONS: tuple[tuple[Rating, str], ...] = (("up", ":material/thumb_up:"), ("down", ":material/thumb_down:"))


def draw_feedback(turn: Turn, language: Language) -> None:
    """Draw the two buttons and what follows from pressing one."""
    ratings: dict[int, Rating] = st.session_state.setdefault(_RATINGS, {})
    chosen = ratings.get(turn.number)
    with st.container(horizontal=True, vertical_alignment="center", key=f"kb-rate-{turn.number}", gap="small"):
        st.html(element("span", text(translate("rate_label", language)), cls="kb-remark", lang=language))
        for rating, icon in _BUTTONS:
            name = translate(f"rate_{rating}", language)
            st.button(
                translate("chosen", language, text=name) if rating == chosen else name,
                key=f"rate-{rating}-{turn.number}",
                icon=icon,
                type="primary" if rating == chosen else "secondary",
                on_click=_press,
                args=(turn, rating),
            )
    if chosen is None:
        return
    if has_agreed():
        _draw_remark(turn, chosen, language)
    else:
        draw_notice(language, turn, "rated")


def _press(turn: Turn, rating: Rating) -> None:
    """Choose a rating, or take it back."""
    ratings: dict[int, Rating] = st.session_state[_RATINGS]
    if ratings.get(turn.number) == rating:
        del ratings[turn.number]
    else:
        ratings[turn.number] = rating
    rate_turn(turn, ratings.get(turn.number))


def _draw_remark(turn: Turn, rating: Rating, language: Language) -> None:
    sent: set[int] = st.session_state.setdefault(_SENT, set())
    if turn.number in sent:
        st.success(translate("rate_thanks", language), icon=":material/check:")
        return
    with st.form(f"remark-form-{turn.number}", border=False, enter_to_submit=False):
        remark = st.text_area(
            translate("remark_label", language),
            key=f"remark-{turn.number}",
            max_chars=LONGEST_REMARK,
            height=80,
            placeholder=translate("remark_hint", language),
        )
        if st.form_submit_button(translate("remark_send", language), icon=":material/send:"):
            if rate_turn(turn, rating, remark):
                sent.add(turn.number)
                st.rerun()
            st.warning(translate("rate_failed", language), icon=":material/error:")


def draw_notice(language: Language, turn: Turn | None = None, key: str = "offered") -> None:
    """Draw what agreeing means, and the button for it; `turn` is kept at once when the visitor agrees."""
    st.html(element("p", text(translate("keep_notice", language)), cls="kb-note kb-plain", lang=language))
    label = translate("keep_agree", language)
    if st.button(label, key=f"agree-{key}", icon=":material/check:"):
        _agree(turn)
        st.rerun()  # the whole page: its top hands the browser what it is to keep


def _agree(turn: Turn | None) -> None:
    agree()
    if turn is not None:
        ratings: dict[int, Rating] = st.session_state.get(_RATINGS, {})
        rate_turn(turn, ratings.get(turn.number))
