"""Today's cards: one at a time; an answer, which rates it, and the next one."""

from __future__ import annotations

import streamlit as st

from kb.errors import UsageError
from kb.model.base import Language
from kb.model.progress import Review
from kb.model.study import Item
from kb.study.schedule import day_of
from kb.study.session import Study
from kb.ui.focus import draw_focus, want_focus
from kb.ui.markup import element, plain, text
from kb.ui.strings import translate
from kb.ui.study_item import draw_explanation, draw_question, subject_name
from kb.ui.study_state import DEFAULT_LEARNER

_ITEM, _CHOSEN, _REVIEW, _SAID = "card-item", "card-chosen", "card-review", "card-said"
_AGAIN, _GOOD = 1, 3


def draw_today(study: Study, language: Language) -> None:
    """Draw the card whose turn it is, or that there is none."""
    queue = study.queue()
    item = _current(study, queue)
    _draw_line(study, len(queue), language)
    said = st.session_state.pop(_SAID, "")
    if said:
        st.info(translate(said, language), icon=":material/info:")
    if item is None:
        _draw_none(study, language)
    else:
        _draw_card(item, study, language)
        draw_focus()
    with st.container(horizontal=True, key="study-tools"):
        undo = translate("study_undo", language)
        st.button(
            undo,
            key="study-undo",
            icon=":material/undo:",
            type="tertiary",
            disabled=not study.store.reviews(),
            on_click=_undo,
            args=(study,),
        )
        if item is not None:
            aside = translate("study_suspend", language)
            st.button(
                aside,
                key="study-suspend",
                icon=":material/pause_circle:",
                type="tertiary",
                on_click=_suspend,
                args=(study, item),
            )


def _current(study: Study, queue: list[Item]) -> Item | None:
    """Return the card that is open: it stays until the learner goes on, lays it aside, or another learner's turn comes."""
    held = study.deck.by_id.get(st.session_state.get(_ITEM, ""))
    if held is not None:
        return held
    item = queue[0] if queue else None
    _close()
    if item is not None:
        st.session_state[_ITEM] = item.id
    return item


def _close() -> None:
    for key in (_ITEM, _CHOSEN, _REVIEW):
        st.session_state.pop(key, None)


def _draw_line(study: Study, left: int, language: Language) -> None:
    settings, today = study.store.settings(), study.today
    done = len({r.item for r in study.store.reviews() if day_of(r.reviewed_at, study.zone) == today})
    told = [translate("study_left_line", language, left=left, done=done)]
    if settings.exam_date is not None and settings.exam_date >= today:
        told.append(translate("study_exam_line", language, days=(settings.exam_date - today).days))
    if study.store.learner != DEFAULT_LEARNER:
        told.append(translate("study_learner_line", language, learner=study.store.learner))
    st.html(element("p", text(translate("semicolon", language).join(told)), cls="kb-lead", lang=language))


def _draw_none(study: Study, language: Language) -> None:
    if not study.deck.items:
        st.info(translate("study_empty_deck", language), icon=":material/info:")
        return
    st.success(translate("study_none_today", language), icon=":material/check_circle:")
    due = sorted(card.due for card in study.store.cards().values() if card.item in study.deck.by_id)
    if due:
        when = due[0].astimezone(study.zone).strftime("%Y-%m-%d %H:%M")
        st.html(element("p", text(translate("study_next_at", language, when=when)), cls="kb-lead", lang=language))
    st.html(element("p", text(translate("study_none_more", language)), cls="kb-lead", lang=language))


def _draw_card(item: Item, study: Study, language: Language) -> None:
    review: Review | None = st.session_state.get(_REVIEW)
    card = study.store.card(item.id) if review is None else review.before
    kind = "study_new" if card is None else "study_again" if card.content == item.content else "study_stale"
    heading = translate("semicolon", language).join(
        (subject_name(study, item.subject, language), translate(kind, language))
    )
    with st.container(border=True, key="kb-card-study"):
        draw_question(item, language, heading)
        chosen = st.session_state.get(_CHOSEN)
        if chosen is None:
            for position, option in enumerate(item.options):
                st.button(
                    plain(option.text.get(language)),
                    key=f"option-{position}",
                    width="stretch",
                    on_click=_choose,
                    args=(study, item, position),
                )
            return
        draw_explanation(item, chosen, language, key="today")
        _draw_next(st.session_state.get(_REVIEW), study, language)


def _draw_next(review: Review | None, study: Study, language: Language) -> None:
    """Draw the way on; a right answer counts as "good" unless another rating is chosen, a wrong one comes again."""
    if review is not None and review.right:
        kept = translate("study_kept_as", language, rating=translate(f"study_rate_{review.rating}", language))
        st.html(element("p", text(kept), cls="kb-remark", lang=language))
    with st.container(horizontal=True, key="study-ratings"):
        if review is not None and review.right:
            for rating in (2, 4):
                label = translate(f"study_rate_{rating}", language)
                st.button(label, key=f"rate-{rating}", on_click=_change, args=(study, review, rating))
        label = translate("study_next" if review is None or review.right else "study_wrong_next", language)
        st.button(label, key="study-next", type="primary", icon=":material/arrow_forward:", on_click=_go_on)


def _choose(study: Study, item: Item, position: int) -> None:
    """Take an answer, and rate the card by it at once: what was answered is kept even where nobody presses on."""
    right = position == item.answer
    st.session_state[_CHOSEN] = position
    try:
        st.session_state[_REVIEW] = study.rate(item, _GOOD if right else _AGAIN, right)
    except UsageError:
        st.session_state[_SAID] = "study_kept_elsewhere"
    want_focus(".st-key-study-next button")


def _change(study: Study, review: Review, rating: int) -> None:
    try:
        study.change_rating(review, rating)
    except UsageError:
        st.session_state[_SAID] = "study_kept_elsewhere"
    _go_on()


def _go_on() -> None:
    _close()
    want_focus(".kb-stem")


def _undo(study: Study) -> None:
    review = study.undo()
    if review is None:
        return
    _close()
    st.session_state[_SAID] = "study_undone"
    if review.item in study.deck.by_id:
        st.session_state[_ITEM] = review.item


def _suspend(study: Study, item: Item) -> None:
    study.store.suspend(item.id)
    _close()
