"""Questions and ratings of visitors who agreed to have them kept; they expire, and their owner can take them away.

A visitor is a random token that only the browser holds; the file holds the token's SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kb.errors import UsageError
from kb.model.journal import AskedQuestion, Journal, JournalEntry, Rating
from kb.store.database import Database

KEEP_DAYS = 90
"""Days after which an entry is deleted, unless its owner chose another number."""
KEEP_CHOICES = (7, 30, 90, 365)
LONGEST_REMARK = 500

_MIGRATIONS = (
    """
    CREATE TABLE visitor (
        id TEXT PRIMARY KEY,
        agreed_at TEXT NOT NULL,
        keep_days INTEGER NOT NULL CHECK (keep_days > 0)
    );
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY,
        visitor TEXT NOT NULL REFERENCES visitor (id) ON DELETE CASCADE,
        asked_at TEXT NOT NULL,
        question TEXT NOT NULL,
        previous TEXT,
        facts TEXT NOT NULL,
        language TEXT NOT NULL,
        status TEXT NOT NULL,
        headline TEXT NOT NULL,
        rating TEXT CHECK (rating IN ('up', 'down')),
        remark TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX entry_of_visitor ON entry (visitor, asked_at);
    """,
)


def make_token() -> str:
    """Return a new visitor's token: 32 letters that nobody can guess."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class JournalStore:
    """The kept questions of all visitors; each call sees one visitor's only."""

    home: Path | None = None

    def agree(self, token: str, now: datetime | None = None) -> None:
        """Note that a visitor agreed; does nothing where they had agreed already."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO visitor (id, agreed_at, keep_days) VALUES (?, ?, ?)",
                (_hash(token), _stamp(now), KEEP_DAYS),
            )

    def has_agreed(self, token: str) -> bool:
        """Tell whether a visitor agreed; without a file nobody did, and none is made."""
        if not token or not self._database.path.exists():
            return False
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM visitor WHERE id = ?", (_hash(token),)).fetchone() is not None

    def keep_for(self, token: str, days: int) -> None:
        """Choose how long a visitor's entries are kept; raises `UsageError` for a number not offered."""
        if days not in KEEP_CHOICES:
            raise UsageError(f"{days}: {', '.join(map(str, KEEP_CHOICES))}")
        with self._writing() as connection:
            connection.execute("UPDATE visitor SET keep_days = ? WHERE id = ?", (days, _hash(token)))
        self.expire()

    def add(self, token: str, asked: AskedQuestion, now: datetime | None = None) -> int:
        """Keep a question and return its number; raises `UsageError` for a visitor who has not agreed."""
        row = (asked.question, asked.previous, json.dumps(asked.facts), asked.language, asked.status, asked.headline)
        with self._writing() as connection:
            _delete_expired(connection, now)
            try:
                done = connection.execute(
                    "INSERT INTO entry (visitor, asked_at, question, previous, facts, language, status, headline)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (_hash(token), _stamp(now), *row),
                )
            except sqlite3.IntegrityError as error:
                raise UsageError("no agreement to keep questions") from error
            return int(done.lastrowid or 0)

    def rate(self, token: str, entry: int, rating: Rating | None, remark: str = "") -> None:
        """Note a visitor's rating of an answer, with a remark of 500 letters at most."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE entry SET rating = ?, remark = ? WHERE id = ? AND visitor = ?",
                (rating, remark.strip()[:LONGEST_REMARK], entry, _hash(token)),
            )

    def read(self, token: str, now: datetime | None = None) -> Journal | None:
        """Return all that is kept of a visitor, newest first; None for one who has not agreed."""
        if not self.has_agreed(token):
            return None
        self.expire(now)
        with self._database.reading() as connection:
            visitor = connection.execute("SELECT * FROM visitor WHERE id = ?", (_hash(token),)).fetchone()
            if visitor is None:
                return None
            rows = connection.execute(
                "SELECT * FROM entry WHERE visitor = ? ORDER BY asked_at DESC, id DESC", (_hash(token),)
            ).fetchall()
        return Journal(
            agreed_at=visitor["agreed_at"], keep_days=visitor["keep_days"], entries=tuple(_entry(row) for row in rows)
        )

    def delete(self, token: str, entry: int) -> None:
        """Delete one entry of a visitor."""
        with self._writing() as connection:
            connection.execute("DELETE FROM entry WHERE id = ? AND visitor = ?", (entry, _hash(token)))

    def forget(self, token: str) -> None:
        """Delete all that is kept of a visitor, and the agreement."""
        with self._writing() as connection:
            connection.execute("DELETE FROM visitor WHERE id = ?", (_hash(token),))

    def expire(self, now: datetime | None = None) -> None:
        """Delete what is older than its owner wants it kept."""
        with self._writing() as connection:
            _delete_expired(connection, now)

    @property
    def _database(self) -> Database:
        return Database("journal", _MIGRATIONS, self.home)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Write so that what is deleted is overwritten too."""
        with self._database.writing() as connection:
            connection.execute("PRAGMA secure_delete=ON")
            yield connection


def _delete_expired(connection: sqlite3.Connection, now: datetime | None) -> None:
    for days in KEEP_CHOICES:
        before = _stamp((now or datetime.now(UTC)) - timedelta(days=days))
        connection.execute(
            "DELETE FROM entry WHERE asked_at < ? AND visitor IN (SELECT id FROM visitor WHERE keep_days = ?)",
            (before, days),
        )


def _entry(row: sqlite3.Row) -> JournalEntry:
    names = ("question", "previous", "language", "status", "headline")
    asked = AskedQuestion(facts=json.loads(row["facts"]), **{name: row[name] for name in names})
    return JournalEntry(id=row["id"], asked_at=row["asked_at"], asked=asked, rating=row["rating"], remark=row["remark"])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _stamp(now: datetime | None) -> str:
    return (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
