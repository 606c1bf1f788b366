"""Practice papers: items drawn by a seed with weights per subject, against the clock. Never the real exam's form."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kb.errors import UsageError
from kb.model.progress import PaperAnswer, PaperRecord
from kb.model.study import Item
from kb.study.deck import Deck

ITEMS, MINUTES = 80, 70


@dataclass(frozen=True)
class Paper:
    """A practice paper that was begun."""

    seed: int
    items: tuple[Item, ...]
    minutes: int
    started_at: datetime

    @property
    def ends_at(self) -> datetime:
        """The moment at which time is up."""
        return self.started_at + timedelta(minutes=self.minutes)

    def left(self, now: datetime) -> timedelta:
        """Return the time that is left, nothing at the least."""
        return max(self.ends_at - now, timedelta())

    def hand_in(self, chosen: Mapping[int, int], now: datetime) -> PaperRecord:
        """Mark a paper: `chosen` gives the option of each position that was answered; nothing given is not right."""
        answers = []
        for position, item in enumerate(self.items):
            option = chosen.get(position)
            answers.append(PaperAnswer(item=item.id, chosen=option, right=option == item.answer))
        return PaperRecord(
            seed=self.seed,
            started_at=self.started_at,
            finished_at=min(now, self.ends_at),
            minutes=self.minutes,
            answers=tuple(answers),
        )


def draw_paper(
    deck: Deck,
    seed: int,
    now: datetime,
    items: int = ITEMS,
    minutes: int = MINUTES,
    weights: Mapping[str, int] | None = None,
) -> Paper:
    """Draw a paper: the same deck, seed and weights give the same items; each clause is asked about once where it can be.

    Raises `UsageError` where more items are asked for than there are, or a weight is for no subject.
    """
    if not 1 <= items <= len(deck.items):
        raise UsageError(f"items {items}; allowed: 1 to {len(deck.items)}")
    if not 1 <= minutes <= 600:
        raise UsageError(f"minutes {minutes}; allowed: 1 to 600")
    shares = _shares(deck, items, weights)
    chance = random.Random(seed)
    drawn: list[Item] = []
    for subject in (s.id for s in deck.guide.subjects):
        drawn += _draw([i for i in deck.items if i.subject == subject], shares.get(subject, 0), chance)
    chance.shuffle(drawn)
    return Paper(seed, tuple(drawn), minutes, now)


def _shares(deck: Deck, items: int, weights: Mapping[str, int] | None) -> dict[str, int]:
    """Share out the items by weight (largest remainders), within what each subject has."""
    known = {subject.id: subject.weight for subject in deck.guide.subjects}
    unknown = sorted((weights or {}).keys() - known.keys())
    if unknown:
        raise UsageError(f"subject {unknown[0]!r}; allowed: {', '.join(known)}")
    if any(weight < 0 for weight in (weights or {}).values()):
        raise UsageError("a weight is 0 or more")
    there = {subject: sum(item.subject == subject for item in deck.items) for subject in known}
    asked = {subject: weight for subject, weight in {**known, **(weights or {})}.items() if there[subject] and weight}
    shares = dict.fromkeys(asked, 0)
    while (left := items - sum(shares.values())) > 0:
        open_ = {subject: weight for subject, weight in asked.items() if shares[subject] < there[subject]}
        if not open_:
            raise UsageError(f"items {items}; allowed with these weights: at most {sum(shares.values())}")
        total = sum(open_.values())
        ideal = {subject: left * weight / total for subject, weight in open_.items()}
        given = {subject: min(int(ideal[subject]), there[subject] - shares[subject]) for subject in open_}
        if not any(given.values()):
            for subject in sorted(open_, key=lambda s: (-ideal[s], s))[:left]:
                given[subject] = 1
        for subject, count in given.items():
            shares[subject] += count
    return shares


def _draw(items: list[Item], count: int, chance: random.Random) -> list[Item]:
    mixed = chance.sample(items, len(items))
    seen: set[tuple[str, str]] = set()
    first: list[Item] = []
    rest: list[Item] = []
    for item in mixed:
        clause = (item.document, item.locator)
        (rest if clause in seen else first).append(item)
        seen.add(clause)
    return (first + rest)[:count]
