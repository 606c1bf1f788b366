"""What can be wrong with an index."""

from __future__ import annotations


class IndexProblem(Exception):
    """An index that cannot be used; every subclass says in its message what was found and what to do."""


class IndexMissing(IndexProblem):
    """No index has been built in the folder yet."""


class IndexDamaged(IndexProblem):
    """A file of the index is missing, cut short or altered; the index must be built again."""


class IndexStale(IndexProblem):
    """The index is whole, but was made from another corpus, tokenizer, dictionary, model or program version."""


class IndexBusy(IndexProblem):
    """Another process is building the index."""


class EmbedderUnavailable(IndexProblem):
    """The embedding model cannot be loaded: not installed, not on this machine, or damaged."""
