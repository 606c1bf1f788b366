"""Which members of a requirement count at which strength."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model.base import Strength
from kb.model.requirement import Node, Requirement

_STRONGEST_FIRST: tuple[Strength, ...] = ("shall", "should", "may")


def nodes_of(node: Node) -> Iterator[Node]:
    """Yield a node and every node below it, conditions not included."""
    yield node
    for child in node.children:
        yield from nodes_of(child)


def all_nodes(node: Node) -> Iterator[Node]:
    """Yield a node, every node below it, and what they hang on: `when`, `unless`, and the `when` of another place."""
    yield node
    for below in (node.when, node.unless, node.at.when if node.at is not None else None, *node.children):
        if below is not None:
            yield from all_nodes(below)


def prune(node: Node, strength: Strength) -> Node | None:
    """Return a node without the members of conjunctions that have another strength; None where nothing is left."""
    if not node.children:
        return node
    children = []
    for child in node.children:
        own = child.strength or strength
        kept = prune(child, own) if node.kind != "all_of" or own == strength else None
        if kept is not None:
            children.append(kept)
    return node.model_copy(update={"children": tuple(children)}) if children else None


def strength_of(requirement: Requirement) -> Strength:
    """Return the strength of a requirement as a whole: its own, or the strongest of what it is made of."""
    own = requirement.require.strength or requirement.strength
    if prune(requirement.require, own) is not None:
        return own
    found = {node.strength for node in nodes_of(requirement.require)}
    return next(strength for strength in _STRONGEST_FIRST if strength in found)
