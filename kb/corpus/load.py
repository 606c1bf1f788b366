"""Load the corpus: every file, with every problem that it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from kb.corpus.nodes import NodeReader
from kb.corpus.procedures import procedure_files, read_procedures
from kb.corpus.references import References
from kb.corpus.strict_yaml import Path_, Source, read_yaml
from kb.corpus.validate import build, expect_list, expect_mapping, expect_words, show
from kb.corpus.words import add_words, merge_claims, with_asks
from kb.errors import CorpusError
from kb.model.base import Words
from kb.model.claims import Claims
from kb.model.corpus import Clause, Definition, Document, Table
from kb.model.knowledge import Corpus, Vocabulary
from kb.model.procedure import Procedures
from kb.model.requirement import Covered, Requirement
from kb.model.vocabulary import Building, Concept, Fact, Place, Term, Topic

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
_SHARED_FILES = (
    "vocabulary.yaml",
    "language.yaml",
    "contrasts.yaml",
    "study.yaml",
    "reading.yaml",
    "equipment.yaml",
    "wording.yaml",
    "words*.yaml",
)
_GUIDELINE_FILES = (
    "document.yaml",
    "clauses*.yaml",
    "asks*.yaml",
    "requirements*.yaml",
    "facts*.yaml",
    "tables*.yaml",
    "definitions*.yaml",
    "claims*.yaml",
    "procedures*.yaml",
    "words*.yaml",
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
    """Read the corpus as far as it goes and list every problem; raises `CorpusError` where there is no corpus at all."""
    return _Reader(directory).read()


class _Reader:
    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._errors: list[CorpusError] = []
        self._sections: dict[str, dict[str, Any]] = {name: {} for name in _SECTIONS}
        self._origins: dict[tuple[str, str], tuple[Source, Path_]] = {}
        self._locators: dict[str, dict[str, None]] = {}
        self._is_whole = True

    def read(self) -> tuple[Corpus, list[CorpusError]]:
        shared = self._directory / "vocabulary.yaml"
        if not shared.is_file():
            raise CorpusError(shared, None, "", "no such file", "a vocabulary that every guideline shares")
        folders = sorted(p for p in self._directory.iterdir() if p.is_dir() and not p.name.startswith("."))
        for file in [shared, *(f for folder in folders for f in sorted(folder.glob("facts*.yaml")))]:
            self._read_vocabulary(file)
        for file in [f for folder in (self._directory, *folders) for f in sorted(folder.glob("words*.yaml"))]:
            source = self._open(file)
            if source is not None:
                add_words(source, self._sections, self._errors)
        self._is_whole = not self._errors
        self._check_files(folders)
        vocabulary = Vocabulary(**self._sections)
        documents = [found for folder in folders for found in self._read_document(folder)]
        clauses = [found for folder in folders for found in self._read_clauses(folder)]
        tables = list(self._read_models(folders, "tables", Table))
        definitions = list(self._read_models(folders, "definitions", Definition))
        claims = list(self._read_models(folders, "claims", Claims))
        self._check_table_ids(tables)
        corpus = Corpus(
            vocabulary=vocabulary,
            documents=tuple(document for document, _ in documents),
            clauses=tuple(clause for clause, _, _ in clauses),
            tables=tuple(table for table, _, _ in tables),
            definitions=tuple(definition for definition, _, _ in definitions),
            claims=merge_claims(claim for claim, _, _ in claims),
            equipment=self._read_equipment(vocabulary),
        )
        if not self._is_whole:  # what refers to a file that cannot be read would only echo its error
            return corpus, self._errors
        references = References(vocabulary, self._locators, self._errors)
        references.vocabulary(self._origins)
        for document, source in documents:
            references.document(document, source)
        for clause, source, path in clauses:
            references.clause(clause, source, path)
        for table, source, path in tables:
            references.table(table, source, path)
        for definition, source, path in definitions:
            references.definition(definition, source, path)
        for claim, source, path in claims:
            references.locator(source, (*path, "locator"), claim.document, claim.locator)
        return self._with_rules(corpus, folders, references), self._errors

    def _with_rules(self, corpus: Corpus, folders: list[Path], references: References) -> Corpus:
        asks = {folder.name: self._read_asks(folder, references) for folder in folders}
        requirements: list[Requirement] = []
        covered: dict[str, tuple[Covered, ...]] = {}
        procedures: list[Procedures] = []
        for folder in folders:
            sources = [source for source in map(self._open, procedure_files(folder)) if source is not None]
            procedures += read_procedures(sources, folder.name, references, self._errors)
            files = list(self._requirement_files(folder))
            requirements += self._read_requirements(folder.name, files, corpus.vocabulary, references)
            covered[folder.name] = tuple(self._read_covered(folder.name, files, references))
        return corpus.model_copy(
            update={
                "clauses": tuple(with_asks(one, asks[one.document].get(one.locator)) for one in corpus.clauses),
                "requirements": tuple(requirements),
                "covered": {document: rows for document, rows in covered.items() if rows},
                "procedures": tuple(procedures),
            }
        )

    def _check_files(self, folders: list[Path]) -> None:
        """Refuse files that nothing would read, such as a misspelt `clause.yaml`."""
        for folder, allowed in [(self._directory, _SHARED_FILES), *((one, _GUIDELINE_FILES) for one in folders)]:
            for file in sorted(folder.iterdir()):
                named = any(fnmatch(file.name, pattern) for pattern in allowed)
                if file.suffix in (".yaml", ".yml") and not named and not file.name.startswith("."):
                    self._errors.append(CorpusError(file, None, "", "a file that nothing reads", ", ".join(allowed)))
        if not folders:
            self._errors.append(
                CorpusError(self._directory, None, "", "no guideline", "a folder with document.yaml and clauses.yaml")
            )

    def _open(self, file: Path) -> Source | None:
        try:
            return read_yaml(file)
        except CorpusError as error:
            self._errors.append(error)
            self._is_whole = False
            return None

    def _read_vocabulary(self, file: Path) -> None:
        source = self._open(file)
        if source is None:
            return
        sections = expect_mapping(source, (), source.data, _SECTIONS, self._errors)
        for name, entries in sections.items():
            if not isinstance(entries, dict):
                self._errors.append(source.error((name,), f"found {show(entries)}", "ids with their entries"))
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

    def _read_equipment(self, vocabulary: Vocabulary) -> tuple[str, ...]:
        """Read which yes/no facts are equipment; a corpus without the file names none."""
        file = self._directory / "equipment.yaml"
        source = self._open(file) if file.is_file() else None
        if source is None:
            return ()
        listed = expect_mapping(source, (), source.data, ("equipment",), self._errors).get("equipment", [])
        known = {key for key, fact in vocabulary.facts.items() if fact.type == "boolean"}
        names = expect_list(source, ("equipment",), listed, self._errors)
        for number, name in enumerate(names):
            if name not in known:
                self._errors.append(source.error(("equipment", number), f"found {show(name)}", "a yes/no fact"))
        return tuple(name for name in names if name in known)

    def _read_document(self, folder: Path) -> Iterator[tuple[Document, Source]]:
        file = folder / "document.yaml"
        if not file.is_file():
            allowed = "a document.yaml in every guideline's folder"
            self._errors.append(CorpusError(file, None, "", "no such file", allowed))
            return
        source = self._open(file)
        if source is None:
            return
        document = build(Document, source, (), source.data, self._errors)
        if document is None:
            return
        if document.id != folder.name:
            self._errors.append(source.error(("id",), f"found {document.id!r}", f"the folder's name, {folder.name!r}"))
            return
        yield document, source

    def _read_clauses(self, folder: Path) -> Iterator[tuple[Clause, Source, Path_]]:
        known = self._locators.setdefault(folder.name, {})
        if not any(folder.glob("clauses*.yaml")):
            file = folder / "clauses.yaml"
            self._errors.append(CorpusError(file, None, "", "no such file", "the clauses of every guideline"))
        for source, path, data in self._items(folder, "clauses"):
            clause = build(Clause, source, path, data, self._errors, document=folder.name)
            if clause is None:
                self._note_locator(known, data)
            elif clause.locator in known:
                found = f"locator {clause.locator!r} twice"
                self._errors.append(source.error((*path, "locator"), found, "each locator once"))
            else:
                known[clause.locator] = None
                yield clause, source, path

    @staticmethod
    def _note_locator(known: dict[str, None], data: Any) -> None:
        """Take the locator of a clause that has a problem, so that references to it are no problem of their own."""
        locator = data.get("locator") if isinstance(data, dict) else None
        if isinstance(locator, (str, int)):
            known[str(locator)] = None

    def _read_asks(self, folder: Path, references: References) -> dict[str, list[Words]]:
        """Read the questions of `asks*.yaml` (locator, ja, en), by the locator of the clause that they belong to."""
        more: dict[str, list[Words]] = {}
        for source, path, data in self._items(folder, "asks"):
            keys = expect_mapping(source, path, data, ("locator", "ja", "en"), self._errors)
            locator = keys.pop("locator", None)
            if not isinstance(locator, str):
                found = "missing key 'locator'" if locator is None else f"found {show(locator)}"
                self._errors.append(source.error((*path, "locator"), found, "a locator of this guideline"))
                continue
            references.locator(source, (*path, "locator"), folder.name, locator)
            words = build(Words, source, path, keys, self._errors)
            if words is not None:
                more.setdefault(locator, []).append(words)
        return more

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

    def _check_table_ids(self, tables: list[tuple[Table, Source, Path_]]) -> None:
        seen: set[tuple[str, str]] = set()
        for table, source, path in tables:
            if (table.document, table.id) in seen:
                self._errors.append(source.error((*path, "id"), f"id {table.id!r} twice", "each id once"))
            seen.add((table.document, table.id))

    def _requirement_files(self, folder: Path) -> Iterator[tuple[Source, dict[str, Any]]]:
        for file in sorted(folder.glob("requirements*.yaml")):
            source = self._open(file)
            if source is not None:
                yield source, expect_mapping(source, (), source.data, ("requirements", "covered"), self._errors)

    def _read_requirements(
        self,
        document: str,
        files: list[tuple[Source, dict[str, Any]]],
        vocabulary: Vocabulary,
        references: References,
    ) -> Iterator[Requirement]:
        seen: set[str] = set()
        for source, data in files:
            reader = NodeReader(source, vocabulary.facts, vocabulary.places, self._locators[document])
            items = expect_list(source, ("requirements",), data.get("requirements", []), self._errors)
            for index, item in enumerate(items):
                path: Path_ = ("requirements", index)
                requirement = self._requirement(source, path, item, document, reader, references)
                if requirement is None:
                    continue
                if requirement.id in seen:
                    self._errors.append(source.error((*path, "id"), f"id {requirement.id!r} twice", "each id once"))
                seen.add(requirement.id)
                yield requirement

    def _requirement(
        self, source: Source, path: Path_, item: Any, document: str, reader: NodeReader, references: References
    ) -> Requirement | None:
        before = len(self._errors)
        data = expect_mapping(source, path, item, _REQUIREMENT_KEYS, self._errors)
        missing = [key for key in ("id", "clause", "subject", "require", "strength") if key not in data]
        if len(self._errors) == before and missing:
            required = "the keys id, clause, subject, require, strength"
            self._errors.append(source.error((*path, missing[0]), f"missing key {missing[0]!r}", required))
        if len(self._errors) > before:
            return None
        subject = data.pop("subject")
        listed = [subject] if isinstance(subject, str) else subject
        data["subjects"] = list(expect_words(source, (*path, "subject"), listed, self._errors))
        if listed == []:
            self._errors.append(source.error((*path, "subject"), "found []", "at least one place"))
        for index, name in enumerate(data["subjects"]):
            where = (*path, "subject") if isinstance(subject, str) else (*path, "subject", index)
            references.subject(source, where, name)
        if "except_places" in data:
            names = expect_words(source, (*path, "except_places"), data["except_places"], self._errors)
            data["except_places"] = list(names)
            for index, name in enumerate(names):
                references.place(source, (*path, "except_places", index), name)
        try:
            for key in ("when", "unless"):
                if key in data:
                    data[key] = reader.condition((*path, key), data[key])
            data["require"] = reader.node((*path, "require"), data["require"])
        except CorpusError as error:
            self._errors.append(error)
            return None
        requirement = build(Requirement, source, path, data, self._errors, document=document)
        if requirement is not None:
            references.locator(source, (*path, "clause"), document, requirement.clause)
            for index, locator in enumerate(requirement.basis):
                references.locator(source, (*path, "basis", index), document, locator)
        return requirement

    def _read_covered(
        self, document: str, files: list[tuple[Source, dict[str, Any]]], references: References
    ) -> Iterator[Covered]:
        seen: set[str] = set()
        for source, data in files:
            for index, item in enumerate(expect_list(source, ("covered",), data.get("covered", []), self._errors)):
                path: Path_ = ("covered", index)
                row = build(Covered, source, path, item, self._errors)
                if row is None:
                    continue
                references.locator(source, (*path, "clause"), document, row.clause)
                for position, locator in enumerate(row.by):
                    references.locator(source, (*path, "by", position), document, locator)
                if row.clause in seen:
                    self._errors.append(source.error((*path, "clause"), f"clause {row.clause!r} twice", "each once"))
                seen.add(row.clause)
                yield row
