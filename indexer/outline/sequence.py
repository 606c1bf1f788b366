"""Which readings of labels make one consistent numbering: a beam search over stacks of open lists.

Each state is a stack of levels (one per open list) with a cost. A piece either goes on as text or takes a label that counts a
list on, opens a new one inside, or closes some and opens another. What siblings follow, what nests in what, and what was seen
elsewhere in the same document decide; no document has a table of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.outline.labels import Candidate
from indexer.outline.placement import close_cost, place
from indexer.outline.stack import Decision, Grammar, Level, State, Token

_WIDTH = 12
_DEPTH = 12
_MARGIN = 4.0
_IGNORED, _IMPLAUSIBLE = 3.0, 3.0


def find_sequence(tokens: Sequence[Token]) -> list[Decision]:
    """Decide for every token, twice: the second time knowing which nestings the document uses."""
    grammar = Grammar(notes_at_root=_notes_count_through(tokens))
    decisions = _search(tokens, grammar, _WIDTH // 2)
    for decision in decisions:
        if decision.candidate and decision.stack:
            stack = decision.stack
            parent = stack[-2].style if len(stack) > 1 else ""
            grammar.pairs[(parent, stack[-1].style)] += 1
    return _search(tokens, grammar, _WIDTH)


def _notes_count_through(tokens: Sequence[Token]) -> bool:
    numbers = [c.value for t in tokens for c in t.candidates if c.kind == "note" and c.value and c.form > 0.5]
    return len(set(numbers)) == len(numbers)


def _search(tokens: Sequence[Token], grammar: Grammar, width: int) -> list[Decision]:
    beam = [State(0.0, (), (), (frozenset(),), None, None)]
    for token in tokens:
        best: dict[tuple[tuple[Level, ...], tuple[frozenset[str], ...]], State] = {}
        lowest = float("inf")
        for state in beam:
            if state.cost > lowest + _MARGIN:
                break
            for cost, stack, decision in _expand(state, token, grammar):
                total = state.cost + cost
                if total > lowest + _MARGIN:
                    continue
                lowest = min(lowest, total)
                candidate = decision.candidate
                kids = state.kids if candidate is None else _note_kids(state, stack)
                known = best.get((stack, kids))
                if known is not None and total >= known.cost:
                    continue
                seen = state.seen
                if candidate and candidate.value:
                    seen = ((candidate.style, candidate.value), *(s for s in seen if s[0] != candidate.style))
                best[(stack, kids)] = State(total, stack, seen, kids, decision, state)
        beam = sorted(best.values(), key=lambda s: s.cost)[:width]
    best_state = min(beam, key=lambda s: s.cost + close_cost(s.stack))
    decisions: list[Decision] = []
    walked: State | None = best_state
    while walked is not None and walked.decision is not None:
        decisions.append(walked.decision)
        walked = walked.before
    return decisions[::-1]


def _note_kids(state: State, stack: tuple[Level, ...]) -> tuple[frozenset[str], ...]:
    """Note, for the root and every open level, which styles of numbers it has had inside."""
    common = 0
    for old, new in zip(state.stack, stack, strict=False):
        if old is not new:
            break
        common += 1
    kids = list(state.kids[: common + 1])
    for depth in range(common, len(stack)):
        level = stack[depth]
        if level.kind == "number" and level.under < 0:
            kids[depth] = kids[depth] | {level.style}
        kids.append(frozenset())
    return tuple(kids)


_Option = tuple[float, tuple[Level, ...], Decision]


def _expand(state: State, token: Token, grammar: Grammar) -> Iterator[_Option]:
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
        for cost, new, from_title in place(state, token, candidate, grammar):
            if len(new) > _DEPTH:
                continue
            yield cost + doubt, new, Decision(new, candidate, from_title)
