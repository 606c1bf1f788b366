"""Numbers with units: their values, their comparison, and how they are found in text."""

from kb.quantity.mention import Mention, find_quantities, read_quantity
from kb.quantity.units import UNITS, Quantity, Unit, compare, convert, format_quantity, parse_quantity, same_dimension

__all__ = [
    "UNITS",
    "Mention",
    "Quantity",
    "Unit",
    "compare",
    "convert",
    "find_quantities",
    "format_quantity",
    "parse_quantity",
    "read_quantity",
    "same_dimension",
]
