"""Building, loading and damaging an index."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.errors import IndexDamaged, IndexMissing, IndexProblem, IndexStale
from indexer.index import build_index, load_index, verify_index
from indexer.passages import Passage
from indexer.search import Searcher

PASSAGES = [
    Passage(
        "hall",
        {
            "ja": ("昇降機の前の広間は明るくする",),
            "en": ("Keep the lift lobby bright",),
            "asks": ("エレベーター前の明るさは",),
        },
        ("elevator_hall", "lighting"),
    ),
    Passage(
        "mail",
        {"ja": ("郵便受けには鍵を付ける",), "en": ("Fit locks to the mailboxes",), "asks": ("ポストに鍵は要るか",)},
        ("mailbox", "lock"),
    ),
    Passage(
        "roof",
        {
            "ja": ("屋上に出る戸は閉めておく",),
            "en": ("Keep the roof door locked",),
            "asks": ("屋上の扉は開けておいてよいか",),
        },
        ("rooftop", "lock"),
    ),
    Passage(
        "film",
        {
            "ja": ("録画した画像は七日のあいだ残す",),
            "en": ("Keep footage for seven days",),
            "asks": ("映像は何日残すか",),
        },
        ("recording",),
    ),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build_index(tmp_path, PASSAGES, corpus="one", payload={"extra.json": b"{}"})
    return tmp_path


def test_a_question_finds_its_passage_in_either_language(folder: Path):
    searcher = Searcher(load_index(folder, corpus="one"))
    assert searcher.search("エレベーターの前は明るい？")[0].id == "hall"
    assert searcher.search("do mailboxes need locks")[0].id == "mail"


def test_concepts_raise_a_passage_and_can_be_required(folder: Path):
    searcher = Searcher(load_index(folder, corpus="one"))
    assert searcher.search("鍵", concepts=("rooftop",), boost=5.0)[0].id == "roof"
    assert {h.id for h in searcher.search("鍵", concepts=("rooftop",), require_concept=True)} <= {"roof"}


def test_a_search_can_be_kept_within_some_passages(folder: Path):
    searcher = Searcher(load_index(folder, corpus="one"))
    assert {h.id for h in searcher.search("鍵", within=("mail",))} == {"mail"}


def test_the_payload_comes_back(folder: Path):
    assert load_index(folder, corpus="one").payload["extra.json"] == b"{}"


def test_an_empty_folder_has_no_index(tmp_path: Path):
    with pytest.raises(IndexMissing):
        load_index(tmp_path, corpus="one")


def test_an_index_of_another_corpus_is_stale(folder: Path):
    with pytest.raises(IndexStale):
        load_index(folder, corpus="two")


def test_one_flipped_byte_in_any_file_is_noticed(folder: Path):
    files = [p for p in folder.rglob("*") if p.is_file() and p.stat().st_size and "lock" not in p.name]
    assert len(files) > 4
    for file in files:
        original = file.read_bytes()
        damaged = bytearray(original)
        damaged[len(damaged) // 2] ^= 0xFF
        file.write_bytes(bytes(damaged))
        with pytest.raises(IndexProblem):
            load_index(folder, corpus="one")
        file.write_bytes(original)
    assert verify_index(folder) == []


def test_a_missing_part_is_damage(folder: Path):
    part = next(p for p in folder.rglob("*") if p.suffix == ".safetensors")
    part.unlink()
    with pytest.raises(IndexDamaged):
        load_index(folder, corpus="one")


def test_an_unchanged_build_writes_nothing(folder: Path):
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file() and "lock" not in p.name}
    build_index(folder, PASSAGES, corpus="one", payload={"extra.json": b"{}"})
    after = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file() and "lock" not in p.name}
    assert before == after


def test_querying_does_not_import_torch(folder: Path):
    code = (
        "import sys; from pathlib import Path; from indexer.index import load_index; from indexer.search import Searcher;"
        f"s = Searcher(load_index(Path({str(folder)!r}), corpus='one')); s.search('鍵');"
        "assert 'torch' not in sys.modules and 'sentence_transformers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_build_killed_at_any_moment_leaves_the_old_index_or_the_new_one(folder: Path):
    code = (
        "import sys; from pathlib import Path; from indexer.index import build_index; from indexer.passages import Passage;"
        "p = [Passage(f'p{i}', {'ja': (f'条項{i}の照明と鍵と見通し',)}) for i in range(300)];"
        "print('ready', flush=True); build_index(Path(sys.argv[1]), p, corpus='two')"
    )
    chance = random.Random(7)
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.8))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        found = []
        for corpus in ("one", "two"):
            try:
                found.append(load_index(folder, corpus=corpus))
            except IndexStale:
                continue
        assert len(found) == 1
