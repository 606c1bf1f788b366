"""The tree of reasons as lines: depth, mark, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.model.finding_record import FindingRecord
from kb.model.reason import ReasonRecord
from kb.report.text import clean

MARKS = {"true": "○", "false": "×", "unknown": "？", "not_applicable": "－"}


@dataclass(frozen=True)
class TreeLine:
    """One node: how deep it stands, its mark, and what it says."""

    depth: int
    mark: str
    text: str
    actual: str = ""

    def without(self, name: str) -> TreeLine:
        """Return the line without the name of its place, so that places can be compared."""
        if not name:
            return self
        return TreeLine(self.depth, self.mark, self.text.replace(name, ""), self.actual.replace(name, ""))

    @property
    def words(self) -> str:
        """What it says, with what was found."""
        return f"{self.text} — {self.actual}" if self.actual else self.text


def flatten(reason: ReasonRecord, depth: int = 0) -> Iterator[TreeLine]:
    """List the nodes of a tree from the top, conditions before what they govern."""
    mark = MARKS[reason.truth]
    yield TreeLine(depth, mark, clean(reason.text), clean(reason.actual or ""))
    for condition in (reason.when, reason.unless):
        if condition is not None:
            yield from flatten(condition, depth + 1)
    for child in reason.children:
        yield from flatten(child, depth + 1)


def write_tree(finding: FindingRecord, shared: bool) -> Iterator[TreeLine]:
    """List the tree of a finding below its root, which only names the place; `shared` leaves the name out throughout."""
    for line in flatten(finding.because):
        if line.depth == 0:
            continue
        plain = line.without(clean(finding.name)) if shared else line
        yield TreeLine(line.depth - 1, plain.mark, plain.text.strip(), plain.actual.strip())
