"""Settings of study: the learner, the exam, the cap; items laid aside; progress and deck as files."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import streamlit as st

from kb.errors import InputError, UsageError
from kb.model.base import Language
from kb.model.progress import LAST_YEAR
from kb.store.study import list_learners, read_export
from kb.study.anki import export_deck
from kb.study.session import Study
from kb.ui.markup import element, plain, text
from kb.ui.resources import open_knowledge
from kb.ui.strings import translate
from kb.ui.study_state import choose_learner

_LARGEST_FILE = 20_000_000
_SAID = "choices-said"


def draw_choices(study: Study, language: Language) -> None:
    """Draw what can be chosen, and the files."""
    said = st.session_state.pop(_SAID, "")
    if said:
        st.success(translate(said, language), icon=":material/check_circle:")
    _draw_learner(study, language)
    _draw_exam(study, language)
    _draw_suspended(study, language)
    _draw_files(study, language)
    _draw_deck(study, language)


def _draw_learner(study: Study, language: Language) -> None:
    with st.form("learner-form", border=True):
        name = st.text_input(
            translate("choices_learner", language),
            value=study.store.learner,
            max_chars=60,
            help=translate("choices_learner_help", language),
            key=f"learner-{study.store.learner}",
        )
        if st.form_submit_button(translate("choices_use_name", language), icon=":material/person:"):
            _switch(name)
    known = [name for name in list_learners() if name != study.store.learner]
    if known:
        chosen = st.pills(
            translate("choices_known", language), known, format_func=plain, key=f"known-{study.store.learner}"
        )
        if chosen is not None:
            _switch(chosen)


def _switch(name: str) -> None:
    try:
        choose_learner(name)
    except UsageError as error:
        st.warning(plain(str(error)), icon=":material/warning:")
        return
    st.rerun()


def _draw_exam(study: Study, language: Language) -> None:
    settings, today = study.store.settings(), study.today
    with st.form("exam-form", border=True):
        exam = st.date_input(
            translate("choices_exam", language),
            value=settings.exam_date,
            min_value=min(today, settings.exam_date or today),
            max_value=date(LAST_YEAR, 12, 31),
            format="YYYY/MM/DD",
            key=f"exam-{study.store.learner}-{settings.exam_date}",
        )
        none = st.checkbox(translate("choices_no_exam", language), key="no-exam")
        cap = st.number_input(translate("choices_cap", language), 1, 500, settings.daily_cap, key="daily-cap")
        if st.form_submit_button(translate("choices_save", language), type="primary", icon=":material/save:"):
            study.choose(None if none or not isinstance(exam, date) else exam, int(cap))
            st.session_state[_SAID] = "choices_saved"
            st.rerun()


def _draw_suspended(study: Study, language: Language) -> None:
    aside = [study.deck.by_id[name] for name in sorted(study.store.suspended()) if name in study.deck.by_id]
    if not aside:
        return
    with st.expander(translate("choices_suspended", language, count=len(aside)), icon=":material/pause_circle:"):
        for item in aside:
            shown = item.quote or item.stem
            st.html(element("p", text(shown.get(language)), cls="kb-clause", lang=language))
            label = translate("choices_resume", language)
            st.button(label, key=f"resume-{item.id}", on_click=study.store.suspend, args=(item.id, False))


def _draw_files(study: Study, language: Language) -> None:
    st.html(element("h2", text(translate("choices_files", language)), cls="kb-section", lang=language))
    st.download_button(
        translate("choices_export", language),
        data=lambda: study.store.export().model_dump_json(indent=1),
        file_name="bouhan-navi-study.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="export-progress",
    )
    with st.form("import-form", border=True):
        file = st.file_uploader(
            translate("choices_import", language), type="json", key="import-file", max_upload_size=20
        )
        replace = st.checkbox(translate("choices_replace", language), key="import-replace")
        if st.form_submit_button(translate("choices_import_button", language), icon=":material/upload:") and file:
            _load(study, file.name, file.getvalue(), replace, language)


def _load(study: Study, name: str, data: bytes, replace: bool, language: Language) -> None:
    try:
        if len(data) > _LARGEST_FILE:
            raise InputError(f"{name}: {len(data)} bytes; allowed: at most {_LARGEST_FILE}")
        progress = read_export(data.decode("utf-8", errors="replace"), name)
    except InputError as error:
        st.warning(plain(str(error)), icon=":material/warning:")
        return
    if not study.store.is_new() and not replace:
        st.warning(translate("choices_not_new", language), icon=":material/warning:")
        return
    study.store.replace(progress)
    st.session_state[_SAID] = "choices_imported"
    st.rerun()


def _draw_deck(study: Study, language: Language) -> None:
    st.html(element("h2", text(translate("choices_deck", language)), cls="kb-section", lang=language))
    st.html(element("p", text(translate("choices_deck_help", language)), cls="kb-lead", lang=language))
    st.download_button(
        translate("choices_deck_button", language),
        data=lambda: _make_deck(study, language),
        file_name="bouhan-navi.apkg",
        mime="application/octet-stream",
        icon=":material/style:",
        on_click="ignore",
        key="export-deck",
    )


def _make_deck(study: Study, language: Language) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "deck.apkg"
        export_deck(study.deck.items, open_knowledge(language).corpus, target, language)
        return target.read_bytes()
