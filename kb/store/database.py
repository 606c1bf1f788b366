"""Connections to the SQLite files of the data folder: WAL, migrations by `user_version`, one transaction per block."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb.errors import InputError
from kb.settings import data_folder

BUSY_TIMEOUT_S = 20.0


@dataclass(frozen=True)
class Database:
    """A file and the scripts that bring it to its newest shape.

    `migrations[n]` takes the file from version n to n + 1; a script once released is never edited, only followed by
    another. Statements are separated by semicolons, and a script holds none inside a string.
    """

    name: str
    migrations: Sequence[str]
    home: Path | None = None

    @property
    def path(self) -> Path:
        """Where the file is: in the data folder, unless a home of its own was given."""
        return (self.home or data_folder()) / f"{self.name}.db"

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees one consistent state; what is written in it is thrown away."""
        with self._connected() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection in a transaction: all of the block is kept when it ends well, and none of it otherwise.

        When the block has ended, what it wrote is on the disk (`synchronous=FULL`): neither a killed process nor a
        loss of power takes it back.
        """
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(self._open()) as connection:
                self._migrate(connection)
                yield connection
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError):
                raise
            raise InputError(f"{self.path}: {error}; move the file away to begin anew") from error

    def _open(self) -> sqlite3.Connection:
        new = not self.path.exists()
        connection = sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        connection.row_factory = sqlite3.Row
        try:
            if new:
                self.path.chmod(0o600)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _migrate(self, connection: sqlite3.Connection) -> None:
        newest = len(self.migrations)
        if _version(connection) == newest:
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            found = _version(connection)
            if found > newest:
                raise InputError(f"{self.path}: written by a newer version ({found}); this one reads up to {newest}")
            for script in self.migrations[found:]:
                for statement in filter(str.strip, script.split(";")):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version={newest}")
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
