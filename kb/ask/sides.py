"""Split a question that asks for several things: places set side by side, quantities asked for together."""

from __future__ import annotations

from dataclasses import replace

from kb.ask.frame import Frame


def sides_of(frame: Frame) -> list[Frame]:
    """Return a frame for each thing that a question asks for beside another: places compared, quantities joined.

    The frame alone where it asks for one thing.
    """
    named = frame.properties or frame.generic
    by_place = _by_span(frame, "place", frame.places)
    if len(by_place) > 1 and named and frame.intents & {"difference", "strictest"}:
        return [replace(frame, places=places) for places in by_place]
    by_quantity = _by_span(frame, "fact", (*frame.properties, *frame.generic))
    if len(by_quantity) > 1 and "also" in frame.intents:
        own = [tuple(n for n in names if n in frame.properties) for names in by_quantity]
        return [
            replace(frame, properties=mine, generic=() if mine else names)
            for mine, names in zip(own, by_quantity, strict=True)
        ]
    return [frame]


def _by_span(frame: Frame, section: str, kept: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the ids that stand in one place of the question, place by place, without repeats."""
    spans: dict[tuple[int, int], list[str]] = {}
    for mention in frame.mentions:
        if mention.section == section and mention.id in kept:
            spans.setdefault(mention.span, []).append(mention.id)
    return list(dict.fromkeys(tuple(names) for names in spans.values()))
