"""What a new edition of a document changed, clause by clause and figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from rapidfuzz import fuzz

from kb.ingest.model import IngestedClause, IngestedFigure
from kb.ingest.shelf import Kept
from kb.model.base import Frozen

Change = Literal["added", "removed", "changed", "moved"]
_SAME_TEXT = 90.0


class ClauseChange(Frozen):
    """A clause that changed; `before` and `after` are its locators in either edition, `text` its wording now."""

    change: Change
    before: str | None = None
    after: str | None = None
    text: str = ""
    text_before: str = ""


class FigureChange(Frozen):
    """A figure that changed; `before` and `after` write it out."""

    change: Change
    locator: str
    place: str | None = None
    property: str
    before: str | None = None
    after: str | None = None


class EditionChanges(Frozen):
    """Everything that differs between the last two editions of a document."""

    document: str
    edition: int
    previous: int | None
    clauses: tuple[ClauseChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()


def compare_editions(kept: Kept) -> EditionChanges:
    """Compare a document with the edition before it; nothing differs where there is none."""
    document = kept.ingested.document
    if kept.previous is None:
        return EditionChanges(document=document.id, edition=document.edition, previous=None)
    moved = dict(_moves(kept.previous.clauses, kept.ingested.clauses))
    return EditionChanges(
        document=document.id,
        edition=document.edition,
        previous=kept.previous.edition,
        clauses=tuple(_clauses(kept.previous.clauses, kept.ingested.clauses, moved)),
        figures=tuple(_figures(kept.previous.figures, kept.ingested.figures, moved)),
    )


def _moves(before: Sequence[IngestedClause], after: Sequence[IngestedClause]) -> Iterator[tuple[str, str]]:
    """Pair clauses that changed their locator and kept their words."""
    now = {c.locator: c for c in after}
    then = {c.locator: c for c in before}
    gone = [c for c in before if c.locator not in now or not _alike(c, now[c.locator])]
    free = [c for c in after if c.locator not in then or not _alike(then[c.locator], c)]
    for clause in gone:
        scored = [(fuzz.ratio(clause.text, other.text), other) for other in free if other.kind == clause.kind]
        best = max(scored, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] >= _SAME_TEXT and clause.text:
            free.remove(best[1])
            yield clause.locator, best[1].locator


def _alike(before: IngestedClause, after: IngestedClause) -> bool:
    return bool(fuzz.ratio(before.text, after.text) >= _SAME_TEXT / 2)


def _clauses(
    before: Sequence[IngestedClause], after: Sequence[IngestedClause], moved: dict[str, str]
) -> Iterator[ClauseChange]:
    now, then = {c.locator: c for c in after}, {c.locator: c for c in before}
    arrived = set(moved.values())
    for clause in before:
        goal = moved.get(clause.locator)
        if goal is not None and goal != clause.locator:
            yield ClauseChange(
                change="moved", before=clause.locator, after=goal, text=now[goal].text, text_before=clause.text
            )
        elif clause.locator not in now or clause.locator in arrived:
            yield ClauseChange(change="removed", before=clause.locator, text_before=clause.text)
    for clause in after:
        if clause.locator in arrived:
            continue
        held = then.get(clause.locator)
        if held is None or held.locator in moved:
            yield ClauseChange(change="added", after=clause.locator, text=clause.text)
        elif (held.text, held.title, held.kind, held.strength) != (
            clause.text,
            clause.title,
            clause.kind,
            clause.strength,
        ):
            yield ClauseChange(
                change="changed",
                before=clause.locator,
                after=clause.locator,
                text=clause.text,
                text_before=held.text,
            )


def _figures(
    before: Sequence[IngestedFigure], after: Sequence[IngestedFigure], moved: dict[str, str]
) -> Iterator[FigureChange]:
    then, now = _by_subject(before, moved), _by_subject(after, {})
    for key in dict.fromkeys((*then, *now)):
        old, new = then.get(key, []), now.get(key, [])
        locator, place, name = key[:3]
        if set(old) == set(new):
            continue
        kind: Change = "added" if not old else "removed" if not new else "changed"
        yield FigureChange(
            change=kind,
            locator=str(locator),
            place=place,
            property=str(name),
            before="、".join(old) or None,
            after="、".join(new) or None,
        )


Subject = tuple[str, str | None, str, str]


def _by_subject(figures: Sequence[IngestedFigure], moved: dict[str, str]) -> dict[Subject, list[str]]:
    held: dict[Subject, list[str]] = {}
    for figure in figures:
        conditions = " ".join(f"{k}={v}" for k, v in sorted(figure.when.items()))
        key = (moved.get(figure.locator, figure.locator), figure.place, figure.property, conditions)
        held.setdefault(key, []).append(write_figure(figure))
    return held


def write_figure(figure: IngestedFigure) -> str:
    """Write operator, value and unit of a figure."""
    upper = "" if figure.value_max is None else f"–{figure.value_max}"
    operator = "" if figure.operator in ("range", "=") else f"{figure.operator} "
    return f"{operator}{figure.value}{upper} {figure.unit}"
