"""No card comes back after the exam; what is taken back is as it was; what was exported is what is read."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import make_deck, make_item

from kb.errors import InputError, UsageError
from kb.model.progress import CardState
from kb.store.study import StudyStore, list_learners, read_export
from kb.study.schedule import day_of, rate
from kb.study.session import Study

TOKYO = ZoneInfo("Asia/Tokyo")
START = datetime(2027, 1, 10, 3, 0, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **parts: float) -> None:
        self.now += timedelta(**parts)


def study_at(home: Path, clock: Clock, learner: str = "a", content: str = "v1") -> Study:
    return Study(make_deck(content=content), learner, home, clock, TOKYO)


steps = st.lists(st.tuples(st.integers(1, 4), st.floats(0, 40, allow_nan=False)), min_size=1, max_size=12)


@given(steps, st.integers(0, 120), st.integers(0, 23))
def test_no_card_is_ever_due_after_the_day_of_the_exam(told: list[tuple[int, float]], days: int, hour: int) -> None:
    now = datetime(2027, 1, 10, hour, 30, tzinfo=UTC)
    exam = day_of(now, TOKYO) + timedelta(days=days)
    card: CardState | None = None
    for rating, later in told:
        if day_of(now, TOKYO) > exam:
            break
        card = rate(card, make_item(1), rating, now, exam, TOKYO)
        assert day_of(card.due, TOKYO) <= exam
        assert card.due >= now
        now += timedelta(days=later)


@given(steps)
def test_without_an_exam_a_better_rating_never_brings_a_card_back_sooner(told: list[tuple[int, float]]) -> None:
    now, card = START, None
    for rating, later in told:
        dues = [rate(card, make_item(1), r, now, None, TOKYO).due for r in (1, 2, 3, 4)]
        assert dues == sorted(dues)
        card = rate(card, make_item(1), rating, now, None, TOKYO)
        now += timedelta(days=later)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 4)), min_size=1, max_size=8), st.integers(1, 8))
def test_taking_back_restores_every_card_exactly(told: list[tuple[int, int]], back: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        clock = Clock()
        study = study_at(Path(home), clock)
        states = [study.store.cards()]
        for number, rating in told:
            study.rate(study.deck.items[number], rating, rating > 1)
            states.append(study.store.cards())
            clock.wait(hours=7)
        for _ in range(min(back, len(told))):
            states.pop()
            assert study.undo() is not None
            assert study.store.cards() == states[-1]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4), st.booleans()), max_size=8), st.booleans())
def test_what_was_exported_is_what_is_read(told: list[tuple[int, int, bool]], with_exam: bool) -> None:
    with tempfile.TemporaryDirectory() as home:
        study = study_at(Path(home), Clock())
        study.choose(date(2027, 3, 1) if with_exam else None, 12)
        for number, rating, undo in told:
            study.rate(study.deck.items[number], rating, rating > 1)
            if undo:
                study.undo()
        study.store.suspend(study.deck.items[3].id)
        exported = study.store.export()
        other = study_at(Path(home), Clock(), "b")
        other.store.replace(read_export(exported.model_dump_json(), "file"))
        assert other.store.export() == exported.model_copy(update={"learner": "b"})


def test_a_card_that_is_always_easy_stays_within_bounds() -> None:
    now, card = START, None
    for _ in range(60):
        card = rate(card, make_item(1), 4, now, None, TOKYO)
        now = min(card.due, datetime(2150, 1, 1, tzinfo=UTC))
    assert card is not None and card.due.year <= 2199


def test_taking_back_when_nothing_was_rated_does_nothing(tmp_path: Path) -> None:
    assert study_at(tmp_path, Clock()).undo() is None


def test_learners_on_one_machine_do_not_see_each_other(tmp_path: Path) -> None:
    first, second = study_at(tmp_path, Clock(), "花子"), study_at(tmp_path, Clock(), "太郎")
    first.rate(first.deck.items[0], 3, True)
    assert second.store.cards() == {} and second.undo() is None
    second.store.suspend("cloze-1")
    assert list_learners(tmp_path) == ["太郎", "花子"]
    assert first.store.suspended() == set()


def test_the_day_holds_no_more_cards_than_its_cap(tmp_path: Path) -> None:
    clock = Clock()
    study = study_at(tmp_path, clock)
    study.choose(daily_cap=5)
    assert len(study.queue()) == 5
    for item in study.queue():
        study.rate(item, 4, True)
    assert study.queue() == []
    clock.wait(days=1)
    assert len(study.queue()) == 5


def test_a_card_that_was_begun_today_comes_back_today_whatever_the_cap(tmp_path: Path) -> None:
    clock = Clock()
    study = study_at(tmp_path, clock)
    study.choose(daily_cap=1)
    item = study.queue()[0]
    study.rate(item, 1, False)
    clock.wait(minutes=2)
    assert study.queue() == [item]


def test_a_card_laid_aside_does_not_come_up_until_it_is_brought_back(tmp_path: Path) -> None:
    study = study_at(tmp_path, Clock())
    item = study.queue()[0]
    study.store.suspend(item.id)
    assert item not in study.queue()
    study.store.suspend(item.id, on=False)
    assert item in study.queue()


def test_a_card_whose_clause_has_changed_comes_back_at_once_and_begins_anew(tmp_path: Path) -> None:
    clock = Clock()
    study = study_at(tmp_path, clock)
    item = study.deck.items[0]
    for _ in range(3):
        study.rate(item, 4, True)
        clock.wait(days=20)
    changed = study_at(tmp_path, clock, content="v2")
    assert changed.queue()[0].id == item.id
    assert changed.progress().stale == 1
    review = changed.rate(changed.deck.items[0], 3, True)
    fresh = rate(None, changed.deck.items[0], 3, clock.now, None, TOKYO)
    assert review.after == fresh
    changed.undo()
    assert changed.store.card(item.id) == review.before


def test_weak_subjects_come_up_first(tmp_path: Path) -> None:
    study = study_at(tmp_path, Clock())
    study.choose(daily_cap=40)
    for item in study.deck.items:
        if item.id in ("cloze-0", "cloze-1", "cloze-2"):
            study.rate(item, 4, True)
        if item.id in ("cloze-100", "cloze-101"):
            study.rate(item, 1, False)
    first = [item.subject for item in study.queue()[:4]]
    assert first.count("lock") >= 2
    assert study.progress().subjects[0].subject == "lock"


def test_a_new_exam_date_moves_cards_before_it(tmp_path: Path) -> None:
    clock = Clock()
    study = study_at(tmp_path, clock)
    for _ in range(4):
        study.rate(study.deck.items[0], 4, True)
        clock.wait(days=10)
    exam = day_of(clock.now, TOKYO) + timedelta(days=5)
    study.choose(exam)
    assert all(day_of(card.due, TOKYO) <= exam for card in study.store.cards().values())


def test_the_forecast_ends_with_the_exam_and_keeps_within_the_cap(tmp_path: Path) -> None:
    study = study_at(tmp_path, Clock())
    study.choose(study.today + timedelta(days=4), 3)
    told = study.progress()
    assert [day.day for day in told.forecast] == [study.today + timedelta(days=n) for n in range(5)]
    assert all(day.new <= 3 for day in told.forecast)
    assert sum(day.new for day in told.forecast) == 15
    assert told.days_left == 4 and told.new_per_day_needed == 5


def test_days_in_a_row_are_counted_up_to_yesterday(tmp_path: Path) -> None:
    clock = Clock()
    study = study_at(tmp_path, clock)
    for _ in range(3):
        study.rate(study.deck.items[0], 3, True)
        clock.wait(days=1)
    assert study.progress().streak == 3
    clock.wait(days=1)
    assert study.progress().streak == 0


def test_two_windows_do_not_overwrite_each_other(tmp_path: Path) -> None:
    study = study_at(tmp_path, Clock())
    item = study.deck.items[0]
    after = rate(None, item, 3, START, None, TOKYO)
    study.store.add_review("light", 3, True, START, None, after)
    with pytest.raises(UsageError, match="meanwhile"):
        study.store.add_review("light", 3, True, START, None, after)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{", "whole file"),
        ("[]", "whole file"),
        ('{"learner": "a", "settings": {"exam_date": "9999-12-31"}, "cards": [], "reviews": []}', "settings.exam_date"),
        ('{"learner": "a"}', "settings"),
        (
            '{"format": "other", "learner": "a", "settings": {}, "cards": [], "reviews": [], "suspended": [], "papers": []}',
            "format",
        ),
        (
            '{"learner": "a", "settings": {"daily_cap": 0}, "cards": [], "reviews": [], "suspended": [], "papers": []}',
            "settings.daily_cap",
        ),
        (
            '{"learner": "a", "settings": {}, "cards": [], "reviews": [], "suspended": ["x", "x"], "papers": []}',
            "suspended",
        ),
    ],
)
def test_a_file_that_is_no_export_is_refused_with_its_key(text: str, key: str) -> None:
    with pytest.raises(InputError, match=key) as refused:
        read_export(text, "progress.json")
    assert "progress.json" in str(refused.value)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\nb"])
def test_a_learner_needs_a_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        StudyStore(name, tmp_path)
