"""The state of the search for a numbering: open lists, tokens, and what the document does elsewhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.outline.labels import Candidate


class Level(NamedTuple):
    """One open list: its style, where it stands, and what its current item is like.

    `under` is how many of the levels below it name it (-1: all): a boxed standard or a footnote (0) interrupts the lists that
    are open without being part of them, a figure or a note belongs to the clause that holds the list.
    """

    style: str
    value: tuple[int, ...]
    label: str
    kind: str
    size: int = 1
    titled: bool = False
    announces: bool = False
    indent: int = 0
    in_form: bool = False
    under: int = -1
    level: int = 0


@dataclass(frozen=True)
class Token:
    """A piece as the search sees it: its readings and what stands around it.

    `after_title`: the line before is the first of the file, which names the whole and no part of it.
    """

    candidates: tuple[Candidate, ...] = ()
    gap: bool = False
    indent: int = 0
    wrapped: bool = False
    title_before: str | None = None
    after_title: bool = False
    opens_row: bool = False
    in_form: bool = False
    boxed: bool = False
    item: bool = False
    titled: bool = False
    announces: bool = False
    sentence: bool = False
    forced: str | None = None
    directly_under: bool = False
    preface: bool = False
    level: int = 0

    @property
    def labelled(self) -> bool:
        """Tell whether the piece looks like one that opens with a label."""
        return any(c.form > 0.5 for c in self.candidates)


@dataclass(frozen=True)
class Decision:
    """What became of a piece: the labels open after it, and the one it opened.

    `from_title` takes the piece before as a heading that has no label.
    """

    stack: tuple[Level, ...]
    candidate: Candidate | None = None
    from_title: bool = False


@dataclass
class Grammar:
    """What the document does elsewhere: how often one style stands inside another, and whether notes count through."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes_at_root: bool = True

    def bonus(self, parent: str, child: str) -> float:
        """Return the discount for a nesting that the document uses elsewhere."""
        seen = self.pairs[(parent, child)]
        return 0.6 if seen >= 4 else 0.4 if seen >= 2 else 0.0


@dataclass(frozen=True)
class State:
    cost: float
    stack: tuple[Level, ...]
    seen: tuple[tuple[str, tuple[int, ...]], ...]
    kids: tuple[frozenset[str], ...]
    decision: Decision | None
    before: State | None

    def last(self, style: str) -> tuple[int, ...] | None:
        return next((value for name, value in self.seen if name == style), None)


def open_level(token: Token, candidate: Candidate, count: int = 1, *, under: int = -1) -> Level:
    return Level(
        candidate.style,
        candidate.value,
        candidate.label,
        candidate.kind,
        min(count, 3),
        token.titled,
        token.announces,
        token.indent,
        token.in_form,
        under,
        token.level,
    )
