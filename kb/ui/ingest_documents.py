"""The documents that were added: what changed, their figures to review, and their removal."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.ingest.editions import compare_editions
from kb.ingest.service import Ingestor
from kb.ingest.shelf import Kept
from kb.model.base import Language
from kb.model.knowledge import Corpus
from kb.ui.ingest_preview import draw_clauses, draw_left_out
from kb.ui.ingest_review import draw_review
from kb.ui.markup import element, plain, text
from kb.ui.strings import translate


def draw_documents(documents: Sequence[Kept], corpus: Corpus, ingestor: Ingestor, language: Language) -> None:
    """Draw every document that was added."""
    if not documents:
        st.write(plain(translate("ingest_none", language)))
    for kept in documents:
        _draw_document(kept, corpus, ingestor, language)


def _draw_document(kept: Kept, corpus: Corpus, ingestor: Ingestor, language: Language) -> None:
    document, ingested = kept.ingested.document, kept.ingested
    with st.expander(plain(document.title), icon=":material/description:"):
        counts = translate(
            "ingest_about",
            language,
            id=document.id,
            edition=document.edition,
            clauses=len(ingested.clauses),
            figures=len(ingested.figures),
            open=sum(f.state == "unreviewed" for f in ingested.figures),
        )
        st.caption(plain(counts))
        if document.attached_to is not None:
            held = corpus.documents_by_id[document.attached_to].short.get(language)
            st.write(plain(translate("ingest_attached", language, title=held)))
        for warning in ingested.warnings:
            st.info(plain(warning.en if language == "en" else warning.ja))
        if kept.previous is not None:
            _draw_changes(kept, language)
        shown = st.pills(
            translate("ingest_show", language),
            ["figures", "clauses"],
            default="figures",
            format_func=lambda one: translate(f"ingest_{one}", language, count=len(getattr(ingested, one))),
            key=f"ingest-shown-{document.id}",
            label_visibility="collapsed",
        )
        if shown == "clauses":
            draw_clauses(ingested, language)
            draw_left_out(ingested, language)
        else:
            draw_review(kept, corpus, ingestor, language)
        _draw_removal(kept, ingestor, language)


def _draw_changes(kept: Kept, language: Language) -> None:
    changes = compare_editions(kept)
    st.html(element("h3", text(translate("ingest_changes", language)), cls="kb-label", lang=language))
    lines = [
        element(
            "li",
            element("strong", text(translate(f"change_{one.change}", language))),
            text(f" {one.before or ''} → {one.after or ''} {one.text or one.text_before}"),
        )
        for one in changes.clauses
    ]
    lines += [
        element(
            "li",
            element("strong", text(translate(f"change_{one.change}", language))),
            text(f" {one.locator}: {one.before or '—'} → {one.after or '—'}"),
        )
        for one in changes.figures
    ]
    nothing = element("p", text(translate("ingest_no_changes", language)))
    st.html(element("ul", *lines, cls="kb-lines", lang=language) if lines else nothing)


def _draw_removal(kept: Kept, ingestor: Ingestor, language: Language) -> None:
    with st.popover(translate("ingest_remove", language), icon=":material/delete:", key=f"ingest-remove-{kept.id}"):
        st.write(plain(translate("ingest_remove_sure", language)))
        if st.button(translate("ingest_remove_yes", language), type="primary", key=f"ingest-remove-yes-{kept.id}"):
            ingestor.remove(kept.id)
            title = kept.ingested.document.title
            st.session_state["ingest-said"] = translate("ingest_removed", language, title=title)
            st.rerun()
