"""An answer in other words: only where a language model is set, and only after the visitor has read what is sent where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kb.base import KnowledgeBase
from kb.messages import say
from kb.model.answer import Wording
from kb.ui.conversation import Turn
from kb.ui.markup import element, rich, text
from kb.ui.strings import translate
from kb.wording.provider import ModelChoice, read_choice, write_notice

if TYPE_CHECKING:
    from kb.wording.reword import Rewriter

_DONE = "wordings"
"""Key of the session that keeps rewordings by number and headline of a turn."""


def draw_wording(turn: Turn, knowledge: KnowledgeBase) -> None:
    """Offer a rewording of a turn's answer; pressing the button below the notice is the visitor's consent."""
    choice = read_choice()
    answer = turn.answer
    if choice is None or answer.status == "not_covered":
        return
    language = answer.language
    done: dict[tuple[int, str], Wording] = st.session_state.setdefault(_DONE, {})
    key = turn.number, answer.headline
    with st.expander(translate("wording_open", language), icon=":material/edit_note:"):
        st.html(element("p", text(write_notice(choice, language)), cls="kb-remark", lang=language))
        label = translate("wording_button", language)
        if key not in done and st.button(label, key=f"wording-{turn.number}", icon=":material/autorenew:"):
            with st.spinner(translate("wording_busy", language)):
                reworded = _rewriter(knowledge, choice).reword(answer)
            assert reworded.wording is not None
            done[key] = reworded.wording
        if key in done:
            _draw_result(done[key], language)


def _draw_result(wording: Wording, language: str) -> None:
    if wording.used and wording.text:
        st.html(element("div", rich(wording.text), cls="kb-text", lang=language))
    told = say(
        "wording_used" if wording.used else "wording_not_used", language, model=wording.model, reason=wording.reason
    )
    st.html(element("p", text(told), cls="kb-remark", lang=language))


def _rewriter(knowledge: KnowledgeBase, choice: ModelChoice) -> Rewriter:
    from kb.wording.reword import Rewriter

    return Rewriter(knowledge, choice)
