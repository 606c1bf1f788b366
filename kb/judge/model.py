"""The fitted part of a judgement: how likely a statement is right, and which kind of fault it has where it is not."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb.ask.weights import probability
from kb.model.judgement import Fault

WEIGHTS = Path(__file__).with_name("judging.json")
"""Weights of the features, fitted by `python -m evals.calibrate_judge` on statements and held-out claims."""

Weights = Mapping[str, float]
_SIDES = ("correct", "incorrect")


@dataclass(frozen=True)
class JudgingModel:
    """Logistic regressions over named features; a feature without a weight counts for nothing.

    `covers`: does a guideline speak of a statement; `verdict`: is it right; `cues`: what single words tell; `faults`: one
    per kind of fault. A statement is correct from `correct` on, incorrect up to `incorrect`, by language.
    """

    covers: Weights
    verdict: Weights
    cues: Weights
    faults: Mapping[Fault, Weights]
    correct: Weights
    incorrect: Weights

    def is_spoken_of(self, measured: Mapping[str, float]) -> float:
        """Return the probability that a guideline speaks of a statement."""
        return probability(self.covers, measured)

    def is_right(self, measured: Mapping[str, float], cues: Collection[str]) -> float:
        """Return the probability that a statement is right."""
        return probability(self.verdict, {**measured, "cue": weigh_cues(self.cues, cues)})

    def name_fault(self, measured: Mapping[str, float], cues: Collection[str]) -> Fault:
        """Return the likeliest kind of fault of a wrong statement."""
        said = {**measured, **dict.fromkeys(cues, 1.0)}

        def weigh(weights: Weights) -> float:
            return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in said.items())

        return max(self.faults, key=lambda fault: weigh(self.faults[fault]))


def weigh_cues(weights: Weights, cues: Collection[str]) -> float:
    """Return what the single words of a statement tell for its being right (log odds, -4 to 4)."""
    total = weights.get("bias", 0.0) + sum(weights.get(cue, 0.0) for cue in cues)
    return math.copysign(min(abs(total), 4.0), total)


@cache
def load_model() -> JudgingModel:
    """Load the fitted weights."""
    held = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    correct, incorrect = ({language: both[side] for language, both in held["bounds"].items()} for side in _SIDES)
    return JudgingModel(held["coverage"], held["weights"], held["cues"], held["faults"], correct, incorrect)
