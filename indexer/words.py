"""The words of a text with their parts of speech."""

from __future__ import annotations

from typing import NamedTuple

from indexer.tokens import _tagger, split_pieces


class TaggedWord(NamedTuple):
    """A word as written, its lemma (None where the dictionary lacks it), its part of speech and the finer one."""

    surface: str
    lemma: str | None
    part_of_speech: str
    subclass: str


def list_words(text: str) -> list[TaggedWord]:
    """List the words of a normalised text in order (UniDic parts of speech); safe in any thread."""
    words: list[TaggedWord] = []
    for piece in split_pieces(text):
        for node in _tagger()(piece):
            feature = node.feature
            lemma = None if feature.lemma is None else str(feature.lemma)
            words.append(TaggedWord(str(node.surface), lemma, str(feature.pos1), str(feature.pos2)))
    return words
