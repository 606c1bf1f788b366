"""The embedding model in use, as LangChain's `Embeddings`."""

from __future__ import annotations

from typing import Any

from langchain_core.embeddings import Embeddings

from indexer.vectors import Embedder
from kb.embedding import ModelUnavailable, open_embedder
from kb.settings import model_folder


class ClauseEmbeddings(Embeddings):
    """Embeds with the shipped model, or with the one that `KB_EMBEDDER` or `embedder` names.

    Raises `ModelUnavailable` where there is no model.
    """

    def __init__(self, embedder: Any = None) -> None:
        self._embedder: Embedder = embedder or _open_model()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages: a list of floats for each, of length 1 (or all 0 where no word is known)."""
        return [[float(x) for x in row] for row in self._embedder.encode_passages(list(texts))]

    def embed_query(self, text: str) -> list[float]:
        """Embed a question: a list of floats, of length 1 (or all 0 where no word is known)."""
        return [float(x) for x in self._embedder.encode_queries([text])[0]]


def _open_model() -> Embedder:
    from indexer.vectors import load_static

    named, shipped = open_embedder(), model_folder()
    if named is not None:
        return named
    if shipped is None:
        raise ModelUnavailable(
            "内蔵モデルがありません。KB_EMBEDDER を指定してください。\nNo built-in model; set KB_EMBEDDER."
        )
    return load_static(shipped)
