"""The words of a question with their places in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.english import stem_english
from indexer.words import list_words as parse_words
from kb.text import SourceText

_CONTENT = ("名詞", "動詞", "形容詞", "形状詞")
_NO_CONTENT = ("数詞", "非自立可能", "助数詞", "助動詞語幹")
_LATIN = re.compile(r"[a-z][a-z'-]*")


@dataclass(frozen=True)
class Word:
    """A word: its span in the normal form, its lemma, and whether it carries content."""

    start: int
    end: int
    surface: str
    lemma: str
    content: bool


def list_words(source: SourceText) -> list[Word]:
    """List the words of a text in order, Japanese by MeCab, Latin by letters."""
    words: list[Word] = []
    position = 0
    for surface, lemma, pos1, pos2 in parse_words(source.normal):
        start = source.normal.find(surface, position)
        if start < 0:
            continue
        position = start + len(surface)
        if surface.isascii():
            continue
        content = pos1 in _CONTENT and pos2 not in _NO_CONTENT
        words.append(Word(start, position, surface, (lemma or surface).partition("-")[0], content))
    for match in _LATIN.finditer(source.normal):
        words.append(Word(match.start(), match.end(), match[0], stem_english(match[0]), len(match[0]) > 2))
    return sorted(words, key=lambda w: (w.start, w.end))
