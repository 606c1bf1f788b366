"""Three-valued logic: Kleene's tables, and what drops out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model.finding import FALSE, NONE, TRUE, VACUOUS, truth_of
from kb.rules.logic import (
    UNKNOWN,
    all_of,
    any_of,
    apply_unless,
    apply_when,
    imply,
    members,
    negate,
    verdict_of,
)

T, F, U, N, V = TRUE, FALSE, UNKNOWN, NONE, VACUOUS
kleene = st.sampled_from([T, F, U])
outcomes = st.integers(1, 15)


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, T, U, T),
        (U, F, F, U),
        (U, U, U, U),
    ],
)
def test_and_and_or_follow_kleenes_tables(left: int, right: int, both: int, either: int) -> None:
    assert all_of([left, right]) == both
    assert any_of([left, right]) == either


@pytest.mark.parametrize(("value", "turned"), [(T, F), (F, T), (U, U), (N, N), (V, F), (T | N, F | N), (F | N, T | N)])
def test_not_turns_true_and_false_and_leaves_unknown(value: int, turned: int) -> None:
    assert negate(value) == turned


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (N, T, T, T),
        (N, F, F, F),
        (N, N, N, N),
        (N, U, U, U),
        (N, V, V, V),
        (V, V, V, V),
        (V, T, T, V),
        (V, F, F, V),
        (T | N, F, F, U),
        (T | N, T, T, T),
        (F | N, T, U, T),
    ],
)
def test_what_does_not_apply_drops_out(left: int, right: int, both: int, either: int) -> None:
    assert all_of([left, right]) == all_of([right, left]) == both
    assert any_of([left, right]) == any_of([right, left]) == either


def test_nothing_at_all_is_nothing_to_check() -> None:
    assert all_of([]) == any_of([]) == N


@pytest.mark.parametrize(
    ("condition", "when", "unless", "implied"),
    [
        (T, F, N, F),
        (F, N, F, V),
        (N, N, F, V),
        (V, F, N, F),
        (U, F | N, F | N, F | V),
        (T | N, F | N, F | N, F | V),
    ],
)
def test_conditions_keep_drop_or_leave_open(condition: int, when: int, unless: int, implied: int) -> None:
    assert apply_when(condition, F) == when
    assert apply_unless(condition, F) == unless
    assert imply(condition, F) == implied


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (T, "pass"),
        (T | N, "pass"),
        (T | V, "pass"),
        (F, "fail"),
        (F | N, "unknown"),
        (F | V, "unknown"),
        (U, "unknown"),
        (U | N, "unknown"),
        (N, "not_applicable"),
        (V, "not_applicable"),
        (N | V, "not_applicable"),
    ],
)
def test_a_verdict_is_given_only_where_every_case_agrees(found: int, verdict: str) -> None:
    assert verdict_of(found) == verdict


@pytest.mark.parametrize(
    ("found", "truth"),
    [
        (T, "true"),
        (V, "true"),
        (T | V, "true"),
        (F, "false"),
        (N, "not_applicable"),
        (N | V, "not_applicable"),
        (U, "unknown"),
        (T | N, "unknown"),
        (F | N, "unknown"),
        (F | V, "unknown"),
    ],
)
def test_a_set_of_outcomes_reads_as_a_truth(found: int, truth: str) -> None:
    assert truth_of(found) == truth


def test_members_are_listed_singly() -> None:
    assert members(T | N) == [T, N]
    assert members(15) == [T, F, N, V]


@given(kleene, kleene)
def test_de_morgan_holds(left: int, right: int) -> None:
    assert negate(all_of([left, right])) == any_of([negate(left), negate(right)])


@given(st.lists(outcomes, max_size=4))
def test_order_does_not_matter(values: list[int]) -> None:
    assert all_of(values) == all_of(sorted(values)) == all_of(reversed(values))
    assert any_of(values) == any_of(sorted(values)) == any_of(reversed(values))


@given(outcomes, outcomes, outcomes)
def test_knowing_more_never_contradicts_what_was_known(left: int, right: int, mask: int) -> None:
    narrower = left & mask or left
    assert all_of([narrower, right]) & ~all_of([left, right]) == 0
    assert any_of([narrower, right]) & ~any_of([left, right]) == 0
    assert apply_when(narrower, right) & ~apply_when(left, right) == 0
    assert apply_unless(narrower, right) & ~apply_unless(left, right) == 0
    assert imply(narrower, right) & ~imply(left, right) == 0
    assert negate(narrower) & ~negate(left) == 0
