"""Which clauses the requirements cover, and why the others have none."""

from __future__ import annotations

from collections import Counter

from kb.model.base import Frozen, Strength
from kb.model.knowledge import Corpus
from kb.rules.strengths import nodes_of

CONSIDERED = ("requirement", "recommendation")


class Uncovered(Frozen):
    """A row without a requirement, and why; `reason` is None where nothing says why."""

    locator: str
    kind: str
    reason: str | None
    by: tuple[str, ...] = ()


class DocumentCoverage(Frozen):
    """Coverage of one guideline: rows that a design can meet or miss, and what covers them."""

    document: str
    rows: int
    with_requirement: int
    with_node: int
    with_reason: dict[str, int]
    unexplained: tuple[str, ...]
    share_covered: float
    share_set_aside: float
    requirements_by_strength: dict[Strength, int]
    without: tuple[Uncovered, ...]


def measure_coverage(corpus: Corpus) -> list[DocumentCoverage]:
    """Return the coverage of every guideline: rows of kind requirement or recommendation."""
    return [_document(corpus, document.id) for document in corpus.documents]


def _document(corpus: Corpus, document: str) -> DocumentCoverage:
    own = [r for r in corpus.requirements if r.document == document]
    direct = {r.clause for r in own}
    nodes = {n.clause for r in own for n in nodes_of(r.require) if n.clause} - direct
    reasons = {row.clause: row for row in corpus.covered.get(document, ())}
    rows = [c for c in corpus.clauses if c.document == document and c.kind in CONSIDERED]
    without = [c for c in rows if c.locator not in direct | nodes]
    unexplained = tuple(c.locator for c in without if c.locator not in reasons)
    by_reason = Counter(reasons[c.locator].reason for c in without if c.locator in reasons)
    aside = by_reason["surveyor_duty"] + by_reason["scope"]
    return DocumentCoverage(
        document=document,
        rows=len(rows),
        with_requirement=sum(c.locator in direct for c in rows),
        with_node=sum(c.locator in nodes for c in rows),
        with_reason=dict(sorted(by_reason.items())),
        unexplained=unexplained,
        share_covered=round(1 - len(unexplained) / len(rows), 4) if rows else 1.0,
        share_set_aside=round(aside / len(rows), 4) if rows else 0.0,
        requirements_by_strength=dict(Counter(r.strength for r in own)),
        without=tuple(
            Uncovered(
                locator=c.locator,
                kind=c.kind,
                reason=reasons[c.locator].reason if c.locator in reasons else None,
                by=reasons[c.locator].by if c.locator in reasons else (),
            )
            for c in without
        ),
    )
