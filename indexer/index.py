"""Build, load and verify an index of passages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
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
from indexer.ranking import Floats, Ranking, Rows
from indexer.store import LOCK, Manifest, ModelInfo, find_problems, name_part, read_manifest, read_parts, write_index
from indexer.tokens import TOKENIZER_VERSION, describe_dictionary, list_terms
from indexer.train_static import StaticTraining, train_static
from indexer.vectors import Embedder, StaticEmbedder, dump_static, parse_static

Progress = Callable[[str, int, int], None]
"""Called with the stage (`tokens`, `lexical`, `model`, `vectors`, `write`), how much is done, and how much there is."""

_PAYLOAD = "payload."
_BATCH = 256
_KEPT = ("passages.json", "text_keys.json")


@dataclass(frozen=True)
class Settings:
    """How to build an index; kept in its manifest.

    `field_weights` says how many times the terms of a field count in BM25 (1 where a field is not named; 0 leaves the
    field out of lexical and dense search). Raises `ValueError` for a negative weight.
    """

    bm25: Bm25Settings = field(default_factory=Bm25Settings)
    ranking: Ranking = field(default_factory=Ranking)
    field_weights: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, weight in self.field_weights.items():
            if weight < 0:
                raise ValueError(f"field_weights[{name!r}] {weight!r}: expected 0 or more")


DEFAULT_SETTINGS = Settings()
DEFAULT_TRAINING = StaticTraining()


@dataclass(frozen=True, eq=False)
class SearchIndex:
    """A loaded index. Read-only, so threads may share it.

    `ids` and `concepts` are per passage, and so are the rows of `lexical`. `vectors` is float32 [texts, dim], or None
    for an index without embeddings; text `i` belongs to passage `passage_of[i]`, in ascending order. `model` is the
    static model kept in the index, if any.
    """

    manifest: Manifest
    settings: Settings
    ids: tuple[str, ...]
    concepts: tuple[frozenset[str], ...]
    passage_of: Rows
    lexical: LexicalIndex
    vectors: Floats | None
    model: StaticEmbedder | None
    payload: Mapping[str, bytes]
    contents: Mapping[str, bytes] = field(repr=False)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages that the index was built from, parsed when first asked for."""
        return parse_passages(self.contents["passages.json"])

    @cached_property
    def text_keys(self) -> tuple[str, ...]:
        """What the vector of each text was made from (model and text, hashed); parsed when first asked for."""
        return tuple(json.loads(self.contents.get("text_keys.json", b"[]")))

    def ids_with_term(self, term: str) -> frozenset[str]:
        """Return the ids of the passages in which an index term (see `indexer.tokens`) occurs."""
        return frozenset(self.ids[row] for row in self.lexical.find_units(term))


def build_index(
    folder: Path,
    passages: Sequence[Passage],
    corpus: str,
    *,
    model: Embedder | StaticTraining | None = DEFAULT_TRAINING,
    payload: Mapping[str, bytes] | None = None,
    settings: Settings = DEFAULT_SETTINGS,
    force: bool = False,
    progress: Progress | None = None,
    lock_timeout_s: float = 60.0,
) -> Manifest:
    """Build the index of `passages` in `folder`; does nothing where it is up to date.

    Killed at any moment, the old index stays. `corpus` is the caller's name for what the passages were made from (a
    hash). `model` is an embedder, a recipe to train one on the passages, or None for lexical search alone. `payload`
    bytes are kept with the index as they are. Texts whose vectors the old index holds, from the same model, are not
    embedded again; `force` builds everything anew.

    Raises `ValueError` for unusable passages or payload names, `IndexBusy` where another builder holds the folder
    longer than `lock_timeout_s` seconds, `EmbedderUnavailable` where the model cannot be loaded.
    """
    check_passages(passages)
    folder.mkdir(parents=True, exist_ok=True)
    with hold_lock(folder / LOCK, lock_timeout_s):
        old = None if force else _load_usable(folder)
        report = progress or _ignore_progress
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

    Raises `IndexMissing`, `IndexDamaged`, or `IndexStale` where the index was made by another tokenizer or dictionary,
    or not from `corpus`, or not with the model `fingerprint` (the last two are checked where given).
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


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def units(self) -> list[Unit]:
        return [unit for unit in list_units(self.passages) if self._weight(unit)]

    def is_current(self, old: SearchIndex, model: Embedder | StaticTraining | None) -> bool:
        """Say whether building would give `old` again."""
        return (
            old.manifest.corpus == self.corpus
            and old.manifest.passages == hash_bytes(self.passages_json)
            and old.settings == self.settings
            and old.payload == self.payload
            and self._has_model(old, model)
        )

    def build(self, model: Embedder | StaticTraining | None) -> tuple[Manifest, dict[str, bytes]]:
        """Return the manifest and the contents of all its parts."""
        terms = self._list_terms()
        self.report("lexical", 0, 1)
        lexical = build_lexical(self._join_terms(terms, weighted=True), self.settings.bm25)
        self.report("lexical", 1, 1)
        contents = {"passages.json": self.passages_json, "rows.json": _dump_rows(self.passages, self.units)}
        contents["lexical.safetensors"], contents["terms.json"] = dump_lexical(lexical)
        info = None
        if model is not None:
            embedder, recipe = self._prepare_model(model, terms)
            vectors, keys = self._embed(embedder, terms)
            contents["vectors.safetensors"] = save_arrays({"vectors": vectors})
            contents["text_keys.json"] = json.dumps(keys).encode()
            if isinstance(embedder, StaticEmbedder):
                contents["model.safetensors"], contents["model.json"] = dump_static(embedder)
            stored = isinstance(embedder, StaticEmbedder)
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
            counts={"passages": len(self.passages), "texts": len(self.units), "terms": len(lexical.vocabulary)},
        )
        return manifest, contents

    def _weight(self, unit: Unit) -> int:
        return self.settings.field_weights.get(unit.field, 1)

    def _has_model(self, old: SearchIndex, model: Embedder | StaticTraining | None) -> bool:
        held = old.manifest.model
        if model is None or held is None:
            return model is None and held is None
        if isinstance(model, StaticTraining):
            return held.recipe == self._describe_recipe(model)
        return held.recipe == "" and held.fingerprint == model.fingerprint

    def _describe_recipe(self, training: StaticTraining) -> str:
        left_out = sorted(name for name, weight in self.settings.field_weights.items() if not weight)
        return f"{training.describe()} on {hash_bytes(self.passages_json)} without {left_out}"

    def _list_terms(self) -> list[list[str]]:
        terms = []
        for done, unit in enumerate(self.units):
            if done % _BATCH == 0:
                self.report("tokens", done, len(self.units))
            terms.append(list_terms(unit.text))
        self.report("tokens", len(self.units), len(self.units))
        return terms

    def _join_terms(self, terms: list[list[str]], weighted: bool) -> list[list[str]]:
        """Return the terms of each passage, those of a field as often as it weighs if `weighted`."""
        joined: list[list[str]] = [[] for _ in self.passages]
        for unit, unit_terms in zip(self.units, terms, strict=True):
            joined[unit.passage].extend(unit_terms * (self._weight(unit) if weighted else 1))
        return joined

    def _prepare_model(self, model: Embedder | StaticTraining, terms: list[list[str]]) -> tuple[Embedder, str]:
        if not isinstance(model, StaticTraining):
            return model, ""
        recipe = self._describe_recipe(model)
        if self.old and self.old.model and self.old.manifest.model and self.old.manifest.model.recipe == recipe:
            return self.old.model, recipe
        self.report("model", 0, 1)
        trained = train_static(self._join_terms(terms, weighted=False), model)
        self.report("model", 1, 1)
        return trained, recipe

    def _embed(self, embedder: Embedder, terms: list[list[str]]) -> tuple[NDArray[np.float16], list[str]]:
        """Return float16 [texts, dim] and each text's key; only texts that the old index does not hold are embedded."""
        prefix = f"{embedder.fingerprint}\0"
        keys = [hash_bytes((prefix + unit.text).encode("utf-8", "surrogatepass"))[:32] for unit in self.units]
        vectors = np.zeros((len(keys), embedder.dim), dtype=np.float16)
        held = self._held_vectors()
        wanted: dict[str, list[int]] = {}
        for place, key in enumerate(keys):
            if key in held:
                vectors[place] = held[key]
            else:
                wanted.setdefault(key, []).append(place)
        places = list(wanted.values())
        for start in range(0, len(places), _BATCH):
            self.report("vectors", start, len(places))
            batch = places[start : start + _BATCH]
            if isinstance(embedder, StaticEmbedder) and embedder.tokenizer == "terms":
                encoded = embedder.encode_terms([terms[same[0]] for same in batch])
            else:
                encoded = embedder.encode_passages([self.units[same[0]].text for same in batch])
            for same, vector in zip(batch, encoded, strict=True):
                vectors[same] = vector
        self.report("vectors", len(places), len(places))
        return vectors, keys

    def _held_vectors(self) -> dict[str, Floats]:
        if self.old is None or self.old.vectors is None:
            return {}
        return dict(zip(self.old.text_keys, self.old.vectors, strict=True))


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


def _dump_rows(passages: Sequence[Passage], units: list[Unit]) -> bytes:
    body = {
        "ids": [passage.id for passage in passages],
        "concepts": [list(passage.concepts) for passage in passages],
        "passage_of": [unit.passage for unit in units],
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _assemble(manifest: Manifest, contents: dict[str, bytes]) -> SearchIndex:
    rows = json.loads(contents["rows.json"])
    settings = _parse_settings(manifest.settings)
    vectors, model = None, None
    if manifest.model is not None:
        vectors = load_arrays(contents["vectors.safetensors"])["vectors"].astype(np.float32)
        if manifest.model.stored:
            model = parse_static(contents["model.safetensors"], contents["model.json"])
    return SearchIndex(
        manifest=manifest,
        settings=settings,
        ids=tuple(rows["ids"]),
        concepts=tuple(frozenset(found) for found in rows["concepts"]),
        passage_of=np.array(rows["passage_of"], dtype=np.int64),
        lexical=parse_lexical(
            contents["lexical.safetensors"], contents["terms.json"], len(rows["ids"]), settings.bm25.bigram_weight
        ),
        vectors=vectors,
        model=model,
        payload={name.removeprefix(_PAYLOAD): data for name, data in contents.items() if name.startswith(_PAYLOAD)},
        contents={name: contents[name] for name in _KEPT if name in contents},
    )


def _parse_settings(body: Mapping[str, Any]) -> Settings:
    return Settings(Bm25Settings(**body["bm25"]), Ranking(**body["ranking"]), dict(body["field_weights"]))
