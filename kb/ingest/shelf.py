"""The user's documents on disk: one file each, replaced in one step, under a lock."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from indexer.lock import hold_lock
from kb.errors import InputError, UsageError
from kb.ingest.model import Ingested, IngestedClause, IngestedFigure
from kb.model.base import Frozen
from kb.model.corpus import Conditions
from kb.settings import data_folder

_FOLDER = "documents"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
_LOCK_S = 60.0


class ClauseReading(Frozen):
    """What the words of a clause were taken to speak of."""

    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    when: Conditions = {}


class Edition(Frozen):
    """An edition that was replaced: enough to say what changed."""

    edition: int
    added: str
    sha256: str
    title: str
    clauses: tuple[IngestedClause, ...]
    figures: tuple[IngestedFigure, ...]


class Kept(Frozen):
    """One document as it is kept.

    `quotes` holds, for the original of a guideline that is held, its wording by our locators; `readings` what each
    clause of any other document speaks of; `buildings` are the building types of the whole.
    """

    schema_version: Literal[1] = 1
    ingested: Ingested
    readings: dict[str, ClauseReading] = {}
    buildings: tuple[str, ...] = ()
    quotes: dict[str, str] = {}
    previous: Edition | None = None

    @property
    def id(self) -> str:
        """The document's id."""
        return self.ingested.document.id


def shelf_folder(home: Path | None = None) -> Path:
    """Return the folder of the user's documents."""
    return (home or data_folder()) / _FOLDER


def check_id(document: str) -> str:
    """Return a usable document id; raises `UsageError`."""
    if not _ID.fullmatch(document):
        raise UsageError(
            f"文書IDに使えるのは小文字の英数字と . _ - です（60字まで）: {document!r}"
            f" / --id {document!r}: lower-case letters, digits, '.', '_', '-' (60 at most)"
        )
    return document


def list_kept(home: Path | None = None) -> list[Kept]:
    """Read all documents, by id; raises `InputError` for a file that was altered."""
    return [_read(path) for path in _files(home)]


def read_kept(document: str, home: Path | None = None) -> Kept | None:
    """Read one document, or None."""
    path = shelf_folder(home) / f"{document}.json"
    return _read(path) if path.is_file() else None


def keep(kept: Kept, home: Path | None = None) -> None:
    """Write one document: the old state or the new one, however this ends. The caller holds the lock."""
    folder = shelf_folder(home)
    data = kept.model_dump_json(exclude_defaults=True).encode()
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(folder / f"{kept.id}.json")
        _sync(folder)
    finally:
        Path(name).unlink(missing_ok=True)


def take_away(document: str, home: Path | None = None) -> bool:
    """Remove a document; false where there is none. The caller holds the lock."""
    path = shelf_folder(home) / f"{document}.json"
    if not path.is_file():
        return False
    path.unlink()
    _sync(path.parent)
    return True


@contextmanager
def hold_shelf(home: Path | None = None) -> Iterator[None]:
    """Keep every other writer out; leftovers of one that was killed are deleted."""
    folder = shelf_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    with hold_lock(folder / ".lock", _LOCK_S):
        for leftover in folder.glob(".writing-*"):
            leftover.unlink(missing_ok=True)
        yield


def shelf_hash(home: Path | None = None) -> str:
    """Hash names and contents of all documents; empty where there is none."""
    files = _files(home)
    if not files:
        return ""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(home: Path | None) -> list[Path]:
    folder = shelf_folder(home)
    return sorted(p for p in folder.glob("*.json") if not p.name.startswith(".")) if folder.is_dir() else []


def _read(path: Path) -> Kept:
    try:
        return Kept.model_validate_json(path.read_bytes())
    except (ValidationError, ValueError) as error:
        raise InputError(
            f"{path}: 取り込んだ文書のデータが壊れています。取り込み直すか、このファイルを削除してください"
            f" / the data of an ingested document is damaged ({str(error).splitlines()[0]}); delete the file and ingest again"
        ) from None


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
