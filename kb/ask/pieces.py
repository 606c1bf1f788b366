"""Replace pieces of a text that remembers where each of its letters came from."""

from __future__ import annotations

from collections.abc import Iterable

from kb.text import SourceText

Piece = tuple[int, int, str]
"""A span of the normal form and what is to stand there."""


def replace_pieces(source: SourceText, pieces: Iterable[Piece]) -> SourceText:
    """Return a text with pieces of its normal form replaced (in order, apart), each letter kept near where it came from."""
    normal: list[str] = []
    offsets: list[int] = []
    position = 0
    for start, end, written in pieces:
        normal += [source.normal[position:start], written]
        offsets += source.offsets[position:start]
        offsets += [source.offsets[start + min(i, end - start - 1)] for i in range(len(written))]
        position = end
    normal.append(source.normal[position:])
    offsets += source.offsets[position:]
    return SourceText(source.source, "".join(normal), tuple(offsets))
