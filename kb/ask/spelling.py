"""Mend misspelt Latin words: `securty camra` is read as `security camera`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from indexer.english import STOP_WORDS, stem_english
from kb.text import SourceText

_WORD = re.compile(r"[a-z]{4,}")


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

    def mend(self, source: SourceText) -> SourceText:
        """Return the text with unknown words replaced by the one known word that is one or two letters away."""
        normal, position = source.normal, 0
        pieces: list[str] = []
        offsets: list[int] = []
        for match in _WORD.finditer(normal):
            better = self._nearest(match[0])
            if better is None:
                continue
            pieces.append(normal[position : match.start()])
            offsets += source.offsets[position : match.start()]
            pieces.append(better)
            spread = [min(i, len(match[0]) - 1) for i in range(len(better))]
            offsets += [source.offsets[match.start() + i] for i in spread]
            position = match.end()
        if not pieces:
            return source
        pieces.append(normal[position:])
        offsets += source.offsets[position:]
        return SourceText(source.source, "".join(pieces), tuple(offsets))

    def _nearest(self, word: str) -> str | None:
        if word in self._known or stem_english(word) in self._stems or _frequency(word) >= _COMMON:
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 1 if len(word) < 6 or _frequency(word) else 2
        found = process.extract(word, self._candidates, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        same_start = [(distance, -_frequency(name), name) for name, distance, _ in found if name[0] == word[0]]
        return min(same_start)[2] if same_start else None
