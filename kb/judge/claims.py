"""Compare a statement with what is said of a clause, rightly and wrongly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from kb.judge.align import Aligner, Alignment
from kb.judge.bank import Bank, Nearness, Saying
from kb.judge.moods import excludes_strength
from kb.judge.pair import Pair, compare_texts
from kb.judge.profile import Profile, ProfileBook
from kb.judge.reading import Reading, Unit
from kb.model.corpus import Clause
from kb.model.judgement import Fault

ALIGNED = 5
"""So many right and so many wrong claims of a clause, the nearest ones, are laid beside a statement word by word."""

_CLASHED = 0.25
_OWN = 0.5
_DENIED = 0.25
_OTHER_MOOD = 0.35
_TOLD = 4.0
"""A word of mood or quantity that is planted tells as much as a rare word."""

_NUMBER = 3.0
_SHARP = 12.0
_NOTHING = 1e-3


@dataclass(frozen=True)
class ClaimMatch:
    """A claim beside a statement: `fault` is None for a right one; `score` (0 to 1) says how alike they are.

    `planted` is the share of the claim's words that the clause lacks and the statement has; `explains` the share of
    the statement's words that the clause lacks and the claim has; `dense` the cosine of the two as a whole.
    """

    saying: Saying
    reading: Reading
    score: float
    clause: Clause
    planted: float = 0.0
    explains: float = 0.0
    dense: float = 0.0
    like: float = 0.0
    pair: Pair | None = None

    @property
    def fault(self) -> Fault | None:
        """The kind of fault; None for a right claim."""
        return self.saying.fault

    @property
    def text(self) -> str:
        """The claim as it is written."""
        return self.saying.text


@dataclass(frozen=True)
class ClaimView:
    """What the bank says of a statement beside one clause: the claims laid beside it, and numbers over all of them."""

    matches: tuple[ClaimMatch, ...] = ()
    measured: dict[str, float] = field(default_factory=dict)
    faults: dict[str, float] = field(default_factory=dict)

    def closest(self, right: bool) -> ClaimMatch | None:
        """The right (or the wrong) saying that says most nearly the same."""
        found = [m for m in self.matches if (m.fault is None) == right and m.pair is not None]
        return max(found, key=lambda m: m.pair.agree if m.pair else 0.0, default=None)

    @property
    def right(self) -> ClaimMatch | None:
        """The right claim that is most alike."""
        return max((m for m in self.matches if m.fault is None), key=lambda m: m.score, default=None)

    @property
    def wrong(self) -> ClaimMatch | None:
        """The wrong claim that is most alike."""
        return max((m for m in self.matches if m.fault is not None), key=lambda m: m.score, default=None)


class ClaimBook:
    """The sayings of a corpus, ready to be laid beside statements."""

    def __init__(self, bank: Bank, book: ProfileBook, aligner: Aligner) -> None:
        self._bank = bank
        self._book = book
        self._aligner = aligner
        self._profiles: dict[int, Profile] = {}
        self.places = book.places
        self.faults_of = aligner.faults_of

    def view(self, said: Reading, held: Alignment, near: Nearness, without: frozenset[int]) -> ClaimView:
        """Lay the nearest sayings of an alignment's clause beside a statement; `without` leaves some out, by row."""
        clause = held.profile.clause
        rows = [r for r in self._bank.rows_of.get((clause.id, said.language), ()) if r not in without]
        if not rows:
            return ClaimView()
        sayings = self._bank.sayings
        right = [r for r in rows if sayings[r].fault is None]
        wrong = [r for r in rows if sayings[r].fault is not None]
        chosen = [*_nearest(right, near), *_nearest(wrong, near)]
        matches = tuple(self._match(said, held, row, near) for row in chosen)
        measured = _measure(near, right, wrong)
        for name, side in (("right", right), ("wrong", wrong)):
            measured[f"cover_{name}"] = max((self._book.cover(said, row) for row in side), default=0.0)
        measured["cover_gap"] = measured["cover_right"] - measured["cover_wrong"]
        return ClaimView(matches, measured, self._by_fault(wrong, near))

    def _by_fault(self, wrong: Sequence[int], near: Nearness) -> dict[str, float]:
        """Return the likeness of the nearest wrong claim of each kind of fault, and the kind's share of all votes."""
        found: dict[str, float] = {}
        votes: dict[str, float] = {}
        for row in wrong:
            fault, like = str(self._bank.sayings[row].fault), float(near.like[row])
            found[fault] = max(found.get(fault, 0.0), like)
            votes[fault] = votes.get(fault, 0.0) + math.exp(_SHARP * like)
        total = sum(votes.values())
        return {**found, **{f"vote_{fault}": vote / total for fault, vote in votes.items()}}

    def _match(self, said: Reading, held: Alignment, row: int, near: Nearness) -> ClaimMatch:
        saying, clause = self._bank.sayings[row], held.profile.clause
        profile = self._profiles.get(row)
        if profile is None:
            base = self._book.get(clause, said.language)
            profile = self._profiles[row] = self._book.of_claim(base, saying.text)
        score = self._score(said, held, profile, saying.fault is not None)
        together = said.denies == profile.reading.denies
        planted = self._planted(said, held, profile) if together else 0.0
        explains = self._explains(held, profile) if together else 0.0
        dense, like = float(near.dense[row]), float(near.like[row])
        pair = compare_texts(said, profile.reading, self._book)
        return ClaimMatch(saying, profile.reading, score, clause, planted, explains, dense, like, pair)

    def _planted(self, said: Reading, held: Alignment, profile: Profile) -> float:
        """Return the share of a claim's own words and moods that a statement has (1 where it has none of its own)."""
        own = [u for u in profile.reading.units if not _known(u, held.profile)]
        parts = [(self._book.weight(u), has_unit(said, u)) for u in own]
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
        return sum(w for u, w in lost if has_unit(profile.reading, u)) / total if total else 0.0

    def _score(self, said: Reading, held: Alignment, profile: Profile, wrong: bool) -> float:
        """Return how alike a statement and a claim are: what each has of the other, less for every clash."""
        there = self._aligner.align(said, profile, 0.0)
        mine = [(max(a, b), w) for (_, a, w), (_, b, _) in zip(held.support, there.support, strict=True)]
        mine += [(max(a, b), w) for (a, w), (b, _) in zip(held.figures.weights, there.figures.weights, strict=False)]
        total = sum(w for _, w in mine)
        forward = sum(s * w for s, w in mine) / total if total else 1.0
        weights = [(self._book.weight(u), u) for u in profile.reading.units]
        own = [(w * (_OWN if any(k in held.profile.reading.keys for k in u.keys) else 1.0), u) for w, u in weights]
        total = sum(w for w, _ in own) + _NUMBER * len(profile.reading.quantities)
        have = sum(w for w, u in own if has_unit(said, u))
        have += _NUMBER * sum(
            any(q.value.base == o.value.base and q.value.dimension == o.value.dimension for o in said.quantities)
            for q in profile.reading.quantities
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

    def contrast(self, said: Reading, right: ClaimMatch | None, wrong: ClaimMatch | None) -> dict[str, float]:
        """Measure what tells the nearest right claim from the nearest wrong one, and which of it the statement has."""
        if right is None or wrong is None:
            return {}
        mine = list(said.units)
        only_right = self._weigh(u for u in mine if has_unit(right.reading, u) and not has_unit(wrong.reading, u))
        only_wrong = self._weigh(u for u in mine if has_unit(wrong.reading, u) and not has_unit(right.reading, u))
        left_right = self._weigh(
            u for u in right.reading.units if not has_unit(wrong.reading, u) and not has_unit(said, u)
        )
        left_wrong = self._weigh(
            u for u in wrong.reading.units if not has_unit(right.reading, u) and not has_unit(said, u)
        )
        total = self._weigh(mine) or 1.0
        return {
            "only_right": only_right / total,
            "only_wrong": only_wrong / total,
            "left_right": min(left_right / total, 2.0),
            "left_wrong": min(left_wrong / total, 2.0),
            "sides": (only_right - only_wrong) / (only_right + only_wrong + 2.0),
        }

    def _weigh(self, units: Iterable[Unit]) -> float:
        return sum(self._book.weight(u) for u in units)


def _nearest(rows: Sequence[int], near: Nearness) -> list[int]:
    return sorted(rows, key=lambda r: -near.like[r])[:ALIGNED]


def _known(unit: Unit, profile: Profile) -> bool:
    def there(key: str) -> bool:
        return key in profile.reading.keys or key in profile.wide or key in profile.told

    if any(map(there, unit.keys)):
        return True
    return bool(unit.parts) and all(any(map(there, part)) for part in unit.parts)


def has_unit(said: Reading, unit: Unit) -> bool:
    """Tell whether a text has a unit of another one, as a whole or in all its parts."""
    if any(k in said.keys for k in unit.keys):
        return True
    return bool(unit.parts) and all(any(k in said.keys for k in part) for part in unit.parts)


def _measure(near: Nearness, right: Sequence[int], wrong: Sequence[int]) -> dict[str, float]:
    """Measure how near the right and the wrong sayings of one clause are as a whole."""
    measured: dict[str, float] = {}
    for name, rows in (("right", right), ("wrong", wrong)):
        for kind, values in (("like", near.like), ("dense", near.dense), ("forward", near.forward)):
            measured[f"{kind}_{name}"] = float(values[rows].max()) if rows else 0.0
        measured[f"vote_{name}"] = float(np.exp(_SHARP * near.like[rows]).sum()) if rows else 0.0
    for kind in ("like", "dense", "forward"):
        measured[f"{kind}_gap"] = measured[f"{kind}_right"] - measured[f"{kind}_wrong"]
    votes = measured.pop("vote_right") + _NOTHING, measured.pop("vote_wrong") + _NOTHING
    measured["vote"] = float(np.clip(np.log(votes[0] / votes[1]), -5, 5)) / 5
    return measured
