"""The table of pages. To add one: a file in `pages/`, an entry here, and its name in `strings.py` (`nav_<key>`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import streamlit as st

from kb.model.base import Language
from kb.ui.strings import translate

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

_MADE = "pages_of_this_drawing"
_FOLDER = Path(__file__).resolve().parent / "pages"


@dataclass(frozen=True)
class PageEntry:
    """A page: `key` is its file name, its address and the end of its name in `strings.py`.

    Pages of the group `task` stand in the row at the top; those of `more` in the menu at its end.
    """

    key: str
    icon: str
    group: Literal["task", "more"] = "task"

    @property
    def file(self) -> Path:
        """The file that draws the page."""
        return _FOLDER / f"{self.key}.py"


PAGES = (
    PageEntry("ask", ":material/forum:"),
    PageEntry("check", ":material/fact_check:"),
    PageEntry("study", ":material/school:"),
    PageEntry("browse", ":material/menu_book:"),
    PageEntry("tools", ":material/square_foot:"),
    PageEntry("ingest", ":material/note_add:", "more"),
    PageEntry("settings", ":material/settings:", "more"),
    PageEntry("about", ":material/info:", "more"),
)
"""The pages in the order of the menu."""


def make_pages(language: Language) -> list[Page]:
    """Return the pages for `st.navigation`; the first is the one that opens without an address."""
    made = {entry.key: _make(entry, language) for entry in PAGES}
    st.session_state[_MADE] = made
    return list(made.values())


def make_page(key: str, language: Language) -> Page:
    """Return one page by its key, for links and for switching to it: the one of this drawing where there is one."""
    made: dict[str, Page] = st.session_state.get(_MADE, {})
    return made.get(key) or _make(next(entry for entry in PAGES if entry.key == key), language)


def _make(entry: PageEntry, language: Language) -> Page:
    title = translate(f"nav_{entry.key}", language)
    return st.Page(entry.file, title=title, icon=entry.icon, url_path=entry.key, default=entry is PAGES[0])
