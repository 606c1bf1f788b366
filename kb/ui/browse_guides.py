"""Read a guideline: its outline, a clause with its neighbours and the questions that it answers."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from kb.base import KnowledgeBase
from kb.model.base import Language
from kb.model.corpus import Clause, Document
from kb.model.knowledge import Corpus, read_locator
from kb.ui.clause_more import draw_requirements, draw_terms
from kb.ui.clause_view import draw_clause_body, heading_of
from kb.ui.links import ask_link
from kb.ui.markup import element, plain, text
from kb.ui.strings import translate

_LONGEST_LINE = {"ja": 34, "en": 70}


def draw_guides(knowledge: KnowledgeBase, language: Language) -> None:
    """Draw the guideline that the address names, or one of its clauses."""
    corpus = knowledge.corpus
    document = _choose_document(corpus, language)
    clause = corpus.by_id.get(f"{document} {st.query_params.get('locator', '')}")
    if clause is None:
        _draw_outline(document, corpus, language)
    else:
        _draw_clause(clause, corpus, language)


def _choose_document(corpus: Corpus, language: Language) -> str:
    """Return the guideline that is shown; to begin with, the one that asks for most."""
    weight = Counter(requirement.document for requirement in corpus.requirements)
    ids = sorted((document.id for document in corpus.documents), key=lambda one: -weight[one])
    named = st.query_params.get("document", "")
    shown = named if named in ids else ids[0]
    st.session_state["browse-document"] = shown

    def choose() -> None:
        st.query_params.from_dict({"view": "guides", "document": st.session_state["browse-document"]})

    names = {document.id: guide_name(document, language) for document in corpus.documents}
    st.selectbox(
        translate("choose_guide", language),
        ids,
        format_func=lambda i: names[i],
        key="browse-document",
        on_change=choose,
    )
    return shown


def guide_name(document: Document, language: Language) -> str:
    """Name a guideline; one that a user added is told apart."""
    name = document.short.get(language)
    return translate("own_guide_name", language, name=name) if document.origin == "user" else name


def _open(clause: Clause) -> None:
    st.query_params.from_dict({"view": "guides", "document": clause.document, "locator": clause.locator})


def _draw_outline(document: str, corpus: Corpus, language: Language) -> None:
    """Draw the whole guideline as chapters that open."""
    entry = corpus.documents_by_id[document]
    st.html(element("p", text(entry.title.get(language)), cls="kb-lead", lang=language))
    if entry.origin == "user":
        st.info(translate("own_guide_note", language), icon=":material/person_add:")
    clauses = [clause for clause in corpus.clauses if clause.document == document]
    for top in (clause for clause in clauses if not corpus.ancestors(clause)):
        below = [clause for clause in clauses if clause.locator.startswith(top.locator + "/")]
        if not below:
            _draw_entry(top, corpus, language)
            continue
        with st.expander(plain(_line(top, language))):
            shown = below if top.text is None else [top, *below]
            with st.container(gap=None):
                for clause in shown:
                    _draw_entry(clause, corpus, language)


def _draw_entry(clause: Clause, corpus: Corpus, language: Language) -> None:
    depth = min(len(corpus.ancestors(clause)), 5)
    label = plain(_line(clause, language))
    shown = f"**{label}**" if clause.kind == "heading" else label
    with st.container(key=f"kb-depth{depth}-{abs(hash(clause.id))}"):
        st.button(shown, key=f"entry {clause.id}", type="tertiary", on_click=_open, args=(clause,))


def _line(clause: Clause, language: Language) -> str:
    """Name a clause in an outline: its own label and its title, or how its text begins."""
    label = read_locator(clause.locator.split("/")[-1], language)
    words = heading_of(clause, language) or ("" if clause.text is None else clause.text.get(language))
    longest = _LONGEST_LINE[language]
    words = "" if words == label else words
    return f"{label}　{words[:longest]}{'…' if len(words) > longest else ''}".strip()


def _draw_clause(clause: Clause, corpus: Corpus, language: Language) -> None:
    def close() -> None:
        st.query_params.from_dict({"view": "guides", "document": clause.document})

    st.button(
        translate("back_to_outline", language), icon=":material/toc:", type="tertiary", key="to-outline", on_click=close
    )
    with st.container(border=True, key="kb-clause-card"):
        title = element("h2", text(corpus.label(clause, language)), cls="kb-headline")
        heading = heading_of(clause, language)
        st.html(element("div", title, element("p", text(heading), cls="kb-lead") if heading else "", lang=language))
        draw_clause_body(clause, corpus, language)
        _draw_step(clause, corpus, language)
    _draw_links("clause_parts", corpus.children(clause), corpus, language)
    _draw_links("clause_basis", _named(clause, corpus), corpus, language)
    _draw_links("clause_leaned_on", [one for one in corpus.clauses if clause in _named(one, corpus)], corpus, language)
    draw_requirements(clause, corpus, language)
    draw_terms(clause, corpus, language)
    asks = clause.asks.get(language)
    if asks:
        st.html(element("h3", text(translate("clause_asks", language)), cls="kb-section", lang=language))
        for question in asks:
            ask_link(question, plain(question))


def _named(clause: Clause, corpus: Corpus) -> list[Clause]:
    """Return the footnotes and tables that a clause leans on."""
    ids = (f"{clause.document} {locator}" for locator in clause.basis)
    return [corpus.by_id[i] for i in ids if i in corpus.by_id]


def _draw_step(clause: Clause, corpus: Corpus, language: Language) -> None:
    order = [one for one in corpus.clauses if one.document == clause.document]
    place = order.index(clause)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="kb-steps"):
        if place > 0:
            before = translate("previous_clause", language)
            st.button(before, key="previous", icon=":material/arrow_back:", on_click=_open, args=(order[place - 1],))
        if place + 1 < len(order):
            after = translate("next_clause", language)
            st.button(after, key="next", icon=":material/arrow_forward:", on_click=_open, args=(order[place + 1],))


def _draw_links(heading: str, clauses: list[Clause], corpus: Corpus, language: Language) -> None:
    if not clauses:
        return
    st.html(element("h3", text(translate(heading, language)), cls="kb-section", lang=language))
    for clause in clauses:
        name = plain(_line(clause, language))
        st.button(
            name,
            key=f"{heading} {clause.id}",
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=_open,
            args=(clause,),
        )
