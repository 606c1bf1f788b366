"""What a file becomes: clauses, figures, and what is to be said about it (`kb ingest --json`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from kb.model.answer import Number, Operator
from kb.model.base import Frozen, Strength
from kb.model.corpus import Conditions, Kind
from kb.quantity import Quantity

Cells = tuple[tuple[str, str], ...]
"""A row of a table: (column head, cell)."""

ReviewState = Literal["unreviewed", "accepted", "corrected", "dropped"]


@dataclass(frozen=True)
class SourceClause:
    """One clause as the file words it.

    `heading` is its own title, `text` its own sentences, `path` the headings around it from the outside in, `parent` the
    locator of the clause above it (or ""). A row has its `cells`; a table has the `rows` that have no clause of their own, and
    in `prose` what its text says beside them.
    """

    locator: str
    heading: str = ""
    text: str = ""
    path: tuple[str, ...] = ()
    parent: str = ""
    form: str = "sentence"
    lines: tuple[int, ...] = ()
    cells: Cells = ()
    rows: tuple[Cells, ...] = ()

    @property
    def prose(self) -> str:
        """The text without the rows of a table."""
        from indexer.outline.wording import write_row

        if self.cells:
            return ""
        written = {write_row(row) for row in self.rows}
        return "\n".join(line for line in self.text.split("\n") if line not in written)


@dataclass(frozen=True)
class FoundFigure:
    """One figure found in a clause; `property` is an id of the vocabulary, or an open name (`height`, `width`).

    `quote` is the part of the sentence that says it; `source` the note that it comes from, if any.
    """

    property: str
    place: str | None
    operator: Operator
    value: Quantity
    value_max: Quantity | None = None
    approximate: bool = False
    measure: str | None = None
    strength: Strength | None = None
    when: Conditions = field(default_factory=dict)
    source: str | None = None
    quote: str = ""


class IngestedClause(Frozen):
    """A clause of an ingested guideline, in its own words.

    `title` is its heading; `lines` are the numbers of the file's lines that it owns.
    """

    locator: str
    kind: Kind
    strength: Strength | None = None
    text: str
    title: str | None = None
    lines: tuple[int, ...] = ()


class IngestedFigure(Frozen):
    """A figure of an ingested guideline, and whether a person has looked at it."""

    id: str
    locator: str
    place: str | None
    property: str
    operator: Operator
    value: Number
    value_max: Number | None = None
    unit: str
    approximate: bool = False
    measure: str | None = None
    strength: Strength | None = None
    when: Conditions = Field(default_factory=dict)
    source: str | None = None
    quote: str = ""
    reviewed: bool = False
    state: ReviewState = "unreviewed"


class LeftOutLine(Frozen):
    """A line of the file that belongs to no clause, and why."""

    line: int
    text: str
    reason: str


class IngestWarning(Frozen):
    """Something that a person should know about the file, in both languages."""

    code: str
    ja: str
    en: str


class IngestedDocument(Frozen):
    """A guideline that a user added, or the original of one that is held."""

    id: str
    title: str
    issuer: str
    language: Literal["ja", "en"]
    edition: int = 1
    added: str = ""
    file: str = ""
    sha256: str = ""
    rules: str = ""
    attached_to: str | None = None


class Ingested(Frozen):
    """Everything that came of one file."""

    document: IngestedDocument
    clauses: tuple[IngestedClause, ...]
    figures: tuple[IngestedFigure, ...]
    warnings: tuple[IngestWarning, ...] = ()
    left_out: tuple[LeftOutLine, ...] = ()
