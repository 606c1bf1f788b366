"""Decide from the alignments of a statement: correct, incorrect (and where), unsure, or not covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.ask.figures import conflicts
from kb.judge.align import Alignment, Clash
from kb.judge.case import Case
from kb.judge.claims import ClaimBook
from kb.judge.features import Standing, order, stand
from kb.judge.model import load_model
from kb.model.judgement import Fault, Judged
from kb.quantity import compare, format_quantity, same_dimension

FOUND = 0.42
"""A clause speaks of a statement from this share of its words on."""

NOT_COVERED, COVERED = 0.3, 0.7
"""Up to this probability no guideline speaks of a statement; from that one on it may be decided by one."""

_SURE, _DOUBT = 0.85, 0.3
"""So sure a clash lets no statement be correct; the features of one term under another's name halve its chances."""

_WHOLE, _PLAIN = 0.98, 0.95
"""A statement that a clause carries so wholly, with a number that so surely clashes, is wrong whatever else it says."""

_TOLD = 0.5
"""A wrong claim that is so much alike is shown as what is wrong."""

_UNLIKE = (
    *("comparing", "refused", "conceding", "denies_apart", "negative_unsaid", "positive_unsaid"),
    *("only_unsaid", "all_unsaid", "any_unsaid", "always_unsaid", "said_unneeded", "said_forbidden"),
)
"""What makes a statement say something else than a clause though the words are the same."""

_EVEN, _MOSTLY, _LIKELY = 0.5, 0.6, 0.6
_COUNTED = ("count", "times", "persons", "floors")

_CLOSE = 0.35
"""An alignment that orders this much below the best one is about something else."""


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
        compared = _compare(case)
        if compared is not None:
            return replace(compared, near=near)
        if case.refusal is not None and case.refusal.kind == "elsewhere" and not case.documents:
            return Decision("not_covered", near=near)
        standings = self.stand(case)
        model = load_model()
        spoken = {d: model.is_spoken_of(s.measured) for d, s in standings.items()}
        if max(spoken.values(), default=0.0) < NOT_COVERED:
            return Decision("not_covered", near=near)
        each = {d: self._decide_one(case, standing, spoken[d]) for d, standing in standings.items()}
        decided = {d: one for d, one in each.items() if one.verdict in ("correct", "incorrect")}
        leading = next(iter(each.values()))
        if not decided or (len(case.documents) > 1 and not _is_settled(case, decided)):
            return Decision("unsure", leading.alignment, near=near, by_document=each, probability=leading.probability)
        chosen = next(iter(decided.values()))
        if len(case.documents) > 1:
            chosen = next((one for one in decided.values() if one.verdict == "incorrect"), chosen)
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
        return stand(case, found, self._claims)

    def _decide_one(self, case: Case, standing: Standing, spoken: float) -> Decision:
        model, language = load_model(), case.reading.language
        p = model.is_right(standing.measured, standing.cues)
        if spoken < COVERED or standing.measured["comparing"] and standing.measured["several"]:
            return Decision("unsure", standing.best, probability=p)
        if standing.measured["sign_defined"] >= _SURE and standing.best.share >= _SURE:
            p *= _DOUBT
        other = self._other_number(standing)
        if other is not None:
            return Decision("incorrect", standing.best, other, probability=p)
        against = max((c.sure for c in standing.best.clashes), default=0.0)
        if p >= model.correct[language] and against < _SURE and not _is_doubtful(case, standing):
            return Decision("correct", standing.clean or standing.best, probability=p)
        if p >= _LIKELY and _has_the_figure(standing) and not _is_doubtful(case, standing):
            return Decision("correct", standing.best, probability=p)
        if p >= _EVEN and self._says_the_same(standing):
            return Decision("correct", standing.best, probability=p)
        own = self._misquotes(standing)
        if own is not None:
            return Decision("incorrect", standing.best, own, probability=p)
        mood = next((c for c in standing.best.clashes if c.sign == "mood" and c.sure >= _SURE), None)
        if mood is not None and p <= _DOUBT and self._fault(standing).fault == "strength":
            return Decision("incorrect", standing.best, mood, probability=p)
        if p <= model.incorrect[language] and not _is_numberless(case, standing):
            return Decision("incorrect", standing.best, self._fault(standing), probability=p)
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
    def _misquotes(standing: Standing) -> Clash | None:
        """Return the clash of a number with a clause of the user's own, of which nobody has written claims."""
        best, measured = standing.best, standing.measured
        if best.profile.clause.origin != "user" or measured["claims"] or best.share < _MOSTLY:
            return None
        return next((c for c in best.clashes if c.sign in ("figure", "mood") and c.sure >= _SURE), None)

    @staticmethod
    def _fault(standing: Standing) -> Clash:
        """Return what is wrong, of the kind that is likeliest: a clash, else the wrong claim that says it."""
        fault: Fault = load_model().name_fault(standing.faults, standing.cues)
        clashes = [c for c in standing.best.clashes if c.fault == fault]
        if clashes:
            return max(clashes, key=lambda c: c.sure)
        wrong = standing.wrong
        said = wrong.text if wrong is not None and wrong.fault == fault and wrong.score >= _TOLD else ""
        return Clash(fault, said, "", _TOLD, None, "claim")


def _has_the_figure(standing: Standing) -> bool:
    """Tell whether a statement gives the figure that answers it, and its clause carries all else, with nothing against."""
    m = standing.measured
    answered = m["book_agrees"] and not m["book_opposed"] and not m["alarms"]
    return bool(answered) and m["share"] >= _WHOLE and m["agree_right"] >= _MOSTLY and m["agree_gap"] > 0


def _is_doubtful(case: Case, standing: Standing) -> bool:
    """Tell whether something keeps a statement from being correct however much its words agree.

    It twists what it repeats, its figure is not the one that answers it, it is about a case that its clause leaves out, or
    it describes one term as another.
    """
    measured = standing.measured
    elsewhere = conflicts(standing.best.profile.clause.when, case.frame)
    return bool(measured["twisted"] or measured["book_differs"] or elsewhere or case.mistaken)


def _is_numberless(case: Case, standing: Standing) -> bool:
    """Tell whether a statement measures something of which its clauses set no figure: it may be about something else."""
    measured = standing.measured
    if all(q.value.unit in _COUNTED for q in case.reading.quantities):
        return False
    return bool(measured["numbers_lost"]) and not measured["sign_figure"] and not measured["book_differs"]


def _compare(case: Case) -> Decision | None:
    """Decide a statement that compares two figures; None where it is none, or states a number that neither side has."""
    found = case.comparison
    if found is None:
        return None
    clauses = {r.clause.id for r in (*found.left, *found.right)}
    alignment = next((a for a in case.alignments if a.profile.clause.id in clauses), None)
    if alignment is None:
        return None
    language = case.reading.language
    if not found.holds:
        sides = [format_quantity(side[0].figure.value, language) for side in (found.left, found.right)]
        one = found.left[0].clause.document == found.right[0].clause.document
        fault: Fault = "place" if one else "direction"
        clash = Clash(fault, found.said, ("、" if language == "ja" else ", ").join(sides), 1.0, None, "compared")
        return Decision("incorrect", alignment, clash)
    values = [r.figure.value for r in (*found.left, *found.right)]
    stated = all(any(compare(v, m.value) == 0 for v in values if same_dimension(v.unit, m.value.unit)) for m in
                 case.reading.quantities)  # fmt: skip
    return Decision("correct", alignment) if stated else None


def _is_settled(case: Case, decided: dict[str, Decision]) -> bool:
    """Tell whether a statement on several guidelines is decided: wrong of one of them, or right of all."""
    return any(one.verdict == "incorrect" for one in decided.values()) or set(case.documents) <= decided.keys()
