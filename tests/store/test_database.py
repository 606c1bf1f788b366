"""A file of the data folder keeps what was acknowledged, and says what is wrong with it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kb.errors import InputError
from kb.store.database import Database

ONE = ("CREATE TABLE note (text TEXT NOT NULL)",)
TWO = (*ONE, "ALTER TABLE note ADD COLUMN colour TEXT; CREATE INDEX by_colour ON note (colour)")


def write(database: Database, text: str) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO note (text) VALUES (?)", (text,))


def read(database: Database) -> list[str]:
    with database.reading() as connection:
        return [row["text"] for row in connection.execute("SELECT text FROM note ORDER BY rowid")]


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    database = Database("notes", ONE, tmp_path)
    write(database, "a")
    assert read(Database("notes", ONE, tmp_path)) == ["a"]


def test_a_block_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = Database("notes", ONE, tmp_path)
    with pytest.raises(RuntimeError), database.writing() as connection:
        connection.execute("INSERT INTO note (text) VALUES ('half')")
        raise RuntimeError
    assert read(database) == []


def test_an_older_file_is_brought_up_to_date_and_keeps_its_rows(tmp_path: Path) -> None:
    write(Database("notes", ONE, tmp_path), "old")
    newer = Database("notes", TWO, tmp_path)
    with newer.writing() as connection:
        connection.execute("INSERT INTO note (text, colour) VALUES ('new', 'red')")
    assert read(newer) == ["old", "new"]


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    write(Database("notes", TWO, tmp_path), "kept")
    with pytest.raises(InputError, match="newer version"):
        read(Database("notes", ONE, tmp_path))
    assert read(Database("notes", TWO, tmp_path)) == ["kept"]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    write(Database("notes", ONE, tmp_path), "kept")
    with pytest.raises(InputError):
        read(Database("notes", (*ONE, "CREATE TABLE other (x); CREATE TABLE note (x)"), tmp_path))
    assert read(Database("notes", ONE, tmp_path)) == ["kept"]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_bytes(b"this is no database, and it is long enough to be taken for a header" * 4)
    with pytest.raises(InputError, match="notes.db"):
        read(Database("notes", ONE, tmp_path))


def test_the_file_is_in_wal_mode_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    database = Database("notes", ONE, tmp_path)
    write(database, "a")
    assert database.path.stat().st_mode & 0o077 == 0
    with sqlite3.connect(database.path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
