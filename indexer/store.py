"""Files of an index: parts named by content hash, and one manifest that is replaced in a single step.

A reader either sees the old manifest with the old parts or the new one with the new parts, however a build ends.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from indexer.errors import IndexDamaged, IndexMissing, IndexStale
from indexer.passages import hash_bytes

SCHEMA_VERSION = 2
"""Layout of manifest and parts; an index of another schema is stale."""

MANIFEST = "manifest.json"
PARTS = "parts"
LOCK = "lock"
_BUILDING = "building-"
_PART_NAME = re.compile(r"[A-Za-z0-9._-]{1,80}")
_READ_ATTEMPTS = 8


@dataclass(frozen=True)
class Part:
    """One file of an index: its path under the index folder, SHA-256 (hex) and size in bytes."""

    file: str
    sha256: str
    size: int


@dataclass(frozen=True)
class ModelInfo:
    """The embedding model whose vectors an index holds; `stored` where the model itself is in the index."""

    name: str
    dim: int
    fingerprint: str
    stored: bool
    recipe: str = ""


@dataclass(frozen=True)
class Manifest:
    """What an index was made from and which parts it has."""

    corpus: str
    passages: str
    tokenizer: str
    dictionary: str
    model: ModelInfo | None
    settings: Mapping[str, Any]
    parts: Mapping[str, Part]
    schema: int = SCHEMA_VERSION
    counts: Mapping[str, int] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest of `folder`.

    Raises `IndexMissing` where there is none, `IndexStale` for another schema, `IndexDamaged` for anything but the
    exact bytes that `write_index` wrote.
    """
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise IndexMissing(f"{folder}: no index has been built here yet") from None
    except OSError as problem:
        raise IndexDamaged(f"{path}: cannot be read ({problem}); build the index again") from problem
    return _parse_manifest(path, data)


def read_parts(folder: Path) -> tuple[Manifest, dict[str, bytes]]:
    """Read the manifest and every part, each checked against its SHA-256 and size.

    Where a build replaces the index meanwhile, the new one is read. Raises as `read_manifest` does.
    """
    for attempt in range(_READ_ATTEMPTS):
        manifest = read_manifest(folder)
        try:
            return manifest, {name: _read_part(folder, part) for name, part in manifest.parts.items()}
        except IndexDamaged:
            if attempt + 1 == _READ_ATTEMPTS or read_manifest(folder) == manifest:
                raise
    raise AssertionError("unreachable")


def find_problems(folder: Path) -> list[str]:
    """Say what is wrong with the files of an index, one sentence per file; an empty list means whole."""
    try:
        manifest = read_manifest(folder)
    except (IndexMissing, IndexDamaged, IndexStale) as problem:
        return [str(problem)]
    problems = []
    for part in manifest.parts.values():
        try:
            _read_part(folder, part)
        except IndexDamaged as problem:
            problems.append(str(problem))
    return problems


def name_part(name: str, data: bytes) -> Part:
    """Describe the part `name` with content `data`; the file name holds the hash."""
    if not _PART_NAME.fullmatch(name):
        raise ValueError(f"part name {name!r}: only letters, digits, '.', '_' and '-' are allowed (80 at most)")
    digest = hash_bytes(data)
    return Part(f"{PARTS}/{digest[:24]}-{name}", digest, len(data))


def write_index(folder: Path, manifest: Manifest, contents: Mapping[str, bytes]) -> None:
    """Write all parts and then, in one step, the manifest; delete what the new manifest does not name.

    `contents` holds the bytes of every part that `manifest` names. The caller holds the lock of `folder`.
    """
    (folder / PARTS).mkdir(parents=True, exist_ok=True)
    _delete_leftovers(folder)
    building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=folder))
    try:
        for name, part in manifest.parts.items():
            target = folder / part.file
            _write_durably(building / target.name, contents[name])
            (building / target.name).replace(target)
        _sync_folder(folder / PARTS)
        _write_durably(building / MANIFEST, _dump_manifest(manifest))
        (building / MANIFEST).replace(folder / MANIFEST)
        _sync_folder(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _delete_unnamed_parts(folder, manifest)


def _dump_manifest(manifest: Manifest) -> bytes:
    body = asdict(manifest)
    body["checksum"] = hash_bytes(_canonical(body))
    return _canonical(body)


def _parse_manifest(path: Path, data: bytes) -> Manifest:
    try:
        body = json.loads(data)
        checksum = body.pop("checksum")
        schema = body["schema"]
        whole = checksum == hash_bytes(_canonical(body)) and _canonical({**body, "checksum": checksum}) == data
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise IndexDamaged(f"{path}: not a manifest; build the index again") from None
    if not whole:
        raise IndexDamaged(f"{path}: altered since it was written; build the index again")
    if schema != SCHEMA_VERSION:
        raise IndexStale(f"{path}: schema {schema}, this program reads {SCHEMA_VERSION}; build the index again")
    model = body["model"]
    parts = {name: Part(**part) for name, part in body["parts"].items()}
    return Manifest(**{**body, "model": ModelInfo(**model) if model else None, "parts": parts})


def _canonical(body: Any) -> bytes:
    return (json.dumps(body, ensure_ascii=True, sort_keys=True, indent=1) + "\n").encode("ascii")


def _read_part(folder: Path, part: Part) -> bytes:
    path = folder / part.file
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise IndexDamaged(f"{path}: cannot be read ({problem.strerror}); build the index again") from problem
    if len(data) != part.size or hash_bytes(data) != part.sha256:
        raise IndexDamaged(f"{path}: altered since it was written; build the index again")
    return data


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _delete_leftovers(folder: Path) -> None:
    for leftover in folder.glob(f"{_BUILDING}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _delete_unnamed_parts(folder: Path, manifest: Manifest) -> None:
    named = {Path(part.file).name for part in manifest.parts.values()}
    for path in (folder / PARTS).iterdir():
        if path.name not in named:
            path.unlink(missing_ok=True)
