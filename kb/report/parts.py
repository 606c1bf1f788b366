"""The parts of a report, as plain text: what `content` makes of a check and every format lays out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kb.model.answer import VerdictWord
from kb.model.base import Language
from kb.model.check import Check
from kb.report.reasons import TreeLine
from kb.report.words import say

VERDICT_ORDER: tuple[VerdictWord, ...] = ("pass", "pass_by_alternative", "fail", "unknown", "not_applicable")


@dataclass(frozen=True)
class CountRow:
    """Verdicts of one guideline and strength, counted."""

    guideline: str
    strength: str
    conclusion: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class FindingRow:
    """A finding as a line of a table."""

    verdict: VerdictWord
    verdict_label: str
    strength: str
    place: str
    clause: str
    required: str
    actual: str
    shortfall: str
    missing: tuple[str, ...]
    flips: tuple[str, ...]


@dataclass(frozen=True)
class PlaceSection:
    """One place: what is known of it, and its findings."""

    title: str
    facts: tuple[str, ...]
    remark: str
    counts: tuple[int, ...]
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True)
class Group:
    """Places with the same verdict for the same reason."""

    verdict: VerdictWord
    verdict_label: str
    places: tuple[str, ...]
    row: FindingRow
    tree: tuple[TreeLine, ...]


@dataclass(frozen=True)
class ClauseSection:
    """One item of a guideline: its mark, its restatement, and the places by verdict and reason."""

    label: str
    title: str
    text: str
    strength: str
    mark: str
    counts: tuple[int, ...]
    note: str
    groups: tuple[Group, ...]
    quote: str = ""


@dataclass(frozen=True)
class GuidelineSection:
    """A guideline, clause by clause, with the summary of its sheet."""

    title: str
    summary: str
    clauses: tuple[ClauseSection, ...]


@dataclass(frozen=True)
class SourceRow:
    """A guideline: version and legal force."""

    title: str
    issuer: str
    dates: tuple[str, ...]
    legal_force: str
    requirements: int


@dataclass(frozen=True)
class Report:
    """Everything that a report says."""

    language: Language
    title: str
    name: str
    overall: str
    tone: str
    details: tuple[tuple[str, str], ...]
    verdicts: tuple[str, ...]
    counts: tuple[CountRow, ...]
    shortfalls: tuple[FindingRow, ...]
    more_shortfalls: int
    collect: tuple[tuple[str, str, int], ...]
    more_collect: int
    notes: tuple[str, ...]
    points: tuple[str, ...]
    changes: tuple[str, ...]
    places: tuple[PlaceSection, ...]
    guidelines: tuple[GuidelineSection, ...]
    unchecked: tuple[tuple[str, str, str], ...]
    sources: tuple[SourceRow, ...]
    provenance: tuple[tuple[str, str], ...]
    check: Check = field(repr=False)
    drawn: dict[str, list[Any]] = field(default_factory=dict, repr=False, compare=False)

    def say(self, key: str, **parts: object) -> str:
        """Return a label in the language of the report."""
        return say(key, self.language, **parts)
