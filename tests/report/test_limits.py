"""A limit that may not apply never makes a place look as if it failed."""

from __future__ import annotations

import pytest

from kb.model.check import LimitRecord, StrictestRecord
from kb.report.limits import settle_met


def limit(value: float, **more: bool) -> LimitRecord:
    given = {
        "document": "d",
        "locator": "1",
        "id": "i",
        "operator": ">=",
        "unit": "lx",
        "strength": "shall",
        "text": "",
    }
    return LimitRecord.model_validate({**given, "value": value, **more})


def record(found: float | None, *limits: LimitRecord) -> StrictestRecord:
    strictest = max(limits, key=lambda one: float(one.value))
    met = None if found is None else found >= float(strictest.value)
    names = {"place": "p", "label": "p", "instance": "p-1", "name": "p", "fact": "illuminance", "fact_label": "照度"}
    actual = {"actual": found, "actual_unit": None if found is None else "lx", "met": met}
    return StrictestRecord.model_validate({**names, "limits": limits, "strictest": strictest, **actual})


@pytest.mark.parametrize(
    ("found", "limits", "expected"),
    [
        (60, [limit(50)], True),
        (50, [limit(50)], True),
        (45, [limit(50)], False),
        (None, [limit(50)], None),
        (45, [limit(50, open=True)], None),
        (45, [limit(50, optional=True)], None),
        (45, [limit(50, open=True), limit(20)], None),
        (15, [limit(50, open=True), limit(20)], False),
        (60, [limit(50, open=True), limit(20)], True),
    ],
)
def test_a_place_misses_its_limits_only_where_a_firm_one_is_missed(found, limits, expected):
    assert settle_met(record(found, *limits)) is expected
