"""Text that every format can carry: nothing invisible, nothing that a spreadsheet would run, cut where it is too long."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_DROPPED = ("Cc", "Cf", "Co", "Cn", "Cs")
_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """Drop control, format, private, unassigned and surrogate characters; line breaks become spaces."""
    spaced = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return "".join(c for c in spaced if unicodedata.category(c) not in _DROPPED).strip()


def guard(text: str) -> str:
    """Write a text so that no spreadsheet takes it for a formula: an apostrophe before what could start one."""
    return f"'{text}" if text.startswith(_STARTERS) else text


def cut(text: str, longest: int) -> str:
    """Cut a text that is longer than so many characters, with an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def clean_lines(text: str) -> str:
    """Clean each line of a text of several lines."""
    return "\n".join(clean_right(line) for line in text.split("\n"))


def clean_right(line: str) -> str:
    """Clean a line, keeping what it is indented by."""
    return line[: len(line) - len(line.lstrip(" "))] + clean(line)
