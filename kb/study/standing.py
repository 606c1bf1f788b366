"""Where a learner stands: subjects, the days to come, the run of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from math import ceil

from kb.model.progress import CardState, DayLoad, Review, Settings, SubjectProgress
from kb.model.study import Item, StudyGuide
from kb.study.schedule import day_of, recall

RECENT = 20
"""How many of the latest answers of a subject tell how well it goes."""
FORECAST_DAYS = 30


def fresh_cards(cards: Mapping[str, CardState], items: Mapping[str, Item]) -> dict[str, CardState]:
    """Return the cards whose item is still there and whose clause has not changed since."""
    return {name: card for name, card in cards.items() if name in items and items[name].content == card.content}


def weakness(reviews: Sequence[Review]) -> dict[str, float]:
    """Return how weak each subject is, from 0 to 1, by its latest answers (a subject without any is at one half)."""
    latest: dict[str, list[bool]] = {}
    for review in reversed(reviews):
        told = latest.setdefault(review.subject, [])
        if len(told) < RECENT:
            told.append(review.right)
    return {subject: 1 - (sum(told) + 1) / (len(told) + 2) for subject, told in latest.items()}


def subject_progress(
    guide: StudyGuide,
    items: Iterable[Item],
    cards: Mapping[str, CardState],
    reviews: Sequence[Review],
    now: datetime,
) -> tuple[SubjectProgress, ...]:
    """Return the progress of each subject, the weakest first."""
    by_subject: dict[str, list[str]] = {subject.id: [] for subject in guide.subjects}
    for item in items:
        by_subject[item.subject].append(item.id)
    weak = weakness(reviews)
    found = []
    for subject in guide.subjects:
        names = by_subject[subject.id]
        if not names:
            continue
        known = [cards[name] for name in names if name in cards]
        latest = [review.right for review in reviews if review.subject == subject.id][-RECENT:]
        expected = sum(recall(card, now) for card in known) / len(known) if known else None
        found.append(
            SubjectProgress(
                subject=subject.id,
                label=subject.label,
                items=len(names),
                seen=len(known),
                recent=len(latest),
                recent_right=sum(latest),
                expected_recall=None if expected is None else round(expected, 3),
            )
        )
    return tuple(sorted(found, key=lambda one: -weak.get(one.subject, 0.5)))


def forecast(
    cards: Iterable[CardState], unseen: int, settings: Settings, today: date, done_today: int, zone: tzinfo
) -> tuple[DayLoad, ...]:
    """Return the cards of the days to come, until the exam or for thirty days.

    A day holds what comes back on it (today also what is overdue) and new cards up to the daily cap.
    """
    end = today + timedelta(days=FORECAST_DAYS - 1)
    if settings.exam_date is not None and settings.exam_date >= today:
        end = min(end, settings.exam_date)
    due = Counter(max(day_of(card.due, zone), today) for card in cards)
    days, left = [], unseen
    for step in range((end - today).days + 1):
        day = today + timedelta(days=step)
        room = settings.daily_cap - due[day] - (done_today if step == 0 else 0)
        new = min(max(room, 0), left)
        left -= new
        days.append(DayLoad(day=day, due=due[day], new=new))
    return tuple(days)


def new_per_day(unseen: int, settings: Settings, today: date) -> int | None:
    """Return how many new cards a day it takes to see every item before the exam; None without an exam to come."""
    if settings.exam_date is None or settings.exam_date <= today:
        return None
    return ceil(unseen / (settings.exam_date - today).days)


def streak(reviews: Iterable[Review], today: date, zone: tzinfo) -> int:
    """Count the days in a row with at least one card, up to today or yesterday."""
    days = {day_of(review.reviewed_at, zone) for review in reviews}
    day = today if today in days else today - timedelta(days=1)
    count = 0
    while day in days:
        count, day = count + 1, day - timedelta(days=1)
    return count
