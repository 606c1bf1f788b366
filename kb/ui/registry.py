"""The list of pages. To add one: a file in `pages/`, an entry here, and its name in `strings.py` (`nav_<key>`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from kb.model.base import Language
from kb.ui.strings import translate

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

_FOLDER = Path(__file__).resolve().parent / "pages"


@dataclass(frozen=True)
class PageEntry:
    """A page: `key` is its file name, its address and the end of its name in `strings.py`."""

    key: str
    icon: str


PAGES = (
    PageEntry("ask", ":material/forum:"),
    PageEntry("browse", ":material/menu_book:"),
    PageEntry("about", ":material/info:"),
)


def make_pages(language: Language) -> list[Page]:
    """Return the pages for `st.navigation`; the first is the one that opens without an address."""
    return [make_page(entry.key, language) for entry in PAGES]


def make_page(key: str, language: Language) -> Page:
    """Return one page by its key, for links and for switching to it."""
    entry = next(entry for entry in PAGES if entry.key == key)
    title = translate(f"nav_{key}", language)
    return st.Page(_FOLDER / f"{key}.py", title=title, icon=entry.icon, url_path=key, default=entry is PAGES[0])
