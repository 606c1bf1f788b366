"""Compare two versions of a design: which verdicts got better, which worse."""

from __future__ import annotations

from kb.model.answer import VerdictWord
from kb.model.check import Changed, Check, Comparison, Movement
from kb.model.finding_record import FindingRecord

_ORDER: dict[VerdictWord, int] = {"fail": 0, "unknown": 1, "pass_by_alternative": 2, "pass": 2}
_Key = tuple[str, str, str, str, str, str]


def compare_checks(before: Check, after: Check) -> Comparison:
    """Compare the findings of two checks, place by place.

    Places match by id; without one, by kind and name, else by their order among places of the kind. `better` is a step
    up in fail → unknown → pass, `changed` a move to or from 対象外 or between pass and alternative; `new` and `gone`
    are findings of one version only.
    """
    old, new = _by_key(before), _by_key(after)
    changes = [_change(old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old))]
    counts: dict[Movement, int] = {"better": 0, "worse": 0, "changed": 0, "same": 0, "new": 0, "gone": 0}
    for change in changes:
        counts[change.movement] += 1
    moved = [change for change in changes if change.movement != "same"]
    order: list[Movement] = ["worse", "better", "changed", "new", "gone"]
    return Comparison(
        before=before.design.file or before.design.name,
        counts=counts,
        changes=tuple(sorted(moved, key=lambda change: order.index(change.movement))),
    )


def _by_key(check: Check) -> dict[_Key, FindingRecord]:
    found: dict[_Key, FindingRecord] = {}
    names = _match_names(check)
    for one in check.findings:
        found[one.document, one.id, one.locator, one.strength, one.subject, names.get(one.instance, one.instance)] = one
    return found


def _match_names(check: Check) -> dict[str, str]:
    """Name each instance for matching: its id where the file gave one, else its name where only it has it."""
    count: dict[tuple[str, str], int] = {}
    for place in check.places:
        count[place.place, place.name] = count.get((place.place, place.name), 0) + 1
    return {
        place.instance: place.name
        for place in check.places
        if count[place.place, place.name] == 1 and _numbered(place.place, place.instance)
    }


def _numbered(place: str, instance: str) -> bool:
    return instance.startswith(f"{place}-") and instance.removeprefix(f"{place}-").isdigit()


def _change(before: FindingRecord | None, after: FindingRecord | None) -> Changed:
    one = after or before
    assert one is not None
    return Changed(
        document=one.document,
        id=one.id,
        locator=one.locator,
        subject=one.subject,
        instance=one.instance,
        name=one.name,
        strength=one.strength,
        before=None if before is None else before.verdict,
        after=None if after is None else after.verdict,
        movement=movement_of(None if before is None else before.verdict, None if after is None else after.verdict),
        before_text=None if before is None else before.text,
        after_text=None if after is None else after.text,
    )


def movement_of(before: VerdictWord | None, after: VerdictWord | None) -> Movement:
    """Say how a verdict moved."""
    if before is None:
        return "new"
    if after is None:
        return "gone"
    if before == after:
        return "same"
    if before not in _ORDER or after not in _ORDER or _ORDER[before] == _ORDER[after]:
        return "changed"
    return "better" if _ORDER[after] > _ORDER[before] else "worse"
