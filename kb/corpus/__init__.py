"""Strict loading of the corpus."""

from kb.corpus.load import corpus_hash, load_corpus, read_corpus

__all__ = ["corpus_hash", "load_corpus", "read_corpus"]
