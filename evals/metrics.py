"""Measures of rankings and answers."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence


def recall_at(ranked: Sequence[str], gold: Collection[str], k: int) -> float:
    """Return the share of the gold clauses among the first k, of as many as fit into k."""
    wanted = set(gold)
    return len(wanted & set(ranked[:k])) / min(k, len(wanted))


def hit_at(ranked: Sequence[str], gold: Collection[str], k: int) -> float:
    """Return 1 if any gold clause is among the first k."""
    return float(bool(set(gold) & set(ranked[:k])))


def ndcg_at(ranked: Sequence[str], gold: Collection[str], k: int) -> float:
    """Return nDCG@k with binary relevance (Järvelin and Kekäläinen 2002)."""
    wanted = set(gold)
    gain = sum(1 / math.log2(i + 2) for i, clause in enumerate(ranked[:k]) if clause in wanted)
    ideal = sum(1 / math.log2(i + 2) for i in range(min(k, len(wanted))))
    return gain / ideal


def mean(values: Sequence[float]) -> float | None:
    """Return the mean rounded to four decimals, or None of nothing."""
    return round(sum(values) / len(values), 4) if values else None
