"""Decide a statement that sets one thing against another by what becomes of it with only the one and only the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from kb.judge.align import Clash
from kb.judge.decide import Decision
from kb.judge.instead import Instead
from kb.judge.reading import Reading
from kb.model.judgement import Fault

_APART = 0.3
"""Where neither side is decided, the likelier one counts from this lead on."""

_EVEN, _LIKELY = 0.5, 0.8
"""What is wrong as a whole stays so where the stated side is no likelier than this; it is right from the other one on."""


def weigh_sides(whole: Decision, kept: Decision, swapped: Decision, sides: Instead, fault: Fault | None) -> Decision:
    """Return what follows for `AではなくB` from B alone (`kept`) and from A in B's place (`swapped`).

    B false, or A true where B is not: incorrect. B true and A not: correct. Both true: the statement sets apart what
    belongs together, and is left undecided unless it was wrong as a whole.
    """
    lead = kept.probability - swapped.probability
    if kept.verdict == "correct" and swapped.verdict != "correct":
        return replace(kept, near=whole.near)
    if swapped.verdict == "correct" and kept.verdict != "correct":
        return _wrong(swapped, whole, sides, fault)
    if kept.verdict == "incorrect":
        return _wrong(kept, whole, sides, fault)
    undecided = kept.verdict == swapped.verdict == "unsure"
    if undecided and lead <= -_APART:
        return _wrong(swapped, whole, sides, fault)
    if whole.verdict == "incorrect" and (kept.verdict == swapped.verdict or kept.probability < _EVEN):
        return whole
    if swapped.verdict == "incorrect" and kept.probability >= _LIKELY:
        return replace(kept, verdict="correct", clash=None, near=whole.near)
    return replace(whole, verdict="unsure", clash=None, by_document={})


def _wrong(ground: Decision, whole: Decision, sides: Instead, fault: Fault | None) -> Decision:
    """Return a statement that is wrong in putting one thing in the place of another."""
    alignment = ground.alignment or whole.alignment
    if whole.verdict == "incorrect":
        return whole
    named = fault or (whole.clash or ground.clash or Clash("term", "", "", 1.0)).fault
    clash = Clash(named, sides.stated.strip(), sides.denied.strip(), 1.0, None, "instead")
    return Decision("incorrect", alignment, clash, whole.near, {}, whole.probability)


def name_opposition(
    stated: Reading, denied: Reading, places: Collection[str], faults_of: Mapping[str, Fault]
) -> Fault | None:
    """Return the kind of fault that it is to say the one for the other; None where their words do not tell.

    `faults_of` names the kind of fault of each contrast set.
    """
    if {f.key for f in stated.moods} != {f.key for f in denied.moods}:
        return "strength"
    if stated.quantities and denied.quantities:
        return "figure"
    here, there = ({k for u in one.units for k in u.keys} for one in (stated, denied))
    choices = [
        {k[2:].partition("=")[0]: k.partition("=")[2] for k in keys if k.startswith("k:")} for keys in (here, there)
    ]
    shared = choices[0].keys() & choices[1].keys()
    if any(k[2:] in places for keys in (here, there) for k in keys if k.startswith("c:")):
        return "place"
    if shared:
        return "place" if any(choices[1][fact] in places for fact in shared) else "condition"
    faults = [{faults_of[name] for u in one.units for name in u.members} for one in (stated, denied)]
    return min(faults[0] & faults[1], default=None)
