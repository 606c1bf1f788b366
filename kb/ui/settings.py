"""What a visitor chose for the session: language and size of text. `?lang=en` in an address chooses too."""

from __future__ import annotations

import streamlit as st

from kb.model.base import Language

_LANGUAGE, _LARGE = "language", "large_text"


def current_language() -> Language:
    """Return the language of the page: chosen by switch, else by address, else Japanese."""
    named = st.query_params.get("lang")
    if _LANGUAGE not in st.session_state:
        st.session_state[_LANGUAGE] = "en" if named == "en" else "ja"
    return "en" if st.session_state[_LANGUAGE] == "en" else "ja"


def switch_language() -> None:
    """Change to the other language."""
    chosen = "ja" if current_language() == "en" else "en"
    st.session_state[_LANGUAGE] = chosen
    st.query_params["lang"] = chosen


def is_large() -> bool:
    """Tell whether large text is chosen."""
    return bool(st.session_state.get(_LARGE, False))


def switch_size() -> None:
    """Change between normal and large text."""
    st.session_state[_LARGE] = not is_large()
