"""Every requirement in force at every place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rules_world import corpus, design, document, judge, place, rule

from kb.errors import UsageError
from kb.rules import documents_in_force, evaluate_all

RULES = (
    rule("light: true", id="light", document="a"),
    rule("camera: true", id="camera", document="a", subjects=("hall", "car")),
    rule("mirror: true", id="mirror", document="b", subjects=("car",)),
)
PLACES = (
    place("hall", "h1", light=True, camera=False),
    place("hall", "h2", light=False),
    place("car", "c1", mirror=True),
)


def test_every_requirement_meets_every_place_that_it_speaks_of() -> None:
    found = [(one.document, one.id, one.place.id, one.verdict) for one in evaluate_all(corpus(*RULES), design(*PLACES))]
    assert found == [
        ("a", "light", "h1", "pass"),
        ("a", "light", "h2", "fail"),
        ("a", "camera", "h1", "fail"),
        ("a", "camera", "h2", "unknown"),
        ("a", "camera", "c1", "unknown"),
        ("b", "mirror", "c1", "pass"),
    ]


def test_findings_are_streamed() -> None:
    found = evaluate_all(corpus(*RULES), design(*PLACES))
    assert isinstance(found, Iterator) and next(found).id == "light"


def test_the_order_of_requirements_and_of_facts_does_not_matter() -> None:
    turned = tuple(
        type(one)(one.id, one.place, one.name, dict(reversed(one.facts.items()))) for one in reversed(PLACES)
    )
    plain = {(o.document, o.id, o.place.id, o.verdict) for o in evaluate_all(corpus(*RULES), design(*PLACES))}
    mixed = {(o.document, o.id, o.place.id, o.verdict) for o in evaluate_all(corpus(*RULES[::-1]), design(*turned))}
    assert plain == mixed


def test_only_the_guidelines_named_are_applied() -> None:
    found = evaluate_all(corpus(*RULES), design(*PLACES), ["b"])
    assert {one.document for one in found} == {"b"}


def test_an_unknown_guideline_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        list(evaluate_all(corpus(*RULES), design(*PLACES), ["b", "z", "c"]))
    assert str(error.value) == "unknown guideline 'c'; allowed: a, b"


def test_in_force_is_what_speaks_of_the_type_of_building() -> None:
    guides = corpus(documents=(document("flats", "apartment"), document("all"), document("houses", "detached")))
    assert documents_in_force(guides, design()) == {"flats", "all"}
    assert documents_in_force(guides, design(building="detached")) == {"houses", "all"}
    assert documents_in_force(guides, design(building=None)) == {"flats", "houses", "all"}
    assert documents_in_force(guides, design(), ["houses"]) == {"houses"}
    assert documents_in_force(guides, design(), []) == frozenset()


def test_one_finding_at_a_time_is_the_same_as_all_at_once() -> None:
    for one in evaluate_all(corpus(*RULES), design(*PLACES)):
        alone = judge(one.requirement, one.place)
        assert (alone.verdict, alone.because.outcomes) == (one.verdict, one.because.outcomes)
