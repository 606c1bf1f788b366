"""A practice paper is drawn by its seed, within its weights, and marked; time that is up is up."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import make_deck

from kb.errors import UsageError
from kb.study.deck import Deck
from kb.study.paper import draw_paper

NOW = datetime(2027, 1, 10, 3, 0, tzinfo=UTC)


@given(st.integers(0, 10**9), st.integers(1, 18))
def test_a_seed_gives_its_paper_without_an_item_twice(seed: int, items: int) -> None:
    deck = make_deck()
    paper = draw_paper(deck, seed, NOW, items, 10)
    assert paper.items == draw_paper(deck, seed, NOW, items, 10).items
    assert len({item.id for item in paper.items}) == items


def test_subjects_come_by_their_weights(deck: Deck) -> None:
    paper = draw_paper(deck, 1, NOW)
    assert len(paper.items) == 80 and paper.minutes == 70
    share = Counter(item.subject for item in paper.items)
    total = sum(subject.weight for subject in deck.guide.subjects)
    for subject in deck.guide.subjects:
        assert abs(share[subject.id] - 80 * subject.weight / total) <= 4 or subject.id == "general"


def test_other_weights_may_be_chosen() -> None:
    paper = draw_paper(make_deck(), 1, NOW, 6, 10, {"light": 0, "lock": 1})
    assert {item.subject for item in paper.items} == {"lock"}


@pytest.mark.parametrize(
    ("items", "minutes", "weights"),
    [(0, 10, {}), (99, 10, {}), (5, 0, {}), (5, 10, {"sea": 1}), (10, 10, {"light": 0})],
)
def test_what_cannot_be_drawn_is_said(items: int, minutes: int, weights: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="allowed"):
        draw_paper(make_deck(), 1, NOW, items, minutes, weights)


def test_marks_count_right_answers_and_nothing_else() -> None:
    paper = draw_paper(make_deck(), 5, NOW, 4, 10)
    chosen = {0: paper.items[0].answer, 1: (paper.items[1].answer + 1) % 3}
    record = paper.hand_in(chosen, NOW + timedelta(minutes=3))
    assert record.score == 1
    assert [answer.right for answer in record.answers] == [True, False, False, False]
    assert record.finished_at == NOW + timedelta(minutes=3)


def test_when_time_is_up_nothing_is_left() -> None:
    paper = draw_paper(make_deck(), 5, NOW, 4, 10)
    assert paper.left(NOW + timedelta(minutes=11)) == timedelta()
    assert paper.hand_in({}, NOW + timedelta(hours=2)).finished_at == paper.ends_at
