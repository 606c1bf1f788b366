"""Decide from the alignments of a statement: correct, incorrect (and where), unsure, or not covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.judge.align import Alignment, Clash
from kb.judge.case import Case
from kb.model.judgement import Judged

FOUND = 0.55
"""A clause speaks of a statement from this share of its words on."""

ALLOWED, ALLOWED_BESIDE = 4.6, 4.6
"""The weight of words that may be missing in a clause that supports, or that contradicts one thing."""

_LEAD = 0.35
"""Retrieval counts for this much beside the support of the words."""

_PARTS = 2
"""More clashes than this say that the clause is about something else."""


@dataclass(frozen=True)
class Decision:
    """A verdict with the alignment and the clash that decide it, and what each guideline makes of the statement."""

    verdict: Judged
    alignment: Alignment | None = None
    clash: Clash | None = None
    near: tuple[Alignment, ...] = ()
    by_document: dict[str, Decision] = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        """Tell whether guidelines disagree."""
        return {"correct", "incorrect"} <= {d.verdict for d in self.by_document.values()}


def decide(case: Case) -> Decision:
    """Decide a statement: by the guideline that it names, else by all that speak of it."""
    found = [a for a in case.alignments if a.share >= FOUND]
    near = tuple(sorted(case.alignments, key=lambda a: -rank(a, case))[:3])
    if case.refusal is not None and (case.refusal.kind in ("elsewhere", "building") or not found):
        return Decision("not_covered", near=near)
    if not found:
        return Decision("unsure", near=near)
    top = max(rank(a, case) for a in found)
    documents = dict.fromkeys(a.profile.clause.document for a in found)
    each = {d: _decide_one([a for a in found if a.profile.clause.document == d], case, top) for d in documents}
    decided = {d: one for d, one in each.items() if one.verdict in ("correct", "incorrect")}
    best = max(each.values(), key=lambda one: rank(one.alignment, case) if one.alignment else -1.0)
    if not decided:
        return Decision("unsure", best.alignment, near=near, by_document=each)
    chosen = max(decided.values(), key=lambda one: rank(one.alignment, case) if one.alignment else -1.0)
    return Decision(chosen.verdict, chosen.alignment, chosen.clash, near, decided)


def rank(alignment: Alignment, case: Case) -> float:
    """Order alignments: support of the words, clashes against, retrieval for."""
    top = max((a.score for a in case.alignments), default=1.0) or 1.0
    return alignment.share + _LEAD * alignment.score / top - 0.08 * len(alignment.clashes)


def _decide_one(found: Sequence[Alignment], case: Case, top: float) -> Decision:
    ordered = sorted(found, key=lambda a: -rank(a, case))
    best = ordered[0]
    if rank(best, case) < top - 0.25:
        return Decision("unsure", best)
    clashes = sorted(best.clashes, key=lambda c: -c.sure)
    if not clashes:
        if best.missing <= ALLOWED:
            return Decision("correct", best)
        return Decision("unsure", best)
    if len({c.fault for c in clashes}) <= _PARTS and best.missing <= ALLOWED_BESIDE:
        return Decision("incorrect", best, clashes[0])
    return Decision("unsure", best)
