"""What a guideline says, as data: documents, clauses, figures, tables, definitions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, field_validator, model_validator

from kb.errors import InputError
from kb.model.base import Frozen, Strength, Text, Words
from kb.quantity import Quantity, parse_quantity
from kb.quantity.units import to_fraction

Kind = Literal["heading", "requirement", "recommendation", "fact", "definition", "explanation", "table"]
FigureOperator = Literal[">=", ">", "<=", "<", "=", "range"]


def _to_quantity(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return parse_quantity(value)
        except InputError as error:
            raise ValueError(str(error)) from None
    if isinstance(value, dict):
        return Quantity(to_fraction(str(value["value"])), str(value["unit"]))
    if isinstance(value, Quantity):
        return value
    raise ValueError(f"found {value!r}; allowed: a number and a unit, such as 50 lx")


def _from_quantity(quantity: Quantity) -> str:
    value = quantity.value
    if quantity.unit == "clock" or 10**6 % value.denominator == 0:
        return f"{quantity.number} {quantity.unit}"
    return f"{value.numerator}/{value.denominator} {quantity.unit}"


QuantityField = Annotated[Quantity, BeforeValidator(_to_quantity), PlainSerializer(_from_quantity, return_type=str)]
Conditions = dict[str, str | bool | tuple[str, ...]]


class Figure(Frozen):
    """A number that a clause states: of which property, of which place, under which conditions.

    `context` marks one that only names the circumstances (`within the radius of 300 m`, `per camera`): it answers no
    question that does not ask for it.
    """

    property: str
    place: str | None = None
    value: QuantityField
    value_max: QuantityField | None = None
    operator: FigureOperator
    measure: str | None = None
    approximate: bool = False
    strength: Strength | None = None
    when: Conditions = Field(default_factory=dict)
    source: str | None = Field(default=None, alias="from")
    label: Text | None = None
    context: bool = False

    @model_validator(mode="after")
    def _range_has_two_ends(self) -> Figure:
        if (self.operator == "range") != (self.value_max is not None):
            raise ValueError("`value_max` goes with `operator: range`, and only with it")
        if self.value_max is not None and self.value_max.dimension != self.value.dimension:
            raise ValueError("`value` and `value_max` have different kinds of unit")
        return self


class Clause(Frozen):
    """One clause of a guideline, restated; one that a user added (`origin: user`) is in its own words.

    `quote` is the original wording where the user has added the original; `unreviewed` are figures that a program read
    and nobody has looked at yet: they are shown as such and judge nothing.
    """

    document: str
    locator: str
    kind: Kind
    strength: Strength | None = None
    title: Text | None = None
    text: Text | None = None
    basis: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    when: Conditions = Field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    note: Text | None = None
    asks: Words = Words()
    origin: Literal["corpus", "user"] = "corpus"
    quote: str | None = None
    unreviewed: tuple[Figure, ...] = ()

    @property
    def id(self) -> str:
        """The id that is unique over all guidelines: document and locator."""
        return f"{self.document} {self.locator}"

    @model_validator(mode="after")
    def _complete(self) -> Clause:
        if self.kind == "heading":
            if self.title is None and self.text is None:
                raise ValueError("a heading has a `title`")
        else:
            if self.text is None or not self.text.ja.strip() or not self.text.en.strip():
                raise ValueError("a clause has `text` in ja and en")
            if self.origin == "corpus" and (len(self.asks.ja) < 2 or len(self.asks.en) < 1):
                raise ValueError("a clause has at least two `asks` in ja and one in en")
        if (self.strength is None) != (self.kind not in ("requirement", "recommendation")):
            raise ValueError("`strength` goes with requirement and recommendation, and only with them")
        return self


class DatedEvent(Frozen):
    """A date that the document prints."""

    what: Text
    date: str
    printed: str
    clause: str | None = None


class Statement(Frozen):
    """What a document says of itself, with the clause that says it (null where none does)."""

    ja: str
    en: str
    clause: str | None = None

    def get(self, language: str) -> str:
        """Return the statement in a language."""
        return self.en if language == "en" else self.ja


class Document(Frozen):
    """A guideline as a whole; `sheet_columns` are the columns in which its check sheet has each item judged."""

    id: str
    title: Text
    short: Text
    issuer: Text
    jurisdiction: Text | None = None
    aliases: Words = Words()
    buildings: tuple[str, ...] = ()
    dates: tuple[DatedEvent, ...] = ()
    legal_force: Statement
    addressees: Statement
    scope: Statement
    obtain: Text
    sheet_columns: tuple[Text, ...] = ()
    origin: Literal["corpus", "user"] = "corpus"
    edition: int | None = None


class Column(Frozen):
    """A column of a table."""

    key: str
    label: Text
    unit: str | None = None


class Row(Frozen):
    """A row of a table; a cell is a text, a quantity, a number, yes/no, or nothing."""

    clause: str | None = None
    cells: dict[str, Text | str | int | float | bool | tuple[str, ...] | None]


class Table(Frozen):
    """A table or decision table of a guideline."""

    document: str
    id: str
    clause: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @model_validator(mode="after")
    def _cells_have_columns(self) -> Table:
        keys = {column.key for column in self.columns}
        for row in self.rows:
            unknown = set(row.cells) - keys
            if unknown:
                raise ValueError(f"cells {sorted(unknown)} have no column; columns: {sorted(keys)}")
        return self


class Feature(Frozen):
    """One statement that belongs to a definition."""

    id: str
    ja: str
    en: str
    distinguishing: bool = False


class Definition(Frozen):
    """A term, its genus, and the features that make it up."""

    document: str
    term: str
    clause: str
    genus: Text
    features: tuple[Feature, ...]
    contrast: tuple[str, ...] = ()

    @field_validator("features")
    @classmethod
    def _has_features(cls, value: tuple[Feature, ...]) -> tuple[Feature, ...]:
        if not value:
            raise ValueError("a definition has at least one feature")
        return value
