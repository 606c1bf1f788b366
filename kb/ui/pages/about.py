"""About: what stands behind the answers, what they cannot do, and what becomes of a question."""

from __future__ import annotations

import streamlit as st

from kb.model.base import Language
from kb.model.corpus import Document
from kb.model.knowledge import Corpus, read_locator
from kb.ui.guard import show_page
from kb.ui.links import clause_link
from kb.ui.markup import element, plain, rich, text
from kb.ui.resources import open_knowledge
from kb.ui.settings import current_language
from kb.ui.strings import translate

_SECTIONS = ("about_what", "about_cannot", "about_words", "about_privacy")


def render() -> None:
    """Draw the page."""
    language = current_language()
    st.html(element("h1", text(translate("nav_about", language)), cls="kb-title", lang=language))
    first, *others = _SECTIONS
    _draw_section(first, language)
    corpus = open_knowledge(language).corpus
    st.html(element("h2", text(translate("about_guides", language)), cls="kb-section", lang=language))
    for document in corpus.documents:
        with st.expander(plain(document.short.get(language)), icon=":material/description:"):
            _draw_document(document, corpus, language)
    for section in others:
        _draw_section(section, language)


def _draw_section(key: str, language: Language) -> None:
    heading = element("h2", text(translate(key, language)), cls="kb-section")
    st.html(element("div", heading, rich(translate(f"{key}_text", language)), cls="kb-text", lang=language))


def _draw_document(document: Document, corpus: Corpus, language: Language) -> None:
    facts = [
        ("document_title", document.title.get(language)),
        ("document_issuer", document.issuer.get(language)),
        ("document_dates", _dates(document, language)),
        ("document_force", document.legal_force.get(language)),
        ("document_addressees", document.addressees.get(language)),
        ("document_scope", document.scope.get(language)),
        ("document_obtain", document.obtain.get(language)),
    ]
    items = [element("dt", text(translate(key, language))) + element("dd", text(value)) for key, value in facts]
    st.html(element("dl", *items, cls="kb-facts", lang=language))
    clause = corpus.by_id.get(f"{document.id} {document.legal_force.clause}")
    if clause is not None:
        where = read_locator(clause.locator, language)
        clause_link(clause, plain(translate("force_clause", language, where=where)), key=f"force-{document.id}")


def _dates(document: Document, language: Language) -> str:
    if not document.dates:
        return translate("no_dates", language)
    lines = [f"{date.what.get(language)}{translate('colon', language)}{date.printed}" for date in document.dates]
    return translate("semicolon", language).join(dict.fromkeys(lines))


if __name__ == "__main__":
    show_page(render)
