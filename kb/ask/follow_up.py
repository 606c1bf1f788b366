"""Carry over from the question before what a follow-up leaves out."""

from __future__ import annotations

from dataclasses import replace

from kb.ask.frame import Frame
from kb.model.knowledge import Vocabulary


def continue_frame(previous: Frame, current: Frame, vocabulary: Vocabulary) -> Frame:
    """Fill what a follow-up (`じゃあ他の階は？`) does not name from the question before it.

    A condition, building or guideline named now replaces the earlier one; a new place keeps the earlier property, a new
    property keeps the earlier place. A choice named now (`AAだと？`) is the same question in another case.
    """
    places = () if current.only_building else current.places or _places_of_choices(current, vocabulary)
    conditions = {**previous.conditions, **current.conditions}
    documents = current.documents
    if not documents and "building" not in current.conditions:
        documents = previous.documents
    if current.documents:
        conditions.pop("building", None)
        conditions.update(current.conditions)
    if places and not set(places) & set(previous.places):
        conditions = dict(current.conditions) | {k: v for k, v in previous.conditions.items() if k == "building"}
    only_case = _names_only_a_case(current)
    asks_property = bool(current.properties or current.topics or current.terms) and not only_case
    intents = current.intents
    if not (current.quantities or current.facts) and "figure" in previous.intents:
        intents = intents - {"judge"}  # `AAだと？` after a question for a number asks for another one
    return replace(
        current,
        documents=documents,
        places=places or previous.places,
        properties=current.properties or (() if asks_property else previous.properties),
        topics=current.topics if asks_property else previous.topics,
        terms=current.terms if asks_property or only_case else previous.terms,
        conditions=conditions,
        quantities=current.quantities,
        generic=current.generic or (() if asks_property else previous.generic),
        dimensions=current.dimensions or (frozenset() if asks_property else previous.dimensions),
        asked_dimensions=current.asked_dimensions or (frozenset() if asks_property else previous.asked_dimensions),
        intents=intents | (frozenset() if asks_property else previous.intents - {"judge"}),
    )


def _names_only_a_case(frame: Frame) -> bool:
    """Tell whether all that a question names is a case (`画角C`): its terms stand where a choice stands."""
    choices = {m.span for m in frame.mentions if m.section == "choice"}
    named = [m.span for m in frame.mentions if m.section in ("topic", "term", "fact")]
    return bool(choices) and not frame.properties and all(span in choices for span in named)


def _places_of_choices(frame: Frame, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the places that bear the name of a choice named (`特別地域`)."""
    chosen = [m.id.partition("=")[::2] for m in frame.mentions if m.section == "choice"]
    labels = [c.label for fact, value in chosen if (c := vocabulary.facts[fact].choices.get(value)) is not None]
    return tuple(k for k, place in vocabulary.places.items() if any(label == place.label for label in labels if label))
