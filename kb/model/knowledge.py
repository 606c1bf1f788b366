"""The corpus as a whole, and the look-ups that everything else stands on."""

from __future__ import annotations

import re
from functools import cached_property

from pydantic import Field

from kb.model.base import Frozen
from kb.model.claims import Claims
from kb.model.corpus import Clause, Definition, Document, Table
from kb.model.procedure import Procedures
from kb.model.requirement import Covered, Requirement
from kb.model.vocabulary import Building, Concept, Fact, Place, Term, Topic


class Vocabulary(Frozen):
    """Every concept by id; ids are unique within their section."""

    buildings: dict[str, Building] = Field(default_factory=dict)
    places: dict[str, Place] = Field(default_factory=dict)
    topics: dict[str, Topic] = Field(default_factory=dict)
    terms: dict[str, Term] = Field(default_factory=dict)
    facts: dict[str, Fact] = Field(default_factory=dict)

    def has(self, concept: str) -> bool:
        """Tell whether a topic, term or fact has this id."""
        return concept in self.topics or concept in self.terms or concept in self.facts

    def get(self, concept: str) -> Concept:
        """Return a concept of any section by id; raises `KeyError`."""
        for section in (self.places, self.topics, self.terms, self.facts, self.buildings):
            if concept in section:
                return section[concept]
        raise KeyError(concept)

    def wider(self, place: str) -> tuple[str, ...]:
        """Return a place and all that it is part or kind of, nearest first."""
        held = self._wider.get(place)
        if held is None:
            chain: list[str] = []
            current: str | None = place
            while current is not None and current not in chain:
                chain.append(current)
                entry = self.places.get(current)
                current = None if entry is None else entry.kind_of or entry.part_of
            held = self._wider[place] = tuple(chain)
        return held

    def kinds(self, place: str) -> frozenset[str]:
        """Return a place and every kind and member of it (not its parts)."""
        held = self._kinds.get(place)
        if held is None:
            found = {place}
            entry = self.places.get(place)
            pending = list(entry.members) if entry else []
            pending += [name for name, other in self.places.items() if other.kind_of == place]
            for name in pending:
                if name not in found:
                    found |= self.kinds(name)
            held = self._kinds[place] = frozenset(found)
        return held

    @cached_property
    def _wider(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _kinds(self) -> dict[str, frozenset[str]]:
        return {}


class Corpus(Frozen):
    """All guidelines; `equipment` are the yes/no facts that say that a place has a piece of equipment."""

    vocabulary: Vocabulary
    documents: tuple[Document, ...]
    clauses: tuple[Clause, ...]
    tables: tuple[Table, ...] = ()
    definitions: tuple[Definition, ...] = ()
    claims: tuple[Claims, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    covered: dict[str, tuple[Covered, ...]] = Field(default_factory=dict)
    procedures: tuple[Procedures, ...] = ()
    equipment: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        """Every clause by `<document id> <locator>`."""
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def documents_by_id(self) -> dict[str, Document]:
        """Every document by id."""
        return {document.id: document for document in self.documents}

    def ancestors(self, clause: Clause) -> list[Clause]:
        """Return the clauses above a clause, outermost first."""
        labels = clause.locator.split("/")
        found = (self.by_id.get(f"{clause.document} {'/'.join(labels[:n])}") for n in range(1, len(labels)))
        return [above for above in found if above is not None]

    def children(self, clause: Clause) -> list[Clause]:
        """Return the clauses directly below a clause, in order."""
        prefix = clause.locator + "/"
        below = [c for c in self.clauses if c.document == clause.document and c.locator.startswith(prefix)]
        nearest = {c.locator for c in below}
        return [c for c in below if not any(c.locator.startswith(n + "/") for n in nearest)]

    def label(self, clause: Clause, language: str) -> str:
        """Name a clause as people read it: `高知県住宅指針 第2 1(1)エ(イ) 1点目`."""
        short = (
            self.documents_by_id[clause.document].short.get(language)
            if clause.document in self.documents_by_id
            else clause.document
        )
        return f"{short} {read_locator(clause.locator, language)}"


def read_locator(locator: str, language: str) -> str:
    """Write a locator as people read it: labels run together, bullets counted in words."""
    parts: list[str] = []
    for position, label in enumerate(locator.split("/")):
        before = parts[-1][-1:] if parts else ""
        if label.startswith("・") and label[1:].isdigit():
            parts.append(f" {label[1:]}点目" if language == "ja" else f" point {label[1:]}")
        elif position == 1 and parts[0].startswith(("第", "SES")):
            parts.append(f" {label}")
        elif before.isascii() and before.isalnum() and label[:1].isascii() and label[:1].isalnum():
            parts.append(f"-{label}")
        else:
            parts.append(label)
    return "".join(parts).strip()


_LABEL = r"[①-⑳]|[a-z](?![a-z])|・\d+|\([0-9ア-ン]\)|★|注\d*|表\d+|解説|\d+(?:\.\d+)?|[ア-ン](?![ァ-ヺー])"
_LOCATOR = re.compile(rf"(?<![A-Za-z0-9./])(?:第\d+章?|SES E \d+|前文|\d+)(?:/(?:{_LABEL}))+")


def read_locators(text: str, language: str) -> str:
    """Write the locators in a text as people read them; a fraction or a date (`1/2`, `2014/2/28`) is left as it is."""

    def read(match: re.Match[str]) -> str:
        plain = all(label.isdigit() for label in match[0].split("/"))
        return match[0] if plain else read_locator(match[0], language)

    return _LOCATOR.sub(read, text)
