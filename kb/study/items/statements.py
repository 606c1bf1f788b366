"""○× statements: what a clause says, and the same with one fault planted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from kb.model.base import Text
from kb.model.corpus import Clause
from kb.model.study import Item, Option
from kb.study.items.planted import Plant, pick, plant_all
from kb.study.sources import Source, claim

OFTEN = 3
"""How often one and the same changed wording may come back in a guideline."""

_STEM = Text(ja="「{guide}」の内容として、次の記述は正しいですか。", en="Is this statement true of the {guide}?")
RIGHT, WRONG = Text(ja="○ 正しい", en="True"), Text(ja="× 誤り", en="False")
FAULTS = {
    "figure": Text(ja="数値", en="figure"),
    "place": Text(ja="場所", en="place"),
    "condition": Text(ja="条件", en="condition"),
    "strength": Text(ja="書き方の強さ", en="strength"),
    "term": Text(ja="用語", en="term"),
    "scope": Text(ja="指針・対象", en="guideline or scope"),
    "direction": Text(ja="向き", en="direction"),
    "quantifier": Text(ja="数（どれかか、すべてか）", en="number (any or all)"),
}


def make_statements(source: Source) -> Iterator[Item]:
    """Give false statements of every clause that allows one, and per guideline about as many true ones."""
    count: Counter[str] = Counter()
    used: Counter[str] = Counter()
    told = set()
    for clause in source.clauses:
        if not source.is_statement(clause):
            continue
        for plant in _choose(clause, source, used):
            count[plant.document] += 1
            told.add(clause.id)
            yield _false(clause, plant, source)
    for clause in sorted(source.clauses, key=lambda c: (c.id not in told, hashlib.sha256(c.id.encode()).digest())):
        if source.is_statement(clause) and (clause.id in told or count[clause.document] > 0):
            count[clause.document] -= 1
            yield _true(clause, source)


def _choose(clause: Clause, source: Source, used: Counter[str]) -> list[Plant]:
    """Take one plant of each kind of fault, at most three, a word that stands in many clauses only a few times.

    Strength is taken only where nothing else is to be had. Which of several figures is changed differs by clause.
    """
    by_fault: dict[str, list[Plant]] = {}
    for plant in plant_all(clause, source):
        if used[f"{plant.document} {plant.said.ja}"] < OFTEN or plant.fault not in ("condition", "quantifier"):
            by_fault.setdefault(plant.fault, []).append(plant)
    if len(by_fault) > 1:
        by_fault.pop("strength", None)
    chosen = [plants[pick(clause.id, len(plants))] for plants in by_fault.values()][:3]
    used.update(f"{plant.document} {plant.said.ja}" for plant in chosen)
    return chosen


def _true(clause: Clause, source: Source) -> Item:
    assert clause.text is not None
    options = [
        Option(text=RIGHT, right=True, why=Text(ja="条項のとおりです。", en="That is what the clause says.")),
        Option(
            text=WRONG,
            right=False,
            why=Text(ja="条項の内容と食い違う所はありません。", en="Nothing in it departs from the clause."),
        ),
    ]
    return source.make(
        "statement",
        clause,
        "true",
        _stem(clause.document, source),
        options,
        clause.text,
        claims=(claim(source, clause.document, clause.text, True),),
        keep_order=True,
    )


def _false(clause: Clause, plant: Plant, source: Source) -> Item:
    kind = FAULTS[plant.fault]
    options = [
        Option(
            text=RIGHT,
            right=False,
            why=Text(
                ja=f"{kind.ja}が違います。記述では{plant.said.ja}ですが、正しくは{plant.truth.ja}です。",
                en=f"The {kind.en} is wrong: the statement has {plant.said.en}; it should be {plant.truth.en}.",
            ),
        ),
        Option(
            text=WRONG,
            right=True,
            why=Text(
                ja=f"誤りは{kind.ja}です。正しくは{plant.truth.ja}です。",
                en=f"The fault is the {kind.en}: it should be {plant.truth.en}.",
            ),
        ),
    ]
    return source.make(
        "statement",
        clause,
        f"{plant.fault}:{plant.slot}",
        _stem(plant.document, source),
        options,
        plant.text,
        fault=plant.fault,
        claims=(claim(source, plant.document, plant.text, False, plant.fault),),
        keep_order=True,
    )


def _stem(document: str, source: Source) -> Text:
    guide = source.short(document)
    return Text(ja=_STEM.ja.format(guide=guide.ja), en=_STEM.en.format(guide=guide.en))
