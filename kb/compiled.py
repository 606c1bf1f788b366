"""The corpus and its words as an index carries them, so that nothing that has not changed is compiled again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import IndexProblem
from indexer.index import load_index
from kb.corpus import corpus_hash, load_corpus
from kb.model.knowledge import Corpus
from kb.settings import corpus_folder

if TYPE_CHECKING:
    from kb.ask.lexicon import LexiconEntry

COMPILED = 11
"""Version of the compiled corpus that an index carries; another one makes the index stale."""


@dataclass(frozen=True)
class Compiled:
    """The corpus without the user's documents, its lexicon, and its expressions of yes/no facts as JSON."""

    corpus: Corpus
    lexicon: dict[str, list[LexiconEntry]]
    expressions: bytes

    def lexicon_with(self, corpus: Corpus) -> dict[str, list[LexiconEntry]]:
        """Return the lexicon with the names of all documents of a corpus."""
        from kb.ask.lexicon import name_documents

        return name_documents(self.lexicon, corpus)


def read_compiled(source: Path | None = None, home: Path | None = None) -> Compiled:
    """Return the compiled corpus: from the index where that is of the same files, else from the files."""
    return _held(source or corpus_folder(), home) or compile_corpus(source or corpus_folder())


def compile_corpus(directory: Path) -> Compiled:
    """Compile a corpus from its files; raises `CorpusError`."""
    from kb.ask.lexicon import compile_lexicon
    from kb.ask.told import compile_expressions
    from kb.base import read_cues

    corpus = load_corpus(directory)
    expressions = compile_expressions(corpus.vocabulary, read_cues(directory))
    return Compiled(corpus, compile_lexicon(corpus), expressions.model_dump_json().encode())


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
    return Compiled(without_documents(merged), lexicon, index.payload["expressions.json"])
