"""Load and check the corpus: every file, every reference between them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kb.corpus.nodes import NodeReader
from kb.corpus.strict_yaml import Path_, Source, read_yaml
from kb.corpus.validate import build, expect_list, expect_mapping
from kb.errors import CorpusError
from kb.model.base import Words
from kb.model.corpus import Clause, Conditions, Definition, Document, Table
from kb.model.knowledge import Corpus, Vocabulary
from kb.model.requirement import Covered, Node, Requirement
from kb.model.vocabulary import Building, Concept, Fact, Place, Term, Topic
from kb.quantity import same_dimension

_SECTIONS: dict[str, type[Concept]] = {
    "buildings": Building,
    "places": Place,
    "topics": Topic,
    "terms": Term,
    "facts": Fact,
}
_REQUIREMENT_KEYS = (
    "id",
    "clause",
    "subject",
    "except_places",
    "when",
    "unless",
    "require",
    "strength",
    "basis",
    "note",
)


def corpus_files(directory: Path) -> list[Path]:
    """List the corpus files in a fixed order."""
    return sorted(p for p in directory.rglob("*.yaml") if p.is_file())


def corpus_hash(directory: Path) -> str:
    """Hash names and contents of all corpus files (SHA-256, hex)."""
    digest = hashlib.sha256()
    for file in corpus_files(directory):
        digest.update(file.relative_to(directory).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def load_corpus(directory: Path) -> Corpus:
    """Load the corpus under a directory; raises the first `CorpusError` (its message says how many follow)."""
    corpus, errors = read_corpus(directory)
    if errors:
        first = errors[0]
        if len(errors) > 1:
            first.args = (f"{first} (and {len(errors) - 1} more problems)",)
        raise first
    return corpus


def read_corpus(directory: Path) -> tuple[Corpus, list[CorpusError]]:
    """Read the corpus as far as it goes and list every problem."""
    return _Reader(directory).read()


class _Reader:
    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._errors: list[CorpusError] = []
        self._sections: dict[str, dict[str, Any]] = {name: {} for name in _SECTIONS}
        self._origins: dict[tuple[str, str], tuple[Source, Path_]] = {}
        self._clause_origins: dict[str, tuple[Source, Path_]] = {}

    def read(self) -> tuple[Corpus, list[CorpusError]]:
        shared = self._directory / "vocabulary.yaml"
        if not shared.is_file():
            raise CorpusError(shared, None, "", "no such file", "a vocabulary that every guideline shares")
        folders = sorted(p for p in self._directory.iterdir() if p.is_dir())
        for file in [shared, *(f for folder in folders for f in sorted(folder.glob("facts*.yaml")))]:
            self._read_vocabulary(file)
        vocabulary = Vocabulary(**self._sections)
        documents: list[Document] = []
        clauses: list[Clause] = []
        for folder in folders:
            document = self._read_document(folder)
            if document is not None:
                documents.append(document)
            clauses.extend(self._with_more_asks(folder, list(self._read_clauses(folder))))
        by_id = {clause.id: clause for clause in clauses}
        tables = list(self._read_models(folders, "tables", Table))
        definitions = list(self._read_models(folders, "definitions", Definition))
        requirements, covered = self._read_requirements(folders, vocabulary)
        corpus = Corpus(
            vocabulary=vocabulary,
            documents=tuple(documents),
            clauses=tuple(clauses),
            tables=tuple(model for model, _, _ in tables),
            definitions=tuple(model for model, _, _ in definitions),
            requirements=tuple(requirements),
            covered={key: tuple(value) for key, value in covered.items()},
        )
        self._check_vocabulary(vocabulary, by_id)
        for clause in clauses:
            self._check_clause(clause, vocabulary, by_id)
        for model, source, path in [*tables, *definitions]:
            self._check_locator(source, (*path, "clause"), model.document, model.clause, by_id)
            if isinstance(model, Definition) and model.term not in vocabulary.terms:
                self._errors.append(source.error((*path, "term"), f"unknown term {model.term!r}", "an id under terms"))
        return corpus, self._errors

    def _open(self, file: Path) -> Source | None:
        try:
            return read_yaml(file)
        except CorpusError as error:
            self._errors.append(error)
            return None

    def _read_vocabulary(self, file: Path) -> None:
        source = self._open(file)
        if source is None:
            return
        sections = expect_mapping(source, (), source.data, _SECTIONS, self._errors)
        for name, entries in sections.items():
            if not isinstance(entries, dict):
                self._errors.append(source.error((name,), "not a mapping", "ids with their entries"))
                continue
            for key, entry in entries.items():
                path: Path_ = (name, key)
                if key in self._sections[name]:
                    first = self._origins[name, key][0].file
                    self._errors.append(source.error(path, f"{key!r} is defined in {first} already", "each id once"))
                    continue
                built = build(_SECTIONS[name], source, path, entry, self._errors)
                if built is not None:
                    self._sections[name][key] = built
                    self._origins[name, key] = (source, path)

    def _read_document(self, folder: Path) -> Document | None:
        file = folder / "document.yaml"
        if not file.is_file():
            self._errors.append(
                CorpusError(file, None, "", "no such file", "a document.yaml in every guideline's folder")
            )
            return None
        source = self._open(file)
        document = None if source is None else build(Document, source, (), source.data, self._errors)
        if source is not None and document is not None and document.id != folder.name:
            self._errors.append(source.error(("id",), f"found {document.id!r}", f"the folder's name, {folder.name!r}"))
        return document

    def _read_clauses(self, folder: Path) -> Iterator[Clause]:
        for source, path, data in self._items(folder, "clauses"):
            clause = build(Clause, source, path, data, self._errors, document=folder.name)
            if clause is None:
                continue
            if clause.id in self._clause_origins:
                self._errors.append(
                    source.error((*path, "locator"), f"locator {clause.locator!r} twice", "each locator once")
                )
                continue
            self._clause_origins[clause.id] = (source, path)
            yield clause

    def _with_more_asks(self, folder: Path, clauses: list[Clause]) -> list[Clause]:
        """Add the questions of `asks*.yaml` (locator, ja, en) to the clauses that they belong to."""
        more: dict[str, list[Words]] = {}
        for source, path, data in self._items(folder, "asks"):
            row = dict(data) if isinstance(data, dict) else {}
            locator = row.pop("locator", None)
            words = build(Words, source, path, row, self._errors)
            if f"{folder.name} {locator}" not in self._clause_origins:
                self._errors.append(
                    source.error(
                        (*path, "locator"), f"no clause {locator!r} in {folder.name}", "a locator of this guideline"
                    )
                )
            elif words is not None:
                more.setdefault(str(locator), []).append(words)
        return [
            c.model_copy(update={"asks": _joined(c.asks, more[c.locator])}) if c.locator in more else c for c in clauses
        ]

    def _items(self, folder: Path, name: str) -> Iterator[tuple[Source, Path_, Any]]:
        for file in sorted(folder.glob(f"{name}*.yaml")):
            source = self._open(file)
            if source is not None:
                for index, data in enumerate(expect_list(source, (), source.data, self._errors)):
                    yield source, (index,), data

    def _read_models(self, folders: list[Path], name: str, model: type[Any]) -> Iterator[tuple[Any, Source, Path_]]:
        for folder in folders:
            for source, path, data in self._items(folder, name):
                built = build(model, source, path, data, self._errors, document=folder.name)
                if built is not None:
                    yield built, source, path

    def _read_requirements(
        self, folders: list[Path], vocabulary: Vocabulary
    ) -> tuple[list[Requirement], dict[str, list[Covered]]]:
        requirements: list[Requirement] = []
        covered: dict[str, list[Covered]] = {}
        for folder in folders:
            for file in sorted(folder.glob("requirements*.yaml")):
                source = self._open(file)
                if source is None:
                    continue
                data = expect_mapping(source, (), source.data, ("requirements", "covered"), self._errors)
                seen: set[str] = set()
                for index, item in enumerate(
                    expect_list(source, ("requirements",), data.get("requirements", []), self._errors)
                ):
                    path: Path_ = ("requirements", index)
                    requirement = self._requirement(source, path, item, folder.name, vocabulary)
                    if requirement is None:
                        continue
                    if requirement.id in seen:
                        self._errors.append(source.error((*path, "id"), f"id {requirement.id!r} twice", "each id once"))
                    seen.add(requirement.id)
                    requirements.append(requirement)
                for index, item in enumerate(
                    expect_list(source, ("covered",), data.get("covered") or [], self._errors)
                ):
                    row = build(Covered, source, ("covered", index), item, self._errors)
                    if row is not None:
                        covered.setdefault(folder.name, []).append(row)
                        for locator in (row.clause, *row.by):
                            self._check_known(source, ("covered", index), folder.name, locator)
        return requirements, covered

    def _requirement(
        self, source: Source, path: Path_, item: Any, document: str, vocabulary: Vocabulary
    ) -> Requirement | None:
        data = expect_mapping(source, path, item, _REQUIREMENT_KEYS, self._errors)
        for key in ("id", "clause", "subject", "require", "strength"):
            if key not in data:
                self._errors.append(source.error(path, f"missing key {key!r}", "every required key"))
                return None
        reader = NodeReader(source, vocabulary.facts, vocabulary.places)
        subjects = data.pop("subject")
        subjects = (subjects,) if isinstance(subjects, str) else tuple(subjects)
        for subject in subjects:
            if subject not in vocabulary.places and subject not in ("building", "operator"):
                self._errors.append(
                    source.error((*path, "subject"), f"unknown place {subject!r}", "a place, `building` or `operator`")
                )
        for name in data.get("except_places", ()):
            if name not in vocabulary.places:
                self._errors.append(
                    source.error((*path, "except_places"), f"unknown place {name!r}", "a place of the vocabulary")
                )
        try:
            for key in ("when", "unless"):
                if key in data:
                    data[key] = reader.condition((*path, key), data[key])
            data["require"] = reader.node((*path, "require"), data["require"])
        except CorpusError as error:
            self._errors.append(error)
            return None
        requirement = build(Requirement, source, path, data, self._errors, document=document, subjects=subjects)
        if requirement is not None:
            self._check_known(source, (*path, "clause"), document, requirement.clause)
            for node in walk(requirement.require):
                for locator in (*((node.clause,) if node.clause else ()), *node.basis):
                    self._check_known(source, (*path, "require"), document, locator)
                if node.at is not None and node.at.place not in (*vocabulary.places, "building", "operator"):
                    self._errors.append(
                        source.error(
                            (*path, "require"), f"unknown place {node.at.place!r}", "a place of the vocabulary"
                        )
                    )
        return requirement

    def _check_known(self, source: Source, path: Path_, document: str, locator: str) -> None:
        if f"{document} {locator}" not in self._clause_origins:
            self._errors.append(
                source.error(path, f"no clause {locator!r} in {document}", "a locator of this guideline")
            )

    def _check_locator(
        self, source: Source, path: Path_, document: str, locator: str, clauses: dict[str, Clause]
    ) -> None:
        if f"{document} {locator}" not in clauses:
            self._errors.append(
                source.error(path, f"no clause {locator!r} in {document}", "a locator of this guideline")
            )

    def _check_vocabulary(self, vocabulary: Vocabulary, clauses: dict[str, Clause]) -> None:
        def check(
            section: str, key: str, field: str, value: str | None, known: Callable[[str], bool], allowed: str
        ) -> None:
            if value is not None and not known(value):
                source, path = self._origins[section, key]
                self._errors.append(source.error((*path, field), f"unknown {value!r}", allowed))

        places, topics = vocabulary.places.__contains__, vocabulary.topics.__contains__
        for key, place in vocabulary.places.items():
            for field in ("part_of", "kind_of"):
                check("places", key, field, getattr(place, field), places, "an id under places")
            for member in place.members:
                check("places", key, "members", member, places, "an id under places")
        for key, term in vocabulary.terms.items():
            check("terms", key, "topic", term.topic, topics, "an id under topics")
            for clause_id in term.defined_by:
                check(
                    "terms", key, "defined_by", clause_id, clauses.__contains__, "`<document id> <locator>` of a clause"
                )
        for key, fact in vocabulary.facts.items():
            check("facts", key, "topic", fact.topic, topics, "an id under topics")
            for name in fact.places:
                check(
                    "facts",
                    key,
                    "places",
                    name,
                    lambda p: places(p) or p in ("building", "operator"),
                    "an id under places",
                )

    def _check_clause(self, clause: Clause, vocabulary: Vocabulary, clauses: dict[str, Clause]) -> None:
        source, path = self._clause_origins[clause.id]

        def report(field: Path_, found: str, allowed: str) -> None:
            self._errors.append(source.error((*path, *field), found, allowed))

        for locator in clause.basis:
            self._check_locator(source, (*path, "basis"), clause.document, locator, clauses)
        for name in clause.places:
            if name not in vocabulary.places:
                report(("places",), f"unknown place {name!r}", "an id under places")
        for name in clause.topics:
            if not vocabulary.has(name):
                report(("topics",), f"unknown topic {name!r}", "an id under topics, terms or facts")
        self._check_conditions(clause.when, vocabulary, lambda found, allowed: report(("when",), found, allowed))
        for index, figure in enumerate(clause.figures):
            field: Path_ = ("figures", index)
            fact = vocabulary.facts.get(figure.property)
            if fact is None or fact.unit is None:
                report(field, f"unknown property {figure.property!r}", "a quantity under facts")
            else:
                if not same_dimension(fact.unit, figure.value.unit):
                    report(
                        field,
                        f"unit {figure.value.unit!r} does not measure {figure.property}",
                        f"units like {fact.unit}",
                    )
                if figure.measure is not None and figure.measure not in fact.measures:
                    report(field, f"unknown measure {figure.measure!r}", f"one of {', '.join(fact.measures) or 'none'}")
            if figure.place is not None and figure.place not in vocabulary.places:
                report(field, f"unknown place {figure.place!r}", "an id under places")
            if figure.source is not None:
                self._check_locator(source, (*path, *field), clause.document, figure.source, clauses)
            self._check_conditions(figure.when, vocabulary, lambda found, allowed, f=field: report(f, found, allowed))  # type: ignore[misc]

    @staticmethod
    def _check_conditions(conditions: Conditions, vocabulary: Vocabulary, report: Callable[[str, str], None]) -> None:
        for name, value in conditions.items():
            fact = vocabulary.facts.get(name)
            if fact is None:
                report(f"unknown condition {name!r}", "an id under facts")
                continue
            values = value if isinstance(value, tuple) else (value,)
            for one in values:
                if fact.type == "boolean":
                    if not isinstance(one, bool):
                        report(f"{name}: found {one!r}", "true or false")
                elif one not in fact.choices:
                    report(f"{name}: unknown choice {one!r}", f"one of {', '.join(fact.choices) or 'none'}")


def _joined(asks: Words, more: list[Words]) -> Words:
    ja = [*asks.ja, *(a for words in more for a in words.ja)]
    en = [*asks.en, *(a for words in more for a in words.en)]
    return Words(ja=tuple(dict.fromkeys(ja)), en=tuple(dict.fromkeys(en)))


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and every node below it (conditions not included)."""
    yield node
    for child in node.children:
        yield from walk(child)
