"""Compare how strongly a statement and a clause bind, and whether all, any or only some are meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.judge.reading import Reading
from kb.model.base import Strength
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
    """Find a mood that the clause's own mood excludes, in the sentence that carries most of the statement."""
    from kb.judge.align import Clash

    mine = _final(said)
    if mine is None:
        return
    theirs, surface = _moods_of(said, held)
    if not theirs or mine in theirs or not all(t in _OPPOSED[mine] for t in theirs):
        return
    if mine == "forbidden" and any(s.negative for s in held.profile.reading.segments):
        return
    written = next((f.surface for f in reversed(said.moods) if f.key == mine), mine)
    yield Clash(
        "strength", written, surface or _word(held), 0.85 if held.profile.clause.strength else 0.6, None, "mood"
    )


def excludes_strength(said: Reading, strength: Strength | None) -> bool:
    """Tell whether the mood of a statement excludes the strength of a clause."""
    mine = _final(said)
    return mine is not None and strength is not None and strength in _OPPOSED[mine]


def _final(said: Reading) -> Mood | None:
    """Return the mood in which a statement ends (Japanese) or that it states first (English)."""
    if not said.moods:
        return None
    chosen = said.moods[-1] if said.language == "ja" else said.moods[0]
    return chosen.key  # type: ignore[return-value]


def _moods_of(said: Reading, held: Alignment) -> tuple[set[Mood], str]:
    """Return the moods of the clause's sentence that carries most of the statement, and how one is written."""
    clause, reading = held.profile.clause, held.profile.reading
    if clause.strength is None and not reading.moods:
        return set(), ""
    weights: dict[int, float] = {}
    for unit, support, weight in held.support:
        places = frozenset[int]().union(*(reading.keys.get(k, frozenset()) for k in unit.keys.union(*unit.parts)))
        for sentence in {reading.segments[p].sentence for p in places}:
            weights[sentence] = weights.get(sentence, 0.0) + support * weight
    best = max(weights.values(), default=0.0)
    chosen = {s for s, value in weights.items() if value >= 0.999 * best}
    found = [f for f in reading.moods if reading.sentence_of(f.start) in chosen]
    stated: set[Mood] = {f.key for f in found}  # type: ignore[misc]
    if len(chosen) != 1:
        stated |= {clause.strength} if clause.strength else set()
    if not stated and clause.strength is not None:
        whole = {f.key for f in reading.moods}
        stated = {"shall"} if clause.strength == "shall" else {clause.strength}
        if clause.strength == "should" and "should" in whole and len({s.sentence for s in reading.segments}) > 1:
            stated.add("shall")
    return stated, next((f.surface for f in found if f.key in stated), "")


def _word(held: Alignment) -> str:
    from kb.messages import say

    return say(f"strength_{held.profile.clause.strength or 'shall'}", held.profile.reading.language)


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
            yield Clash("quantifier", found.surface, instead, 0.8, None, "share")
        if found.key == "only" and "only" not in kinds:
            fault: Fault = "scope" if held.profile.clause.kind in ("explanation", "definition") else "quantifier"
            yield Clash(fault, found.surface, "", 0.6, None, "only")
