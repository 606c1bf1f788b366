"""Values of a survey: a quantity, a range of quantities, or unknown. Nothing that is not given is ever assumed."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from kb.errors import InputError
from kb.model.base import Frozen
from kb.quantity import Quantity, format_quantity, parse_quantity
from kb.quantity.units import format_number

UNKNOWN_WORDS = ("unknown", "不明", "未調査", "未確認")
"""Ways to write that something is not known; leaving the key out says the same."""

Known = Literal["yes", "no", "unknown"]


class Span(Frozen):
    """All values from `low` to `high` (both included) in the base unit; `high` is None where there is no upper end."""

    low: Fraction
    high: Fraction | None

    @property
    def exact(self) -> bool:
        """Whether it is a single value."""
        return self.low == self.high

    def write(self, unit: str, language: str) -> str:
        """Write it for a reader: `120m`, `100～160m`, or unknown."""
        if self.exact:
            return format_quantity(Quantity(self.low, unit), language)
        if self.high is None:
            return "不明" if language == "ja" else "unknown"
        low = format_number(self.low)
        high = format_quantity(Quantity(self.high, unit), language)
        return f"{low}～{high}" if language == "ja" else f"{low} to {high}"


ANY = Span(low=Fraction(0), high=None)
"""What is not known: every value from zero on."""


def _read(text: Any, dimension: str, example: str) -> Quantity:
    if isinstance(text, Quantity):
        return text
    if isinstance(text, bool) or not isinstance(text, str):
        raise ValueError(f"found {text!r}; allowed: a number with its unit, such as {example}")
    plain = unicodedata.normalize("NFKC", text).replace("メートル", "m").replace("%", " percent")
    try:
        quantity = parse_quantity(plain)
    except InputError:
        raise ValueError(f"found {text!r}; allowed: a number with its unit, such as {example}, or unknown") from None
    if quantity.dimension != dimension:
        raise ValueError(f"found {text!r}; allowed: a {dimension}, such as {example}")
    if quantity.value < 0:
        raise ValueError(f"found {text!r}; allowed: zero or more, such as {example}")
    if dimension == "share" and quantity.base > 1:
        raise ValueError(f"found {text!r}; allowed: at most 100 percent, such as {example}")
    return quantity


def _is_unknown(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in UNKNOWN_WORDS)


def _to_span(dimension: str, example: str) -> Any:
    def convert(value: Any) -> Any:
        if isinstance(value, Span):
            return value
        if _is_unknown(value):
            return ANY
        if not isinstance(value, dict):
            quantity = _read(value, dimension, example)
            return Span(low=quantity.base, high=quantity.base)
        if not value or set(value) - {"from", "to"}:
            raise ValueError(f"found {value!r}; allowed: from and to, such as {{from: {example}, to: {example}}}")
        low = _read(value["from"], dimension, example).base if "from" in value else Fraction(0)
        high = _read(value["to"], dimension, example).base if "to" in value else None
        if high is not None and high < low:
            raise ValueError(f"found {value!r}; allowed: from not above to")
        return Span(low=low, high=high)

    return convert


def _schema(example: str) -> dict[str, Any]:
    ends = {"type": "object", "properties": {"from": {"type": "string"}, "to": {"type": "string"}}}
    return {"anyOf": [{"type": "string", "examples": [example, "unknown"]}, ends, {"type": "null"}]}


def _dump(span: Span) -> dict[str, str | None]:
    return {"from": str(span.low), "to": None if span.high is None else str(span.high)}


def _field(dimension: str, example: str) -> Any:
    return Annotated[
        Span,
        BeforeValidator(_to_span(dimension, example)),
        PlainSerializer(_dump),
        WithJsonSchema(_schema(example)),
    ]


Length = _field("length", "120 m")
Share = _field("share", "15 percent")
Area = _field("area", "250 m2")
"""A length, a share or an area: one value, `{from, to}`, or unknown."""


def _to_known(value: Any) -> Any:
    if value in ("yes", "no", "unknown") and isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _is_unknown(value):
        return "unknown"
    raise ValueError(f"found {value!r}; allowed: true, false or unknown")


YesNo = Annotated[
    Known, BeforeValidator(_to_known), WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": ["unknown", None]}]})
]
"""True, false or unknown."""

__all__ = ["ANY", "Area", "Known", "Length", "Share", "Span", "YesNo"]
