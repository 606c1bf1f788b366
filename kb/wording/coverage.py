"""Whether a rewording says everything that its statement says, and nothing else: word by word, by meaning.

A word counts as said where the other text has it, a word with the same concept, or a word that the shipped embedding model
puts near it. Every part of the statement, and every part of the rewording, must be covered to a certain share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.wording.compare import Problem
from kb.wording.reading import Reading

Encode = Callable[[list[str]], NDArray[np.float32]]

_PART = re.compile(r"[。\n;；]|(?<=[a-z)])[.,](?=\s|$)|[、,]")
_SENTENCE = re.compile(r"[。\n]|(?<=[a-z)])\.(?=\s|$)|(?<=_)[)）]")
_FEWEST = 2

REPEATED = 0.5
"""What a word counts that the other text has, but has used up for another occurrence."""


@dataclass(frozen=True)
class Thresholds:
    """From which similarity two words are near, and which share of a text, of its parts and of its sentences must be covered."""

    near: float = 0.45
    whole: float = 0.6
    part: float = 0.34
    sentence: float = 0.6
    added: float = 0.45


class CoverageCheck:
    """Compares content words; `encode` gives each word a vector of length 1 (or 0 where it is unknown)."""

    def __init__(self, encode: Encode, fillers: frozenset[str], thresholds: Thresholds | None = None) -> None:
        self._encode, self._fillers = encode, fillers
        self._thresholds = thresholds or Thresholds()

    def compare(self, said: Reading, reworded: Reading) -> list[Problem]:
        """Return the parts of the statement that are not said again, and the parts of the rewording that it lacks."""
        limits, problems = self._thresholds, []
        own, new = self._words(said), self._words(reworded)
        kept = self._covered(said, own, reworded, new)
        share = _mean(kept)
        if len(own) >= _FEWEST and share < limits.whole:
            problems.append(Problem("content missing", f"{share:.2f} of the words", f"{limits.whole:.2f}"))
        for part, covered in _by_part(said.plain, own, kept):
            if len(covered) >= _FEWEST and _mean(covered) < limits.part:
                problems.append(Problem("content missing", "", part))
        for part, covered in _by_part(said.plain, own, kept, _SENTENCE):
            if len(covered) > _FEWEST and _mean(covered) < limits.sentence:
                problems.append(Problem("content missing", "", part))
        back = self._covered(reworded, new, said, own)
        for part, covered in _by_part(reworded.plain, new, back):
            if len(covered) > _FEWEST and _mean(covered) < limits.added:
                problems.append(Problem("content added", part))
        for part, covered in _by_part(reworded.plain, new, back, _SENTENCE):
            if len(covered) >= _FEWEST and _mean(covered) < limits.added:
                problems.append(Problem("content added", part))
        return problems

    def _words(self, reading: Reading) -> list[tuple[int, int, str]]:
        taken = [(f.start, f.end) for f in reading.figures]
        return [
            (word.start, word.end, word.lemma)
            for word in reading.words
            if word.content
            and not self._is_filler(word.lemma, word.surface)
            and not any(a < word.end and word.start < b for a, b in taken)
        ]

    def _is_filler(self, lemma: str, surface: str) -> bool:
        return lemma in self._fillers or surface in self._fillers

    def _covered(
        self,
        reading: Reading,
        words: Sequence[tuple[int, int, str]],
        other: Reading,
        others: Sequence[tuple[int, int, str]],
    ) -> list[float]:
        """Return for each word 1 where the other text says it too, `REPEATED` where it says it less often, else 0."""
        if not words:
            return []
        left = Counter(lemma for _, _, lemma in others)
        concepts = {(m.section, m.id) for m in other.concepts}
        same = [m.normal for m in reading.concepts if (m.section, m.id) in concepts]
        cues = {(c.family, c.name) for c in other.cues}
        same += [(c.start, c.end) for c in reading.cues if (c.family, c.name) in cues]
        names = sorted(left)
        near = self._near([lemma for _, _, lemma in words], names)
        covered = []
        for row, (start, end, lemma) in enumerate(words):
            if left[lemma] > 0:
                left[lemma] -= 1
                covered.append(1.0)
                continue
            mate = next((name for name in near[row] if left[name] > 0), None)
            if any(a <= start and end <= b for a, b in same) or (
                lemma not in names and reading.plain[start:end] in other.plain
            ):
                covered.append(1.0)
            elif mate is not None:
                left[mate] -= 1
                covered.append(1.0)
            else:
                covered.append(REPEATED if lemma in names or near[row] else 0.0)
        return covered

    def _near(self, words: list[str], others: list[str]) -> list[list[str]]:
        """Return for each word the others that are near it, nearest first."""
        if not others:
            return [[] for _ in words]
        similar = self._encode(words) @ self._encode(others).T
        limit = self._thresholds.near
        return [[others[i] for i in np.argsort(-row) if row[i] >= limit] for row in similar]


def _by_part(
    text: str, words: Sequence[tuple[int, int, str]], covered: Sequence[float], pattern: re.Pattern[str] = _PART
) -> Iterable[tuple[str, list[float]]]:
    marks = [0, *(m.end() for m in pattern.finditer(text)), len(text)]
    for begin, end in zip(marks, marks[1:], strict=False):
        yield (
            text[begin:end].strip(" _"),
            [value for (start, _, _), value in zip(words, covered, strict=True) if begin <= start < end],
        )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
