"""Where the keyboard goes on: a drawing that takes away the button just pressed would lose the place otherwise."""

from __future__ import annotations

import json

import streamlit as st

_WANTED, _COUNT = "focus_wanted", "focus_count"


def want_focus(selector: str) -> None:
    """Have the first thing that a CSS selector finds take the keyboard's focus after the next drawing."""
    st.session_state[_WANTED] = selector


def draw_focus() -> None:
    """Draw the script that moves the focus, where that was asked for."""
    selector = st.session_state.pop(_WANTED, None)
    if selector is None:
        return
    number = st.session_state[_COUNT] = (
        st.session_state.get(_COUNT, 0) + 1
    )  # a script that is the same is not run again
    find = f"document.querySelector({json.dumps(selector)})"
    st.html(f"<script>setTimeout(() => {find}?.focus(), 150); /* {number} */</script>", unsafe_allow_javascript=True)
