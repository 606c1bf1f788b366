"""An index is built once, kept whole, and never used when it does not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import indexer.index
from indexer.errors import IndexMissing, IndexStale
from indexer.index import SearchIndex, Settings, build_index, load_index, verify_index
from indexer.lexical import Bm25Settings
from indexer.passages import Passage, dump_passages, parse_passages
from indexer.ranking import Ranking
from indexer.search import Searcher
from indexer.train_static import StaticTraining

names = st.text(min_size=1, max_size=5)
passages = st.lists(
    st.builds(
        Passage,
        names,
        st.dictionaries(names, st.lists(st.text(max_size=9), max_size=3).map(tuple), max_size=3),
        st.lists(names, max_size=3).map(tuple),
    ),
    max_size=4,
)


@given(passages)
def test_passages_survive_being_written_down(some: list[Passage]) -> None:
    assert parse_passages(dump_passages(some)) == tuple(some)


def test_an_index_gives_back_what_was_put_in(book_index: SearchIndex, book: tuple[Passage, ...]) -> None:
    assert book_index.passages == book
    assert book_index.ids == tuple(passage.id for passage in book)
    assert book_index.payload == {"notes.txt": b"\x00kept as it is"}
    assert book_index.manifest.corpus == "book-1"
    assert book_index.manifest.counts["passages"] == len(book)


def test_a_loaded_index_ranks_as_the_index_built(tmp_path: Path, book: tuple[Passage, ...], embedder: Any) -> None:
    build_index(tmp_path / "one", book, "x", model=embedder)
    build_index(tmp_path / "two", book, "x", model=embedder)
    one, two = (Searcher(load_index(tmp_path / name), embedder) for name in ("one", "two"))
    assert one.search("屋上の灯り") == two.search("屋上の灯り")


def test_settings_are_kept_with_the_index(tmp_path: Path, book: tuple[Passage, ...]) -> None:
    settings = Settings(Bm25Settings(k1=2.0), Ranking(dense_share=0.2), {"path": 0, "ja": 2})
    build_index(tmp_path, book, "x", model=None, settings=settings)
    assert load_index(tmp_path).settings == settings


def test_a_field_of_weight_0_is_not_searched(tmp_path: Path, book: tuple[Passage, ...]) -> None:
    build_index(tmp_path, book, "x", settings=Settings(field_weights={"asks_ja": 0}))
    index = load_index(tmp_path)
    assert not index.ids_with_term("ランプ") and index.ids_with_term("小道") == {"lamp"}
    assert len(index.passage_of) == sum(len(t) for p in book for f, t in p.fields.items() if f != "asks_ja")


def test_no_passages_at_all_make_an_empty_index(tmp_path: Path) -> None:
    build_index(tmp_path, [], "nothing")
    assert Searcher(load_index(tmp_path)).search("何か") == []


def test_a_passage_without_texts_is_kept_and_never_found(tmp_path: Path, book: tuple[Passage, ...]) -> None:
    build_index(tmp_path, [Passage("empty", {"ja": ("", " ")}), *book], "x", model=StaticTraining(dim=4))
    hits = Searcher(load_index(tmp_path)).search("屋上庭園の灯り")
    assert hits[0].id == "lamp" and "empty" not in [hit.id for hit in hits]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([Passage("a", {}), Passage("a", {})], "'a' is given twice"),
        ([Passage("", {})], "empty id"),
        ([Passage("a", {"ja": "text"})], "field 'ja'"),  # type: ignore[dict-item]
    ],
)
def test_unusable_passages_are_refused(tmp_path: Path, wrong: list[Passage], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build_index(tmp_path, wrong, "x")


def test_a_payload_cannot_leave_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="part name"):
        build_index(tmp_path, [], "x", payload={"../evil": b""})


def test_an_unchanged_index_is_left_alone(tmp_path: Path, book: tuple[Passage, ...], embedder: Any) -> None:
    first = build_index(tmp_path, book, "x", model=embedder)
    before = (tmp_path / "manifest.json").stat().st_mtime_ns
    embedder.seen.clear()
    assert build_index(tmp_path, book, "x", model=embedder) == first
    assert embedder.seen == [] and (tmp_path / "manifest.json").stat().st_mtime_ns == before


def test_an_unchanged_corpus_trains_no_model_again(
    tmp_path: Path, book: tuple[Passage, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build_index(tmp_path, book, "x", model=StaticTraining(dim=4))
    monkeypatch.setattr(indexer.index, "train_static", None)
    assert build_index(tmp_path, book, "x", model=StaticTraining(dim=4)) == first
    build_index(tmp_path, book, "x", model=StaticTraining(dim=4), payload={"new": b""})
    assert load_index(tmp_path).payload == {"new": b""}


def test_only_new_texts_are_embedded(tmp_path: Path, book: tuple[Passage, ...], embedder: Any) -> None:
    build_index(tmp_path, book, "1", model=embedder)
    embedder.seen.clear()
    added = Passage("cat", {"ja": ("猫は廊下を歩いてよい。", "猫は廊下を歩いてよい。")})
    build_index(tmp_path, [added, *book[1:]], "2", model=embedder)
    assert embedder.seen == ["猫は廊下を歩いてよい。"]
    index = load_index(tmp_path)
    assert index.vectors is not None
    fresh = embedder.encode_passages([u for p in index.passages for f in sorted(p.fields) for u in p.fields[f]])
    assert index.vectors == pytest.approx(fresh, abs=1e-3)


def test_another_model_embeds_everything_again(tmp_path: Path, book: tuple[Passage, ...], embedder: Any) -> None:
    build_index(tmp_path, book, "x", model=embedder)
    count = len(embedder.seen)
    embedder.fingerprint = "counting-2"
    build_index(tmp_path, book, "x", model=embedder)
    assert len(embedder.seen) == 2 * count


def test_force_builds_everything_anew(tmp_path: Path, book: tuple[Passage, ...], embedder: Any) -> None:
    build_index(tmp_path, book, "x", model=embedder)
    count = len(embedder.seen)
    build_index(tmp_path, book, "x", model=embedder, force=True)
    assert len(embedder.seen) == 2 * count


def test_old_parts_are_swept_up(tmp_path: Path, book: tuple[Passage, ...]) -> None:
    build_index(tmp_path, book, "1", model=None)
    (tmp_path / "building-left").mkdir()
    manifest = build_index(tmp_path, book[:2], "2", model=None)
    assert {p.name for p in (tmp_path / "parts").iterdir()} == {Path(p.file).name for p in manifest.parts.values()}
    assert not list(tmp_path.glob("building-*"))


def test_progress_reaches_its_end_in_every_stage(tmp_path: Path, book: tuple[Passage, ...]) -> None:
    reports: dict[str, tuple[int, int]] = {}
    build_index(tmp_path, book, "x", progress=lambda stage, done, total: reports.update({stage: (done, total)}))
    assert list(reports) == ["tokens", "lexical", "model", "vectors", "write"]
    assert all(done == total for done, total in reports.values())


def test_no_index_is_missing_rather_than_damaged(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        load_index(tmp_path)
    assert "no index" in verify_index(tmp_path)[0]


def test_an_index_of_another_corpus_is_stale(tmp_path: Path, book: tuple[Passage, ...]) -> None:
    build_index(tmp_path, book, "old", model=None)
    assert load_index(tmp_path, corpus="old")
    with pytest.raises(IndexStale, match=r"corpus 'old', now 'new'"):
        load_index(tmp_path, corpus="new")


def test_an_index_of_another_model_is_stale(tmp_path: Path, book: tuple[Passage, ...], embedder: Any) -> None:
    build_index(tmp_path, book, "x", model=embedder)
    assert load_index(tmp_path, fingerprint="counting-1")
    with pytest.raises(IndexStale, match="embedding model"):
        load_index(tmp_path, fingerprint="other")
    index = load_index(tmp_path)
    embedder.fingerprint = "other"
    with pytest.raises(IndexStale, match="query model"):
        Searcher(index, embedder)


@pytest.mark.parametrize(("name", "what"), [("TOKENIZER_VERSION", "tokenizer"), ("describe_dictionary", "dictionary")])
def test_an_index_of_another_tokenizer_is_stale_and_built_again(
    tmp_path: Path, book: tuple[Passage, ...], monkeypatch: pytest.MonkeyPatch, name: str, what: str
) -> None:
    build_index(tmp_path, book, "x", model=None)
    monkeypatch.setattr(indexer.index, name, "other" if name.isupper() else lambda: "other")
    with pytest.raises(IndexStale, match=what):
        load_index(tmp_path)
    build_index(tmp_path, book, "x", model=None)
    assert load_index(tmp_path)


def test_vectors_are_kept_as_half_precision(book_index: SearchIndex) -> None:
    assert book_index.vectors is not None and book_index.vectors.dtype == np.float32
    assert np.array_equal(book_index.vectors, book_index.vectors.astype(np.float16))
