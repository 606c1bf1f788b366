"""What people say and ask, laid out so that a text is compared with all of it at once."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from indexer.tokens import list_lemmas
from kb.model.knowledge import Corpus, Vocabulary
from kb.model.language import LanguageCues
from kb.text import fold

Floats = NDArray[np.float32]
Whole = NDArray[np.int32]
Flags = NDArray[np.bool_]
Encode = Callable[[list[str]], Floats]

_GAP = "\x1f"
_NEAREST = 10
"""So many phrases vote for their owners."""

_MARKS = re.compile(r"[\s、。?？!！,.]")


@dataclass(frozen=True)
class Phrase:
    """A phrase of its owner: an expression of one side of a yes/no fact, or a question or a statement about a clause.

    `terms` are its content words; `negated` says whether it is worded negatively.
    """

    owner: str
    side: bool
    text: str
    terms: tuple[str, ...]
    negated: bool


def list_expressions(vocabulary: Vocabulary, cues: LanguageCues) -> Iterator[Phrase]:
    """Yield the expressions of every yes/no (and list) fact with their words."""
    for key, fact in vocabulary.facts.items():
        for side, words in ((True, fact.yes), (False, fact.no)):
            for phrase in dict.fromkeys(words.all):
                terms = content_terms(phrase, cues)
                if terms:
                    yield Phrase(key, side, phrase, terms, cues.negated(fold(phrase)))


def list_questions(corpus: Corpus, cues: LanguageCues) -> Iterator[Phrase]:
    """Yield what is asked and rightly said of every clause."""
    right = {f"{c.document} {c.locator}": c.right for c in corpus.claims}
    for clause in corpus.clauses:
        said = right[clause.id].all if clause.id in right else ()
        for text in dict.fromkeys((*clause.asks.all, *said)):
            terms = content_terms(text, cues)
            if terms:
                yield Phrase(clause.id, True, text, terms, cues.negated(fold(text)))


def content_terms(text: str, cues: LanguageCues) -> tuple[str, ...]:
    """Return the distinct content words of a text without negations and auxiliaries."""
    return tuple(dict.fromkeys(t for t in list_lemmas(text) if t not in cues.empty_words))


def letter_pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters of a Japanese text (none of one in Latin letters alone)."""
    plain = _MARKS.sub("", fold(text))
    return frozenset() if plain.isascii() else frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


@dataclass(frozen=True)
class Overlap:
    """What every phrase of a bank shares with a text: the share of the phrase's words and letters, and of the text's."""

    words: Floats
    words_back: Floats
    letters: Floats
    letters_back: Floats


@dataclass(frozen=True)
class _Postings:
    """For each key the rows that have it, one after another: those of key k are `rows[starts[k]:starts[k + 1]]`."""

    place: dict[str, int]
    starts: Whole
    rows: Whole

    def of(self, key: str) -> Whole | None:
        """Return the rows that have a key."""
        k = self.place.get(key)
        return None if k is None else self.rows[self.starts[k] : self.starts[k + 1]]


class PhraseBank:
    """Phrases by owner, with postings of their words and letters, and their vectors."""

    def __init__(
        self, owners: Sequence[str], owner: Whole, sides: Flags, negated: Flags, terms: Sequence[tuple[str, ...]],
        words: _Postings, letters: _Postings, vectors: Floats,
    ) -> None:  # fmt: skip
        self.owners = tuple(owners)
        self.owner, self.sides, self.negated, self._vectors = owner, sides, negated, vectors
        self.terms = tuple(terms)
        self._words, self._letters = words, letters
        count = max(1, len(owner))
        spread = np.diff(words.starts)
        self._weight = {t: log(1 + count / max(1, int(spread[k]))) for t, k in words.place.items()}
        self._rows = {f: np.flatnonzero(owner == k).astype(np.int32) for k, f in enumerate(self.owners)}

    @classmethod
    def build(cls, phrases: Iterable[Phrase], encode: Encode | None) -> PhraseBank:
        """Lay out phrases; `encode` turns texts into vectors of length 1, where there is a model."""
        held = list(phrases)
        owners = list(dict.fromkeys(e.owner for e in held))
        place = {name: k for k, name in enumerate(owners)}
        vectors = encode([e.text for e in held]) if encode is not None and held else np.zeros((len(held), 1))
        return cls(
            owners,
            np.array([place[e.owner] for e in held], dtype=np.int32),
            np.array([e.side for e in held], dtype=bool),
            np.array([e.negated for e in held], dtype=bool),
            [e.terms for e in held],
            _post([e.terms for e in held]),
            _post([letter_pairs(e.text) for e in held]),
            np.asarray(vectors, dtype=np.float16).astype(np.float32),
        )

    def dump(self) -> bytes:
        """Return the bank as bytes (NumPy's npz)."""
        file = io.BytesIO()
        np.savez(
            file,
            owners=np.array(self.owners),
            owner=self.owner, sides=self.sides, negated=self.negated, terms=np.array([_GAP.join(t) for t in self.terms]),
            words=np.array(list(self._words.place)), word_starts=self._words.starts, word_rows=self._words.rows,
            letters=np.array(list(self._letters.place)), letter_starts=self._letters.starts,
            letter_rows=self._letters.rows, vectors=self._vectors.astype(np.float16),
        )  # fmt: skip
        return file.getvalue()

    @classmethod
    def load(cls, data: bytes) -> PhraseBank:
        """Return a bank from its bytes."""
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            words, letters = (
                _Postings(
                    {str(t): k for k, t in enumerate(held[f"{name}s"])}, held[f"{name}_starts"], held[f"{name}_rows"]
                )
                for name in ("word", "letter")
            )
            owners = [str(name) for name in held["owners"]]
            vectors = held["vectors"].astype(np.float32)
            terms = [tuple(str(joined).split(_GAP)) for joined in held["terms"]]
            return cls(owners, held["owner"], held["sides"], held["negated"], terms, words, letters, vectors)

    @cached_property
    def _totals(self) -> tuple[Floats, Floats]:
        """The weight of the words, and the number of letter pairs, of every phrase (at least 1)."""
        words = np.zeros(len(self.owner), dtype=np.float32)
        for term, weight in self._weight.items():
            rows = self._words.of(term)
            words[rows] += weight
        letters = np.bincount(self._letters.rows, minlength=len(self.owner)).astype(np.float32)
        return np.maximum(words, 1e-6), np.maximum(letters, 1.0)

    def knows(self, owner: str) -> bool:
        """Tell whether an owner has phrases."""
        return owner in self._rows

    def having(self, terms: Iterable[str]) -> Flags:
        """Tell of every phrase whether it has one of some words."""
        held = np.zeros(len(self.owner), dtype=bool)
        for term in terms:
            rows = self._words.of(term)
            if rows is not None:
                held[rows] = True
        return held

    def rows_of(self, owner: str, among: Flags) -> Whole:
        """Return the rows of the phrases of an owner that are among some phrases, in order."""
        own = self._rows[owner]
        return own[among[own]]

    def closeness(self, rows: Whole, vector: Floats) -> Floats | None:
        """Return the cosine of a text's vector with phrases; None where they were laid out without that model."""
        return self._vectors[rows] @ vector if self._vectors.shape[1] == len(vector) else None

    def weight(self, term: str) -> float:
        """Return how much a word of the bank tells: the rarer, the more (natural logarithm)."""
        return self._weight[term]

    def overlap(self, text: str, cues: LanguageCues) -> Overlap:
        """Return what every phrase shares with a text."""
        terms, pairs = content_terms(text, cues), letter_pairs(text)
        held, letters = (np.zeros(len(self.owner), dtype=np.float32) for _ in range(2))
        known = 0.0
        for term in terms:
            found = self._words.of(term)
            if found is not None:
                held[found] += self._weight[term]
                known += self._weight[term]
        for pair in pairs:
            found = self._letters.of(pair)
            if found is not None:
                letters[found] += 1
        weights, lengths = self._totals
        back = held / known if known else np.zeros_like(held)
        return Overlap(held / weights, back, letters / lengths, letters / np.float32(max(1, len(pairs))))

    def likest(self, text: str, cues: LanguageCues) -> dict[str, tuple[float, float, float]]:
        """Return, by owner, how like a text its likest phrase is: by words, by letters, and its share of the nearest ones.

        Each is between 0 and 1; owners that share nothing with the text are left out.
        """
        both = self.overlap(text, cues)
        words, letters = both.words * both.words_back, both.letters * both.letters_back
        by_words, by_letters, votes = (np.zeros(len(self.owners), dtype=np.float32) for _ in range(3))
        np.maximum.at(by_words, self.owner, words)
        np.maximum.at(by_letters, self.owner, letters)
        total = words + letters
        nearest = np.argsort(-total, kind="stable")[:_NEAREST]
        np.add.at(votes, self.owner[nearest], total[nearest])
        if votes.sum() > 0:
            votes /= votes.sum()
        return {
            self.owners[k]: (float(by_words[k]), float(by_letters[k]), float(votes[k]))
            for k in np.flatnonzero(by_words + by_letters)
        }


def _post(keys: Sequence[Iterable[str]]) -> _Postings:
    lists: dict[str, list[int]] = {}
    for row, own in enumerate(keys):
        for key in own:
            lists.setdefault(key, []).append(row)
    starts = np.cumsum([0, *(len(rows) for rows in lists.values())]).astype(np.int32)
    rows = np.array([row for rows in lists.values() for row in rows], dtype=np.int32)
    return _Postings({key: k for k, key in enumerate(lists)}, starts, rows)
