"""What was read of guidelines that were written, with all that must be found, before the reader saw them stays read."""

from __future__ import annotations

import json

import pytest

from evals.ingest.build import FOLDER
from evals.ingest.figures import measure_cases, summarize_tallies
from evals.run_ingest import FIRST_RUNS, score_own, summarize
from kb.ingest.service import Ingestor


@pytest.mark.parametrize("part", ["second", "third", "fourth"])
def test_clauses_and_figures_of_unseen_styles_are_found(ingestor: Ingestor, part: str):
    clauses = summarize(score_own(FOLDER / part))
    assert clauses["f1"] >= 0.95 and clauses["lines_lost"] == 0
    figures = summarize_tallies(measure_cases(FOLDER / part, ingestor.reader))
    assert figures["value"]["f1"] >= 0.94
    assert figures["full"]["f1"] >= 0.83


def test_the_first_runs_are_kept():
    held = json.loads(FIRST_RUNS.read_text(encoding="utf-8"))
    assert set(held) == {"first", "second", "third", "fourth"}
    assert all(0 < part["clauses"]["f1"] <= 1 and 0 < part["figures"]["full"]["f1"] <= 1 for part in held.values())
