"""The corpus and its words as an index carries them, so that nothing that has not changed is compiled again."""

from __future__ import annotations

import json
from dataclasses import dataclass
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

COMPILED = 13
"""Version of the compiled corpus that an index carries; another one makes the index stale."""


@dataclass(frozen=True)
class Compiled:
    """The corpus without the user's documents, its lexicon, and the bank of its expressions.

    `expressions` are of the model of the index `version` that they come from; None where they must be made.
    """

    corpus: Corpus
    lexicon: dict[str, list[LexiconEntry]]
    expressions: bytes | None = None
    version: str = ""

    def lexicon_with(self, corpus: Corpus) -> dict[str, list[LexiconEntry]]:
        """Return the lexicon with the names of all documents of a corpus."""
        from kb.ask.lexicon import name_documents

        return name_documents(self.lexicon, corpus)

    def expressions_for(self, version: str, cues: LanguageCues, model: Embedder | StaticTraining) -> bytes:
        """Return the bank of expressions for an index version: the one at hand where the model is the same."""
        if self.expressions is not None and _model_of(self.version) == _model_of(version):
            return self.expressions
        from kb.ask.phrases import PhraseBank, list_expressions

        encode = None if isinstance(model, StaticTraining) else model.encode_queries
        return PhraseBank.build(list_expressions(self.corpus.vocabulary, cues), encode).dump()


def _model_of(version: str) -> str:
    return version.split("-")[2]


def read_compiled(source: Path | None = None, home: Path | None = None) -> Compiled:
    """Return the compiled corpus: from the index where that is of the same files, else from the files."""
    return _held(source or corpus_folder(), home) or compile_corpus(source or corpus_folder())


def compile_corpus(directory: Path) -> Compiled:
    """Compile a corpus from its files; raises `CorpusError`."""
    from kb.ask.lexicon import compile_lexicon

    corpus = load_corpus(directory)
    return Compiled(corpus, compile_lexicon(corpus))


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
    return Compiled(without_documents(merged), lexicon, index.payload["expressions.npz"], index.manifest.corpus)
