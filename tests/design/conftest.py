"""One knowledge base for all tests of designs."""

from __future__ import annotations

import pytest

from kb import KnowledgeBase


@pytest.fixture(scope="session")
def kb(shared_home: object) -> KnowledgeBase:
    """The knowledge base of the shipped guidelines."""
    return KnowledgeBase.open()
