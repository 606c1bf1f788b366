"""Errors whose messages name what was wrong, where, and what is allowed."""

from __future__ import annotations

from pathlib import Path


class KbError(Exception):
    """A problem that a person can act on; its message is part of the interface."""


class UsageError(KbError):
    """The command was called in a way that it does not allow (exit code 2)."""


class InputError(KbError):
    """A file or a line of input cannot be read or understood (exit code 3)."""


class CorpusError(InputError):
    """A corpus file breaks the rules: names file, line, key, what was found and what is allowed.

    `line` counts from 1, or is None where the whole file is meant.
    """

    def __init__(self, file: Path | str, line: int | None, key: str, found: str, allowed: str) -> None:
        self.file = str(file)
        self.line = line
        self.key = key
        self.found = found
        self.allowed = allowed
        place = f"{file}:{line}" if line else str(file)
        where = f" `{key}`" if key else ""
        super().__init__(f"{place}:{where} {found}; allowed: {allowed}" if allowed else f"{place}:{where} {found}")


class IncompatibleUnits(KbError):
    """Two quantities whose units measure different things were compared."""
