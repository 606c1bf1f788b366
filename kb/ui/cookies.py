"""Small things that the browser keeps for the visitor: language, size of text, and who the kept questions belong to."""

from __future__ import annotations

import re

import streamlit as st

_WAITING = "cookies_to_write"
_SAFE = re.compile(r"[A-Za-z0-9_-]{0,80}")
_YEAR_S = 365 * 24 * 3600


def read_cookie(name: str) -> str:
    """Return what the browser sent for a cookie when the page was opened; empty where it has none."""
    return st.context.cookies.get(name, "")


def keep_cookie(name: str, value: str) -> None:
    """Have the browser keep a value for a year at the next drawing; an empty value takes the cookie away.

    Raises `ValueError` for anything but letters, digits, `_` and `-`: name and value go into a script.
    """
    if not (_SAFE.fullmatch(name) and _SAFE.fullmatch(value)):
        raise ValueError(f"not a name and value of a cookie: {name!r}")
    st.session_state.setdefault(_WAITING, {})[name] = value


def write_cookies() -> None:
    """Draw the script that hands over what waits; nothing where nothing waits."""
    waiting: dict[str, str] = st.session_state.pop(_WAITING, {})
    if not waiting:
        return
    lines = [
        f'document.cookie = "{name}={value}; path=/; SameSite=Strict; max-age={_YEAR_S if value else 0}" + secure;'
        for name, value in waiting.items()
    ]
    secure = 'const secure = location.protocol === "https:" ? "; Secure" : "";'
    st.html(f"<script>{{{secure}{''.join(lines)}}}</script>", unsafe_allow_javascript=True)
