"""Choose the option of a four-choice item to mark."""

from __future__ import annotations

from collections.abc import Sequence

from kb.judge.items import Item
from kb.model.judgement import Judgement


def mark_option(item: Item, judged: Sequence[Judgement]) -> int | None:
    """Return the number of the one option that fits what is asked, or None where not exactly one does.

    One undecided option is marked by elimination where all others are decided the other way.
    """
    wanted = "incorrect" if item.unfitting else "correct"
    other = "correct" if item.unfitting else "incorrect"
    hits = [i for i, one in enumerate(judged, start=1) if one.verdict == wanted]
    if len(hits) == 1:
        return hits[0]
    left = [i for i, one in enumerate(judged, start=1) if one.verdict != other]
    return left[0] if len(left) == 1 else None
