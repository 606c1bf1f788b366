"""The designs with independent golds load, name clauses and places that exist, and the comparison sees a difference."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evals.independent_designs import (
    INDEPENDENT,
    NO_FINDING,
    Compared,
    compare_design,
    list_independent,
    read_expected,
    summarise,
)
from kb import KnowledgeBase

FILES = list_independent()
BOTH = [pytest.param(file, id=file.stem) for file in FILES]


def test_there_are_ten_designs_and_more_for_each_guideline_with_a_check() -> None:
    assert len(FILES) >= 10
    documents = {one.document for file in FILES for one in read_expected(file)}
    assert documents == {"kochi-housing", "kanagawa-karte", "fukuoka-retail", "ssaj-design"}


@pytest.mark.parametrize("file", BOTH)
def test_a_gold_loads_and_says_why(file: Path) -> None:
    expected = read_expected(file)
    assert len(expected) >= 15
    assert all(one.why and one.verdicts for one in expected)
    named = [(one.document, one.clause, one.place, one.strength) for one in expected]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("file", BOTH)
def test_a_gold_names_clauses_of_the_guidelines_and_places_of_the_design(file: Path, kb: KnowledgeBase) -> None:
    check = kb.check(file)
    places = {name for one in check.findings for name in (one.name, one.instance, one.subject)}
    clauses = {(clause.document, clause.locator) for clause in kb.corpus.clauses}
    for one in read_expected(file):
        assert (one.document, one.clause) in clauses, one
        assert one.place in places, one


def test_a_wrong_gold_is_a_difference(kb: KnowledgeBase, tmp_path: Path) -> None:
    compared = _compare_with(
        kb, tmp_path, "{clause: 1/③/a/・1, place: 1階ホール, verdict: pass, why: 42 lx would be enough}"
    )
    assert [(one.found, one.agrees) for one in compared] == [("fail", False)]
    assert summarise(compared)["by_verdict"] == {"pass": {"fail": 1}}


def test_an_item_of_a_criterion_is_read_in_its_reasons(kb: KnowledgeBase, tmp_path: Path) -> None:
    compared = _compare_with(kb, tmp_path, "{clause: 1/①/c/・1/(1), place: 共用玄関, verdict: pass, why: 50 lx}")
    assert [one.found for one in compared] == ["pass"]


def test_a_clause_of_which_nothing_is_said_has_no_finding(kb: KnowledgeBase, tmp_path: Path) -> None:
    compared = _compare_with(kb, tmp_path, "{clause: 4/注4, place: 共用玄関, verdict: pass, why: a definition}")
    assert [one.found for one in compared] == [NO_FINDING]


def test_a_verdict_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    design = tmp_path / "D1.yaml"
    gold = "clauses:\n  kanagawa-karte:\n    - {clause: 1/③/a/・1, place: x, verdict: fine, why: y}\n"
    design.with_suffix(".expected.yaml").write_text(gold, encoding="utf-8")
    with pytest.raises(ValueError, match="fine"):
        read_expected(design)


def _compare_with(kb: KnowledgeBase, folder: Path, row: str) -> list[Compared]:
    design = folder / "design.yaml"
    shutil.copy(INDEPENDENT / "D1-castle-heights.yaml", design)
    gold = f"clauses:\n  kanagawa-karte:\n    - {row}\n"
    design.with_suffix(".expected.yaml").write_text(gold, encoding="utf-8")
    return compare_design(kb, design)
