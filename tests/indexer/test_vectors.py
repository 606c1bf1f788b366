"""Embedding models turn texts into unit vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import indexer.train_static
from indexer.errors import EmbedderUnavailable
from indexer.train_static import StaticTraining, train_static
from indexer.vectors import (
    CONFIG_FILE,
    MODEL_FILE,
    StaticEmbedder,
    load_static,
    save_static,
)

WORDS = StaticEmbedder("words", ("扉", "窓"), np.array([[1, 0], [0, 2]], dtype=np.float32))


def test_a_text_is_the_mean_of_its_words() -> None:
    assert WORDS.encode_queries(["扉と窓"]) == pytest.approx(np.array([[1, 2]]) / 5**0.5)


def test_weights_say_what_each_word_counts() -> None:
    weighted = StaticEmbedder("weighted", WORDS.tokens, WORDS.matrix, np.array([1, 0], dtype=np.float32))
    assert weighted.encode_queries(["扉と窓"]) == pytest.approx(np.array([[1, 0]]))


def test_unknown_words_change_nothing() -> None:
    assert np.array_equal(WORDS.encode_queries(["扉と天井"]), WORDS.encode_queries(["扉"]))


def test_a_text_of_unknown_words_is_a_zero_vector() -> None:
    assert not WORDS.encode_passages(["天井", ""]).any()


@given(st.lists(st.text("扉窓天 ", max_size=6), max_size=5))
def test_every_vector_has_length_1_or_0(texts: list[str]) -> None:
    vectors = WORDS.encode_passages(texts)
    assert vectors.shape == (len(texts), 2) and vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))


@pytest.mark.parametrize("weights", [None, np.array([0.5, 2], dtype=np.float32)])
def test_a_model_survives_being_written_down(tmp_path: Path, weights: Any) -> None:
    model = StaticEmbedder("m", WORDS.tokens, WORDS.matrix.astype(np.float16), weights)
    save_static(model, tmp_path)
    again = load_static(tmp_path)
    assert (again.name, again.tokens, again.fingerprint) == (model.name, model.tokens, model.fingerprint)
    assert np.array_equal(again.encode_queries(["窓と扉"]), model.encode_queries(["窓と扉"]))


def test_another_vector_means_another_fingerprint() -> None:
    assert StaticEmbedder("words", WORDS.tokens, WORDS.matrix * 2).fingerprint != WORDS.fingerprint


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match=MODEL_FILE):
        load_static(tmp_path)


def test_a_model_with_too_few_words_is_refused(tmp_path: Path) -> None:
    save_static(WORDS, tmp_path)
    config = json.loads((tmp_path / CONFIG_FILE).read_text())
    (tmp_path / CONFIG_FILE).write_text(json.dumps({**config, "tokens": ["扉"]}))
    with pytest.raises(EmbedderUnavailable, match="1 tokens"):
        load_static(tmp_path)


def test_a_model_for_another_tokenizer_is_refused(tmp_path: Path) -> None:
    save_static(WORDS, tmp_path)
    config = json.loads((tmp_path / CONFIG_FILE).read_text())
    (tmp_path / CONFIG_FILE).write_text(json.dumps({**config, "tokenizer_version": "other"}))
    with pytest.raises(EmbedderUnavailable, match="other"):
        load_static(tmp_path)


def test_a_model_may_bring_its_own_tokenizer() -> None:
    tokenizers = pytest.importorskip("tokenizers")
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel({"door": 0, "[UNK]": 1}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    model = StaticEmbedder("own", ("door", "window"), WORDS.matrix, tokenizer=tokenizer.to_str())
    assert model.encode_queries(["door", "gate"]) == pytest.approx(np.array([[1, 0], [0, 0]]))


def test_training_twice_gives_the_same_model() -> None:
    passages = [["扉", "door"], ["窓", "window", "扉"], ["#扉と", "gate"]] * 4
    first, second = (train_static(passages, StaticTraining(dim=3)) for _ in range(2))
    assert first.fingerprint == second.fingerprint


def test_training_beyond_the_quick_way_gives_the_same_directions(monkeypatch: pytest.MonkeyPatch) -> None:
    passages = [[f"語{n}", f"語{n * 7 % 30}", f"語{n // 3}"] for n in range(30)]
    quick = train_static(passages, StaticTraining(dim=5))
    monkeypatch.setattr(indexer.train_static, "GRAM_LIMIT", 10)
    slow = train_static(passages, StaticTraining(dim=5))
    assert slow.encode_terms(passages) == pytest.approx(quick.encode_terms(passages), abs=0.01)


def test_words_that_share_passages_get_near_vectors() -> None:
    passages = [["扉", "door"], ["扉", "door", "lock"], ["窓", "window"], ["窓", "window", "glass"]] * 2
    japanese, near, far = train_static(passages, StaticTraining(dim=3)).encode_terms([["扉"], ["door"], ["window"]])
    assert japanese @ near > 0.9 > 0.3 > japanese @ far


@pytest.mark.parametrize("passages", [[], [[]], [["扉"]], [["扉"], []]])
def test_training_bears_almost_nothing_to_learn_from(passages: list[list[str]]) -> None:
    model = train_static(passages, StaticTraining())
    assert np.isfinite(model.encode_terms([["扉"]])).all()
