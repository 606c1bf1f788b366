"""Describe in numbers how a statement stands beside the clauses, as the ground for a decision."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from kb.judge.align import Alignment, Clash
from kb.judge.case import Case
from kb.judge.claims import ClaimBook, ClaimMatch, ClaimView
from kb.judge.cues import list_cues
from kb.judge.derived import derive
from kb.judge.reading import Reading
from kb.model.judgement import Fault
from kb.quantity import compare, same_dimension

LEAD, BINDING, LIKE = 0.35, 0.07, 0.3
"""Retrieval counts for this much beside the support of the words, and so does likeness to what is said of a clause."""

_VERBATIM, _PLAIN = 0.92, 0.85

VIEWED = 3
"""The claims of so many clauses of a guideline are laid beside a statement."""

FAULTS: tuple[Fault, ...] = get_args(Fault)
SIGNS = (
    "figure",
    "case",
    "defined",
    "instead",
    "member",
    "swapped",
    "place",
    "rival",
    "polarity",
    "mood",
    "share",
    "only",
)
DIFFERENCES = ("numbers", "labels", "members", "polarity", "strength", "shares")
ROLES = ("topic", "ending", "topic_back", "ending_back")
_SIDES = (
    "own", "agree", "overlap", "pair_forward", "pair_backward", *(f"pair_{d}" for d in (*DIFFERENCES, *ROLES)),
    "denies", "moods", "shares", "numbers", "like", "dense", "forward", "cover",
)  # fmt: skip
SAYINGS = (
    *(f"{kind}_{side}" for kind in _SIDES for side in ("right", "wrong")), *(f"{part}_gap" for part in ROLES),
    "own_gap", "agree_gap", "overlap_gap", "agree_right_any", "agree_wrong_any", "agree_gap_any", "like_right_any",
    "like_wrong_any", "like_gap", "dense_gap", "forward_gap", "cover_gap", "vote",
)  # fmt: skip
CONTRAST = ("only_right", "only_wrong", "left_right", "left_wrong", "sides")
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
    faults: Mapping[str, float]
    cues: frozenset[str]

    @property
    def clash(self) -> Clash | None:
        """The most telling clash of the best alignment."""
        return max(self.best.clashes, key=lambda c: c.sure, default=None)


def order(alignment: Alignment, top: float, moody: bool = False) -> float:
    """Order alignments: support of the words and retrieval for, clashes against; a mood is of a clause that has one."""
    binding = moody and alignment.profile.clause.strength is not None
    astray = sum(c.sure for c in alignment.clashes if c.sign == "place")
    against = 0.06 * sum(c.sure for c in alignment.clashes) + 0.1 * astray
    supported = (alignment.share + alignment.whole) / 2
    return supported + LEAD * alignment.score / top + LIKE * alignment.like - against + BINDING * binding


def stand(case: Case, found: Sequence[Alignment], book: ClaimBook) -> Standing:
    """Measure a statement against the alignments of one guideline (at least one)."""
    top = max((a.score for a in case.alignments), default=1.0) or 1.0
    moody = bool(case.reading.moods)
    ordered = sorted(found, key=lambda a: -order(a, top, moody))
    best = ordered[0]
    clean = next((a for a in ordered if not a.clashes), None)
    views = [book.view(case.reading, a, case.near, case.without) for a in ordered[:VIEWED]]
    own, matches = views[0], [m for view in views for m in view.matches]
    right = max((m for m in matches if m.fault is None), key=lambda m: m.score, default=None)
    wrong = max((m for m in matches if m.fault is not None), key=lambda m: m.score, default=None)
    measured = _measure(case, best, clean, right, wrong, top)
    measured["claims"] = float(any(not m.saying.own for m in matches))
    measured |= _measure_sayings(case, best, own, views, book)
    measured |= _measure_book(case, best) | {"mistaken": float(case.mistaken is not None)}
    profile = best.profile
    cues = list_cues(case.reading, profile.wide | profile.told | profile.reading.keys.keys())
    return Standing(best, clean, right, wrong, derive(measured), _measure_faults(case, best, own, matches, book), cues)


def _measure_faults(
    case: Case, best: Alignment, own: ClaimView, matches: Sequence[ClaimMatch], book: ClaimBook
) -> dict[str, float]:
    """Measure what speaks for each kind of fault: clashes, the wrong claims of that kind, and what is new where."""
    measured: dict[str, float] = {}
    wrong = [m for m in matches if m.fault is not None and m.pair is not None]
    nearest = max(wrong, key=lambda m: m.pair.agree if m.pair else 0.0, default=None)
    number = any(c.sign == "figure" and c.fault == "figure" and c.sure >= _PLAIN for c in best.clashes)
    for fault in FAULTS:
        measured[f"clash_{fault}"] = max((c.sure for c in best.clashes if c.fault == fault), default=0.0)
        measured[f"like_{fault}"] = own.faults.get(fault, 0.0)
        measured[f"vote_{fault}"] = own.faults.get(f"vote_{fault}", 0.0)
        alike = [m for m in wrong if m.fault == fault]
        measured[f"score_{fault}"] = max((m.score for m in alike), default=0.0)
        measured[f"planted_{fault}"] = max((m.planted * m.score for m in alike), default=0.0)
        measured[f"agree_{fault}"] = max((m.pair.agree for m in alike if m.pair), default=0.0)
        first = nearest is not None and nearest.fault == fault and nearest.pair is not None
        measured[f"nearest_{fault}"] = nearest.pair.agree if first and nearest and nearest.pair else 0.0
        measured[f"clearly_{fault}"] = float(first and not number)
    new = [(u, w) for u, w in best.lost] + [(c.unit, 3.0) for c in best.clashes if c.unit is not None]
    said = case.reading
    measured["number"] = float(number)
    measured["mistaken"] = float(case.mistaken is not None)
    measured["new_place"] = min(sum(w for u, w in new if u.concepts & set(book.places)), 10.0) / 10
    for fault in FAULTS:
        kinds = [u for u, _ in new if any(book.faults_of[name] == fault for name in u.members)]
        measured[f"new_{fault}_word"] = float(bool(kinds))
    close = own.closest(True)
    for part in DIFFERENCES:
        measured[f"differs_{part}"] = float(close is not None and getattr(close.pair, part))
    measured["new_condition"] = min(sum(w for u, w in new if said.segments[u.segment].conditional), 10.0) / 10
    measured["new_topic"] = min(sum(w for u, w in new if u in said.topic), 10.0) / 10
    measured["new_ending"] = min(sum(w for u, w in new if u in said.ending), 10.0) / 10
    return measured


def _measure_sayings(
    case: Case, best: Alignment, own: ClaimView, views: Sequence[ClaimView], book: ClaimBook
) -> dict[str, float]:
    """Measure what is said of the clauses, rightly and wrongly, beside a statement."""
    said, profile = case.reading, best.profile
    measured = dict.fromkeys((*SAYINGS, *CONTRAST), 0.0) | dict(own.measured)
    measured |= book.contrast(said, own.right, own.wrong)
    for name, match in (("right", own.right), ("wrong", own.wrong)):
        if match is None:
            continue
        measured[f"own_{name}"] = match.score
        measured[f"denies_{name}"] = float(said.denies != match.reading.denies)
        moods = {f.key for f in said.moods} ^ {f.key for f in match.reading.moods}
        shares = {f.key for f in said.shares} ^ {f.key for f in match.reading.shares}
        measured[f"moods_{name}"], measured[f"shares_{name}"] = min(len(moods), 3) / 3, min(len(shares), 3) / 3
        measured[f"numbers_{name}"] = _share_numbers(said, match.reading)
    for name, match in (("right", own.closest(True)), ("wrong", own.closest(False))):
        if match is not None and match.pair is not None:
            pair = match.pair
            measured |= {f"agree_{name}": pair.agree, f"overlap_{name}": pair.overlap}
            measured |= {f"pair_forward_{name}": pair.forward, f"pair_backward_{name}": pair.backward}
            for part in (*DIFFERENCES, *ROLES):
                measured[f"pair_{part}_{name}"] = float(getattr(pair, part))
    measured["twisted"] = float(_is_twisted(own))
    for part in ROLES:
        measured[f"{part}_gap"] = measured[f"pair_{part}_right"] - measured[f"pair_{part}_wrong"]
    measured["agree_gap"] = measured["agree_right"] - measured["agree_wrong"]
    measured["overlap_gap"] = measured["overlap_right"] - measured["overlap_wrong"]
    agreed = [(m.pair.agree, m.fault is None) for v in views for m in v.matches if m.pair is not None]
    measured["agree_right_any"] = max((a for a, right in agreed if right), default=0.0)
    measured["agree_wrong_any"] = max((a for a, right in agreed if not right), default=0.0)
    measured["agree_gap_any"] = measured["agree_right_any"] - measured["agree_wrong_any"]
    measured["own_gap"] = measured["own_right"] - measured["own_wrong"]
    measured["like_right_any"] = max(v.measured.get("like_right", 0.0) for v in views)
    measured["like_wrong_any"] = max(v.measured.get("like_wrong", 0.0) for v in views)
    total = sum(w for _, _, w in best.support) or 1.0
    lost = [(u, w) for u, s, w in best.support if s < 0.5]
    planted = [(u, w) for u, _, w in best.support if any(k in profile.planted for k in u.keys)]
    measured["planted_units"] = sum(w for _, w in planted) / total
    measured["planted_lost"] = sum(w for u, w in lost if any(k in profile.planted for k in u.keys)) / total
    measured["novel"] = sum(w for u, w in lost if not any(k in profile.planted for k in u.keys)) / total
    return measured


def _is_twisted(own: ClaimView) -> bool:
    """Tell whether a statement says nearly word for word what is rightly said, but never without a plain difference."""
    same = [m.pair for m in own.matches if m.fault is None and m.pair is not None and m.pair.overlap >= _VERBATIM]
    return bool(same) and all(pair.numbers or pair.labels or pair.members or pair.polarity for pair in same)


def _measure_book(case: Case, best: Alignment) -> dict[str, float]:
    """Measure the numbers of a statement against the figures that answer it taken as a question."""
    measured = {"book_agrees": 0.0, "book_differs": 0.0, "book_opposed": 0.0}
    held = [r.figure for r in case.records if r.clause.document == best.profile.clause.document]
    for mention in case.reading.quantities:
        alike = [f for f in held if same_dimension(f.value.unit, mention.value.unit)]
        equal = [f for f in alike if compare(f.value, mention.value) == 0]
        if equal:
            measured["book_agrees"] = 1.0
            measured["book_opposed"] = float(all(_is_opposed(mention.operator, f.operator) for f in equal))
        elif alike:
            measured["book_differs"] = 1.0
    return measured


def _is_opposed(said: str | None, theirs: str) -> bool:
    return said is not None and said[0] + theirs[0] in ("<>", "><")


def _share_numbers(said: Reading, other: Reading) -> float:
    """Return the share of a statement's numbers that another text has (1 where there is none)."""
    numbers = {(q.value.dimension, q.value.base) for q in other.quantities}
    mine = [(q.value.dimension, q.value.base) in numbers for q in said.quantities]
    return sum(mine) / len(mine) if mine else 1.0


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
        "right_cosine": right.dense if right else 0.0,
        "wrong_cosine": wrong.dense if wrong else 0.0,
        "english": float(said.language == "en"),
        "right": right.score if right else 0.0,
        "wrong": wrong.score if wrong else 0.0,
        "wrong_over_right": (wrong.score if wrong else 0.0) - (right.score if right else 0.0),
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
