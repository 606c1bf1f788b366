"""The tool that shows camera angles to scale, and which angle a place takes."""

from __future__ import annotations

import streamlit as st

from kb.angles.frames import draw_angles, find_angles, list_angles, list_duties
from kb.base import KnowledgeBase
from kb.model.base import Language
from kb.ui.clause_view import draw_clause_body
from kb.ui.links import clause_link
from kb.ui.markup import element, plain, text
from kb.ui.strings import translate
from kb.ui.tools_parts import show_lead, show_picture

_NAMES = ("angle_purpose", "angle_visible", "angle_size", "angle_colour")


def draw_angles_view(knowledge: KnowledgeBase, language: Language) -> None:
    """Draw the tool."""
    found, picture = find_angles(knowledge.corpus), draw_angles(knowledge.corpus, language)
    if found is None or picture is None:
        st.info(translate("tool_none", language))
        return
    show_lead("angles_lead", language)
    show_picture(picture, translate("angles_lead", language))
    st.html(element("p", text(translate("angles_scale", language)), cls="kb-remark", lang=language))
    duties = list_duties(knowledge.corpus, language)
    index = st.selectbox(
        translate("angles_place", language),
        range(len(duties)),
        index=None,
        format_func=lambda one: duties[one].place,
        key="angles-place",
        placeholder=translate("angles_place", language),
    )
    if index is not None:
        chosen = duties[index]
        words = translate("angle_for_place", language, place=chosen.place, angle=chosen.angle)
        more = [one for one in (chosen.duty, chosen.remark) if one]
        lines = [element("p", element("strong", text(words))), *(element("p", text(one)) for one in more)]
        st.html(element("div", *lines, cls="kb-text", lang=language))
    st.html(_list(knowledge, language))
    st.html(element("p", text(translate("angles_courses", language)), cls="kb-note", lang=language))
    clause = knowledge.corpus.by_id[f"{found[0]} {found[1].clause}"]
    with st.expander(plain(knowledge.corpus.label(clause, language)), icon=":material/gavel:"):
        draw_clause_body(clause, knowledge.corpus, language)
        clause_link(clause, translate("open_clause", language), key="angles-clause")


def _list(knowledge: KnowledgeBase, language: Language) -> str:
    """Describe each angle in lines that fit a phone."""
    blocks = []
    for row in list_angles(knowledge.corpus, language):
        head = f"{translate('angle_column', language)} {row.angle}"
        lines = [
            element("li", element("span", text(f"{translate(name, language)}: "), cls="kb-label-inline"), text(value))
            for name, value in zip(_NAMES, (row.purpose, row.visible, row.size, row.colour), strict=True)
        ]
        blocks.append(element("p", text(head), cls="kb-label") + element("ul", *lines, cls="kb-lines"))
    return element("div", *blocks, lang=language)
