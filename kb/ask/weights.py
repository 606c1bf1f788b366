"""Weights of the fitted models, and the probability that they give."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def load_weights(file: Path) -> dict[str, float]:
    """Return the weights by feature that `python -m evals.calibrate` wrote into a file."""
    loaded: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))["weights"]
    return loaded


def probability(weights: Mapping[str, float], measured: Mapping[str, float]) -> float:
    """Return the probability of a logistic regression; a feature without a weight counts for nothing."""
    score = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in measured.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
