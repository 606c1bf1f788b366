"""Everything that is said of the clauses, rightly and wrongly, in a form in which the nearest of it is found at once."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.tokens import list_terms, split_pieces
from indexer.vectors import Floats, StaticEmbedder, load_static
from kb.model.judgement import Fault
from kb.model.knowledge import Corpus
from kb.settings import model_folder

_LANGUAGES = ("ja", "en")
_LEXICAL = 0.6
"""The part of shared terms in the likeness of two texts; the rest is that of their vectors."""

_SHORT = 4


@dataclass(frozen=True)
class Saying:
    """A sentence of a clause or a claim about it; `fault` is None for what is right, `own` for the clause's sentence."""

    text: str
    fault: Fault | None
    clause: str
    language: str
    own: bool = False


def list_sayings(corpus: Corpus) -> list[Saying]:
    """List the sentences of all clauses and the claims about them, in a fixed order."""
    return [*_list_sentences(corpus), *_list_claims(corpus)]


def _list_sentences(corpus: Corpus) -> Iterator[Saying]:
    for clause in corpus.clauses:
        for language in _LANGUAGES:
            text = "" if clause.text is None else clause.text.get(language)
            for piece in split_pieces(text) if language == "ja" else text.split(". "):
                if len(piece) >= _SHORT:
                    yield Saying(piece, None, clause.id, language, own=True)


def _list_claims(corpus: Corpus) -> Iterator[Saying]:
    for claims in corpus.claims:
        clause = f"{claims.document} {claims.locator}"
        for language in _LANGUAGES:
            for text in claims.right.get(language):
                yield Saying(text, None, clause, language)
            for fault, words in claims.wrong.items():
                for text in words.get(language):
                    yield Saying(text, fault, clause, language)


def choose_embedder(model: object) -> StaticEmbedder | None:
    """Return the static model that texts are compared with: the index's own, else the shipped one, else None."""
    if isinstance(model, StaticEmbedder):
        return model
    folder = model_folder()
    return None if folder is None else load_static(folder)


def compile_sayings(corpus: Corpus, embedder: StaticEmbedder | None) -> bytes:
    """Compile the terms and vectors of all sayings (`numpy.savez`: terms uint32, starts int64, vectors float16)."""
    lists = [list(_terms_of(saying.text)) for saying in list_sayings(corpus)]
    keys = [np.array(sorted({hash_term(t) for t in terms}), dtype=np.uint32) for terms in lists]
    starts = np.cumsum([0, *(len(k) for k in keys)], dtype=np.int64)
    terms = np.concatenate(keys) if keys else np.zeros(0, dtype=np.uint32)
    vectors = np.zeros((len(lists), 0)) if embedder is None else embedder.encode_terms(lists)
    buffer = io.BytesIO()
    np.savez(buffer, terms=terms, starts=starts, vectors=vectors.astype(np.float16))
    return buffer.getvalue()


@lru_cache(maxsize=40_000)
def _terms_of(text: str) -> tuple[str, ...]:
    """Return the terms of a saying, which the next build of the same process needs again."""
    return tuple(list_terms(text))


def hash_term(term: str) -> int:
    """Return the number by which a term is kept."""
    return zlib.crc32(term.encode())


@dataclass(frozen=True)
class Nearness:
    """How near every saying is to a text: share of the text's terms, of the saying's terms, cosine; one row a saying."""

    forward: Floats
    backward: Floats
    dense: Floats

    @cached_property
    def like(self) -> Floats:
        """The likeness of the text and every saying as a whole, 0 to 1."""
        lexical = np.sqrt(self.forward * self.backward)
        mixed: Floats = _LEXICAL * lexical + (1 - _LEXICAL) * np.maximum(self.dense, 0)
        return mixed


class Bank:
    """The sayings of a corpus with their terms and vectors."""

    def __init__(self, corpus: Corpus, compiled: bytes | None, embedder: StaticEmbedder | None) -> None:
        self.sayings = list_sayings(corpus)
        self.embedder = embedder
        held = np.load(io.BytesIO(compiled or compile_sayings(corpus, embedder)), allow_pickle=False)
        self._vectors: Floats = held["vectors"].astype(np.float32)
        starts: NDArray[np.int64] = held["starts"]
        owner = np.repeat(np.arange(len(self.sayings)), np.diff(starts))
        order = np.argsort(held["terms"], kind="stable")
        self._owner = owner[order]
        unique, counts = np.unique(held["terms"], return_counts=True)
        self._place = {int(key): place for place, key in enumerate(unique)}
        self._first = np.cumsum([0, *counts], dtype=np.int64)
        self._rarity = np.log(1 + len(self.sayings) / counts).astype(np.float32)
        weights = np.repeat(self._rarity, counts)
        self._total = np.bincount(self._owner, weights, len(self.sayings)).astype(np.float32)
        self._unknown = float(self._rarity.max(initial=1.0))
        self.rows_of: dict[tuple[str, str], list[int]] = {}
        for row, saying in enumerate(self.sayings):
            self.rows_of.setdefault((saying.clause, saying.language), []).append(row)

    def best(self, near: Nearness, clause: str, language: str) -> float:
        """Return the likeness of the saying of a clause that is nearest."""
        rows = self.rows_of.get((clause, language))
        return float(near.like[rows].max()) if rows else 0.0

    def measure(self, text: str, without: frozenset[int] = frozenset()) -> Nearness:
        """Measure how near every saying is to a text; those in `without` (rows) are made as far as can be."""
        terms = list_terms(text)
        shared = np.zeros(len(self.sayings), dtype=np.float32)
        weight = 0.0
        for key in {hash_term(t) for t in terms}:
            place = self._place.get(key)
            if place is None:
                weight += self._unknown
                continue
            rarity = self._rarity[place]
            weight += float(rarity)
            shared[self._owner[self._first[place] : self._first[place + 1]]] += rarity
        dense = np.zeros_like(shared)
        if self.embedder is not None and self._vectors.shape[1]:
            dense = self._vectors @ self.embedder.encode_terms([terms])[0]
        for row in without:
            shared[row] = dense[row] = 0.0
        forward: Floats = shared / np.float32(max(weight, 1e-6))
        backward: Floats = (shared / np.maximum(self._total, 1e-6)).astype(np.float32)
        return Nearness(forward, backward, dense)
