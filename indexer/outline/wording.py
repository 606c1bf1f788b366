"""The words of a clause: its title told from its sentences, broken lines joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.outline.furniture import is_sentence

_OWN_HEADING = re.compile(r"^(?:[（(]([^（）()]{1,24})[）)]|([^\s　。、]{2,22})　)[\s　]*(?=\S)")


def split_heading(parts: Sequence[str], *, runs_on: bool, stands_over: bool) -> tuple[str, list[str]]:
    """Part the title of a clause from its sentences: a first line that is none, or words before a wide space or in brackets."""
    first = parts[0]
    match = _OWN_HEADING.match(first)
    if match and is_sentence(join_lines([first[match.end() :], *parts[1:]])):
        return (match.group(1) or match.group(2)), [first[match.end() :], *parts[1:]]
    if stands_over and not runs_on and not is_sentence(first) and first[-1:] not in "、，,":
        enclosed = re.fullmatch(r"[（(]([^（）()]+)[）)]", first)
        return (enclosed.group(1) if enclosed else first), list(parts[1:])
    return "", list(parts)


_LEADS = re.compile(r"(?:この|その|これ|それ|なお|また|ただし|あらかじめ|すべて|いずれ|おおむね|ごみ|かご|のり)")


def goes_on(first: str, second: str) -> bool:
    """Tell whether `second` continues a line that was broken in the middle of a sentence."""
    if second[:1].islower() or first[-1:] in "、，,":
        return True
    if re.search(r"[はがをにでもと]、", first):
        return True
    if len(first) < 18 or first.isascii():
        return False
    if re.search(r"[をがはにのでとへもやな]$", first) and not first.endswith(("もの", "とは", "こと")):
        return True
    return bool(re.match(r"[ぁ-ん]", second)) and not _LEADS.match(second)


def write_row(cells: Sequence[tuple[str, str]]) -> str:
    """Write a row without a label as words: the first cell, then each other with its column head."""
    return "　".join(cell if k == 0 or not head else f"{head}：{cell}" for k, (head, cell) in enumerate(cells))


def join_lines(parts: Sequence[str], between: str = "") -> str:
    """Join broken lines: nothing between Japanese letters, a space between Latin words; a hyphen at a line's end goes."""
    joined = ""
    for part in parts:
        text = part.strip()
        if not joined:
            joined = text
        elif re.search(r"[A-Za-z]-$", joined) and re.match(r"[a-z]", text):
            joined = joined[:-1] + text
        elif re.search(r"[^\x00-\x7f]\d+$", joined) and re.match(r"\d*[^\x00-\x7f]", text) and not between:
            joined += text  # a number that was broken in the middle of a Japanese line
        elif between or (joined[-1].isascii() and text[:1].isascii()):
            joined = f"{joined}{between or ' '}{text}"
        else:
            joined += text
    return joined
