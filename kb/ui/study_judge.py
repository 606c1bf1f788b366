"""Judge a statement: verdict, what the guideline says instead, and the clauses."""

from __future__ import annotations

import streamlit as st

from kb.model.base import Language
from kb.model.judgement import Judgement
from kb.study.items.statements import FAULTS
from kb.study.session import Study
from kb.ui.clause_view import draw_clause_body
from kb.ui.conversation import clean_question
from kb.ui.markup import badge, element, plain, text
from kb.ui.resources import open_knowledge
from kb.ui.strings import translate

_TONES = {"correct": ("○", "good"), "incorrect": ("×", "bad"), "unsure": ("？", "open"), "not_covered": ("－", "none")}
_SHOWN = "judged"


def draw_judge(study: Study, language: Language) -> None:
    """Draw the field for a statement, and what came of the last one."""
    st.html(element("p", text(translate("judge_lead", language)), cls="kb-lead", lang=language))
    with st.form("judge-form", border=False, enter_to_submit=False):
        said = st.text_area(translate("judge_label", language), max_chars=2000, height=120, key="judge-text")
        if st.form_submit_button(translate("judge_button", language), type="primary", icon=":material/gavel:"):
            statement = clean_question(said)
            if statement:
                with st.spinner(translate("searching", language)):
                    st.session_state[_SHOWN] = open_knowledge(language).judge(statement)
            else:
                st.session_state.pop(_SHOWN, None)
                st.warning(translate("judge_empty", language), icon=":material/edit:")
    judged: Judgement | None = st.session_state.get(_SHOWN)
    if judged is not None:
        _draw_judgement(judged, language)


def _draw_judgement(judged: Judgement, language: Language) -> None:
    with st.container(border=True, key="kb-card-judged"):
        corpus = open_knowledge(language).corpus
        sign, tone = _TONES[judged.verdict]
        parts = [element("p", text(judged.statement), cls="kb-passage")]
        shown = [badge(sign, translate(f"judge_{judged.verdict}", language), tone)]
        if judged.fault is not None:
            shown += [" ", badge("!", FAULTS[judged.fault].get(language), "open")]
        parts.append(element("p", *shown, cls="kb-badges"))
        parts.append(element("p", text(judged.headline), cls="kb-headline kb-long"))
        for option in judged.options:
            sign, tone = _TONES[option.verdict]
            verdict = badge(sign, translate(f"judge_{option.verdict}", language), tone)
            name = element("b", text(f"{translate('judge_column_option', language)} {option.number}"))
            parts.append(element("p", name, " ", verdict, " ", text(option.statement)))
        for reason in judged.reasons:
            said = element(
                "p", text(translate("judge_said", language)), text(translate("colon", language)), text(reason.said)
            )
            held = corpus.documents_by_id.get(reason.document)
            guide = translate("judge_guideline", language) if held is None else held.short.get(language)
            says = guide + translate("colon", language) + reason.guideline_says
            parts.append(element("div", said, element("p", text(says)), cls="kb-reason"))
        st.html(element("div", *parts, lang=judged.language))
        for citation in judged.citations:
            clause = corpus.by_id.get(f"{citation.document} {citation.locator}")
            if clause is not None:
                with st.expander(plain(citation.label), icon=":material/gavel:"):
                    draw_clause_body(clause, corpus, language, quote=citation.quote)
