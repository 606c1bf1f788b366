"""The words of a text with their parts of speech."""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.tokens import _tagger, split_pieces

_KANJI = re.compile(r"[㐀-鿿]")
_WRITTEN = re.compile(r"[㐀-鿿々ァ-ヺー]{2,}")
_LONG = 2
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


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


def reading_of(text: str) -> str | None:
    """Return how a Japanese text is read, in hiragana; None where it has no kanji or a word's reading is not known."""
    if not _KANJI.search(text):
        return None
    read: list[str] = []
    for node in _tagger()(text):
        kana = getattr(node.feature, "kana", None)
        surface = str(node.surface)
        if kana is None or kana == "*":
            if _KANJI.search(surface):
                return None
            kana = surface
        read.append(str(kana))
    return "".join(read).translate(_TO_HIRAGANA)


def list_noun_readings(text: str) -> list[tuple[str, str]]:
    """Return the nouns of a text written with kanji or katakana, each with how it is read, in hiragana."""
    found: list[tuple[str, str]] = []
    for piece in split_pieces(text):
        for node in _tagger()(piece):
            surface, kana = str(node.surface), getattr(node.feature, "kana", None)
            if str(node.feature.pos1) != "名詞" or kana in (None, "*", "") or not _WRITTEN.fullmatch(surface):
                continue
            found.append((surface, str(kana).translate(_TO_HIRAGANA)))
    return found


def is_one_word(text: str) -> bool:
    """Tell whether MeCab's dictionary has a text as one word, or as words of two letters or more."""
    nodes = [(str(n.surface), bool(n.is_unk)) for piece in split_pieces(text) for n in _tagger()(piece)]
    return not any(unknown for _, unknown in nodes) and (len(nodes) == 1 or all(len(s) >= _LONG for s, _ in nodes))


def list_cuts(text: str) -> list[int]:
    """Return the positions at which a word of a text starts or ends."""
    cuts, position = [0], 0
    for node in _tagger()(text):
        position = text.find(str(node.surface), position) + len(str(node.surface))
        cuts.append(position)
    return cuts
