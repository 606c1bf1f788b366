"""Progress of study in SQLite: several learners by name, reviews that are only ever added, the cards they lead to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kb.errors import InputError, UsageError
from kb.model.progress import CardState, Name, PaperRecord, Review, Settings, StudyExport
from kb.store.database import Database

MIGRATIONS = (
    """
    CREATE TABLE learner (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, settings TEXT NOT NULL);
    CREATE TABLE review (
        learner INTEGER NOT NULL REFERENCES learner(id) ON DELETE CASCADE,
        id INTEGER NOT NULL, item TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (learner, id)
    );
    CREATE TABLE undone (
        learner INTEGER NOT NULL, review INTEGER NOT NULL, undone_at TEXT NOT NULL, PRIMARY KEY (learner, review),
        FOREIGN KEY (learner, review) REFERENCES review(learner, id) ON DELETE CASCADE
    );
    CREATE TABLE card (
        learner INTEGER NOT NULL REFERENCES learner(id) ON DELETE CASCADE,
        item TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (learner, item)
    );
    CREATE TABLE suspended (
        learner INTEGER NOT NULL REFERENCES learner(id) ON DELETE CASCADE, item TEXT NOT NULL, PRIMARY KEY (learner, item)
    );
    CREATE TABLE paper (
        learner INTEGER NOT NULL REFERENCES learner(id) ON DELETE CASCADE, id INTEGER PRIMARY KEY, record TEXT NOT NULL
    )
    """,
)
_NAME = TypeAdapter(Name)


class StudyStore:
    """One learner's progress; every method is one transaction, and what it returned from is on the disk."""

    def __init__(self, learner: str, home: Path | None = None) -> None:
        try:
            self.learner = _NAME.validate_python(learner.strip())
        except ValidationError:
            raise UsageError(f"learner {learner!r}: a name of 1 to 60 characters is needed") from None
        self._database = Database("study", MIGRATIONS, home)

    def settings(self) -> Settings:
        """Return what the learner chose; the defaults for one who is new."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT settings FROM learner WHERE name = ?", (self.learner,)).fetchone()
        return Settings() if row is None else Settings.model_validate_json(row["settings"])

    def choose(self, settings: Settings) -> None:
        """Keep what the learner chose."""
        with self._writing() as (connection, learner):
            connection.execute("UPDATE learner SET settings = ? WHERE id = ?", (settings.model_dump_json(), learner))

    def cards(self) -> dict[str, CardState]:
        """Return the cards that were rated, by item."""
        rows = self._rows("SELECT record FROM card WHERE learner = ? ORDER BY item")
        cards = [CardState.model_validate_json(row["record"]) for row in rows]
        return {card.item: card for card in cards}

    def card(self, item: str) -> CardState | None:
        """Return one card; None where it was never rated."""
        rows = self._rows("SELECT record FROM card WHERE learner = ? AND item = ?", item)
        return CardState.model_validate_json(rows[0]["record"]) if rows else None

    def reviews(self, with_undone: bool = False) -> list[Review]:
        """Return the ratings in their order, without those taken back unless they are asked for."""
        rows = self._rows(
            "SELECT record, review AS undone FROM review LEFT JOIN undone "
            "ON undone.learner = review.learner AND undone.review = review.id WHERE review.learner = ? ORDER BY id"
        )
        found = [
            Review.model_validate_json(row["record"]).model_copy(update={"undone": row["undone"] is not None})
            for row in rows
        ]
        return [review for review in found if with_undone or not review.undone]

    def add_review(
        self, subject: str, rating: int, right: bool, reviewed_at: datetime, before: CardState | None, after: CardState
    ) -> Review:
        """Add a rating and put the card in its new state, both or neither.

        Raises `UsageError` where the card is no longer as `before` says: it was rated elsewhere meanwhile.
        """
        with self._writing() as (connection, learner):
            row = connection.execute(
                "SELECT record FROM card WHERE learner = ? AND item = ?", (learner, after.item)
            ).fetchone()
            held = None if row is None else CardState.model_validate_json(row["record"])
            if held != before:
                raise UsageError(f"{after.item}: rated elsewhere meanwhile; open it again")
            last = connection.execute("SELECT max(id) AS id FROM review WHERE learner = ?", (learner,)).fetchone()
            review = Review(
                id=(last["id"] or 0) + 1,
                item=after.item,
                subject=subject,
                rating=rating,
                right=right,
                reviewed_at=reviewed_at,
                before=before,
                after=after,
            )
            connection.execute(
                "INSERT INTO review (learner, id, item, record) VALUES (?, ?, ?, ?)",
                (learner, review.id, review.item, review.model_dump_json()),
            )
            _put_card(connection, learner, after.item, after)
        return review

    def undo(self, only: int | None = None) -> Review | None:
        """Take back the last rating that stands: the card is as it was before; None where there is none to take back.

        `only` is the number of a rating: None too where that one is not the last.
        """
        with self._writing() as (connection, learner):
            row = connection.execute(
                "SELECT record FROM review WHERE learner = ? AND id NOT IN "
                "(SELECT review FROM undone WHERE undone.learner = ?) ORDER BY id DESC LIMIT 1",
                (learner, learner),
            ).fetchone()
            if row is None:
                return None
            review = Review.model_validate_json(row["record"])
            if only not in (None, review.id):
                return None
            connection.execute(
                "INSERT INTO undone (learner, review, undone_at) VALUES (?, ?, ?)",
                (learner, review.id, datetime.now(UTC).isoformat()),
            )
            _put_card(connection, learner, review.item, review.before)
        return review

    def reschedule(self, cards: list[CardState]) -> None:
        """Put cards in a new state without a rating (another exam date moves them)."""
        with self._writing() as (connection, learner):
            for card in cards:
                _put_card(connection, learner, card.item, card)

    def suspended(self) -> set[str]:
        """Return the items that the learner has laid aside."""
        return {row["item"] for row in self._rows("SELECT item FROM suspended WHERE learner = ?")}

    def suspend(self, item: str, on: bool = True) -> None:
        """Lay an item aside, or take it up again."""
        with self._writing() as (connection, learner):
            if on:
                connection.execute("INSERT OR IGNORE INTO suspended (learner, item) VALUES (?, ?)", (learner, item))
            else:
                connection.execute("DELETE FROM suspended WHERE learner = ? AND item = ?", (learner, item))

    def papers(self) -> list[PaperRecord]:
        """Return the practice papers that were handed in, oldest first."""
        rows = self._rows("SELECT record FROM paper WHERE learner = ? ORDER BY id")
        return [PaperRecord.model_validate_json(row["record"]) for row in rows]

    def add_paper(self, paper: PaperRecord) -> None:
        """Keep a practice paper that was handed in."""
        with self._writing() as (connection, learner):
            _put_paper(connection, learner, paper)

    def export(self) -> StudyExport:
        """Return all of the learner's progress."""
        return StudyExport(
            learner=self.learner,
            settings=self.settings(),
            cards=tuple(self.cards().values()),
            reviews=tuple(self.reviews(with_undone=True)),
            suspended=tuple(sorted(self.suspended())),
            papers=tuple(self.papers()),
        )

    def replace(self, progress: StudyExport) -> None:
        """Put exported progress in the place of this learner's own, all of it or nothing."""
        with self._writing() as (connection, learner):
            for table in ("review", "card", "suspended", "paper"):
                connection.execute(f"DELETE FROM {table} WHERE learner = ?", (learner,))
            settings = progress.settings.model_dump_json()
            connection.execute("UPDATE learner SET settings = ? WHERE id = ?", (settings, learner))
            for review in progress.reviews:
                plain = review.model_copy(update={"undone": False})
                connection.execute(
                    "INSERT INTO review (learner, id, item, record) VALUES (?, ?, ?, ?)",
                    (learner, review.id, review.item, plain.model_dump_json()),
                )
                if review.undone:
                    connection.execute(
                        "INSERT INTO undone (learner, review, undone_at) VALUES (?, ?, ?)",
                        (learner, review.id, datetime.now(UTC).isoformat()),
                    )
            for card in progress.cards:
                _put_card(connection, learner, card.item, card)
            for item in progress.suspended:
                connection.execute("INSERT INTO suspended (learner, item) VALUES (?, ?)", (learner, item))
            for paper in progress.papers:
                _put_paper(connection, learner, paper)

    def is_new(self) -> bool:
        """Tell whether nothing is kept of this learner yet."""
        return not (self.cards() or self.reviews(with_undone=True) or self.papers())

    def _rows(self, query: str, *values: str) -> list[sqlite3.Row]:
        with self._database.reading() as connection:
            found = connection.execute("SELECT id FROM learner WHERE name = ?", (self.learner,)).fetchone()
            return [] if found is None else connection.execute(query, (found["id"], *values)).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO learner (name, settings) VALUES (?, ?)",
                (self.learner, Settings().model_dump_json()),
            )
            row = connection.execute("SELECT id FROM learner WHERE name = ?", (self.learner,)).fetchone()
            yield connection, int(row["id"])


def list_learners(home: Path | None = None) -> list[str]:
    """Return the names of all learners of this data folder."""
    with Database("study", MIGRATIONS, home).reading() as connection:
        return [row["name"] for row in connection.execute("SELECT name FROM learner ORDER BY name")]


def read_export(text: str, source: str) -> StudyExport:
    """Read exported progress; raises `InputError` naming the source, the key, what was found and what is allowed."""
    try:
        return StudyExport.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "(whole file)"
        raise InputError(f"{source}: `{where}`: {first['msg']}; allowed: a file that this program exported") from None


def _put_card(connection: sqlite3.Connection, learner: int, item: str, card: CardState | None) -> None:
    if card is None:
        connection.execute("DELETE FROM card WHERE learner = ? AND item = ?", (learner, item))
        return
    connection.execute(
        "INSERT INTO card (learner, item, record) VALUES (?, ?, ?) "
        "ON CONFLICT (learner, item) DO UPDATE SET record = excluded.record",
        (learner, item, card.model_dump_json()),
    )


def _put_paper(connection: sqlite3.Connection, learner: int, paper: PaperRecord) -> None:
    connection.execute("INSERT INTO paper (learner, record) VALUES (?, ?)", (learner, paper.model_dump_json()))
