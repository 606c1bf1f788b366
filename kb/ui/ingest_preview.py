"""What a file became: its clauses, the lines that are in none, and its figures."""

from __future__ import annotations

import streamlit as st

from kb.ingest.model import Ingested, IngestedClause
from kb.ingest.shelf import Kept
from kb.messages import say
from kb.model.base import Language
from kb.ui.ingest_figure import describe_figure
from kb.ui.markup import badge, element, plain, text
from kb.ui.resources import open_knowledge
from kb.ui.strings import translate


def draw_preview(kept: Kept, language: Language) -> None:
    """Draw everything that came of a file, warnings first."""
    ingested = kept.ingested
    st.html(element("h3", text(ingested.document.title), cls="kb-headline"))
    for warning in ingested.warnings:
        st.warning(plain(warning.en if language == "en" else warning.ja))
    counts = {
        "clauses": len(ingested.clauses),
        "figures": len(ingested.figures),
        "left": len(ingested.left_out),
    }
    st.write(plain(translate("ingest_found", language, **counts)))
    draw_clauses(ingested, language)
    draw_left_out(ingested, language)
    with st.expander(plain(translate("ingest_figures", language, count=len(ingested.figures)))):
        corpus = open_knowledge(language).corpus
        lines = [element("li", text(describe_figure(figure, corpus, language))) for figure in ingested.figures]
        st.html(element("ul", *lines, cls="kb-lines", lang=language))


def draw_clauses(ingested: Ingested, language: Language) -> None:
    """Draw the clauses in their order, each with its kind."""
    with st.expander(plain(translate("ingest_clauses", language, count=len(ingested.clauses))), expanded=True):
        rows = [_clause(clause, language) for clause in ingested.clauses]
        st.html(element("div", *rows, cls="kb-scroll", tabindex="0", style="max-height: 26rem; overflow-y: auto"))


def _clause(clause: IngestedClause, language: Language) -> str:
    kind = translate(f"kind_{clause.kind}", language)
    strength = "" if clause.strength is None else f" · {say(f'short_{clause.strength}', language)}"
    depth = min(4, clause.locator.count("/"))
    head = element("strong", text(clause.locator))
    title = f" {clause.title}" if clause.title and clause.title != clause.text else ""
    tag = badge("●", f"{kind}{strength}", clause.strength or "none")
    return element(
        "div",
        element("p", head, text(title), " ", tag),
        element("p", text(clause.text), cls="kb-clause"),
        style=f"margin-left: {depth * 0.9}rem",
    )


def draw_left_out(ingested: Ingested, language: Language) -> None:
    """Draw the lines that are in no clause, where there are any."""
    if not ingested.left_out:
        return
    with st.expander(plain(translate("ingest_left_out", language, count=len(ingested.left_out)))):
        lines = [
            element("li", text(f"{translate('ingest_line', language, number=o.line)}: {o.text} ({o.reason})"))
            for o in ingested.left_out
        ]
        st.html(element("ul", *lines, cls="kb-lines"))
