"""Pairs from outside the corpus: captions and bodies of statutes, groups of synonyms."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kb.errors import InputError
from kb.pairs import Pair, pick

STATUTES = "statute-pairs.jsonl.gz"
"""One object a line: `law`, `caption` and `body` of an article of a Japanese statute (law texts are outside copyright)."""

SYNONYMS = "sudachi-synonyms.txt.gz"
"""The Sudachi synonym dictionary (Works Applications, Apache-2.0)."""

_BOILERPLATE = re.compile(
    "(この.*)?(目的|定義|趣旨|用語|適用範囲|適用除外|準用|施行期日|経過措置|罰則|委任|雑則|公示|様式|登記|効力|読替え?|権限の委任|細則|備考)"
    "|.*(経過措置|への委任|の委任|の準用|の特例|の適用|読替え.*|施行期日|の効力|一部改正.*)(等)?"
)
_COMMON_CAPTION = 6
_SHORTEST_BODY = 30
_LONGEST_BODY = 240
_HELD_LAWS = 20
_COMPANY = "企業名"
_NEVER, _NOT_A_TRIGGER = "2", "1"


def list_outside_pairs(folder: Path, statutes: int = 100_000) -> Iterator[Pair]:
    """List the pairs of the synonyms and of the statutes (about `statutes` of them) in a folder; raises `InputError`."""
    yield from list_synonym_pairs(folder)
    yield from list_statute_pairs(folder, statutes)


def list_statute_pairs(folder: Path, limit: int) -> Iterator[Pair]:
    """List caption and body of statute articles, at most about `limit` of them, in file order.

    Boilerplate captions, and those that many laws share, are left out. One law in twenty is `held`, whole: it is for
    measuring. Raises `InputError` where the file is missing or a line is not as it should be.
    """
    rows = [row for row in _read_statutes(folder / STATUTES) if not _BOILERPLATE.fullmatch(row[1])]
    common = Counter(caption for _, caption, _ in rows)
    kept = [row for row in rows if common[row[1]] < _COMMON_CAPTION and len(row[2]) >= _SHORTEST_BODY]
    share = max(1.0, len(kept) / max(limit, 1))
    for law, caption, body in kept:
        if pick(f"{law} {caption}", 1_000_000) * share < 1_000_000:
            held = pick(f"law {law}", _HELD_LAWS) == 0
            yield Pair("statute", caption, body[:_LONGEST_BODY], caption, split="held" if held else "train")


def list_synonym_pairs(folder: Path, mates: int = 3) -> Iterator[Pair]:
    """List pairs of synonyms of one group, each word with at most `mates` of the others.

    The list's flags are kept: words never to be expanded (2) are left out; words that do not start an expansion (1, they
    have other meanings too) are only ever the second of a pair. Company names are left out. Raises `InputError`.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    try:
        with gzip.open(folder / SYNONYMS, "rt", encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines):
                if len(row) >= 9 and row[2] != _NEVER and _COMPANY not in row[7]:
                    groups.setdefault(row[0], []).append((row[8], row[2]))
    except (OSError, UnicodeError, EOFError) as problem:
        raise InputError(f"{folder / SYNONYMS}: cannot be read ({problem})") from problem
    for group, words in groups.items():
        for number, (word, flag) in enumerate(words):
            if flag == _NOT_A_TRIGGER:
                continue
            others = [other for other, _ in words[:number] + words[number + 1 :]]
            start = pick(f"{group} {word}", max(len(others), 1))
            for mate in (others[start:] + others[:start])[:mates]:
                yield Pair("synonym", word, mate, group)


def _read_statutes(file: Path) -> Iterator[tuple[str, str, str]]:
    number = 0
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                row = json.loads(line)
                yield row["law"], row["caption"], row["body"]
    except (OSError, UnicodeError, EOFError, ValueError, KeyError, TypeError) as problem:
        raise InputError(f"{file}, line {number}: law, caption and body expected ({problem})") from problem
