"""Rows of tables as sentences: what the column head says of the place that the row names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.ingest.model import Cells, SourceClause
from kb.ingest.sentence import SentenceReader

_LONGEST = 60
_CASE = re.compile(r"以上|以下|未満|を?超え|まで|from|over|under|up to|or more|less than", re.IGNORECASE)
_SENTENCE = re.compile(r"。|\b(?:shall|must|should)\b")


def write_rows(clause: SourceClause, reader: SentenceReader, language: str) -> Iterator[tuple[str, bool]]:
    """Yield one sentence per cell with a number (`駐車場の照度は、3ルクス以上とする。`) and True; a sentence as it is and False.

    The subject are the cells of the row without a number; an empty one is that of the row above.
    """
    carried: list[str] = []
    for row in clause.rows or ((clause.cells,) if clause.cells else ()):
        numbers = [bool(reader.read(text, language, light=True).quantities) for _, text in row]
        subject = _subject_of(row, numbers, carried)
        for column, ((head, text), has_number) in enumerate(zip(row, numbers, strict=True)):
            if not has_number or (column == 0 and _is_case(text) and all(numbers) and len(row) > 1):
                continue  # a first column of ranges (`500台未満`) says to which cases a row applies
            if _SENTENCE.search(text) or len(text) > _LONGEST:
                yield text, False
            else:
                yield _write(subject, head, text, language), True


def _is_case(text: str) -> bool:
    return bool(_CASE.search(text))


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
