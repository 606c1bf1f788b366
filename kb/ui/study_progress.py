"""Progress: what is seen and due, the days to come, the subjects, the practice papers."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from kb.model.base import Language
from kb.model.progress import Progress
from kb.study.schedule import day_of
from kb.study.session import Study
from kb.ui.markup import element, text
from kb.ui.strings import translate

_COLOURS = {"due": "#14507a", "new": "#8fb8d8"}


def draw_progress(study: Study, language: Language) -> None:
    """Draw where the learner stands."""
    progress = study.progress()
    _draw_numbers(progress, language)
    if not progress.seen and not progress.papers:
        st.info(translate("progress_none", language), icon=":material/info:")
    _draw_forecast(progress, language)
    _draw_subjects(progress, language)
    _draw_papers(progress, study, language)


def _draw_numbers(progress: Progress, language: Language) -> None:
    seen = translate("progress_of", language, seen=progress.seen, items=progress.items)
    pairs = [
        ("progress_seen", seen),
        ("progress_due", translate("progress_count", language, count=progress.due_now)),
        ("progress_today", translate("progress_count", language, count=progress.done_today)),
    ]
    told = [
        element("div", element("dt", text(translate(key, language))), element("dd", text(value)))
        for key, value in pairs
    ]
    lines = [element("dl", *told, cls="kb-numbers")]
    notes = []
    if progress.days_left is not None and progress.days_left >= 0:
        notes.append(translate("study_exam_line", language, days=progress.days_left))
    if progress.streak:
        notes.append(translate("study_streak_line", language, days=progress.streak))
    if progress.new_per_day_needed:
        notes.append(translate("progress_needed", language, count=progress.new_per_day_needed))
    lines += [element("p", text(note), cls="kb-lead") for note in notes]
    st.html(element("div", *lines, lang=language))


def _draw_forecast(progress: Progress, language: Language) -> None:
    _heading("progress_forecast", language)
    kinds = {name: translate(f"progress_kind_{name}", language) for name in _COLOURS}
    rows = [
        {"day": load.day.isoformat(), "kind": kinds[name], "cards": getattr(load, name)}
        for load in progress.forecast
        for name in _COLOURS
    ]
    day, cards = translate("progress_day", language), translate("progress_cards", language)
    chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("day:T", title=day, axis=alt.Axis(format="%-m/%-d", labelFontSize=14, titleFontSize=15)),
            y=alt.Y("sum(cards):Q", title=cards, axis=alt.Axis(tickMinStep=1, labelFontSize=14, titleFontSize=15)),
            color=alt.Color(
                "kind:N",
                title=translate("progress_kind", language),
                scale=alt.Scale(domain=list(kinds.values()), range=list(_COLOURS.values())),
                legend=alt.Legend(orient="top", labelFontSize=15, titleFontSize=15),
            ),
            tooltip=[
                alt.Tooltip("day:T", title=day, format="%Y-%m-%d"),
                alt.Tooltip("kind:N", title=translate("progress_kind", language)),
                alt.Tooltip("cards:Q", title=cards),
            ],
        )
        .properties(height=260)
    )
    st.altair_chart(chart, width="stretch", alt=translate("progress_forecast_alt", language))


def _draw_subjects(progress: Progress, language: Language) -> None:
    _heading("progress_subjects", language)
    columns = ("progress_subject", "progress_seen", "progress_recent", "progress_recall")
    head = element("thead", element("tr", *(element("th", text(translate(c, language)), scope="col") for c in columns)))
    bodies = []
    for one in progress.subjects:
        recent = translate("progress_of", language, seen=one.recent_right, items=one.recent) if one.recent else "–"
        recall = "–" if one.expected_recall is None else f"{round(100 * one.expected_recall)}%"
        seen = translate("progress_of", language, seen=one.seen, items=one.items)
        bar = element("progress", value=str(one.seen), max=str(one.items), cls="kb-bar")
        cells = [element("th", text(one.label.get(language)), scope="row")]
        for column, shown in zip(columns[1:], (bar + text(seen), text(recent), text(recall)), strict=True):
            label = element("span", text(translate(column, language)), cls="kb-inline-label")
            cells.append(element("td", label, shown))
        bodies.append(element("tbody", element("tr", *cells)))
    st.html(element("table", head, *bodies, cls="kb-table", lang=language))


def _draw_papers(progress: Progress, study: Study, language: Language) -> None:
    if not progress.papers:
        return
    _heading("progress_papers", language)
    lines = []
    for paper in reversed(progress.papers[-20:]):
        total = len(paper.answers)
        parts: dict[str, Any] = {"score": paper.score, "total": total, "percent": round(100 * paper.score / total)}
        day = day_of(paper.finished_at, study.zone).isoformat()
        lines.append(element("li", text(translate("progress_paper_line", language, day=day, **parts))))
    st.html(element("ul", *lines, cls="kb-lines", lang=language))


def _heading(key: str, language: Language) -> None:
    st.html(element("h2", text(translate(key, language)), cls="kb-section", lang=language))
