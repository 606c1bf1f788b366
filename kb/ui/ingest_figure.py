"""A figure that was read from a document, in words."""

from __future__ import annotations

from kb.ask.describe import Describer
from kb.ingest.merge import quantity_of, to_figure
from kb.ingest.model import IngestedFigure
from kb.messages import say
from kb.model.base import Language
from kb.model.knowledge import Corpus
from kb.quantity import format_quantity
from kb.ui.strings import translate


def describe_figure(figure: IngestedFigure, corpus: Corpus, language: Language) -> str:
    """Write a figure as people read it: clause, place, what it measures, comparison, value."""
    parts = [figure.locator, subject_of(figure, corpus, language), amount_of(figure, corpus, language)]
    if figure.strength is not None:
        parts.append(say(f"short_{figure.strength}", language))
    if figure.source:
        parts.append(translate("ingest_from_note", language, note=figure.source))
    return translate("semicolon", language).join(parts)


def subject_of(figure: IngestedFigure, corpus: Corpus, language: Language) -> str:
    """Name the place and what is measured; an open name stays as it is."""
    describer = Describer(corpus)
    name = describer.concept(figure.property, language)
    conditions = describer.conditions(figure.when, language, skip=("building",))
    place = "" if figure.place is None else describer.concept(figure.place, language)
    subject = say("subject_of", language, place=place, property=name) if place else name
    return f"{conditions} {subject}".strip()


def amount_of(figure: IngestedFigure, corpus: Corpus, language: Language) -> str:
    """Write comparison and value."""
    if figure.property in corpus.vocabulary.facts:
        return Describer(corpus).figure(to_figure(figure), language)
    low = format_quantity(quantity_of(figure.value, figure.unit), language)
    high = "" if figure.value_max is None else format_quantity(quantity_of(figure.value_max, figure.unit), language)
    return say(figure.operator, language, value=low, value_max=high)
