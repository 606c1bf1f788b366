"""Every string of the pages, in Japanese and English: the only place where pages have words.

To add the words of a page: a file in `words/` with a table `WORDS`, and its name here.
"""

from __future__ import annotations

from typing import Any

from kb.ui.words import about, ask, browse, check, ingest, kept, shell, study, tools, wording

_TABLES = (shell, ask, kept, study, browse, tools, ingest, about, check, wording)


def _join() -> dict[str, tuple[str, str]]:
    joined: dict[str, tuple[str, str]] = {}
    for table in _TABLES:
        twice = joined.keys() & table.WORDS.keys()
        if twice:
            raise ValueError(f"{table.__name__}: {sorted(twice)} are in another table already")
        joined.update(table.WORDS)
    return joined


STRINGS = _join()
"""Each key with its Japanese and its English."""


def translate(key: str, language: str, **parts: Any) -> str:
    """Return a string in a language with its parts filled in; raises `KeyError` for an unknown key."""
    ja, en = STRINGS[key]
    chosen = en if language == "en" else ja
    return chosen.format(**parts) if parts else chosen
