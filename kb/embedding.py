"""Which embedding model a search uses, with which prompts and how much it counts; optional reranker by the same route."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import Field, ValidationError

from indexer.errors import EmbedderUnavailable
from indexer.passages import Passage, hash_bytes
from indexer.vectors import CONFIG_FILE, Embedder, Floats, load_static
from kb.errors import CorpusError, InputError
from kb.model.base import Frozen
from kb.settings import embedder_name, model_folder, models_folder, reranker_name
from kb.text import language_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.published import Report, Reranker

CALIBRATION = "calibration.json"
"""Beside a model, or in the index folder of a published one: what was fitted for it on the tuning questions."""

_Result = TypeVar("_Result")


class ModelUnavailable(InputError):
    """A model named by the user is not to be had; the message says so in both languages."""


class ModelEntry(Frozen):
    """What one published model wants (`models/published.yaml`); `names` are patterns over hub or folder names."""

    names: tuple[str, ...] = ()
    query: str | None = None
    passage: str | None = None
    dense_share: float | None = Field(default=None, ge=0, le=1)


class PublishedModels(Frozen):
    """All of `models/published.yaml`."""

    default: ModelEntry
    models: tuple[ModelEntry, ...]


class Calibration(Frozen):
    """What was fitted for one model on the tuning questions (`python -m evals.calibrate_fusion`)."""

    model: str
    dense_share: float = Field(ge=0, le=1)
    refusal: dict[str, float] | None = None
    fitted_on: str = ""
    by_share: dict[str, float] = Field(default_factory=dict)


@cache
def read_published(file: Path | None = None) -> PublishedModels:
    """Read the named configurations; raises `CorpusError` with file and line."""
    from kb.corpus.strict_yaml import read_yaml
    from kb.corpus.validate import build

    source = read_yaml(file or models_folder() / "published.yaml")
    errors: list[CorpusError] = []
    found = build(PublishedModels, source, (), source.data, errors)
    if found is None:
        raise errors[0]
    return found


def find_entry(name: str, published: PublishedModels | None = None) -> ModelEntry:
    """Return the configuration of a model by hub name or folder; what it leaves out is the default's."""
    known = published or read_published()
    short = Path(name).name
    for entry in known.models:
        if any(fnmatch(name, pattern) or fnmatch(short, pattern) for pattern in entry.names):
            share = known.default.dense_share if entry.dense_share is None else entry.dense_share
            return entry.model_copy(update={"dense_share": share})
    return known.default


def name_index(name: str | None) -> str:
    """Name the folder of an index: `index` for the shipped model, one of its own for every published one."""
    if name is None:
        return "index"
    spelled = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in Path(name).name)[:40]
    key = str(Path(name).resolve()) if Path(name).is_dir() else name
    return f"index-{spelled}-{hash_bytes(key.encode())[:8]}"


def read_calibration(folder: Path | None) -> Calibration | None:
    """Read the calibration in a folder; None where there is none; raises `InputError` where it is damaged."""
    file = None if folder is None else folder / CALIBRATION
    if file is None or not file.is_file():
        return None
    try:
        return Calibration.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, ValidationError) as problem:
        reason = str(problem).splitlines()[0]
        raise InputError(f"{file}: not a calibration ({reason}); delete it or run evals.calibrate_fusion") from None


def choose_share(name: str | None, calibration: Calibration | None) -> float | None:
    """Return the dense side's part in the fused score: calibrated, else configured; None for the indexer's own."""
    if calibration is not None:
        return calibration.dense_share
    return None if name is None else find_entry(name).dense_share


def calibration_folder(index: Path) -> Path | None:
    """Return where the calibration of the model in use lies: beside the shipped model, else in the index folder."""
    return model_folder() if embedder_name() is None else index


def open_embedder(report: Report | None = None) -> Embedder | None:
    """Return the model that `KB_EMBEDDER` names, not loaded yet; None where none is named.

    A folder that holds a static model of our own form needs no torch.
    """
    name = embedder_name()
    if name is None:
        return None
    folder = Path(name)
    if (folder / CONFIG_FILE).is_file():
        return _explain("KB_EMBEDDER", name, lambda: load_static(folder))
    from indexer.published import Prompts, SentenceTransformerEmbedder

    entry = find_entry(name)
    prompts = Prompts(entry.query, entry.passage)
    model = SentenceTransformerEmbedder(name, prompts, report=report)
    return _ExplainedEmbedder(model)


def open_reranker(report: Report | None = None) -> Reranker | None:
    """Return the cross-encoder that `KB_RERANKER` names, not loaded yet; None where none is named."""
    name = reranker_name()
    if name is None:
        return None
    from indexer.published import CrossEncoderReranker

    return _ExplainedReranker(CrossEncoderReranker(name, report=report))


def show_passage(passage: Passage, query: str) -> str:
    """Show a clause to a reranker: heading path and restatement in the language of the query."""
    language = language_of(query)
    paths = passage.fields.get("path", ())
    path = paths[-1] if language == "en" and paths else paths[0] if paths else ""
    return "\n".join([*([path] if path else []), *passage.fields.get(language, ())])


def _explain(variable: str, name: str, use: Callable[[], _Result]) -> _Result:
    """Do something with a model; where it is not to be had, say so in both languages."""
    try:
        return use()
    except EmbedderUnavailable as problem:
        install = "pip install 'bouhan-navi[models]'"
        if "not installed" in str(problem):
            ja = f"{variable}={name}: 公開モデルには sentence-transformers が必要です（{install}）。"
            en = f"{variable}={name}: published models need sentence-transformers ({install})."
        else:
            ja = (
                f"{variable}={name}: モデルを読み込めません。フォルダーのパスか Hugging Face の名前を指定し、"
                "初回だけオンラインにしてください（内蔵モデルに戻すには、この変数を外します）。"
            )
            en = (
                f"{variable}={name}: the model cannot be loaded. Give the path of a folder or a Hugging Face name, and go"
                " online once (unset the variable to use the built-in model)."
            )
        raise ModelUnavailable(f"{ja}\n{en}\n{problem}") from problem


@dataclass(frozen=True, eq=False)
class _ExplainedEmbedder:
    """An embedder whose failures are told in both languages."""

    inner: Embedder

    def _use(self, use: Callable[[], _Result]) -> _Result:
        return _explain("KB_EMBEDDER", self.inner.name, use)

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def dim(self) -> int:
        return self._use(lambda: self.inner.dim)

    @property
    def fingerprint(self) -> str:
        return self._use(lambda: self.inner.fingerprint)

    def encode_queries(self, texts: list[str]) -> Floats:
        return self._use(lambda: self.inner.encode_queries(texts))

    def encode_passages(self, texts: list[str]) -> Floats:
        return self._use(lambda: self.inner.encode_passages(texts))


@dataclass(frozen=True, eq=False)
class _ExplainedReranker:
    """A reranker whose failures are told in both languages."""

    inner: Reranker

    @property
    def name(self) -> str:
        return self.inner.name

    def score(self, query: str, texts: Sequence[str]) -> Floats:
        return _explain("KB_RERANKER", self.inner.name, lambda: self.inner.score(query, texts))
