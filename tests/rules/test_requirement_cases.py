"""The tables of cases: for each requirement of each guideline, facts and the verdict that follows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kb.corpus.load import read_corpus
from kb.corpus.strict_yaml import read_yaml
from kb.model.knowledge import Corpus
from kb.model.requirement import Requirement
from kb.quantity import Quantity
from kb.rules import DesignView, FactValue, Finding, PlaceInstance, evaluate, read_fact
from kb.rules.samples import collect_tests
from kb.rules.view import stand_in

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
ROOT = Path(__file__).resolve().parents[2]


@cache
def the_corpus() -> Corpus:
    return read_corpus(ROOT / "corpus")[0]


@cache
def requirements() -> dict[tuple[str, str], Requirement]:
    return {(one.document, one.id): one for one in the_corpus().requirements}


def groups() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in CASES:
        for group in read_yaml(file).data:
            yield file.stem, group


GROUPS = list(groups())


def read_facts(said: dict[str, Any] | None) -> dict[str, tuple[FactValue, ...]]:
    found: dict[str, tuple[FactValue, ...]] = {}
    for name, value in (said or {}).items():
        fact = the_corpus().vocabulary.facts[name]
        several = value if isinstance(value, list) and value and isinstance(value[0], dict) else [value]
        found[name] = tuple(
            read_fact(fact, one["value"], one.get("measure")) if isinstance(one, dict) else read_fact(fact, one)
            for one in several
        )
    return found


def judge_case(requirement: Requirement, case: dict[str, Any]) -> Finding:
    kind = case.get("place", requirement.subjects[0])
    presence = case.get("presence", {})
    claims = frozenset(requirement.id if claim is True else str(claim) for claim in case.get("claims", ()))
    known = read_facts(case.get("facts"))
    special = {name: read_facts(case.get(name)) for name in ("building", "operator")}
    if kind in special:
        special[kind] |= known
    building, operator = (
        PlaceInstance(name, name, facts=special[name], claims=claims if kind == name else frozenset())
        for name in ("building", "operator")
    )
    others = [
        PlaceInstance(f"other{index}", other["place"], other.get("name", ""), read_facts(other.get("facts")))
        for index, other in enumerate(case.get("others", ()))
    ]
    if kind in special:
        subject = building if kind == "building" else operator
    elif kind in presence and not known:
        subject = stand_in(kind)
    else:
        subject = PlaceInstance("subject", kind, facts=known, claims=claims)
    places = others if kind in special or not subject.id else [subject, *others]
    view = DesignView(tuple(places), building, operator, presence)
    return evaluate(requirement, subject, view, the_corpus().vocabulary)


@pytest.mark.parametrize(
    ("document", "group"), GROUPS, ids=[f"{document} {group['requirement']}" for document, group in GROUPS]
)
def test_each_case_has_its_verdict(document: str, group: dict[str, Any]) -> None:
    requirement = requirements()[document, group["requirement"]]
    wrong = []
    for case in group["cases"]:
        findings = list(judge_case(requirement, case).flat())
        meant = [one for one in findings if case.get("strength") in (None, one.strength)]
        if not meant or meant[0].verdict != case["verdict"]:
            wrong.append((case["name"], case["verdict"], [(one.verdict, one.strength) for one in findings]))
    assert not wrong


def test_every_requirement_has_cases() -> None:
    covered = {(document, group["requirement"]) for document, group in GROUPS}
    assert not set(requirements()) - covered


@pytest.mark.parametrize(
    ("document", "group"), GROUPS, ids=[f"{document} {group['requirement']}" for document, group in GROUPS]
)
def test_each_requirement_has_its_kinds_of_case(document: str, group: dict[str, Any]) -> None:
    verdicts = {case["verdict"] for case in group["cases"]}
    assert verdicts & {"pass", "pass_by_alternative"}, "a passing case"
    assert "fail" in verdicts, "a failing case"
    assert "unknown" in verdicts, "a case with a missing fact"
    given = {
        (name, value)
        for case in group["cases"]
        for facts in (case.get("facts"), *(other.get("facts") for other in case.get("others", ())))
        for name, values in read_facts(facts).items()
        for known in values
        for value in (known.value if isinstance(known.value, tuple) else (known.value,))
        if isinstance(value, Quantity)
    }
    for fact, tests in collect_tests(requirements()[document, group["requirement"]]).items():
        for test in tests:
            for _, limit in test.limits:
                at_the_limit = any(
                    name == fact and value.dimension == limit.dimension and value.base == limit.base
                    for name, value in given
                )
                assert at_the_limit, f"a case with {fact} exactly at {limit.number} {limit.unit}"
