"""Build, save, load and verify an index of passages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as load_arrays
from safetensors.numpy import save as save_arrays

from indexer.errors import EmbedderUnavailable, IndexDamaged, IndexProblem, IndexStale
from indexer.lexical import Bm25Settings, LexicalIndex, build_lexical, dump_lexical, parse_lexical
from indexer.lock import hold_lock
from indexer.passages import Passage, Unit, check_passages, dump_passages, hash_bytes, list_units, parse_passages
from indexer.ranking import Floats, Ranking, UnitGroups, group_units
from indexer.store import LOCK, Manifest, ModelInfo, find_problems, name_part, read_manifest, read_parts, write_index
from indexer.tokens import TOKENIZER_VERSION, describe_dictionary, list_terms
from indexer.train_static import StaticTraining, train_static
from indexer.vectors import Embedder, StaticEmbedder, dump_static, parse_static

Progress = Callable[[str, int, int], None]
"""Called with the stage (`tokens`, `lexical`, `model`, `vectors`, `write`), how much is done, and how much there is."""

_PAYLOAD = "payload."
_BATCH = 256


@dataclass(frozen=True)
class Settings:
    """How to build an index; kept in its manifest."""

    bm25: Bm25Settings = field(default_factory=Bm25Settings)
    ranking: Ranking = field(default_factory=Ranking)


@dataclass(frozen=True)
class SearchIndex:
    """A loaded index. Read-only, so threads may share it.

    `ids` and `concepts` are per passage; `vectors` is float32 [units, dim], or None for an index without embeddings;
    `model` is the static model kept in the index, if any.
    """

    manifest: Manifest
    settings: Settings
    ids: tuple[str, ...]
    concepts: tuple[frozenset[str], ...]
    fields: tuple[str, ...]
    groups: UnitGroups
    lexical: LexicalIndex
    vectors: Floats | None
    text_keys: tuple[str, ...]
    model: StaticEmbedder | None
    payload: Mapping[str, bytes]
    passages_json: bytes

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages that the index was built from, parsed when first asked for."""
        return parse_passages(self.passages_json)


def build_index(
    folder: Path,
    passages: Sequence[Passage],
    corpus: str,
    *,
    model: Embedder | StaticTraining | None = StaticTraining(),
    payload: Mapping[str, bytes] | None = None,
    settings: Settings = Settings(),
    force: bool = False,
    progress: Progress | None = None,
    lock_timeout_s: float = 60.0,
) -> Manifest:
    """Build the index of `passages` in `folder`, or leave it where it is up to date; killed at any moment, the old one stays.

    `corpus` is the caller's name for what the passages were made from (a hash). `model` is an embedder, a recipe to train
    one on the passages, or None for lexical search alone. `payload` bytes are kept with the index as they are. Texts whose
    vectors the old index holds, from the same model, are not embedded again; `force` builds everything anew.

    Raises `ValueError` for unusable passages, `IndexBusy` where another builder holds the folder longer than
    `lock_timeout_s`, `EmbedderUnavailable` where the model cannot be loaded.
    """
    check_passages(passages)
    report = progress or _ignore_progress
    folder.mkdir(parents=True, exist_ok=True)
    with hold_lock(folder / LOCK, lock_timeout_s):
        old = None if force else _load_usable(folder)
        plan = _Plan(tuple(passages), corpus, dict(payload or {}), settings, report, old)
        if old is not None and plan.is_current(old, model):
            return old.manifest
        manifest, contents = plan.build(model)
        report("write", 0, 1)
        write_index(folder, manifest, contents)
        report("write", 1, 1)
    return manifest


def load_index(folder: Path, *, corpus: str | None = None, fingerprint: str | None = None) -> SearchIndex:
    """Load the index of `folder`, every byte checked.

    Raises `IndexMissing`, `IndexDamaged`, or `IndexStale` where the index was made by another tokenizer or dictionary, or
    not from `corpus`, or not with the model `fingerprint` (each checked where given).
    """
    _check_current(folder, read_manifest(folder), corpus, fingerprint)
    manifest, contents = read_parts(folder)
    _check_current(folder, manifest, corpus, fingerprint)
    try:
        return _assemble(manifest, contents)
    except EmbedderUnavailable as problem:
        raise IndexStale(f"{folder}: {problem}; build the index again") from problem
    except (ValueError, KeyError, TypeError, IndexError) as problem:
        raise IndexDamaged(f"{folder}: parts do not fit together ({problem}); build the index again") from problem


def verify_index(folder: Path) -> list[str]:
    """Say what is wrong with the index of `folder`, a sentence each; an empty list means that it is whole and loads."""
    problems = find_problems(folder)
    if not problems:
        try:
            load_index(folder)
        except IndexProblem as problem:
            problems.append(str(problem))
    return problems


@dataclass(frozen=True)
class _Plan:
    """One build: what is wanted, and the old index to take vectors from."""

    passages: tuple[Passage, ...]
    corpus: str
    payload: dict[str, bytes]
    settings: Settings
    report: Progress
    old: SearchIndex | None

    @cached_property
    def passages_json(self) -> bytes:
        return dump_passages(self.passages)

    def is_current(self, old: SearchIndex, model: Embedder | StaticTraining | None) -> bool:
        """Say whether building would give `old` again."""
        return (
            old.manifest.corpus == self.corpus
            and old.manifest.passages == hash_bytes(self.passages_json)
            and old.settings == self.settings
            and dict(old.payload) == self.payload
            and self._has_model(old, model)
        )

    def _has_model(self, old: SearchIndex, model: Embedder | StaticTraining | None) -> bool:
        held = old.manifest.model
        if model is None or held is None:
            return model is None and held is None
        if isinstance(model, StaticTraining):
            return held.recipe == self._recipe(model)
        return held.recipe == "" and held.fingerprint == model.fingerprint

    def _recipe(self, training: StaticTraining) -> str:
        return f"{training.describe()} on {hash_bytes(self.passages_json)}"

    def build(self, model: Embedder | StaticTraining | None) -> tuple[Manifest, dict[str, bytes]]:
        units = list_units(self.passages)
        terms = self._list_terms(units)
        self.report("lexical", 0, 1)
        lexical = build_lexical(terms, self.settings.bm25)
        self.report("lexical", 1, 1)
        contents = {"passages.json": self.passages_json, "units.json": _dump_units(self.passages, units)}
        contents["lexical.safetensors"], contents["terms.json"] = dump_lexical(lexical)
        info = None
        if model is not None:
            embedder, recipe = self._prepare_model(model, units, terms)
            vectors, keys = self._embed(embedder, units, terms)
            contents["vectors.safetensors"] = save_arrays({"vectors": vectors})
            contents["text_keys.json"] = json.dumps(keys).encode()
            stored = isinstance(embedder, StaticEmbedder)
            if isinstance(embedder, StaticEmbedder):
                contents["model.safetensors"], contents["model.json"] = dump_static(embedder)
            info = ModelInfo(embedder.name, embedder.dim, embedder.fingerprint, stored, recipe)
        contents.update({_PAYLOAD + name: data for name, data in self.payload.items()})
        manifest = Manifest(
            corpus=self.corpus,
            passages=hash_bytes(self.passages_json),
            tokenizer=TOKENIZER_VERSION,
            dictionary=describe_dictionary(),
            model=info,
            settings=asdict(self.settings),
            parts={name: name_part(name, data) for name, data in contents.items()},
            counts={"passages": len(self.passages), "units": len(units), "terms": len(lexical.vocabulary)},
        )
        return manifest, contents

    def _list_terms(self, units: list[Unit]) -> list[list[str]]:
        terms = []
        for done, unit in enumerate(units):
            if done % _BATCH == 0:
                self.report("tokens", done, len(units))
            terms.append(list_terms(unit.text))
        self.report("tokens", len(units), len(units))
        return terms

    def _prepare_model(
        self, model: Embedder | StaticTraining, units: list[Unit], terms: list[list[str]]
    ) -> tuple[Embedder, str]:
        if not isinstance(model, StaticTraining):
            return model, ""
        recipe = self._recipe(model)
        if self.old and self.old.model and self.old.manifest.model and self.old.manifest.model.recipe == recipe:
            return self.old.model, recipe
        self.report("model", 0, 1)
        by_passage: list[list[str]] = [[] for _ in self.passages]
        for unit, unit_terms in zip(units, terms, strict=True):
            by_passage[unit.passage].extend(unit_terms)
        trained = train_static(by_passage, model)
        self.report("model", 1, 1)
        return trained, recipe

    def _embed(
        self, embedder: Embedder, units: list[Unit], terms: list[list[str]]
    ) -> tuple[NDArray[np.float16], list[str]]:
        """Return float16 [units, dim] and the key of each unit's text; only texts new to the old index are embedded."""
        keys = [hash_bytes(f"{embedder.fingerprint}\0{unit.text}".encode("utf-8", "replace"))[:32] for unit in units]
        row_of: dict[str, int] = {}
        if self.old is not None and self.old.vectors is not None:
            row_of = {key: row for row, key in enumerate(self.old.text_keys)}
        vectors = np.zeros((len(units), embedder.dim), dtype=np.float16)
        wanted: dict[str, list[int]] = {}
        for place, key in enumerate(keys):
            if self.old is not None and self.old.vectors is not None and key in row_of:
                vectors[place] = self.old.vectors[row_of[key]]
            else:
                wanted.setdefault(key, []).append(place)
        places = list(wanted.values())
        for start in range(0, len(places), _BATCH):
            self.report("vectors", start, len(places))
            batch = places[start : start + _BATCH]
            if isinstance(embedder, StaticEmbedder) and embedder.tokenizer == "terms":
                encoded = embedder.encode_terms([terms[same[0]] for same in batch])
            else:
                encoded = embedder.encode_passages([units[same[0]].text for same in batch])
            for same, vector in zip(batch, encoded, strict=True):
                vectors[same] = vector
        self.report("vectors", len(places), len(places))
        return vectors, keys


def _ignore_progress(stage: str, done: int, total: int) -> None:
    """Report to nobody."""


def _load_usable(folder: Path) -> SearchIndex | None:
    try:
        return load_index(folder)
    except IndexProblem:
        return None


def _check_current(folder: Path, manifest: Manifest, corpus: str | None, fingerprint: str | None) -> None:
    held = manifest.model.fingerprint if manifest.model else None
    pairs = [
        ("tokenizer", manifest.tokenizer, TOKENIZER_VERSION),
        ("dictionary", manifest.dictionary, describe_dictionary()),
        ("corpus", manifest.corpus, manifest.corpus if corpus is None else corpus),
        ("embedding model", held, held if fingerprint is None else fingerprint),
    ]
    for what, found, expected in pairs:
        if found != expected:
            raise IndexStale(f"{folder}: made with {what} {found!r}, now {expected!r}; build the index again")


def _dump_units(passages: Sequence[Passage], units: list[Unit]) -> bytes:
    fields = sorted({unit.field for unit in units})
    row_of = {name: row for row, name in enumerate(fields)}
    body = {
        "ids": [passage.id for passage in passages],
        "concepts": [list(passage.concepts) for passage in passages],
        "fields": fields,
        "passage": [unit.passage for unit in units],
        "field": [row_of[unit.field] for unit in units],
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _assemble(manifest: Manifest, contents: dict[str, bytes]) -> SearchIndex:
    units = json.loads(contents["units.json"])
    passage_of = np.array(units["passage"], dtype=np.int64)
    settings = _parse_settings(manifest.settings)
    vectors, keys, model = None, (), None
    if manifest.model is not None:
        vectors = load_arrays(contents["vectors.safetensors"])["vectors"].astype(np.float32)
        keys = tuple(json.loads(contents["text_keys.json"]))
        if manifest.model.stored:
            model = parse_static(contents["model.safetensors"], contents["model.json"])
    return SearchIndex(
        manifest=manifest,
        settings=settings,
        ids=tuple(units["ids"]),
        concepts=tuple(frozenset(found) for found in units["concepts"]),
        fields=tuple(units["fields"]),
        groups=group_units(passage_of, np.array(units["field"], dtype=np.int64), len(units["ids"])),
        lexical=parse_lexical(
            contents["lexical.safetensors"], contents["terms.json"], len(passage_of), settings.bm25.bigram_weight
        ),
        vectors=vectors,
        text_keys=keys,
        model=model,
        payload={name[len(_PAYLOAD) :]: data for name, data in contents.items() if name.startswith(_PAYLOAD)},
        passages_json=contents["passages.json"],
    )


def _parse_settings(body: Mapping[str, Any]) -> Settings:
    return replace(Settings(), bm25=Bm25Settings(**body["bm25"]), ranking=Ranking(**body["ranking"]))
