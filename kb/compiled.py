"""The corpus and its words as an index carries them, so that nothing that has not changed is compiled again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import IndexProblem
from indexer.index import load_index
from indexer.train_static import StaticTraining
from kb.corpus import corpus_hash, load_corpus
from kb.model.knowledge import Corpus
from kb.settings import corpus_folder

if TYPE_CHECKING:
    from indexer.vectors import Embedder
    from kb.ask.lexicon import LexiconEntry
    from kb.model.language import LanguageCues

BANK = "sayings.npz"
"""The part of an index that holds the terms and the vectors of all that is said of the clauses."""

COMPILED = 14
"""Version of the compiled corpus that an index carries; another one makes the index stale."""


@dataclass(frozen=True)
class Compiled:
    """The corpus without the user's documents, its lexicon and readings, and the banks of its expressions and questions.

    `hash` is that of its files. The banks are those of the index `version` that they come from, the expressions with its
    model's vectors; None where they must be made.
    """

    corpus: Corpus
    lexicon: dict[str, list[LexiconEntry]]
    hash: str
    expressions: bytes | None = None
    questions: bytes | None = None
    sayings: bytes | None = None
    version: str = ""
    readings: bytes | None = None

    def lexicon_with(self, corpus: Corpus) -> dict[str, list[LexiconEntry]]:
        """Return the lexicon with the names of all documents of a corpus."""
        from kb.ask.lexicon import name_documents

        return name_documents(self.lexicon, corpus)

    def expressions_for(self, version: str, cues: LanguageCues, model: Embedder | StaticTraining) -> bytes:
        """Return the bank of expressions for an index version: the one at hand where the model is the same."""
        if self.expressions is not None and _model_of(self.version) == _model_of(version):
            return self.expressions
        from kb.ask.phrases import PhraseBank, list_expressions

        named = None if isinstance(model, StaticTraining) else model
        encode = None if named is None else named.encode_queries
        key = "expressions", self.hash, "" if named is None else named.fingerprint
        return _remember(key, lambda: PhraseBank.build(list_expressions(self.corpus.vocabulary, cues), encode).dump())

    def questions_for(self, cues: LanguageCues) -> bytes:
        """Return the bank of what is asked and rightly said of the clauses."""
        if self.questions is not None:
            return self.questions
        from kb.ask.phrases import PhraseBank, list_questions

        key = "questions", self.hash, ""
        return _remember(key, lambda: PhraseBank.build(list_questions(self.corpus, cues), None).dump())

    def list_readings(self) -> bytes:
        """Return how the words of the corpus are read, as JSON."""
        if self.readings is not None:
            return self.readings
        from kb.ask.readings import compile_readings

        def make() -> bytes:
            return json.dumps(compile_readings(self.corpus, self.lexicon), ensure_ascii=False).encode()

        return _remember(("readings", self.hash, ""), make)

    def sayings_for(self, version: str, corpus: Corpus, model: Embedder | StaticTraining) -> bytes:
        """Return the bank of all that is said of the clauses of a corpus, the user's documents with it."""
        if self.sayings is not None and self.version == version:
            return self.sayings
        from kb.judge.bank import choose_embedder, compile_sayings

        return _remember(("sayings", version, ""), lambda: compile_sayings(corpus, choose_embedder(model)))


_KEPT = 4
_banks: dict[tuple[str, str, str], bytes] = {}


def _remember(key: tuple[str, str, str], make: Callable[[], bytes]) -> bytes:
    """Return a bank that this process has made already, or make it; the last few are kept."""
    held = _banks.get(key)
    if held is None:
        held = make()
        while len(_banks) >= _KEPT:
            _banks.pop(next(iter(_banks)), None)
        _banks[key] = held
    return held


def _model_of(version: str) -> str:
    return version.split("-")[2]


def read_compiled(source: Path | None = None, home: Path | None = None) -> Compiled:
    """Return the compiled corpus: from the index where that is of the same files, else from the files."""
    return _held(source or corpus_folder(), home) or compile_corpus(source or corpus_folder())


def compile_corpus(directory: Path) -> Compiled:
    """Compile a corpus from its files; raises `CorpusError`."""
    return _compile(directory, corpus_hash(directory))


@lru_cache(maxsize=2)
def _compile(directory: Path, hashed: str) -> Compiled:
    from kb.ask.lexicon import compile_lexicon

    corpus = load_corpus(directory)
    return Compiled(corpus, compile_lexicon(corpus), hashed)


def _held(directory: Path, home: Path | None) -> Compiled | None:
    from kb.base import index_folder

    try:
        index = load_index(index_folder(home))
    except IndexProblem:
        return None
    if not index.manifest.corpus.startswith(f"{COMPILED}-{corpus_hash(directory)}-"):
        return None
    from kb.ingest.merge import without_documents

    merged = Corpus.model_validate_json(index.payload["corpus.json"])
    lexicon = {
        key: [(entry[0], entry[1], entry[2]) for entry in entries]
        for key, entries in json.loads(index.payload["lexicon.json"]).items()
    }
    return Compiled(
        without_documents(merged),
        lexicon,
        corpus_hash(directory),
        index.payload["expressions.npz"],
        index.payload["questions.npz"],
        index.payload[BANK],
        index.manifest.corpus,
        index.payload["readings.json"],
    )
