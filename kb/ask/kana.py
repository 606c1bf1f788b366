"""Mend Japanese that is typed as it sounds or not quite: kana for kanji, wrong kanji, look-alike kana, Latin letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from indexer.words import is_one_word, list_cuts, reading_of
from kb.ask.pieces import Piece, replace_pieces
from kb.ask.readings import LEAST, ReadingBook
from kb.ask.skeleton import make_skeleton
from kb.ask.spelling import Speller
from kb.text import SourceText

_HIRAGANA = re.compile(r"[ぁ-ゖ][ぁ-ゖー]{2,}")
_KATAKANA = re.compile(r"[ァ-ヺー]{3,}")
_KANJI = re.compile(r"[㐀-鿿々]{3,8}")
_LATIN_WORD = re.compile(r"[a-z][a-z']*")
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ㐀-鿿]")
_KANA_ONLY = re.compile(r"[ぁ-ゖー]+")
_PARTICLES = re.compile(r"(?:の|は|が|を|に|で|と|も|へ|や|か|お|ご|には|では|での|との|とか|から|まで)?")
"""What may stand between two words in a run of hiragana."""

_AFTER = "はがのをにでともへやかっだなさねよ"
"""What may follow a word in a run of hiragana."""

_SURE = 5
"""A reading of so many letters is a word wherever it stands; a shorter one stands free, or between particles."""

_SHORT = 4
_TWO_WORDS = 2


class KanaMender:
    """Mends texts by the readings of one corpus.

    `known_pair` tells whether the corpus has two kanji side by side; `spoken` are words of every day that are read like one.
    """

    def __init__(
        self, book: ReadingBook, known_pair: Callable[[str], bool], speller: Speller, spoken: Collection[str]
    ) -> None:
        self._book = book
        self._known_pair = known_pair
        self._speller = speller
        self._spoken = frozenset(spoken)

    def mend(self, source: SourceText) -> SourceText:
        """Return the text with what is read like a word of the corpus written like it."""
        source = replace_pieces(source, list(self._romaji(source.normal)))
        if not _JAPANESE.search(source.normal):
            return source
        found = [*self._hiragana(source.normal), *self._katakana(source.normal), *self._kanji(source.normal)]
        return replace_pieces(source, sorted(found))

    def _romaji(self, normal: str) -> Iterator[Piece]:
        """Yield Latin words that are Japanese: all of a text that is mostly such words, or one that is read like a word."""
        words = [(m.start(), m.end(), m[0]) for m in _LATIN_WORD.finditer(normal)]
        foreign = [w for w in words if len(w[2]) >= _SHORT and not self._speller.is_english(w[2])]
        kana = {w: k for w in foreign if (k := _to_kana(w[2]))}
        wholly = not _JAPANESE.search(normal) and self._is_romaji([w for _, _, w in words], {w for _, _, w in kana})
        for start, end, word in words:
            written = _to_kana(word) if wholly else kana.get((start, end, word))
            if written is None or not wholly and self._speller.knows(word):
                continue
            found = self._read(written)
            if found is not None or wholly:
                yield start, end, found or written

    def _is_romaji(self, words: Sequence[str], kana: Collection[str]) -> bool:
        """Tell whether words are Japanese in Latin letters: all long ones, or half of all and no mere slips of English."""
        if len(kana) < _TWO_WORDS:
            return False
        if all(word in kana for word in words if len(word) >= _SHORT):
            return True
        strange = [word for word in kana if not self._speller.knows(word) and self._speller.nearest(word) is None]
        meant = len(strange) + sum(self._speller.knows(word) for word in kana)
        return meant + bool(strange) > _TWO_WORDS and 2 * meant >= sum(len(word) >= LEAST for word in words)

    def _read(self, kana: str) -> str | None:
        skeleton = make_skeleton(kana).text
        if len(skeleton) < LEAST:
            return None
        exact = self._book.find(skeleton) or self._book.find_loosely(skeleton)
        return exact or (self._book.find_nearly(skeleton) if len(skeleton) >= _SURE else None)

    def _hiragana(self, normal: str) -> Iterator[Piece]:
        """Yield the words in runs of hiragana that are read like a word of the corpus, longest first from the left."""
        cuts: frozenset[int] | None = None
        for run in _HIRAGANA.finditer(normal):
            position = anchor = run.start()
            while position < run.end():
                free = position == run.start() and not normal[: run.start()][-1:].isalnum()
                joined = position > run.start() and _PARTICLES.fullmatch(normal, anchor, position) is not None
                piece = self._longest_at(normal, position, run.end(), free or joined)
                if piece is not None and not free:
                    cuts = frozenset(list_cuts(normal)) if cuts is None else cuts
                    piece = piece if position in cuts else None  # `でき|て|い|ない` holds no `きてい`
                if piece is None:
                    position += 1
                    continue
                yield piece
                position = anchor = piece[1]

    def _longest_at(self, normal: str, start: int, limit: int, begins: bool) -> Piece | None:
        if normal[start] in "ーっんぁぃぅぇぉゃゅょ":
            return None
        for end in range(min(limit, start + 2 * self._book.longest), start + LEAST - 1, -1):
            skeleton = make_skeleton(normal[start:end]).text
            if len(skeleton) < LEAST or normal[end : end + 1] == "ー" or normal[start:end] in self._spoken:
                continue
            ends = normal[end] in _AFTER if end < limit else not normal[end : end + 1].isalnum()
            if not (begins and ends) and len(skeleton) < _SURE:
                continue
            written = self._book.find(skeleton)
            if written is not None and written != normal[start:end]:
                return start, end, written
        return None

    def _katakana(self, normal: str) -> Iterator[Piece]:
        """Yield katakana words that nobody writes and that look or sound nearly like a word of the corpus."""
        for run in _KATAKANA.finditer(normal):
            word = run[0]
            skeleton = make_skeleton(word).text
            if len(skeleton) < LEAST or word in self._book.written or is_one_word(word):
                continue
            better = self._book.find(skeleton) or self._book.find_shape(word) or self._book.find_nearly(skeleton)
            if better is not None and better != word:
                yield run.start(), run.end(), better

    def _kanji(self, normal: str) -> Iterator[Piece]:
        """Yield runs of kanji that the corpus never has side by side and that are read like a word of it (目視店)."""
        for run in _KANJI.finditer(normal):
            word = run[0]
            if word in self._book.written or all(self._known_pair(word[i : i + 2]) for i in range(len(word) - 1)):
                continue
            cuts = list_cuts(word)
            spans = sorted(((a, b) for a in cuts for b in cuts if b - a >= LEAST), key=lambda span: span[0] - span[1])
            for first, last in spans:
                better = self._homophone(word[first:last])
                if better is not None:
                    yield run.start() + first, run.start() + last, better
                    break

    def _homophone(self, word: str) -> str | None:
        """Return the word of the corpus that is read the same and shares all kanji but one."""
        reading = reading_of(word)
        written = None if reading is None else self._book.find(make_skeleton(reading).text)
        if written is None or written == word or len(set(written) & set(word)) < len(word) - 1:
            return None
        return written


def _to_kana(word: str) -> str | None:
    """Return a Latin word in hiragana where it is spelt like Japanese in Latin letters."""
    import jaconv

    kana = jaconv.alphabet2kana(word.replace("'", ""))
    return str(kana) if _KANA_ONLY.fullmatch(kana) and not kana.endswith("っ") else None
