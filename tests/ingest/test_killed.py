"""Killed at any moment, an ingest leaves the old document or the new one."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from evals.kill_ingest import kill


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_ingest_leaves_the_old_state_or_the_new_one(tmp_path: Path, home: Path):
    shutil.copytree(home / "index", tmp_path / "home" / "index")
    counts = kill(3, Path(os.environ["KB_CORPUS"]), tmp_path, seed=3)
    assert sum(counts.values()) == 3 and "neither" not in counts
