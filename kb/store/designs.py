"""Designs that a visitor kept on the page: YAML files in a database, each seen by its owner only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kb.errors import UsageError
from kb.store.database import Database

MOST = 100
"""How many designs one owner can keep."""

LARGEST = 1_000_000

_MIGRATIONS = (
    """
    CREATE TABLE design (
        id INTEGER PRIMARY KEY,
        owner TEXT NOT NULL,
        name TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        content TEXT NOT NULL,
        UNIQUE (owner, name)
    );
    """,
)


@dataclass(frozen=True)
class KeptDesign:
    """A kept design without its content."""

    id: int
    name: str
    saved_at: str


@dataclass(frozen=True)
class DesignStore:
    """The kept designs; an owner is a token that only the browser holds, of which the file holds the SHA-256."""

    home: Path | None = None

    @property
    def _database(self) -> Database:
        return Database("designs", _MIGRATIONS, self.home)

    def keep(self, owner: str, name: str, content: str) -> None:
        """Keep a design under a name; one of the same name is replaced.

        Raises `UsageError` without an owner, for a design that is too large, or where too many are kept.
        """
        if not owner or len(content) > LARGEST:
            raise UsageError("a design without owner, or too large to keep")
        hashed = _hash(owner)
        with self._database.writing() as connection:
            count = connection.execute(
                "SELECT COUNT(*) FROM design WHERE owner = ? AND name <> ?", (hashed, name)
            ).fetchone()[0]
            if count >= MOST:
                raise UsageError(f"{MOST} designs are kept already; delete one first")
            connection.execute(
                "INSERT INTO design (owner, name, saved_at, content) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (owner, name) DO UPDATE SET saved_at = excluded.saved_at, content = excluded.content",
                (hashed, name, datetime.now(UTC).isoformat(timespec="seconds"), content),
            )

    def list(self, owner: str) -> list[KeptDesign]:
        """List an owner's designs, the newest first."""
        if not owner or not self._database.path.exists():
            return []
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, name, saved_at FROM design WHERE owner = ? ORDER BY saved_at DESC, id DESC", (_hash(owner),)
            ).fetchall()
        return [KeptDesign(row["id"], row["name"], row["saved_at"]) for row in rows]

    def read(self, owner: str, number: int) -> str | None:
        """Return the content of an owner's design; None where there is no such design."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT content FROM design WHERE owner = ? AND id = ?", (_hash(owner), number)
            ).fetchone()
        return None if row is None else str(row["content"])

    def delete(self, owner: str, number: int) -> None:
        """Delete an owner's design."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM design WHERE owner = ? AND id = ?", (_hash(owner), number))


def _hash(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()
