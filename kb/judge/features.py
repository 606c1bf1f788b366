"""Describe in numbers how a statement stands beside the clauses, as the ground for a decision."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.judge.align import Alignment, Clash
from kb.judge.case import Case
from kb.judge.claims import ClaimMatch

LEAD, BINDING = 0.35, 0.07
"""Retrieval counts for this much beside the support of the words."""

SIGNS = ("figure", "defined", "instead", "member", "swapped", "place", "rival", "polarity", "mood", "share", "only")
_COMPARING = re.compile(
    r"より(?:も)?(?:高|低|多|少|大き|小さ|厳し|緩|明る|暗|長|短)|同じ|同一|等し|\bthan\b|\bsame\b|\bequal"
)


@dataclass(frozen=True)
class Standing:
    """A statement beside the clauses of one guideline: the best alignment, what else bears on it, and the numbers."""

    best: Alignment
    clean: Alignment | None
    right: ClaimMatch | None
    wrong: ClaimMatch | None
    measured: Mapping[str, float]

    @property
    def clash(self) -> Clash | None:
        """The most telling clash of the best alignment."""
        return max(self.best.clashes, key=lambda c: c.sure, default=None)


def order(alignment: Alignment, top: float, moody: bool = False) -> float:
    """Order alignments: support of the words and retrieval for, clashes against; a mood is of a clause that has one."""
    binding = moody and alignment.profile.clause.strength is not None
    astray = sum(c.sure for c in alignment.clashes if c.sign == "place")
    against = 0.06 * sum(c.sure for c in alignment.clashes) + 0.1 * astray
    return (alignment.share + alignment.whole) / 2 + LEAD * alignment.score / top - against + BINDING * binding


def stand(case: Case, found: Sequence[Alignment], claims: Sequence[ClaimMatch]) -> Standing:
    """Measure a statement against the alignments of one guideline (at least one)."""
    top = max((a.score for a in case.alignments), default=1.0) or 1.0
    moody = bool(case.reading.moods)
    ordered = sorted(found, key=lambda a: -order(a, top, moody))
    best = ordered[0]
    clean = next((a for a in ordered if not a.clashes), None)
    right = max((c for c in claims if c.fault is None), key=lambda c: c.score, default=None)
    wrong = max((c for c in claims if c.fault is not None), key=lambda c: c.score, default=None)
    return Standing(best, clean, right, wrong, _measure(case, best, clean, right, wrong, top))


def _measure(
    case: Case,
    best: Alignment,
    clean: Alignment | None,
    right: ClaimMatch | None,
    wrong: ClaimMatch | None,
    top: float,
) -> dict[str, float]:
    said = case.reading
    measured = {
        "share": best.share,
        "whole": best.whole,
        "missing": min(best.missing, 15.0) / 10,
        "heaviest": max((w for _, w in best.lost), default=0.0) / 6,
        "score": best.score / 3.5,
        "clean_gap": order(best, top) - (order(clean, top) if clean else 0.0),
        "clean_share": clean.share if clean else 0.0,
        "clean_missing": min(clean.missing, 15.0) / 10 if clean else 1.5,
        "numbers": float(any(s >= 1 for s, _ in best.figures.weights)),
        "numbers_lost": float(any(s < 1 for s, _ in best.figures.weights)),
        "comparing": float(bool(_COMPARING.search(said.text))),
        "refused": float(case.refusal is not None),
        "elsewhere": float(case.refusal is not None and case.refusal.kind == "elsewhere"),
        "near_top": order(best, top) - max(order(a, top) for a in case.alignments),
        "named": float(bool(case.documents)),
        "several": float(len(case.documents) > 1),
        "wrong_planted": wrong.planted if wrong else 0.0,
        "wrong_explains": wrong.explains if wrong else 0.0,
        "right_dense": right.dense if right else 0.0,
        "wrong_dense": wrong.dense if wrong else 0.0,
        "english": float(said.language == "en"),
        "right": right.score if right else 0.0,
        "wrong": wrong.score if wrong else 0.0,
        "wrong_over_right": (wrong.score if wrong else 0.0) - (right.score if right else 0.0),
        "claims": float(bool(right or wrong)),
        "wrong_like": max(0.0, (wrong.score if wrong else 0.0) - 0.65) / 0.35,
        "right_like": max(0.0, (right.score if right else 0.0) - 0.65) / 0.35,
        "wrong_alone": float((wrong.score if wrong else 0.0) > (right.score if right else 0.0) + 0.15),
        "denies_apart": float(said.denies != best.profile.reading.denies),
    }
    for mood in ("unneeded", "forbidden", "shall", "should", "may"):
        measured[f"said_{mood}"] = float(any(f.key == mood for f in said.moods))
    for share in ("only", "all", "any", "always"):
        stated = any(f.key == share for f in said.shares)
        there = any(f.key == share for f in best.profile.reading.shares)
        measured[f"said_{share}"] = float(stated)
        measured[f"{share}_unsaid"] = float(stated and not there)
    for sign in SIGNS:
        measured[f"sign_{sign}"] = max((c.sure for c in best.clashes if c.sign == sign), default=0.0)
    for fault in ("direction", "scope", "term", "condition"):
        measured[f"member_{fault}"] = max(
            (c.sure for c in best.clashes if c.sign == "member" and c.fault == fault), default=0.0
        )
    measured["clashes"] = min(sum(c.sure for c in best.clashes), 3.0) / 3
    measured["kinds"] = min(len({c.fault for c in best.clashes}), 3) / 3
    measured["conceding"] = float(any(s.conceding for s in said.segments))
    parity = [s.negative for s in said.segments]
    theirs = [s.negative for s in best.profile.reading.segments]
    measured["negative"] = float(any(parity))
    measured["negative_unsaid"] = float(any(parity) and not any(theirs))
    measured["positive_unsaid"] = float(not any(parity) and all(theirs))
    return measured
