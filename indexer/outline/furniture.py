"""What is no part of the text: page numbers, running headers, captions without a number, tables of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.outline.labels import find_candidates, narrow
from indexer.outline.pieces import Piece

_PAGE = re.compile(
    r"^[-–—―~〜\s<〈]*(?:page|p\.?)?\s*(\d{1,4})\s*(?:(?:/|of|／)\s*\d{1,4})?\s*(?:ページ|頁)?[-–—―~〜\s>〉]*$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"^[\[【〔<〈《\s]*(?:目\s*次|もくじ|(?:table\s+of\s+)?contents|index)[\]】〕>〉》\s]*$", re.IGNORECASE
)
_LEADER = re.compile(
    r"(?:[.．。・･…‥·\s_]{3,}|\t+\s*|\s{2,}|\s*[-－]\s*)(?:p\.?\s*)?\d{1,4}(?:\s*[~～-]\s*\d{1,4})?\s*$", re.IGNORECASE
)
_CAPTION = re.compile(
    r"^[【\[〔<〈《(（]?\s*(?:写真|図|イラスト|Photo(?:graph)?|Image)\s*[:：、\s].*$|^【[^】]*(?:例|写真|図)】$",
    re.IGNORECASE,
)


def is_sentence(text: str) -> bool:
    """Tell whether `text` reads like a sentence (or is as long as one) and not like a title."""
    plain = narrow(text).rstrip()
    if "。" in plain or plain.endswith(("こと", "する", "とする", "である")):
        return True
    words = len(plain.split())
    if words > 4 and (plain.endswith((".", ";")) or re.search(r"[a-z)\d]\. [A-Z]", plain)):
        return True
    return words > 14 or len(plain) > (110 if plain.isascii() else 55)


def strip_leader(text: str) -> str:
    """Remove the dots and the page number that end an entry of a table of contents."""
    return _LEADER.sub("", text).strip()


def _squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", narrow(text)).lower()


def mark_furniture(pieces: Sequence[Piece]) -> list[Piece]:
    """Give `left_out` to page numbers, running headers and unnumbered captions."""
    marked = list(pieces)
    for step in (_mark_formulas, _mark_page_numbers, _mark_repeats, _mark_captions):
        marked = step(marked)
    return marked


def _mark_formulas(pieces: list[Piece]) -> list[Piece]:
    """Mark the words that only open and close the body of a letter (`記`, `以上`)."""
    return [replace(p, left_out="formula") if re.fullmatch(r"記|以\s*上", p.text) else p for p in pieces]


def _mark_page_numbers(pieces: list[Piece]) -> list[Piece]:
    places = [
        (k, int(m.group(1)))
        for k, p in enumerate(pieces)
        if not p.left_out and p.first and not p.row and (m := _PAGE.match(narrow(p.text)))
    ]
    decorated = {k for k, _ in places if not re.fullmatch(r"\d+", narrow(pieces[k].text).strip())}
    found: set[int] = set(decorated)
    bare = {k for k, _ in places}
    # bare numbers: a rising run with other text between them, or one that stands alone between blank lines
    rising = [k for (k, n), (k2, n2) in zip(places, places[1:], strict=False) if n2 == n + 1 and k2 - k > 3]
    rising += [k2 for (k, n), (k2, n2) in zip(places, places[1:], strict=False) if n2 == n + 1 and k2 - k > 3]
    found.update(rising)
    for k, _ in places:
        around = pieces[k + 1 : k + 2]
        alone = pieces[k].gap and (not around or around[0].gap)
        if alone and not any(j in bare for j in range(k - 4, k + 5) if j != k):
            found.add(k)
    return [replace(p, left_out="page_number") if k in found else p for k, p in enumerate(pieces)]


def _mark_repeats(pieces: list[Piece]) -> list[Piece]:
    """Mark a short line that returns at page breaks, or again and again before a table."""
    counts = Counter(_repeat_key(p) for p in pieces if _may_repeat(p))
    places: dict[str, list[int]] = {}
    for k, piece in enumerate(pieces):
        if _may_repeat(piece):
            places.setdefault(_repeat_key(piece), []).append(k)
    marked = list(pieces)
    for key, where in places.items():
        if not key or counts[key] < 2:
            continue
        at_break = [k for k in where if _at_page_break(pieces, k)] if pieces[where[0]].page is None else []
        if len(at_break) >= 2 and len(at_break) * 2 > len(where):
            for k in at_break[1:] if not _first_is_furniture(pieces, where[0]) else at_break:
                marked[k] = replace(marked[k], left_out="running_header")
        before_table = [k for k in where if any(p.row or p.opens_row for p in pieces[k + 1 : k + 3])]
        if len(before_table) >= 3 and len(before_table) == len(where):
            for k in where:
                marked[k] = replace(marked[k], left_out="column_heads")
    return marked


def _repeat_key(piece: Piece) -> str:
    return re.sub(r"\d+", "#", _squash(piece.text))


def _may_repeat(piece: Piece) -> bool:
    text = piece.text
    if piece.left_out or not piece.first or piece.row or len(text) > 60 or is_sentence(text) or text[-1:] in "、，,":
        return False
    return not any(c.form > 0.6 and c.kind != "part" for c in find_candidates(text))


def _at_page_break(pieces: Sequence[Piece], k: int) -> bool:
    """A page number stands within two lines (on either side)."""
    return any(p.left_out == "page_number" for p in pieces[max(0, k - 2) : k + 3])


def _first_is_furniture(pieces: Sequence[Piece], k: int) -> bool:
    return k > 3


def _mark_captions(pieces: list[Piece]) -> list[Piece]:
    """Mark a caption of a picture that has no number and no text of its own below it."""
    marked = list(pieces)
    for k, piece in enumerate(pieces):
        if piece.left_out or piece.row or not piece.first or not _CAPTION.match(piece.text):
            continue
        if any(c.form > 0.5 for c in find_candidates(piece.text)):
            continue
        marked[k] = replace(piece, left_out="caption")
    return marked


def find_contents(pieces: Sequence[Piece]) -> list[range]:
    """Find the tables of contents: from the word 目次 (or Contents) until the first entry returns as a heading."""
    regions: list[range] = []
    tries = 0
    for k, piece in enumerate(pieces):
        if piece.left_out or not _CONTENTS.match(piece.text) or any(k in r for r in regions):
            continue
        if len(regions) >= 4 or (tries := tries + 1) > 8:
            break
        end = _end_of_contents(pieces, k)
        if end > k + 1:
            regions.append(range(k, end))
    if not regions:
        regions.extend(_runs_of_leaders(pieces))
    return regions


def _entry(piece: Piece) -> str:
    return _squash(strip_leader(piece.text))


def _end_of_contents(pieces: Sequence[Piece], start: int) -> int:
    live = [k for k in range(start + 1, len(pieces)) if not pieces[k].left_out]
    entries: list[str] = []
    for n, k in enumerate(live):
        text = pieces[k].text
        if is_sentence(strip_leader(text)) and not _LEADER.search(text):
            return k
        key = _entry(pieces[k])
        if n > 0 and not _LEADER.search(text) and _returns(key, entries):
            return k
        entries.append(key)
        if len(entries) > 600:
            break
    return start + 1


def _returns(key: str, entries: Sequence[str]) -> bool:
    """Tell whether an entry comes again: the same, or with what the contents add to it in brackets."""
    return bool(key) and any(key == e or (len(key) >= 4 and e.startswith(key)) for e in entries)


def _runs_of_leaders(pieces: Sequence[Piece]) -> list[range]:
    runs: list[range] = []
    k = 0
    dotted = re.compile(r"[.．・･…‥·]{3,}\s*\d{1,4}\s*$")
    while k < len(pieces):
        end = k
        while end < len(pieces) and dotted.search(narrow(pieces[end].text)):
            end += 1
        if end - k >= 3:
            runs.append(range(k, end))
        k = max(end, k + 1)
    return runs
