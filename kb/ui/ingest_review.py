"""The figures of a document, to be accepted, corrected or dropped one by one."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from kb.errors import KbError
from kb.ingest.model import IngestedFigure, ReviewState
from kb.ingest.review import Decision
from kb.ingest.service import Ingestor
from kb.ingest.shelf import Kept
from kb.messages import say
from kb.model.answer import Operator
from kb.model.base import Language
from kb.model.knowledge import Corpus
from kb.quantity import UNITS
from kb.ui.ingest_figure import describe_figure
from kb.ui.markup import badge, element, plain, text
from kb.ui.strings import translate

_PAGE = 10
_TONES = {"unreviewed": "open", "accepted": "good", "corrected": "good", "dropped": "none"}
_SIGNS = {"unreviewed": "?", "accepted": "✓", "corrected": "✓", "dropped": "–"}


def draw_review(kept: Kept, corpus: Corpus, ingestor: Ingestor, language: Language) -> None:
    """Draw the figures of one document, ten at a time."""
    figures = kept.ingested.figures
    st.html(element("h3", text(translate("ingest_review", language)), cls="kb-label", lang=language))
    st.caption(plain(translate("ingest_review_lead", language)))
    states = get_args(ReviewState)
    counts = {state: sum(f.state == state for f in figures) for state in states}
    chosen = st.pills(
        translate("ingest_show", language),
        [state for state in states if counts[state]],
        format_func=lambda state: f"{translate(f'state_{state}', language)} {counts[state]}",
        key=f"review-state-{kept.id}",
    )
    shown = [f for f in figures if chosen in (None, f.state)]
    pages = max(1, -(-len(shown) // _PAGE))
    page = 1
    if pages > 1:
        page = st.pagination(pages, key=f"review-page-{kept.id}") if hasattr(st, "pagination") else _pages(kept, pages)
    for figure in shown[(page - 1) * _PAGE : page * _PAGE]:
        _draw_figure(kept, figure, corpus, ingestor, language)


def _pages(kept: Kept, pages: int) -> int:
    return int(st.select_slider("1–" + str(pages), range(1, pages + 1), key=f"review-page-{kept.id}"))


def _draw_figure(kept: Kept, figure: IngestedFigure, corpus: Corpus, ingestor: Ingestor, language: Language) -> None:
    with st.container(border=True):
        state = badge(_SIGNS[figure.state], translate(f"state_{figure.state}", language), _TONES[figure.state])
        words = element("p", element("strong", text(describe_figure(figure, corpus, language))), " ", state)
        quote = element("blockquote", text(figure.quote), cls="kb-quote") if figure.quote else ""
        st.html(element("div", words, quote, lang=language))
        known = figure.property in corpus.vocabulary.facts
        if not known:
            st.caption(plain(translate("ingest_open_name", language)))
        key = f"{kept.id}-{figure.id}"
        with st.container(horizontal=True):
            if figure.state == "unreviewed":
                _button("ingest_accept", "accepted", key, kept, figure, ingestor, language, disabled=not known)
                _button("ingest_drop", "dropped", key, kept, figure, ingestor, language)
            else:
                _button("ingest_reset", "unreviewed", key, kept, figure, ingestor, language)
            with st.popover(translate("ingest_correct", language), icon=":material/edit:", key=f"correct-{key}"):
                _draw_correction(kept, figure, corpus, ingestor, language)


def _button(
    label: str,
    verdict: ReviewState,
    key: str,
    kept: Kept,
    figure: IngestedFigure,
    ingestor: Ingestor,
    language: Language,
    disabled: bool = False,
) -> None:
    icons = {"accepted": ":material/check:", "dropped": ":material/block:", "unreviewed": ":material/undo:"}
    st.button(
        translate(label, language),
        key=f"{verdict}-{key}",
        icon=icons[verdict],
        disabled=disabled,
        on_click=_decide,
        args=(ingestor, kept.id, Decision(figure=figure.id, verdict=verdict)),
    )


def _decide(ingestor: Ingestor, document: str, decision: Decision) -> None:
    ingestor.review(document, [decision])


def _draw_correction(
    kept: Kept, figure: IngestedFigure, corpus: Corpus, ingestor: Ingestor, language: Language
) -> None:
    vocabulary, key = corpus.vocabulary, f"{kept.id}-{figure.id}"
    properties = {k: f.label.get(language) for k, f in vocabulary.facts.items() if f.unit is not None}
    places = {"": translate("ingest_no_place", language)} | {
        k: p.label.get(language) for k, p in vocabulary.places.items()
    }
    with st.form(f"form-{key}", border=False):
        name = st.selectbox(
            translate("ingest_property", language),
            list(properties),
            index=list(properties).index(figure.property) if figure.property in properties else None,
            format_func=lambda one: properties[one],
            key=f"property-{key}",
        )
        place = st.selectbox(
            translate("ingest_place", language),
            list(places),
            index=list(places).index(figure.place or ""),
            format_func=lambda one: places[one],
            key=f"place-{key}",
        )
        operators = get_args(Operator)
        operator = st.selectbox(
            translate("ingest_operator", language),
            operators,
            index=operators.index(figure.operator),
            format_func=lambda one: say(one, language, value="□", value_max="□"),
            key=f"operator-{key}",
        )
        value = st.text_input(translate("ingest_value", language), str(figure.value), key=f"value-{key}")
        upper = st.text_input(
            translate("ingest_value_max", language),
            "" if figure.value_max is None else str(figure.value_max),
            key=f"upper-{key}",
        )
        units = list(UNITS)
        unit = st.selectbox(translate("ingest_unit", language), units, units.index(figure.unit), key=f"unit-{key}")
        strengths = ["shall", "should", "may"]
        strength = st.selectbox(
            translate("ingest_strength", language),
            strengths,
            index=strengths.index(figure.strength or "shall"),
            format_func=lambda one: say(f"short_{one}", language),
            key=f"strength-{key}",
        )
        pressed = st.form_submit_button(translate("ingest_save", language), type="primary")
    if not pressed:
        return
    try:
        decision = Decision(
            figure=figure.id,
            verdict="corrected",
            property=name,
            place=place,
            operator=operator,
            value=_number(value),
            value_max=_number(upper) if upper.strip() and operator == "range" else None,
            unit=unit,
            strength=strength,
        )
        ingestor.review(kept.id, [decision])
    except KbError as error:
        ja, _, en = str(error).partition(" / ")
        st.error(plain(en if language == "en" and en else ja))
        return
    st.rerun()


def _number(written: str) -> int | float | str:
    stripped = written.strip()
    try:
        return int(stripped)
    except ValueError:
        pass
    try:
        return float(stripped)
    except ValueError:
        return stripped
