"""When a card comes back: FSRS (`fsrs`), and never after the day of the exam."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from fsrs import Card, Rating, Scheduler, State

from kb.model.progress import MOST_STABLE_DAYS, CardState
from kb.model.study import Item

RETENTION = 0.9
"""The share of cards that should still be known when they come back."""
LONGEST_DAYS = 3650
"""No card stays away for more than ten years."""
LAST_DAYS = 7
"""Cards that would come back after the exam come back within this many days before it, spread over them."""


def local_zone() -> tzinfo:
    """Return the zone of this machine, in which days are counted."""
    zone = datetime.now().astimezone().tzinfo
    assert zone is not None
    return zone


def day_of(moment: datetime, zone: tzinfo) -> date:
    """Return the day on which a moment falls."""
    return moment.astimezone(zone).date()


def start_of(day: date, zone: tzinfo) -> datetime:
    """Return the first moment of a day, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def rate(
    before: CardState | None, item: Item, rating: int, now: datetime, exam: date | None, zone: tzinfo
) -> CardState:
    """Return the card after a rating (1 again to 4 easy); a card whose clause has changed begins anew.

    `now` is in UTC. Where the exam is still to come, the card is due on the day of the exam at the latest.
    """
    known = before if before is not None and before.content == item.content else None
    left = None if exam is None else (exam - day_of(now, zone)).days
    longest = LONGEST_DAYS if left is None or left < 0 else min(max(left, 1), LONGEST_DAYS)
    scheduler = Scheduler(desired_retention=RETENTION, maximum_interval=longest, enable_fuzzing=False)
    card, _ = scheduler.review_card(_to_card(known, now), Rating(rating), now)
    due = card.due if exam is None or left is None or left < 0 else _before_exam(card.due, now, exam, item, zone)
    return CardState(
        item=item.id,
        content=item.content,
        state=card.state.value,
        step=card.step,
        stability=None if card.stability is None else min(card.stability, MOST_STABLE_DAYS),
        difficulty=card.difficulty,
        due=due,
        last_review=card.last_review,
    )


def no_later_than(card: CardState, item: Item, exam: date, now: datetime, zone: tzinfo) -> CardState:
    """Return a card that was scheduled for another exam date: due on the day of this one at the latest."""
    if day_of(now, zone) > exam or card.due <= now:
        return card
    return card.model_copy(update={"due": _before_exam(card.due, now, exam, item, zone)})


def recall(card: CardState, now: datetime) -> float:
    """Return the probability that a card is still known."""
    scheduler = Scheduler(desired_retention=RETENTION, enable_fuzzing=False)
    return float(scheduler.get_card_retrievability(_to_card(card, now), now))


def _before_exam(due: datetime, now: datetime, exam: date, item: Item, zone: tzinfo) -> datetime:
    """Move a card that would come back on the day of the exam or after it into the last days before it."""
    today, planned = day_of(now, zone), day_of(due, zone)
    if planned < exam:
        return due
    if today >= exam or (exam - today).days == 1:
        close = (
            start_of(exam, zone) if today < exam else start_of(exam + timedelta(days=1), zone) - timedelta(seconds=1)
        )
        return min(due, max(close, now))
    days = min(LAST_DAYS, (exam - today).days - 1)
    back = 1 + int.from_bytes(hashlib.sha256(item.id.encode()).digest()[:4], "big") % days
    return start_of(exam - timedelta(days=back), zone)


def _to_card(state: CardState | None, now: datetime) -> Card:
    if state is None:
        return Card(card_id=0, due=now)
    return Card(
        card_id=0,
        state=State(state.state),
        step=state.step,
        stability=state.stability,
        difficulty=state.difficulty,
        due=state.due.astimezone(UTC),
        last_review=None if state.last_review is None else state.last_review.astimezone(UTC),
    )
