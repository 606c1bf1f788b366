"""Compare two texts as a whole: what each has of the other, and in what they plainly differ."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np

from kb.judge.profile import ProfileBook
from kb.judge.reading import Reading, Unit
from kb.quantity import compare, same_dimension

_BY_KIND = {"w": 1.0, "g": 0.95, "s": 0.95, "y": 0.8, "c": 0.7, "b": 0.7, "k": 0.4}
"""How sure two units are the same by the kind of key that they share: a word more than a concept, a case least."""

_NEAR, _BEST = 0.35, 0.65
_NUMBERS, _LABELS, _MEMBERS, _POLARITY, _STRENGTH, _SHARES = 0.45, 0.5, 0.6, 0.6, 0.75, 0.85
_NUMBER = 5.0
_ENDS_ALIKE = 0.6
_VERBATIM = 0.85
_ROLES = 0.3
"""What a text is about and what it says of it count for so much more than its other words."""

_DIGITS = re.compile(r"\d+")

_BINDING = {"shall": 2, "forbidden": 2, "should": 1, "may": 0, "unneeded": 0}


@dataclass(frozen=True)
class Pair:
    """A text beside another one; each of the flags says that they differ in it."""

    forward: float
    backward: float
    numbers: bool
    labels: bool
    members: bool
    polarity: bool
    strength: bool
    shares: bool
    topic: float
    ending: float
    topic_back: float
    ending_back: float

    @property
    def overlap(self) -> float:
        """What the two have of each other, 0 to 1."""
        return float(self.forward**0.55 * self.backward**0.45)

    @property
    def agree(self) -> float:
        """How far the two say the same, 0 to 1."""
        value = self.overlap * (1 - _ROLES + _ROLES * (self.topic + self.ending) / 2)
        for differs, factor in (
            (self.numbers, _NUMBERS),
            (self.labels, _LABELS),
            (self.members, _MEMBERS),
            (self.polarity, _POLARITY),
            (self.strength, _STRENGTH),
            (self.shares, _SHARES),
        ):
            value *= factor if differs else 1.0
        return value


def compare_texts(said: Reading, other: Reading, book: ProfileBook) -> Pair:
    """Compare a statement with another text."""
    grades = _grade(said.units, other.units, book)
    mine = np.array([book.weight(u) for u in said.units])
    theirs = np.array([book.weight(u) for u in other.units])
    there, here = grades.max(axis=1, initial=0.0), grades.max(axis=0, initial=0.0)
    forward = _mean(*_with_numbers(there, mine, said, other))
    backward = _mean(*_with_numbers(here, theirs, other, said))
    ending = _share(said.ending, said, there, mine)
    return Pair(
        topic=_share(said.topic, said, there, mine),
        ending=ending,
        topic_back=_share(other.topic, other, here, theirs),
        ending_back=_share(other.ending, other, here, theirs),
        forward=forward,
        backward=backward,
        numbers=_differ_in_numbers(said, other),
        labels=_differ_in_labels(said.labels, other.labels),
        members=_differ_in_members(said, other, forward * backward >= _VERBATIM),
        polarity=_differ_in_polarity(said, other, ending >= _ENDS_ALIKE),
        strength=_differ_in_strength(said, other),
        shares={f.key for f in said.shares} != {f.key for f in other.shares},
    )


def _differ_in_labels(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether both have labels of one kind (`第17条`, `第22条`; letters) and none in common."""
    kinds = [_by_kind(labels) for labels in (mine, theirs)]
    return any(not kinds[0][kind] & kinds[1][kind] for kind in kinds[0].keys() & kinds[1].keys())


def _by_kind(labels: frozenset[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for label in labels:
        found.setdefault(_DIGITS.sub("0", label) if _DIGITS.search(label) else "", set()).add(label)
    return found


def _share(units: tuple[Unit, ...], text: Reading, grades: np.ndarray, weights: np.ndarray) -> float:
    """Return how far some units of a text are found in the other one."""
    rows = [i for i, u in enumerate(text.units) if u in units]
    return _mean(grades[rows], weights[rows]) if rows else 0.0


def _with_numbers(
    grades: np.ndarray, weights: np.ndarray, text: Reading, other: Reading
) -> tuple[np.ndarray, np.ndarray]:
    """Return grades and weights with the numbers of a text: found in the other one or not."""
    if not text.quantities:
        return grades, weights
    found = [
        float(
            any(same_dimension(q.value.unit, o.value.unit) and compare(q.value, o.value) == 0 for o in other.quantities)
        )
        for q in text.quantities
    ]
    return np.append(grades, found), np.append(weights, [_NUMBER] * len(found))


def _mean(grades: np.ndarray, weights: np.ndarray) -> float:
    total = float(weights.sum())
    return float((grades * weights).sum()) / total if total else 0.0


def _grade(mine: tuple[Unit, ...], theirs: tuple[Unit, ...], book: ProfileBook) -> np.ndarray:
    """Return how sure each unit of one text is each unit of the other one."""
    near = book.cosines(mine, theirs)
    grades: np.ndarray = np.clip((near - _NEAR) / (1 - _NEAR), 0, 1) * _BEST
    for i, one in enumerate(mine):
        for j, other in enumerate(theirs):
            grades[i, j] = max(grades[i, j], _same(one, other))
    return grades


def _same(one: Unit, other: Unit) -> float:
    shared = one.keys & other.keys
    if shared:
        return max(_BY_KIND.get(key[0], 0.5) for key in shared)
    if not one.parts or not other.parts:
        return 0.0
    common = sum(any(not part.isdisjoint(theirs) for theirs in other.parts) for part in one.parts)
    return 0.9 * common / max(len(one.parts), len(other.parts))


def _differ_in_numbers(said: Reading, other: Reading) -> bool:
    for mine in said.quantities:
        alike = [q for q in other.quantities if same_dimension(q.value.unit, mine.value.unit)]
        if alike and not any(compare(q.value, mine.value) == 0 for q in alike):
            return True
        opposed = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
        equal = [q for q in alike if compare(q.value, mine.value) == 0]
        if equal and mine.operator in opposed and all(
            q.operator is not None and q.operator[0] == opposed[mine.operator][0] for q in equal
        ):  # fmt: skip
            return True
    return False


def _differ_in_members(said: Reading, other: Reading, verbatim: bool) -> bool:
    """Tell whether both have a member of a contrast set, and never the same one (or, nearly verbatim, not the same ones)."""
    for name, mine in said.members.items():
        theirs = other.members.get(name)
        if theirs and (_count(said, name) != _count(other, name) if verbatim else not set(mine) & set(theirs)):
            return True
    return False


def _count(text: Reading, name: str) -> Counter[int]:
    """Return how often each member of a contrast set stands in a text."""
    return Counter(member for unit in text.units for member in unit.members.get(name, ()))


def _differ_in_polarity(said: Reading, other: Reading, alike: bool) -> bool:
    """Tell whether a verb that both have stands denied in one of them, or both end alike and only one denies."""
    shared = said.predicates.keys() & other.predicates.keys()
    decided = [lemma for lemma in shared if len(said.predicates[lemma]) == len(other.predicates[lemma]) == 1]
    if any(said.predicates[lemma] != other.predicates[lemma] for lemma in decided):
        return True
    return alike and not decided and said.denies != other.denies


def _differ_in_strength(said: Reading, other: Reading) -> bool:
    mine, theirs = {f.key for f in said.moods}, {f.key for f in other.moods}
    if not mine and not theirs:
        return False
    levels = {_BINDING[k] for k in mine} or {2}, {_BINDING[k] for k in theirs} or {2}
    return not levels[0] & levels[1]
