"""Ask: a conversation with the guidelines."""

from __future__ import annotations

from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, NoReturn

import streamlit as st

from kb.errors import InputError
from kb.model.base import Language
from kb.ui.choices import take_choices
from kb.ui.conversation import Turn, address_of, clean_question, context_of, continues, read_address, refine, take_turn
from kb.ui.examples import AUDIENCES, TASKS
from kb.ui.feedback import draw_notice
from kb.ui.journal import has_agreed, keep_turn, read_journal
from kb.ui.lazy import draw_when_opened
from kb.ui.markup import element, plain, text
from kb.ui.registry import make_page
from kb.ui.resources import open_knowledge
from kb.ui.settings import current_language
from kb.ui.strings import translate

if TYPE_CHECKING:
    from kb.base import KnowledgeBase

_TURNS, _OPENED, _PENDING = "turns", "opened_address", "pending_question"
_SCROLL, _CHAT_BOX = "scroll_to_answer", "chat_box_chosen"
_EARLIER = 10
_AT_ONCE = BoundedSemaphore(2)
"""Questions that are answered at the same time: whoever came first is answered first, and nobody is slower for it."""
_TO_ANSWER = """<script>
setTimeout(() => document.getElementById("kb-latest")?.scrollIntoView({behavior: "smooth", block: "start"}), 120);
</script>"""


@dataclass(frozen=True)
class Pending:
    """A question to answer at the next drawing; `instead` puts it in the place of the newest one."""

    question: str
    previous: str | None = None
    instead: bool = False


def render() -> None:
    """Draw the page."""
    language = current_language()
    turns: list[Turn] = st.session_state.setdefault(_TURNS, [])
    if not turns and _PENDING not in st.session_state and read_address(st.query_params.to_dict()) is None:
        _draw_start(language)
        return
    top = st.container()
    knowledge = open_knowledge(language)
    _open_address(knowledge, turns)
    _answer_pending(knowledge, turns)
    _apply_choices(knowledge, turns)
    with top:
        _draw_title(bool(turns), language)
    if turns:
        _draw_history(turns, language)
        _draw_turn(turns, knowledge, language)
    _draw_input(turns, language)
    _draw_examples(bool(turns), language)
    _draw_kept(turns, language)


def _draw_start(language: Language) -> None:
    """Draw the page before anything was asked; the knowledge base is opened while the visitor reads and writes."""
    _draw_title(False, language)
    _draw_input([], language)
    _draw_examples(False, language)
    _draw_kept([], language)
    open_knowledge(language)


def _draw_title(asked: bool, language: Language) -> None:
    """Draw the welcome; once there is an answer, only a title for those who hear the page."""
    if asked:
        st.html(element("h1", text(translate("nav_ask", language)), cls="kb-heard", lang=language))
        return
    title = element("h1", text(translate("welcome", language)), cls="kb-title")
    lead = element("p", text(translate("welcome_more", language)), cls="kb-lead")
    st.html(element("div", title, lead, lang=language))


def _open_address(knowledge: KnowledgeBase, turns: list[Turn]) -> None:
    """Ask the question that the address names, once; facts that do not fit the question are left out."""
    address = read_address(st.query_params.to_dict())
    if address is None or address == st.session_state.get(_OPENED):
        return
    question, previous, facts = address
    try:
        _add_turn(knowledge, turns, Pending(question, previous), facts)
    except InputError:
        _add_turn(knowledge, turns, Pending(question, previous), {})


def _answer_pending(knowledge: KnowledgeBase, turns: list[Turn]) -> None:
    pending: Pending | None = st.session_state.pop(_PENDING, None)
    if pending is not None:
        _add_turn(knowledge, turns, pending, {})


def _add_turn(knowledge: KnowledgeBase, turns: list[Turn], asked: Pending, facts: dict[str, str]) -> None:
    number = 1 + max((turn.number for turn in turns), default=0)
    with st.spinner(translate("searching", current_language())), _AT_ONCE:
        turn = take_turn(knowledge, number, asked.question, asked.previous, facts)
    if asked.instead and turns:
        turns.pop()
    turns.append(turn)
    keep_turn(turn)
    _show_address(turn)
    st.session_state[_SCROLL] = True


def _show_address(turn: Turn) -> None:
    address = address_of(turn, current_language())
    st.query_params.from_dict(address)
    st.session_state[_OPENED] = read_address(address)


def _apply_choices(knowledge: KnowledgeBase, turns: list[Turn]) -> None:
    """Refine the newest answer in place by the pills that were pressed since the last drawing."""
    for (number, fact), value in take_choices().items():
        if turns and turns[-1].number == number:
            with _AT_ONCE:
                turns[-1] = refine(knowledge, turns[-1], fact, value)
            _show_address(turns[-1])


def _ask_next(question: str, turns: list[Turn]) -> None:
    """Ask what was typed: going on from the question before it where it reads so."""
    asked = clean_question(question)
    if not asked:
        st.warning(translate("empty_question", current_language()), icon=":material/edit:")
        return
    _ask(Pending(asked, context_of(turns[-1]) if turns and continues(asked) else None))


def _ask(asked: Pending) -> NoReturn:
    st.session_state[_PENDING] = asked
    st.rerun()


def _draw_history(turns: list[Turn], language: Language) -> None:
    """Draw the earlier questions of this session, closed; pressing one brings its answer back."""
    if len(turns) < 2:
        return
    title = translate("history", language, count=len(turns) - 1)
    draw_when_opened(title, ":material/history:", "kb-history", lambda: _draw_turns_before(turns))


def _draw_turns_before(turns: list[Turn]) -> None:
    for turn in turns[:-1]:
        if st.button(plain(turn.question), key=f"again-{turn.number}", type="tertiary", icon=":material/chat:"):
            turns.remove(turn)
            turns.append(turn)
            _show_address(turn)
            st.session_state[_SCROLL] = True
            st.rerun()


def _draw_turn(turns: list[Turn], knowledge: KnowledgeBase, language: Language) -> None:
    turn = turns[-1]
    heard = element("span", text(translate("your_question", language)), cls="kb-heard")
    st.html(element("p", heard, text(turn.question), cls="kb-asked", id="kb-latest", lang=turn.answer.language))
    _draw_context(turns, language)
    from kb.ui.card import draw_card

    draw_card(turn, knowledge)
    if st.session_state.pop(_SCROLL, False):
        st.html(_TO_ANSWER, unsafe_allow_javascript=True)


def _draw_context(turns: list[Turn], language: Language) -> None:
    """Say whether the newest question was read as a follow-up, and offer the other reading."""
    turn = turns[-1]
    newest = turn.number == max(one.number for one in turns)
    if not turn.previous and not (newest and len(turns) > 1):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="kb-context"):
        if turn.previous:
            said = translate("read_on", language, question=turn.previous)
            st.html(element("p", text(said), cls="kb-remark", lang=language))
            if st.button(translate("read_alone", language), key=f"alone-{turn.number}", icon=":material/undo:"):
                _ask(Pending(turn.question, None, instead=True))
        elif st.button(
            translate("read_as_follow_up", language),
            key=f"follow-{turn.number}",
            type="tertiary",
            icon=":material/link:",
        ):
            _ask(Pending(turn.question, context_of(turns[-2]), instead=True))


def _draw_input(turns: list[Turn], language: Language) -> None:
    """Draw the field for a question: a text area with a button, or a chat box for those who want Enter to send.

    The chat box is a choice, because Enter also ends the conversion of kana, and always sends on a phone.
    """
    box = bool(st.session_state.get(_CHAT_BOX, False))
    typed = _draw_chat_box(language) if box else _draw_form(bool(turns), language)
    st.toggle(translate("enter_sends", language), value=box, key="enter-sends", on_change=_switch_box)
    if typed is not None:
        _ask_next(typed, turns)


def _switch_box() -> None:
    st.session_state[_CHAT_BOX] = bool(st.session_state["enter-sends"])


def _draw_chat_box(language: Language) -> str | None:
    with st.container():
        return st.chat_input(translate("chat_box", language), key="chat-box", max_chars=500)


def _draw_form(follows: bool, language: Language) -> str | None:
    with st.form("question-form", clear_on_submit=True, border=False, enter_to_submit=False):
        label = translate("ask_more" if follows else "ask_label", language)
        hint = translate("ask_more_hint" if follows else "ask_hint", language)
        typed = st.text_area(label, key="question", height=100, max_chars=500, placeholder=hint)
        button = translate("ask_button", language)
        sent = st.form_submit_button(button, type="primary", icon=":material/send:", width="stretch")
    return typed if sent else None


def _draw_examples(closed: bool, language: Language) -> None:
    heading = translate("examples", language)
    if closed:
        draw_when_opened(heading, ":material/lightbulb:", "kb-examples", lambda: _draw_audiences(language))
        return
    st.html(element("h2", text(heading), cls="kb-section", lang=language))
    _draw_audiences(language)


def _draw_audiences(language: Language) -> None:
    tabs = st.tabs([translate(audience, language) for audience in AUDIENCES])
    for tab, (audience, examples) in zip(tabs, AUDIENCES.items(), strict=True):
        with tab:
            for key in examples:
                question = translate(key, language)
                if st.button(plain(question), key=f"{audience}-{key}", icon=":material/chat_bubble:", width="stretch"):
                    _ask(Pending(question))
            task = TASKS.get(audience)
            if task is not None:
                label = translate(f"go_{task}", language)
                st.page_link(make_page(task, language), label=label, icon=":material/arrow_forward:")


def _draw_kept(turns: list[Turn], language: Language) -> None:
    """Draw the questions kept from earlier visits; a visitor who has not agreed is asked once there is something."""
    journal = read_journal() if has_agreed() else None
    if journal is None:
        if turns:
            offer = translate("keep_offer", language)
            draw_when_opened(offer, ":material/bookmark_add:", "kb-offer", lambda: draw_notice(language, turns[-1]))
        return
    here = {turn.question for turn in turns}
    earlier = dict.fromkeys(entry.asked.question for entry in journal.entries if entry.asked.question not in here)
    if not earlier:
        return
    kept = list(earlier)[:_EARLIER]
    draw_when_opened(
        translate("kept_earlier", language), ":material/bookmark:", "kb-earlier", lambda: _draw_earlier(kept)
    )


def _draw_earlier(questions: list[str]) -> None:
    for number, question in enumerate(questions):
        if st.button(plain(question), key=f"kept-{number}", type="tertiary", icon=":material/chat:"):
            _ask(Pending(question))
