"""The tool that classifies an area: what was surveyed, the class, the plan."""

from __future__ import annotations

from typing import Any, get_args

import streamlit as st

from kb.area.classify import classify_area, find_procedure
from kb.area.plan import draw_plan
from kb.area.survey import EXAMPLE, EstateKind, check_survey
from kb.area.words import say
from kb.base import KnowledgeBase
from kb.errors import UsageError
from kb.model.area import AreaResult
from kb.model.base import Language
from kb.model.procedure import AreaClass, AreaProcedure, FacilityKind
from kb.procedure.read import FileProblems, as_source, read_source
from kb.quantity import format_quantity
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
    show_downloads,
    show_lead,
    show_lists,
    show_picture,
    show_problems,
    show_steps,
    show_verdict,
)

_FACILITIES, _ROUND = "tools-facilities", "tools-area-round"
_BOUNDED = {"clear": True, "unclear": False}
_ESTATES: dict[str, Any] = {"unknown": None, "none": "none"} | {
    f"{kind}_{name}": {"kind": kind, "clearly_bounded": bounded}
    for kind in get_args(EstateKind)
    for name, bounded in _BOUNDED.items()
}
"""The answers to the question of the estate, as a survey has them."""


def draw_area_view(knowledge: KnowledgeBase, language: Language) -> None:
    """Draw the tool."""
    try:
        procedure = find_procedure(knowledge.corpus)[1]
    except UsageError:
        st.info(translate("tool_none", language))
        return
    show_lead("area_lead", language)
    kinds = {kind.id: kind for kind in procedure.kinds}
    uploaded = read_upload("area-file", language)
    try:
        if uploaded is not None:
            survey = check_survey(parse_upload(uploaded, language), procedure, language)
            st.caption(plain(translate("tool_upload_used", language, name=uploaded[0])))
        else:
            survey = check_survey(as_source(_ask(kinds, procedure, language)), procedure, language)
    except FileProblems as problems:
        show_problems(problems, language)
        return
    _show(classify_area(knowledge.corpus, survey, language), language)


def _show(result: AreaResult, language: Language) -> None:
    tone = "open" if result.area_class == "unknown" else "good"
    sign = "？" if result.area_class == "unknown" else "●"
    below = result.headline
    if result.extent is not None:
        below += " " + translate("tool_extent", language, text=result.extent.text)
    show_verdict(sign, result.label, tone, below, language)
    picture = draw_plan(result)
    show_picture(picture, result.headline)
    show_lists(result, language)
    show_steps(result.steps, result, language)
    show_downloads(picture, result, "area", language)


def _ask(kinds: dict[str, FacilityKind], procedure: AreaProcedure, language: Language) -> dict[str, Any]:
    """Ask for the survey; returns it as a survey file holds it."""
    number = st.session_state.setdefault(_ROUND, 0)
    _offer_example(language)
    known = [key for key in kinds if key != "not_known"]
    data: dict[str, Any] = {"property": _ask_property(kinds, known, number, language)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        complete = ask_length(translate("area_complete", language), f"area-complete-{number}", 5000, 50)
    radius = format_quantity(procedure.figures.special_radius.value, language)
    asked = translate("area_dangerous", language, radius=radius)
    dangerous = ask_yes_no(asked, f"area-dangerous-{number}", language)
    data["survey"] = {"complete_to": complete, "dangerous_area": dangerous}
    data["facilities"] = _ask_facilities(kinds, number, language)
    estate = st.selectbox(
        translate("area_estate", language),
        list(_ESTATES),
        format_func=lambda key: (
            translate("tool_unknown", language) if key == "unknown" else translate(f"estate_{key}", language)
        ),
        key=f"area-estate-{number}",
    )
    data["estate"] = _ESTATES[estate]
    data["division"] = _ask_division(data["property"]["kind"], kinds, number, language)
    return data


def _offer_example(language: Language) -> None:
    def fill() -> None:
        example = read_source(EXAMPLE).data
        number = st.session_state[_ROUND] = st.session_state[_ROUND] + 1
        st.session_state[_FACILITIES] = [{"count": 1} | one for one in example["facilities"]]
        st.session_state[f"area-kind-{number}"] = example["property"]["kind"]
        st.session_state[f"area-complete-{number}"] = metres(example["survey"]["complete_to"])
        st.session_state[f"area-dangerous-{number}"] = "yes" if example["survey"]["dangerous_area"] else "no"
        st.session_state[f"area-estate-{number}"] = example["estate"]
        st.session_state[f"area-division-{number}"] = f"division_{example['division']}"

    def clear() -> None:
        st.session_state[_ROUND] += 1
        st.session_state[_FACILITIES] = []

    with st.container(horizontal=True):
        st.button(translate("tool_example", language), key="area-example", on_click=fill, icon=":material/edit_note:")
        st.button(translate("tool_clear", language), key="area-clear", on_click=clear, type="tertiary")


def _ask_property(kinds: dict[str, FacilityKind], known: list[str], number: int, language: Language) -> dict[str, Any]:
    key = f"area-kind-{number}"
    st.session_state.setdefault(key, "apartment" if "apartment" in known else known[0])
    kind = st.selectbox(
        translate("area_kind", language),
        known,
        format_func=lambda key: kinds[key].label.get(language),
        key=key,
    )
    entry: dict[str, Any] = {"kind": kind}
    if "complex" in kinds[kind].may_be:
        inside = [key for key in known if "complex" not in kinds[key].may_be]
        held = st.multiselect(
            translate("area_contains", language),
            inside,
            format_func=lambda key: kinds[key].label.get(language),
            placeholder=translate("choose_any", language),
            key=f"area-contains-{number}",
        )
        entry |= {"contains": held} if held else {}
    return entry | _ask_treated(kinds[kind], f"area-treat-{number}", language)


def _ask_treated(kind: FacilityKind, key: str, language: Language) -> dict[str, str]:
    """Ask for the assessor's decision where the source leaves the class of a kind open."""
    if len(kind.may_be) == 1:
        return {}
    options = ["open", *dict.fromkeys("commercial" if one == "complex" else one for one in kind.may_be)]
    names = {"open": translate("area_treat_open", language)} | {one: say(one, language) for one in get_args(AreaClass)}
    chosen = choose(translate("area_treat", language), options, key, names.__getitem__)
    if kind.note is not None:
        st.caption(plain(kind.note.get(language)))
    return {} if chosen == "open" else {"treat_as": chosen}


def _ask_facilities(kinds: dict[str, FacilityKind], number: int, language: Language) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = st.session_state.setdefault(_FACILITIES, [])
    st.html(element("p", text(translate("area_around", language)), cls="kb-label", lang=language))
    if not held:
        st.html(element("p", text(translate("area_around_none", language)), cls="kb-remark", lang=language))
    for index, one in enumerate(held):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(_line(one, kinds, language)), width="stretch")
            st.button(
                translate("tool_remove", language),
                key=f"area-remove-{number}-{index}",
                icon=":material/close:",
                type="tertiary",
                on_click=remove_at,
                args=(held, index),
            )
    with st.expander(translate("tool_add", language), icon=":material/add:", expanded=not held):
        _add_facility(kinds, held, number, language)
    return [{key: value for key, value in one.items() if value not in (None, "")} for one in held]


def _line(one: dict[str, Any], kinds: dict[str, FacilityKind], language: Language) -> str:
    name = f" {one['name']}" if one.get("name") else ""
    distance = translate("area_no_distance", language) if one["distance"] == "unknown" else one["distance"]
    kind = kinds[one["kind"]].label.get(language)
    return translate("area_facility_line", language, kind=kind, name=name, distance=distance, count=one["count"])


def _add_facility(kinds: dict[str, FacilityKind], held: list[dict[str, Any]], number: int, language: Language) -> None:
    turn = f"{number}-{len(held)}"
    kind = st.selectbox(
        translate("area_facility", language),
        list(kinds),
        format_func=lambda key: kinds[key].label.get(language),
        key=f"area-facility-{turn}",
    )
    treated = _ask_treated(kinds[kind], f"area-facility-treat-{turn}", language)
    distance = ask_length(translate("area_distance", language), f"area-distance-{turn}", 5000, 10)
    count = st.number_input(
        translate("area_count", language), min_value=1, max_value=100_000, value=1, key=f"area-count-{turn}"
    )
    name = st.text_input(translate("tool_name", language), max_chars=60, key=f"area-name-{turn}")
    bearing = st.number_input(
        translate("area_bearing", language),
        min_value=0.0,
        max_value=359.9,
        value=None,
        step=15.0,
        key=f"area-bearing-{turn}",
    )
    entry = {"kind": kind, "name": name.strip(), "distance": distance, "count": int(count), "bearing": bearing}
    st.button(
        translate("tool_add", language),
        key=f"area-add-{turn}",
        icon=":material/add:",
        on_click=held.append,
        args=(entry | treated,),
    )


def _ask_division(kind: str, kinds: dict[str, FacilityKind], number: int, language: Language) -> Any:
    answer = choose(
        translate("area_division", language),
        ["unknown", "division_none", "division_road"],
        f"area-division-{number}",
        lambda one: translate("tool_unknown" if one == "unknown" else one, language),
    )
    if answer != "division_road":
        return "none" if answer == "division_none" else None
    width = ask_length(translate("division_width", language), f"area-width-{number}", 200, 0.5)
    share = st.number_input(
        translate("division_share", language), 0.0, 100.0, None, step=1.0, key=f"area-share-{number}"
    )
    own = "residential" if "residential" in kinds[kind].may_be else "commercial"
    entry: dict[str, Any] = {"road_width": width, "clear": True}
    if share is not None:
        entry["shares"] = {"of": translate("division_of", language), own: f"{share:g} percent"}
    return entry
