"""Pairs of texts that mean the same or belong together, to train an embedding model on; written as JSON lines."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Literal, cast

from kb.model.base import Text, Words
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.model.vocabulary import Concept
from kb.passages import concepts_of, heading_path
from kb.text import fold

Kind = Literal[
    "ask",
    "ask_swapped",
    "ask_ask",
    "said",
    "translation",
    "path",
    "concept",
    "vocabulary",
    "told",
    "synonym",
    "statute",
]
LANGUAGES = ("ja", "en")
_MOST_ALIASES = 6
_SHORTEST_ALIAS = 2
_SWAPS = 2
_QUERIES = 4
_MATES = 4


@dataclass(frozen=True)
class Pair:
    """Two texts that belong together.

    Pairs of one `group` are never each other's negatives. `negative` is a text near to the positive that is not meant.
    `split` is `held` for pairs to measure on, `train` for all others.
    """

    kind: Kind
    anchor: str
    positive: str
    group: str
    negative: str | None = None
    split: Literal["train", "held"] = "train"


def hold_out_asks(corpus: Corpus) -> tuple[Corpus, dict[str, Words]]:
    """Take one question per clause and language out of a corpus; returns what is left, and what was taken, by clause id.

    The question is chosen by a hash of clause and language, so that another run takes the same. A language that has only
    one question keeps it.
    """
    held: dict[str, Words] = {}
    clauses = []
    for clause in corpus.clauses:
        left, taken = {}, {}
        for language in LANGUAGES:
            asks = clause.asks.get(language)
            row = pick(f"held {clause.id} {language}", len(asks)) if len(asks) > 1 else None
            taken[language] = () if row is None else (asks[row],)
            left[language] = tuple(ask for number, ask in enumerate(asks) if number != row)
        if clause.text is not None:
            held[clause.id] = Words(**taken)
        clauses.append(clause.model_copy(update={"asks": Words(**left)}))
    return corpus.model_copy(update={"clauses": tuple(clauses)}), held


def list_corpus_pairs(corpus: Corpus) -> Iterator[Pair]:
    """List the pairs that a corpus gives: its questions, translations, heading paths, concepts and vocabulary."""
    siblings = _find_siblings(corpus)
    right = {f"{claims.document} {claims.locator}": claims.right for claims in corpus.claims}
    for clause in corpus.clauses:
        if clause.text is not None:
            sibling = siblings.get(clause.id)
            yield from _ask_pairs(clause, sibling)
            yield from _said_pairs(clause, sibling, right.get(clause.id, Words()))
            yield from _swapped_pairs(corpus, clause, sibling)
            yield from _clause_pairs(corpus, clause, sibling)
            yield from _concept_pairs(corpus, clause, sibling)
    yield from _vocabulary_pairs(corpus)
    yield from _told_pairs(corpus)


def write_pairs(pairs: Iterable[Pair], file: Path) -> dict[str, int]:
    """Write pairs, a JSON object a line (compressed where the name ends in `.gz`); returns how many of each kind."""
    counts: dict[str, int] = {}
    file.parent.mkdir(parents=True, exist_ok=True)
    with _open_text(file, "w") as out:
        for pair in pairs:
            counts[pair.kind] = counts.get(pair.kind, 0) + 1
            out.write(json.dumps(asdict(pair), ensure_ascii=False, separators=(",", ":")) + "\n")
    return counts


def pick(key: str, count: int) -> int:
    """Choose a number from 0 to `count` - 1 by the hash of a key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % count


def _open_text(file: Path, mode: str) -> IO[str]:
    if file.suffix == ".gz":
        return cast(IO[str], gzip.open(file, mode + "t", encoding="utf-8", compresslevel=3))
    return file.open(mode, encoding="utf-8")


def _ask_pairs(clause: Clause, sibling: Clause | None) -> Iterator[Pair]:
    """Question and clause in its own and the other language; question and the next question of the same clause."""
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        asks = clause.asks.get(language)
        for number, ask in enumerate(asks):
            yield _pair("ask", ask, clause, language, sibling)
            yield _pair("ask", ask, clause, other, sibling)
            for mate in (*asks[number + 1 :], *clause.asks.get(other)[:1]):
                yield Pair("ask_ask", ask, mate, clause.id)


def _said_pairs(clause: Clause, sibling: Clause | None, right: Words) -> Iterator[Pair]:
    """What is rightly said of a clause and the clause in both languages; and what is asked of it."""
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        asks = clause.asks.get(language)
        for number, said in enumerate(right.get(language)):
            yield _pair("said", said, clause, language, sibling)
            if number % 2:
                yield _pair("said", said, clause, other, sibling)
            elif asks:
                yield Pair("ask_ask", said, asks[pick(f"said {said}", len(asks))], clause.id)


def _told_pairs(corpus: Corpus) -> Iterator[Pair]:
    """Two expressions of one side of a yes/no fact, with one of the other side as negative."""
    for key, fact in corpus.vocabulary.facts.items():
        for pole, own, other in (("yes", fact.yes, fact.no), ("no", fact.no, fact.yes)):
            for language in LANGUAGES:
                words, against = own.get(language), other.get(language)
                for number, word in enumerate(words):
                    for mate in range(min(_MATES, len(words) - 1)):
                        step = 1 + pick(f"told {mate} {word}", len(words) - 1)
                        negative = against[pick(f"against {mate} {word}", len(against))] if against else None
                        yield Pair("told", word, words[(number + step) % len(words)], f"facts {key} {pole}", negative)


def _swapped_pairs(corpus: Corpus, clause: Clause, sibling: Clause | None) -> Iterator[Pair]:
    """Questions in which the name of a concept of the clause is replaced by another name of it."""
    concepts = [corpus.vocabulary.get(name) for name in concepts_of(corpus, clause)]
    for language in LANGUAGES:
        for ask in clause.asks.get(language):
            text = fold(ask)
            found = [
                (name, names)
                for names in (_names(c.label, c.aliases, language) for c in concepts)
                if (name := max((n for n in names if n in text), key=len, default=None)) is not None and len(names) > 1
            ]
            for number in range(min(_SWAPS, len(found))):
                name, names = found[pick(f"swap {number} {ask}", len(found))]
                others = [n for n in names if n != name and n not in name]
                if others:
                    swapped = text.replace(name, others[pick(f"name {number} {ask}", len(others))], 1)
                    yield _pair("ask_swapped", swapped, clause, language, sibling)


def _clause_pairs(corpus: Corpus, clause: Clause, sibling: Clause | None) -> Iterator[Pair]:
    """Restatement and its translation; heading path and restatement."""
    assert clause.text is not None
    yield _pair("translation", clause.text.ja, clause, "en", sibling)
    for language in LANGUAGES:
        path = heading_path(corpus, clause, language)
        if path:
            yield _pair("path", path, clause, language, sibling)


def _concept_pairs(corpus: Corpus, clause: Clause, sibling: Clause | None) -> Iterator[Pair]:
    """Short queries made of names of what a clause speaks of: a place and a topic, in either language."""
    vocabulary = corpus.vocabulary
    places = [vocabulary.get(name) for name in clause.places]
    topics = [vocabulary.get(n) for n in (*clause.topics, *(figure.property for figure in clause.figures))]
    for language in LANGUAGES:
        place_names = [name for place in places for name in _names(place.label, place.aliases, language)]
        topic_names = [name for topic in topics for name in _names(topic.label, topic.aliases, language)]
        if not topic_names:
            continue
        for number in range(_QUERIES):
            key = f"{clause.id} {language} {number}"
            place = place_names[pick("place " + key, len(place_names))] if place_names else ""
            topic = topic_names[pick("topic " + key, len(topic_names))]
            yield _pair("concept", f"{place} {topic}".strip(), clause, language, sibling)


def _vocabulary_pairs(corpus: Corpus) -> Iterator[Pair]:
    """Names of one concept, choice or pole, within a language and across both."""
    vocabulary = corpus.vocabulary
    sections: dict[str, Mapping[str, Concept]] = {
        "buildings": vocabulary.buildings,
        "places": vocabulary.places,
        "topics": vocabulary.topics,
        "terms": vocabulary.terms,
        "facts": vocabulary.facts,
    }
    for section, entries in sections.items():
        for key, entry in entries.items():
            yield from _name_pairs(f"{section} {key}", entry.label, entry.aliases)
    for key, fact in vocabulary.facts.items():
        for pole, words in (("yes", fact.yes), ("no", fact.no)):
            yield from _name_pairs(f"facts {key} {pole}", None, words)
        for value, choice in fact.choices.items():
            yield from _name_pairs(f"facts {key} {value}", choice.label, choice.aliases)


def _name_pairs(group: str, label: Text | None, aliases: Words) -> Iterator[Pair]:
    first = {language: _names(label, aliases, language) for language in LANGUAGES}
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        names = first[language]
        for number, name in enumerate(names):
            mates = [*names[number + 1 : number + 1 + _MOST_ALIASES], *first[other][:2]]
            for mate in mates:
                yield Pair("vocabulary", name, mate, group)


def _names(label: Text | None, aliases: Words, language: str) -> list[str]:
    """Return the names of a concept in one language in normal form, label first, each once."""
    names = (() if label is None else (label.get(language),)) + aliases.get(language)
    return list(dict.fromkeys(name for name in map(fold, names) if len(name) >= _SHORTEST_ALIAS))


def _pair(kind: Kind, anchor: str, clause: Clause, language: str, sibling: Clause | None) -> Pair:
    assert clause.text is not None
    negative = None if sibling is None or sibling.text is None else sibling.text.get(language)
    return Pair(kind, anchor, clause.text.get(language), clause.id, negative)


def _find_siblings(corpus: Corpus) -> Mapping[str, Clause]:
    """Return, by clause id, another clause with text under the same heading, chosen by hash."""
    families: dict[str, list[Clause]] = {}
    for clause in corpus.clauses:
        if clause.text is not None:
            families.setdefault(f"{clause.document} {clause.locator.rpartition('/')[0]}", []).append(clause)
    found: dict[str, Clause] = {}
    for family in families.values():
        for clause in family:
            others = [other for other in family if other.id != clause.id]
            if others:
                found[clause.id] = others[pick(f"sibling {clause.id}", len(others))]
    return found
