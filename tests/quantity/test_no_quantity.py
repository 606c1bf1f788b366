"""Text that looks like a quantity and is none."""

from __future__ import annotations

import pytest

from kb.quantity import find_quantities


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ルクス",
        "50",
        "1.8",
        "十分に明るい",
        "十分な明るさを確保する",
        "一時的に消灯する",
        "一時停止",
        "3階",
        "万引き",
        "28日本",
        "25時",
        "m2",
        "1.5万円",
        "1/0",
        "第2条",
        "3人の目",
        "4月1日",
        "四月二十八日から",
        "12:75",
        "日本",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == []
