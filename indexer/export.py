"""Write a static model so that sentence-transformers loads the same folder."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from indexer.tokens import list_terms
from indexer.vectors import StaticEmbedder, save_static

UNKNOWN = "[UNK]"
"""Row for terms that the model lacks; its vector is zero, so that they count for nothing."""

_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def join_terms(text: str) -> str:
    """Return the terms of a text with spaces between them: what the exported tokenizer splits again."""
    return " ".join(list_terms(text))


def save_for_sentence_transformers(model: StaticEmbedder, folder: Path) -> None:
    """Write a model over the terms of `indexer.tokens` into `folder`, readable by `load_static` and sentence-transformers.

    sentence-transformers is given `join_terms(text)`, and the model as `.float()` where the matrix is float16. Term weights
    are multiplied into the vectors; `[UNK]` is added as the first row.
    """
    if model.tokenizer != "terms" or UNKNOWN in model.tokens:
        raise ValueError(
            f"static model {model.name!r}: expected one over the terms of indexer.tokens, without {UNKNOWN}"
        )
    matrix = model.matrix if model.weights is None else model.matrix * model.weights[:, None].astype(model.matrix.dtype)
    matrix = np.concatenate([np.zeros((1, model.dim), dtype=matrix.dtype), matrix])
    whole = replace(model, tokens=(UNKNOWN, *model.tokens), matrix=matrix, weights=None)
    save_static(whole, folder)
    tokenizer: dict[str, Any] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": {t: row for row, t in enumerate(whole.tokens)}, "unk_token": UNKNOWN},
    }
    config: dict[str, Any] = {"prompts": {}, "default_prompt_name": None, "similarity_fn_name": "cosine"}
    _write_json(folder / "tokenizer.json", tokenizer)
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "config_sentence_transformers.json", config)


def _write_json(file: Path, data: object) -> None:
    file.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
