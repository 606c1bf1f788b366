"""One clause, wherever it is shown: what it says, how binding, its figures, its note, the original wording."""

from __future__ import annotations

import streamlit as st

from kb.ask.describe import Describer
from kb.messages import say
from kb.model.base import Strength
from kb.model.corpus import Clause, Figure
from kb.model.knowledge import Corpus, read_locators
from kb.ui.markup import badge, element, text
from kb.ui.present import measure_name
from kb.ui.strings import translate

STRENGTH_SIGNS: dict[Strength, tuple[str, str]] = {
    "shall": ("●", "shall"),
    "should": ("○", "should"),
    "may": ("◇", "may"),
}
"""A sign and a class of `style.css` for each strength."""


def draw_clause_body(
    clause: Clause, corpus: Corpus, language: str, quote: str | None = None, path: bool = True
) -> None:
    """Draw a clause: headings above it, restatement, figures, note, and the original wording where it was added."""
    parts = [_path(clause, corpus, language)] if path else []
    if clause.origin == "user":
        parts.append(element("p", badge("＋", translate("own_clause", language), "none")))
    parts.append(_kind_badge(clause, language))
    if clause.text is not None:
        parts.append(element("p", text(read_locators(clause.text.get(language), language)), cls="kb-clause"))
    figures = figure_lines(clause, corpus, language)
    if figures:
        heading = element("p", text(translate("figures_in_clause", language)), cls="kb-label")
        parts += [heading, element("ul", *(element("li", text(line)) for line in figures), cls="kb-lines")]
    unread = [_figure_line(figure, Describer(corpus), language) for figure in clause.unreviewed]
    if unread:
        heading = element("p", text(translate("figures_unreviewed", language)), cls="kb-label")
        parts += [
            heading,
            element("ul", *(element("li", text(line)) for line in dict.fromkeys(unread)), cls="kb-lines"),
        ]
    if clause.note is not None:
        label = element("strong", text(translate("note", language)))
        parts.append(element("p", label, text(read_locators(clause.note.get(language), language)), cls="kb-note"))
    wording = quote or clause.quote
    if wording:
        parts.append(element("p", text(translate("original", language)), cls="kb-label"))
        parts.append(element("blockquote", text(wording), cls="kb-quote", lang="ja"))
    st.html(element("div", *parts, lang=language))


def _path(clause: Clause, corpus: Corpus, language: str) -> str:
    above = [heading_of(one, language) for one in corpus.ancestors(clause)]
    return element("p", text(" › ".join(filter(None, above))), cls="kb-path") if any(above) else ""


def heading_of(clause: Clause, language: str) -> str:
    """Return the title of a clause that has one, else nothing."""
    return "" if clause.title is None else clause.title.get(language)


def _kind_badge(clause: Clause, language: str) -> str:
    if clause.strength is None:
        return element("p", badge("・", translate(f"kind_{clause.kind}", language), "none"))
    sign, tone = STRENGTH_SIGNS[clause.strength]
    explained = element("span", text(say(f"strength_{clause.strength}", language)), cls="kb-remark")
    return element("p", badge(sign, say(f"short_{clause.strength}", language), tone), " ", explained)


def figure_lines(clause: Clause, corpus: Corpus, language: str) -> list[str]:
    """Return the figures of a clause, one sentence each."""
    describer = Describer(corpus)
    return list(dict.fromkeys(_figure_line(figure, describer, language) for figure in clause.figures))


def _figure_line(figure: Figure, describer: Describer, language: str) -> str:
    name = figure.label.get(language) if figure.label else describer.concept(figure.property, language)
    if figure.place is not None and figure.label is None:
        name = say("subject_of", language, place=describer.concept(figure.place, language), property=name)
    remarks = [describer.conditions(figure.when, language), measure_name(figure.measure or "", language)]
    remark = say("and", language).join(filter(None, remarks))
    figure_text = describer.figure(figure, language)
    return translate("figure_line", language, name=name, figure=figure_text) + (
        translate("in_brackets", language, text=remark) if remark else ""
    )
