"""What a clause supports: its reading in one language, and everything else that is known of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.search import Searcher
from indexer.tokens import list_lemmas
from indexer.vectors import Floats, StaticEmbedder
from kb.judge.reading import Reading, TextReader, Unit
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.passages import concepts_of, heading_path


@dataclass(frozen=True)
class Profile:
    """A clause made ready to be compared: its sentences, its wider words, its concepts."""

    clause: Clause
    reading: Reading
    wide: frozenset[str]
    asked: frozenset[str]
    concepts: frozenset[str]
    vectors: Floats

    @cached_property
    def text_concepts(self) -> frozenset[str]:
        """The concepts that its sentences name."""
        return frozenset(k[2:] for k in self.reading.keys if k.startswith("c:"))


class ProfileBook:
    """Makes profiles of clauses, once per clause and language."""

    def __init__(self, corpus: Corpus, reader: TextReader, searcher: Searcher) -> None:
        self._corpus = corpus
        self._right = {f"{c.document} {c.locator}": c.right for c in corpus.claims}
        self._reader = reader
        self._index = searcher.index
        model = searcher.index.model
        self._embedder = model if isinstance(model, StaticEmbedder) else None
        self._profiles: dict[tuple[str, str], Profile] = {}
        self._weights: dict[str, float] = {}
        self._vectors: dict[str, Floats] = {}
        self._texts: dict[str, Floats] = {}

    def get(self, clause: Clause, language: str) -> Profile:
        """Return the profile of a clause in a language."""
        held = self._profiles.get((clause.id, language))
        if held is None:
            held = self._profiles[clause.id, language] = self._make(clause, language)
        return held

    def _make(self, clause: Clause, language: str) -> Profile:
        text = "" if clause.text is None else clause.text.get(language)
        reading = self._reader.read(text, language)
        path = self._reader.read(heading_path(self._corpus, clause, language), language)
        said = self._right.get(clause.id)
        asked = self._reader.list_keys("。".join((*clause.asks.get(language), *(said.get(language) if said else ()))))
        concepts = {*concepts_of(self._corpus, clause), *clause.topics, *clause.places}
        conditions = {f"k:{fact}={v}" for fact, value in clause.when.items() for v in _values(value)}
        conditions |= {f"b:{v}" for v in _values(clause.when.get("building", ()))}
        for figure in clause.figures:
            conditions |= {f"k:{fact}={v}" for fact, value in figure.when.items() for v in _values(value)}
        wide = {*path.keys, *(f"c:{c}" for c in concepts), *conditions}
        return Profile(clause, reading, frozenset(wide), asked, frozenset(concepts), self._encode_words(reading))

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

    def encode(self, text: str) -> Floats:
        """Return the vector of a whole text (empty where there is no model)."""
        return np.zeros(0, dtype=np.float32) if self._embedder is None else self._embedder.encode_passages([text])[0]

    def likeness(self, vector: Floats, text: str) -> float:
        """Return the cosine of a vector with that of a text, which is kept."""
        if self._embedder is None:
            return 0.0
        held = self._texts.get(text)
        if held is None:
            held = self._texts[text] = self.encode(text)
        return float(vector @ held)

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


def _values(value: object) -> Sequence[str]:
    if isinstance(value, bool) or value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)
