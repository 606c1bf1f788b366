"""What follows from the measured features together: how much speaks plainly against a statement, and the lead of a side."""

from __future__ import annotations

import math
from collections.abc import Mapping

_PLAIN = 0.85
_AHEAD = -0.1
_ALARMS = (
    "sign_member", "sign_swapped", "sign_place", "sign_only", "sign_share", "sign_instead", "sign_defined", "sign_mood",
    "sign_polarity", "sign_case", "book_opposed", "book_differs", "pair_numbers_right", "pair_members_right",
    "pair_polarity_right", "pair_strength_right", "pair_labels_right", "mistaken", "said_unneeded", "said_forbidden", "conceding",
)  # fmt: skip
"""Features that speak plainly against a statement wherever they are above 0."""

_LITTLE = 0.05

VERDICT = (
    "agree_gap_any", "right", "wrong", "own_gap", "sides", "vote", "like_gap", "ending_gap", "pair_ending_right", "whole",
    "share", "missing", "right_cosine", "denies_wrong", "denies_right", "book_agrees", "numbers", "numbers_lost",
    "pair_shares_right", "said_should", "said_may", "wrong_explains", "planted_lost", "novel", "clashes", "alarms",
    "alarms_several", "log_agree", "log_agree_any", "clean_agree", "alarm_gap", "lead", "lag", "share_full", "cue",
    "sign_figure", "near_top", "right_like", "book_opposed", "cover_right", "pair_topic_back_wrong", "cover_wrong",
    "pair_backward_right", "mistaken", "pair_labels_right", "sign_polarity", "sign_mood", "english",
)  # fmt: skip
"""The features on which a verdict rests: few enough for the statements that there are to fit on."""


def derive(measured: Mapping[str, float]) -> dict[str, float]:
    """Return the features with those that follow from them."""
    gap = measured["agree_gap"]
    alarms = sum(measured[name] > 0 for name in _ALARMS)
    alarms += (measured["sign_figure"] >= _PLAIN) + (gap < _AHEAD)
    return {
        **measured,
        "alarms": min(alarms, 3) / 3,
        "alarms_several": float(alarms > 1),
        "log_agree": _log(measured["agree_right"], measured["agree_wrong"]),
        "log_agree_any": _log(measured["agree_right_any"], measured["agree_wrong_any"]),
        "clean_agree": measured["agree_right"] if not alarms else 0.0,
        "alarm_gap": gap if alarms else 0.0,
        "lead": max(gap, 0.0),
        "lag": min(gap, 0.0),
        "share_full": float(measured["share"] > 0.97),
    }


def _log(one: float, other: float) -> float:
    return math.log((one + _LITTLE) / (other + _LITTLE))
