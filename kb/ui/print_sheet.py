"""An answer as a printed sheet: question, headline, tables, the clauses in full; seen on paper only."""

from __future__ import annotations

from datetime import date

import streamlit as st

from kb.base import KnowledgeBase
from kb.model.base import Language
from kb.model.knowledge import read_locators
from kb.ui.conversation import Turn, link_to
from kb.ui.markup import element, rich, text
from kb.ui.present import answer_badge, figure_rows, finding_rows, notes, rest_of_text, short_title
from kb.ui.strings import translate
from kb.ui.table import figures_table, findings_table

_PRINT = """<script>setTimeout(() => window.print(), 300);</script>"""
_WANTED = "print_wanted"


def want_print(number: int) -> None:
    """Have the sheet of a turn printed at the next drawing."""
    st.session_state[_WANTED] = number


def draw_print_sheet(turn: Turn, knowledge: KnowledgeBase) -> None:
    """Draw the sheet and open the browser's print dialogue, where that was asked for."""
    if st.session_state.pop(_WANTED, None) != turn.number:
        return
    st.html(sheet_of(turn, knowledge, date.today(), st.context.url or ""))
    st.html(_PRINT, unsafe_allow_javascript=True)


def sheet_of(turn: Turn, knowledge: KnowledgeBase, today: date, base: str) -> str:
    """Return the sheet as HTML."""
    answer = turn.answer
    language: Language = answer.language
    mark, corpus = answer_badge(answer), knowledge.corpus
    parts = [
        element("p", text(turn.question)),
        element("h1", text(short_title(answer))),
        element("p", text(f"{mark.sign} {mark.word}")),
    ]
    findings = finding_rows(answer, corpus)
    if findings:
        parts.append(findings_table(findings, language))
    if answer.values:
        parts.append(figures_table(figure_rows(answer, corpus), language))
    parts.append(rich(rest_of_text(answer)))
    parts += [
        element("p", text(translate("note_on", language, clause=label) + note)) for note, label in notes(answer).items()
    ]
    if answer.citations:
        parts.append(element("h2", text(translate("citations_printed", language))))
    for citation in answer.citations:
        parts += [element("h3", text(citation.label)), element("p", text(read_locators(citation.text, language)))]
        if citation.quote:
            parts.append(element("blockquote", text(citation.quote), lang="ja"))
    said = translate("printed_on", language, app=translate("app_name", language), date=today.isoformat())
    parts += [element("p", text(said)), element("p", text(link_to(turn, language, base)))]
    return element("div", *parts, cls="kb-print", lang=language, **{"aria-hidden": "true"})
