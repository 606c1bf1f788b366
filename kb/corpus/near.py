"""Say what is allowed where a name is not known, with the known names that look like it."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Any


def choose(allowed: str, found: Any, known: Collection[str]) -> str:
    """Return what is allowed, with up to three known names that resemble what was found."""
    near = get_close_matches(str(found), known, n=3)
    return f"{allowed} (near it: {', '.join(near)})" if near else allowed
