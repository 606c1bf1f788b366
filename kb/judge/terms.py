"""Find statements that give one term the features of another one (`角度Aは胸から上…`, where that is angle C)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.judge.claims import has_unit
from kb.judge.profile import ProfileBook
from kb.judge.reading import Reading, TextReader, Unit
from kb.model.corpus import Definition
from kb.model.knowledge import Corpus

_NUMBER = 5.0
_CARRIES, _LEAD = 0.5, 0.2
_DESCRIBES = 3
"""Fewer shared words than this describe nothing."""


@dataclass(frozen=True)
class Mistaken:
    """A term under which a statement lists the features of another one: how it is written, and the other's id."""

    said: str
    other: str


class TermBook:
    """The definitions of a corpus, ready to be laid beside statements."""

    def __init__(self, corpus: Corpus, reader: TextReader, book: ProfileBook) -> None:
        self._definitions = corpus.definitions
        self._reader = reader
        self._book = book
        self._readings: dict[tuple[int, str], Reading] = {}

    def find_mistaken(self, said: Reading, documents: frozenset[str]) -> Mistaken | None:
        """Return the term that a statement describes as another one of the same guidelines; None where there is none."""
        held = [(i, d) for i, d in enumerate(self._definitions) if d.document in documents]
        terms = {d.term for _, d in held}
        topic = next((u for u in said.topic if u.concepts & terms), None)
        if topic is not None and len({t for u in said.topic for t in u.concepts & terms}) > 1:
            return None
        topic = topic or _find_named(said, terms)
        if topic is None:
            return None
        rest = [u for u in said.units if u is not topic and (topic not in said.topic or u not in said.topic)]
        shares = [(*self._share(said, rest, i, d), d.term) for i, d in held]
        own = max((share for share, _, term in shares if term in topic.concepts), default=0.0)
        described = [
            (share, term) for share, found, term in shares if term not in topic.concepts and found >= _DESCRIBES
        ]
        best, other = max(described, default=(0.0, ""))
        return Mistaken(topic.surface, other) if best >= _CARRIES and best - own >= _LEAD else None

    def _share(self, said: Reading, rest: Sequence[Unit], place: int, definition: Definition) -> tuple[float, int]:
        """Return the share of what is said of the topic that the features of a definition have, and the words in number."""
        reading = self._readings.get((place, said.language))
        if reading is None:
            texts = [definition.genus.get(said.language), *(_text(f, said.language) for f in definition.features)]
            text = ("。" if said.language == "ja" else ". ").join(texts)
            reading = self._readings[place, said.language] = self._reader.read(text, said.language)
        total = sum(self._book.weight(u) for u in rest) + _NUMBER * len(said.quantities)
        shared = [u for u in rest if has_unit(reading, u)]
        found = sum(self._book.weight(u) for u in shared)
        numbers = {(q.value.dimension, q.value.base) for q in reading.quantities}
        found += _NUMBER * sum((q.value.dimension, q.value.base) in numbers for q in said.quantities)
        return (found / total if total else 0.0), len(shared)


_CALLED = re.compile(r"\s?[」』”\"'）)]?(?:\([^)]*\)|（[^）]*）)?\s?(?:と(?:いう|いい|呼|称|名付)|である。?$|\.?$)")
_CALLS = re.compile(
    r"\b(?:called?|calls|known as|goes by|named?|refers? to|termed?|defines?)\b[^.]*$|を[、,]?\s?[「『“\"]?$"
)


def _find_named(said: Reading, terms: set[str]) -> Unit | None:
    """Return the unit that names what a statement describes (`…板を、ドアガードと呼ぶ`, `… is called a guard plate`)."""
    named = [u for u in said.units if u.concepts & terms and _CALLED.match(said.text, u.end)]
    return next((u for u in reversed(named) if _CALLS.search(said.text, 0, u.start)), None)


def _text(feature: object, language: str) -> str:
    return str(getattr(feature, language))
