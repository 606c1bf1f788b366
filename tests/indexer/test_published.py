"""Published models: a transformer by folder, its prompts, a cross-encoder, and what is said where there is none."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.errors import EmbedderUnavailable
from indexer.index import SearchIndex, build_index, load_index
from indexer.passages import Passage
from indexer.published import CrossEncoderReranker, Prompts, SentenceTransformerEmbedder, find_snapshot
from indexer.ranking import Floats
from indexer.search import Searcher
from tests.tiny_models import save_embedder, save_reranker

pytest.importorskip("sentence_transformers")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_embedder(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def own_prompts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prompts = {"query": "質問: ", "document": "文書: "}
    return save_embedder(tmp_path_factory.mktemp("models") / "prompted", prompts=prompts)


@pytest.fixture(scope="module")
def plain(folder: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(folder), Prompts("", ""))


def test_vectors_have_length_one(plain: SentenceTransformerEmbedder) -> None:
    vectors = plain.encode_passages(["照明は50lx", "扉"])
    assert vectors.shape == (2, plain.dim) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert plain.encode_queries([]).shape == (0, plain.dim)


def test_given_prompts_stand_before_the_text(folder: Path, plain: SentenceTransformerEmbedder) -> None:
    prompted = SentenceTransformerEmbedder(str(folder), Prompts("query: ", "passage: "))
    assert np.allclose(prompted.encode_queries(["照明"]), plain.encode_queries(["query: 照明"]), atol=1e-6)
    assert np.allclose(prompted.encode_passages(["照明"]), plain.encode_passages(["passage: 照明"]), atol=1e-6)


def test_without_given_prompts_the_model_uses_its_own(own_prompts: Path) -> None:
    bare = SentenceTransformerEmbedder(str(own_prompts), Prompts("", ""))
    own = SentenceTransformerEmbedder(str(own_prompts))
    assert np.allclose(own.encode_queries(["照明"]), bare.encode_queries(["質問: 照明"]), atol=1e-6)
    assert np.allclose(own.encode_passages(["照明"]), bare.encode_passages(["文書: 照明"]), atol=1e-6)


def test_another_file_or_prompt_means_another_fingerprint(folder: Path, own_prompts: Path) -> None:
    models = [
        SentenceTransformerEmbedder(str(folder)),
        SentenceTransformerEmbedder(str(folder), Prompts("query: ")),
        SentenceTransformerEmbedder(str(own_prompts)),
    ]
    assert len({model.fingerprint for model in models}) == 3


def test_an_index_is_built_and_searched_with_it(
    plain: SentenceTransformerEmbedder, book: tuple[Passage, ...], tmp_path: Path
) -> None:
    build_index(tmp_path, book, "book", model=plain)
    searcher = Searcher(load_index(tmp_path, fingerprint=plain.fingerprint), plain)
    assert searcher.modes == ("hybrid", "lexical", "dense")
    assert len(searcher.search("庭の灯り", mode="dense")) > 0
    assert Searcher(load_index(tmp_path)).modes == ("lexical",)


def test_a_name_that_cannot_be_had_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EmbedderUnavailable, match="nobody/nothing"):
        SentenceTransformerEmbedder("nobody/nothing").encode_queries(["?"])
    with pytest.raises(EmbedderUnavailable, match="neither a folder"):
        SentenceTransformerEmbedder("/no/such/folder").encode_queries(["?"])


def test_a_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    with pytest.raises(EmbedderUnavailable, match="not a model"):
        SentenceTransformerEmbedder(str(tmp_path)).encode_queries(["?"])


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EmbedderUnavailable, match="not installed"):
        SentenceTransformerEmbedder(str(tmp_path)).encode_queries(["?"])


def test_a_download_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import huggingface_hub
    from huggingface_hub.errors import LocalEntryNotFoundError

    def fetch(name: str, local_files_only: bool = False, **_: object) -> str:
        if local_files_only:
            raise LocalEntryNotFoundError("not here")
        return str(tmp_path / name.replace("/", "-"))

    monkeypatch.setattr(huggingface_hub, "snapshot_download", fetch)
    heard: list[tuple[str, int, int]] = []
    assert find_snapshot("a/b", lambda *step: heard.append(step)) == tmp_path / "a-b"
    assert heard == [("download", 0, 1), ("download", 1, 1)]


def test_a_cross_encoder_gives_a_probability_for_each_text(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(save_reranker(tmp_path / "cross")))
    scores = reranker.score("照明は？", ["照明は50lx", "扉の錠", "窓"])
    assert scores.shape == (3,) and ((scores > 0) & (scores < 1)).all()
    assert np.array_equal(scores, reranker.score("照明は？", ["照明は50lx", "扉の錠", "窓"]))
    assert reranker.score("照明は？", []).shape == (0,)


def test_a_classifier_of_several_classes_is_no_reranker(tmp_path: Path) -> None:
    folder = save_reranker(tmp_path / "classes", outputs=3)
    with pytest.raises(EmbedderUnavailable, match="one output"):
        CrossEncoderReranker(str(folder)).score("照明は？", ["照明は50lx", "扉の錠"])


class Prefers:
    """A reranker that likes texts with a word in them."""

    name = "prefers"

    def __init__(self, word: str) -> None:
        self.word = word
        self.seen: list[str] = []

    def score(self, query: str, texts: Sequence[str]) -> Floats:
        self.seen = list(texts)
        return np.array([float(self.word in text) for text in texts], dtype=np.float32)


def test_a_reranker_moves_what_it_likes_to_the_front(book_index: SearchIndex) -> None:
    before = Searcher(book_index).search("庭の灯りの間隔")
    liked = Prefers("蜂")
    after = Searcher(book_index, reranker=liked).search("庭の灯りの間隔")
    assert before[0].id == "lamp" and after[0].id == "bee"
    assert {hit.id for hit in after} == {hit.id for hit in before}
    assert all(0 <= hit.score <= 1 for hit in after)


def test_a_reranker_reads_only_the_first_hits_in_the_wording_that_it_is_shown(book_index: SearchIndex) -> None:
    liked = Prefers("蜂")
    searcher = Searcher(book_index, reranker=liked, show=lambda passage, query: f"{passage.id} for {query}")
    searcher.ranking = replace(searcher.ranking, rerank_depth=2)
    searcher.search("庭の灯り")
    assert len(liked.seen) == 2 and liked.seen[0].endswith("for 庭の灯り")


def test_lexical_search_is_left_alone(book_index: SearchIndex) -> None:
    liked = Prefers("蜂")
    Searcher(book_index, reranker=liked).search("庭の灯り", mode="lexical")
    assert liked.seen == []
