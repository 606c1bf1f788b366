"""One knowledge base for all tests of designs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kb import KnowledgeBase

sys.path.append(str(Path(__file__).resolve().parents[1] / "kb"))  # `commands`, which runs `kb`


@pytest.fixture(scope="session")
def kb(shared_home: object) -> KnowledgeBase:
    """The knowledge base of the shipped guidelines."""
    return KnowledgeBase.open()
