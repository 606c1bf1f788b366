"""Statements made from the clauses' own restatements: unchanged ones, and ones with one change planted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.base import KnowledgeBase
from kb.model.corpus import Clause

_NUMBER = re.compile(
    r"(\d+(?:\.\d+)?)(ルクス以上|m以上|m以下|m以内|時間以上|枚以上|%を超え|%未満|分以上|週間以上|年間)"
)
_SWAPS = (
    ("外側", "内側"),
    ("内側", "外側"),
    ("屋外", "屋内"),
    ("屋内", "屋外"),
    ("すべて満た", "どれか一つを満た"),
    ("望ましい", "義務である"),
    ("夜間", "昼間"),
    ("共同住宅", "一戸建住宅"),
    ("直上階", "直下階"),
    ("以上", "以下"),
    ("未満", "以上"),
    ("減っ", "増え"),
    ("難しい", "容易である"),
    ("除い", "含め"),
    ("常に", "必要なときだけ"),
    ("いつも", "夜間だけ"),
)


@dataclass(frozen=True)
class Planted:
    """A statement made from a clause; `change` is None where nothing was changed."""

    clause: str
    statement: str
    change: str | None


def make_statements(kb: KnowledgeBase, step: int = 1) -> Iterator[Planted]:
    """Yield, for every `step`-th clause of requirements and definitions, its first sentences as they are and changed."""
    clauses = [c for c in kb.corpus.clauses if c.text is not None and c.kind != "table"]
    for clause in clauses[::step]:
        said = _say(kb, clause)
        yield Planted(clause.id, said, None)
        number = _NUMBER.search(said)
        if number:
            other = f"{float(number[1]) * 3:g}"
            yield Planted(clause.id, said[: number.start(1)] + other + said[number.end(1) :], "figure")
        for old, new in _SWAPS:
            if said.count(old) == 1:
                yield Planted(clause.id, said.replace(old, new), f"{old} → {new}")
                break


def _say(kb: KnowledgeBase, clause: Clause) -> str:
    assert clause.text is not None
    guide = kb.corpus.documents_by_id[clause.document].short.ja
    return f"{guide}では、{clause.text.ja}"


def measure_planted(kb: KnowledgeBase, step: int = 3) -> dict[str, object]:
    """Measure that an unchanged restatement is not called incorrect, and a changed one not correct."""
    plain, changed = [], []
    for one in make_statements(kb, step):
        (plain if one.change is None else changed).append((one, kb.judge(one.statement).verdict))
    wrong = [o.statement for o, v in plain if v == "incorrect"]
    passed = [f"{o.change}: {o.statement}" for o, v in changed if v == "correct"]
    return {
        "unchanged": len(plain),
        "unchanged_called_incorrect": len(wrong),
        "unchanged_called_correct": sum(v == "correct" for _, v in plain),
        "changed": len(changed),
        "changed_called_correct": len(passed),
        "changed_called_incorrect": sum(v == "incorrect" for _, v in changed),
        "called_incorrect": wrong,
        "called_correct": passed,
    }
