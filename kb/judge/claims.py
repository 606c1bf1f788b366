"""Compare a statement with what people say of a clause, rightly and wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.judge.align import Aligner, Alignment
from kb.judge.moods import excludes_strength
from kb.judge.profile import Profile, ProfileBook
from kb.judge.reading import Reading
from kb.model.claims import Claims
from kb.model.corpus import Clause
from kb.model.judgement import Fault

_CLASHED = 0.25
_OWN = 0.5
_DENIED = 0.25
_OTHER_MOOD = 0.35
_TOLD = 4.0
"""A word of mood or quantity that is planted tells as much as a rare word."""


@dataclass(frozen=True)
class ClaimMatch:
    """A claim beside a statement: `fault` is None for a right one; `score` (0 to 1) says how alike they are.

    `planted` is the share of the claim's words that the clause lacks and the statement has; `explains` the share of
    the statement's words that the clause lacks and the claim has; `dense` the cosine of the two as a whole.
    """

    text: str
    fault: Fault | None
    score: float
    clause: Clause
    planted: float = 0.0
    explains: float = 0.0
    dense: float = 0.0


class ClaimBook:
    """The claims of a corpus, ready to be compared."""

    def __init__(self, claims: Sequence[Claims], book: ProfileBook, aligner: Aligner) -> None:
        self._book = book
        self._aligner = aligner
        self._claims: dict[str, Claims] = {f"{c.document} {c.locator}": c for c in claims}
        self._profiles: dict[tuple[str, str], list[tuple[Profile, Fault | None, str]]] = {}

    def match(self, said: Reading, held: Alignment) -> list[ClaimMatch]:
        """Return the claims of an alignment's clause with their likeness to a statement."""
        clause = held.profile.clause
        vector = self._book.encode(said.text)
        found = []
        for profile, fault, text in self._of(clause, said.language):
            score = self._score(said, held, profile, fault is not None)
            together = said.denies == profile.reading.denies
            planted = self._planted(said, held, profile) if together else 0.0
            explains = self._explains(held, profile) if together else 0.0
            dense = self._book.likeness(vector, text)
            found.append(ClaimMatch(text, fault, score, clause, planted, explains, dense))
        return found

    def _planted(self, said: Reading, held: Alignment, profile: Profile) -> float:
        """Return the share of a claim's own words and moods that a statement has (1 where it has none of its own)."""
        own = [u for u in profile.reading.units if not self._known(u.keys, u.parts, held.profile)]
        parts = [(self._book.weight(u), self._has(said, u.keys, u.parts)) for u in own]
        claim, clause = profile.reading, held.profile.reading
        stated = {f.key for f in (*said.moods, *said.shares)}
        known = {f.key for f in (*clause.moods, *clause.shares)}
        planted = {f.key for f in (*claim.moods, *claim.shares)} - known
        parts += [(_TOLD, key in stated) for key in planted]
        total = sum(weight for weight, _ in parts)
        return sum(weight for weight, there in parts if there) / total if total else 1.0

    def _explains(self, held: Alignment, profile: Profile) -> float:
        """Return the share of what the clause lacks of a statement that a claim has."""
        lost = [(u, w) for u, s, w in held.support if s < 0.5 or any(c.unit is u for c in held.clashes)]
        total = sum(w for _, w in lost)
        return sum(w for u, w in lost if self._has(profile.reading, u.keys, u.parts)) / total if total else 0.0

    @staticmethod
    def _known(keys: frozenset[str], parts: tuple[frozenset[str], ...], profile: Profile) -> bool:
        there = profile.reading.keys
        if any(k in there or k in profile.wide for k in keys):
            return True
        return bool(parts) and all(any(k in there or k in profile.wide for k in part) for part in parts)

    def _of(self, clause: Clause, language: str) -> list[tuple[Profile, Fault | None, str]]:
        key = clause.id, language
        if key not in self._profiles:
            claims = self._claims.get(clause.id)
            texts: list[tuple[str, Fault | None]] = []
            if claims is not None:
                texts += [(text, None) for text in claims.right.get(language)]
                texts += [(text, fault) for fault, words in claims.wrong.items() for text in words.get(language)]
            profile = self._book.get(clause, language)
            self._profiles[key] = [(self._book.of_claim(profile, text), fault, text) for text, fault in texts]
        return self._profiles[key]

    def _score(self, said: Reading, held: Alignment, profile: Profile, wrong: bool) -> float:
        """Return how alike a statement and a claim are: what each has of the other, less for every clash."""
        there = self._aligner.align(said, profile, 0.0)
        mine = [(max(a, b), w) for (_, a, w), (_, b, _) in zip(held.support, there.support, strict=True)]
        mine += [(max(a, b), w) for (a, w), (b, _) in zip(held.figures.weights, there.figures.weights, strict=False)]
        total = sum(w for _, w in mine)
        forward = sum(s * w for s, w in mine) / total if total else 1.0
        weights = [(self._book.weight(u), u) for u in profile.reading.units]
        own = [(w * (1.0 if self._is_own(u.keys, held.profile) else _OWN), u) for w, u in weights]
        total = sum(w for w, _ in own) + 3.0 * len(profile.reading.quantities)
        have = sum(w for w, u in own if self._has(said, u.keys, u.parts))
        have += sum(
            3.0
            for q in profile.reading.quantities
            if any(q.value.base == o.value.base and q.value.dimension == o.value.dimension for o in said.quantities)
        )
        backward = have / total if total else 0.0
        clashes = sum(c.sure for c in there.clashes)
        moods = {f.key for f in profile.reading.moods} ^ {f.key for f in said.moods}
        shares = {f.key for f in profile.reading.shares} ^ {f.key for f in said.shares}
        apart = 0.06 * len(moods) + 0.08 * len(shares)
        apart += _DENIED * (said.denies != profile.reading.denies)
        share = 0.5 if wrong else 0.3
        like = float(forward ** (1 - share) * backward**share)
        if not wrong and not profile.reading.moods and excludes_strength(said, held.profile.clause.strength):
            apart += _OTHER_MOOD
        if wrong:
            like *= 0.55 + 0.45 * self._planted(said, held, profile)
        return max(0.0, like - _CLASHED * clashes - apart)

    @staticmethod
    def _is_own(keys: frozenset[str], profile: Profile) -> bool:
        return not any(k in profile.reading.keys for k in keys)

    @staticmethod
    def _has(said: Reading, keys: frozenset[str], parts: tuple[frozenset[str], ...]) -> bool:
        if any(k in said.keys for k in keys):
            return True
        return bool(parts) and all(any(k in said.keys for k in part) for part in parts)
