"""Answer questions: read, look up, judge, cite, render."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.search import Searcher
from indexer.tokens import BIGRAM_MARK
from kb.ask.area_told import AreaJudge, AreaTold
from kb.ask.clause_text import asks_figure
from kb.ask.compose import Composer
from kb.ask.coverage import CoverageReader, WordCoverage
from kb.ask.describe import Describer
from kb.ask.figure_words import FigureWords
from kb.ask.figures import FigureBook, FigureRecord, compares
from kb.ask.follow_up import continue_frame
from kb.ask.frame import Frame, FrameReader
from kb.ask.guard import FigureGuard
from kb.ask.judge_facts import FactJudge, Outcome
from kb.ask.judge_figures import judge
from kb.ask.kana import KanaMender
from kb.ask.labels import named_labels
from kb.ask.lexicon import Lexicon
from kb.ask.lists import ListReader
from kb.ask.phrases import PhraseBank
from kb.ask.rank import ClauseRanker, Ranked
from kb.ask.readings import ReadingBook
from kb.ask.refusal_features import LOOKED_AT, Found, measure
from kb.ask.refuse import Refusal, refusal_of
from kb.ask.select import ClauseSelector, Kind, select_records
from kb.ask.spelling import Speller
from kb.ask.told import ToldReader
from kb.ask.unreviewed import UnreviewedWriter
from kb.ask.viewpoint_told import ViewpointJudge
from kb.model.answer import Answer, SearchInfo, Verdict
from kb.model.knowledge import Corpus
from kb.model.language import LanguageCues
from kb.quantity import Mention, compare, same_dimension

_CONTENT = frozenset(
    ("define", "difference", "list", "reason", "mandatory", "alternative", "exception", "procedure", "open")
)
"""Intents of questions that ask what a guideline says, whatever they tell beside it."""

_SEVERAL = 2
"""Who tells so many facts of a design wants a verdict, however openly the question is put."""

_WORST = ("fail", "differs", "unknown", "pass_by_alternative", "pass", "not_applicable")


@dataclass(frozen=True)
class Evidence:
    """Everything found for a question, before it is put into words."""

    frame: Frame
    documents: tuple[str, ...]
    words: list[WordCoverage]
    ranked: list[Ranked]
    records: list[FigureRecord]
    unreviewed: list[FigureRecord]
    refusal: Refusal | None

    @property
    def scores(self) -> dict[str, float]:
        """The scores of the ranked clauses by id."""
        return {r.clause.id: r.score for r in self.ranked}


class AskEngine:
    """Answers questions from one corpus and index; may be shared between threads."""

    def __init__(
        self,
        corpus: Corpus,
        cues: LanguageCues,
        lexicon: Lexicon,
        readings: ReadingBook,
        expressions: PhraseBank,
        questions: PhraseBank,
        searcher: Searcher,
        refusal: Mapping[str, float] | None = None,
    ) -> None:
        self._refusal = refusal
        self._corpus = corpus
        speller = Speller([*lexicon.words, *searcher.index.lexical.vocabulary, *cues.words])
        self._coverage = CoverageReader(searcher)
        mender = KanaMender(
            readings, lambda pair: bool(self._coverage.clauses_with(BIGRAM_MARK + pair)), speller, cues.spoken.ja
        )
        self._reader = FrameReader(corpus.vocabulary, lexicon, cues, lambda source: speller.mend(mender.mend(source)))
        self._book = FigureBook(corpus)
        self._unreviewed = FigureBook(corpus, unreviewed=True)
        self._ranker = ClauseRanker(corpus, searcher, cues, questions)
        model = searcher.index.model
        told = ToldReader(expressions, cues, model.encode_queries if model else None)
        self._judge = FactJudge(corpus, told, ListReader(corpus.vocabulary, cues))
        self._area = AreaJudge(corpus, cues)
        self._viewpoints = ViewpointJudge(corpus, cues)
        self._guard = FigureGuard(corpus)
        self._selector = ClauseSelector(corpus, self._ranker, self._coverage)
        self._words = FigureWords(corpus, cues)
        self._describer = Describer(corpus)
        self._composer = Composer(corpus, self._describer, self._words)
        self._loose = UnreviewedWriter(corpus, self._describer)
        self._mode = "hybrid" if "hybrid" in searcher.modes else "lexical"

    @property
    def mode(self) -> Literal["hybrid", "lexical"]:
        """How clauses are found."""
        return "hybrid" if self._mode == "hybrid" else "lexical"

    def read(self, question: str, previous: str | None = None) -> Frame:
        """Read a question, with what a follow-up leaves out."""
        before = self._reader.read(previous) if previous else None
        frame = self._across(self._judge.tell(self._words.narrow(self._reader.read(question, before))))
        return frame if before is None else continue_frame(before, frame, self._corpus.vocabulary)

    def _across(self, frame: Frame) -> Frame:
        """Drop the building types named where guidelines of other types are compared with them."""
        named = frame.conditions.get("building", ())
        spoken = [d.buildings for d in self._corpus.documents if d.id in frame.documents and d.buildings]
        if len(spoken) < 2 or not named or all(set(named) & set(buildings) for buildings in spoken):
            return frame
        return replace(frame, conditions={k: v for k, v in frame.conditions.items() if k != "building"})

    def gather(self, frame: Frame, guidelines: Sequence[str] = (), query: str | None = None) -> Evidence:
        """Find figures and clauses for a frame."""
        documents = tuple(guidelines) or self._named(frame)
        words = self._coverage.read(frame)
        ranked = self._ranker.rank(frame, query or frame.mended, words, documents)
        scores = {r.clause.id: r.score for r in ranked}
        asks_figures = wants_figures(frame)
        figures = self._book.look_up(frame, documents, scores) if asks_figures else []
        records = select_records(frame, self._words.meant(frame, figures), self._ranker, scores) if figures else []
        loose = self._unreviewed.look_up(frame, documents, scores) if asks_figures and self._unreviewed.records else []
        unreviewed = select_records(frame, loose, self._ranker, scores) if loose else []
        found = self._found(frame, documents, words, ranked, records or unreviewed)
        refusal = refusal_of(found, self._corpus, self._ranker, bool(query), self._refusal)
        return Evidence(frame, documents, words, ranked, records, unreviewed, refusal)

    def _found(
        self,
        frame: Frame,
        documents: Sequence[str],
        words: Sequence[WordCoverage],
        ranked: Sequence[Ranked],
        records: Sequence[FigureRecord],
    ) -> Found:
        near = self._coverage.closeness(frame, words, [r.clause.id for r in ranked[:LOOKED_AT]])
        return Found(frame, documents, words, ranked, near, records)

    def _named(self, frame: Frame) -> tuple[str, ...]:
        """Return the guidelines named, and those of a building type named beside them (`マンションと福岡の大型店`).

        A table or note that only one guideline has (`表5`) names that one.
        """
        if not frame.documents:
            return self._of_label(frame)
        held = [d for d in self._corpus.documents if d.id in frame.documents]
        if any(d.origin == "user" and not d.buildings for d in held):
            return frame.documents  # it does not say which buildings it is for
        spoken = {b for d in held for b in d.buildings}
        left = set(frame.conditions.get("building", ())) - spoken if compares(frame) else set()
        beside = (d.id for d in self._corpus.documents if left & set(d.buildings))
        return tuple(dict.fromkeys((*frame.documents, *beside)))

    def _of_label(self, frame: Frame) -> tuple[str, ...]:
        labels = named_labels(frame.mended)
        holders = {c.document for c in self._corpus.clauses if labels & set(c.locator.split("/"))} if labels else set()
        return tuple(holders) if len(holders) == 1 else ()

    def search(self, query: str, k: int) -> list[Ranked]:
        """Return the k best clauses for a query."""
        frame = self.read(query)
        return self._ranker.rank(frame, frame.mended, self._coverage.read(frame), frame.documents)[:k]

    def measure_selection(self, query: str) -> tuple[Kind, list[tuple[str, dict[str, float]]]] | None:
        """Return what carries the answer, and the candidates beside the clause that does, with their features."""
        frame = self.read(query)
        evidence = self.gather(frame)
        if evidence.refusal is not None or not evidence.ranked:
            return None
        kind, answer = self._core(evidence, frame.language)
        cited = (
            {f"{c.document} {c.locator}" for c in answer.citations}
            if kind != "clauses"
            else {evidence.ranked[0].clause.id}
        )
        top = next((r for r in evidence.ranked if r.clause.id in cited), None)
        if top is None:
            return None
        return kind, list(self._selector.features(frame, top, evidence.ranked).items())

    def measure(self, question: str, previous: str | None = None) -> dict[str, float] | None:
        """Return the features on which the refusal rests; None where nothing at all is found."""
        e = self.gather(self.read(question, previous), (), f"{previous} {question}" if previous else None)
        found = self._found(e.frame, e.documents, e.words, e.ranked, e.records)
        return measure(found, self._corpus, self._ranker) if e.ranked else None

    def ask(
        self, question: str, guidelines: tuple[str, ...], facts: dict[str, str | bool], previous: str | None
    ) -> Answer:
        """Answer a question."""
        started = time.perf_counter()
        frame = self.read(question, previous).with_conditions(facts)
        query = f"{previous} {frame.mended}" if previous else None
        evidence = self.gather(frame, guidelines, query)
        language = frame.language
        draft = self._draft(evidence, language)
        if evidence.unreviewed and evidence.refusal is None and draft.status != "not_covered":
            told = any(not value.reviewed for value in draft.values)
            draft = draft if told else self._loose.beside(draft, evidence.unreviewed)
        draft = self._guard.check(draft, frame)
        took = round((time.perf_counter() - started) * 1000, 2)
        return draft.model_copy(update={"search": SearchInfo(mode=self._mode, took_ms=took)})

    def _compare(
        self, frame: Frame, records: Sequence[FigureRecord], language: str
    ) -> tuple[Mention | None, Verdict | None]:
        """Compare the numbers told with the figures found; one that only repeats a figure is no measurement."""
        stated = [q for q in frame.quantities if judgeable(frame, q.value.unit, records)]
        fresh = [q for q in stated if not any(repeats(q, r) for r in records)] or stated[:1]
        judged = [(q, v) for q in fresh if (v := judge(q, records, self._describer, language)) is not None]
        return min(judged, key=lambda one: _WORST.index(one[1].value), default=(None, None))

    def _draft(self, evidence: Evidence, language: str) -> Answer:
        frame = evidence.frame
        refusal = evidence.refusal
        if refusal is not None and (refusal.kind == "elsewhere" or self._told_procedure(frame) is None):
            return self._composer.refuse(frame, refusal, evidence.ranked, language)
        kind, answer = self._core(evidence, language)
        if kind == "clauses":
            return answer
        cited = {f"{c.document} {c.locator}" for c in answer.citations}
        return self._composer.beside(answer, self._selector.also(kind, frame, evidence.ranked, cited), language)

    def _told_procedure(self, frame: Frame) -> AreaTold | None:
        return self._area.judge(frame) or self._viewpoints.judge(frame)

    def _core(self, evidence: Evidence, language: str) -> tuple[Kind, Answer]:
        """Return what carries the answer, and the answer from that alone."""
        frame = evidence.frame
        area = self._told_procedure(frame)
        if area is not None:
            return "judged", self._composer.area(frame, area, language)
        only_asks = bool(evidence.records) and asks_only(frame)
        may_tell = may_state_facts(frame) and not only_asks
        judged = self._judge.judge(frame, evidence.documents, evidence.scores) if may_tell else []
        judged = judged if tells_enough(frame, judged) else []
        if evidence.records:
            stated, verdict = self._compare(frame, evidence.records, language)
            if not (judged and prefers_rules(judged, verdict, frame)):
                beside = self._selector.beside(frame, evidence.ranked, evidence.records)
                return "figures", self._composer.figures(frame, evidence.records, verdict, stated, beside, language)
        if judged:
            return "judged", self._composer.judged(frame, judged, language)
        if evidence.unreviewed:
            return "clauses", self._loose.alone(frame, evidence.unreviewed)
        return "clauses", self._composer.clauses(frame, self._selector.select(frame, evidence.ranked), language)


def wants_figures(frame: Frame) -> bool:
    """Tell whether a frame asks for a number, or states one."""
    if frame.intents & {"define", "reason"} and not frame.intents & {"figure", "strictest"}:
        return False
    if "difference" in frame.intents and not frame.intents & {"figure", "strictest"}:
        return bool(frame.properties or frame.dimensions or frame.generic) or sets_side_by_side(frame)
    if not (frame.properties or frame.generic or frame.dimensions or frame.places):
        return False
    named = frame.quantities or frame.properties or frame.dimensions
    return bool(named) or bool(frame.intents & {"figure", "strictest"})


def asks_only(frame: Frame) -> bool:
    """Tell whether a frame asks for figures and tells no number to judge."""
    if frame.quantities:
        return False
    return bool(frame.intents & {"difference", "strictest"}) or "judge" not in frame.intents and asks_figure(frame)


def sets_side_by_side(frame: Frame) -> bool:
    """Tell whether a question compares what guidelines set for a place, and names no other subject."""
    return bool(frame.places) and len(frame.documents) > 1 and not (frame.topics or frame.terms or frame.facts)


def may_state_facts(frame: Frame) -> bool:
    """Tell whether a frame may tell something of a design that can be judged, rather than ask for content."""
    if "judge" in frame.intents or not frame.asking:
        return True
    return not frame.intents & {"define", "difference"} or bool(frame.facts or frame.quantities)


def tells_enough(frame: Frame, judged: Sequence[Outcome]) -> bool:
    """Tell whether what is judged is worth a verdict where a frame may as well ask for content: it must be decided.

    Who asks what a word means, what the difference is, or how strongly a clause binds wants no verdict on what the question
    names; nor does who asks for a list, or asks openly, and tells nothing.
    """
    wanted, told = frame.intents & _CONTENT, bool(frame.facts or frame.quantities)
    if wanted & {"define", "difference"} or not told and wanted & {"list", "mandatory"}:
        return False
    decided = any(o.verdict != "unknown" for o in judged)
    if "judge" in frame.intents:
        return decided or "open" not in wanted
    if wanted & {"mandatory", "exception"}:
        return False
    if "open" in wanted and frame.asking and not frame.quantities and len(frame.facts) < _SEVERAL:
        return False
    return decided or not wanted


def prefers_rules(judged: Sequence[Outcome], verdict: Verdict | None, frame: Frame) -> bool:
    """Tell whether the rules answer better than the comparison of a number with figures.

    They do where there is no number to compare, and where the clause weighs the number with other facts.
    """
    if verdict is None:
        return bool(frame.facts or len(frame.quantities) > 1) or any(o.verdict != "unknown" for o in judged)
    if verdict.value == "unknown" and all(o.verdict != "unknown" for o in judged):
        return True
    if all(o.verdict == "unknown" for o in judged):
        return any(o.structured for o in judged)
    return any(o.structured for o in judged) or len(frame.quantities) > 1


def judgeable(frame: Frame, unit: str, records: Sequence[FigureRecord]) -> bool:
    """Tell whether a quantity of a question is a stated measurement of what the figures limit."""
    return bool(frame.places or frame.properties) and any(
        same_dimension(record.figure.value.unit, unit) for record in records
    )


def repeats(mention: Mention, record: FigureRecord) -> bool:
    """Tell whether a number told is a figure of the clause itself (`半径300mの中で`)."""
    value = record.figure.value
    return same_dimension(value.unit, mention.value.unit) and compare(value, mention.value) == 0
