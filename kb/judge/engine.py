"""Judge statements against the clauses of one corpus."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from indexer.search import Searcher
from kb.ask.engine import AskEngine
from kb.ask.lexicon import Lexicon
from kb.compiled import BANK
from kb.judge.align import Aligner, Alignment
from kb.judge.bank import Bank, Nearness, choose_embedder
from kb.judge.case import Case
from kb.judge.claims import ClaimBook
from kb.judge.comparison import Comparer
from kb.judge.compose import JudgementComposer
from kb.judge.cues import list_cues
from kb.judge.decide import Decider, Decision
from kb.judge.expressions import Finders
from kb.judge.instead import split_instead
from kb.judge.items import read_item, state_option
from kb.judge.options import mark_option
from kb.judge.profile import ProfileBook
from kb.judge.reading import Reading, TextReader
from kb.judge.sides import name_opposition, weigh_sides
from kb.judge.terms import TermBook
from kb.model.answer import SearchInfo
from kb.model.contrast import Contrasts
from kb.model.corpus import Clause
from kb.model.judgement import Judgement
from kb.model.knowledge import Corpus
from kb.text import language_of

CONSIDERED = 14


class JudgeEngine:
    """Judges statements; may be shared between threads."""

    def __init__(
        self, corpus: Corpus, contrasts: Contrasts, lexicon: Lexicon, ask: AskEngine, searcher: Searcher
    ) -> None:
        self._corpus = corpus
        self._ask = ask
        self._reader = TextReader(lexicon, Finders.of(contrasts), frozenset(contrasts.empty.all))
        embedder = choose_embedder(searcher.index.model)
        self.bank = Bank(corpus, searcher.index.payload.get(BANK), embedder)
        self._book = ProfileBook(corpus, self._reader, searcher, self.bank)
        self._terms = TermBook(corpus, self._reader, self._book)
        self._comparer = Comparer(corpus, ask)
        self._composer = JudgementComposer(corpus)
        self._aligner = Aligner(corpus.vocabulary, contrasts, self._book, corpus.definitions)
        self.decider = Decider(ClaimBook(self.bank, self._book, self._aligner))

    def judge(self, statement: str, documents: tuple[str, ...] = ()) -> Judgement:
        """Judge a statement, or each option of a four-choice item."""
        started = time.perf_counter()
        item = read_item(statement)
        if item is None:
            judgement = self._judge_one(statement, documents)[0]
        else:
            named = documents or self._ask.read(item.stem).documents
            language = language_of(statement)
            judged = [self._judge_one(state_option(item, option, language), named) for option in item.options]
            marked = mark_option(item, [decision for _, decision in judged])
            judgement = self._composer.item(statement, item, [one for one, _ in judged], marked)
        took = round((time.perf_counter() - started) * 1000, 2)
        return judgement.model_copy(update={"search": SearchInfo(mode=self._ask.mode, took_ms=took)})

    def _judge_one(self, statement: str, documents: tuple[str, ...]) -> tuple[Judgement, Decision]:
        case = self.examine(statement, documents)
        decision = self.decide(case, documents)
        return self._composer.statement(statement, case, decision), decision

    def decide(self, case: Case, documents: Sequence[str] = ()) -> Decision:
        """Decide a case; a statement that sets one thing against another is decided by what becomes of either."""
        decision = self.decider.decide(case)
        sides = split_instead(case.frame.question, case.frame.language)
        if sides is None or decision.verdict == "not_covered":
            return decision
        kept, swapped = (self.examine(text, documents, case.without) for text in (sides.kept, sides.swapped))
        outcomes = self.decider.decide(kept), self.decider.decide(swapped)
        stated, denied = (self._reader.read(text, case.frame.language) for text in (sides.stated, sides.denied))
        fault = name_opposition(stated, denied, self._book.places, self._aligner.faults_of)
        return weigh_sides(decision, outcomes[0], outcomes[1], sides, fault)

    def examine(self, statement: str, documents: Sequence[str] = (), without: frozenset[int] = frozenset()) -> Case:
        """Lay a statement beside the clauses nearest to it; `without` leaves sayings of the bank out, by row."""
        frame = self._ask.read(statement)
        evidence = self._ask.gather(frame, documents)
        ranked = [(r.clause, r.score) for r in evidence.ranked[:CONSIDERED]]
        narrowing = {k: v for k, v in frame.conditions.items() if k == "building"}
        if len(narrowing) < len(frame.conditions):
            wider = self._ask.gather(replace(frame, conditions=narrowing), evidence.documents)
            held = {clause.id for clause, _ in ranked}
            ranked += [(r.clause, r.score) for r in wider.ranked[: CONSIDERED // 2] if r.clause.id not in held]
        reading = self._reader.read(frame.mended, frame.language)
        near = self.bank.measure(frame.mended, without)
        alignments = [self._align(reading, clause, score, near, without) for clause, score in ranked]
        compared = self._comparer.judge(frame)
        found = evidence.documents, evidence.refusal, tuple(alignments)
        spoken = frozenset(evidence.documents) or frozenset(c.document for c, _ in ranked)
        mistaken = self._terms.find_mistaken(reading, spoken)
        return Case(frame, reading, *found, near, without, compared, tuple(evidence.records), mistaken)

    def list_cues(self, text: str, clause: Clause, language: str, without: frozenset[int]) -> frozenset[str]:
        """Return the words of a text that tell by themselves beside a clause, some sayings of it left out."""
        profile = self._book.get(clause, language, without)
        known = profile.wide | profile.told | profile.reading.keys.keys()
        return list_cues(self._reader.read(text, language), known)

    def _align(
        self, reading: Reading, clause: Clause, score: float, near: Nearness, without: frozenset[int]
    ) -> Alignment:
        profile = self._book.get(clause, reading.language, without)
        like = self.bank.best(near, clause.id, reading.language)
        return replace(self._aligner.align(reading, profile, score), like=like)
