"""Fit the dense side's part in the fused score, and a published model's refusal, on the tuning questions.

`python -m evals.calibrate_fusion` fits for the model in use (`KB_EMBEDDER`, else the shipped one) and stores the result with
it: beside the shipped model, or in the index folder of a published one. `--dry` only prints.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.calibrate import REFUSAL_WEIGHT, fit
from evals.held_asks import SHARES
from evals.metrics import ndcg_at
from evals.questions import Question, load_questions
from kb.base import KnowledgeBase, index_folder
from kb.embedding import CALIBRATION, Calibration, calibration_folder
from kb.settings import embedder_name

Floats = NDArray[np.float64]


def measure_shares(kb: KnowledgeBase, questions: Sequence[Question]) -> dict[float, Floats]:
    """Return nDCG@10 of every question in fused search, without concepts, by share of the dense side."""
    asked = [q for q in questions if q.clauses and not q.previous]

    def ndcg(question: Question, share: float) -> float:
        hits = kb.searcher.search(question.question, k=10, dense_share=share)
        return ndcg_at([hit.id for hit in hits], question.clauses, 10)

    return {share: np.array([ndcg(q, share) for q in asked]) for share in SHARES}


def choose_share(by_share: Mapping[float, Floats]) -> float:
    """Return the smallest share that is not worse than the best by more than one standard error of the paired difference.

    Words that no model knows are found lexically alone, so of shares that cannot be told apart the smallest is the safest
    (the one-standard-error rule of Breiman et al. 1984, on pairs).
    """
    best = max(by_share.values(), key=lambda values: float(values.mean()))

    def is_level(values: Floats) -> bool:
        lost = best - values
        return float(lost.mean()) <= float(lost.std(ddof=1)) / math.sqrt(len(lost))

    return min(share for share, values in by_share.items() if is_level(values))


def fit_refusal(kb: KnowledgeBase, questions: Sequence[Question]) -> dict[str, float]:
    """Fit the logistic regression that tells covered questions from others, with this model's similarities."""
    rows = [(kb.measure_coverage(q.question, q.previous), q.status != "not_covered") for q in questions]
    kept = [(measured, covered) for measured, covered in rows if measured is not None]
    names = sorted(kept[0][0])
    samples = np.array([[measured[n] for n in names] + [1.0] for measured, _ in kept])
    labels = np.array([float(covered) for _, covered in kept])
    beta = fit(samples, labels, np.where(labels > 0, 1.0, REFUSAL_WEIGHT))
    return {name: round(float(b), 4) for name, b in zip([*names, "bias"], beta, strict=True)}


def calibrate(kb: KnowledgeBase, name: str | None) -> Calibration:
    """Fit everything for the model in use; the shipped model's refusal stays in `kb/ask/refusal.json`."""
    questions = load_questions("tune")
    by_share = measure_shares(kb, questions)
    return Calibration(
        model=name or "bouhan-static",
        dense_share=choose_share(by_share),
        refusal=None if name is None else fit_refusal(kb, questions),
        fitted_on=f"{len(questions)} tuning questions",
        by_share={f"{share:g}": round(float(values.mean()), 4) for share, values in by_share.items()},
    )


def save_calibration(calibration: Calibration, folder: Path) -> Path:
    """Write a calibration into a folder, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / CALIBRATION
    text = json.dumps(calibration.model_dump(exclude_none=True), ensure_ascii=False, indent=1) + "\n"
    part = file.with_suffix(".part")
    with part.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
    return file


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print, and store."""
    parser = argparse.ArgumentParser(prog="python -m evals.calibrate_fusion", description=__doc__)
    parser.add_argument("--dry", action="store_true", help="print the result and store nothing")
    options = parser.parse_args(arguments)
    kb, name = KnowledgeBase.open(), embedder_name()
    calibration = calibrate(kb, name)
    print(json.dumps(calibration.model_dump(exclude_none=True), ensure_ascii=False, indent=1))
    folder = calibration_folder(index_folder())
    if not options.dry and folder is not None:
        print(save_calibration(calibration, folder), file=sys.stderr)


if __name__ == "__main__":
    main()
