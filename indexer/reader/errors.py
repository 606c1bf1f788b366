"""Why a file cannot be read, in both languages."""

from __future__ import annotations

from typing import Literal

ProblemCode = Literal[
    "missing",
    "empty",
    "too_large",
    "too_slow",
    "too_much_memory",
    "encrypted",
    "damaged",
    "scanned",
    "unknown_format",
    "undecodable",
]


class ReadProblem(Exception):
    """A file that cannot be read; `code` says why, `ja` and `en` say what was found and what to do."""

    def __init__(self, code: ProblemCode, ja: str, en: str) -> None:
        super().__init__(en)
        self.code: ProblemCode = code
        self.ja = ja
        self.en = en

    def __reduce__(self) -> tuple[type[ReadProblem], tuple[str, str, str]]:
        """Pickle with all three parts: the file is read in another process."""
        return (ReadProblem, (self.code, self.ja, self.en))

    def message(self, language: str) -> str:
        """Return the message in `language` (`ja` or `en`)."""
        return self.ja if language == "ja" else self.en
