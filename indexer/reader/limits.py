"""How much a file may cost to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one reading: size of the file and of what it unpacks to, time, memory, pages, letters, lines.

    A guideline of 500 pages stays far below each of them.
    """

    file_bytes: int = 50 * 2**20
    unpacked_bytes: int = 200 * 2**20
    seconds: float = 60.0
    memory_bytes: int = 2 * 2**30
    pages: int = 1500
    letters: int = 10_000_000
    lines: int = 400_000
