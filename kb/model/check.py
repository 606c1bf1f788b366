"""The outcome of checking a design; these models are the contract of `kb check --json` and what reports are made of.

Every text is in `language`; the models hold no layout. `findings` is the full list, everything else is drawn from it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kb.model.answer import MissingOption, Number, Operator, VerdictWord
from kb.model.base import Frozen, Language, Strength
from kb.model.facts import Origin, Presence
from kb.model.finding import MissingKind
from kb.model.finding_record import FindingRecord

Mark = Literal["適", "否", "要確認", "対象外"]
Conclusion = Literal["complies", "fails", "unknown", "nothing_to_check"]
Movement = Literal["better", "worse", "same", "changed", "new", "gone"]


class DesignRecord(Frozen):
    """What the design file says of the design as a whole; `building` is an id of the vocabulary, or None."""

    name: str
    file: str | None = None
    building: str | None = None
    building_label: str | None = None
    date: str | None = None
    address: str | None = None
    author: str | None = None
    remark: str | None = None


class DatedRecord(Frozen):
    """A date that a guideline prints."""

    what: str
    date: str
    printed: str


class GuidelineRecord(Frozen):
    """A guideline that was checked: which version, and how binding it calls itself."""

    document: str
    title: str
    short: str
    issuer: str
    dates: tuple[DatedRecord, ...] = ()
    legal_force: str
    requirements: int


class Compliance(Frozen):
    """Whether a design meets what a guideline words as `shall`, and separately what it words as `should`.

    `complies` only where nothing fails and nothing is unknown; `met` counts `pass` and `pass_by_alternative`.
    """

    document: str
    strength: Strength
    conclusion: Conclusion
    met: int
    failed: int
    unknown: int
    not_applicable: int


class UncheckedClause(Frozen):
    """A clause of a guideline that was checked which no requirement covers: a person has to look."""

    document: str
    locator: str
    label: str
    text: str
    reason: str | None
    reason_label: str


class FactRecord(Frozen):
    """One known value of a fact, in words and, where it is a single quantity, as a number with its unit."""

    fact: str
    label: str
    text: str
    value: Number | None = None
    unit: str | None = None
    measure: str | None = None
    measure_label: str | None = None
    origin: Origin
    origin_label: str
    date: str | None = None


class PlaceRecord(Frozen):
    """One place of the design (or its building, or its operator) and what is known of it."""

    place: str
    label: str
    instance: str
    name: str
    facts: tuple[FactRecord, ...] = ()
    claims: tuple[str, ...] = ()
    remark: str | None = None


class PresenceRecord(Frozen):
    """Whether the design has a kind of place, as far as the file says."""

    place: str
    label: str
    presence: Presence


class FindingRef(Frozen):
    """Names a finding: the requirement, its place, and the locator (which tells a part from its whole)."""

    document: str
    id: str
    locator: str
    instance: str
    subject: str


class CollectItem(Frozen):
    """A fact to collect on site: `settles` open verdicts depend on it, `decides` of them on nothing else.

    `shall` counts those of them that are about something required. The list is ordered by `settles`.
    """

    fact: str
    label: str
    question: str
    options: tuple[MissingOption, ...] = ()
    kind: MissingKind
    place: str
    place_label: str
    instance: str
    name: str
    measure: str | None = None
    measure_label: str | None = None
    unit: str | None = None
    settles: int
    decides: int
    shall: int
    findings: tuple[FindingRef, ...] = ()


class LimitRecord(Frozen):
    """What one clause asks of a quantity at a place.

    `optional` where the clause accepts something else instead, `open` where it is not known whether it applies.
    """

    document: str
    locator: str
    id: str
    operator: Operator
    value: Number
    unit: str
    approximate: bool = False
    optional: bool = False
    open: bool = False
    strength: Strength
    text: str


class StrictestRecord(Frozen):
    """Guidelines side by side for one quantity of one place: each one's limit, the strictest, and what was found."""

    place: str
    label: str
    instance: str
    name: str
    fact: str
    fact_label: str
    measure: str | None = None
    measure_label: str | None = None
    limits: tuple[LimitRecord, ...]
    strictest: LimitRecord
    actual: Number | None = None
    actual_unit: str | None = None
    actual_text: str | None = None
    met: bool | None = None


class PointStatistics(Frozen):
    """Illuminance measured at points of one place: the mean over all points, with count, minimum and uniformity.

    `uniformity` is minimum / mean, None where the mean is zero. Unit lx.
    """

    place: str
    label: str
    instance: str
    name: str
    count: int
    mean: float
    minimum: float
    maximum: float
    uniformity: float | None
    unit: str = "lx"


class SheetItem(Frozen):
    """One item of a guideline as the check sheet is filled in: its mark over all places, with remarks.

    `places` counts the places that were judged; an item is 適 only where every one of them is. `shall` and `should`
    stand for the sheet's columns where a guideline has both.
    """

    document: str
    locator: str
    label: str
    title: str
    text: str
    strength: Strength
    mark: Mark
    mark_label: str
    counts: dict[VerdictWord, int]
    places: int
    remarks: tuple[str, ...] = ()


class SheetRecord(Frozen):
    """The sheet of one guideline: its items, how many have which mark, and a summary that is ours, not the sheet's."""

    document: str
    columns: tuple[str, ...] = ()
    items: tuple[SheetItem, ...]
    counts: dict[Mark, int]
    all_met: bool
    summary: str


class Note(Frozen):
    """Something that the reader of the result should know: a fact that no requirement reads, a value without measure."""

    kind: Literal["unread_fact", "no_measure", "unread_place", "no_building", "points", "other"]
    text: str
    where: str | None = None


class Changed(Frozen):
    """How one verdict moved between two versions of a design."""

    document: str
    id: str
    locator: str
    subject: str
    instance: str
    name: str
    strength: Strength
    before: VerdictWord | None
    after: VerdictWord | None
    movement: Movement
    before_text: str | None = None
    after_text: str | None = None


class Comparison(Frozen):
    """What got better and what worse since another version of the design; `counts` per movement."""

    before: str
    counts: dict[Movement, int]
    changes: tuple[Changed, ...]


class Check(Frozen):
    """A design checked against guidelines.

    `summary` counts findings: guideline → strength → verdict → how many. `findings` are in the order of the
    guidelines' clauses, the parts of a requirement right after it (`is_part`).
    """

    design: DesignRecord
    language: Language
    guidelines: tuple[GuidelineRecord, ...]
    complies: bool | None = Field(
        description="False where a `shall` fails; None where none fails but some are unknown, or none was checked."
    )
    summary: dict[str, dict[Strength, dict[VerdictWord, int]]]
    compliance: tuple[Compliance, ...]
    unchecked: tuple[UncheckedClause, ...] = ()
    findings: tuple[FindingRecord, ...]
    places: tuple[PlaceRecord, ...] = ()
    presence: tuple[PresenceRecord, ...] = ()
    collect: tuple[CollectItem, ...] = ()
    strictest: tuple[StrictestRecord, ...] = ()
    points: tuple[PointStatistics, ...] = ()
    sheets: tuple[SheetRecord, ...] = ()
    notes: tuple[Note, ...] = ()
    comparison: Comparison | None = None
    checked_on: str = Field(description="The day of the check, as YYYY-MM-DD.")
    program: str = Field(description="Name and version of this program.")
    corpus_hash: str = Field(description="SHA-256 of the guidelines' data, hex.")
