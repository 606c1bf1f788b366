"""Decide from the alignments of a statement: correct, incorrect (and where), unsure, or not covered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from kb.ask.weights import load_weights, probability
from kb.judge.align import Alignment, Clash
from kb.judge.case import Case
from kb.judge.claims import ClaimBook
from kb.judge.features import Standing, order, stand
from kb.model.judgement import Judged

WEIGHTS = Path(__file__).with_name("judging.json")
"""Weights of the features, fitted by `python -m evals.calibrate_judge` on the tuning statements."""

FOUND = 0.42
"""A clause speaks of a statement from this share of its words on."""

NOT_COVERED, COVERED = 0.3, 0.7
"""Up to this probability no guideline speaks of a statement; from that one on it may be decided by one."""

_SURE, _DOUBT = 0.85, 0.3
"""The features of one term under the name of another: whatever else agrees, this is a fault."""

_WEAK, _SPARE, _ALIKE = 0.5, 4.5, 0.7
"""A sign up to this counts for nothing by itself; so much of a statement may be missing in the clause that carries it;
a wrong claim must be so much alike."""

_NUMBER, _CLAIMED, _PLANTED = 0.85, 0.5, 0.3
_WHOLE, _PLAIN, _EVEN = 0.98, 0.95, 0.5
"""A statement that a clause carries so wholly, with a number that so surely clashes, is wrong on balance already."""

_UNLIKE = (
    *("comparing", "refused", "conceding", "denies_apart", "negative_unsaid", "positive_unsaid"),
    *("only_unsaid", "all_unsaid", "any_unsaid", "always_unsaid", "said_unneeded", "said_forbidden"),
)
"""What makes a statement say something else than a clause though the words are the same."""

_CLOSE = 0.35
"""An alignment that orders this much below the best one is about something else."""


@cache
def load_coverage() -> dict[str, float]:
    """Return the weights by which a guideline is found to speak of a statement at all."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["coverage"]
    return weights


@cache
def load_bounds() -> tuple[float, float]:
    """Return the probability from which on a statement is correct, and the one up to which it is incorrect."""
    bounds = json.loads(WEIGHTS.read_text(encoding="utf-8"))["bounds"]
    return float(bounds["correct"]), float(bounds["incorrect"])


@dataclass(frozen=True)
class Decision:
    """A verdict with the alignment and the clash that decide it, and what each guideline makes of the statement."""

    verdict: Judged
    alignment: Alignment | None = None
    clash: Clash | None = None
    near: tuple[Alignment, ...] = ()
    by_document: dict[str, Decision] = field(default_factory=dict)
    probability: float = 0.5

    @property
    def differs(self) -> bool:
        """Tell whether guidelines disagree."""
        return {"correct", "incorrect"} <= {d.verdict for d in self.by_document.values()}


class Decider:
    """Decides cases."""

    def __init__(self, claims: ClaimBook) -> None:
        self._claims = claims

    def decide(self, case: Case) -> Decision:
        """Decide a statement: by the guideline that it names, else by all that speak of it."""
        top = max((a.score for a in case.alignments), default=1.0) or 1.0
        near = tuple(sorted(case.alignments, key=lambda a: -order(a, top))[:3])
        standings = self.stand(case)
        spoken = {d: probability(load_coverage(), s.measured) for d, s in standings.items()}
        if max(spoken.values(), default=0.0) < NOT_COVERED:
            return Decision("not_covered", near=near)
        each = {d: self._decide_one(standing, spoken[d]) for d, standing in standings.items()}
        decided = {d: one for d, one in each.items() if one.verdict in ("correct", "incorrect")}
        leading = next(iter(each.values()))
        if not decided:
            return Decision("unsure", leading.alignment, near=near, by_document=each, probability=leading.probability)
        chosen = next(iter(decided.values()))
        return Decision(chosen.verdict, chosen.alignment, chosen.clash, near, decided, chosen.probability)

    def stand(self, case: Case) -> dict[str, Standing]:
        """Return how a statement stands in each guideline that speaks of it, the nearest guideline first."""
        top = max((a.score for a in case.alignments), default=1.0) or 1.0
        found = sorted((a for a in case.alignments if a.share >= FOUND), key=lambda a: -order(a, top))
        if not found:
            return {}
        close = [a for a in found if order(a, top) >= order(found[0], top) - _CLOSE]
        documents = dict.fromkeys(a.profile.clause.document for a in close)
        return {d: self._stand_one(case, [a for a in close if a.profile.clause.document == d]) for d in documents}

    def _stand_one(self, case: Case, found: Sequence[Alignment]) -> Standing:
        claims = [m for a in found for m in self._claims.match(case.reading, a)]
        return stand(case, found, claims)

    def _decide_one(self, standing: Standing, spoken: float) -> Decision:
        p = probability(load_weights(WEIGHTS), standing.measured)
        if spoken < COVERED or standing.measured["comparing"] and standing.measured["several"]:
            return Decision("unsure", standing.best, probability=p)
        if standing.measured["sign_defined"] >= _SURE and standing.best.share >= _SURE:
            p *= _DOUBT
        correct, incorrect = load_bounds()
        if p >= correct and self._is_carried(standing):
            chosen = standing.clean or standing.best
            return Decision("correct", chosen, probability=p)
        if p >= _EVEN and self._says_the_same(standing):
            return Decision("correct", standing.best, probability=p)
        other = self._other_number(standing)
        if other is not None and p < _EVEN:
            return Decision("incorrect", standing.best, other, probability=p)
        if p <= incorrect and self._is_contradicted(standing):
            clash = self._fault(standing)
            if clash is not None:
                return Decision("incorrect", standing.best, clash, probability=p)
        return Decision("unsure", standing.best, probability=p)

    @staticmethod
    def _other_number(standing: Standing) -> Clash | None:
        """Return the clash of a statement that says all that its clause says, but with another number."""
        best = standing.best
        if best.share < _WHOLE or best.missing:
            return None
        return next((c for c in best.clashes if c.sign == "figure" and c.fault == "figure" and c.sure >= _PLAIN), None)

    @staticmethod
    def _says_the_same(standing: Standing) -> bool:
        """Tell whether a statement says what a clause of the user's own says, and nothing else, down to its number.

        Such a guideline has no claims, from which the other clauses take their certainty.
        """
        best, measured = standing.best, standing.measured
        if best.profile.clause.origin != "user" or measured["claims"] or not measured["numbers"]:
            return False
        plain = not any(measured[name] for name in _UNLIKE) and not best.clashes
        return plain and best.share >= _WHOLE and not best.missing and not measured["numbers_lost"]

    @staticmethod
    def _is_carried(standing: Standing) -> bool:
        """Tell whether a clause carries nearly all of a statement, or a right claim says it, and nothing speaks against."""
        against = max((c.sure for c in standing.best.clashes), default=0.0)
        said = standing.right is not None and standing.right.score >= _SURE
        return against < _WEAK and (standing.best.missing <= _SPARE or said)

    @staticmethod
    def _is_contradicted(standing: Standing) -> bool:
        """Tell whether a clause contradicts a statement plainly, or a wrong claim says what is planted in it."""
        against = max((c.sure for c in standing.best.clashes), default=0.0)
        wrong = standing.wrong
        said = wrong is not None and wrong.score >= _ALIKE and wrong.planted >= _WEAK
        return against > _WEAK or said

    @staticmethod
    def _fault(standing: Standing) -> Clash | None:
        """Return what is wrong: a number first, then the kind that a matching wrong claim names, else the clash."""
        clashes = sorted(standing.best.clashes, key=lambda c: -c.sure)
        number = next((c for c in clashes if c.sign == "figure" and c.sure >= _NUMBER), None)
        insists = standing.measured["said_always"] or standing.measured["conceding"]
        if number is not None and not insists:
            return number
        wrong = standing.wrong
        if wrong is not None and wrong.fault is not None and wrong.score >= _CLAIMED and wrong.planted >= _PLANTED:
            same = next((c for c in clashes if c.fault == wrong.fault), None)
            return same or Clash(wrong.fault, wrong.text, "", wrong.score, None, "claim")
        clash = number or next(iter(clashes), None)
        if clash is not None and insists and clash.fault in ("direction", "quantifier", "strength"):
            return replace(clash, fault="condition")
        if clash is None and wrong is not None and wrong.fault is not None:
            return Clash(wrong.fault, wrong.text, "", wrong.score, None, "claim")
        return clash
