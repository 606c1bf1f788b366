"""What a place's strictest limit means where it is not certain that the limit applies."""

from __future__ import annotations

from kb.model.check import LimitRecord, StrictestRecord


def is_firm(limit: LimitRecord) -> bool:
    """Tell whether a limit applies for certain and nothing is accepted in its place."""
    return not limit.open and not limit.optional


def settle_met(row: StrictestRecord) -> bool | None:
    """Tell whether a place keeps its limits: None where that hangs on a limit that may not apply, or nothing is known.

    Keeping the strictest limit is keeping them all; missing it only counts where some firm limit is missed too.
    """
    found = _number(row.actual)
    if found is None or row.met is None or row.met or is_firm(row.strictest):
        return row.met if found is not None else None
    firm = [one for one in row.limits if is_firm(one) and one.unit == row.actual_unit]
    return False if any(not _keeps(one, found) for one in firm) else None


def _keeps(limit: LimitRecord, found: float) -> bool:
    bound = _number(limit.value)
    if bound is None:
        return True
    kept = {">=": found >= bound, ">": found > bound, "<=": found <= bound, "<": found < bound, "=": found == bound}
    return kept.get(limit.operator, True)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
