"""What a clause supports: its reading in one language, and everything else that is known of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from indexer.search import Searcher
from indexer.tokens import list_lemmas
from indexer.vectors import Floats
from kb.judge.bank import Bank
from kb.judge.reading import Reading, TextReader, Unit
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.passages import concepts_of, heading_path


@dataclass(frozen=True)
class Profile:
    """A clause made ready to be compared: its sentences, its wider words, its concepts.

    `asked` holds the keys of its questions, `told` those of what is rightly said of it, `planted` those that only wrong
    claims about it have.
    """

    clause: Clause
    reading: Reading
    wide: frozenset[str]
    asked: frozenset[str]
    concepts: frozenset[str]
    vectors: Floats
    told: frozenset[str] = frozenset()
    planted: frozenset[str] = frozenset()

    @cached_property
    def text_concepts(self) -> frozenset[str]:
        """The concepts that its sentences name."""
        return frozenset(k[2:] for k in self.reading.keys if k.startswith("c:"))


class ProfileBook:
    """Makes profiles of clauses, once per clause and language."""

    def __init__(self, corpus: Corpus, reader: TextReader, searcher: Searcher, bank: Bank) -> None:
        self._corpus = corpus
        self.places = frozenset(corpus.vocabulary.places)
        self._reader = reader
        self._index = searcher.index
        self._bank = bank
        self._embedder = bank.embedder
        self._keys: dict[int, frozenset[str]] = {}
        self._profiles: dict[tuple[str, str], Profile] = {}
        self._weights: dict[str, float] = {}
        self._vectors: dict[str, Floats] = {}

    def get(self, clause: Clause, language: str, without: frozenset[int] = frozenset()) -> Profile:
        """Return the profile of a clause in a language; `without` leaves sayings of the bank out, by row."""
        held = self._profiles.get((clause.id, language))
        if held is None:
            held = self._profiles[clause.id, language] = self._make(clause, language)
        if without.isdisjoint(self._bank.rows_of.get((clause.id, language), ())):
            return held
        told, planted = self._said_of(clause, language, held.reading, held.wide, without)
        return replace(held, told=told, planted=planted)

    def _said_of(
        self, clause: Clause, language: str, reading: Reading, wide: frozenset[str], without: frozenset[int]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Return the keys of what is rightly said of a clause, and those that only wrong claims about it have."""
        told: set[str] = set()
        wrong: set[str] = set()
        for row in self._bank.rows_of.get((clause.id, language), ()):
            saying = self._bank.sayings[row]
            if row in without or saying.own:
                continue
            (told if saying.fault is None else wrong).update(self.keys_of(row))
        return frozenset(told), frozenset(wrong - told - reading.keys.keys() - wide)

    def cover(self, said: Reading, row: int) -> float:
        """Return the weighted share of a text's units that a single saying has."""
        keys = self.keys_of(row)
        weights = [(self.weight(u), u) for u in said.units]
        total = sum(w for w, _ in weights)
        return sum(w for w, u in weights if _has(keys, u)) / total if total else 0.0

    def keys_of(self, row: int) -> frozenset[str]:
        """Return the keys of a saying's words."""
        held = self._keys.get(row)
        if held is None:
            held = self._keys[row] = self._reader.list_keys(self._bank.sayings[row].text)
        return held

    def _make(self, clause: Clause, language: str) -> Profile:
        text = "" if clause.text is None else clause.text.get(language)
        reading = self._reader.read(text, language)
        path = self._reader.read(heading_path(self._corpus, clause, language), language)
        asked = self._reader.list_keys("。".join(clause.asks.get(language)))
        concepts = {*concepts_of(self._corpus, clause), *clause.topics, *clause.places}
        conditions = {f"k:{fact}={v}" for fact, value in clause.when.items() for v in _values(value)}
        conditions |= {f"b:{v}" for v in _values(clause.when.get("building", ()))}
        for figure in clause.figures:
            conditions |= {f"k:{fact}={v}" for fact, value in figure.when.items() for v in _values(value)}
        wide = {*path.keys, *(f"c:{c}" for c in concepts), *conditions}
        told, planted = self._said_of(clause, language, reading, frozenset(wide), frozenset())
        vectors = self._encode_words(reading)
        return Profile(clause, reading, frozenset(wide), asked, frozenset(concepts), vectors, told, planted)

    def of_claim(self, profile: Profile, text: str) -> Profile:
        """Return the profile of something said of a clause: its own words, the clause's places and headings."""
        reading = self._reader.read(text, profile.reading.language)
        clause = profile.clause.model_copy(update={"figures": (), "strength": None})
        return Profile(clause, reading, profile.wide, frozenset(), profile.concepts, self._encode_words(reading))

    def _encode_words(self, reading: Reading) -> Floats:
        if self._embedder is None or not reading.units:
            return np.zeros((0, 1), dtype=np.float32)
        return self._embedder.encode_passages([u.surface for u in reading.units])

    def similarity(self, unit: Unit, profile: Profile) -> float:
        """Return how near a unit is to the nearest one of a clause (cosine of the words' vectors, 0 to 1)."""
        if self._embedder is None or not len(profile.vectors):
            return 0.0
        vector = self._vectors.get(unit.surface)
        if vector is None:
            vector = self._vectors[unit.surface] = self._embedder.encode_passages([unit.surface])[0]
        return max(0.0, float(np.max(profile.vectors @ vector)))

    def cosines(self, mine: Sequence[Unit], theirs: Sequence[Unit]) -> Floats:
        """Return the cosine of every unit of one text with every unit of another (0 where there is no model)."""
        if self._embedder is None or not mine or not theirs:
            return np.zeros((len(mine), len(theirs)), dtype=np.float32)
        left, right = self._stack(mine), self._stack(theirs)
        cosines: Floats = left @ right.T
        return cosines

    def _stack(self, units: Sequence[Unit]) -> Floats:
        missing = [u.surface for u in units if u.surface not in self._vectors]
        if missing:
            assert self._embedder is not None
            self._vectors |= dict(zip(missing, self._embedder.encode_passages(missing), strict=True))
        return np.stack([self._vectors[u.surface] for u in units])

    def weight(self, unit: Unit) -> float:
        """Return how much a unit tells: the rarer its words in the clauses, the more (natural logarithm)."""
        held = self._weights.get(unit.surface)
        if held is None:
            total = len(self._index.ids)
            terms = list_lemmas(unit.surface) or list(unit.words)
            counts = [len(self._index.ids_with_term(term)) for term in terms]
            held = max((math.log(1 + total / (1 + n)) for n in counts), default=0.0)
            self._weights[unit.surface] = held
        return held


def _has(keys: frozenset[str], unit: Unit) -> bool:
    if not keys.isdisjoint(unit.keys):
        return True
    return bool(unit.parts) and all(not keys.isdisjoint(part) for part in unit.parts)


def _values(value: object) -> Sequence[str]:
    if isinstance(value, bool) or value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)
