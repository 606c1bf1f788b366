"""Which parts of a clause have the words of a search."""

from __future__ import annotations

from kb.text import normalize


def find_shared(source: str, query: str, least: int = 2) -> list[tuple[int, int]]:
    """Return the spans of a text that stand in a query too, longest first where they overlap, in order.

    Spans are indices of `source`, end exclusive. Width and case do not matter; runs of hiragana alone, and runs shorter
    than `least` characters (three for Latin letters), are not marked.
    """
    wanted, given = normalize(query).normal, normalize(source)
    found, start = [], 0
    while start < len(given.normal):
        end = start
        while end < len(given.normal) and given.normal[start : end + 1] in wanted:
            end += 1
        piece = given.normal[start:end]
        if _tells(piece, least) and _whole_words(given.normal, start, end):
            found.append(given.span(start, end))
            start = end
        else:
            start += 1
    return found


def _tells(piece: str, least: int) -> bool:
    if len(piece.strip()) < (3 if piece.isascii() and not piece.isdigit() else least):
        return False
    return not all("ぁ" <= char <= "ゟ" or char.isspace() or not char.isalnum() for char in piece)


def _whole_words(source: str, start: int, end: int) -> bool:
    def joined(left: str, right: str) -> bool:
        return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()

    before = start > 0 and joined(source[start - 1], source[start])
    after = end < len(source) and joined(source[end - 1], source[end])
    return not before and not after
