"""Embedding models: what every one of them offers, and a static one that needs NumPy alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as load_arrays
from safetensors.numpy import save as save_arrays

from indexer.errors import EmbedderUnavailable
from indexer.passages import hash_bytes
from indexer.tokens import TOKENIZER_VERSION, list_terms

Floats = NDArray[np.float32]

MODEL_FILE = "model.safetensors"
CONFIG_FILE = "static_model.json"
_MATRIX = "embedding.weight"
_WEIGHTS = "weights"


class Embedder(Protocol):
    """Turns texts into vectors whose inner product is a similarity.

    Both methods return float32 [texts, dim]; each row has length 1, or is all zero where nothing of the text is known.
    `fingerprint` changes whenever a text may get another vector.
    """

    @property
    def name(self) -> str: ...

    @property
    def dim(self) -> int: ...

    @property
    def fingerprint(self) -> str: ...

    def encode_queries(self, texts: list[str]) -> Floats: ...

    def encode_passages(self, texts: list[str]) -> Floats: ...


@dataclass(frozen=True, eq=False)
class StaticEmbedder:
    """The weighted mean of one vector per token; unknown tokens count for nothing.

    `matrix` is float16 or float32 [tokens, dim], `weights` float32 [tokens] (or None for equal ones); row `i` belongs
    to `tokens[i]`. `tokenizer` is `terms` (the terms of `indexer.tokens`) or the JSON text of a Hugging Face tokenizer.
    """

    name: str
    tokens: tuple[str, ...]
    matrix: NDArray[Any]
    weights: Floats | None = None
    tokenizer: str = "terms"

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self.matrix.shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over everything that decides a vector."""
        return "static:" + hash_bytes(b"\0".join(dump_static(self)))

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {token: row for row, token in enumerate(self.tokens)}

    @cached_property
    def _split(self) -> Callable[[str], list[str]]:
        return list_terms if self.tokenizer == "terms" else _load_tokenizer(self.tokenizer)

    def encode_queries(self, texts: list[str]) -> Floats:
        """Encode questions; the same as `encode_passages`."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: list[str]) -> Floats:
        """Encode texts, float32 [texts, dim], rows of length 1 or 0."""
        return self.encode_terms([self._split(text) for text in texts])

    def encode_terms(self, token_lists: Sequence[Sequence[str]]) -> Floats:
        """Encode texts that are tokens already, float32 [texts, dim], rows of length 1 or 0."""
        result = np.zeros((len(token_lists), self.dim), dtype=np.float32)
        for place, tokens in enumerate(token_lists):
            rows = [self._row_of[token] for token in tokens if token in self._row_of]
            if rows:
                vectors = self.matrix[rows].astype(np.float32)
                result[place] = vectors.sum(axis=0) if self.weights is None else self.weights[rows] @ vectors
        return normalize_rows(result)


def normalize_rows(vectors: Floats) -> Floats:
    """Scale every row to length 1; zero rows stay zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-12)
    return scaled


def dump_static(model: StaticEmbedder) -> tuple[bytes, bytes]:
    """Serialise a model as (safetensors, JSON); the matrix has its name in sentence-transformers' StaticEmbedding."""
    arrays = {_MATRIX: np.ascontiguousarray(model.matrix)}
    if model.weights is not None:
        arrays[_WEIGHTS] = np.ascontiguousarray(model.weights)
    config = {
        "name": model.name,
        "tokenizer": model.tokenizer,
        "tokenizer_version": TOKENIZER_VERSION if model.tokenizer == "terms" else "",
        "tokens": list(model.tokens),
    }
    return save_arrays(arrays), json.dumps(config, ensure_ascii=False, separators=(",", ":")).encode()


def parse_static(arrays: bytes, config: bytes) -> StaticEmbedder:
    """Read a model back from `dump_static`; raises `EmbedderUnavailable` where the two do not fit together."""
    try:
        loaded = load_arrays(arrays)
        settings = json.loads(config)
        model = StaticEmbedder(
            name=settings["name"],
            tokens=tuple(settings["tokens"]),
            matrix=loaded[_MATRIX],
            weights=loaded.get(_WEIGHTS),
            tokenizer=settings["tokenizer"],
        )
    except Exception as problem:
        raise EmbedderUnavailable(f"static model: unreadable ({type(problem).__name__}: {problem})") from problem
    if model.matrix.ndim != 2 or len(model.tokens) != model.matrix.shape[0]:
        raise EmbedderUnavailable(
            f"static model {model.name!r}: {len(model.tokens)} tokens, but a matrix of shape {model.matrix.shape}"
        )
    if model.tokenizer == "terms" and settings["tokenizer_version"] != TOKENIZER_VERSION:
        raise EmbedderUnavailable(
            f"static model {model.name!r}: made for tokenizer {settings['tokenizer_version']!r},"
            f" this is {TOKENIZER_VERSION!r}"
        )
    return model


def save_static(model: StaticEmbedder, folder: Path) -> None:
    """Write a model into `folder` as `model.safetensors` and `static_model.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays, config = dump_static(model)
    (folder / MODEL_FILE).write_bytes(arrays)
    (folder / CONFIG_FILE).write_bytes(config)


def load_static(folder: Path) -> StaticEmbedder:
    """Read a model from a folder that `save_static` wrote; raises `EmbedderUnavailable` with the file that is wrong."""
    try:
        arrays, config = (folder / MODEL_FILE).read_bytes(), (folder / CONFIG_FILE).read_bytes()
    except OSError as problem:
        raise EmbedderUnavailable(f"static model in {folder}: {problem}") from problem
    return parse_static(arrays, config)


def _load_tokenizer(text: str) -> Callable[[str], list[str]]:
    try:
        from tokenizers import Tokenizer
    except ImportError as problem:
        raise EmbedderUnavailable(f"static model: its tokenizer needs the package tokenizers ({problem})") from problem
    tokenizer = Tokenizer.from_str(text)

    def split(text: str) -> list[str]:
        return list(tokenizer.encode(text, add_special_tokens=False).tokens)

    return split
