"""The design that a visitor has open on the page for checking: opening, changing, judging, keeping."""

from __future__ import annotations

import logging
import tempfile
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from kb.base import KnowledgeBase
from kb.design.build import Design
from kb.design.check import check_design
from kb.design.form import Form, Row, build_form, fill_form, is_empty
from kb.design.layout import Layout, lay_out
from kb.design.problems import DesignFileError, Problem
from kb.design.read import read_design
from kb.design.write_design import write_design
from kb.errors import KbError
from kb.model.base import Language
from kb.model.check import Check
from kb.model.knowledge import Corpus
from kb.rules.speaker import Speaker
from kb.store.designs import DesignStore, KeptDesign
from kb.store.journal import make_token
from kb.ui.cookies import keep_cookie, read_cookie

EXAMPLES = Path(__file__).resolve().parent.parent / "design" / "examples"
_OPEN, _CLOSED, _COOKIE, _TOKEN = "check_open_design", "check_closed_design", "kb_designs", "designs_token"
_CHANGES = 30
"""How many changes of the form can be taken back."""
_LOG = logging.getLogger(__name__)


@dataclass
class Opened:
    """The open design: its form, and what was last made of it. `revision` grows when the tables must be drawn anew.

    `seen` is the form at the last drawing, `past` what it was before each change, oldest first.
    """

    form: Form
    language: Language
    revision: int = 0
    shown: str | None = None
    judged: tuple[Any, Design, Check] | None = None
    layouts: dict[Any, Layout] = field(default_factory=dict)
    earlier: Design | None = None
    seen: Form | None = None
    past: list[Form] = field(default_factory=list)


def opened() -> Opened | None:
    """Return the open design, if there is one."""
    found = st.session_state.get(_OPEN)
    return found if isinstance(found, Opened) else None


def close_design() -> None:
    """Close the open design; `reopen_design` brings it back."""
    now = opened()
    if now is not None:
        st.session_state[_CLOSED] = now
    st.session_state.pop(_OPEN, None)


def closed_design() -> Opened | None:
    """Return the design that was closed last in this session."""
    found = st.session_state.get(_CLOSED)
    return found if isinstance(found, Opened) else None


def reopen_design() -> None:
    """Open the design that was closed last again, as it was."""
    now = closed_design()
    if now is not None:
        del st.session_state[_CLOSED]
        now.revision += 1
        _set_form(now, now.form)
        st.session_state[_OPEN] = now


def remember_change(now: Opened) -> None:
    """Keep the form as it was before what was changed since the last drawing."""
    if now.seen is None or _said(now.seen) == _said(now.form):
        now.seen = now.seen or deepcopy(now.form)
        return
    now.past = [*now.past, now.seen][-_CHANGES:]
    now.seen = deepcopy(now.form)


def _said(form: Form) -> tuple[Any, ...]:
    """Return what a form says: a cell that is empty says nothing, nor does a row without cells."""

    def filled(row: Row) -> Row:
        return {key: cell for key, cell in row.items() if not is_empty(cell)}

    owners = {key: filled(row) for key, row in form.owners.items()}
    rows = {place: [filled(row) for row in rows if filled(row)] for place, rows in form.rows.items()}
    said = {key: row for key, row in owners.items() if row}, {place: found for place, found in rows.items() if found}
    return form.name, form.building, form.guidelines, form.presence, form.measured, *said


def undo_change() -> None:
    """Put the form back as it was before the last change."""
    now = opened()
    if now is None or not now.past:
        return
    *now.past, form = now.past
    now.seen = deepcopy(form)
    now.revision += 1
    _set_form(now, form)


def _set_form(now: Opened, form: Form) -> None:
    """Take a form over into the design and into the fields that hold a state of their own."""
    now.form = form
    for key in [key for key in st.session_state if str(key).startswith(("check-presence", "check-table"))]:
        del st.session_state[key]
    st.session_state.update(head_fields(form))


def head_fields(form: Form) -> dict[str, Any]:
    """Return what the fields at the top of a form hold, by their keys."""
    return {
        "check-name": form.name,
        "check-building": form.building or "",
        "check-guidelines": list(form.guidelines),
    }


def list_examples() -> list[str]:
    """List the types of building of which there is an example."""
    return [kind for kind in ("apartment", "detached", "large_store") if (EXAMPLES / f"{kind}.yaml").is_file()]


def open_example(corpus: Corpus, kind: str, language: Language) -> None:
    """Open an example."""
    open_design(corpus, read_design(EXAMPLES / f"{kind}.yaml", corpus), language)


def open_new(name: str, building: str | None, language: Language) -> None:
    """Open a design of which nothing is known but its type of building."""
    st.session_state[_OPEN] = Opened(Form(name=name, building=building), language)


def open_upload(corpus: Corpus, name: str, data: bytes, language: Language) -> tuple[Problem, ...]:
    """Open an uploaded file; returns its problems where it cannot be read."""
    try:
        open_design(corpus, read_bytes(corpus, name, data), language)
    except DesignFileError as error:
        return error.problems
    return ()


def read_bytes(corpus: Corpus, name: str, data: bytes) -> Design:
    """Read a design from the bytes of a file; raises `DesignFileError`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (Path(name.replace("\\", "/")).name or "design")
        file.write_bytes(data)
        return read_design(file, corpus)


def open_design(corpus: Corpus, design: Design, language: Language) -> None:
    """Open a design."""
    now = Opened(Form(), language)
    now.form = fill_form(design, full_layout(corpus, now), Speaker(corpus.vocabulary, language))
    st.session_state[_OPEN] = now


def documents_for(corpus: Corpus, guidelines: tuple[str, ...], building: str | None) -> tuple[str, ...]:
    """Return the guidelines chosen, else those that fit a type of building."""
    fitting = [one.id for one in corpus.documents if not building or not one.buildings or building in one.buildings]
    return guidelines or tuple(fitting)


def current_layout(corpus: Corpus, now: Opened) -> Layout:
    """Return the tables that the chosen guidelines and the type of building call for."""
    documents = documents_for(corpus, now.form.guidelines, now.form.building)
    key = (documents, now.form.building, now.language)
    if key not in now.layouts:
        now.layouts[key] = lay_out(corpus, documents, now.form.building, now.language)
    return now.layouts[key]


def change_language(corpus: Corpus, now: Opened, language: Language) -> None:
    """Write the cells of the form in another language."""
    if now.language != language:
        open_design(corpus, build_form(now.form, corpus, full_layout(corpus, now)), language)


def full_layout(corpus: Corpus, now: Opened) -> Layout:
    """Return the tables of all guidelines and types of building, so that no cell is left out where these change."""
    key = (None, None, now.language)
    if key not in now.layouts:
        now.layouts[key] = lay_out(corpus, [document.id for document in corpus.documents], None, now.language)
    return now.layouts[key]


def judge(knowledge: KnowledgeBase, now: Opened) -> tuple[Design, Check]:
    """Check the design as the form says it now, once for each state; raises `DesignFileError` for unreadable cells."""
    form = now.form
    state = repr((form.name, form.building, form.guidelines, form.head, form.owners, form.rows, form.presence))
    key = (state, now.language, len(form.measured), now.earlier is None)
    if now.judged is None or now.judged[0] != key:
        design = build_form(form, knowledge.corpus, full_layout(knowledge.corpus, now))
        documents = documents_for(knowledge.corpus, form.guidelines, form.building)
        check = check_design(knowledge.corpus, design, documents, now.language, corpus_hash=knowledge.corpus_hash)
        if now.earlier is not None:
            from kb.design.compare import compare_checks

            before = check_design(
                knowledge.corpus, now.earlier, documents, now.language, corpus_hash=knowledge.corpus_hash
            )
            check = check.model_copy(update={"comparison": compare_checks(before, check)})
        now.judged = (key, design, check)
    return now.judged[1], now.judged[2]


def owner_token() -> str:
    """Return the token of this visitor for kept designs; empty for one who never kept any."""
    return str(st.session_state[_TOKEN]) if _TOKEN in st.session_state else read_cookie(_COOKIE)


def list_kept() -> list[KeptDesign]:
    """List the designs that this visitor kept."""
    try:
        return DesignStore().list(owner_token())
    except (KbError, OSError):
        _LOG.exception("The kept designs could not be listed")
        return []


def keep_design(design: Design) -> bool:
    """Keep a design for this visitor; tells whether it was kept."""
    token = owner_token() or make_token()
    try:
        DesignStore().keep(token, design.name, write_design(design))
    except (KbError, OSError):
        _LOG.exception("A design could not be kept")
        return False
    st.session_state[_TOKEN] = token
    keep_cookie(_COOKIE, token)
    return True


def open_kept(corpus: Corpus, number: int, language: Language) -> tuple[Problem, ...]:
    """Open a kept design; returns its problems where it cannot be read any more."""
    content = DesignStore().read(owner_token(), number)
    return () if content is None else open_upload(corpus, "design.yaml", content.encode("utf-8"), language)


def delete_kept(number: int) -> None:
    """Delete a kept design."""
    DesignStore().delete(owner_token(), number)
