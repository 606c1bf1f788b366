"""Words that exclude each other, words that mean the same, and words that carry mood (`corpus/contrasts.yaml`)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from kb.model.base import Frozen, Words
from kb.model.judgement import Fault

Mood = Literal["shall", "should", "may", "unneeded", "forbidden"]
Share = Literal["all", "any", "only", "always"]


class ContrastSet(Frozen):
    """Expressions that exclude each other, member by member; `fault` names the mistake of taking one for another."""

    id: str
    fault: Fault
    members: tuple[Words, ...]

    @field_validator("members")
    @classmethod
    def _has_two(cls, value: tuple[Words, ...]) -> tuple[Words, ...]:
        if len(value) < 2 or any(not member.all for member in value):
            raise ValueError("a contrast set has two members or more, none of them empty")
        return value


class Contrasts(Frozen):
    """All sets; `same` groups expressions of one meaning, `empty` lists words that tell nothing in a statement."""

    sets: tuple[ContrastSet, ...] = ()
    same: tuple[Words, ...] = ()
    empty: Words = Words()
    framing: Words = Words()
    moods: dict[Mood, Words] = Field(default_factory=dict)
    shares: dict[Share, Words] = Field(default_factory=dict)
    negative: Words = Words()
    not_negative: Words = Words()
    conditional: Words = Words()
    meeting: Words = Words()
    missing: Words = Words()

    @field_validator("sets")
    @classmethod
    def _ids_once(cls, value: tuple[ContrastSet, ...]) -> tuple[ContrastSet, ...]:
        ids = [one.id for one in value]
        twice = next((one for one in ids if ids.count(one) > 1), None)
        if twice is not None:
            raise ValueError(f"the set {twice!r} twice; allowed: each id once")
        return value
