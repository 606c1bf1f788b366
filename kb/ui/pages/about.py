"""About: what stands behind the answers, what they cannot do, and what becomes of a question."""

from __future__ import annotations

import streamlit as st

from kb import __version__
from kb.model.base import Language
from kb.model.corpus import Document
from kb.model.knowledge import Corpus, read_locator
from kb.settings import language_model_name
from kb.ui.browse_guides import guide_name
from kb.ui.guard import show_page
from kb.ui.links import clause_link
from kb.ui.markup import element, plain, rich, text
from kb.ui.registry import make_page
from kb.ui.resources import open_knowledge
from kb.ui.settings import current_language
from kb.ui.strings import translate

_FIRST, _LAST = ("about_what",), ("about_original", "about_cannot", "about_words", "about_privacy")


def render() -> None:
    """Draw the page."""
    language = current_language()
    st.html(element("h1", text(translate("nav_about", language)), cls="kb-title", lang=language))
    for section in _FIRST:
        _draw_section(section, language)
    knowledge = open_knowledge(language)
    corpus = knowledge.corpus
    st.html(element("h2", text(translate("about_guides", language)), cls="kb-section", lang=language))
    for document in corpus.documents:
        name = guide_name(document, language)
        with st.expander(plain(name), icon=":material/description:"):
            _draw_document(document, corpus, language)
    for section in _LAST:
        _draw_section(section, language)
        if section == "about_original":
            st.page_link(make_page("ingest", language), icon=":material/note_add:")
    model = language_model_name()
    if model:
        st.info(plain(translate("about_language_model", language, model=model)), icon=":material/smart_toy:")
    said = translate("about_version", language, version=__version__, corpus=knowledge.corpus_hash[:12])
    st.html(element("p", text(said), cls="kb-remark", lang=language))


def _draw_section(key: str, language: Language) -> None:
    heading = element("h2", text(translate(key, language)), cls="kb-section")
    st.html(element("div", heading, rich(translate(f"{key}_text", language)), cls="kb-text", lang=language))


def _draw_document(document: Document, corpus: Corpus, language: Language) -> None:
    facts = [
        ("document_title", document.title.get(language)),
        ("document_issuer", document.issuer.get(language)),
        ("document_dates", _dates(document, language)),
        *([("document_edition", str(document.edition))] if document.edition else []),
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
