"""An answer as statements that are reworded one by one, and back as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.model.answer import Answer

_BULLET = re.compile(r"^(?P<mark>[-*] +)(?P<text>.*)$", re.DOTALL)
_BOLD = re.compile(r"^\*\*(?P<text>.*)\*\*$", re.DOTALL)


@dataclass(frozen=True)
class Statement:
    """One statement of an answer: its number from 1, its text without marks, and the marks around it.

    `before` is what stands before its first mark in the answer (nothing, a line break, or an empty line).
    """

    number: int
    text: str
    opening: str = ""
    closing: str = ""
    before: str = ""

    def show(self, text: str) -> str:
        """Return a text with the marks of this statement."""
        return f"{self.before}{self.opening}{text}{self.closing}"


def list_statements(answer: Answer) -> list[Statement]:
    """Split the Markdown of an answer into headline, list items and paragraphs."""
    found: list[Statement] = []
    for block in re.split(r"\n{2,}", answer.text):
        before = "\n\n" if found else ""
        for line in block.split("\n"):
            if not line.strip():
                continue
            found.append(_read_line(len(found) + 1, line.strip(), before))
            before = "\n"
    return found


def _read_line(number: int, line: str, before: str) -> Statement:
    bold, bullet = _BOLD.match(line), _BULLET.match(line)
    if bold:
        return Statement(number, bold["text"], "**", "**", before)
    if bullet:
        return Statement(number, bullet["text"], bullet["mark"], "", before)
    return Statement(number, line, before=before)


def join_statements(statements: Sequence[Statement], texts: Sequence[str]) -> str:
    """Write new texts of all statements as Markdown, laid out as the answer was."""
    return "".join(statement.show(text) for statement, text in zip(statements, texts, strict=True))
