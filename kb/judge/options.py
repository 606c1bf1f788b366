"""Choose the option of a four-choice item to mark."""

from __future__ import annotations

from collections.abc import Sequence

from kb.judge.decide import Decision
from kb.judge.items import Item

LEAST, GAP = 0.5, 0.2
"""Without a decided option, the likeliest one is marked from this probability and this lead over the next one on."""


def mark_option(item: Item, decisions: Sequence[Decision]) -> int | None:
    """Return the number of the one option that fits what is asked, or None where none stands out.

    One undecided option is marked by elimination where all others are decided the other way.
    """
    wanted = "incorrect" if item.unfitting else "correct"
    other = "correct" if item.unfitting else "incorrect"
    hits = [i for i, one in enumerate(decisions, start=1) if one.verdict == wanted]
    if len(hits) == 1:
        return hits[0]
    left = [i for i, one in enumerate(decisions, start=1) if one.verdict != other]
    if len(left) == 1:
        return left[0]
    chances = [1 - d.probability if item.unfitting else d.probability for d in decisions]
    ranked = sorted(range(len(chances)), key=lambda i: -chances[i])
    first, second = chances[ranked[0]], chances[ranked[1]]
    return ranked[0] + 1 if first >= LEAST and first - second >= GAP else None
