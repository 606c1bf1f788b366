"""The exam statements load, keep to their form, and are split like the questions."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from evals import statements
from evals.questions import load_questions, split
from evals.statements import load_choices, load_statements


def _write_set(folder: Path, **changes: object) -> None:
    line = {
        "id": "x-001",
        "lang": "ja",
        "statement": "問い",
        "verdict": "incorrect",
        "fault": "figure",
        "document": None,
        "clauses": ["kochi-housing 注9"],
    }
    (folder / "one.jsonl").write_text(json.dumps(line | changes, ensure_ascii=False) + "\n", encoding="utf-8")


def test_every_verdict_and_every_fault_is_there_in_both_languages() -> None:
    loaded = load_statements()
    assert len(loaded) >= 340
    for lang in ("ja", "en"):
        verdicts = Counter(s.verdict for s in loaded if s.lang == lang)
        assert set(verdicts) == {"correct", "incorrect", "not_covered"}
    faults = Counter(s.fault for s in loaded if s.fault)
    assert len(faults) == 8
    assert min(faults.values()) * 2 >= max(faults.values())


def test_no_id_and_no_wording_comes_twice() -> None:
    loaded = load_statements() + load_choices()
    assert len({s.id for s in loaded}) == len(loaded)
    assert len({s.statement for s in loaded}) == len(loaded)


def test_choices_are_marked_and_have_four_options() -> None:
    for choice in load_choices():
        assert [line[:2] for line in choice.statement.splitlines()[1:]] == ["1 ", "2 ", "3 ", "4 "]
        assert choice.marked in (1, 2, 3, 4)


def test_parts_are_disjoint_by_deciding_clause() -> None:
    tune, test = load_statements("tune"), load_statements("test")
    assert tune and test
    assert not {s.key for s in tune} & {s.key for s in test}
    assert len(tune) + len(test) == len(load_statements())


def test_a_clause_is_in_the_same_part_for_questions_and_statements() -> None:
    questions = load_questions()
    parts = split(questions)
    by_key = {q.key: parts[q.id] for q in questions if q.clauses}
    shared = [s for s in load_statements("test") if s.key in by_key]
    assert shared
    assert all(by_key[s.key] == "test" for s in shared)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"verdict": "true"}, "'true'"),
        ({"fault": None}, "None"),
        ({"verdict": "correct"}, "figure"),
        ({"clauses": []}, "0 clauses"),
        ({"verdict": None, "marked": 5}, "5"),
    ],
)
def test_a_line_that_does_not_fit_together_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], found: str
) -> None:
    _write_set(tmp_path, **changes)
    monkeypatch.setattr(statements, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=rf"one\.jsonl:1: x-001: .*{found}"):
        load_statements()
