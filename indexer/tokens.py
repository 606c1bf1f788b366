"""From text to index terms: NFKC, MeCab lemmas, English words, character bigrams."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from indexer.english import STOP_WORDS, stem_english

TOKENIZER_VERSION = "terms-1"
"""Changes whenever `list_terms` may give other terms for the same text; an index made by another one is stale."""

MAX_PIECE = 5_000
"""Longest run of characters handed to MeCab at once; one run of 190,000 can crash it."""

BIGRAM_MARK = "#"
"""Prefix of a character bigram, so that it never counts as the lemma of the same spelling."""

_DROPPED_PARTS_OF_SPEECH = frozenset({"助詞", "助動詞", "補助記号", "空白"})
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SENTENCE_END = re.compile(r"[。\n]+")
_JAPANESE = "ぁ-ゖァ-ヺー々〆〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_JAPANESE_RUN = re.compile(f"[{_JAPANESE}]+")
_HIRAGANA_PAIR = re.compile(r"[ぁ-ゖ]{2}")
_LATIN_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_KATAKANA_DASH = re.compile(r"(?<=[ァ-ヺー])[-‐−](?=[ァ-ヺぁ-ゖ\s]|$)")
_LINE_BREAK = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")

_local = threading.local()


def normalize(text: str) -> str:
    """Return `text` in NFKC without control, format, private-use, surrogate and variation-selector characters.

    Line breaks of all kinds become LF and tabs become spaces; a hyphen that stands for the long-vowel mark of a
    katakana word becomes ー. Case stays. Kanji numerals stay (五十 is not 50).
    """
    text = _LINE_BREAK.sub("\n", text).replace("\t", " ")
    if not text.isascii() or not text.isprintable():
        text = "".join(c for c in text if c == "\n" or not _is_invisible(c))
        text = unicodedata.normalize("NFKC", text)
        text = "".join(c for c in text if c == "\n" or not _is_invisible(c))
    return _KATAKANA_DASH.sub("ー", text)


def split_pieces(text: str) -> Iterator[str]:
    """Yield the sentences of a normalised text, split at 。 and newlines, none longer than `MAX_PIECE` characters."""
    for sentence in _SENTENCE_END.split(text):
        sentence = sentence.strip()
        for start in range(0, len(sentence), MAX_PIECE):
            yield sentence[start : start + MAX_PIECE]


def list_lemmas(text: str) -> list[str]:
    """Return the content words of `text` in reading order: lemmas, the English of loan words, Latin words, numbers.

    A loan word gives its lemma and its English (`ルクス` gives `ルクス` and `lux`). A Japanese word that the dictionary
    lacks gives its surface. Particles, auxiliaries, punctuation and English function words are left out. Safe in any
    thread.
    """
    words: list[str] = []
    for piece in split_pieces(_THOUSANDS.sub("", normalize(text))):
        words.extend(_latin_words(piece))
        for surface, lemma, part_of_speech in _parse(piece):
            if part_of_speech in _DROPPED_PARTS_OF_SPEECH or surface.isascii():
                continue
            words.extend(_read_lemma(surface, lemma))
    return words


def list_bigrams(text: str) -> list[str]:
    """Return the character bigrams of the Japanese runs of `text`, each with `BIGRAM_MARK`.

    Pairs of hiragana alone are left out. Bigrams find what MeCab splits badly: 見通し and 見とおし, サムターン,
    EVホール.
    """
    bigrams: list[str] = []
    for run in _JAPANESE_RUN.findall(normalize(text)):
        for start in range(len(run) - 1):
            pair = run[start : start + 2]
            if not _HIRAGANA_PAIR.fullmatch(pair):
                bigrams.append(BIGRAM_MARK + pair)
    return bigrams


def list_terms(text: str) -> list[str]:
    """Return all index terms of `text`: `list_lemmas`, then `list_bigrams`."""
    return list_lemmas(text) + list_bigrams(text)


@cache
def describe_dictionary() -> str:
    """Name MeCab's dictionary: package, version, and bytes of its system dictionary."""
    folder = _dictionary_folder()
    version = (folder / "version").read_text(encoding="utf-8").strip()
    return f"unidic-lite {version} ({(folder / 'sys.dic').stat().st_size} bytes)"


def _is_invisible(character: str) -> bool:
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return True
    return unicodedata.category(character) in _INVISIBLE_CATEGORIES


def _latin_words(piece: str) -> Iterator[str]:
    for word in _LATIN_OR_NUMBER.findall(piece.lower()):
        if word not in STOP_WORDS:
            yield stem_english(word)


def _read_lemma(surface: str, lemma: str | None) -> Iterator[str]:
    """Split `ルクス-Lux` into ルクス and lux; what follows the hyphen in other lemmas is a grammatical note."""
    if lemma is None:
        yield surface.lower()
        return
    word, _, note = lemma.partition("-")
    yield word.lower()
    if note.isascii():
        yield from _latin_words(note)


def _parse(piece: str) -> list[tuple[str, str | None, str]]:
    """Return surface, lemma and part of speech of each word; copied at once, since MeCab reuses the memory."""
    if piece.isascii():
        return []
    words = []
    for node in _tagger()(piece):
        feature = node.feature
        words.append((str(node.surface), None if feature.lemma is None else str(feature.lemma), str(feature.pos1)))
    return words


def _tagger() -> Any:
    tagger = getattr(_local, "tagger", None)
    if tagger is None:
        import fugashi

        folder = _dictionary_folder()
        tagger = fugashi.Tagger(f'-r "{folder / "mecabrc"}" -d "{folder}"')
        _local.tagger = tagger
    return tagger


def _dictionary_folder() -> Path:
    import unidic_lite

    return Path(unidic_lite.DICDIR)
