"""The gate: a rewording passes only where it says what the finished answer says, no more and no less."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.vectors import load_static
from kb.ask.lexicon import Lexicon
from kb.base import KnowledgeBase
from kb.model.answer import Answer
from kb.settings import model_folder
from kb.text import fold
from kb.wording.compare import Evidence, Problem, compare
from kb.wording.coverage import CoverageCheck
from kb.wording.cues import WordingCues, read_cues
from kb.wording.reading import Reading, TextReader
from kb.wording.statements import Statement, list_statements


@dataclass(frozen=True)
class Prepared:
    """An answer ready to be compared with: its statements, what each says, what each stands on."""

    statements: tuple[Statement, ...]
    readings: tuple[Reading, ...]
    evidence: tuple[Evidence, ...]


class Gate:
    """Holds rewordings to the answers of one knowledge base; may be shared between threads."""

    def __init__(self, knowledge: KnowledgeBase, cues: WordingCues | None = None) -> None:
        corpus = knowledge.corpus
        self._cues = cues or read_cues()
        labels = (corpus.label(c, language) for c in corpus.clauses for language in ("ja", "en"))
        lexicon = Lexicon(json.loads(knowledge.index.payload["lexicon.json"]))
        self._reader = TextReader(lexicon, knowledge.cues, self._cues, labels)
        self._fillers = knowledge.cues.fillers | frozenset(self._cues.function_words)
        vocabulary = corpus.vocabulary
        topics = {name: fact.topic for name, fact in vocabulary.facts.items()}
        topics |= {name: term.topic for name, term in vocabulary.terms.items()}
        self._topic_of = {name: topic for name, topic in topics.items() if topic is not None}

    @cached_property
    def _coverage(self) -> CoverageCheck | None:
        folder = model_folder()
        return None if folder is None else CoverageCheck(load_static(folder).encode_passages, self._fillers)

    def prepare(self, answer: Answer) -> Prepared:
        """Read an answer once, before its rewording arrives."""
        statements = tuple(list_statements(answer))
        readings = tuple(self._reader.read(statement.text) for statement in statements)
        spoken = [self._reader.read(text) for text in (answer.question, *(c.text for c in answer.citations))]
        concepts = frozenset(m.id for reading in (*readings, *spoken) for m in reading.concepts)
        evidence = tuple(
            Evidence(
                language=answer.language,
                strengths=_strengths_of(answer, reading),
                concepts=concepts,
                judged=answer.verdict is not None,
                fillers=self._fillers,
                topic_of=self._topic_of,
            )
            for reading in readings
        )
        return Prepared(statements, readings, evidence)

    def check(self, prepared: Prepared, number: int, text: str) -> list[Problem]:
        """Return what is wrong with the rewording of one statement (`number` counts from 1); nothing where it passes."""
        said, reworded = prepared.readings[number - 1], self._reader.read(text)
        problems = compare(said, reworded, prepared.evidence[number - 1], self._cues)
        if not problems and self._coverage is not None:
            problems += self._coverage.compare(said, reworded)
        return problems

    def check_all(self, prepared: Prepared, texts: Sequence[str]) -> list[Problem]:
        """Return what is wrong with the rewordings of all statements, in order."""
        if len(texts) != len(prepared.statements):
            return [Problem("statements", str(len(texts)), str(len(prepared.statements)))]
        return [p for number, text in enumerate(texts, 1) for p in self.check(prepared, number, text)]


def _strengths_of(answer: Answer, reading: Reading) -> frozenset[str]:
    """Return the strengths of the clauses that a statement names, else of all that the answer cites."""
    named = [c for c in answer.citations if c.text and fold(c.text) in reading.normal]
    named = named or [c for c in answer.citations if fold(c.label) in reading.labels]
    named = named or [c for c in answer.citations if c.document in reading.ids("document")]
    return frozenset(c.strength for c in (named or answer.citations) if c.strength is not None)
