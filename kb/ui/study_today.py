"""Today's cards: one at a time; an answer, a rating, the next one."""

from __future__ import annotations

import streamlit as st

from kb.errors import UsageError
from kb.model.base import Language
from kb.model.study import Item
from kb.study.schedule import day_of
from kb.study.session import Study
from kb.ui.markup import element, plain, text
from kb.ui.strings import translate
from kb.ui.study_item import draw_explanation, draw_question, subject_name

_ITEM, _CHOSEN, _SAID = "card-item", "card-chosen", "card-said"


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
    with st.container(horizontal=True, key="study-tools"):
        undo = translate("study_undo", language)
        st.button(undo, key="study-undo", icon=":material/undo:", type="tertiary", on_click=_undo, args=(study,))
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
    """Return the card that is open: it stays until it is rated, laid aside, or another learner's turn comes."""
    held = study.deck.by_id.get(st.session_state.get(_ITEM, ""))
    if held is not None:
        return held
    item = queue[0] if queue else None
    _close()
    if item is not None:
        st.session_state[_ITEM] = item.id
    return item


def _close() -> None:
    for key in (_ITEM, _CHOSEN):
        st.session_state.pop(key, None)


def _draw_line(study: Study, left: int, language: Language) -> None:
    settings, today = study.store.settings(), study.today
    done = len({r.item for r in study.store.reviews() if day_of(r.reviewed_at, study.zone) == today})
    told = [translate("study_left_line", language, left=left, done=done)]
    if settings.exam_date is not None and settings.exam_date >= today:
        told.append(translate("study_exam_line", language, days=(settings.exam_date - today).days))
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
    card = study.store.card(item.id)
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
                    args=(position,),
                )
            return
        draw_explanation(item, chosen, language, key="today")
        _draw_ratings(item, chosen, study, language)


def _draw_ratings(item: Item, chosen: int, study: Study, language: Language) -> None:
    if chosen != item.answer:
        label = translate("study_wrong_next", language)
        st.button(label, key="rate-1", type="primary", width="stretch", on_click=_rate, args=(study, item, 1, False))
        return
    st.html(element("p", text(translate("study_rate", language)), cls="kb-label", lang=language))
    with st.container(horizontal=True, key="study-ratings"):
        for rating in (2, 3, 4):
            st.button(
                translate(f"study_rate_{rating}", language),
                key=f"rate-{rating}",
                type="primary" if rating == 3 else "secondary",
                on_click=_rate,
                args=(study, item, rating, True),
            )


def _choose(position: int) -> None:
    st.session_state[_CHOSEN] = position


def _rate(study: Study, item: Item, rating: int, right: bool) -> None:
    try:
        study.rate(item, rating, right)
    except UsageError:
        st.session_state[_SAID] = "study_kept_elsewhere"
    _close()


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
