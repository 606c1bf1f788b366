"""A statement with everything found for it, before it is decided."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ask.figures import FigureRecord
from kb.ask.frame import Frame
from kb.ask.refuse import Refusal
from kb.judge.align import Alignment
from kb.judge.bank import Nearness
from kb.judge.comparison import Comparison
from kb.judge.reading import Reading
from kb.judge.terms import Mistaken


@dataclass(frozen=True)
class Case:
    """A statement: its frame and reading, the guidelines that it names, and the clauses laid beside it.

    `near` says how near every saying of the bank is; those in `without` (rows) are treated as if they were not there.
    `records` are the figures that answer the statement taken as a question.
    """

    frame: Frame
    reading: Reading
    documents: tuple[str, ...]
    refusal: Refusal | None
    alignments: tuple[Alignment, ...]
    near: Nearness
    without: frozenset[int] = frozenset()
    comparison: Comparison | None = None
    records: tuple[FigureRecord, ...] = ()
    mistaken: Mistaken | None = None
