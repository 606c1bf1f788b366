"""Scores of texts become scores of passages, and two scores become one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ranking import Ranking, average_rows, best_of_owner, combine, scale_to_unit

scores = st.lists(st.floats(-100, 100, width=32), min_size=1, max_size=20)
pairs = st.lists(st.tuples(st.floats(0, 50, width=32), st.floats(-1, 1, width=32)), min_size=1, max_size=20)


@given(scores)
def test_scaling_keeps_the_order_and_stays_between_0_and_1(values: list[float]) -> None:
    scaled = scale_to_unit(np.array(values, dtype=np.float32))
    assert scaled.min() >= 0 and scaled.max() <= 1
    order = np.argsort(values, kind="stable")
    assert np.all(np.diff(scaled[order]) >= 0)


def test_scores_that_are_all_equal_become_0() -> None:
    assert scale_to_unit(np.full(3, 7, dtype=np.float32)).tolist() == [0, 0, 0]


@given(pairs, st.floats(0, 1))
def test_a_passage_that_is_better_on_both_sides_is_never_worse_together(
    values: list[tuple[float, float]], share: float
) -> None:
    lexical, dense = (np.array(side, dtype=np.float32) for side in zip(*values, strict=True))
    both = combine(lexical, dense, share)
    for i in range(len(values)):
        for j in range(len(values)):
            if lexical[i] >= lexical[j] and dense[i] >= dense[j]:
                assert both[i] >= both[j] - 1e-6


def test_the_best_text_of_each_passage_counts() -> None:
    owner = np.array([0, 0, 2, 2, 2])
    best = best_of_owner(np.array([0.1, 0.4, -0.5, -0.2, -0.9], dtype=np.float32), owner, 4)
    assert best == pytest.approx([0.4, 0, -0.2, 0])


def test_a_centroid_is_the_mean_direction_and_0_for_no_texts() -> None:
    vectors = np.array([[1, 0], [0, 1], [0, 1]], dtype=np.float32)
    centroids = average_rows(vectors, np.array([0, 0, 1]), 3)
    assert centroids == pytest.approx(np.array([[2**-0.5, 2**-0.5], [0, 1], [0, 0]]))


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_outside_0_to_1_is_refused_by_name(share: float) -> None:
    with pytest.raises(ValueError, match="dense_share"):
        Ranking(dense_share=share)
