"""Find expressions of `contrasts.yaml` in a text: Japanese by surface or lemma at word borders, English by stems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from indexer.english import stem_english
from kb.ask.words import Word
from kb.model.base import Words
from kb.model.contrast import Contrasts
from kb.text import fold

_stem = lru_cache(maxsize=50_000)(stem_english)

_LONG = 3
"""A Japanese expression from this length on counts wherever it stands, a shorter one only between words."""


@dataclass(frozen=True)
class Found:
    """An expression in a text: its span in the normal form, what it says (a key), and how it is written."""

    start: int
    end: int
    key: str
    surface: str


class ExpressionFinder:
    """Finds the expressions of some keys, longest first; one place in a text carries one expression and all its keys."""

    def __init__(self, entries: Iterable[tuple[str, Words]]) -> None:
        self._japanese: dict[str, list[str]] = {}
        self._english: dict[tuple[str, ...], list[str]] = {}
        for key, words in entries:
            for word in words.ja:
                _add(self._japanese, fold(word), key)
            for word in words.en:
                stems = tuple(stem_english(part) for part in fold(word).replace("-", " ").split())
                _add(self._english, stems, key)
        self._lengths: dict[str, list[int]] = {}
        for word in self._japanese:
            held = self._lengths.setdefault(word[0], [])
            if len(word) not in held:
                held.append(len(word))
        self._heads: dict[str, list[int]] = {}
        for stems in self._english:
            held = self._heads.setdefault(stems[0], []) if stems else []
            if len(stems) not in held:
                held.append(len(stems))

    def find(self, text: str, words: Sequence[Word]) -> list[Found]:
        """Return the expressions of a normalised text with its words, in order."""
        if not self._japanese and not self._english:
            return []
        return sorted([*self._find_japanese(text, words), *self._find_english(text, words)], key=lambda f: f.start)

    def _find_japanese(self, text: str, words: Sequence[Word]) -> list[Found]:
        starts, ends = {w.start for w in words}, {w.end for w in words}
        covered = bytearray(len(text))
        found: list[Found] = []
        places = [
            (length, start)
            for start, letter in enumerate(text)
            for length in self._lengths.get(letter, ())
            if text[start : start + length] in self._japanese
        ]
        for length, start in sorted(places, key=lambda place: (-place[0], place[1])):
            if any(covered[start : start + length]):
                continue
            if length < _LONG and not (start in starts and start + length in ends):
                continue
            covered[start : start + length] = b"\1" * length
            surface = text[start : start + length]
            found += [Found(start, start + length, key, surface) for key in self._japanese[surface]]
        for word in words:
            keys = self._japanese.get(word.lemma) if word.content or len(word.lemma) > 1 else None
            if keys is not None and not any(covered[word.start : word.end]) and not word.surface.isascii():
                covered[word.start : word.end] = b"\1" * (word.end - word.start)
                found += [Found(word.start, word.end, key, word.surface) for key in keys]
        return found

    def _find_english(self, text: str, words: Sequence[Word]) -> list[Found]:
        if not self._english:
            return []
        stems: list[tuple[str, int, int]] = []
        for word in (w for w in words if w.surface.isascii()):
            position = word.start
            for part in word.surface.split("-"):
                if part:
                    stems.append((_stem(part), position, position + len(part)))
                position += len(part) + 1
        taken = [False] * len(stems)
        found: list[Found] = []
        places = [
            (length, start)
            for start, (stem, _, _) in enumerate(stems)
            for length in self._heads.get(stem, ())
            if start + length <= len(stems) and tuple(s[0] for s in stems[start : start + length]) in self._english
        ]
        for length, start in sorted(places, key=lambda place: (-place[0], place[1])):
            if any(taken[start : start + length]):
                continue
            taken[start : start + length] = [True] * length
            first, last = stems[start][1], stems[start + length - 1][2]
            keys = self._english[tuple(s[0] for s in stems[start : start + length])]
            found += [Found(first, last, key, text[first:last]) for key in keys]
        return found


def _add(table: dict[Any, list[str]], key: Any, value: str) -> None:
    held = table.setdefault(key, [])
    if value not in held:
        held.append(value)


@dataclass(frozen=True)
class Finders:
    """One finder per kind of expression."""

    contrasts: ExpressionFinder
    same: ExpressionFinder
    moods: ExpressionFinder
    shares: ExpressionFinder
    negative: ExpressionFinder
    not_negative: ExpressionFinder
    framing: ExpressionFinder
    conditional: ExpressionFinder

    @classmethod
    def of(cls, contrasts: Contrasts) -> Finders:
        """Compile the finders of all expressions."""
        members = [(f"s:{s.id}/{i}", m) for s in contrasts.sets for i, m in enumerate(s.members)]
        return cls(
            contrasts=ExpressionFinder(members),
            same=ExpressionFinder((f"g:{i}", group) for i, group in enumerate(contrasts.same)),
            moods=ExpressionFinder(contrasts.moods.items()),
            shares=ExpressionFinder(contrasts.shares.items()),
            negative=ExpressionFinder([("negative", contrasts.negative)]),
            not_negative=ExpressionFinder([("not_negative", contrasts.not_negative)]),
            framing=ExpressionFinder([("framing", contrasts.framing)]),
            conditional=ExpressionFinder([("conditional", contrasts.conditional)]),
        )
