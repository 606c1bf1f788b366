"""Normalised text that remembers where each character came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_DASHES = str.maketrans({"〜": "~", "～": "~", "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-"})
_NORMAL = re.compile(r"[ -@\[-~\n\t、。「」『』ぁ-ゖァ-ヺー一-鿿々]*")
"""Letters that are their own normal form."""
_HALF_WIDTH_MARKS = {"ﾞ", "ﾟ"}


@dataclass(frozen=True)
class SourceText:
    """A text and its normal form (NFKC, lower case, no control or format characters).

    `offsets[i]` is the index in `source` of the character that `normal[i]` came from;
    `offsets` has one entry more than `normal`, the end of the source.
    """

    source: str
    normal: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the normal form (end exclusive) to a span of the source."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + self._width(end - 1)

    def _width(self, index: int) -> int:
        origin = self.offsets[index]
        for following in self.offsets[index + 1 :]:
            if following > origin:
                return following - origin
        return len(self.source) - origin


def normalize(source: str) -> SourceText:
    """Normalise a text: NFKC, lower case, one kind of dash and tilde, invisible characters dropped."""
    if _NORMAL.fullmatch(source):
        return SourceText(source, source, tuple(range(len(source) + 1)))
    pieces: list[str] = []
    offsets: list[int] = []
    index = 0
    while index < len(source):
        run = _run_at(source, index)
        if run:
            pieces.append(run)
            offsets += range(index, index + len(run))
            index += len(run)
            continue
        cluster = source[index]
        while index + len(cluster) < len(source) and _is_mark(source[index + len(cluster)]):
            cluster += source[index + len(cluster)]
        for char in unicodedata.normalize("NFKC", cluster).translate(_DASHES).lower():
            category = unicodedata.category(char)
            if category in ("Cf", "Cc", "Co", "Cn") and char not in "\n\t":
                continue
            pieces.append(char)
            offsets.append(index)
        index += len(cluster)
    return SourceText(source, "".join(pieces), (*offsets, len(source)))


def _run_at(source: str, index: int) -> str:
    """Return the letters from here on that are their own normal form; a mark belongs to the letter before it."""
    match = _NORMAL.match(source, index)
    run = "" if match is None else match[0]
    after = index + len(run)
    return run[:-1] if run and after < len(source) and _is_mark(source[after]) else run


def _is_mark(char: str) -> bool:
    return char in _HALF_WIDTH_MARKS or unicodedata.combining(char) != 0


@lru_cache(maxsize=16384)
def fold(source: str) -> str:
    """Return only the normal form of a text."""
    return normalize(source).normal


def language_of(source: str) -> str:
    """Tell the language of a question: `ja` where it holds kana or mostly kanji, else `en`.

    An English sentence with a Japanese term in it counts as English when it has three Latin words or more than
    it has Japanese runs of letters.
    """
    japanese = sum(1 for c in source if "぀" <= c <= "ヿ" or "㐀" <= c <= "鿿" or "ｦ" <= c <= "ﾝ")
    words = [w for w in fold(source).replace("?", " ").split() if any("a" <= c <= "z" for c in w) and w.isascii()]
    if not japanese:
        return "en" if words else "ja"
    hiragana = sum(1 for c in source if "ぁ" <= c <= "ゟ")
    return "en" if len(words) >= 3 and hiragana <= len(words) else "ja"
