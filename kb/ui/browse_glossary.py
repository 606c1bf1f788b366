"""Look a term up: its other names, what it means in each guideline, where it is defined."""

from __future__ import annotations

import streamlit as st

from kb.base import KnowledgeBase
from kb.model.base import Language
from kb.model.corpus import Clause, Definition
from kb.model.knowledge import Corpus
from kb.model.vocabulary import Term
from kb.text import fold
from kb.ui.links import clause_link
from kb.ui.markup import element, plain, text
from kb.ui.strings import translate

_ALIASES = 6
_LONGEST = 100


def draw_glossary(knowledge: KnowledgeBase, language: Language) -> None:
    """Draw the field that narrows the list, and the terms."""
    corpus = knowledge.corpus
    named = st.query_params.get("q", "")[:_LONGEST]
    label = translate("glossary_filter", language)
    typed = st.text_input(label, value=named, key=f"glossary-filter-{named}", max_chars=_LONGEST)
    wanted = fold(typed).strip()
    terms = corpus.vocabulary.terms
    found = [name for name, term in terms.items() if not wanted or any(wanted in fold(word) for word in _names(term))]
    if not found:
        st.info(translate("glossary_none", language), icon=":material/search_off:")
    with st.container(gap="xsmall"):
        for name in sorted(found, key=lambda n: fold(terms[n].label.get(language))):
            label = terms[name].label.get(language)
            with st.expander(plain(label), expanded=len(found) == 1 or label == named):
                _draw_term(name, terms[name], corpus, language)


def _names(term: Term) -> tuple[str, ...]:
    return term.label.ja, term.label.en, *term.aliases.all


def _draw_term(name: str, term: Term, corpus: Corpus, language: Language) -> None:
    aliases = [alias for alias in term.aliases.get(language) if alias != term.label.get(language)][:_ALIASES]
    if aliases:
        label = element("span", text(translate("also_called", language)), cls="kb-label-inline")
        st.html(
            element("p", label, text("、".join(aliases) if language == "ja" else ", ".join(aliases)), lang=language)
        )
    definitions = [one for one in corpus.definitions if one.term == name]
    for number, definition in enumerate(definitions):
        _draw_definition(definition, number, corpus, language)
    for number, clause in enumerate(_defining(term, definitions, corpus)):
        if clause.text is not None:
            st.html(element("p", text(clause.text.get(language)), cls="kb-clause", lang=language))
        clause_link(clause, plain(corpus.label(clause, language)), key=f"term-{name}-{number}")


def _draw_definition(definition: Definition, number: int, corpus: Corpus, language: Language) -> None:
    guide = corpus.documents_by_id[definition.document].short.get(language)
    genus = element(
        "strong", text(translate("defined_as", language, guide=guide, genus=definition.genus.get(language)))
    )
    features = [feature.en if language == "en" else feature.ja for feature in definition.features]
    items = element("ul", *(element("li", text(feature)) for feature in features), cls="kb-lines")
    st.html(element("div", element("p", genus), items, lang=language))
    clause = corpus.by_id.get(f"{definition.document} {definition.clause}")
    if clause is not None:
        clause_link(clause, plain(corpus.label(clause, language)), key=f"def-{definition.term}-{number}")


def _defining(term: Term, definitions: list[Definition], corpus: Corpus) -> list[Clause]:
    """Return the clauses that define a term and are not shown as a definition already."""
    shown = {f"{one.document} {one.clause}" for one in definitions}
    return [corpus.by_id[name] for name in term.defined_by if name in corpus.by_id and name not in shown]
