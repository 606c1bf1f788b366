"""Two requirements that no design can meet together."""

# ruff: noqa: E501 (tables and requirements on one line each)

from __future__ import annotations

from typing import Any

import pytest
from rules_world import corpus, node, rule

from kb.rules import find_conflicts
from kb.rules.conflicts import CASES, cases


def conflict(
    one: str, other: str, first: dict[str, Any] | None = None, second: dict[str, Any] | None = None
) -> str | None:
    found = find_conflicts(corpus(rule(one, id="one", **(first or {})), rule(other, id="other", **(second or {}))))
    assert len(found) <= 1
    return found[0].fact if found else None


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        ("camera: true", "camera: false", True),
        ("camera: true", "camera: true", False),
        ("camera: true", "mirror: false", False),
        ("height: {at_least: 2 m}", "height: {at_most: 1 m}", True),
        ("height: {at_least: 2 m}", "height: {at_most: 200 cm}", False),
        ("height: {more_than: 2 m}", "height: {at_most: 2 m}", True),
        ("height: {at_least: 2 m}", "height: {less_than: 2 m}", True),
        ("height: {more_than: 2 m}", "height: {less_than: 2 m}", True),
        ("height: {more_than: 2 m}", "height: {less_than: 3 m}", False),
        ("height: {equals: 2 m}", "height: {at_least: 2 m}", False),
        ("height: {equals: 2 m}", "height: {more_than: 2 m}", True),
        ("height: {equals: 2 m}", "height: {equals: 1 m}", True),
        ("height: {at_least: 2 m}", "height: {at_least: 3 m}", False),
        ("height: {at_most: 2 m}", "height: {less_than: 1 m}", False),
        ("height: {at_least: 1 m, at_most: 2 m}", "height: {at_least: 3 m}", True),
        (
            "illuminance: {at_least: 50 lx, measure: vertical}",
            "illuminance: {at_most: 5 lx, measure: horizontal}",
            False,
        ),
        ("illuminance: {at_least: 50 lx, measure: vertical}", "illuminance: {at_most: 5 lx, measure: vertical}", True),
        ("angle: {one_of: [A, AA]}", "angle: {equals: B}", True),
        ("angle: {one_of: [A, AA]}", "angle: {one_of: [AA, B]}", False),
        ("not: {angle: {one_of: [A, AA]}}", "angle: A", True),
        ("not: {angle: {one_of: [A, AA]}}", "angle: B", False),
        ("not: {camera: true}", "camera: true", True),
        ("not: {camera: false}", "camera: true", False),
        ("not: {height: {at_least: 1 m}}", "height: {at_least: 2 m}", False),
        ("seen_from: {includes_any: [road]}", "seen_from: {includes_all: [window]}", False),
        ("all_of: [{camera: true}, {mirror: true}]", "all_of: [{lock: true}, {mirror: false}]", True),
        ("any_of: [{camera: true}, {mirror: true}]", "mirror: false", False),
        ("any_of: [{camera: true}, {mirror: true}]", "all_of: [{mirror: false}, {camera: false}]", True),
        ("any_of: [{camera: true}, {mirror: true}]", "not: {any_of: [{camera: true}, {mirror: true}]}", True),
        ("not: {all_of: [{camera: true}, {mirror: true}]}", "all_of: [{camera: true}, {mirror: true}]", True),
        ("not: {all_of: [{camera: true}, {mirror: true}]}", "camera: true", False),
        ("{at: {place: door}, camera: true}", "camera: false", False),
        ("present: door", "camera: false", False),
        ("if: {camera: true}\nthen: {mirror: true}", "mirror: false", False),
        ("all_of: [{camera: true}, {camera: false}]", "camera: true", False),
        ("camera: true", "all_of: [{camera: true}, {camera: false}]", False),
    ],
)
def test_tests_that_leave_no_value_clash(one: str, other: str, clashes: bool) -> None:
    assert (conflict(one, other) is not None) == clashes
    assert (conflict(other, one) is not None) == clashes


def test_requirements_on_different_places_do_not_clash() -> None:
    assert conflict("camera: true", "camera: false", {"subjects": ("hall",)}, {"subjects": ("car",)}) is None
    assert (
        conflict("camera: true", "camera: false", {"subjects": ("stairs",)}, {"subjects": ("outdoor_stairs",)})
        == "camera"
    )
    assert conflict("mirror: true", "camera: false") is None
    excepted = {"subjects": ("stairs",), "except_places": ("outdoor_stairs",)}
    assert conflict("camera: true", "camera: false", excepted, {"subjects": ("outdoor_stairs",)}) is None


def test_requirements_under_conditions_that_exclude_each_other_do_not_clash() -> None:
    entrance, other = {"when": "floor: entrance"}, {"when": "floor: other"}
    assert conflict("camera: true", "camera: false", entrance, other) is None
    assert conflict("camera: true", "camera: false", entrance, entrance) == "camera"
    assert conflict("camera: true", "camera: false", entrance) == "camera"
    assert conflict("camera: true", "camera: false", entrance, {"unless": "floor: entrance"}) is None
    assert conflict("camera: true", "camera: false", entrance, {"unless": "floor: other"}) == "camera"
    either = {"when": "any_of: [{floor: other}, {mirror: true}]"}
    assert conflict("camera: true", "camera: false", entrance, either) == "camera"


def test_what_a_condition_excludes_is_not_required() -> None:
    assert conflict("camera: true", "mirror: true", {"when": "mirror: false"}) is None


def test_conditional_members_are_looked_at_under_their_condition() -> None:
    lit = "all_of: [{lock: true}, {camera: true, when: {floor: entrance}}]"
    assert conflict(lit, "camera: false") == "camera"
    assert conflict(lit, "camera: false", second={"when": "floor: other"}) is None
    assert conflict("all_of: [{lock: true}, {camera: true, unless: {floor: entrance}}]", "camera: false", second={"when": "floor: entrance"}) is None  # fmt: skip
    assert conflict("{camera: true, when: {floor: entrance}}", "camera: false", second={"when": "floor: other"}) is None
    assert (
        conflict("{camera: true, unless: {floor: entrance}}", "camera: false", second={"when": "floor: other"})
        == "camera"
    )
    assert conflict(lit, "mirror: true", second={"when": "floor: entrance"}) is None


def test_a_conflict_names_both_the_place_and_the_fact() -> None:
    rules = corpus(
        rule("height: {at_least: 2 m}", id="one", document="a", subjects=("car", "stairs")),
        rule("height: {at_most: 1 m}", id="two", document="b", subjects=("outdoor_stairs",)),
        rule("light: true", id="three", document="b", subjects=("car",)),
    )
    (found,) = find_conflicts(rules)
    assert (found.first.id, found.second.id, found.place, found.fact) == ("one", "two", "outdoor_stairs", "height")
    assert found.text.ja == "a oneは「高さが2m以上」、b twoは「高さが1m以下」を求め、両立しない"
    assert found.text.en == "a one asks for “height at least 2 m”, b two for “height at most 1 m”: both cannot hold"
    assert find_conflicts(rules, ["a"]) == [] and len(find_conflicts(rules, ["a", "b"])) == 1


def test_a_group_and_a_kind_share_a_place_that_neither_names() -> None:
    first = rule("camera: true", id="one", subjects=("grounds",))
    second = rule("camera: false", id="two", subjects=("parking",))
    assert find_conflicts(corpus(first, second))[0].place == "parking"


def test_requirements_with_too_many_ways_are_left_alone() -> None:
    pair = "{any_of: [{height: {at_least: 1 m}}, {width: {at_least: 1 mm}}]}"
    many = f"all_of: [{{camera: true}}, {', '.join([pair] * 7)}]"
    assert len(cases(node(many))) == CASES + 1
    assert conflict(many, "camera: false") is None
    few = f"all_of: [{{camera: true}}, {', '.join([pair] * 6)}]"
    assert len(cases(node(few))) == CASES and conflict(few, "camera: false") == "camera"
