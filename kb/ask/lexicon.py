"""Look concepts up in text: longest match over labels and aliases, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from indexer.words import reading_of
from kb.ask.skeleton import Skeleton, make_skeleton, on_word_boundary
from kb.model.knowledge import Corpus
from kb.model.vocabulary import Concept

Section = Literal["building", "place", "part", "topic", "term", "fact", "choice", "yes", "no", "document"]
LexiconEntry = tuple[Section, str, str]
"""Section, concept id, and the word in normal form."""

_SHORT = 2
_LEAST_KANA = 4
_LEAST_READING = 5
"""A word written in kana as it is read (`ぼうはんかめら`) is known from so many letters on."""

_KANA = re.compile(r"[ぁ-ゖ]+")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_HIRAGANA = re.compile(r"[ぁ-ゖー]+")
_KATAKANA_ONLY = re.compile(r"[ァ-ヺー]+")
_MIXED = re.compile(r"[ぁ-ゖァ-ヺー]+")
_KATAKANA_TAIL = re.compile(r"[ァ-ヺー]+$")
_KATAKANA = re.compile(r"[ァ-ヺー]{4,}")


@dataclass(frozen=True)
class ConceptMention:
    """A concept found in a text; `span` is in characters of the source, `normal` of the normal form, end exclusive.

    `id` is the concept's id; of a choice `fact=value`.
    """

    span: tuple[int, int]
    normal: tuple[int, int]
    surface: str
    section: Section
    id: str


def compile_lexicon(corpus: Corpus) -> dict[str, list[LexiconEntry]]:
    """Return, by skeleton, the concepts that a label or an alias names and how it is written (JSON-able)."""
    compiled: dict[str, list[LexiconEntry]] = {}

    def add(section: Section, key: str, words: Iterable[str]) -> None:
        for word in words:
            skeleton = make_skeleton(word)
            held = compiled.setdefault(skeleton.text, []) if skeleton.text else None
            if held is not None and not any(e[0] == section and e[1] == key for e in held):
                held.append((section, key, skeleton.source.normal))
            reading = reading_of(word)
            if reading is not None and section != "choice":
                spoken = make_skeleton(reading)
                if len(spoken.text) >= _LEAST_READING:
                    held = compiled.setdefault(spoken.text, [])
                    if not any(e[0] == section and e[1] == key for e in held):
                        held.append((section, key, reading))

    vocabulary = corpus.vocabulary
    sections: list[tuple[Section, Mapping[str, Concept]]] = [
        ("building", vocabulary.buildings),
        ("place", vocabulary.places),
        ("topic", vocabulary.topics),
        ("term", vocabulary.terms),
        ("fact", vocabulary.facts),
    ]
    for section, concepts in sections:
        for key, concept in concepts.items():
            add(section, key, (concept.label.ja, concept.label.en, *concept.aliases.all))
    for key, fact in vocabulary.facts.items():
        add("yes", key, fact.yes.all)
        add("no", key, fact.no.all)
        for value, choice in fact.choices.items():
            labels = (choice.label.ja, choice.label.en) if choice.label else ()
            add("choice", f"{key}={value}", (*labels, *choice.aliases.all))
    return name_documents(compiled, corpus)


def name_documents(compiled: Mapping[str, Sequence[LexiconEntry]], corpus: Corpus) -> dict[str, list[LexiconEntry]]:
    """Return a lexicon with the names of exactly the documents of a corpus."""
    named = {key: [e for e in entries if e[0] != "document"] for key, entries in compiled.items()}
    for document in corpus.documents:
        names = (document.title.ja, document.title.en, document.short.ja, document.short.en)
        for word in (*names, *document.aliases.all):
            skeleton = make_skeleton(word)
            held = named.setdefault(skeleton.text, []) if skeleton.text else None
            if held is not None and not any(e[:2] == ("document", document.id) for e in held):
                held.append(("document", document.id, skeleton.source.normal))
    return {key: entries for key, entries in named.items() if entries}


def _same_kana(alias: str, written: str) -> bool:
    """Tell whether a word of three letters or more is the alias in the other kana (`すーぱー`)."""
    hiragana = alias.translate(_TO_HIRAGANA), written.translate(_TO_HIRAGANA)
    return len(written) > _SHORT and hiragana[0] == hiragana[1]


def _cuts_kana(normal: str, first: int, last: int) -> bool:
    """Tell whether a span mixes the kana of two words, or cuts a katakana run (`家のドア` in `家のドアホン`)."""
    written = normal[first:last]
    if _MIXED.fullmatch(written) and not _HIRAGANA.fullmatch(written) and not _KATAKANA_ONLY.fullmatch(written):
        return True
    if (
        _HIRAGANA.fullmatch(written)
        and len(written) < _LEAST_KANA
        and _HIRAGANA.match(normal[first - 1 : first] or "-")
    ):
        return True
    tail, head = _KATAKANA_TAIL.search(written), _KATAKANA_ONLY.match(written)
    cuts_after = tail is not None and len(tail[0]) < _LEAST_KANA and _KATAKANA_ONLY.match(normal[last : last + 1])
    cuts_before = head is not None and len(head[0]) < _LEAST_KANA and first and _KATAKANA_ONLY.match(normal[first - 1])
    return bool(cuts_after or cuts_before)


class Lexicon:
    """All words of the corpus for its concepts."""

    def __init__(self, entries: Mapping[str, Sequence[LexiconEntry]]) -> None:
        self._entries = entries
        self._lengths: dict[str, set[int]] = {}
        for key in entries:
            self._lengths.setdefault(key[:_SHORT], set()).add(len(key))

    @classmethod
    def of(cls, corpus: Corpus) -> Lexicon:
        """Compile the lexicon of a corpus."""
        return cls(compile_lexicon(corpus))

    def extended(self, words: Iterable[tuple[Section, str, str]]) -> Lexicon:
        """Return a lexicon that knows more words (section, concept id, word); what is there already stays first."""
        entries = {key: list(held) for key, held in self._entries.items()}
        for section, name, word in words:
            skeleton = make_skeleton(word)
            held = entries.setdefault(skeleton.text, [])
            if not any(entry[:2] == (section, name) for entry in held):
                held.append((section, name, skeleton.source.normal))
        return Lexicon(entries)

    @property
    def words(self) -> list[str]:
        """Every label and alias in normal form."""
        return [alias for entries in self._entries.values() for _, _, alias in entries]

    def named(self, name: str) -> Sequence[LexiconEntry]:
        """Return what a name stands for as a whole."""
        return self._entries.get(make_skeleton(name).text, ())

    def find(self, text: str | Skeleton, boundaries: frozenset[int] | None = None) -> list[ConceptMention]:
        """Find the concepts of a text, longest match first, in order of their place in the text.

        `boundaries` are the positions of the normal form at which a word starts or ends; one- and two-letter
        Japanese words count only between such positions.
        """
        skeleton = text if isinstance(text, Skeleton) else make_skeleton(text)
        covered = [False] * len(skeleton.text)
        found: list[ConceptMention] = []
        for length, start in self._candidates(skeleton.text):
            key = skeleton.text[start : start + length]
            if any(covered[start : start + length]) or not on_word_boundary(skeleton.text, start, start + length):
                continue
            first, last = skeleton.normal_span(start, start + length)
            if length <= _SHORT and not self._stands_alone(skeleton, first, last, key, boundaries):
                continue
            written = skeleton.source.normal[first:last]
            if _cuts_kana(skeleton.source.normal, first, last):
                continue
            kept = [
                (section, key_)
                for section, key_, alias in self._entries[key]
                if length > _SHORT or alias == written or alias.isascii() or _same_kana(alias, written)
            ]
            if not kept:
                continue
            for index in range(start, start + length):
                covered[index] = True
            span = skeleton.source.span(first, last)
            surface = skeleton.source.source[span[0] : span[1]]
            found.extend(ConceptMention(span, (first, last), surface, section, key_) for section, key_ in kept)
        found += self._nested(found, skeleton)
        found += self._misspelt(skeleton, covered)
        return sorted(found, key=lambda m: (m.span, m.section, m.id))

    def _candidates(self, text: str) -> list[tuple[int, int]]:
        """Return length and start of every word of the lexicon in a text, longest first, then from the left."""
        found = []
        for start in range(len(text)):
            for heads in {text[start : start + 1], text[start : start + _SHORT]}:
                for length in self._lengths.get(heads, ()):
                    if start + length <= len(text) and text[start : start + length] in self._entries:
                        found.append((length, start))
        return sorted(set(found), key=lambda place: (-place[0], place[1]))

    def _nested(self, found: Sequence[ConceptMention], skeleton: Skeleton) -> list[ConceptMention]:
        """Find the conditions and building types inside a place's name (`屋内駐車場`, `スーパーの駐車場`)."""
        nested = []
        for mention in found:
            if mention.section != "place" or mention.normal[1] - mention.normal[0] < 2 * _SHORT:
                continue
            places = [i for i, o in enumerate(skeleton.origins) if mention.normal[0] <= o < mention.normal[1]]
            for start in places:
                for end in range(start + _SHORT, places[-1] + 2):
                    for section, key, alias in self._entries.get(skeleton.text[start:end], ()):
                        if section not in ("choice", "building") or end - start == len(places):
                            continue
                        first, last = skeleton.normal_span(start, end)
                        if skeleton.source.normal[first:last].strip("ー") != alias.strip("ー") or not on_word_boundary(
                            skeleton.text, start, end
                        ):
                            continue
                        span = skeleton.source.span(first, last)
                        surface = skeleton.source.source[span[0] : span[1]]
                        nested.append(ConceptMention(span, (first, last), surface, section, key))
        return list(dict.fromkeys(nested))

    @cached_property
    def _kana_words(self) -> list[str]:
        return [key for key in self._entries if len(key) >= _LEAST_KANA and _KANA.fullmatch(key)]

    def _misspelt(self, skeleton: Skeleton, covered: list[bool]) -> list[ConceptMention]:
        """Find katakana words that no entry has, one or two letters away from one that does (`エレベタホル`)."""
        found = []
        for match in _KATAKANA.finditer(skeleton.source.normal):
            places = [i for i, o in enumerate(skeleton.origins) if match.start() <= o < match.end()]
            if len(places) < _LEAST_KANA or any(covered[i] for i in places):
                continue
            word = skeleton.text[places[0] : places[-1] + 1]
            from rapidfuzz import process
            from rapidfuzz.distance import OSA

            near = process.extract(
                word, self._kana_words, scorer=OSA.distance, score_cutoff=1 + (len(word) > 6), limit=1
            )
            for key, _, _ in near:
                span = skeleton.source.span(match.start(), match.end())
                surface = skeleton.source.source[span[0] : span[1]]
                found += [
                    ConceptMention(span, (match.start(), match.end()), surface, section, name)
                    for section, name, _ in self._entries[key]
                ]
        return found

    @staticmethod
    def _stands_alone(skeleton: Skeleton, first: int, last: int, key: str, boundaries: frozenset[int] | None) -> bool:
        if key.isascii() or boundaries is None:
            return True
        return first in boundaries and last in boundaries
