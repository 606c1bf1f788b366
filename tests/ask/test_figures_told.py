"""Questions whose answer is figures, class by class: the figures are exactly those that the table expects."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kb import KnowledgeBase
from kb.ask.storeys import read_storeys
from kb.quantity import Quantity
from kb.quantity.units import parse_quantity
from kb.text import normalize

TABLES = sorted(Path(__file__).parent.glob("figures_*.yaml"))
DOCUMENTS = {
    "h": "kochi-housing",
    "n": "kanagawa-karte",
    "r": "fukuoka-retail",
    "s": "ssaj-design",
    "a": "alsok-okihai",
}
Figure = tuple[str, str, str, float]


@pytest.fixture(scope="module")
def kb(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open()


def figure(document: str, operator: str, value: Quantity) -> Figure:
    return document, operator, value.dimension, round(float(value.base), 2)


def expected(line: str) -> Figure:
    document, operator, text = line.split(" ", 2)
    return figure(DOCUMENTS[document], operator, parse_quantity(text))


def told(answer) -> set[Figure]:
    """A range is its two sides."""
    found = set()
    for v in answer.values:
        sides = [(">=", v.value), ("<=", v.value_max)] if v.operator == "range" else [(v.operator, v.value)]
        found |= {figure(v.document, operator, parse_quantity(f"{value} {v.unit}")) for operator, value in sides}
    return found


def cases() -> list:
    rows = [(t.stem, row) for t in TABLES for row in yaml.safe_load(t.read_text(encoding="utf-8"))]
    return [pytest.param(row, id=f"{stem}-{row['ask']}") for stem, row in rows]


@pytest.mark.parametrize("case", cases())
def test_the_figures_are_exactly_those_asked_for(kb, case):
    answer = kb.ask(case["ask"], previous=case.get("was"))
    assert told(answer) == {expected(line) for line in case["values"]}


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("うちの玄関は1階です。7階でエレベーターを待つ場所", "other"),
        ("エントランスは2階にある。2階のEVホール", "entrance"),
        ("エントランスは2階にある。1階のEVホール", "other"),
        ("our entrance is on 1F, how bright on 5F", "other"),
        ("the lobby is on the second floor; the lift hall on the second floor", "entrance"),
        ("1階のEVホール", None),
        ("地下1階のEVホール", "other"),
        ("10階建てのマンション", None),
        ("階段の明るさ", None),
    ],
)
def test_the_storey_asked_about_is_told_from_that_of_the_entrance(text, floor):
    assert read_storeys(normalize(text).normal).floor == floor
