"""A data folder of the tests' own, with one index that every test and every worker shares."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) != sys.path[0]:
    sys.path.insert(0, str(ROOT))  # before `tests`, whose folders are named like the packages that they test

settings.register_profile("without a clock", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("without a clock")


@pytest.fixture(scope="session", autouse=True)
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Point `KB_HOME` and `KB_CORPUS` at a folder of this test run, which all workers share.

    No test reads or writes the user's own folder, and a corpus that is edited meanwhile makes no index stale.
    """
    from indexer.lock import hold_lock

    base = tmp_path_factory.getbasetemp()
    home = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "kb-home"
    home.mkdir(parents=True, exist_ok=True)
    corpus = home / "corpus"
    with hold_lock(home / "tests.lock", timeout_s=600):
        if not corpus.exists():
            shutil.copytree(ROOT / "corpus", corpus)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_HOME", str(home))
        patch.setenv("KB_CORPUS", str(corpus))
        for name in ("KB_EMBEDDER", "KB_RERANKER", "KB_LLM", "KB_LLM_BASE_URL", "KB_LLM_TIMEOUT"):
            patch.delenv(name, raising=False)
        yield home


@pytest.fixture(scope="session")
def home(shared_home: Path) -> Path:
    """The data folder with the index of the real corpus, built once for all workers."""
    from indexer.lock import hold_lock
    from kb.base import build

    with hold_lock(shared_home / "tests.lock", timeout_s=600):
        build()
    return shared_home
