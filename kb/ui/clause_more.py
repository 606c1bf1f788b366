"""What hangs on a clause: the requirements that a design is checked by, and the terms that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import streamlit as st

from kb.messages import say
from kb.model.base import Language
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.model.requirement import Requirement
from kb.rules.speaker import Speaker
from kb.rules.strengths import nodes_of
from kb.text import fold
from kb.ui.links import glossary_link
from kb.ui.markup import element, plain, text
from kb.ui.strings import translate

_SHORTEST = 2
"""Letters of a word that is looked for in a clause."""


def draw_requirements(clause: Clause, corpus: Corpus, language: Language) -> None:
    """Draw what a design is checked by on this clause."""
    found = requirements_of(clause, corpus)
    if not found:
        return
    speaker = Speaker(corpus.vocabulary, language)
    with st.expander(translate("clause_requirements", language, count=len(found)), icon=":material/fact_check:"):
        for requirement in found:
            items = [
                element("dt", text(name)) + element("dd", text(words)) for name, words in _parts(requirement, speaker)
            ]
            st.html(element("dl", *items, cls="kb-facts", lang=language))


def requirements_of(clause: Clause, corpus: Corpus) -> list[Requirement]:
    """Return the requirements that stand on a clause, as a whole or in one of their parts."""
    return [
        one
        for one in corpus.requirements
        if one.document == clause.document
        and clause.locator in {one.clause, *(node.clause for node in nodes_of(one.require) if node.clause)}
    ]


def _parts(requirement: Requirement, speaker: Speaker) -> Iterator[tuple[str, str]]:
    language = speaker.language
    yield translate("column_subject", language), say("and", language).join(map(speaker.place, requirement.subjects))
    if requirement.when is not None:
        yield translate("column_condition", language), speaker.node(requirement.when)
    if requirement.unless is not None:
        yield translate("requirement_unless", language), speaker.node(requirement.unless)
    strength = say(f"short_{requirement.strength}", language)
    asked = translate("column_required", language) + translate("in_brackets", language, text=strength)
    yield asked, speaker.node(requirement.require)


def draw_terms(clause: Clause, corpus: Corpus, language: Language) -> None:
    """Draw links to the terms that a clause uses or defines."""
    found = terms_of(clause, corpus, language)
    if not found:
        return
    st.html(element("h3", text(translate("clause_terms", language)), cls="kb-section", lang=language))
    with st.container(horizontal=True, key="kb-clause-terms"):
        for term in found:
            label = corpus.vocabulary.terms[term].label.get(language)
            glossary_link(label, plain(label))


def terms_of(clause: Clause, corpus: Corpus, language: Language) -> list[str]:
    """Return the terms that a clause defines, or whose words stand in it."""
    words = fold("" if clause.text is None else clause.text.get(language))
    found = []
    for key, term in corpus.vocabulary.terms.items():
        names = (term.label.get(language), *term.aliases.get(language))
        if clause.id in term.defined_by or any(_stands_in(fold(name), words) for name in names):
            found.append(key)
    return found


def _stands_in(name: str, words: str) -> bool:
    """Tell whether a name stands in a text; one in Latin letters as a whole word (also in the plural)."""
    if len(name) < _SHORTEST:
        return False
    if name.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(name)}s?(?![a-z0-9])", words) is not None
    return name in words
