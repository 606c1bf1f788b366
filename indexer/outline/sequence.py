"""Which readings of labels make one consistent numbering: a beam search over stacks of open lists.

Each state is a stack of levels (one per open list) with a cost. A piece either goes on as text or takes a label that counts a
list on, opens a new one inside, or closes some and opens another. What siblings follow, what nests in what, and what was seen
elsewhere in the same document decide; no document has a table of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.outline.labels import Candidate

_WIDTH = 20
_IGNORED, _IMPLAUSIBLE = 3.0, 3.0
_RANKS = {
    "編": 1, "第編": 1, "第部": 2, "part": 2, "partI": 2, "partA": 2, "第章": 3, "章": 3, "chapter": 3, "chapterI": 3, "division": 3, "第節": 4, "節": 4,
    "section": 4, "第款": 5, "第目": 5, "第": 5, "第条": 6, "article": 6, "clause": 6, "I": 5, "Ⅰ": 5, "A": 6, "第項": 7, "n": 7, "一": 7, "第号": 8,
    "1)": 9, "(1)": 9, "(一)": 9, "ア": 10, "イロハ": 10, "(ア)": 11, "(イロハ)": 11, "ア)": 11, "①": 12, "❶": 12, "a": 12, "(A)": 10, "(a)": 13,
    "a)": 12, "A)": 8, "i": 14, "(i)": 14, "i)": 14, "ⅰ": 14,
}  # fmt: skip


class Level(NamedTuple):
    """One open list: its style, where it stands, and what its current item is like."""

    style: str
    value: tuple[int, ...]
    label: str
    kind: str
    count: int = 1
    titled: bool = False
    announces: bool = False
    indent: int = 0
    in_form: bool = False
    overlay: bool = False
    level: int = 0


@dataclass(frozen=True)
class Token:
    """A piece as the search sees it: its readings and what stands around it."""

    candidates: tuple[Candidate, ...] = ()
    gap: bool = False
    indent: int = 0
    wrapped: bool = False
    title_before: str | None = None
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


@dataclass(frozen=True)
class Decision:
    """What became of a piece: the labels open after it, and whether it opened one; `from_title` takes the piece before as heading."""

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
class _State:
    cost: float
    stack: tuple[Level, ...]
    seen: tuple[tuple[str, tuple[int, ...]], ...]
    roots: frozenset[str]
    decision: Decision | None
    before: _State | None

    def last(self, style: str) -> tuple[int, ...] | None:
        return next((value for name, value in self.seen if name == style), None)


def find_sequence(tokens: Sequence[Token]) -> list[Decision]:
    """Decide for every token, twice: the second time knowing which nestings the document uses."""
    grammar = Grammar(notes_at_root=_notes_count_through(tokens))
    decisions = _search(tokens, grammar)
    for decision in decisions:
        if decision.candidate and decision.stack:
            stack = decision.stack
            parent = stack[-2].style if len(stack) > 1 else ""
            grammar.pairs[(parent, stack[-1].style)] += 1
    return _search(tokens, grammar)


def _notes_count_through(tokens: Sequence[Token]) -> bool:
    numbers = [c.value for t in tokens for c in t.candidates if c.kind == "note" and c.value and c.form > 0.5]
    return len(set(numbers)) == len(numbers)


def _search(tokens: Sequence[Token], grammar: Grammar) -> list[Decision]:
    beam = [_State(0.0, (), (), frozenset(), None, None)]
    for token in tokens:
        best: dict[tuple[tuple[Level, ...], frozenset[str]], _State] = {}
        for state in beam:
            for cost, stack, decision in _expand(state, token, grammar):
                total = state.cost + cost
                known = best.get((stack, state.roots))
                if known is None or total < known.cost:
                    candidate = decision.candidate
                    seen = state.seen
                    if candidate and candidate.value:
                        seen = ((candidate.style, candidate.value), *(s for s in seen if s[0] != candidate.style))
                    roots = state.roots
                    if candidate and candidate.value and len(stack) == 1:
                        roots = roots | {candidate.style}
                    best[(stack, state.roots)] = _State(total, stack, seen, roots, decision, state)
        beam = sorted(best.values(), key=lambda s: s.cost)[:_WIDTH]
    final = min(beam, key=lambda s: s.cost + _close_cost(s.stack))
    decisions: list[Decision] = []
    state: _State | None = final
    while state is not None and state.decision is not None:
        decisions.append(state.decision)
        state = state.before
    return decisions[::-1]


_Option = tuple[float, tuple[Level, ...], Decision]


def _expand(state: _State, token: Token, grammar: Grammar) -> Iterator[_Option]:
    stack = state.stack
    if token.forced:
        level = Level("contents", (), token.forced, "part")
        yield 0.0, (level,), Decision((level,), Candidate("contents", (), token.forced, "", 1.0, "part"))
        return
    best_form = max((c.form for c in token.candidates), default=0.0)
    ignore = _IGNORED * max(0.0, best_form - 0.05) * (0.35 if token.wrapped else 1.0)
    if token.opens_row and not (stack and stack[-1].style == "row" and not token.candidates):
        ignore += 2.0
    yield ignore, stack, Decision(stack)
    for candidate in token.candidates:
        doubt = _IMPLAUSIBLE * (1.0 - candidate.form) + (2.0 if token.wrapped and candidate.kind != "bullet" else 0.0)
        if doubt > 2.9:
            continue
        for cost, new, from_title in _place(state, token, candidate, grammar):
            yield cost + doubt, new, Decision(new, candidate, from_title)


def _level(token: Token, candidate: Candidate, count: int = 1, *, overlay: bool = False) -> Level:
    return Level(
        candidate.style, candidate.value, candidate.label, candidate.kind, min(count, 3), token.titled, token.announces, token.indent,
        token.in_form, overlay, token.level,
    )  # fmt: skip


_Placed = tuple[float, tuple[Level, ...], bool]


def _place(state: _State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    placers = {
        "bullet": _place_bullet,
        "arrow": _place_arrow,
        "note": _place_note,
        "part": _place_part,
        "box": _place_part,
        "caption": _place_caption,
        "word": _place_word,
        "mark": _place_mark,
        "heading": _place_heading,
    }
    yield from placers.get(candidate.kind, _place_number)(state, token, candidate, grammar)


def _place_number(state: _State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack
    matched = False
    for d in range(len(stack) - 1, -1, -1):
        level = stack[d]
        if level.style != candidate.style or level.kind != "number" or (token.in_form and not level.in_form):
            continue
        step = _step_cost(level.value, candidate.value)
        if step is not None:
            matched = matched or step == 0.0
            closing = _close_cost(stack[d + 1 :])
            shifted = 0.3 if level.indent != token.indent and token.indent and level.indent else 0.0
            yield step + closing + shifted, (*stack[:d], _level(token, candidate, level.count + 1)), False
        elif _is_first(candidate.value) and not token.in_form:
            if token.title_before:
                yield from _under_title(state, token, candidate, d)
            yield 2.6, (*stack[:d], _level(token, candidate)), False
    first = _first_cost(state, candidate)
    if matched and first > 0.0:
        return
    rank = _RANKS.get(candidate.style, 9)
    for depth in range(len(stack), -1, -1):
        base = stack[:depth]
        if base and base[0].style == "contents":
            continue
        if depth < len(stack) and stack[depth].style == candidate.style and stack[depth].kind == "number" and not token.in_form:
            continue
        parent = base[-1] if base else None
        quoted = min(first, 0.2) if parent and parent.kind == "box" and depth == len(stack) else first
        cost = 0.8 + quoted + _chapter_cost(base, candidate, quoted)
        if any(level.style == candidate.style for level in base):
            cost += 1.5
        if len(base) == 1 and base[0].style == "front":
            cost += 1.1 if rank > 6 else 2.6
        closed = stack[depth:]
        cost += _close_cost(closed) + (0.5 if closed else 0.0)
        cost += _inside_cost(parent, rank, token)
        if not base and candidate.style in state.roots and first == 0.0:
            cost += 2.5
        cost -= grammar.bonus(parent.style if parent else "", candidate.style)
        if parent and parent.style == "第条" and candidate.style == "n" and candidate.value == (2,):
            cost -= 2.0
        yield cost, (*base, _level(token, candidate)), False
    if not stack and token.preface:
        front = Level("front", (), "前文", "part")
        yield 1.9 + first, (front, _level(token, candidate)), False
    if token.title_before and _is_first(candidate.value) and all(level.style != candidate.style for level in stack):
        title = Level("title", (), token.title_before, "word", titled=True)
        for depth in {len(stack), *(d for d, level in enumerate(stack) if level.style == "title")}:
            yield 1.4 + _close_cost(stack[depth:]), (*stack[:depth], title, _level(token, candidate)), True


def _under_title(state: _State, token: Token, candidate: Candidate, d: int) -> Iterator[_Placed]:
    stack = state.stack
    title = Level("title", (), token.title_before or "", "word", titled=True)
    known = d > 0 and stack[d - 1].style == "title"
    base = stack[: d - 1] if known else stack[:d]
    yield (0.3 if known else 0.7) + _close_cost(stack[d + 1 :]), (*base, title, _level(token, candidate)), True


def _inside_cost(parent: Level | None, rank: int, token: Token) -> float:
    """Return how odd it is to open a list of this rank inside `parent`."""
    if parent is None:
        return 0.0
    if parent.kind in ("bullet", "arrow"):
        return -0.4 if parent.announces or token.in_form else 1.2
    if parent.kind == "caption":
        return 1.0
    cost = 0.0
    if parent.kind == "number" and _RANKS.get(parent.style, 9) > rank:
        cost += 0.7
    if parent.kind == "number" and not parent.titled and not parent.announces:
        cost += 0.25
    if parent.kind == "note":
        cost += 0.6 if not parent.announces else 0.0
    if token.indent and parent.indent and token.indent < parent.indent:
        cost += 0.4
    return cost


def _first_cost(state: _State, candidate: Candidate) -> float:
    value = candidate.value
    if _is_first(value):
        return 0.0
    last = state.last(candidate.style)
    if last is not None and _step_cost(last, value) == 0.0:
        return 0.1 if candidate.style in ("第条", "article", "clause", "第節", "第") else 0.5
    if value[-1] == 1:
        return 0.4
    return 1.7 + 0.3 * min(value[-1], 10)


def _chapter_cost(base: Sequence[Level], candidate: Candidate, first: float) -> float:
    """A decimal label repeats the number of the chapter that it stands in."""
    if candidate.style not in ("n", "section", "article", "clause", "guideline") or len(candidate.value) < 2:
        return 0.0
    around = next((level for level in reversed(base) if level.kind == "number" and level.value), None)
    if around is not None and around.value[-1:] == candidate.value[-2:-1]:
        return -first if candidate.value[-1] == 1 else 0.0
    return 0.6


def _is_first(value: tuple[int, ...]) -> bool:
    return value == (1,)


def _step_cost(old: tuple[int, ...], new: tuple[int, ...]) -> float | None:
    """Return what it costs that `new` follows `old` in one list: 0 for the next one, more for a gap, None where it cannot."""
    if new == old:
        return 2.4
    if len(new) == len(old) + 1 and new[:-1] == old and new[-1] <= 2:
        return 0.0
    size = len(new)
    if size > len(old) or new[: size - 1] != old[: size - 1]:
        return 1.2 if new[-1] == 1 and size > len(old) and new[: len(old)] == old else None
    ahead = new[-1] - old[size - 1]
    if ahead == 1:
        return 0.0
    return 1.2 + 0.4 * ahead if 1 < ahead <= 4 else None


def _close_cost(closed: Sequence[Level]) -> float:
    """A list of one is no list: closing one costs."""
    return sum(0.5 for level in closed if level.kind == "number" and level.count < 2)


def _place_bullet(state: _State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack
    if token.opens_row:
        depth = next((k for k, level in enumerate(stack) if level.in_form), len(stack))
        base = _without_words(stack[:depth])
        yield 0.0, (*base, _level(token, _as_row(candidate))), False
        return
    same = [d for d in range(len(stack)) if stack[d].style == candidate.style]
    orphan = token.title_before is not None
    for d in same:
        shift = 0.0 if stack[d].indent == token.indent else 0.3
        shift += 0.3 * (len(same) - 1 - same.index(d)) if shift else 0.0
        yield shift + _close_cost(stack[d + 1 :]) + (0.9 if orphan else 0.0), (*stack[:d], _level(token, candidate, 2)), False
        if orphan:
            title = Level("title", (), token.title_before or "", "word", titled=True)
            known = d > 0 and stack[d - 1].style == "title"
            base = stack[: d - 1] if known else stack[:d]
            yield (0.2 if known else 0.5), (*base, title, _level(token, candidate)), True
    top = stack[-1] if stack else None
    deeper = top is not None and top.kind == "bullet" and token.indent > top.indent
    if same and not deeper and not token.item:
        return
    cost = 0.3 if not (top and top.kind == "bullet") else (0.1 if deeper or token.item or top.announces else 0.4)
    yield cost + (1.0 if same and not token.item else 0.0), (*stack, _level(token, candidate)), False
    for d in range(len(stack) - 1, -1, -1):
        if stack[d].kind in ("bullet", "word", "caption", "note", "arrow") and not stack[d].titled:
            level_shift = 0.1 if stack[d].indent == token.indent and token.indent else 0.6
            yield level_shift, (*stack[:d], _level(token, candidate)), False
    if orphan and not same:
        title = Level("title", (), token.title_before or "", "word", titled=True)
        for depth in {len(stack), *(d for d, level in enumerate(stack) if level.style == "title")}:
            yield 0.9, (*stack[:depth], title, _level(token, candidate)), True


def _as_row(candidate: Candidate) -> Candidate:
    return Candidate("row", (), "・", candidate.rest, candidate.form, "bullet")


def _without_words(stack: tuple[Level, ...]) -> tuple[Level, ...]:
    stack = stack[: next((k for k, level in enumerate(stack) if level.in_form), len(stack))]
    while stack and stack[-1].kind in ("bullet", "caption", "note", "arrow", "word") and stack[-1].style != "title":
        stack = stack[:-1]
    return stack


def _place_arrow(state: _State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    yield 0.0, (*_without_words(state.stack), _level(token, candidate)), False


def _place_note(state: _State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack
    if not stack and token.preface:
        stack = (Level("front", (), "前文", "part"),)
    if not candidate.value:
        yield 0.2, (*_without_words(stack), _level(token, candidate)), False
        return
    for d in range(len(stack) - 1, -1, -1):
        if stack[d].style == candidate.style:
            step = _step_cost(stack[d].value, candidate.value)
            if step is not None:
                yield step, (*stack[:d], _level(token, candidate, overlay=stack[d].overlay)), False
            return
    gap = 0.0 if _first_cost(state, candidate) < 1 else 0.8
    if token.directly_under or (stack and stack[0].style == "front"):
        stack = stack[:1] if stack[0].style == "front" else stack
        yield 0.1 + gap, (*stack, _level(token, candidate)), False
    elif grammar.notes_at_root:
        yield 0.2 + gap, (*stack, _level(token, candidate, overlay=True)), False
    else:
        yield 0.2 + gap, (*_without_words(stack), _level(token, candidate)), False


def _place_mark(state: _State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    yield 0.1, (*state.stack, _level(token, candidate)), False


def _place_part(state: _State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    if candidate.kind == "box":
        base = state.stack
        while base and (base[-1].kind == "box" or any(level.kind == "box" for level in base)):
            base = base[:-1]
        yield 0.1, (*base, _level(token, candidate, overlay=True)), False
        return
    yield 0.3, (_level(token, candidate),), False


def _place_caption(state: _State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack[: next((k for k, level in enumerate(state.stack) if level.in_form), len(state.stack))]
    while stack and (stack[-1].kind in ("caption", "word", "bullet", "arrow")) and stack[-1].style != "title":
        stack = stack[:-1]
    if stack and stack[-1].kind == "number" and not stack[-1].titled and len(stack) == len(state.stack) and len(stack) > 1:
        yield 0.25, stack[:-1] + (_level(token, candidate),), False
        return
    if stack and not stack[-1].titled and stack[-1].kind == "number" and len(stack) > 1 and state.stack[-1].kind == "word":
        stack = stack[:-1]
    yield 0.2, (*stack, _level(token, candidate)), False


def _place_word(state: _State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack[: next((k for k, level in enumerate(state.stack) if level.in_form), len(state.stack))]
    while stack and stack[-1].kind in ("word", "caption") and stack[-1].style != "title":
        stack = stack[:-1]
    if not stack:
        stack = (Level("front", (), "前文", "part"),)
    top = stack[-1]
    if top.kind in ("number", "bullet") and not top.titled and top.count > 1 and len(stack) > 1:
        yield 0.2, (*stack[:-1], _level(token, candidate)), False
        yield 0.45, (*stack, _level(token, candidate)), False
        return
    yield 0.2, (*stack, _level(token, candidate)), False


def _place_heading(state: _State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack
    rank = int(candidate.style[1:])
    keep = 0
    for k, level in enumerate(stack):
        if 0 < level.level < rank:
            keep = k + 1
    yield 0.2, (*stack[:keep], _level(token, candidate)), False
