"""What a visitor chose: language and size of text, kept by the browser. `?lang=en` in an address chooses too."""

from __future__ import annotations

import streamlit as st

from kb.model.base import Language
from kb.ui.cookies import keep_cookie, read_cookie

_LANGUAGE, _LARGE = "language", "large_text"
_LANGUAGE_COOKIE, _SIZE_COOKIE = "kb_language", "kb_text"


def current_language() -> Language:
    """Return the language of the page: chosen by switch, else by address, else kept by the browser, else Japanese."""
    if _LANGUAGE not in st.session_state:
        named = st.query_params.get("lang") or read_cookie(_LANGUAGE_COOKIE)
        st.session_state[_LANGUAGE] = "en" if named == "en" else "ja"
    return "en" if st.session_state[_LANGUAGE] == "en" else "ja"


def choose_language(language: str) -> None:
    """Change to a language, for this session and the next."""
    st.session_state[_LANGUAGE] = language
    st.query_params["lang"] = language
    keep_cookie(_LANGUAGE_COOKIE, language)


def switch_language() -> None:
    """Change to the other language."""
    choose_language("ja" if current_language() == "en" else "en")


def is_large() -> bool:
    """Tell whether large text is chosen."""
    if _LARGE not in st.session_state:
        st.session_state[_LARGE] = read_cookie(_SIZE_COOKIE) == "large"
    return bool(st.session_state[_LARGE])


def choose_size(large: bool) -> None:
    """Change the size of text, for this session and the next."""
    st.session_state[_LARGE] = large
    keep_cookie(_SIZE_COOKIE, "large" if large else "normal")


def switch_size() -> None:
    """Change between normal and large text."""
    choose_size(not is_large())
