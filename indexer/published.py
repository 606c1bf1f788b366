"""Published models by name or folder: sentence-transformers embedders and cross-encoder rerankers.

torch is imported when the first text is encoded, and not before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from indexer.errors import EmbedderUnavailable
from indexer.passages import hash_bytes
from indexer.vectors import Floats, normalize_rows

Report = Callable[[str, int, int], None]

_OTHER_FORMATS = ("onnx/*", "openvino/*", "coreml/*", "*.onnx", "*.h5", "*.msgpack", "*.ot", "*.gguf", "*.tflite")
"""Files of a hub model that PyTorch does not read."""


@dataclass(frozen=True)
class Prompts:
    """What a model wants before a question and before a passage; None where its own configuration says."""

    query: str | None = None
    passage: str | None = None


class Reranker(Protocol):
    """Says how well texts answer a question, float32 [texts], 0 to 1."""

    @property
    def name(self) -> str: ...

    def score(self, query: str, texts: Sequence[str]) -> Floats: ...


def _ignore(stage: str, done: int, total: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class _Hosted:
    """A model by hub name or folder; `report` hears of a download (the hub's own bars count the bytes)."""

    name: str
    report: Report | None = field(default=None, compare=False)

    @cached_property
    def folder(self) -> Path:
        """The folder of the model's files, downloaded first where they are not on this machine."""
        if Path(self.name).is_dir():
            return Path(self.name)
        return find_snapshot(self.name, self.report or _ignore)

    @cached_property
    def revision(self) -> str:
        """What names the content: the files of a folder, or the commit of a hub model."""
        if Path(self.name).is_dir():
            return "folder:" + hash_folder(self.folder)
        return f"hub:{self.name}@{self.folder.name}"

    def load(self, kind: str, **settings: Any) -> Any:
        """Load the model as a class of sentence-transformers; raises `EmbedderUnavailable`."""
        try:
            import sentence_transformers
        except ImportError as problem:
            raise EmbedderUnavailable(f"{self.name!r}: sentence-transformers is not installed ({problem})") from problem
        folder = self.folder
        try:
            return getattr(sentence_transformers, kind)(str(folder), local_files_only=True, **settings)
        except Exception as problem:
            raise EmbedderUnavailable(
                f"{self.name!r}: not a model that sentence-transformers can read ({type(problem).__name__}: {problem})"
            ) from problem


def find_snapshot(name: str, report: Report = _ignore) -> Path:
    """Return the folder of a hub model, from this machine, else downloaded; raises `EmbedderUnavailable`."""
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import LocalEntryNotFoundError
    except ImportError as problem:
        raise EmbedderUnavailable(f"{name!r}: sentence-transformers is not installed ({problem})") from problem
    try:
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except LocalEntryNotFoundError:
            report("download", 0, 1)
            folder = Path(snapshot_download(name, ignore_patterns=list(_OTHER_FORMATS)))
            report("download", 1, 1)
            return folder
    except (OSError, ValueError) as problem:
        first = str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
        raise EmbedderUnavailable(
            f"{name!r}: neither a folder, nor on this machine, nor to be had ({first})"
        ) from problem


def hash_folder(folder: Path) -> str:
    """Return the SHA-256 over names and contents of all files of a folder, 64 hex digits."""
    listed = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{path.relative_to(folder).as_posix()} {hash_bytes(path.read_bytes())}" for path in listed]
    return hash_bytes("\n".join(lines).encode())


@dataclass(frozen=True, eq=False)
class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by hub name or folder.

    `prompts` stand before questions and passages; where they are None, the model's own configuration is used. Raises
    `EmbedderUnavailable` where sentence-transformers is not installed or the model is not to be had.
    """

    name: str
    prompts: Prompts = Prompts()
    batch_size: int = 64
    report: Report | None = None

    @cached_property
    def _hosted(self) -> _Hosted:
        return _Hosted(self.name, self.report)

    @cached_property
    def _model(self) -> Any:
        return self._hosted.load("SentenceTransformer")

    @cached_property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._model.encode(["x"], show_progress_bar=False).shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """Content (files of a folder, commit of a hub model) and prompts; needs no torch."""
        return f"{self._hosted.revision} {self.prompts.query!r} {self.prompts.passage!r}"

    def encode_queries(self, texts: list[str]) -> Floats:
        """Encode questions, float32 [texts, dim], rows of length 1."""
        return self._encode(texts, "encode_query", self.prompts.query)

    def encode_passages(self, texts: list[str]) -> Floats:
        """Encode passages, float32 [texts, dim], rows of length 1."""
        return self._encode(texts, "encode_document", self.prompts.passage)

    def _encode(self, texts: list[str], method: str, prompt: str | None) -> Floats:
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        encode = getattr(self._model, method)
        vectors = encode(
            texts, prompt=prompt, batch_size=self.batch_size, show_progress_bar=False, convert_to_numpy=True
        )
        return normalize_rows(np.asarray(vectors, dtype=np.float32))


@dataclass(frozen=True, eq=False)
class CrossEncoderReranker:
    """Any sentence-transformers cross-encoder with one output, by hub name or folder; raises as the embedder does."""

    name: str
    batch_size: int = 32
    report: Report | None = None

    @cached_property
    def _model(self) -> Any:
        from torch.nn import Identity

        return _Hosted(self.name, self.report).load("CrossEncoder", activation_fn=Identity())

    def score(self, query: str, texts: Sequence[str]) -> Floats:
        """Return the probability (logistic function of the model's output) that each text answers, float32 [texts]."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        found = self._model.predict(
            [(query, text) for text in texts], batch_size=self.batch_size, show_progress_bar=False
        )
        logits = np.asarray(found, dtype=np.float64)
        if logits.shape != (len(texts),):
            raise EmbedderUnavailable(f"{self.name!r}: a reranker has one output, this one gives shape {logits.shape}")
        scores: Floats = (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)
        return scores
