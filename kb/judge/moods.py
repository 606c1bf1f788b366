"""Compare how strongly a statement and a clause bind, and whether all, any or only some are meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.judge.reading import Reading
from kb.model.contrast import Mood
from kb.model.judgement import Fault

if TYPE_CHECKING:
    from kb.judge.align import Alignment, Clash

_OPPOSED: dict[Mood, frozenset[Mood]] = {
    "shall": frozenset({"should", "may", "unneeded"}),
    "should": frozenset({"shall", "may", "unneeded", "forbidden"}),
    "may": frozenset({"shall", "should", "forbidden"}),
    "unneeded": frozenset({"shall", "should"}),
    "forbidden": frozenset({"shall", "should", "may"}),
}


def check_moods(said: Reading, held: Alignment) -> Iterator[Clash]:
    """Find a mood that the clause's own mood excludes."""
    from kb.judge.align import Clash

    clause = held.profile.clause
    if clause.strength is None:
        return
    mine = _final(said)
    if mine is None:
        return
    theirs = _moods_of(held)
    if mine in theirs or not theirs or not all(t in _OPPOSED[mine] for t in theirs):
        return
    if mine == "forbidden" and any(s.negative for s in held.profile.reading.segments):
        return
    surface = next((f.surface for f in reversed(said.moods) if f.key == mine), mine)
    yield Clash("strength", surface, _word(held, theirs), 0.85)


def _final(said: Reading) -> Mood | None:
    """Return the mood in which a statement ends (Japanese) or that it states first (English)."""
    found = list(said.moods)
    if not found:
        return None
    chosen = found[-1] if said.language == "ja" else found[0]
    return chosen.key  # type: ignore[return-value]


def _moods_of(held: Alignment) -> set[Mood]:
    """Return the moods of the clause in the segments that carry most of the statement, else its strength."""
    clause, reading = held.profile.clause, held.profile.reading
    stated: set[Mood] = {m for s in reading.segments for m in s.moods}
    assert clause.strength is not None
    moods: set[Mood] = {clause.strength}
    if clause.strength == "shall" and "should" in stated:
        moods.add("should")
    moods |= {m for m in stated if m in ("forbidden", "unneeded", "may")}
    moods |= {f.strength for f in clause.figures if f.strength is not None}
    return moods


def _word(held: Alignment, theirs: set[Mood]) -> str:
    found = next((f.surface for f in held.profile.reading.moods if f.key in theirs), None)
    from kb.messages import say

    strength = held.profile.clause.strength or "shall"
    return found or say(f"strength_{strength}", held.profile.reading.language)


def check_shares(said: Reading, held: Alignment) -> Iterator[Clash]:
    """Find `all` where the clause says `any`, the other way round, and an `only` that the clause does not have."""
    from kb.judge.align import Clash

    theirs = held.profile.reading.shares
    kinds = {f.key for f in theirs}
    mine = {f.key for f in said.shares}
    for found in said.shares:
        other = {"all": "any", "any": "all"}.get(found.key)
        if other is not None and other in kinds and found.key not in kinds and other not in mine:
            instead = next(f.surface for f in theirs if f.key == other)
            yield Clash("quantifier", found.surface, instead, 0.8)
        if found.key == "only" and "only" not in kinds:
            fault: Fault = "scope" if held.profile.clause.kind in ("explanation", "definition") else "quantifier"
            yield Clash(fault, found.surface, "", 0.6)
