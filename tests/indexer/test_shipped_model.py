"""The model in the repository: small, whole, without torch, and the same in sentence-transformers."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from indexer.export import UNKNOWN, join_terms, save_for_sentence_transformers
from indexer.vectors import StaticEmbedder, load_static

FOLDER = Path(__file__).resolve().parents[2] / "models" / "bouhan-static"
TEXTS = [
    "エレベーターホールの明るさは何ルクス必要ですか",
    "How bright must the lift lobby be?",
    "見通しを確保するため、植栽は低く保つ。",
    "郵便受箱 施錠",
    "防犯カメラの録画は何日間残しますか？ 1週間でよい？",
    "[UNK] 龘龘龘",
    "",
]


@pytest.fixture(scope="module")
def model() -> StaticEmbedder:
    return load_static(FOLDER)


def test_folder_holds_at_most_16_mb() -> None:
    assert sum(f.stat().st_size for f in FOLDER.rglob("*") if f.is_file()) <= 16_000_000


def test_record_names_the_model_that_lies_beside_it() -> None:
    record = json.loads((FOLDER / "training.json").read_text(encoding="utf-8"))
    assert record["model_sha256"] == hashlib.sha256((FOLDER / "model.safetensors").read_bytes()).hexdigest()


def test_vectors_are_finite_and_of_length_one(model: StaticEmbedder) -> None:
    vectors = model.encode_queries(TEXTS[:5])
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_text_without_known_terms_is_zero(model: StaticEmbedder) -> None:
    assert not model.encode_queries([""]).any()


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("チャリ置き場", "駐輪場", "郵便受箱"),
        ("bike shed", "駐輪場", "エレベーター"),
        ("lift", "エレベーター", "植栽"),
        ("明るさ", "照度", "録画期間"),
        ("防犯カメラ", "security camera", "mailbox"),
    ],
)
def test_names_of_one_thing_are_near(model: StaticEmbedder, text: str, near: str, far: str) -> None:
    own, good, bad = model.encode_passages([text, near, far])
    assert own @ good > own @ bad + 0.2


def test_sentence_transformers_gives_the_same_vectors(model: StaticEmbedder) -> None:
    library = pytest.importorskip("sentence_transformers")
    loaded = library.SentenceTransformer(str(FOLDER), device="cpu").float()
    theirs = loaded.encode([join_terms(text) for text in TEXTS], convert_to_numpy=True)
    assert np.abs(theirs - model.encode_passages(TEXTS)).max() <= 1e-5


def test_query_does_not_import_torch() -> None:
    code = (
        "import sys; from pathlib import Path; from indexer.vectors import load_static;"
        f"load_static(Path({str(FOLDER)!r})).encode_queries(['明るさ']); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=FOLDER.parents[1], check=False).returncode == 0


def test_export_folds_weights_and_adds_an_unknown_row(tmp_path: Path) -> None:
    matrix = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    weighted = StaticEmbedder("tiny", ("照明", "鍵"), matrix, np.array([3.0, 1.0], dtype=np.float32))
    save_for_sentence_transformers(weighted, tmp_path)
    loaded = load_static(tmp_path)
    assert loaded.tokens == (UNKNOWN, "照明", "鍵")
    assert np.allclose(loaded.encode_terms([["照明", "鍵"]]), weighted.encode_terms([["照明", "鍵"]]))


def test_export_refuses_a_model_with_another_tokenizer(tmp_path: Path) -> None:
    foreign = StaticEmbedder("foreign", ("a",), np.ones((1, 2), dtype=np.float32), tokenizer="{}")
    with pytest.raises(ValueError, match="foreign"):
        save_for_sentence_transformers(foreign, tmp_path)
