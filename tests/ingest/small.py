"""The small corpus of the tests of `kb`, with the words by which questions and guidelines are read."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.kb.small_corpus import write_corpus

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def write_small_corpus(folder: Path) -> Path:
    """Write a corpus that is built in a moment."""
    write_corpus(folder)
    for name in ("language.yaml", "reading.yaml", "contrasts.yaml"):
        shutil.copy(CORPUS / name, folder / name)
    return folder
