"""Guidelines side by side: what each asks of a quantity at a place, and which asks the most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.model.answer import Operator
from kb.model.check import LimitRecord, StrictestRecord
from kb.model.facts import FactValue, PlaceInstance
from kb.model.finding import FALSE, NONE, TRUE, VACUOUS, Finding, Reason
from kb.model.knowledge import Vocabulary
from kb.quantity import Quantity, compare, convert
from kb.rules.speaker import Speaker
from kb.rules.words import measure_label

_LOWER: tuple[Operator, ...] = (">=", ">")
_UPPER: tuple[Operator, ...] = ("<=", "<")
_Limit = tuple[LimitRecord, Quantity]
_Key = tuple[str, str, str | None, bool]


def list_strictest(
    findings: Iterable[Finding], vocabulary: Vocabulary, speaker: Speaker
) -> tuple[StrictestRecord, ...]:
    """List, for every quantity that is limited at a place of the design, each limit and the strictest one.

    Limits in both directions make two entries. A limit on a value measured in any way stands beside every kind.
    """
    groups: dict[_Key, list[_Limit]] = {}
    places: dict[str, PlaceInstance] = {}
    for finding in findings:
        if not finding.place.id or finding.verdict == "not_applicable":
            continue
        places[finding.place.id] = finding.place
        for reason, optional, open_ in _limited(finding.because, finding.place):
            for limit, lower in _limits(finding, reason, optional, open_, speaker):
                key = (finding.place.id, str(reason.fact), reason.test.measure if reason.test else None, lower)
                held = groups.setdefault(key, [])
                if limit not in held:
                    held.append(limit)
    return tuple(
        _record(places[key[0]], key, limits, vocabulary, speaker) for key, limits in _merge_any_measure(groups).items()
    )


def _limited(
    reason: Reason, place: PlaceInstance, optional: bool = False, open_: bool = False
) -> Iterator[tuple[Reason, bool, bool]]:
    """Yield the tests of quantities of a place that apply, or may apply."""
    if reason.outcomes == NONE and not reason.aside:
        return
    open_ = open_ or (bool(reason.outcomes & NONE) and bool(reason.outcomes & (TRUE | FALSE | VACUOUS)))
    if reason.test is not None and reason.test.limits and reason.place is place:
        yield reason, optional, open_
    spare = optional or (reason.kind in ("any_of", "any") and len(reason.children) > 1)
    below = reason.children[1:] if reason.kind == "if" else reason.children if reason.kind != "not" else ()
    for child in below:
        yield from _limited(child, place, spare, open_)


def _limits(
    finding: Finding, reason: Reason, optional: bool, open_: bool, speaker: Speaker
) -> Iterator[tuple[_Limit, bool]]:
    assert reason.test is not None and reason.fact is not None
    for symbol, quantity in reason.test.limits:
        operator: Operator = ">=" if symbol == ">=" else ">" if symbol == ">" else "<=" if symbol == "<=" else "<"
        record = LimitRecord(
            document=finding.document,
            locator=reason.clause,
            id=finding.id,
            operator=operator if symbol != "=" else "=",
            value=quantity.number,
            unit=quantity.unit,
            approximate=reason.test.approximate,
            optional=optional,
            open=open_,
            strength=reason.strength,
            text=speaker.test(reason.fact, reason.test),
        )
        yield (record, quantity), symbol not in _UPPER


def _merge_any_measure(groups: dict[_Key, list[_Limit]]) -> dict[_Key, list[_Limit]]:
    merged: dict[_Key, list[_Limit]] = {}
    for key, limits in groups.items():
        place, fact, measure, lower = key
        if measure is None:
            kinds = [one for one in groups if one[:2] == (place, fact) and one[2] is not None and one[3] == lower]
        else:
            kinds = [key]
        for one in kinds or [key]:
            merged.setdefault(one, []).extend(limits)
    return merged


def _strength(limit: _Limit) -> bool:
    return limit[0].strength == "shall"


def _strictest(limits: list[_Limit], lower: bool) -> _Limit:
    best = limits[0]
    for one in limits[1:]:
        order = compare(one[1], best[1]) if lower else compare(best[1], one[1])
        sharper = one[0].operator in (">", "<") and best[0].operator in (">=", "<=")
        if order > 0 or (order == 0 and (sharper or (_strength(one) and not _strength(best)))):
            best = one
    return best


def _record(
    place: PlaceInstance, key: _Key, limits: list[_Limit], vocabulary: Vocabulary, speaker: Speaker
) -> StrictestRecord:
    _, fact, measure, lower = key
    strictest, bound = _strictest(limits, lower)
    known = _known(place.facts.get(fact, ()), measure)
    actual = None if known is None else known.value
    quantity = convert(actual, bound.unit) if isinstance(actual, Quantity) else None
    label = speaker.place(place.place)
    return StrictestRecord(
        place=place.place,
        label=label,
        instance=place.id,
        name=place.name or label,
        fact=fact,
        fact_label=speaker.fact(fact),
        measure=measure,
        measure_label=None if measure is None else measure_label(measure).get(speaker.language),
        limits=tuple(limit for limit, _ in limits),
        strictest=strictest,
        actual=None if quantity is None else quantity.number,
        actual_unit=None if quantity is None else quantity.unit,
        actual_text=None if known is None else speaker.value(fact, known),
        met=None if quantity is None else _keeps(strictest.operator, quantity, bound),
    )


def _known(values: tuple[FactValue, ...], measure: str | None) -> FactValue | None:
    fitting = [one for one in values if measure is None or one.measure == measure]
    return fitting[0] if len(fitting) == 1 else None


def _keeps(operator: Operator, value: Quantity, limit: Quantity) -> bool:
    order = compare(value, limit)
    return {">=": order >= 0, ">": order > 0, "<=": order <= 0, "<": order < 0}.get(operator, order == 0)
