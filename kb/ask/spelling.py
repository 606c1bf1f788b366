"""Mend misspelt Latin words: `securty camra` is read as `security camera`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from indexer.english import STOP_WORDS, stem_english
from kb.ask.pieces import replace_pieces
from kb.text import SourceText

_WORD = re.compile(r"[a-z]{4,}(?![a-z'’])")


@cache
def _dictionary() -> Any:
    from spellchecker import SpellChecker

    return SpellChecker(language="en")


_COMMON = 500
"""A word that pyspellchecker's corpus (1.6 billion words) has less often is rare enough to be a slip (`hight`)."""


def _frequency(word: str) -> int:
    """Return how often English has a word (pyspellchecker's dictionary, loaded when first needed)."""
    return int(_dictionary().word_frequency[word])


class Speller:
    """Knows the Latin words of the vocabulary and the index; mends only words that neither it nor English has."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = words

    @cached_property
    def _known(self) -> frozenset[str]:
        known = {w for text in self._words for w in re.findall(r"[a-z]{3,}", text.lower())}
        return frozenset(known | set(STOP_WORDS))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem_english(word) for word in self._known)

    @cached_property
    def _candidates(self) -> list[str]:
        return sorted(word for word in self._known if len(word) >= 4)

    @staticmethod
    def is_english(word: str) -> bool:
        """Tell whether English has a word often enough."""
        return _frequency(word) >= _COMMON

    def knows(self, word: str) -> bool:
        """Tell whether the vocabulary, the index or English has a word in small letters."""
        return word in self._known or stem_english(word) in self._stems or _frequency(word) >= _COMMON

    def mend(self, source: SourceText) -> SourceText:
        """Return the text with unknown words replaced by the one known word that is one or two letters away."""
        words = [(m.start(), m.end(), self.nearest(m[0])) for m in _WORD.finditer(source.normal)]
        return replace_pieces(source, [(start, end, better) for start, end, better in words if better is not None])

    def nearest(self, word: str) -> str | None:
        """Return the one word of the vocabulary or the index that an unknown word is a slip of; None where there is none."""
        if self.knows(word):
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 1 if len(word) < 6 or _frequency(word) else 2
        found = process.extract(word, self._candidates, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        same_start = [(distance, -_frequency(name), name) for name, distance, _ in found if name[0] == word[0]]
        return min(same_start)[2] if same_start else None
