"""What items are made from: clauses with their hashes, names and subjects."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kb.ask.describe import Describer
from kb.model.base import Text
from kb.model.corpus import Clause, Definition, Figure, Table
from kb.model.knowledge import Corpus
from kb.model.study import Claim, Fault, Item, ItemKind, Option, StudyGuide
from kb.quantity import Quantity
from kb.study.holes import Hole, find_holes
from kb.study.proof import FigureBook, key_of

SHORTEST, LONGEST = 12, 200
"""Letters of a statement: an exam's statements are a sentence or two."""


@dataclass(frozen=True)
class Wrong:
    """A figure that is wrong in some place, and the clause that states it elsewhere (None where none does)."""

    value: Quantity
    origin: tuple[Clause, Figure] | None


class Source:
    """A corpus seen by the makers of items: figures by place, names, subjects, hashes."""

    def __init__(self, corpus: Corpus, guide: StudyGuide) -> None:
        self.corpus = corpus
        self.guide = guide
        self.describer = Describer(corpus)
        self.book = FigureBook(corpus)
        self.wrong: dict[str, list[Wrong]] = {}
        self._holes: dict[str, list[Hole]] = {}
        self._topics: dict[tuple[str, str], frozenset[str]] = {}
        self._subjects = {topic: subject.id for subject in guide.subjects for topic in subject.topics}

    @cached_property
    def clauses(self) -> list[Clause]:
        """Every clause that says something itself: headings and pictures left out."""
        return [c for c in self.corpus.clauses if c.text is not None and c.kind != "heading" and "図" not in c.locator]

    def holes(self, clause: Clause) -> list[Hole]:
        """Return the figures of a clause that stand in its sentences."""
        held = self._holes.get(clause.id)
        if held is None:
            held = self._holes[clause.id] = find_holes(clause)
        return held

    def topics_about(self, document: str, place: str) -> frozenset[str]:
        """Return every topic of the clauses of a guideline that speak of a place, of a wider or a narrower one."""
        held = self._topics.get((document, place))
        if held is None:
            about = [
                c
                for c in self.clauses
                if c.document == document and any(self.book.places_meet(place, p) for p in c.places)
            ]
            held = self._topics[document, place] = frozenset(topic for c in about for topic in c.topics)
        return held

    @cached_property
    def guideline_names(self) -> tuple[str, ...]:
        """Every name of a guideline, in lower case."""
        documents = self.corpus.documents
        return tuple({name.lower() for d in documents for name in (*d.aliases.all, d.short.ja, d.short.en)})

    def short(self, document: str) -> Text:
        """Name a guideline briefly, in both languages."""
        return self.corpus.documents_by_id[document].short

    def label(self, clause: Clause) -> Text:
        """Name a clause as people read it, in both languages."""
        return Text(ja=self.corpus.label(clause, "ja"), en=self.corpus.label(clause, "en"))

    def figure_label(self, clause: Clause, figures: Iterable[Figure]) -> Text:
        """Name a clause with the notes where its figures stand, where it points to them and has them in words only."""
        notes = [self.corpus.by_id.get(f"{clause.document} {locator}") for locator in clause.basis]
        values = {(figure.property, key_of(figure.value)) for figure in figures}
        given = [
            note.locator
            for note in notes
            if note is not None
            and note.kind == "definition"
            and values & {(figure.property, key_of(figure.value)) for figure in note.figures}
        ]
        label = self.label(clause)
        if not given:
            return label
        where = "・".join(given)
        return Text(ja=f"{label.ja}（数値は{where}）", en=f"{label.en} (figure in {where})")

    def subject(self, clause: Clause) -> str:
        """Return the subject of a clause: that of the first of its topics that has one, else the last subject."""
        for name in clause.topics:
            topic = self._topic(name)
            if topic in self._subjects:
                return self._subjects[topic]
        return self.guide.subjects[-1].id

    def _topic(self, name: str) -> str:
        vocabulary = self.corpus.vocabulary
        for section in (vocabulary.facts, vocabulary.terms):
            if name in section:
                return section[name].topic or name
        return name

    def is_statement(self, clause: Clause) -> bool:
        """Tell whether the sentences of a clause stand on their own as a statement, and no other clause disputes them."""
        text = clause.text
        if text is None or clause.kind == "table" or clause.id in self.guide.contested:
            return False
        if not SHORTEST <= len(text.ja) <= LONGEST or "\n" in text.ja:
            return False
        return not any(word in text.ja for word in self.guide.not_statements)

    def explain(self, clause: Clause) -> Text:
        """Return what a clause says, with its name and its note: the first part of every explanation."""
        assert clause.text is not None
        label = self.figure_label(clause, clause.figures)
        ja, en = f"{label.ja}：{clause.text.ja}", f"{label.en}: {clause.text.en}"
        if clause.note is not None:
            ja, en = f"{ja}（注意：{clause.note.ja}）", f"{en} (Note: {clause.note.en})"
        return Text(ja=ja, en=en)

    def make(
        self,
        kind: ItemKind,
        clause: Clause,
        slot: str,
        stem: Text,
        options: list[Option],
        quote: Text | None = None,
        fault: Fault | None = None,
        claims: tuple[Claim, ...] = (),
        keep_order: bool = False,
        explanation: Text | None = None,
        subject: str | None = None,
    ) -> Item:
        """Make an item of a clause; `slot` tells it from the clause's other items, options are put in an order of its own."""
        name = hashlib.sha256(f"{kind}|{clause.id}|{slot}".encode()).hexdigest()[:12]
        if not keep_order:
            options = sorted(options, key=lambda o: hashlib.sha256(f"{name}|{o.text.ja}".encode()).digest())
        return Item(
            id=f"{kind}-{name}",
            kind=kind,
            document=clause.document,
            locator=clause.locator,
            content=hash_clause(clause, self.corpus),
            subject=subject if subject in {one.id for one in self.guide.subjects} else self.subject(clause),
            stem=stem,
            quote=quote,
            options=tuple(options),
            explanation=explanation or self.explain(clause),
            fault=fault,
            claims=claims,
        )


def claim(source: Source, document: str, text: Text, truth: bool, fault: Fault | None = None) -> Claim:
    """Make a claim that names its guideline, as an exam paper would."""
    short = source.short(document)
    said = Text(ja=f"{short.ja}では、{text.ja}", en=f"According to the {short.en}: {text.en}")
    return Claim(text=said, truth=truth, document=document, fault=fault)


def hash_clause(clause: Clause, corpus: Corpus) -> str:
    """Hash what a clause says and what its items lean on: text, strength, figures, its footnotes, definitions, tables."""
    basis = [corpus.by_id.get(f"{clause.document} {locator}") for locator in clause.basis]
    told: list[object] = [
        one.model_dump(mode="json", by_alias=True, exclude={"asks", "places", "topics"})
        for one in (clause, *basis)
        if one
    ]
    told += [one.model_dump(mode="json") for one in (*_definitions(clause, corpus), *_tables(clause, corpus))]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _definitions(clause: Clause, corpus: Corpus) -> list[Definition]:
    return [d for d in corpus.definitions if (d.document, d.clause) == (clause.document, clause.locator)]


def _tables(clause: Clause, corpus: Corpus) -> list[Table]:
    return [t for t in corpus.tables if (t.document, t.clause) == (clause.document, clause.locator)]
