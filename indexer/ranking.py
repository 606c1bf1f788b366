"""From scores of units to scores of passages, and from two scores to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Ranking:
    """How hits are ranked.

    `field_weights` says what the best text of a field counts (1 where a field is not named; 0 leaves it out).
    `dense_share` is the dense side's part in a hybrid score, 0 to 1. `concept_boost` is added for a passage that has all
    concepts asked for, and in proportion for some of them.
    """

    field_weights: Mapping[str, float] = field(default_factory=dict)
    dense_share: float = 0.35
    concept_boost: float = 0.15

    def __post_init__(self) -> None:
        if not 0.0 <= self.dense_share <= 1.0:
            raise ValueError(f"dense_share {self.dense_share!r}: expected 0 to 1")
        for name, weight in self.field_weights.items():
            if weight < 0:
                raise ValueError(f"field_weights[{name!r}] {weight!r}: expected 0 or more")


@dataclass(frozen=True)
class UnitGroups:
    """Which units belong together: units are ordered by passage, then field.

    Group `g` (one field of one passage) holds the units from `starts[g]` up to the next start; `passage[g]` and `field[g]`
    are row numbers.
    """

    starts: NDArray[np.int64]
    passage: NDArray[np.int64]
    field: NDArray[np.int64]
    passage_count: int


def group_units(passage_of: NDArray[np.int64], field_of: NDArray[np.int64], passage_count: int) -> UnitGroups:
    """Find the groups of units that share passage and field; both arrays are int [units]."""
    changed = np.ones(len(passage_of), dtype=bool)
    changed[1:] = (passage_of[1:] != passage_of[:-1]) | (field_of[1:] != field_of[:-1])
    starts = np.flatnonzero(changed).astype(np.int64)
    return UnitGroups(starts, passage_of[starts], field_of[starts], passage_count)


def sum_best_per_field(unit_scores: Floats, groups: UnitGroups, weights: Floats) -> Floats:
    """Return float32 [passages]: the best unit of each field, weighted by field (`weights`, float32 [fields]), added up."""
    if not len(groups.starts):
        return np.zeros(groups.passage_count, dtype=np.float32)
    best = np.maximum.reduceat(unit_scores, groups.starts) * weights[groups.field]
    return np.bincount(groups.passage, weights=best, minlength=groups.passage_count).astype(np.float32)


def best_of_fields(unit_scores: Floats, groups: UnitGroups, weights: Floats) -> Floats:
    """Return float32 [passages]: the best unit of any field that has a weight above 0; -1 for a passage without units."""
    result = np.full(groups.passage_count, -1.0, dtype=np.float32)
    if len(groups.starts):
        best = np.where(weights[groups.field] > 0, np.maximum.reduceat(unit_scores, groups.starts), np.float32(-1))
        np.maximum.at(result, groups.passage, best)
    return result


def scale_to_unit(scores: Floats) -> Floats:
    """Map the lowest score to 0 and the highest to 1 (min–max); all equal gives 0."""
    if not len(scores):
        return scores
    low, high = scores.min(), scores.max()
    return np.zeros_like(scores) if high <= low else (scores - low) / (high - low)


def combine(lexical: Floats, dense: Floats, dense_share: float) -> Floats:
    """Return the convex combination of both, each scaled by min–max (Bruch et al. 2023, arXiv:2210.11934)."""
    share = np.float32(dense_share)
    return (1 - share) * scale_to_unit(lexical) + share * scale_to_unit(dense)
