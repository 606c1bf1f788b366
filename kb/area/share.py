"""Shares of classes of things where distances, classes or numbers are known only in part.

A share is everything of one class divided by everything that is counted. It is a range: its ends are the least and the
greatest value over all ways to complete what the survey leaves open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from kb.model.procedure import AreaClass
from kb.procedure.fields import Known, Span


@dataclass(frozen=True)
class Counted:
    """Something that a share counts: its possible classes, its weight, and whether it lies within."""

    classes: frozenset[AreaClass]
    weight: Span
    inside: Known


def find_share(things: Iterable[Counted], wanted: AreaClass) -> Span:
    """Return the range of the share of one class; a share of nothing at all is zero.

    The share grows with everything that is of the class and shrinks with everything else, so each end is reached by
    taking each thing at its extreme: of the class or not, inside or not, its least or greatest weight.
    """
    listed = [one for one in things if one.inside != "no"]
    return Span(low=_extreme(listed, wanted, favour=False), high=_extreme(listed, wanted, favour=True))


def _extreme(things: list[Counted], wanted: AreaClass, favour: bool) -> Fraction:
    of_class, rest = Fraction(0), Fraction(0)
    unbounded_class = unbounded_rest = False
    for one in things:
        can_be, must_be = wanted in one.classes, one.classes == {wanted}
        counts_for = can_be if favour else must_be
        greatest = counts_for == favour
        if greatest and one.weight.high is None:
            unbounded_class, unbounded_rest = unbounded_class or counts_for, unbounded_rest or not counts_for
            continue
        if greatest:
            assert one.weight.high is not None
            weight = one.weight.high
        else:
            weight = one.weight.low if one.inside == "yes" else Fraction(0)
        if counts_for:
            of_class += weight
        else:
            rest += weight
    if unbounded_class:
        return Fraction(1)
    if unbounded_rest:
        return Fraction(0)
    total = of_class + rest
    return of_class / total if total else Fraction(0)
