"""Carry over from the question before what a follow-up leaves out."""

from __future__ import annotations

from dataclasses import replace

from kb.ask.frame import Frame


def continue_frame(previous: Frame, current: Frame) -> Frame:
    """Fill what a follow-up (`じゃあ他の階は？`) does not name from the question before it.

    A condition, building or guideline named now replaces the earlier one; a new place keeps the earlier property, a new
    property keeps the earlier place.
    """
    places = () if current.only_building else current.places
    conditions = {**previous.conditions, **current.conditions}
    documents = current.documents
    if not documents and "building" not in current.conditions:
        documents = previous.documents
    if current.documents:
        conditions.pop("building", None)
        conditions.update(current.conditions)
    if places and not set(places) & set(previous.places):
        conditions = dict(current.conditions) | {k: v for k, v in previous.conditions.items() if k == "building"}
    asks_property = bool(current.properties or current.topics or current.terms)
    return replace(
        current,
        documents=documents,
        places=places or previous.places,
        properties=current.properties or (() if asks_property else previous.properties),
        topics=current.topics if asks_property else previous.topics,
        terms=current.terms if asks_property else previous.terms,
        conditions=conditions,
        quantities=current.quantities,
        intents=current.intents | (frozenset() if asks_property else previous.intents - {"judge"}),
    )
