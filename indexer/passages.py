"""What is indexed, and what a search returns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """One thing to be found.

    `id` is unique in an index. `fields` maps a field's name (`ja`, `path`, `asks_en`, …) to its texts, each of which is
    indexed by itself. `concepts` are ids that the caller attaches, for filtering and boosting.
    """

    id: str
    fields: Mapping[str, tuple[str, ...]]
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One passage found.

    `score` ranks (0 to 1 within one search, plus boosts); it is relative to the search and no measure of certainty.
    `lexical` is the BM25 score (0 where no term matched), `dense` the cosine similarity (-1 to 1; 0 where no embedding
    was used); both can be compared between searches of one index.
    """

    id: str
    score: float
    lexical: float
    dense: float


@dataclass(frozen=True)
class Unit:
    """One text of one field of one passage (`passage` is its row), the smallest thing that gets a vector."""

    passage: int
    field: str
    text: str


def check_passages(passages: Sequence[Passage]) -> None:
    """Refuse passages that cannot be indexed.

    Raises `ValueError` naming the passage where an id is empty or given twice, or a field is one bare string.
    """
    seen: set[str] = set()
    for passage in passages:
        if not passage.id:
            raise ValueError("a passage has an empty id")
        if passage.id in seen:
            raise ValueError(f"passage {passage.id!r} is given twice; ids must be unique")
        seen.add(passage.id)
        for name, texts in passage.fields.items():
            if isinstance(texts, str):
                raise ValueError(f"passage {passage.id!r}, field {name!r}: one string, expected a tuple of strings")


def list_units(passages: Sequence[Passage]) -> list[Unit]:
    """List every non-empty text, ordered by passage (as given), then field name, then as given."""
    return [
        Unit(row, name, text)
        for row, passage in enumerate(passages)
        for name in sorted(passage.fields)
        for text in passage.fields[name]
        if text.strip()
    ]


def dump_passages(passages: Iterable[Passage]) -> bytes:
    """Serialise passages as canonical JSON (UTF-8; field names sorted, order of passages and texts kept)."""
    rows = [
        {"id": p.id, "fields": {k: list(p.fields[k]) for k in sorted(p.fields)}, "concepts": list(p.concepts)}
        for p in passages
    ]
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def parse_passages(data: bytes) -> tuple[Passage, ...]:
    """Read passages back from `dump_passages`; malformed data raises `ValueError` or `KeyError`."""
    rows = json.loads(data.decode("utf-8", "surrogatepass"))
    return tuple(
        Passage(row["id"], {k: tuple(v) for k, v in row["fields"].items()}, tuple(row["concepts"])) for row in rows
    )


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of `data`, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()
