"""Break text into lines by the width of its characters, as Japanese and English are broken.

fpdf2 measures the whole line anew for every character, which is slow where a text has no spaces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

_NEVER_FIRST = frozenset("、。，．）」』】〉》］｝・：；？！,.)]}:;?!ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％%")
_NEVER_LAST = frozenset("（「『【〈《［｛([{")
_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_/’'")


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Break a text into lines no wider than `width`; a word of letters and digits is kept whole where it fits a line."""
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text):
        size = sum(measure(char) for char in piece)
        if used + size > width and line:
            lines.append(line.rstrip())
            line, used = "", 0.0
            if piece == " ":
                continue
        if size > width:
            for char in piece:
                if used + measure(char) > width and line:
                    lines.append(line)
                    line, used = "", 0.0
                line, used = line + char, used + measure(char)
            continue
        line, used = line + piece, used + size
    if line or not lines:
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterator[str]:
    """Split a text where a line may end: words stay whole, closing marks stay with what they close."""
    piece = ""
    for char in text:
        joined = piece and ((piece[-1] in _WORD and char in _WORD) or char in _NEVER_FIRST or piece[-1] in _NEVER_LAST)
        if piece and not joined:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece
