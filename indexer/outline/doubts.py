"""Where the numbering is not certain: what a person should look at before trusting the outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.outline.labels import Candidate
from indexer.outline.model import Doubt
from indexer.outline.pieces import Piece
from indexer.outline.stack import Decision, Level, Token

_LIKE_A_LABEL, _WEAK, _RIVAL = 0.8, 0.5, 0.5
_Place = tuple[tuple[str, ...], str]


def find_doubts(pieces: Sequence[Piece], tokens: Sequence[Token], decisions: Sequence[Decision]) -> tuple[Doubt, ...]:
    """List the doubts of one outline in the order of the lines, at most one a line.

    `gap`: a number is missing before this one. `two_readings`: nothing around says which of two lists a label belongs to.
    `title_as_parent`: a line without a label was taken for a heading. `looks_like_label`: a line opens like a label and was
    taken for text. `weak_label`: a line hardly opens like a label and was taken for one.
    """
    sizes = _sizes(decisions)
    last: dict[_Place, tuple[int, ...]] = {}
    found: dict[int, Doubt] = {}
    for piece, token, decision in zip(pieces, tokens, decisions, strict=True):
        if piece.left_out or piece.row:
            continue
        for doubt in _doubts_at(piece, token, decision, last, sizes):
            found.setdefault(doubt.line, doubt)
        candidate = decision.candidate
        if candidate is not None and candidate.kind == "number" and candidate.value:
            last[_place(decision.stack)] = candidate.value
    return tuple(found[line] for line in sorted(found))


def _place(stack: tuple[Level, ...]) -> _Place:
    """Name the list that the innermost label of a stack belongs to."""
    return tuple(level.label for level in stack[:-1]), stack[-1].style


def _sizes(decisions: Sequence[Decision]) -> dict[_Place, int]:
    """Count the labels of each list."""
    sizes: dict[_Place, int] = {}
    for decision in decisions:
        if decision.candidate is not None and decision.stack:
            place = _place(decision.stack)
            sizes[place] = sizes.get(place, 0) + 1
    return sizes


def _doubts_at(
    piece: Piece, token: Token, decision: Decision, last: dict[_Place, tuple[int, ...]], sizes: dict[_Place, int]
) -> Iterator[Doubt]:
    candidate = decision.candidate
    if candidate is None:
        best = max(token.candidates, key=lambda c: c.form, default=None)
        if best is not None and best.kind == "number" and best.form >= _LIKE_A_LABEL and not token.wrapped:
            yield Doubt(piece.line, "looks_like_label", best.label)
        return
    if decision.from_title:
        yield Doubt(piece.line, "title_as_parent", decision.stack[-2].label if len(decision.stack) > 1 else "")
    if candidate.kind != "number" or not candidate.value:
        return
    place = _place(decision.stack)
    if _skips(last.get(place), candidate.value, decision.stack):
        yield Doubt(piece.line, "gap", candidate.label)
    elif candidate.form < _WEAK:
        yield Doubt(piece.line, "weak_label", candidate.label)
    elif sizes[place] == 1 and _has_rival(token, candidate):
        yield Doubt(piece.line, "two_readings", candidate.label)


def _skips(before: tuple[int, ...] | None, value: tuple[int, ...], stack: tuple[Level, ...]) -> bool:
    """Tell whether a number is missing before `value` in its list; a decimal counts inside the one that it repeats."""
    if before is None:
        article = stack[-1].style == "n" and len(stack) > 1 and stack[-2].style == "第条"
        return value[-1] > (2 if article else 1) and len(value) == 1 and stack[-1].style not in _THROUGH
    size = len(value)
    if size > len(before) or value[: size - 1] != before[: size - 1]:
        return value[-1] > 1 and size == len(before) and size > 1
    return value[-1] - before[size - 1] > 1


_THROUGH = ("第条", "article", "clause", "第節", "第")
"""Lists that count on through the chapters of a text."""


def _has_rival(token: Token, chosen: Candidate) -> bool:
    """Tell whether a label could as well belong to a list of another kind (`i`: a letter or a numeral)."""
    return any(
        other.style != chosen.style and other.kind == "number" and other.form >= max(_RIVAL, chosen.form - 0.15)
        for other in token.candidates
    )
