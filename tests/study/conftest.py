"""The deck of the real corpus, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.corpus import load_corpus
from kb.model.knowledge import Corpus
from kb.study.deck import Deck
from kb.study.guide import read_guide
from kb.study.items.collect import make_items

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(ROOT / "corpus")


@pytest.fixture(scope="session")
def deck(corpus: Corpus) -> Deck:
    guide = read_guide(ROOT / "corpus")
    return Deck(make_items(corpus, guide), guide)
