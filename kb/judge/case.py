"""A statement with everything found for it, before it is decided."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ask.frame import Frame
from kb.ask.refuse import Refusal
from kb.judge.align import Alignment
from kb.judge.reading import Reading


@dataclass(frozen=True)
class Case:
    """A statement: its frame and reading, the guidelines that it names, and the clauses laid beside it."""

    frame: Frame
    reading: Reading
    documents: tuple[str, ...]
    refusal: Refusal | None
    alignments: tuple[Alignment, ...]
