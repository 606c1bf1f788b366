"""Published embedding models and rerankers by name: configuration, own index, calibration, and plain messages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commands import run_kb
from small_corpus import write_corpus

from indexer.vectors import StaticEmbedder, load_static, save_static
from kb.base import KnowledgeBase, index_folder
from kb.embedding import CALIBRATION, ModelUnavailable, find_entry, name_index, read_calibration, show_passage
from kb.errors import CorpusError, InputError
from kb.settings import corpus_folder, model_folder
from tests.tiny_models import save_embedder, save_reranker

ASK_WITHOUT_TORCH = (
    "import sys; from kb import KnowledgeBase; KnowledgeBase.open().search('灯り');"
    "sys.exit(bool({'torch', 'sentence_transformers', 'transformers', 'huggingface_hub'} & set(sys.modules)))"
)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sentence_transformers")
    folder = tmp_path_factory.mktemp("models")
    save_embedder(folder / "tiny")
    save_reranker(folder / "cross")
    return folder


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small corpus and an empty data folder of the test's own."""
    corpus = write_corpus(tmp_path / "corpus")
    shutil.copy(corpus_folder() / "language.yaml", corpus)
    monkeypatch.setenv("KB_CORPUS", str(corpus))
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("cl-nagoya/ruri-v3-310m", "検索クエリ: ", "検索文書: "),
        ("/somewhere/ruri-v3-30m", "検索クエリ: ", "検索文書: "),
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("pkshatech/GLuCoSE-base-ja-v2", "query: ", "passage: "),
        ("hotchpotch/static-embedding-japanese", None, None),
        ("somebody/unknown", None, None),
    ],
)
def test_a_known_model_has_its_prompts_and_its_share(name: str, query: str | None, passage: str | None) -> None:
    entry = find_entry(name)
    assert (entry.query, entry.passage) == (query, passage)
    assert entry.dense_share is not None and 0 < entry.dense_share < 1


def test_an_instruction_is_asked_only_of_the_model_that_wants_one() -> None:
    assert find_entry("intfloat/multilingual-e5-large-instruct").query not in (find_entry("intfloat/e5-base").query, "")


def test_a_wrong_key_in_the_configurations_is_named(tmp_path: Path) -> None:
    from kb.embedding import read_published

    file = tmp_path / "published.yaml"
    file.write_text("default: {dense_share: 0.7}\nmodels:\n  - names: [a/b]\n    qery: x\n")
    with pytest.raises(CorpusError, match=r"published\.yaml:4.*qery"):
        read_published(file)


def test_every_model_has_an_index_of_its_own() -> None:
    names = [None, "a/b", "c/b", "intfloat/multilingual-e5-small"]
    assert len({name_index(name) for name in names}) == len(names)
    assert name_index(None) == "index"


def test_a_transformer_answers_from_its_own_index(small: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = KnowledgeBase.open()
    monkeypatch.setenv("KB_EMBEDDER", str(models / "tiny"))
    published = KnowledgeBase.open()
    assert published.index.manifest.model is not None and published.index.manifest.model.dim == 16
    assert own.index.manifest.model is not None and own.index.manifest.model.dim != 16
    assert published.searcher.modes == ("hybrid", "lexical", "dense")
    assert published.ask("斜路は何ルクス？").values == own.ask("斜路は何ルクス？").values
    assert len([f for f in (small / "home").iterdir() if f.name.startswith("index")]) == 2


def test_a_changed_model_makes_its_index_anew(small: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small / "mine"
    shutil.copytree(models / "tiny", folder)
    monkeypatch.setenv("KB_EMBEDDER", str(folder))
    first = KnowledgeBase.open().index.manifest
    save_embedder(folder, seed=1)
    assert KnowledgeBase.open().index.manifest.model != first.model


def test_a_static_model_of_our_own_form_needs_no_torch(small: Path) -> None:
    shipped = model_folder()
    assert shipped is not None
    model = load_static(shipped)
    rows = [row for row, token in enumerate(model.tokens) if token in ("灯り", "スロープ", "斜路")]
    save_static(StaticEmbedder("mine", tuple(model.tokens[r] for r in rows), model.matrix[rows]), small / "mine")
    outcome = run_kb(entry=ASK_WITHOUT_TORCH, KB_EMBEDDER=small / "mine")
    assert (outcome.code, outcome.err) == (0, "")


def test_without_a_named_model_nothing_heavy_is_imported(small: Path) -> None:
    outcome = run_kb(entry=ASK_WITHOUT_TORCH)
    assert (outcome.code, outcome.err) == (0, "")


def test_a_model_that_is_not_to_be_had_is_told_in_both_languages(small: Path) -> None:
    outcome = run_kb("ask", "斜路は何ルクス？", KB_EMBEDDER="nobody/nothing", HF_HUB_OFFLINE="1")
    assert outcome.code == 3 and outcome.out == ""
    assert "KB_EMBEDDER=nobody/nothing" in outcome.err and "Traceback" not in outcome.err
    assert "オンライン" in outcome.err and "online" in outcome.err
    assert not index_folder(small / "home").exists() or not list(index_folder(small / "home").glob("*"))


def test_a_missing_library_is_told_with_what_to_install(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    monkeypatch.setenv("KB_EMBEDDER", "nobody/nothing")
    with pytest.raises(ModelUnavailable, match="pip install"):
        KnowledgeBase.open()


def test_a_calibration_sets_how_much_the_model_counts(
    small: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_EMBEDDER", str(models / "tiny"))
    folder = index_folder()
    folder.mkdir(parents=True)
    (folder / CALIBRATION).write_text(json.dumps({"model": "tiny", "dense_share": 0.3, "refusal": {"bias": 9.0}}))
    kb = KnowledgeBase.open()
    assert kb.searcher.ranking.dense_share == 0.3
    assert kb.ask("斜路は何ルクス？").status == "answered"
    (folder / CALIBRATION).write_text(json.dumps({"model": "tiny", "dense_share": 0.6, "refusal": {"bias": -9.0}}))
    again = KnowledgeBase.open()
    assert again.searcher.ranking.dense_share == 0.6
    assert again.ask("斜路は何ルクス？").status == "not_covered"


def test_a_damaged_calibration_is_named(tmp_path: Path) -> None:
    (tmp_path / CALIBRATION).write_text('{"model": "x", "dense_share": 7}')
    with pytest.raises(InputError, match=CALIBRATION):
        read_calibration(tmp_path)


def test_a_cross_encoder_reads_the_first_hits_again(small: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = KnowledgeBase.open().searcher.search("灯り")
    monkeypatch.setenv("KB_RERANKER", str(models / "cross"))
    after = KnowledgeBase.open().searcher.search("灯り")
    assert {hit.id for hit in after} == {hit.id for hit in before}
    assert [hit.score for hit in after] != [hit.score for hit in before]


def test_a_reranker_that_is_not_to_be_had_is_told(small: Path) -> None:
    outcome = run_kb("search", "灯り", KB_RERANKER="nobody/nothing", HF_HUB_OFFLINE="1")
    assert outcome.code == 3 and "KB_RERANKER=nobody/nothing" in outcome.err and "Traceback" not in outcome.err


def test_a_reranker_is_shown_a_clause_in_the_language_of_the_question(small: Path) -> None:
    passage = next(p for p in KnowledgeBase.open().index.passages if p.id == "harbour 1/a")
    assert "満潮" in show_passage(passage, "斜路の灯り") and "high tide" not in show_passage(passage, "斜路の灯り")
    assert "high tide" in show_passage(passage, "How bright must the slipway be?")
