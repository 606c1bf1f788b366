"""The tables, notes and figures that a question names by their printed labels."""

from __future__ import annotations

import re

_LABEL = re.compile(r"(?P<kind>表|注|図|別表|table|note|figure)\s?(?P<number>\d+)")
_PRINTED = {"表": "表", "注": "注", "図": "図", "別表": "別表", "table": "表", "note": "注", "figure": "図"}


def named_labels(text: str) -> frozenset[str]:
    """Return the labels of tables, notes and figures that a question names (`表3`, `note 5`), as they are printed."""
    return frozenset(_PRINTED[m["kind"]] + m["number"] for m in _LABEL.finditer(text))


def without_labels(text: str) -> str:
    """Return a text without the labels of tables, notes and figures in it."""
    return _LABEL.sub(" ", text)
