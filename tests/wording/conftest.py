"""The knowledge base, its gate, and answers to reword, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.base import KnowledgeBase
from kb.model.answer import Answer
from kb.wording.gate import Gate


@pytest.fixture(scope="package")
def kb(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open()


@pytest.fixture(scope="package")
def gate(kb: KnowledgeBase) -> Gate:
    return Gate(kb)


@pytest.fixture(scope="package")
def hall(kb: KnowledgeBase) -> Answer:
    """Five figures by case and guideline."""
    return kb.ask("EVホールは何ルクス？")
