"""Fit the decision of `kb judge` on the tuning statements and on claims held out in turn.

`python -m evals.calibrate_judge [statements] [SAMPLES]` keeps the samples in a file where one is named, and reads them from
there. With `statements` no claims are judged, which takes most of the time: what single words tell stays as it was fitted.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import numpy as np

from evals.judge_samples import Measure, Sample, cue_bags, sample_claims, sample_statements
from evals.logistic import fit_named, fit_words, predict
from evals.questions import load_questions
from evals.statements import Statement, load_statements, load_tuning
from kb.base import KnowledgeBase
from kb.judge.derived import VERDICT, derive
from kb.judge.features import Standing
from kb.judge.model import WEIGHTS, load_model, weigh_cues
from kb.model.judgement import Fault

RIDGE, CUE_RIDGE, FAULT_RIDGE, COVER_RIDGE = 40.0, 10.0, 10.0, 10.0
FOLDS = 8
TARGET, SIDE = 0.98, 0.97
"""Share of held-out decisions that are to be right, of all and on either side: by language, the widest bounds."""

ASIDE = 0.5
"""What is not of the statements' own guideline, and what is a question, counts for less."""

LEAST = 30
"""A bound rests on at least so many decisions."""

COUNTS = {"tune": 1.0, "own": 0.7, "claim": 0.05}
"""Statements whose writers saw neither vocabulary nor code count most, held-out claims least."""

FAULT_COUNTS = {"tune": 1.0, "own": 0.7, "claim": 0.3}
"""The same for the kind of fault, which a wrong claim tells as well as a statement."""

STEP, REFUSED_STEP = 16, 2
"""Every so many-th claim is held out and judged, and every so many-th question to refuse."""

COVERAGE = (
    "share", "whole", "missing", "heaviest", "score", "sign_place", "clashes", "kinds", "right", "right_cosine", "wrong_cosine",
    "wrong", "wrong_planted", "wrong_like", "right_like", "numbers", "numbers_lost", "refused", "elsewhere", "near_top", "named",
    "english", "clean_share", "like_right_any", "like_wrong_any", "agree_right_any", "agree_wrong_any",
)  # fmt: skip


def collect(kb: KnowledgeBase, claims: bool = True) -> dict[str, Any]:
    """Return everything that is fitted on, as plain data; without the claims of the corpus, or with them."""
    held: dict[str, Mapping[str, Standing]] = {}

    def measure(text: str) -> Mapping[str, Standing]:
        if text not in held:
            held[text] = kb.measure_standings(text)
        return held[text]

    samples = [
        *sample_statements(measure, load_statements("tune"), "tune"),
        *sample_statements(measure, load_tuning(), "own"),
        *(sample_claims(kb, STEP) if claims else ()),
    ]
    spoken = list(_collect_coverage(measure, [*load_statements("tune"), *load_tuning()]))
    return {"samples": [asdict(s) for s in samples], "spoken": spoken, "bags": cue_bags(kb) if claims else []}


def _collect_coverage(measure: Measure, statements: list[Statement]) -> Iterator[tuple[dict[str, float], float, float]]:
    """Yield the features of every statement in every guideline, whether that one speaks of it, and their weight.

    Questions of the tuning part that must be refused count as statements that nothing speaks of.
    """
    for statement in statements:
        right = {clause.split(" ")[0] for clause in statement.clauses}
        for document, standing in measure(statement.statement).items():
            count = 1.0 if document in right or not right else ASIDE
            yield dict(standing.measured), float(document in right), count
    refused = [q for q in load_questions("tune") if q.status == "not_covered" and not q.previous]
    for question in refused[::REFUSED_STEP]:
        for standing in measure(question.question).values():
            yield dict(standing.measured), 0.0, ASIDE


def fold_of(key: str) -> int:
    """Return the fold of a clause: whatever is about one clause is in one fold."""
    return zlib.crc32(key.encode()) % FOLDS


def weigh_held_out(samples: Sequence[Sample], bags: Sequence[Sequence[Any]]) -> list[float]:
    """Return what the words of every sample tell, by weights fitted without its clause's fold (or by those in force)."""
    if not bags:
        return [weigh_cues(load_model().cues, sample.cues) for sample in samples]
    folds = np.array([fold_of(key) for key, _, _ in bags])
    found = [0.0] * len(samples)
    for fold in range(FOLDS):
        kept = [bag for bag, f in zip(bags, folds, strict=True) if f != fold]
        weights = fit_words([b[2] for b in kept], np.array([b[1] for b in kept], dtype=float), CUE_RIDGE)
        for place, sample in enumerate(samples):
            if fold_of(sample.key) == fold:
                found[place] = weigh_cues(weights, sample.cues)
    return found


def fit_cues(bags: Sequence[Sequence[Any]]) -> dict[str, float]:
    """Fit what single words tell of a claim's being right."""
    return fit_words([b[2] for b in bags], np.array([b[1] for b in bags], dtype=float), CUE_RIDGE)


def predict_held_out(
    rows: Sequence[Mapping[str, float]], samples: Sequence[Sample], names: Sequence[str]
) -> np.ndarray:
    """Return the probability of every sample from a fit without its fold."""
    y, counts = _labels(samples)
    folds = np.array([fold_of(s.key) for s in samples])
    p = np.zeros(len(samples))
    for fold in range(FOLDS):
        held = folds == fold
        weights = fit_named([rows[i] for i in np.flatnonzero(~held).tolist()], y[~held], counts[~held], RIDGE, names)
        p[held] = predict(weights, [rows[i] for i in np.flatnonzero(held).tolist()])
    return p


def _labels(samples: Sequence[Sample]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([float(s.right) for s in samples]), np.array([COUNTS[s.source] for s in samples])


def choose_bounds(p: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Return the two bounds that decide most, with `TARGET` of all decisions right and `SIDE` of those on either side."""
    best = (0, 1.0, 0.0)
    steps = sorted({round(float(v), 3) for v in p})
    lows = [v for v in steps if v < 0.5 and _right(1 - y[p <= v]) >= SIDE]
    for high in (v for v in steps if v > 0.5 and _right(y[p >= v]) >= SIDE):
        for low in lows:
            decided = (p >= high) | (p <= low)
            if decided.sum() > best[0] and _right((y == (p >= 0.5))[decided]) >= TARGET:
                best = (int(decided.sum()), high, low)
    return best[1], best[2]


def _right(outcomes: np.ndarray) -> float:
    return float(outcomes.mean()) if len(outcomes) >= LEAST else 0.0


def describe(p: np.ndarray, y: np.ndarray, high: float, low: float) -> dict[str, float]:
    """Return how many statements are decided between two bounds, and how many of those rightly."""
    decided = (p >= high) | (p <= low)
    right = ((p >= 0.5) == (y == 1))[decided]
    return {
        "statements": float(len(y)),
        "plain_accuracy": round(float(((p >= 0.5) == (y == 1)).mean()), 4),
        "decided": round(float(decided.mean()), 4),
        "right_of_decided": round(float(right.mean()), 4),
    }


def fit_faults(samples: Sequence[Sample]) -> dict[str, dict[str, float]]:
    """Fit one regression per kind of fault, on wrong samples."""
    wrong = [s for s in samples if s.fault is not None]
    rows, names = _fault_rows(wrong)
    counts = np.array([FAULT_COUNTS[s.source] for s in wrong])
    kinds: tuple[Fault, ...] = get_args(Fault)
    return {
        kind: fit_named(rows, np.array([float(s.fault == kind) for s in wrong]), counts, FAULT_RIDGE, names)
        for kind in kinds
    }


def _fault_rows(samples: Sequence[Sample]) -> tuple[list[dict[str, float]], list[str]]:
    rows = [{**s.faults, **{c: 1.0 for c in s.cues if not c.startswith("n:w")}} for s in samples]
    seen: dict[str, int] = {}
    for row in rows:
        for name, value in row.items():
            seen[name] = seen.get(name, 0) + bool(value)
    return rows, sorted(name for name, n in seen.items() if n >= 5)


def measure_faults(samples: Sequence[Sample]) -> dict[str, float]:
    """Return the share of wrong statements whose kind of fault is named right by a fit without their fold."""
    right: dict[str, list[bool]] = {}
    for fold in range(FOLDS):
        weights = fit_faults([s for s in samples if fold_of(s.key) != fold])
        for sample in samples:
            if sample.fault is None or fold_of(sample.key) != fold:
                continue
            row = _fault_rows([sample])[0]
            named = max(weights, key=lambda kind: predict(weights[kind], row)[0])
            right.setdefault(sample.source, []).append(named == sample.fault)
    return {source: round(sum(found) / len(found), 4) for source, found in right.items()}


def main(arguments: Sequence[str] = ()) -> None:
    """Fit, print what cross-validation gives, and write the weights."""
    files = [Path(one) for one in arguments if one != "statements"]
    if files and files[0].is_file():
        data = json.loads(files[0].read_text(encoding="utf-8"))
    else:
        data = collect(KnowledgeBase.open(), claims="statements" not in arguments)
        if files:
            files[0].write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    samples = [Sample(**s) for s in data["samples"]]
    cues = weigh_held_out(samples, data["bags"])
    rows = [{**derive(s.measured), "cue": cue} for s, cue in zip(samples, cues, strict=True)]
    names = VERDICT
    y, counts = _labels(samples)
    p = predict_held_out(rows, samples, names)
    blind = np.array([s.source == "tune" for s in samples])
    stated = np.array([s.source != "claim" for s in samples])
    spoken_in = np.array([s.language for s in samples])
    bounds = {one: choose_bounds(*(v[stated & (spoken_in == one)] for v in (p, y))) for one in ("ja", "en")}
    report: dict[str, Any] = {
        one: describe(*(v[blind & (spoken_in == one)] for v in (p, y)), *bounds[one]) for one in bounds
    }
    report["fault_named_right"] = measure_faults(samples)
    bags = data["bags"]
    spoken = data["spoken"]
    held = {
        "coverage": fit_named(
            [row for row, _, _ in spoken], np.array([y for _, y, _ in spoken]), np.array([c for _, _, c in spoken]),
            COVER_RIDGE, COVERAGE,
        ),
        "weights": fit_named(rows, y, counts, RIDGE, names),
        "cues": fit_cues(bags) if bags else dict(load_model().cues),
        "faults": fit_faults(samples),
        "bounds": {one: {"correct": high, "incorrect": low} for one, (high, low) in bounds.items()},
        "held_out": report,
    }  # fmt: skip
    WEIGHTS.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    load_model.cache_clear()
    print(json.dumps({"bounds": held["bounds"], **report}, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
