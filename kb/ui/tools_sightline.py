"""The tool that verifies a sightline: what was measured, whether it is seen, the section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import streamlit as st

from kb.base import KnowledgeBase
from kb.errors import UsageError
from kb.model.base import Language
from kb.model.procedure import SightlineProcedure
from kb.model.sightline import SightlineResult
from kb.model.vocabulary import Building
from kb.procedure.read import FileProblems, as_source, read_source
from kb.rules.words import VERDICTS
from kb.sightline.check import check_sightline, find_procedure
from kb.sightline.section import draw_section
from kb.sightline.survey import EXAMPLE, Supplement, check_sightline_survey
from kb.ui.markup import element, plain, text
from kb.ui.strings import translate
from kb.ui.tools_parts import (
    ask_length,
    ask_yes_no,
    choose,
    metres,
    parse_upload,
    read_upload,
    remove_at,
    show_advice,
    show_downloads,
    show_lead,
    show_lists,
    show_picture,
    show_problems,
    show_steps,
    show_verdict,
)

_OBSTACLES, _ROUND = "tools-obstacles", "tools-sight-round"
_TONES = {"pass": "good", "pass_by_alternative": "good", "fail": "bad", "unknown": "open", "not_applicable": "none"}
_SIGNS = {"pass": "○", "pass_by_alternative": "○", "fail": "×", "unknown": "？", "not_applicable": "－"}


def draw_sightline_view(knowledge: KnowledgeBase, language: Language) -> None:
    """Draw the tool."""
    try:
        procedure = find_procedure(knowledge.corpus)[1]
    except UsageError:
        st.info(translate("tool_none", language))
        return
    show_lead("sight_lead", language)
    uploaded = read_upload("sight-file", language)
    try:
        if uploaded is not None:
            survey = check_sightline_survey(parse_upload(uploaded, language), procedure, language)
            st.caption(plain(translate("tool_upload_used", language, name=uploaded[0])))
        else:
            asked = _ask(procedure, knowledge.corpus.vocabulary.buildings, language)
            survey = check_sightline_survey(as_source(asked), procedure, language)
    except FileProblems as problems:
        show_problems(problems, language)
        return
    _show(check_sightline(knowledge.corpus, survey, language), language)


def _show(result: SightlineResult, language: Language) -> None:
    words = VERDICTS[result.verdict].get(language)
    sight = translate("sight_geometry", language) + translate(f"sight_{result.sight}", language)
    show_verdict(_SIGNS[result.verdict], words, _TONES[result.verdict], f"{result.headline} {sight}", language)
    picture = draw_section(result)
    show_picture(picture, result.headline)
    show_advice(result.advice, language)
    show_lists(result, language)
    show_steps(result.steps, result, language)
    show_downloads(picture, result, "sightline", language)


def _ask(procedure: SightlineProcedure, buildings: Mapping[str, Building], language: Language) -> dict[str, Any]:
    """Ask for what was measured; returns it as a file holds it."""
    number = st.session_state.setdefault(_ROUND, 0)
    _offer_example(language)
    contexts = {str(key): rules for key, rules in procedure.contexts.items()}
    context = choose(
        translate("sight_context", language),
        list(contexts),
        f"sight-context-{number}",
        lambda key: contexts[key].label.get(language),
    )
    viewpoints = {one.id: one for one in procedure.viewpoints if context in one.contexts}
    viewpoint = st.selectbox(
        translate("sight_viewpoint", language),
        list(viewpoints),
        format_func=lambda key: viewpoints[key].names.get(language)[0],
        key=f"sight-viewpoint-{context}-{number}",
    )
    data: dict[str, Any] = {"context": context, "viewpoint": viewpoint}
    if viewpoints[viewpoint].buildings:
        building = choose(
            translate("sight_building", language),
            ["unknown", *viewpoints[viewpoint].buildings],
            f"sight-building-{number}",
            lambda key: translate("tool_unknown", language) if key == "unknown" else buildings[key].label.get(language),
        )
        data["building"] = None if building == "unknown" else building
    data["eye_height"] = ask_length(translate("sight_eye", language), f"sight-eye-{number}", 3, 0.05)
    data["target"] = {
        key: ask_length(translate(f"sight_{key}", language), f"sight-{key}-{number}", largest, step)
        for key, largest, step in (("distance", 500, 1.0), ("from", 20, 0.1), ("to", 20, 0.1))
    }
    data["obstacles"] = _ask_obstacles(procedure, number, language)
    data["movement_recognisable"] = ask_yes_no(
        translate("sight_movement", language), f"sight-movement-{number}", language
    )
    supplement = choose(
        translate("sight_supplement", language),
        ["unknown", *get_args(Supplement)],
        f"sight-supplement-{number}",
        lambda key: (
            translate("tool_unknown", language) if key == "unknown" else translate(f"supplement_{key}", language)
        ),
    )
    data["supplement"] = None if supplement == "unknown" else supplement
    return data


def _offer_example(language: Language) -> None:
    def fill() -> None:
        example = read_source(EXAMPLE).data
        number = st.session_state[_ROUND] = st.session_state[_ROUND] + 1
        st.session_state[_OBSTACLES] = [{"bottom": "0 m"} | one for one in example["obstacles"]]
        st.session_state[f"sight-context-{number}"] = example["context"]
        for key, length in example["target"].items():
            st.session_state[f"sight-{key}-{number}"] = metres(length)

    def clear() -> None:
        st.session_state[_ROUND] += 1
        st.session_state[_OBSTACLES] = []

    with st.container(horizontal=True):
        st.button(translate("tool_example", language), key="sight-example", on_click=fill, icon=":material/edit_note:")
        st.button(translate("tool_clear", language), key="sight-clear", on_click=clear, type="tertiary")


def _ask_obstacles(procedure: SightlineProcedure, number: int, language: Language) -> list[dict[str, Any]] | None:
    held: list[dict[str, Any]] = st.session_state.setdefault(_OBSTACLES, [])
    names = {one.id: one.names.get(language)[0] for one in procedure.obstacles}
    st.html(element("p", text(translate("sight_between", language)), cls="kb-label", lang=language))
    for index, one in enumerate(held):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(_line(one, names, language)), width="stretch")
            st.button(
                translate("tool_remove", language),
                key=f"sight-remove-{number}-{index}",
                icon=":material/close:",
                type="tertiary",
                on_click=remove_at,
                args=(held, index),
            )
    listed: list[dict[str, Any]] | None = None
    if not held:
        answer = choose(
            translate("sight_between", language),
            ["sight_between_open", "sight_between_none"],
            f"sight-nothing-{number}",
            lambda key: translate(key, language),
        )
        listed = [] if answer == "sight_between_none" else None
    with st.expander(translate("tool_add", language), icon=":material/add:"):
        _add_obstacle(names, held, number, language)
    return held or listed


def _line(one: dict[str, Any], names: dict[str, str], language: Language) -> str:
    open_word = translate("tool_unknown", language)
    distance, height = (open_word if one[key] == "unknown" else one[key] for key in ("distance", "height"))
    return translate("sight_line", language, kind=names[one["kind"]], distance=distance, height=height)


def _add_obstacle(names: dict[str, str], held: list[dict[str, Any]], number: int, language: Language) -> None:
    turn = f"{number}-{len(held)}"
    kind = st.selectbox(
        translate("sight_obstacle", language),
        list(names),
        format_func=lambda key: names[key],
        key=f"sight-obstacle-{turn}",
    )
    entry: dict[str, Any] = {"kind": kind}
    entry["distance"] = ask_length(translate("sight_distance", language), f"sight-at-{turn}", 500, 0.5)
    entry["height"] = ask_length(translate("sight_height", language), f"sight-height-{turn}", 50, 0.1)
    bottom = ask_length(translate("sight_bottom", language), f"sight-bottom-{turn}", 50, 0.1)
    entry["bottom"] = "0 m" if bottom == "unknown" else bottom
    entry["see_through"] = ask_yes_no(translate("sight_see_through", language), f"sight-through-{turn}", language)
    st.button(
        translate("tool_add", language),
        key=f"sight-add-{turn}",
        icon=":material/add:",
        on_click=held.append,
        args=(entry,),
    )
