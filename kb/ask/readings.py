"""How the words of the corpus are read: the ground for mending what is typed as it sounds, or not quite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from indexer.words import list_noun_readings, reading_of
from kb.ask.lexicon import LexiconEntry
from kb.ask.skeleton import make_skeleton
from kb.model.knowledge import Corpus

LEAST = 3
"""Shorter readings say too little (`かぎ`, `まど` are known to MeCab anyway)."""

_LONGEST = 14
_WRITTEN = re.compile(r"[㐀-鿿々〆ァ-ヺーぁ-ゖ]+")
_HAS_LETTERS = re.compile(r"[㐀-鿿々ァ-ヺ]")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_ALIKE = str.maketrans(
    "ソツノリルワヌスクケタコユベペビピバパブプボポ", "ンシンソレクスヌワワクユコヘヘヒヒハハフフホホ"
)
_LONG_VOWELS = re.compile(r"(?<=[おこそとのほもよろごぞどぼぽょうくすつぬふむゆるぐずづぶぷゅ])[うお]|(.)(?=\1)")


def compile_readings(corpus: Corpus, lexicon: Mapping[str, Iterable[LexiconEntry]]) -> dict[str, str]:
    """Return, by skeleton of the reading, how a word of the vocabulary or of a clause is written (JSON-able)."""
    readings: dict[str, str] = {}

    def add(written: str, reading: str) -> None:
        key = make_skeleton(reading).text
        if len(key) >= LEAST:
            readings.setdefault(key, written)

    for entries in lexicon.values():
        for _, _, written in entries:
            if len(written) <= _LONGEST and _WRITTEN.fullmatch(written) and _HAS_LETTERS.search(written):
                reading = reading_of(written) or (written if _KATAKANA.fullmatch(written) else None)
                if reading is not None:
                    add(written, reading)
    counts: dict[tuple[str, str], int] = {}
    for clause in corpus.clauses:
        if clause.text is not None:
            for pair in list_noun_readings(clause.text.ja):
                counts[pair] = counts.get(pair, 0) + 1
    for written, reading in sorted(counts, key=lambda pair: -counts[pair]):
        add(written, reading)
    return readings


class ReadingBook:
    """The readings of one corpus: exact, up to a slip, and up to how long its vowels are."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        self._readings = readings

    @cached_property
    def longest(self) -> int:
        """The length of the longest reading."""
        return max(map(len, self._readings), default=0)

    @cached_property
    def written(self) -> frozenset[str]:
        """Every word as it is written."""
        return frozenset(self._readings.values())

    @cached_property
    def _loose(self) -> dict[str, str]:
        return {loosen(key): written for key, written in reversed(list(self._readings.items()))}

    @cached_property
    def _shapes(self) -> dict[str, str]:
        return {w.translate(_ALIKE): w for w in sorted(self.written) if _KATAKANA.fullmatch(w)}

    @cached_property
    def _keys(self) -> list[str]:
        return list(self._readings)

    def find(self, skeleton: str) -> str | None:
        """Return how a word read like this is written."""
        return self._readings.get(skeleton)

    def find_loosely(self, skeleton: str) -> str | None:
        """Return how a word read like this is written, whatever the length of its vowels (`kochi`, `shomei`)."""
        return self._readings.get(skeleton) or self._loose.get(loosen(skeleton))

    def find_shape(self, katakana: str) -> str | None:
        """Return the katakana word that looks like this one (`ボタソ`, `ツャッター`)."""
        return self._shapes.get(katakana.translate(_ALIKE))

    def find_nearly(self, skeleton: str) -> str | None:
        """Return the word that is read nearly like this: letters swapped, or one (of seven or more, two) wrong."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 1 + (len(skeleton) >= 7)
        near = process.extract(skeleton, self._keys, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        fitting = [
            (distance, key)
            for key, distance, _ in near
            if key[0] == skeleton[0] and (len(skeleton) > LEAST or sorted(key) == sorted(skeleton))
        ]
        return self._readings[min(fitting)[1]] if fitting else None


def loosen(reading: str) -> str:
    """Return a reading without the length of its vowels (`しょうめい`, `しょめい` are one)."""
    return _LONG_VOWELS.sub("", reading)
