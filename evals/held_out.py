"""A knowledge base that lacks some of the corpus's questions, and those questions as if they had never been seen."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import yaml

from kb.base import KnowledgeBase
from kb.settings import corpus_folder

ONE_IN = 6
"""One question in so many is kept out."""


@dataclass(frozen=True)
class HeldAsk:
    """A question that was kept out, and the clause that answers it."""

    text: str
    language: str
    clause: str


def open_without(folder: Path, one_in: int = ONE_IN) -> tuple[KnowledgeBase, list[HeldAsk]]:
    """Build a knowledge base under a folder without one in so many of the questions in `asks*.yaml`; return both."""
    source = folder / "corpus"
    shutil.copytree(corpus_folder(), source)
    held = []
    for file in sorted(source.glob("*/asks*.yaml")):
        rows = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for row in rows:
            clause = f"{file.parent.name} {row['locator']}"
            for language in ("ja", "en"):
                asks = [str(ask) for ask in row.get(language) or ()]
                out = [ask for ask in asks if is_held(ask, one_in)]
                held += [HeldAsk(ask, language, clause) for ask in out]
                row[language] = [ask for ask in asks if ask not in out]
        file.write_text(yaml.safe_dump(rows, allow_unicode=True, default_style='"', width=10_000), encoding="utf-8")
    return KnowledgeBase.open(source, folder / "home"), held


def is_held(ask: str, one_in: int = ONE_IN) -> bool:
    """Tell whether a question is kept out."""
    return int(hashlib.sha256(ask.encode()).hexdigest(), 16) % one_in == 0
