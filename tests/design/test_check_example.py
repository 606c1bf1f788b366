"""The example of the documentation is checked as the documentation says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.model.check import Check
from kb.model.finding_record import FindingRecord

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "design-files.md"


@pytest.fixture(scope="module")
def check(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Check:
    """The outcome of checking the example."""
    example = re.search(r"```yaml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    file = tmp_path_factory.mktemp("example") / "example.yaml"
    file.write_text(example[1], encoding="utf-8")
    return kb.check(file)


def finding(check: Check, document: str, locator: str, name: str) -> FindingRecord:
    return next(one for one in check.findings if (one.document, one.locator, one.name) == (document, locator, name))


def test_the_dim_hall_fails_both_guidelines_with_its_shortfall(check: Check) -> None:
    for document, locator in (("kanagawa-karte", "1/③/a/・1"), ("kochi-housing", "第2/1/(1)/エ/(イ)/・1")):
        found = finding(check, document, locator, "1階EVホール")
        assert (found.verdict, found.strength) == ("fail", "shall")
        assert (found.shortfall_value, found.shortfall_unit) == (5, "lx")
        assert found.approximate


def test_the_bright_hall_passes(check: Check) -> None:
    assert finding(check, "kanagawa-karte", "1/③/b/・1", "2階EVホール").verdict == "pass"


def test_what_nobody_said_is_unknown_and_asked_for(check: Check) -> None:
    found = finding(check, "kanagawa-karte", "1/①/a/・1", "共用玄関")
    assert found.verdict == "unknown"
    assert {missing.fact for missing in found.missing} == {"emergency_release_button", "release_button_buzzer"}


def test_what_is_declared_absent_is_not_applicable(check: Check) -> None:
    found = [one for one in check.findings if one.subject in ("rooftop", "private_garden")]
    assert found and {one.verdict for one in found} == {"not_applicable"}


def test_a_claimed_proviso_turns_a_failure_into_a_question(check: Check) -> None:
    locks = [one for one in check.findings if one.id == "dwelling_lock.certified.apartment"]
    assert [one.verdict for one in locks] == ["unknown"]


def test_the_counts_are_those_of_the_findings(check: Check) -> None:
    total = sum(sum(counts.values()) for strengths in check.summary.values() for counts in strengths.values())
    assert total == len(check.findings)
    assert check.complies is False


def test_origin_and_date_of_a_value_are_kept(check: Check) -> None:
    hall = next(place for place in check.places if place.name == "2階EVホール")
    fact = next(fact for fact in hall.facts if fact.fact == "illuminance")
    assert (fact.value, fact.unit, fact.measure) == (25, "lx", "average_horizontal")
    assert (fact.origin, fact.date) == ("measured", "2026-03-30")
