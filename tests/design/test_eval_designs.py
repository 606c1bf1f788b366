"""The planted designs come out as expected, and the comparison notices when they do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evals.run_designs import DESIGNS, judge, list_designs
from kb import KnowledgeBase

FILES = list_designs()
EMPTY = {"not_found": [], "false_alarms": [], "not_named": [], "named_beyond": [], "other_wrong": []}


def test_there_are_twenty_designs_of_three_types_of_building() -> None:
    assert len(FILES) >= 20
    assert {file.stem.split("-")[1] for file in FILES} == {"apartment", "detached", "store"}


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_design_comes_out_as_expected(file: Path, kb: KnowledgeBase) -> None:
    outcome = judge(kb, file)
    assert {key: outcome[key] for key in EMPTY} == EMPTY


def test_a_wrong_expectation_is_noticed(kb: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "design.yaml"
    shutil.copy(DESIGNS / "02-apartment-planted.yaml", file)
    file.with_suffix(".expected.yaml").write_text(
        "violations:\n"
        "  - {document: kanagawa-karte, locator: 1/③/a/・1, place: 2階EVホール}\n"
        "unknown:\n"
        "  - {place: 裏口, fact: self_closing}\n"
        "alternatives:\n"
        "  - {document: kanagawa-karte, locator: 1/③/a/・1, place: 1階EVホール}\n",
        encoding="utf-8",
    )
    outcome = judge(kb, file)
    assert outcome["not_found"] == ["kanagawa-karte 1/③/a/・1 2階EVホール"]
    assert any("1/③/a/・1 1階EVホール" in alarm for alarm in outcome["false_alarms"])
    assert outcome["not_named"] == ["裏口 self_closing"]
    assert len(outcome["other_wrong"]) == 1
