"""Add a guideline of one's own: read a file, look at what came of it, keep it; review its figures; remove it."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from kb.errors import KbError
from kb.ingest.service import Ingestor, derive_id
from kb.ingest.shelf import Kept, list_kept, read_kept
from kb.model.base import Language
from kb.ui.guard import show_page
from kb.ui.ingest_documents import draw_documents
from kb.ui.ingest_preview import draw_preview
from kb.ui.markup import element, plain, text
from kb.ui.resources import open_knowledge
from kb.ui.settings import current_language
from kb.ui.strings import translate

MAX_MB = 20
_PREVIEW, _SAID = "ingest-preview", "ingest-said"


@dataclass(frozen=True)
class Preview:
    """A file that was read and not kept yet, with what was said about it."""

    kept: Kept
    file: str
    data: bytes
    name: str
    title: str
    issuer: str


@st.cache_resource(show_spinner=False, max_entries=1)
def open_ingestor() -> Ingestor:
    """Return the reader of files, made once for all visitors."""
    return Ingestor()


def render() -> None:
    """Draw the page."""
    language = current_language()
    st.html(element("h1", text(translate("nav_ingest", language)), cls="kb-title", lang=language))
    st.html(element("p", text(translate("ingest_lead", language)), cls="kb-lead", lang=language))
    st.caption(plain(translate("ingest_where", language)))
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success(plain(said), icon=":material/check_circle:")
    _draw_form(language)
    preview = st.session_state.get(_PREVIEW)
    if preview is not None:
        _draw_kept_or_not(preview, language)
    st.html(element("h2", text(translate("ingest_documents", language)), cls="kb-section", lang=language))
    corpus = open_knowledge(language).corpus
    draw_documents(list_kept(), corpus, open_ingestor(), language)


def _draw_form(language: Language) -> None:
    """Draw the choice of a file; a press reads it and keeps nothing."""
    st.html(element("h2", text(translate("ingest_add", language)), cls="kb-section", lang=language))
    upload = st.file_uploader(
        plain(translate("ingest_file", language, size=MAX_MB)),
        type=["txt", "md", "html", "htm", "docx", "pdf"],
        key="ingest-file",
        max_upload_size=MAX_MB,
    )
    suggested = ""
    if upload is not None:
        with suppress(KbError):
            suggested = derive_id(Path(upload.name))
    with st.form("ingest-form", border=False):
        name = st.text_input(
            translate("ingest_id", language), value=suggested, max_chars=60, key=f"ingest-id-{suggested}"
        )
        title = st.text_input(translate("ingest_title", language), max_chars=200, key="ingest-title")
        issuer = st.text_input(translate("ingest_issuer", language), max_chars=100, key="ingest-issuer")
        pressed = st.form_submit_button(translate("ingest_read", language), icon=":material/search:", type="primary")
    if not pressed:
        return
    if upload is None:
        st.warning(translate("ingest_no_file", language))
    elif not name.strip():
        st.warning(translate("ingest_no_id", language))
    elif upload.size > MAX_MB * 1024 * 1024:
        st.warning(translate("ingest_too_large", language, size=MAX_MB))
    else:
        _read(upload.name, upload.getvalue(), name.strip(), title.strip(), issuer.strip(), language)


def _read(file: str, data: bytes, name: str, title: str, issuer: str, language: Language) -> None:
    """Read an uploaded file for the preview; the bytes stay in the session until they are kept or discarded."""
    st.session_state.pop(_PREVIEW, None)
    try:
        with st.spinner(translate("ingest_reading", language)):
            kept = _ingest(file, data, name, title, issuer, store=False)
    except KbError as error:
        st.error(plain(_in_language(str(error), language)), icon=":material/error:")
        return
    st.session_state[_PREVIEW] = Preview(kept, file, data, name, title, issuer)


def _ingest(file: str, data: bytes, name: str, title: str, issuer: str, store: bool) -> Kept:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{Path(file).suffix.lower()[:6]}"
        path.write_bytes(data)
        (kept,) = open_ingestor().add([path], [name], title or None, issuer or None, store=store)
    return kept


def _draw_kept_or_not(preview: Preview, language: Language) -> None:
    """Draw what was read, and the choice to keep it or not."""
    kept = preview.kept
    held = read_kept(preview.name)
    if held is not None and held.ingested.document.sha256 != kept.ingested.document.sha256:
        edition = held.ingested.document.edition + 1
        st.info(translate("ingest_replaces", language, edition=edition), icon=":material/update:")
    draw_preview(kept, language)
    with st.container(horizontal=True):
        keep = st.button(translate("ingest_keep", language), type="primary", icon=":material/save:", key="ingest-keep")
        discard = st.button(translate("ingest_discard", language), icon=":material/close:", key="ingest-discard")
    if keep:
        try:
            with st.spinner(translate("ingest_keeping", language)):
                made = _ingest(preview.file, preview.data, preview.name, preview.title, preview.issuer, store=True)
                open_knowledge(language)
        except KbError as error:
            st.error(plain(_in_language(str(error), language)), icon=":material/error:")
            return
        st.session_state[_SAID] = translate("ingest_kept", language, title=made.ingested.document.title)
    if keep or discard:
        st.session_state.pop(_PREVIEW, None)
        st.rerun()


def _in_language(message: str, language: Language) -> str:
    """Return the half of a message that is in a language (`日本語 / English`)."""
    ja, slash, en = message.partition(" / ")
    return (en if language == "en" else ja) if slash else message


if __name__ == "__main__":
    show_page(render)
