"""Where a label can go: every way to count a list on, to open one inside, or to close some first, with what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.outline.labels import Candidate
from indexer.outline.stack import Grammar, Level, State, Token, open_level

_RANKS = {
    style: rank
    for rank, styles in {
        1: "編 第編",
        2: "第部 part partI partA",
        3: "第章 章 chapter chapterI division",
        4: "第節 節 section",
        5: "第款 第目 第 I Ⅰ",
        6: "第条 article clause A",
        7: "第項 n 一",
        8: "第号 A)",
        9: "1) (1) (一)",
        10: "ア イロハ (A)",
        11: "(ア) (イロハ) ア)",
        12: "① ❶ a a)",
        13: "(a)",
        14: "i (i) i) ⅰ",
    }.items()
    for style in styles.split()
}


def _rank(style: str) -> int:
    return _RANKS.get(style, 5 if style.startswith("word:") else 9)


_WHOLE = 1.2
_HEADING_MARKS = "■◆●○◎□◇▼▲▶★❖"
_Placed = tuple[float, tuple[Level, ...], bool]


def place(state: State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    placers = {
        "bullet": _place_bullet,
        "arrow": _place_arrow,
        "note": _place_note,
        "part": _place_part,
        "box": _place_part,
        "caption": _place_caption,
        "word": _place_word,
        "title": _place_title,
        "mark": _place_mark,
        "heading": _place_heading,
    }
    yield from placers.get(candidate.kind, _place_number)(state, token, candidate, grammar)


def _place_number(state: State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack
    matched = False
    for d in range(len(stack) - 1, -1, -1):
        level = stack[d]
        if level.style != candidate.style or level.kind != "number":
            continue
        extends = (
            len(candidate.value) > 1 and candidate.value[: len(level.value)] == level.value[: len(candidate.value) - 1]
        )
        if token.in_form and not level.in_form and not extends:
            continue
        step = _step_cost(level.value, candidate.value)
        if step is not None:
            matched = matched or step == 0.0
            closing = close_cost(stack[d + 1 :])
            shifted = 0.3 if level.indent != token.indent and token.indent and level.indent else 0.0
            yield step + closing + shifted, (*stack[:d], open_level(token, candidate, level.size + 1)), False
        elif _is_first(candidate.value) and not token.in_form:
            if token.title_before:
                yield from _under_title(state, token, candidate, d)
            yield 2.6, (*stack[:d], open_level(token, candidate)), False
    first = _first_cost(state, candidate)
    if matched and first > 0.0:
        return
    rank = _rank(candidate.style)
    for depth in range(len(stack), -1, -1):
        base = stack[:depth]
        if base and base[0].style == "contents":
            continue
        parent = base[-1] if base else None
        quoted = min(first, 0.2) if parent and parent.kind == "box" and depth == len(stack) else first
        cost = 0.8 + quoted + _chapter_cost(base, candidate, quoted)
        if any(level.style == candidate.style for level in base):
            cost += 1.5
        if len(base) == 1 and base[0].style == "front":
            cost += 1.1 if rank > 6 else 2.6
        closed = stack[depth:]
        cost += close_cost(closed) + (0.5 if closed else 0.0)
        cost += _inside_cost(parent, rank, token)
        inside = state.kids[depth]
        if candidate.style in inside and first == 0.0 and not token.in_form:
            cost += 2.6
        elif inside and candidate.style not in inside:
            cost += 0.8
        cost -= grammar.bonus(parent.style if parent else "", candidate.style)
        if parent and parent.style == "第条" and candidate.style == "n" and candidate.value == (2,):
            cost = 0.5 + close_cost(closed)  # the second paragraph of an article, whose first has no number
        yield cost, (*base, open_level(token, candidate)), False
    if not stack and token.preface:
        front = Level("front", (), "前文", "part")
        yield 1.9 + first, (front, open_level(token, candidate)), False
    if token.title_before and _is_first(candidate.value) and all(level.style != candidate.style for level in stack):
        title = Level("title", (), token.title_before, "word", titled=True)
        for depth in {len(stack), *(d for d, level in enumerate(stack) if level.style == "title")}:
            extra = _WHOLE if token.after_title else 0.0
            yield 1.0 + extra + close_cost(stack[depth:]), (*stack[:depth], title, open_level(token, candidate)), True


def _under_title(state: State, token: Token, candidate: Candidate, d: int) -> Iterator[_Placed]:
    stack = state.stack
    title = Level("title", (), token.title_before or "", "word", titled=True)
    known = d > 0 and stack[d - 1].style == "title"
    base = stack[: d - 1] if known else stack[:d]
    yield (0.3 if known else 0.7) + close_cost(stack[d + 1 :]), (*base, title, open_level(token, candidate)), True


def _inside_cost(parent: Level | None, rank: int, token: Token) -> float:
    """Return how odd it is to open a list of this rank inside `parent`."""
    if parent is None:
        return 0.0
    if parent.kind == "bullet" and parent.titled and parent.style[-1] in _HEADING_MARKS:
        return 0.1
    if parent.kind in ("bullet", "arrow"):
        return -0.4 if parent.announces or token.in_form else 1.2
    if parent.kind == "caption":
        return 1.0
    cost = 0.0
    if parent.kind == "number" and _rank(parent.style) > rank:
        cost += 0.7
    if parent.kind == "number" and not parent.titled and not parent.announces:
        cost += 0.25
    if parent.kind == "note":
        cost += 0.6 if not parent.announces else 0.0
    if token.indent and parent.indent and token.indent < parent.indent:
        cost += 0.4
    return cost


def _first_cost(state: State, candidate: Candidate) -> float:
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


def close_cost(closed: Sequence[Level]) -> float:
    """A list of one is no list: closing one costs."""
    return sum(0.5 for level in closed if level.kind == "number" and level.size < 2)


def _place_bullet(state: State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack
    if token.opens_row:
        depth = next((k for k, level in enumerate(stack) if level.in_form), len(stack))
        base = _without_words(stack[:depth])
        yield 0.0, (*base, open_level(token, _as_row(candidate))), False
        return
    if len(stack) == 1 and stack[0].style == "root" and candidate.style[-1] in _HEADING_MARKS and token.titled:
        yield 0.2, (open_level(token, candidate),), False  # a heading ends the preface above it
    same = [d for d in range(len(stack)) if stack[d].style == candidate.style]
    orphan = token.title_before is not None
    for d in same:
        shift = 0.0 if stack[d].indent == token.indent else 0.3
        shift += 0.3 * (len(same) - 1 - same.index(d)) if shift else 0.0
        yield (
            shift + close_cost(stack[d + 1 :]) + (0.9 if orphan else 0.0),
            (*stack[:d], open_level(token, candidate, 2)),
            False,
        )
        if orphan:
            title = Level("title", (), token.title_before or "", "word", titled=True)
            known = d > 0 and stack[d - 1].style == "title"
            base = stack[: d - 1] if known else stack[:d]
            yield (0.2 if known else 0.5), (*base, title, open_level(token, candidate)), True
    top = stack[-1] if stack else None
    deeper = top is not None and top.kind == "bullet" and token.indent >= top.indent + 2
    if same and not deeper and not token.item:
        return
    cost = 0.3 if not (top and top.kind == "bullet") else (0.1 if deeper or token.item or top.announces else 0.4)
    yield cost + (1.0 if same and not token.item and not deeper else 0.0), (*stack, open_level(token, candidate)), False
    for d in range(len(stack) - 1, -1, -1):
        if stack[d].kind in ("bullet", "word", "caption", "note", "arrow") and not stack[d].titled:
            level_shift = 0.1 if stack[d].indent == token.indent and token.indent else 0.6
            yield level_shift, (*stack[:d], open_level(token, candidate)), False
    if orphan and not same:
        title = Level("title", (), token.title_before or "", "word", titled=True)
        for depth in {len(stack), *(d for d, level in enumerate(stack) if level.style == "title")}:
            yield (
                0.9 + (_WHOLE if token.after_title else 0.0),
                (*stack[:depth], title, open_level(token, candidate)),
                True,
            )


def _as_row(candidate: Candidate) -> Candidate:
    return Candidate("row", (), "・", candidate.rest, candidate.form, "bullet")


def _without_words(stack: tuple[Level, ...]) -> tuple[Level, ...]:
    stack = stack[: next((k for k, level in enumerate(stack) if level.in_form), len(stack))]
    while stack and stack[-1].kind in ("bullet", "caption", "note", "arrow", "word") and stack[-1].style != "title":
        stack = stack[:-1]
    return stack


def _place_arrow(state: State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    yield 0.0, (*_without_words(state.stack), open_level(token, candidate)), False


def _place_note(state: State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack
    if not stack and token.preface:
        stack = (Level("front", (), "前文", "part"),)
    if not candidate.value:
        if candidate.label in "※*" and not (stack and stack[0].style == "contents" and len(stack) == 1):
            return  # a remark without a number goes on with the clause above it
        base = _without_words(stack)
        leaf = bool(base) and len(base) == len(stack) and base[-1].kind == "number" and not base[-1].titled
        if leaf and base[-1].size > 1 and len(base) > 1:
            yield 0.2, (*base[:-1], open_level(token, candidate)), False
        yield 0.45 if leaf else 0.2, _lay_over(stack, len(base), token, candidate), False
        return
    for d in range(len(stack) - 1, -1, -1):
        if stack[d].style == candidate.style:
            step = _step_cost(stack[d].value, candidate.value)
            if step is not None:
                yield step, (*stack[:d], open_level(token, candidate, under=stack[d].under)), False
            return
    gap = 0.0 if _first_cost(state, candidate) < 1 else 0.8
    if token.directly_under or (stack and stack[0].style == "front"):
        stack = stack[:1] if stack and stack[0].style == "front" else stack
        yield 0.1 + gap, (*stack, open_level(token, candidate)), False
    elif grammar.notes_at_root:
        yield 0.2 + gap, (*stack, open_level(token, candidate, under=0)), False
    else:
        yield 0.2 + gap, _lay_over(stack, len(_without_words(stack)), token, candidate), False


def _lay_over(stack: tuple[Level, ...], depth: int, token: Token, candidate: Candidate) -> tuple[Level, ...]:
    """Put a level on top of all that is open, named by the first `depth` levels; what lay over them before goes."""
    kept = depth
    while (
        kept < len(stack)
        and stack[kept].under < 0
        and stack[kept].kind in ("number", "bullet")
        and not stack[kept].in_form
    ):
        kept += 1
    return (*stack[:kept], open_level(token, candidate, under=-1 if kept == depth else depth))


def _place_mark(state: State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    yield 0.1, (*state.stack, open_level(token, candidate)), False


def _place_part(state: State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    if candidate.kind == "box":
        base = state.stack
        while base and (base[-1].kind == "box" or any(level.kind == "box" for level in base)):
            base = base[:-1]
        yield 0.1, (*base, open_level(token, candidate, under=0)), False
        return
    yield 0.3, (open_level(token, candidate),), False


def _place_caption(state: State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack
    depth = next((k for k, level in enumerate(stack) if level.in_form), len(stack))
    while (
        depth and stack[depth - 1].kind in ("caption", "word", "bullet", "arrow") and stack[depth - 1].style != "title"
    ):
        depth -= 1
    if depth > 1 and stack[depth - 1].kind == "number" and not stack[depth - 1].titled:
        whole = depth == len(stack) or stack[depth].kind in ("word", "caption")
        if whole:
            depth -= 1
    yield 0.2, _lay_over(stack, depth, token, candidate), False


def _place_word(state: State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack[: next((k for k, level in enumerate(state.stack) if level.in_form), len(state.stack))]
    while stack and stack[-1].kind in ("word", "caption") and stack[-1].style != "title":
        stack = stack[:-1]
    if not stack:
        stack = (Level("front", (), "前文", "part"),)
    top = stack[-1]
    if top.kind in ("number", "bullet") and not top.titled and top.size > 1 and len(stack) > 1:
        yield 0.2, (*stack[:-1], open_level(token, candidate)), False
        yield 0.45, (*stack, open_level(token, candidate)), False
        return
    yield 0.2, (*stack, open_level(token, candidate)), False


def _place_title(state: State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    """Place a heading in brackets: beside the last one where that is still open, else inside what is open, or at the root."""
    stack = state.stack
    known = next((d for d in range(len(stack) - 1, -1, -1) if stack[d].style == candidate.style), None)
    if known is not None:
        yield 0.1, (*stack[:known], open_level(token, candidate)), False
        return
    base = _without_words(stack)
    if base and base[0].style in ("front", "contents"):
        base = ()
    yield 0.2, (*base, open_level(token, candidate)), False
    if base and base[-1].kind == "number" and not base[-1].titled:
        yield 0.4, (*base[:-1], open_level(token, candidate)), False


def _place_heading(state: State, token: Token, candidate: Candidate, grammar: Grammar) -> Iterator[_Placed]:
    stack = state.stack
    rank = int(candidate.style[1:])
    keep = 0
    for k, level in enumerate(stack):
        if 0 < level.level < rank:
            keep = k + 1
    yield 0.2, (*stack[:keep], open_level(token, candidate)), False
