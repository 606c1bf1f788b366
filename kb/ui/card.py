"""The answer card."""

from __future__ import annotations

import streamlit as st

from kb.base import KnowledgeBase
from kb.messages import say
from kb.model.answer import Answer, Citation, Missing
from kb.model.base import Language
from kb.ui.choices import keep_choice
from kb.ui.clause_view import draw_clause_body
from kb.ui.conversation import Turn, link_to, open_questions
from kb.ui.feedback import draw_feedback
from kb.ui.guard import show_page
from kb.ui.links import clause_link, search_link
from kb.ui.markup import badge, element, opening, plain, rich, text
from kb.ui.present import (
    FigureRow,
    answer_badge,
    chips,
    figure_digest,
    figure_rows,
    finding_rows,
    notes,
    rest_of_text,
    short_title,
    whole_text,
)
from kb.ui.print_sheet import draw_print_sheet, want_print
from kb.ui.reasons import reasons_of
from kb.ui.settings import current_language
from kb.ui.strings import translate
from kb.ui.table import comparison_table, figures_table, findings_table
from kb.ui.tree import draw_tree
from kb.ui.wording import draw_wording

_LONG = 45
"""Characters from which a headline is set smaller."""


def draw_card(turn: Turn, knowledge: KnowledgeBase) -> None:
    """Draw the answer of a turn, in the language of its question."""
    answer = turn.answer
    language = answer.language
    with st.container(border=True, key=f"kb-card-{turn.number}"):
        _draw_head(answer)
        for missing in open_questions(turn):
            _draw_pills(turn, missing)
        _draw_body(answer, knowledge, language)
        for citation in answer.citations:
            _draw_citation(citation, knowledge, language)
        if answer.status == "not_covered":
            search_link(turn.question, language)
        draw_wording(turn, knowledge)
        _draw_chips(answer)
        _draw_foot(turn, knowledge)


def _draw_body(answer: Answer, knowledge: KnowledgeBase, language: Language) -> None:
    """Draw what stands between the headline and the clauses, as one block: tables, what opens below them, text, notes."""
    findings, rows = finding_rows(answer, knowledge.corpus), figure_rows(answer, knowledge.corpus)
    rest = rest_of_text(answer)
    parts = [
        findings_table(findings, language) if findings else "",
        figures_table(rows, language) if rows else "",
        _comparison(rows, language),
        _reasons(answer, knowledge, language),
        element("div", rich(rest), cls="kb-text") if rest else "",
        *(_note(note, label, language) for note, label in notes(answer).items()),
        element("h3", text(translate("citations", language)), cls="kb-section") if answer.citations else "",
    ]
    if any(parts):
        st.html(element("div", *parts, cls="kb-body", lang=language))


def _comparison(rows: list[FigureRow], language: Language) -> str:
    """Return the guidelines side by side, where there are several and they have cases to compare."""
    if len({row.guide for row in rows}) < 2 or len({row.subject for row in rows}) > 1:
        return ""
    return opening(translate("side_by_side", language), comparison_table(rows, language))


def _reasons(answer: Answer, knowledge: KnowledgeBase, language: Language) -> str:
    reasons = reasons_of(answer, knowledge.corpus)
    return opening(translate("reasons", language), draw_tree(reasons, language)) if reasons else ""


def _note(note: str, label: str, language: Language) -> str:
    named = element("strong", text(translate("note_on", language, clause=label)))
    return element("p", named, text(note), cls="kb-note")


def _draw_head(answer: Answer) -> None:
    mark = answer_badge(answer)
    shown = badge(mark.sign, mark.word, mark.tone)
    strength = answer.verdict.strength if answer.verdict is not None else None
    worded = element("span", text(say(f"short_{strength}", answer.language)), cls="kb-remark") if strength else ""
    words = short_title(answer)
    size = "kb-headline kb-long" if len(words) > _LONG else "kb-headline"
    title = element("h2", text(words), cls=size)
    figures = [element("span", text(figure)) for figure in figure_digest(answer)]
    digest = element("p", *figures, cls="kb-digest") if figures else ""
    st.html(element("div", element("p", shown, " ", worded, cls="kb-badges"), title, digest, lang=answer.language))


def _draw_pills(turn: Turn, missing: Missing) -> None:
    key = f"pills-{turn.number}-{missing.fact}"
    labels = {option.value: plain(option.label) for option in missing.options}
    if not labels:
        return
    chosen = turn.facts.get(missing.fact)

    def choose() -> None:
        keep_choice(turn.number, missing.fact, st.session_state.get(key))

    st.pills(
        plain(missing.question),
        list(labels),
        format_func=lambda value: labels[value],
        default=chosen if chosen in labels else None,
        key=key,
        on_change=choose,
    )


def _draw_citation(citation: Citation, knowledge: KnowledgeBase, language: Language) -> None:
    clause = knowledge.corpus.by_id.get(f"{citation.document} {citation.locator}")
    with st.expander(plain(citation.label), icon=":material/gavel:" if citation.strength else ":material/article:"):
        if clause is None:
            st.html(element("p", text(citation.text), cls="kb-clause", lang=language))
            return
        draw_clause_body(clause, knowledge.corpus, language, quote=citation.quote)
        clause_link(clause, translate("open_clause", language))


def _draw_chips(answer: Answer) -> None:
    found = chips(answer)
    if not found:
        return
    heading = element("span", text(translate("understood", answer.language)), cls="kb-chips-label")
    shown = [
        element(
            "li",
            text(surface),
            *([element("span", "→", **{"aria-hidden": "true"}), element("b", text(label))] if surface != label else []),
        )
        for surface, label in found
    ]
    st.html(element("div", heading, element("ul", *shown, cls="kb-chips"), cls="kb-understood", lang=answer.language))


@st.fragment
def _draw_foot(turn: Turn, knowledge: KnowledgeBase) -> None:
    """Draw what can be done with an answer; whatever is pressed here draws this part again and not the page."""
    show_page(lambda: _draw_share(turn), "share")
    show_page(lambda: draw_feedback(turn, current_language()), "feedback")
    show_page(lambda: draw_print_sheet(turn, knowledge), "print")


def _draw_share(turn: Turn) -> None:
    language, key = turn.answer.language, f"share-{turn.number}"
    label = translate("share", language)
    box = st.popover(label, icon=":material/ios_share:", type="tertiary", key=key, on_change="rerun")
    if not box.open:
        return
    with box:
        st.markdown(translate("share_link", language))
        st.code(link_to(turn, language, st.context.url or ""), language=None, wrap_lines=True, height=110)
        st.markdown(translate("share_text", language))
        st.code(whole_text(turn.answer), language=None, wrap_lines=True, height=220)
        st.button(
            translate("print", language),
            key=f"print-{turn.number}",
            icon=":material/print:",
            on_click=want_print,
            args=(turn.number,),
        )
