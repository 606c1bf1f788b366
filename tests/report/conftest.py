"""Checks to report on: an ordinary design, and one whose names are hostile."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from kb.corpus import load_corpus
from kb.design.check import check_design
from kb.design.read import read_design
from kb.model.base import Language
from kb.model.check import Check
from kb.model.knowledge import Corpus
from kb.report.content import build_report
from kb.report.parts import Report

ROOT = Path(__file__).resolve().parents[2]
ORDINARY = {
    "design": {"name": "見本マンション", "date": "2026-04-01", "author": "防犯 花子"},
    "guidelines": ["kanagawa-karte", "kochi-housing"],
    "building": "apartment",
    "measured_as": {"illuminance": "average_horizontal"},
    "places": [
        {"place": "elevator_hall", "name": "1階EVホール", "floor": "entrance", "illuminance": "45 lx"},
        {"place": "elevator_hall", "name": "2階EVホール", "floor": "other", "illuminance": "25 lx"},
        {"place": "elevator_hall", "name": "3階EVホール", "floor": "other", "illuminance": "12.5 lx"},
        {"place": "corridor", "name": "2階廊下", "illuminance": "20 lx"},
    ],
}
HOSTILE_NAMES = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "<script>alert('x')</script>",
    "</style><b>太字</b>{{ 7*7 }}",
    "家族👨‍👩‍👧と😀",
    "見え\u200bない\u202e文字\x07",
    "$\\frac{1}{0}$ %s {n}",
    "長" * 3000,
    "W" * 3000,
    '=HYPERLINK("http://example.invalid","x")',
    "\t=1+1",
)


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(ROOT / "corpus")


def make_check(corpus: Corpus, folder: Path, data: dict[str, Any], language: Language = "ja") -> Check:
    file = folder / "design.json"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    design = read_design(file, corpus)
    return check_design(corpus, design, (), language, corpus_hash="a" * 64, today=datetime.date(2026, 4, 2))


@pytest.fixture(scope="session")
def check(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Check:
    return make_check(corpus, tmp_path_factory.mktemp("ordinary"), ORDINARY)


@pytest.fixture(scope="session")
def report(check: Check) -> Report:
    return build_report(check)


@pytest.fixture(scope="session")
def english(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build_report(make_check(corpus, tmp_path_factory.mktemp("english"), ORDINARY, "en"))


@pytest.fixture(scope="session")
def hostile(check: Check) -> Report:
    """The ordinary check with hostile texts put in wherever a user's words can stand."""
    names = dict(zip([one.instance for one in check.places], HOSTILE_NAMES, strict=False))
    places, findings = [], []
    for index, name in enumerate(HOSTILE_NAMES):
        base = check.places[index % len(check.places)]
        places.append(base.model_copy(update={"instance": f"h{index}", "name": name, "remark": name}))
        for finding in check.findings[index * 3 : index * 3 + 3]:
            findings.append(
                finding.model_copy(update={"instance": f"h{index}", "name": name, "actual": name, "text": name})
            )
    design = check.design.model_copy(
        update={"name": HOSTILE_NAMES[4], "author": HOSTILE_NAMES[0], "remark": HOSTILE_NAMES[9]}
    )
    strictest = tuple(
        one.model_copy(update={"name": HOSTILE_NAMES[index % len(HOSTILE_NAMES)]})
        for index, one in enumerate(check.strictest)
    )
    assert names
    update = {"design": design, "places": tuple(places), "findings": tuple(findings), "strictest": strictest}
    return build_report(check.model_copy(update=update))
