"""Lines of sight in a vertical section: from which eye heights a thing is seen whole, exactly.

The eye is at distance 0 and height h, the thing to be seen at distance d, from height s to height t. An obstacle at distance
x (x/d = r) from height b to height c hides nothing of it where the line to its lower end passes over the obstacle,
h(1-r) + s·r ≥ c, or the line to its upper end passes under it, h(1-r) + t·r ≤ b. Touching an edge counts as passing.
Each condition bounds h on one side, so the good eye heights are a union of intervals; all numbers are exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kb.procedure.fields import Known, Span

Sight = Literal["visible", "not_visible", "unknown"]
FAR = Fraction(10**6)
"""What an open upper end is taken for: beyond any distance or height of a site."""

Interval = tuple[Fraction | None, Fraction | None]
"""A closed interval of eye heights; None is no bound on that side."""


@dataclass(frozen=True)
class Target:
    """What has to be seen, heights above the ground of the viewpoint, in metres."""

    distance: Span
    bottom: Span
    top: Span


@dataclass(frozen=True)
class Obstacle:
    """What stands between: `across` tells whether it crosses the line, `opaque` whether it hides what is behind."""

    distance: Span
    bottom: Span
    top: Span
    across: Known
    opaque: Known


def add(left: Span, right: Span) -> Span:
    """Add two ranges."""
    high = None if left.high is None or right.high is None else left.high + right.high
    return Span(low=left.low + right.low, high=high)


def see(eye: Span, target: Target, obstacles: Iterable[Obstacle]) -> Sight:
    """Tell whether the whole target is seen from every eye height of a range, from none of them, or neither for certain."""
    listed = list(obstacles)
    if _covers(eye_heights(target, listed, certain=True), eye):
        return "visible"
    return "unknown" if _meets(eye_heights(target, listed, certain=False), eye) else "not_visible"


def eye_heights(target: Target, obstacles: Iterable[Obstacle], certain: bool) -> list[Interval]:
    """Return the eye heights that see the whole target: for certain, or possibly (whatever is open turns out well)."""
    good: list[Interval] = [(None, None)]
    for one in obstacles:
        if stands_in_the_way(one, target, certain):
            good = _intersect(good, clear_heights(one, target, certain))
    return good


def stands_in_the_way(obstacle: Obstacle, target: Target, certain: bool) -> bool:
    """Tell whether an obstacle has to be seen past: wherever it might be one (certain), or only where it surely is one."""
    answers = (obstacle.across, obstacle.opaque, _is_between(obstacle, target))
    return "no" not in answers if certain else set(answers) == {"yes"}


def clear_heights(obstacle: Obstacle, target: Target, certain: bool) -> list[Interval]:
    """Return the eye heights from which one obstacle hides nothing of the target."""
    ratios = _ratios(obstacle.distance, target.distance)
    start = target.bottom.low if certain else _high(target.bottom)
    end = _high(target.top) if certain else target.top.low
    crest = _high(obstacle.top) if certain else obstacle.top.low
    foot = obstacle.bottom.low if certain else _high(obstacle.bottom)
    over = [_least_eye(r, start, crest) for r in ratios]
    under = [_greatest_eye(r, end, foot) for r in ratios]
    lowest = max(over) if certain else min(over)
    highest = min(under) if certain else max(under)
    return _merge([(None, highest), (lowest, None)])


def line_height(eye: Fraction, height: Fraction, ratio: Fraction) -> Fraction:
    """Return the height of the line from the eye to a height at the target, at a part of the way."""
    return eye * (1 - ratio) + height * ratio


def hidden_parts(eye: Fraction, target: Target, obstacles: Iterable[Obstacle]) -> list[tuple[Fraction, Fraction]]:
    """Return the parts of the target that are hidden for certain from one eye height, lowest first."""
    parts: list[tuple[Fraction, Fraction]] = []
    for one in obstacles:
        if not stands_in_the_way(one, target, certain=False) or not (one.distance.exact and target.distance.exact):
            continue
        ratio = one.distance.low / target.distance.low
        if ratio == 0:
            if one.bottom.low < eye < one.top.low:
                return [(target.bottom.low, _high(target.top))]
            continue
        low = max((_high(one.bottom) - eye * (1 - ratio)) / ratio, target.bottom.low)
        high = min((one.top.low - eye * (1 - ratio)) / ratio, _high(target.top))
        if low < high:
            parts.append((low, high))
    joined: list[tuple[Fraction, Fraction]] = []
    for low, high in sorted(parts):
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return joined


def _is_between(obstacle: Obstacle, target: Target) -> Known:
    if _high(obstacle.distance) < target.distance.low:
        return "yes"
    return "no" if obstacle.distance.low >= _high(target.distance) else "unknown"


def _ratios(near: Span, far: Span) -> tuple[Fraction, ...]:
    """Return the least and the greatest part of the way at which an obstacle may stand, never beyond the target."""
    least = near.low / _high(far) if _high(far) else Fraction(0)
    greatest = Fraction(1) if far.low == 0 else min(_high(near) / far.low, Fraction(1))
    return (min(least, Fraction(1)), greatest)


def _least_eye(ratio: Fraction, start: Fraction, crest: Fraction) -> Fraction:
    """Return the least eye height whose line to `start` passes over `crest`."""
    if ratio == 1:
        return -FAR if start >= crest else FAR
    return (crest - start * ratio) / (1 - ratio)


def _greatest_eye(ratio: Fraction, end: Fraction, foot: Fraction) -> Fraction:
    """Return the greatest eye height whose line to `end` passes under `foot`."""
    if ratio == 1:
        return FAR if end <= foot else -FAR
    return (foot - end * ratio) / (1 - ratio)


def _high(span: Span) -> Fraction:
    return FAR if span.high is None else span.high


def _merge(intervals: list[Interval]) -> list[Interval]:
    (_, highest), (lowest, _) = intervals
    assert highest is not None and lowest is not None
    return [(None, None)] if lowest <= highest else intervals


def _intersect(left: list[Interval], right: list[Interval]) -> list[Interval]:
    found = []
    for low, high in left:
        for other_low, other_high in right:
            lows = [one for one in (low, other_low) if one is not None]
            highs = [one for one in (high, other_high) if one is not None]
            start, end = max(lows, default=None), min(highs, default=None)
            if start is None or end is None or start <= end:
                found.append((start, end))
    return sorted(found, key=lambda one: -FAR if one[0] is None else one[0])


def _covers(intervals: list[Interval], eye: Span) -> bool:
    return any((low is None or low <= eye.low) and (high is None or high >= _high(eye)) for low, high in intervals)


def _meets(intervals: list[Interval], eye: Span) -> bool:
    return any((low is None or low <= _high(eye)) and (high is None or high >= eye.low) for low, high in intervals)
