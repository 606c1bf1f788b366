"""Calibration and ablation: shares, bootstrap, and the table for the README."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from evals.ablation import compare, tabulate, write_table
from evals.calibrate_fusion import choose_share, save_calibration
from kb.embedding import Calibration, read_calibration


def test_a_clear_gain_is_significant_and_none_is_not() -> None:
    random = np.random.default_rng(1)
    before = random.random(200)
    better = compare(before, np.minimum(before + 0.1, 1.0), resamples=2000)
    same = compare(before, before + random.normal(0, 0.1, 200) * 0, resamples=2000)
    worse = compare(before, before - 0.05, resamples=2000)
    assert better.p == 0 < better.low < better.after - better.before + 1e-3
    assert same.p == 1 and worse.p == 1 and worse.high < 0


def test_the_bootstrap_is_the_same_each_time() -> None:
    random = np.random.default_rng(2)
    before, after = random.random(50), random.random(50)
    assert compare(before, after, resamples=500) == compare(before, after, resamples=500)


def test_means_are_taken_by_group() -> None:
    scores = {"lexical": np.array([0.0, 1.0, 1.0]), "fused": np.array([1.0, 1.0, 0.0])}
    table = tabulate(scores, [("all", [True] * 3), ("kind what", [True, False, False]), ("empty", [False] * 3)])
    assert table == {
        "all": {"questions": 3, "lexical": 0.6667, "fused": 0.6667},
        "kind what": {"questions": 1, "lexical": 0.0, "fused": 1.0},
    }


def test_the_table_has_a_row_for_each_group() -> None:
    told = {"questions": 2, "before": 0.5, "after": 0.6, "low": 0.01, "high": 0.2, "p": 0.03}
    rows = {"all": {"questions": 3, "lexical": 0.5, "fused": 0.75}}
    report = {"parts": {"test": {"table": rows, "fused_against_lexical": {"paraphrases": told}}}}
    lines = write_table(report).splitlines()
    assert lines[2].startswith("| questions | n | lexical | fused |") and "| all | 3 | 0.500 | 0.750 |" in lines
    assert "p = 0.03" in lines[-1]


def test_of_shares_that_cannot_be_told_apart_the_smallest_is_chosen() -> None:
    shares = {
        0.0: [0.5, 0.5, 0.4, 0.6],
        0.5: [0.8, 0.7, 0.9, 0.8],
        0.7: [0.8, 0.8, 0.9, 0.7],
        1.0: [0.6, 0.6, 0.6, 0.5],
    }
    assert choose_share({share: np.array(values) for share, values in shares.items()}) == 0.5


def test_a_share_that_is_worse_by_more_than_chance_is_not_chosen() -> None:
    assert choose_share({0.5: np.array([0.7, 0.75, 0.8]), 0.8: np.array([0.8, 0.85, 0.91])}) == 0.8


def test_a_calibration_is_read_back(tmp_path: Path) -> None:
    calibration = Calibration(model="m", dense_share=0.6, refusal={"bias": 1.0}, by_share={"0.6": 0.9})
    save_calibration(calibration, tmp_path / "new")
    assert read_calibration(tmp_path / "new") == calibration
    assert [f.name for f in (tmp_path / "new").iterdir()] == ["calibration.json"]


def test_the_calibration_of_the_shipped_model_is_whole() -> None:
    from kb.settings import model_folder

    folder = model_folder()
    assert folder is not None
    calibration = read_calibration(folder)
    assert calibration is not None and calibration.model == "bouhan-static" and len(calibration.by_share) == 11
    assert json.loads((folder / "calibration.json").read_text())["dense_share"] == calibration.dense_share
