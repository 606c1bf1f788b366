"""What a learner has done: settings, cards, reviews, practice papers, and the file that carries them elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from kb.model.base import Frozen, Text

Rating = Literal[1, 2, 3, 4]
"""1 again, 2 hard, 3 good, 4 easy."""


FIRST_YEAR, LAST_YEAR = 2000, 2199
"""Years of the moments and days that are kept; nothing outside them can be meant."""


def _aware(value: datetime) -> datetime:
    if value.utcoffset() is None:
        raise ValueError("a time with its zone is needed, such as 2026-01-31T12:00:00+00:00")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"a year from {FIRST_YEAR} to {LAST_YEAR} is needed")
    return value


def _in_range(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"a year from {FIRST_YEAR} to {LAST_YEAR} is needed")
    return value


Moment = Annotated[datetime, AfterValidator(_aware)]
MOST_STABLE_DAYS = 100_000.0
"""Days of stability beyond which nothing changes: no interval is longer than ten years."""
Day = Annotated[date, AfterValidator(_in_range)]
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f]+$")]


class Settings(Frozen):
    """What a learner has chosen: the day of the exam, and how many cards a day at most."""

    exam_date: Day | None = None
    daily_cap: int = Field(default=30, ge=1, le=500)


class CardState(Frozen):
    """How well a card is known (FSRS): `content` is the hash of the clause as it was when the card was last rated."""

    item: str
    content: str
    state: Literal[1, 2, 3]
    step: int | None = Field(default=None, ge=0)
    stability: float | None = Field(default=None, gt=0, le=MOST_STABLE_DAYS, allow_inf_nan=False)
    difficulty: float | None = Field(default=None, ge=1, le=10)
    due: Moment
    last_review: Moment | None = None


class Review(Frozen):
    """One rating, with the card before and after it, so that it can be taken back exactly."""

    id: int = Field(ge=1)
    item: str
    subject: str
    rating: Rating
    right: bool
    reviewed_at: Moment
    before: CardState | None
    after: CardState
    undone: bool = False


class PaperAnswer(Frozen):
    """An answer in a practice paper: the option chosen (from 0; None for none), and whether it was right."""

    item: str
    chosen: int | None = Field(default=None, ge=0)
    right: bool


class PaperRecord(Frozen):
    """A practice paper that was handed in."""

    seed: int
    started_at: Moment
    finished_at: Moment
    minutes: int = Field(ge=1)
    answers: tuple[PaperAnswer, ...]

    @property
    def score(self) -> int:
        """How many answers were right."""
        return sum(answer.right for answer in self.answers)


class StudyExport(Frozen):
    """All of a learner's progress, as `kb quiz --save` writes it."""

    format: Literal["bouhan-navi-study"] = "bouhan-navi-study"
    version: Literal[1] = 1
    learner: Name
    settings: Settings
    cards: tuple[CardState, ...]
    reviews: tuple[Review, ...]
    suspended: tuple[str, ...]
    papers: tuple[PaperRecord, ...]

    @model_validator(mode="after")
    def _consistent(self) -> StudyExport:
        for what, keys in (
            ("cards", [card.item for card in self.cards]),
            ("reviews", [review.id for review in self.reviews]),
            ("suspended", list(self.suspended)),
        ):
            if len(set(keys)) != len(keys):
                raise ValueError(f"`{what}` names one of its entries twice")
        return self


class SubjectProgress(Frozen):
    """How far a subject is: items, how many were seen, how many answers of the latest were right, expected recall."""

    subject: str
    label: Text
    items: int
    seen: int
    recent: int
    recent_right: int
    expected_recall: float | None


class DayLoad(Frozen):
    """The cards of a day to come: due again, and new."""

    day: date
    due: int
    new: int


class Progress(Frozen):
    """Where a learner stands today."""

    learner: str
    exam_date: date | None
    days_left: int | None
    daily_cap: int
    items: int
    seen: int
    suspended: int
    stale: int
    due_now: int
    done_today: int
    left_today: int
    new_per_day_needed: int | None
    streak: int
    subjects: tuple[SubjectProgress, ...]
    forecast: tuple[DayLoad, ...]
    papers: tuple[PaperRecord, ...]
