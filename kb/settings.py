"""Where things are, and the few settings that come from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path


def corpus_folder() -> Path:
    """Return the corpus folder: `KB_CORPUS`, else the one beside the package."""
    named = os.environ.get("KB_CORPUS")
    return Path(named) if named else Path(__file__).resolve().parent.parent / "corpus"


def models_folder() -> Path:
    """Return the folder of models and of the configurations of published ones, beside the package."""
    return Path(__file__).resolve().parent.parent / "models"


def model_folder() -> Path | None:
    """Return the folder of the shipped embedding model, `models/bouhan-static` beside the package; None without one."""
    folder = models_folder() / "bouhan-static"
    return folder if (folder / "training.json").is_file() else None


def data_folder() -> Path:
    """Return the folder for the user's data and the index: `KB_HOME`, else the platform's data folder."""
    named = os.environ.get("KB_HOME")
    return Path(named) if named else user_data_path("bouhan-navi", appauthor=False)


def embedder_name() -> str | None:
    """Return the name or path of a published embedding model (`KB_EMBEDDER`), or None for our own."""
    return os.environ.get("KB_EMBEDDER") or None


def reranker_name() -> str | None:
    """Return the name or path of a cross-encoder that reads the first hits again (`KB_RERANKER`), or None for none."""
    return os.environ.get("KB_RERANKER") or None


def language_model_name() -> str | None:
    """Return the language model that may reword answers (`KB_LLM`), or None for none."""
    return os.environ.get("KB_LLM", "").strip() or None
