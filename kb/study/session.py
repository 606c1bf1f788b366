"""A learner's study: which card is next, what a rating does to it, and where the learner stands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from kb.errors import UsageError
from kb.model.progress import Progress, Review, Settings
from kb.model.study import Item
from kb.store.study import StudyStore
from kb.study.deck import Deck
from kb.study.schedule import day_of, local_zone, no_later_than, rate
from kb.study.standing import forecast, fresh_cards, new_per_day, streak, subject_progress, weakness


class Study:
    """One learner over one deck of items; all that it keeps is in the store, so it may be made anew at any time."""

    def __init__(
        self,
        deck: Deck,
        learner: str,
        home: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        zone: tzinfo | None = None,
    ) -> None:
        self.deck = deck
        self.store = StudyStore(learner, home)
        self._clock = clock
        self.zone = zone or local_zone()

    @property
    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self._clock()

    @property
    def today(self) -> date:
        """The present day."""
        return day_of(self.now, self.zone)

    def queue(self, subject: str | None = None) -> list[Item]:
        """Return the cards to do now: those that have come back, then new ones up to the daily cap, weak subjects first.

        A card whose clause has changed comes back at once. What was begun today does not count against the cap again.
        """
        items = {i.id: i for i in self.deck.items if subject is None or i.subject == subject}
        cards, suspended, reviews = self.store.cards(), self.store.suspended(), self.store.reviews()
        weak, now = weakness(reviews), self.now
        begun = {r.item for r in reviews if day_of(r.reviewed_at, self.zone) == self.today}
        room = max(self.store.settings().daily_cap - len(begun), 0)
        fresh = fresh_cards(cards, items)
        open_ = [item for item in items.values() if item.id not in suspended]
        due = [i for i in open_ if i.id in fresh and fresh[i.id].due <= now]
        stale = [i for i in open_ if i.id in cards and i.id not in fresh]
        new = [i for i in open_ if i.id not in cards]
        due.sort(key=lambda i: (-weak.get(i.subject, 0.5), fresh[i.id].due))
        seed = self.store.learner
        new.sort(key=lambda i: hashlib.sha256(f"{seed}|{i.id}".encode()).digest())
        new = _by_weakness(new, weak)
        again = [item for item in due if item.id in begun]
        waiting = [*stale, *(item for item in due if item.id not in begun), *new]
        return again + waiting[:room]

    def rate(self, item: Item, rating: int, right: bool) -> Review:
        """Rate a card (1 again, 2 hard, 3 good, 4 easy); when this returns, the rating is kept for good."""
        if rating not in (1, 2, 3, 4):
            raise UsageError(f"rating {rating}; allowed: 1 again, 2 hard, 3 good, 4 easy")
        before, now = self.store.card(item.id), self.now
        after = rate(before, item, rating, now, self.store.settings().exam_date, self.zone)
        return self.store.add_review(item.subject, rating, right, now, before, after)

    def change_rating(self, review: Review, rating: int) -> Review:
        """Rate a card otherwise than just now; raises `UsageError` where something was rated since."""
        if self.store.undo(review.id) is None:
            raise UsageError(f"{review.item}: rated elsewhere meanwhile; open it again")
        return self.rate(self.deck.by_id[review.item], rating, review.right)

    def undo(self) -> Review | None:
        """Take back the last rating; None where there is none."""
        return self.store.undo()

    def choose(self, exam_date: date | None | str = "", daily_cap: int | None = None) -> Settings:
        """Choose the day of the exam (None for none) and the daily cap; what is left out stays.

        Cards that would come back after a new exam date come back before it.
        """
        settings = self.store.settings()
        update: dict[str, object] = {} if daily_cap is None else {"daily_cap": daily_cap}
        if not isinstance(exam_date, str):
            update["exam_date"] = exam_date
        chosen = Settings.model_validate({**settings.model_dump(), **update})
        self.store.choose(chosen)
        if chosen.exam_date is not None and chosen.exam_date != settings.exam_date:
            self._move_before(chosen.exam_date)
        return chosen

    def _move_before(self, exam: date) -> None:
        cards = fresh_cards(self.store.cards(), self.deck.by_id)
        moved = [no_later_than(card, self.deck.by_id[name], exam, self.now, self.zone) for name, card in cards.items()]
        self.store.reschedule([card for card in moved if card != cards[card.item]])

    def progress(self) -> Progress:
        """Return where the learner stands."""
        items = self.deck.by_id
        settings, cards, reviews = self.store.settings(), self.store.cards(), self.store.reviews()
        suspended = self.store.suspended()
        fresh = fresh_cards(cards, items)
        active = [card for name, card in fresh.items() if name not in suspended]
        done = {r.item for r in reviews if day_of(r.reviewed_at, self.zone) == self.today}
        unseen = sum(1 for name in items if name not in fresh and name not in suspended)
        exam, today = settings.exam_date, self.today
        return Progress(
            learner=self.store.learner,
            exam_date=exam,
            days_left=None if exam is None else (exam - today).days,
            daily_cap=settings.daily_cap,
            items=len(items),
            seen=len(fresh),
            suspended=len(suspended & items.keys()),
            stale=sum(1 for name in cards if name in items and name not in fresh),
            due_now=sum(1 for card in active if card.due <= self.now),
            done_today=len(done),
            left_today=len(self.queue()),
            new_per_day_needed=new_per_day(unseen, settings, today),
            streak=streak(reviews, today, self.zone),
            subjects=subject_progress(self.deck.guide, items.values(), fresh, reviews, self.now),
            forecast=forecast(active, unseen, settings, today, len(done), self.zone),
            papers=tuple(self.store.papers()),
        )


def _by_weakness(items: list[Item], weak: dict[str, float]) -> list[Item]:
    """Deal new items out so that a weak subject comes up more often, and no subject fills the day."""
    turns: dict[str, int] = {}

    def turn(item: Item) -> float:
        turns[item.subject] = turns.get(item.subject, 0) + 1
        return turns[item.subject] / (0.2 + weak.get(item.subject, 0.5))

    return [item for _, item in sorted(((turn(item), item) for item in items), key=lambda pair: pair[0])]
