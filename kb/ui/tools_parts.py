"""What the tools have in common: questions with an open answer, results with steps, notes and downloads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from kb.corpus.strict_yaml import Source
from kb.errors import CorpusError
from kb.model.area import AreaResult, AreaStep
from kb.model.base import Language
from kb.model.sightline import SightlineResult, SightlineStep
from kb.procedure.read import FileProblems, parse_bytes, write_problem
from kb.quantity import convert, parse_quantity
from kb.ui.markup import badge, element, text
from kb.ui.strings import translate

YES_NO: tuple[Literal["unknown", "yes", "no"], ...] = ("unknown", "yes", "no")
_SIGNS = {"yes": ("○", "good"), "no": ("×", "none"), "unknown": ("？", "open")}


def ask_yes_no(label: str, key: str, language: Language) -> bool | str:
    """Ask a question that may stay open; returns true, false or `unknown`."""
    answer = choose(label, list(YES_NO), key, lambda one: translate(f"tool_{one}", language))
    return {"yes": True, "no": False}.get(answer, "unknown")


def choose(label: str, options: Sequence[str], key: str, name: Callable[[str], str]) -> str:
    """Let one of a few options be chosen; the first is chosen to begin with."""
    st.session_state.setdefault(key, options[0])
    chosen = st.pills(label, list(options), format_func=name, key=key, required=True)
    return str(chosen or options[0])


def ask_length(label: str, key: str, largest: float, step: float = 0.1) -> str:
    """Ask for a length in metres that may stay open; returns the notation of a survey file."""
    limits = {"min_value": 0.0, "max_value": float(largest), "step": float(step)}
    value = st.number_input(label, value=None, key=key, format="%.2f", **limits)  # type: ignore[call-overload]
    return "unknown" if value is None else f"{value:.3f}".rstrip("0").rstrip(".") + " m"


def metres(length: str) -> float:
    """Return a length of a survey file in metres, as `ask_length` asks for it."""
    return float(convert(parse_quantity(length), "m").value)


def remove_at(held: list[Any], index: int) -> None:
    """Take an entry out of a list, where it is still there."""
    if index < len(held):
        held.pop(index)


def show_picture(svg: str, words: str) -> None:
    """Show a drawing as wide as the page allows; `words` say it to those who do not see it."""
    import base64

    source = "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")
    st.html(
        element(
            "img",
            src=source,
            alt=words,
            style="width:100%;height:auto;border:1px solid var(--line);border-radius:.5rem",
        )
    )


def show_steps(
    steps: Sequence[AreaStep | SightlineStep], result: AreaResult | SightlineResult, language: Language
) -> None:
    """Show each step: sign, question, answer, clause."""
    labels = {one.locator: one.label for one in result.citations}
    rows = []
    for step in steps:
        sign, tone = _SIGNS[step.answer]
        mark = badge(sign, translate(f"tool_{step.answer}", language), tone)
        source = " / ".join(labels[locator] for locator in step.locators)
        rows.append(
            element(
                "li",
                element("div", mark, " ", element("strong", text(step.question))),
                element("div", text(step.text)),
                element("div", text(source), cls="kb-remark"),
                cls="kb-step",
            )
        )
    _heading("tool_steps", language)
    st.html(element("ol", *rows, cls="kb-lines", lang=language))


def show_lists(result: AreaResult | SightlineResult, language: Language) -> None:
    """Show what is missing, the notes and the clauses."""
    if result.missing:
        _heading("tool_missing", language)
        st.html(_list([one.question for one in result.missing], language))
    if result.notes:
        with st.expander(translate("tool_notes", language), icon=":material/info:"):
            st.html(_list(result.notes, language))
    with st.expander(translate("tool_sources", language), icon=":material/gavel:"):
        for one in result.citations:
            note = element("p", text(one.note), cls="kb-note") if one.note else ""
            st.html(
                element("div", element("strong", text(one.label)), element("p", text(one.text)), note, lang=language)
            )


def show_downloads(svg: str, result: AreaResult | SightlineResult, name: str, language: Language) -> None:
    """Offer drawing and result as files."""
    with st.container(horizontal=True):
        st.download_button(
            translate("tool_save_picture", language),
            svg,
            f"{name}.svg",
            "image/svg+xml",
            key=f"{name}-svg",
            icon=":material/download:",
        )
        st.download_button(
            translate("tool_save_result", language),
            result.model_dump_json(indent=2),
            f"{name}.json",
            "application/json",
            key=f"{name}-json",
            icon=":material/download:",
        )


def show_verdict(sign: str, words: str, tone: str, below: str, language: Language) -> None:
    """Show the result in large, with a line below."""
    lines = [element("p", badge(sign, words, tone), cls="kb-badges")]
    if below:
        lines.append(element("p", text(below)))
    st.html(element("div", *lines, cls="kb-text", role="status", lang=language))


def show_advice(advice: Sequence[str], language: Language) -> None:
    """Show what to do."""
    if advice:
        _heading("tool_advice", language)
        st.html(_list(advice, language))


def _heading(key: str, language: Language) -> None:
    st.html(element("h2", text(translate(key, language)), cls="kb-section", lang=language))


def _list(items: Sequence[str], language: Language) -> str:
    return element("ul", *(element("li", text(item)) for item in items), cls="kb-lines", lang=language)


def show_lead(key: str, language: Language) -> None:
    """Show what a tool does."""
    st.html(element("p", text(translate(key, language)), cls="kb-lead", lang=language))


def read_upload(key: str, language: Language) -> tuple[str, bytes] | None:
    """Offer to use a file instead; returns its name and content, None where there is none."""
    with st.expander(translate("tool_upload", language), icon=":material/upload_file:"):
        file = st.file_uploader(
            translate("tool_upload", language), type=["yaml", "yml", "json"], key=key, label_visibility="collapsed"
        )
    return None if file is None else (file.name, file.getvalue())


def parse_upload(file: tuple[str, bytes], language: Language) -> Source:
    """Parse an uploaded file; raises `FileProblems`."""
    try:
        return parse_bytes(file[1], file[0])
    except CorpusError as error:
        raise FileProblems([error], language) from None


def show_problems(problems: FileProblems, language: Language) -> None:
    """List what is wrong with a file."""
    st.warning(translate("tool_problems", language), icon=":material/warning:")
    st.html(_list([write_problem(one, language) for one in problems.problems], language))
