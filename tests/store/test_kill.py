"""A process that is killed in the middle of a review loses no rating that it had acknowledged."""

from __future__ import annotations

from pathlib import Path

from evals.kill_study import run_rounds


def test_no_acknowledged_rating_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    result = run_rounds(4, tmp_path, seed=7)
    assert result.acknowledged > 0
    assert result.lost == 0
    assert result.rounds_without_loss == 4
