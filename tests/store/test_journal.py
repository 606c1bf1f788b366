"""Questions are kept only after an agreement, seen only by their owner, and gone when they should be."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kb.errors import UsageError
from kb.model.journal import AskedQuestion, Journal
from kb.store.journal import KEEP_DAYS, JournalStore, make_token

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


def question(text: str = "EVホールには何ルクス必要？") -> AskedQuestion:
    return AskedQuestion(
        question=text, language="ja", status="answered", headline="50ルクス以上", facts={"floor": "other"}
    )


@pytest.fixture
def store(tmp_path: Path) -> JournalStore:
    return JournalStore(tmp_path)


def kept(store: JournalStore, token: str, now: datetime = NOW) -> list[str]:
    journal = store.read(token, now)
    return [] if journal is None else [entry.asked.question for entry in journal.entries]


def test_nothing_is_kept_without_an_agreement(store: JournalStore, tmp_path: Path) -> None:
    assert not store.has_agreed("somebody") and store.read("somebody") is None
    assert list(tmp_path.iterdir()) == []
    store.agree("another", NOW)
    with pytest.raises(UsageError):
        store.add("somebody", question(), NOW)


def test_what_was_asked_is_read_again_newest_first(store: JournalStore) -> None:
    store.agree("me", NOW)
    store.add("me", question("first"), NOW)
    second = store.add("me", question("second"), NOW + timedelta(hours=1))
    store.rate("me", second, "down", " 駐輪場のことでした ")
    journal = store.read("me", NOW)
    assert journal is not None and journal.keep_days == KEEP_DAYS == 90
    assert [entry.asked.question for entry in journal.entries] == ["second", "first"]
    assert (journal.entries[0].rating, journal.entries[0].remark) == ("down", "駐輪場のことでした")
    assert journal.entries[1].asked == question("first")
    assert Journal.model_validate_json(journal.model_dump_json()) == journal


def test_nobody_sees_rates_or_deletes_what_is_anothers(store: JournalStore) -> None:
    for name in ("me", "you"):
        store.agree(name, NOW)
    mine = store.add("me", question(), NOW)
    store.rate("you", mine, "up")
    store.delete("you", mine)
    assert kept(store, "you") == []
    journal = store.read("me", NOW)
    assert journal is not None and journal.entries[0].rating is None


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_a_question_expires_after_ninety_days(store: JournalStore, days: int, left: int) -> None:
    store.agree("me", NOW)
    store.add("me", question(), NOW)
    assert len(kept(store, "me", NOW + timedelta(days=days))) == left


def test_the_time_is_the_owners_choice(store: JournalStore) -> None:
    store.agree("me", NOW)
    store.agree("you", NOW)
    for name in ("me", "you"):
        store.add(name, question(), datetime.now(UTC) - timedelta(days=10))
    store.keep_for("me", 7)
    assert kept(store, "me", datetime.now(UTC)) == [] and len(kept(store, "you", datetime.now(UTC))) == 1
    with pytest.raises(UsageError, match="7, 30, 90, 365"):
        store.keep_for("me", 12)


def test_another_visitors_question_clears_what_has_expired(store: JournalStore, tmp_path: Path) -> None:
    for name in ("me", "you"):
        store.agree(name, NOW)
    store.add("me", question("old"), NOW)
    store.add("you", question("new"), NOW + timedelta(days=100))
    with sqlite3.connect(tmp_path / "journal.db") as file:
        assert file.execute("SELECT question FROM entry").fetchall() == [("new",)]


def test_forgetting_leaves_no_trace_in_the_file(store: JournalStore, tmp_path: Path) -> None:
    store.agree("me", NOW)
    store.add("me", question("a very private question"), NOW)
    store.forget("me")
    assert not store.has_agreed("me") and store.read("me") is None
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"private" not in left


def test_a_token_is_kept_as_a_hash_only(store: JournalStore, tmp_path: Path) -> None:
    token = make_token()
    assert len(token) == 32 and make_token() != token
    store.agree(token, NOW)
    assert token.encode() not in (tmp_path / "journal.db").read_bytes()
