"""A small deck of made-up items, for tests that need no corpus."""

from __future__ import annotations

from kb.model.base import Text
from kb.model.study import Item, Option, StudyGuide, Subject
from kb.study.deck import Deck


def both(text: str) -> Text:
    return Text(ja=text, en=text)


def make_item(number: int, subject: str = "light", content: str = "v1") -> Item:
    options = tuple(Option(text=both(f"{n}"), right=n == number % 3, why=both("why")) for n in range(3))
    return Item(
        id=f"cloze-{number}",
        kind="cloze",
        document="doc",
        locator=f"{number}",
        content=content,
        subject=subject,
        stem=both(f"question {number}"),
        options=options,
        explanation=both("because"),
    )


GUIDE = StudyGuide(
    subjects=(
        Subject(id="light", label=both("light"), topics=("lighting",), weight=3),
        Subject(id="lock", label=both("lock"), topics=("lock",), weight=1),
    ),
    contrasts=(),
    rungs={},
)


def make_deck(light: int = 12, lock: int = 6, content: str = "v1") -> Deck:
    items = [make_item(n, "light", content) for n in range(light)]
    items += [make_item(100 + n, "lock", content) for n in range(lock)]
    return Deck(tuple(items), GUIDE)
