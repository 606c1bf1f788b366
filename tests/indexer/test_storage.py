"""Whatever happens to the files or to the builder, an index is whole or refused."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

import indexer.store
from indexer.errors import IndexBusy, IndexDamaged, IndexProblem
from indexer.index import build_index, load_index, verify_index
from indexer.lock import hold_lock
from indexer.passages import Passage
from indexer.store import LOCK, read_manifest
from indexer.train_static import StaticTraining

ROOT = Path(__file__).parents[2]
BUILDER = """
import sys
from pathlib import Path
from indexer.index import build_index
from indexer.passages import Passage
texts = ["猫は廊下を歩いてよい。", "犬は庭で待つ。"]
print("ready", flush=True)
for n in range(10**6):
    name = "AB"[n % 2]
    passages = [Passage(str(i), {"ja": (f"{i}番目の{texts[n % 2]}",)}) for i in range(20)]
    build_index(Path(sys.argv[1]), passages, name, model=None, payload={"which": name.encode() * 9999})
    print(name, flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path, book: tuple[Passage, ...]) -> Path:
    build_index(tmp_path, book, "x", model=StaticTraining(dim=4), payload={"notes.txt": b"kept"})
    return tmp_path


def list_files(folder: Path) -> list[Path]:
    return [folder / "manifest.json", *sorted((folder / "parts").iterdir())]


def test_a_flipped_byte_in_any_file_is_damage(folder: Path) -> None:
    assert len(list_files(folder)) == 1 + len(read_manifest(folder).parts)
    for path in list_files(folder):
        whole = path.read_bytes()
        for place in random.Random(path.name).sample(range(len(whole)), min(12, len(whole))):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
            with pytest.raises(IndexDamaged, match=path.name):
                load_index(folder)
        path.write_bytes(whole)
    assert verify_index(folder) == []


def test_a_file_that_is_cut_short_or_longer_or_gone_is_damage(folder: Path) -> None:
    for path in list_files(folder)[1:]:
        whole = path.read_bytes()
        for other in (b"", whole[:-1], whole + b"\0"):
            path.write_bytes(other)
            with pytest.raises(IndexDamaged, match=path.name):
                load_index(folder)
        path.unlink()
        with pytest.raises(IndexDamaged, match=path.name):
            load_index(folder)
        assert path.name in verify_index(folder)[0]
        path.write_bytes(whole)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"checksum": 1}', "[" * 5000, "\x00\xff"])
def test_a_manifest_that_is_none_is_damage(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(IndexDamaged):
        load_index(folder)


def test_a_damaged_index_is_mended_by_building(folder: Path, book: tuple[Passage, ...]) -> None:
    for path in list_files(folder)[1:]:
        path.write_bytes(b"damaged")
    build_index(folder, book, "x", model=StaticTraining(dim=4), payload={"notes.txt": b"kept"})
    assert verify_index(folder) == []


def test_a_build_that_breaks_off_at_any_step_leaves_the_old_index(
    folder: Path, book: tuple[Passage, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    write = indexer.store._write_durably
    steps = 0

    def break_off(path: Path, data: bytes) -> None:
        nonlocal steps
        steps -= 1
        if steps < 0:
            path.write_bytes(data[: len(data) // 2])
            raise KeyboardInterrupt
        write(path, data)

    monkeypatch.setattr(indexer.store, "_write_durably", break_off)
    for first in range(5):
        steps = first
        with pytest.raises(KeyboardInterrupt):
            build_index(folder, book[:2], "y", model=None)
        assert len(load_index(folder, corpus="x").ids) == len(book) and verify_index(folder) == []
    steps = 99
    build_index(folder, book[:2], "y", model=None)
    assert len(load_index(folder, corpus="y").ids) == 2


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_builder_killed_at_any_moment_leaves_a_whole_index(tmp_path: Path) -> None:
    build_index(tmp_path, [Passage("old", {"ja": ("最初の文",)})], "old", model=None)
    moments = random.Random(7)
    for finished in [0, 0, 1, 2] * 3:
        builder = subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, env=_environment()
        )
        assert builder.stdout is not None and builder.stdout.readline() == b"ready\n"
        built = [builder.stdout.readline() for _ in range(finished)]
        time.sleep(moments.uniform(0, 0.01 if finished else 0.4))
        builder.send_signal(signal.SIGKILL)
        builder.communicate()
        index = load_index(tmp_path)
        assert verify_index(tmp_path) == []
        assert (index.manifest.corpus == "old" and not built) or (
            index.payload["which"] == index.manifest.corpus.encode() * 9999
        )


def test_a_reader_beside_a_builder_always_sees_a_whole_index(tmp_path: Path, book: tuple[Passage, ...]) -> None:
    build_index(tmp_path, book, "0", model=None)
    problems: list[IndexProblem] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                assert load_index(tmp_path).ids
            except IndexProblem as problem:
                problems.append(problem)

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(15):
        build_index(tmp_path, book[: 1 + n % 4], str(n), model=None)
    done.set()
    reader.join()
    assert problems == []


def test_a_second_builder_waits_and_then_gives_up(folder: Path, book: tuple[Passage, ...]) -> None:
    with hold_lock(folder / LOCK, 1), pytest.raises(IndexBusy, match="another process"):
        build_index(folder, book, "y", model=None, lock_timeout_s=0.1)
    build_index(folder, book, "y", model=None, lock_timeout_s=0.1)


def test_two_builders_take_turns(tmp_path: Path, book: tuple[Passage, ...]) -> None:
    build = partial(build_index, tmp_path, book, model=None)
    threads = [threading.Thread(target=build, args=(name,)) for name in "1234"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify_index(tmp_path) == []


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
