"""The skeleton of a text: what stays the same over spelling variants.

Katakana and hiragana count as one, long-vowel marks, middle dots and spaces between Japanese letters are dropped,
Latin words lose their plural and their hyphens: `エレベーターホール` and `エレベータ ホール` have one skeleton.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.text import SourceText, normalize

_LATIN = re.compile(r"[a-z0-9]")
_DROPPED = frozenset("ー・･'’\"“”「」『』()（）[]【】、,")
_SMALL = str.maketrans("ぁぃぅぇぉゃゅょっ", "あいうえおやゆよつ")


@dataclass(frozen=True)
class Skeleton:
    """Skeleton characters, and for each the index in the normal form that it came from."""

    text: str
    origins: tuple[int, ...]
    source: SourceText

    def normal_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the skeleton to a span of the normal form, with a long-vowel mark that ends it."""
        last = self.origins[end - 1] + 1
        while self.source.normal[last : last + 1] == "ー":
            last += 1
        return self.origins[start], last


def make_skeleton(text: str | SourceText) -> Skeleton:
    """Reduce a text to its skeleton."""
    source = text if isinstance(text, SourceText) else normalize(text)
    normal = source.normal
    chars: list[str] = []
    origins: list[int] = []
    index, size = 0, len(normal)
    while index < size:
        char = normal[index]
        if _LATIN.match(char):
            end = index
            while end < size and _LATIN.match(normal[end]):
                end += 1
            word = normal[index:end]
            if chars and chars[-1] == " " and not _LATIN.match(chars[-2] if len(chars) > 1 else ""):
                chars.pop(), origins.pop()
            for offset, letter in enumerate(_singular(word)):
                chars.append(letter)
                origins.append(index + offset)
            index = end
            continue
        if char in "'’" and normal[index + 1 : index + 2] == "s" and not _LATIN.match(normal[index + 2 : index + 3]):
            index += 2
            continue
        if char.isspace() or char in "-/_":
            if chars and _LATIN.match(chars[-1]):
                chars.append(" ")
                origins.append(index)
        elif char not in _DROPPED:
            if chars and chars[-1] == " ":
                chars.pop(), origins.pop()
            chars.append(_hiragana(char))
            origins.append(index)
        index += 1
    if chars and chars[-1] == " ":
        chars.pop(), origins.pop()
    return Skeleton("".join(chars).translate(_SMALL), tuple(origins), source)


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _hiragana(char: str) -> str:
    return chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char


def on_word_boundary(text: str, start: int, end: int) -> bool:
    """Tell whether a span of a skeleton does not cut a Latin word."""
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    cuts_left = bool(before) and bool(_LATIN.match(before)) and bool(_LATIN.match(text[start]))
    cuts_right = bool(after) and bool(_LATIN.match(after)) and bool(_LATIN.match(text[end - 1]))
    return not (cuts_left or cuts_right)
