"""Contrastive training: reads pairs, brings them together, and does the same again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from indexer.train_contrastive import (
    ContrastiveTraining,
    Ragged,
    Stage,
    TermCache,
    TextPair,
    choose_vocabulary,
    read_pairs,
    train_contrastive,
)

ROOT = Path(__file__).resolve().parents[2]
WORDS = ["照明", "鍵", "窓", "塀", "門", "植栽", "廊下", "階段"]
ENGLISH = ["lamp", "lock", "window", "wall", "gate", "plant", "corridor", "stair"]
PAIRS = [TextPair("own", ja, en, f"group {ja}") for ja, en in zip(WORDS, ENGLISH, strict=True)]
TRAINING = ContrastiveTraining(
    stages=(Stage(steps=60, batch=8, rate=0.05, kinds={"own": 1}),),
    keep=frozenset({"own"}),
    dim=16,
    drop=0.0,
    threads=1,
)


def _quiet(_: str) -> None:
    """Say nothing."""


def _write(file: Path, rows: list[dict[str, object]]) -> Path:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_pairs_are_read(tmp_path: Path) -> None:
    file = _write(tmp_path / "pairs.jsonl", [{"kind": "own", "anchor": "a", "positive": "b", "group": "g"}])
    assert read_pairs(file) == [TextPair("own", "a", "b", "g")]


@pytest.mark.parametrize(
    "row", [{"kind": "own"}, {"kind": "own", "anchor": "a", "positive": "b", "group": "g", "x": 1}]
)
def test_line_that_is_not_a_pair_is_named(tmp_path: Path, row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"pairs\.jsonl, line 1"):
        read_pairs(_write(tmp_path / "pairs.jsonl", [row]))


def test_gather_joins_the_rows_of_texts() -> None:
    ragged = Ragged(np.array([5, 6, 7, 8]), np.array([0, 2, 2, 4]))
    rows, owner = ragged.gather(np.array([2, 1, 0]))
    assert rows.tolist() == [7, 8, 5, 6]
    assert owner.tolist() == [0, 0, 2, 2]


def test_own_terms_stay_and_others_enter_by_frequency() -> None:
    others = [["frequent"]] * 6 + [["less"]] * 5 + [["rare"]]
    training = ContrastiveTraining(stages=(), keep=frozenset(), vocabulary=2)
    assert choose_vocabulary([["own"]], others, training)[0] == ("frequent", "own")


def test_training_brings_pairs_together() -> None:
    pytest.importorskip("torch")
    model = train_contrastive(PAIRS, TRAINING, TermCache(1), _quiet)
    scores = model.encode_passages(WORDS) @ model.encode_passages(ENGLISH).T
    assert (scores.argmax(axis=1) == np.arange(len(WORDS))).all()


def test_held_pairs_are_not_trained_on() -> None:
    pytest.importorskip("torch")
    held = TextPair("own", "屋上", "roof", "group 屋上", split="held")
    assert "roof" not in train_contrastive([*PAIRS, held], TRAINING, TermCache(1), _quiet).tokens


def test_training_again_gives_the_same_model() -> None:
    pytest.importorskip("torch")
    first = train_contrastive(PAIRS, TRAINING, TermCache(1), _quiet)
    assert first.fingerprint == train_contrastive(PAIRS, TRAINING, TermCache(1), _quiet).fingerprint


TRAIN_FROM_FILE = """
import hashlib, sys
from pathlib import Path
from indexer.train_contrastive import ContrastiveTraining, Stage, TermCache, read_pairs, train_contrastive
from indexer.vectors import dump_static
training = ContrastiveTraining(stages=(Stage(40, 8, 0.05, {"own": 2, "other": 1}),), keep=frozenset({"own"}), dim=16, min_count=1)
model = train_contrastive(read_pairs(Path(sys.argv[1])), training, TermCache(1), lambda _: None)
print(hashlib.sha256(b"".join(dump_static(model))).hexdigest())
"""


def test_training_in_another_process_gives_the_same_weights(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    rows = [{"kind": p.kind, "anchor": p.anchor, "positive": p.positive, "group": p.group} for p in PAIRS]
    rows += [{**row, "kind": "other", "anchor": f"{row['anchor']}設備"} for row in rows]
    file = _write(tmp_path / "pairs.jsonl", rows)  # type: ignore[arg-type]
    done = [
        subprocess.run(
            [sys.executable, "-c", TRAIN_FROM_FILE, str(file)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert len(done[0].strip()) == 64 and done[0] == done[1]
