"""What pills leave for the next drawing: the fact of a turn that was chosen, or taken back."""

from __future__ import annotations

import streamlit as st

_CHOICES = "choices"


def keep_choice(number: int, fact: str, value: str | None) -> None:
    """Keep what was chosen for a fact of a turn; None takes it back."""
    st.session_state.setdefault(_CHOICES, {})[(number, fact)] = value


def take_choices() -> dict[tuple[int, str], str | None]:
    """Return what was chosen since the last drawing, and forget it."""
    taken: dict[tuple[int, str], str | None] = st.session_state.pop(_CHOICES, {})
    return taken
