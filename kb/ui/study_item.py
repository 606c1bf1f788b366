"""An item, wherever it is asked or looked at again: question, options, and after the answer why."""

from __future__ import annotations

import streamlit as st

from kb.model.base import Language
from kb.model.knowledge import read_locators
from kb.model.study import Item
from kb.study.session import Study
from kb.ui.links import clause_link
from kb.ui.markup import badge, element, text
from kb.ui.resources import open_knowledge
from kb.ui.strings import translate


def subject_name(study: Study, subject: str, language: Language) -> str:
    """Name a subject."""
    return next(s.label.get(language) for s in study.deck.guide.subjects if s.id == subject)


def draw_question(item: Item, language: Language, heading: str = "") -> None:
    """Draw what is asked."""
    parts = [element("p", text(heading), cls="kb-path")] if heading else []
    parts.append(element("p", text(item.stem.get(language)), cls="kb-stem", tabindex="-1"))
    if item.quote is not None:
        parts.append(element("p", text(item.quote.get(language)), cls="kb-passage"))
    st.html(element("div", *parts, lang=language))


def draw_explanation(item: Item, chosen: int | None, language: Language, key: str) -> None:
    """Draw what is right and why, why the others are not, and the clause."""
    is_right = chosen == item.answer
    right = item.options[item.answer].text.get(language)
    sign, tone = ("✓", "good") if is_right else ("✕", "bad")
    verdict = translate("study_right" if is_right else "study_wrong", language)
    parts = [element("p", badge(sign, verdict, tone), cls="kb-badges")]
    if not is_right:
        given = translate("study_no_answer", language) if chosen is None else item.options[chosen].text.get(language)
        parts.append(element("p", text(translate("study_your_answer", language, answer=given)), cls="kb-remark"))
    parts.append(element("p", text(translate("study_answer_was", language, answer=right)), cls="kb-label"))
    others = [option for option in item.options if not option.right]
    told = [
        element("li", element("b", text(option.text.get(language))), " ", text(option.why.get(language)))
        for option in others
    ]
    parts += [element("p", text(translate("study_why_others", language)), cls="kb-label-inline")]
    parts.append(element("ul", *told, cls="kb-lines"))
    parts.append(element("p", text(translate("study_clause", language)), cls="kb-label-inline"))
    parts.append(element("p", text(read_locators(item.explanation.get(language), language)), cls="kb-clause"))
    st.html(element("div", *parts, lang=language, **{"aria-live": "polite"}))
    corpus = open_knowledge(language).corpus
    clause = corpus.by_id.get(f"{item.document} {item.locator}")
    if clause is not None:
        clause_link(clause, translate("study_open_clause", language), key=f"study-clause-{key}")
