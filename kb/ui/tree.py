"""A tree that opens step by step, with the browser's own `details`; works by keyboard and without a server."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.ui.markup import badge, element, text
from kb.ui.present import Badge


@dataclass(frozen=True)
class Node:
    """A line of a tree: words, the verdict on it where it has one, and the lines below it."""

    words: str
    badge: Badge | None = None
    children: tuple[Node, ...] = field(default=())
    opened: bool = False


def draw_tree(nodes: tuple[Node, ...], language: str) -> str:
    """Return a tree as HTML."""
    return element("ul", *(_item(node) for node in nodes), cls="kb-tree", lang=language)


def _item(node: Node) -> str:
    shown = "" if node.badge is None else badge(node.badge.sign, node.badge.word, node.badge.tone) + " "
    line = shown + element("span", text(node.words))
    if not node.children:
        return element("li", line)
    below = element("ul", *(_item(child) for child in node.children))
    opened = {"open": "open"} if node.opened else {}
    return element("li", element("details", element("summary", line), below, **opened))
