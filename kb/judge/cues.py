"""The words of a statement that tell by themselves: those that nothing rightly said of its clause has, and its tone."""

from __future__ import annotations

from collections.abc import Collection

from kb.judge.reading import Reading


def list_cues(said: Reading, known: Collection[str]) -> frozenset[str]:
    """Return the cues of a text: `n:` words and contrast members that are not known, `m:` moods, `f:` function words."""
    new = {f"n:{key}" for key in said.keys if key[0] in "ws" and key not in known}
    tone = {f"m:{found.key}" for found in (*said.moods, *said.shares)}
    if any(segment.negative for segment in said.segments):
        tone.add("m:negative")
    if any(segment.conceding for segment in said.segments):
        tone.add("m:conceding")
    return frozenset(new | tone | {f"f:{word}" for word in said.particles})
