"""A practice paper: chosen, sat against the clock, marked, and what was missed."""

from __future__ import annotations

import time
from typing import Literal, cast

import streamlit as st

from kb.errors import UsageError
from kb.model.base import Language
from kb.model.progress import PaperRecord
from kb.study.paper import ITEMS, MINUTES, Paper
from kb.study.paper import draw_paper as make_paper
from kb.study.session import Study
from kb.ui.markup import element, plain, text
from kb.ui.strings import translate
from kb.ui.study_item import draw_explanation, draw_question, subject_name

_PAPER, _ANSWERS, _PLACE, _RESULT, _LATE = "paper", "paper-answers", "paper-place", "paper-result", "paper-late"


def draw_paper(study: Study, language: Language) -> None:
    """Draw the paper that is being sat, the result of the one handed in, or the form to begin one."""
    paper: Paper | None = st.session_state.get(_PAPER)
    if paper is None:
        _draw_form(study, language)
    elif _RESULT in st.session_state:
        _draw_result(paper, st.session_state[_RESULT], study, language)
    elif not paper.left(study.now):
        _hand_in(study, late=True)
        st.rerun()
    else:
        _draw_sitting(paper, study, language)


def _draw_form(study: Study, language: Language) -> None:
    st.html(element("p", text(translate("paper_lead", language)), cls="kb-lead", lang=language))
    most = len(study.deck.items)
    if not most:
        st.info(translate("study_empty_deck", language), icon=":material/info:")
        return
    with st.form("paper-form", border=False):
        label = translate("paper_items", language)
        items = int(st.number_input(label, 1, most, min(ITEMS, most), key="paper-items"))
        minutes = int(st.number_input(translate("paper_minutes", language), 1, 600, MINUTES, key="paper-minutes"))
        seed = int(
            st.number_input(translate("paper_seed", language), 0, 10**9, int(time.time()) % 10_000, key="paper-seed")
        )
        weights = {}
        with st.expander(translate("paper_weights", language)):
            for subject in study.deck.guide.subjects:
                name = subject.label.get(language)
                weights[subject.id] = st.slider(name, 0, 10, subject.weight, key=f"paper-weight-{subject.id}")
        if st.form_submit_button(translate("paper_start", language), type="primary", icon=":material/timer:"):
            try:
                paper = make_paper(study.deck, seed, study.now, items, minutes, weights)
            except UsageError as error:
                st.warning(plain(str(error)), icon=":material/warning:")
                return
            st.session_state.update({_PAPER: paper, _ANSWERS: {}, _PLACE: 0})
            st.rerun()


@st.fragment(run_every="1s")
def _draw_timer(paper: Paper, study: Study, language: Language) -> None:
    """Draw the time that is left, second by second; when it is up, the whole page is drawn anew."""
    left = int(paper.left(study.now).total_seconds())
    shown = translate("paper_time_left", language, minutes=left // 60, seconds=f"{left % 60:02d}")
    st.html(element("p", text(shown), cls="kb-timer", role="timer", lang=language))
    if not left:
        st.rerun()


def _draw_sitting(paper: Paper, study: Study, language: Language) -> None:
    answers: dict[int, int] = st.session_state[_ANSWERS]
    place, total = int(st.session_state[_PLACE]), len(paper.items)
    _draw_timer(paper, study, language)
    item = paper.items[place]
    head = translate("paper_position", language, number=place + 1, total=total, answered=len(answers))
    with st.container(border=True, key="kb-card-paper"):
        draw_question(item, language, head)
        names = [option.text.get(language) for option in item.options]
        chosen = st.radio(
            translate("paper_choose", language),
            range(len(names)),
            index=answers.get(place),
            format_func=lambda position: plain(names[position]),
            key=f"paper-answer-{paper.seed}-{place}",
        )
        if chosen is not None:
            answers[place] = chosen
    with st.container(horizontal=True, key="paper-steps"):
        back = translate("paper_previous", language)
        st.button(back, key="paper-back", disabled=place == 0, on_click=_go, args=(place - 1,))
        forward = translate("paper_next", language)
        st.button(
            forward,
            key="paper-forward",
            type="primary" if place + 1 < total else "secondary",
            disabled=place + 1 == total,
            on_click=_go,
            args=(place + 1,),
        )
        _draw_hand_in(study, total - len(answers), last=place + 1 == total, language=language)
    jump = st.selectbox(
        translate("paper_jump", language),
        range(total),
        index=place,
        format_func=lambda n: f"{n + 1} {'●' if n in answers else '○'}",
        key=f"paper-jump-{place}",
    )
    if jump != place:
        _go(jump)
        st.rerun()
    st.button(translate("paper_give_up", language), key="paper-stop", type="tertiary", on_click=_close)


def _draw_hand_in(study: Study, open_: int, last: bool, language: Language) -> None:
    """Draw the button that hands in; where answers are missing it asks once more."""
    label, icon = translate("paper_hand_in", language), ":material/task_alt:"
    kind: Literal["primary", "secondary"] = "primary" if last else "secondary"
    if not open_:
        st.button(label, key="paper-hand-in", type=kind, icon=icon, on_click=_hand_in, args=(study,))
        return
    with st.popover(label, icon=icon, type=kind):
        st.html(element("p", text(translate("paper_open", language, count=open_)), lang=language))
        sure = translate("paper_sure", language)
        st.button(sure, key="paper-hand-in", type="primary", on_click=_hand_in, args=(study,))


def _go(place: int) -> None:
    st.session_state[_PLACE] = place


def _hand_in(study: Study, late: bool = False) -> None:
    paper = cast(Paper, st.session_state[_PAPER])
    record = paper.hand_in(st.session_state[_ANSWERS], study.now)
    study.store.add_paper(record)
    st.session_state[_RESULT], st.session_state[_LATE] = record, late


def _close() -> None:
    for key in (_PAPER, _ANSWERS, _PLACE, _RESULT, _LATE):
        st.session_state.pop(key, None)


def _draw_result(paper: Paper, record: PaperRecord, study: Study, language: Language) -> None:
    if st.session_state.get(_LATE):
        st.info(translate("paper_time_up", language), icon=":material/timer_off:")
    total, took = len(paper.items), int((record.finished_at - record.started_at).total_seconds())
    score = translate(
        "paper_score", language, score=record.score, total=total, percent=round(100 * record.score / total)
    )
    lines = [element("p", text(score), cls="kb-headline")]
    taken = translate("paper_took", language, minutes=took // 60, seconds=f"{took % 60:02d}")
    lines.append(element("p", text(taken), cls="kb-remark"))
    lines.append(element("p", text(translate("paper_by_subject", language)), cls="kb-label"))
    marks = []
    for subject in study.deck.guide.subjects:
        given = [a.right for a, i in zip(record.answers, paper.items, strict=True) if i.subject == subject.id]
        if given:
            name = subject_name(study, subject.id, language)
            line = translate("paper_subject_line", language, subject=name, right=sum(given), total=len(given))
            marks.append(element("li", text(line)))
    lines.append(element("ul", *marks, cls="kb-lines"))
    with st.container(border=True, key="kb-card-result"):
        st.html(element("div", *lines, lang=language))
    missed = [(n, a) for n, a in enumerate(record.answers) if not a.right]
    if missed:
        heading = translate("paper_misses", language, count=len(missed))
        st.html(element("h2", text(heading), cls="kb-section", lang=language))
    else:
        st.success(translate("paper_all_right", language), icon=":material/celebration:")
    for number, answer in missed:
        item = paper.items[number]
        with st.container(border=True, key=f"kb-card-missed-{number}"):
            draw_question(item, language, f"{number + 1}")
            draw_explanation(item, answer.chosen, language, key=f"missed-{number}")
    st.button(translate("paper_again", language), key="paper-again", type="primary", on_click=_close)
