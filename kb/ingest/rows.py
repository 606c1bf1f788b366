"""Rows of tables as sentences: what the column head says of the place that the row names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.ingest.model import Cells, SourceClause
from kb.ingest.sentence import SentenceReader

_LONGEST = 60
_CASE = re.compile(r"以上|以下|未満|を?超え|まで|from|over|under|up to|or more|less than", re.IGNORECASE)
_HEAD_UNIT = re.compile(
    r"\s*[(（\[［〔]\s*(?:単位\s*[:：]?\s*)?(?P<unit>[^()（）\[\]［］〔〕]{1,12})\s*[)）\]］〕]\s*$"
)
_BARE = re.compile(
    r"\s*(?P<low>\d[\d,.]*)\s*(?P<to>[~～〜–-]\s*\d[\d,.]*)?\s*(?P<rest>以上|以下|以内|未満|程度|超|or more|or less)?\s*$"
)
_SENTENCE = re.compile(r"。|\b(?:shall|must|should)\b")


def write_rows(clause: SourceClause, reader: SentenceReader, language: str) -> Iterator[tuple[str, bool]]:
    """Yield one sentence per cell with a number (`駐車場の照度は、3ルクス以上とする。`) and True; a sentence as it is and False.

    The subject are the cells of the row without a number; an empty one is that of the row above.
    """
    carried: list[str] = []
    first = head_of_first = ""
    for cells in clause.rows or ((clause.cells,) if clause.cells else ()):
        row = tuple(_with_unit(head, text, reader, language) for head, text in cells)
        numbers = [bool(reader.read(text, language, light=True).quantities) for _, text in row]
        if first and row and row[0][0] != head_of_first:  # an empty cell is not kept
            row, numbers = ((head_of_first, first), *row), [False, *numbers]
        elif row and not numbers[0]:
            first, head_of_first = row[0][1].strip(), row[0][0]
        for column, ((head, text), has_number) in enumerate(zip(row, numbers, strict=True)):
            if not has_number or (column == 0 and _is_case(text) and all(numbers) and len(row) > 1):
                continue  # a first column of ranges (`500台未満`) says to which cases a row applies
            if _SENTENCE.search(text) or len(text) > _LONGEST:
                yield text, False
            else:
                subject = _subject_before(row[:column], numbers[:column], first) or _subject_of(row, numbers, carried)
                yield _write(subject, head, text, language), True


def _with_unit(head: str, text: str, reader: SentenceReader, language: str) -> tuple[str, str]:
    """Give a bare number the unit that its column head names in brackets (`照度（lx）`, `Height (m)`)."""
    unit, bare = _HEAD_UNIT.search(head), _BARE.match(text)
    if unit is None or bare is None or not reader.read(f"1{unit['unit']}", language, light=True).quantities:
        return head, text
    space = "" if language == "ja" else " "
    upper = (bare["to"] or "").strip()
    number = f"{bare['low']}{upper}{space}{unit['unit']}{space if bare['rest'] else ''}{bare['rest'] or ''}"
    return head[: unit.start()], number


def _is_case(text: str) -> bool:
    return bool(_CASE.search(text))


def _subject_before(row: Cells, numbers: Sequence[bool], above: str) -> str:
    """Return what the cells before a number name; an empty first cell is that of the row above."""
    words = [
        text.strip() for (_, text), number in zip(row, numbers, strict=True) if not number and len(text) <= _LONGEST
    ]
    if words and not words[0]:
        words[0] = above
    words = [word for word in words if word]
    return "の".join(words[:2])


def _subject_of(row: Cells, numbers: Sequence[bool], carried: list[str]) -> str:
    words = [text for (_, text), number in zip(row, numbers, strict=True) if not number and len(text) <= _LONGEST]
    if not words:
        return carried[-1] if carried else ""
    carried.append(words[0])
    return words[0] if len(words) == 1 else "の".join(words[:2])


def _write(subject: str, head: str, text: str, language: str) -> str:
    if language == "ja":
        of = f"{subject}の{head}" if subject and head else subject or head
        return f"{of}は、{text}とする。" if of else f"{text}とする。"
    of = f"{head} of {subject}" if subject and head else subject or head
    return f"The {of} is to be {text}." if of else f"It is to be {text}."
