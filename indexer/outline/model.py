"""What lines become: numbered sections, and the list of what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SectionKind = Literal["heading", "sentence", "definition", "table", "row", "figure"]


@dataclass(frozen=True)
class Section:
    """One numbered place of a text.

    `labels` are the printed labels from the outside in; `locator` joins them with `/`. `heading` is its title without the
    label ("" where it has none), `text` its own sentences without label, heading and children ("" for a heading), `path`
    the headings of the sections around it. `first` and `last` are line numbers, `lines` every line that it owns. `kind` is
    only a hint by form: a heading has no sentence of its own, a definition says what a word means.
    A `row` of a table has its `cells` as (column head, cell); a table has all its `rows` like that, and the words of those
    without a label of their own in `text`, one to a line.
    """

    locator: str
    labels: tuple[str, ...]
    kind: SectionKind
    heading: str
    text: str
    first: int
    last: int
    lines: tuple[int, ...]
    path: tuple[str, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()

    @property
    def level(self) -> int:
        """How deep the section lies, from 1."""
        return len(self.labels)


@dataclass(frozen=True)
class LeftOut:
    """A line that no section has, and why (`page_number`, `running_header`, `repeated_heading`, `form`, …)."""

    line: int
    text: str
    reason: str


DoubtReason = Literal["gap", "two_readings", "title_as_parent", "looks_like_label", "weak_label"]


@dataclass(frozen=True)
class Doubt:
    """A line whose numbering is not certain, why, and the label (or title) that it is about."""

    line: int
    reason: DoubtReason
    label: str


@dataclass(frozen=True)
class Outline:
    """Sections in printed order, and what was left out; `doubts` are the lines whose numbering is not certain."""

    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[Doubt, ...] = ()
