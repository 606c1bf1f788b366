"""What is kept of a visitor's questions, where the visitor agreed; the model of the exported file."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kb.model.base import Frozen, Language

Rating = Literal["up", "down"]


class AskedQuestion(Frozen):
    """A question, and how it was answered."""

    question: str
    previous: str | None = None
    facts: dict[str, str] = Field(default_factory=dict)
    language: Language
    status: Literal["answered", "needs_facts", "not_covered"]
    headline: str


class JournalEntry(Frozen):
    """A kept question with the visitor's rating; `asked_at` is UTC in ISO 8601."""

    id: int
    asked_at: str
    asked: AskedQuestion
    rating: Rating | None = None
    remark: str = ""


class Journal(Frozen):
    """All that is kept of one visitor, newest first; entries older than `keep_days` are gone."""

    agreed_at: str
    keep_days: int
    entries: tuple[JournalEntry, ...] = ()
