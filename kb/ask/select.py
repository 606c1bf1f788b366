"""Keep the figures and clauses that carry the answer, and no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from kb.ask.complete import Completer
from kb.ask.coverage import CoverageReader
from kb.ask.figures import KIND, FigureRecord
from kb.ask.frame import Frame
from kb.ask.rank import ClauseRanker, Ranked
from kb.ask.selection_features import SelectionMeasurer, is_tabular
from kb.ask.weights import load_weights, probability
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.quantity import Quantity, compare, same_dimension
from kb.rules.strengths import nodes_of

Kind = Literal["clauses", "figures", "judged"]
"""What carries an answer: clauses as they are, figures looked up, a verdict."""

WEIGHTS: dict[Kind, Path] = {
    "clauses": Path(__file__).with_name("selection.json"),
    "figures": Path(__file__).with_name("selection_figures.json"),
    "judged": Path(__file__).with_name("selection_judged.json"),
}
"""Weights of the features by what carries the answer, fitted by `python -m evals.calibrate` on the tuning questions."""

_CITED = 0.5
_ALSO: dict[Kind, float] = {"clauses": _CITED, "figures": 0.65, "judged": 0.65}
"""From this probability on a clause is cited beside the best one."""

_MORE = 4
_ITEM, _HALF = 0.3, 0.5
"""From this probability on a clause may be an item of the list asked for; where half of the items are, all are."""

_CONSIDERED = 15
_NAMED = 0.5
_BESIDE = 0.75
_AGAIN = 0.85
_PROPER = 2
_LISTED = 0.55
_ITSELF = {"legal_force": "legal_force", "scope": "scope", "edition": "dates"}
"""Topics under which a guideline speaks of itself, and where `document.yaml` says which clause does."""

_LIST_LIMIT = 14
_LIMIT = 6


def select_records(
    frame: Frame, records: Sequence[FigureRecord], ranker: ClauseRanker, scores: Mapping[str, float]
) -> list[FigureRecord]:
    """Drop figures that only repeat another, that speak of another topic, or that the number in the question rules out."""
    joined = "also" in frame.intents and len({r.figure.property for r in records}) > 1
    kept = _without_repeats(frame, records if joined else _on_topic(frame, records, ranker), scores)
    if "judge" not in frame.intents and "figure" in frame.intents and not frame.asked_dimensions:
        told = [m.value for m in frame.quantities]
        fresh = [r for r in kept if not any(_equal(r, one) for one in told)]
        if told and fresh and {r.clause.id for r in fresh} == {r.clause.id for r in kept}:
            return fresh  # `10年でどれだけ減った`: what is told is not what is asked
    if not frame.places and len(frame.quantities) == 1:
        stated = frame.quantities[0].value
        same = [r for r in kept if _equal(r, stated)]
        if same and len(same) < len(kept):
            return same
    return kept


def _equal(record: FigureRecord, stated: Quantity) -> bool:
    value = record.figure.value
    return same_dimension(value.unit, stated.unit) and compare(value, stated) == 0


def _on_topic(frame: Frame, records: Sequence[FigureRecord], ranker: ClauseRanker) -> list[FigureRecord]:
    """Where the question names a further topic (the camera's lux), keep the figures whose clauses speak of it."""
    beside = {m.span for m in frame.mentions if m.section in ("place", "choice", "document")}
    cases = {m.id for m in frame.mentions if m.section == "term" and m.span in beside}  # a place or case by its name
    named = [t for t in (*frame.topics, *frame.terms) if len(cases) < 2 or t not in cases]
    extra = {t for t in named if not all(t in ranker.concepts(r.clause) for r in records)}
    if not extra:
        return list(records)
    agreement = [len(extra & ranker.concepts(r.clause)) for r in records]
    best = max(agreement)
    if not best and not frame.places and extra & set(frame.terms) - cases:
        return []  # the figures are of something else than the term named
    kept = [r for r, n in zip(records, agreement, strict=True) if n == best]
    spans = {m.span for m in frame.mentions if m.section == "term"}
    themes = {m.id for m in frame.mentions if m.section == "topic" and m.span not in spans}
    said = set() if extra & themes else {_said(r) for r in kept}
    return [
        r
        for r in records
        if r in kept or _said(r) in said and r.clause.document not in {k.clause.document for k in kept}
    ]


def _said(record: FigureRecord) -> tuple[object, ...]:
    """What a figure says, whoever says it."""
    figure = record.figure
    return figure.property, figure.place, figure.value, figure.operator, tuple(sorted(record.conditions.items()))


def _without_repeats(frame: Frame, records: Sequence[FigureRecord], scores: Mapping[str, float]) -> list[FigureRecord]:
    """Keep, of records of one figure, the best-ranked clause proper and those that rank near it."""
    best: dict[tuple[object, ...], tuple[int, float]] = {}
    for record in records:
        best[record.key] = max(best.get(record.key, (0, 0.0)), _preference(record, scores))
    kept = []
    for record in records:
        tier, score = _preference(record, scores)
        top_tier, top_score = best[record.key]
        if tier == top_tier and score >= (_AGAIN if tier == _PROPER else 1.0) * top_score:
            kept.append(record)
    kept = [r for r in kept if not any(_wider(s, r, scores) for s in kept)]
    proper = {_worth(r) for r in kept if not is_tabular(r.clause)}
    settled = {_worth(r)[:3] for r in kept if not is_tabular(r.clause) and _in_case(r, frame)}
    return [
        r
        for r in kept
        if not is_tabular(r.clause) or _worth(r) not in proper and (_in_case(r, frame) or _worth(r)[:3] not in settled)
    ]


def _in_case(record: FigureRecord, frame: Frame) -> bool:
    """Tell whether a figure is set for a case that the question names (the outer side)."""
    for fact, values in frame.conditions.items():
        said = record.conditions.get(fact)
        if fact != "building" and said is not None and set(values) & set(said if isinstance(said, tuple) else (said,)):
            return True
    return False


def _wider(one: FigureRecord, other: FigureRecord, scores: Mapping[str, float]) -> bool:
    """Tell whether a record says the same as another under fewer conditions, from a clause that ranks about as high."""
    same = _worth(one) == _worth(other) and one.figure.operator == other.figure.operator
    if not same or not one.conditions.items() < other.conditions.items():
        return False
    return scores.get(one.clause.id, 0.0) >= _AGAIN * scores.get(other.clause.id, 0.0)


def _worth(record: FigureRecord) -> tuple[object, ...]:
    return record.clause.document, record.figure.property, record.figure.place, record.figure.value


def _preference(record: FigureRecord, scores: Mapping[str, float]) -> tuple[int, float]:
    binding = record.clause.kind in ("requirement", "recommendation", "definition")
    tier = _PROPER if binding and not is_tabular(record.clause) else 1 if binding else 0
    return tier, scores.get(record.clause.id, 0.0)


def probability_cited(measured: Mapping[str, float], kind: Kind = "clauses") -> float:
    """Return the probability that a clause carries the answer as well (logistic regression)."""
    return probability(load_weights(WEIGHTS[kind]), measured)


class ClauseSelector:
    """Chooses from ranked clauses those that carry the answer."""

    def __init__(self, corpus: Corpus, ranker: ClauseRanker, coverage: CoverageReader) -> None:
        self._corpus = corpus
        self._ranker = ranker
        self._defining: dict[str, list[str]] = {t: list(e.defined_by) for t, e in corpus.vocabulary.terms.items()}
        for definition in corpus.definitions:
            self._defining.setdefault(definition.term, []).append(f"{definition.document} {definition.clause}")
        self._alternatives, together = _families(corpus)
        self._measurer = SelectionMeasurer(corpus, ranker, coverage, self._alternatives, together)
        self._completer = Completer(corpus, ranker, self._alternatives)
        self._assessed = {
            f"{document} {row.clause}": tuple(f"{document} {by}" for by in row.by)
            for document, rows in corpus.covered.items()
            for row in rows
            if row.reason == "assessed_by" and row.by
        }

    def select(self, frame: Frame, ranked: Sequence[Ranked]) -> list[Ranked]:
        """Keep the best clause, its parallels in other guidelines, and close seconds."""
        if not ranked:
            return []
        special = self._document_facts(frame, ranked) or self._definitions(frame, ranked)
        if special:
            return special
        if "list" in frame.intents:
            return self._listed(frame, ranked)
        measured = self.features(frame, ranked[0], ranked)
        chosen = [ranked[0]]
        chosen += [r for r in ranked[1:_CONSIDERED] if probability_cited(measured[r.clause.id]) >= _CITED]
        if len(frame.documents) > 1:
            held = {r.clause.document for r in chosen}
            for document in frame.documents:
                best = next((r for r in ranked if r.clause.document == document), None)
                if best is not None and document not in held and best.score >= _NAMED * ranked[0].score:
                    chosen.append(best)
        return self._completer.complete(frame, self._criteria(chosen, ranked)[:_LIMIT], ranked)

    def features(self, frame: Frame, top: Ranked, ranked: Sequence[Ranked]) -> dict[str, dict[str, float]]:
        """Describe how candidates stand beside the clause that carries an answer, in numbers, by clause id."""
        return self._measurer.measure(frame, top, ranked[:_CONSIDERED])

    def also(self, kind: Kind, frame: Frame, ranked: Sequence[Ranked], cited: Collection[str]) -> list[Ranked]:
        """Return the clauses that carry an answer beside those that its figures or its verdict cite already."""
        top = next((r for r in ranked if r.clause.id in cited), None)
        if top is None:
            return []
        measured = self.features(frame, top, ranked)
        likely = [
            r
            for r in ranked[:_CONSIDERED]
            if r.clause.id not in cited
            and r.clause.id in measured
            and probability_cited(measured[r.clause.id], kind) >= _ALSO[kind]
        ]
        return likely[:_MORE]

    def beside(self, frame: Frame, ranked: Sequence[Ranked], records: Sequence[FigureRecord]) -> list[Ranked]:
        """Return, of each guideline named that sets no figure of those found, the clause that speaks of the subject."""
        if len(frame.documents) < 2 and not ("difference" in frame.intents and not frame.documents):
            return []
        held = {record.clause.document for record in records}
        least = 0.0 if frame.documents else _BESIDE * max((r.score for r in ranked), default=0.0)
        concepts = frozenset[str]().union(*(self._ranker.concepts(r.clause) for r in records))
        chosen: dict[str, Ranked] = {}
        for one in ranked:
            document = one.clause.document
            wanted = document in frame.documents or not frame.documents
            if wanted and document not in held and one.score >= least and self._ranker.concepts(one.clause) & concepts:
                chosen.setdefault(document, one)
        return list(chosen.values())

    def _criteria(self, chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> list[Ranked]:
        """Put the criterion that assesses it in the place of a heading sentence."""
        by_id = {r.clause.id: r for r in ranked}
        result: dict[str, Ranked] = {}
        for one in chosen:
            criteria = [by_id[c] for c in self._assessed.get(one.clause.id, ()) if c in by_id]
            if criteria:
                best = max(criteria, key=lambda r: r.score)
                result.setdefault(best.clause.id, best)
            else:
                result.setdefault(one.clause.id, one)
        return list(result.values())

    def _document_facts(self, frame: Frame, ranked: Sequence[Ranked]) -> list[Ranked]:
        """Return the clauses in which several guidelines speak of themselves, where the question asks only that."""
        if (
            len(frame.documents) == 1
            or frame.places
            or frame.properties
            or frame.terms
            or not set(frame.topics) & set(_ITSELF)
        ):
            return []
        if set(frame.topics) - set(_ITSELF):
            return []
        by_id = {r.clause.id: r for r in ranked}
        found = []
        for document in self._corpus.documents:
            if frame.documents and document.id not in frame.documents:
                continue
            wanted = [getattr(document, _ITSELF[t]).clause for t in frame.topics if _ITSELF[t] != "dates"]
            if "edition" in frame.topics:
                wanted += [event.clause for event in document.dates]
            ids = [f"{document.id} {locator}" for locator in dict.fromkeys(wanted) if locator]
            found += [
                by_id.get(i) or replace(ranked[0], clause=self._corpus.by_id[i]) for i in ids if i in self._corpus.by_id
            ]
        return found[:_LIMIT]

    def _definitions(self, frame: Frame, ranked: Sequence[Ranked]) -> list[Ranked]:
        """Return the defining clauses of the terms asked about, if the question asks what they mean."""
        if not frame.intents & {"define", "difference"} or not frame.terms:
            return []
        by_id = {r.clause.id: r for r in ranked}
        wanted = [c for term in frame.terms for c in self._defining.get(term, ())]
        clauses = [self._corpus.by_id[c] for c in dict.fromkeys(wanted) if c in self._corpus.by_id]
        scope = [c for c in clauses if not frame.documents or c.document in frame.documents]
        return [by_id.get(c.id) or replace(ranked[0], clause=c) for c in scope][:_LIMIT]

    def _listed(self, frame: Frame, ranked: Sequence[Ranked]) -> list[Ranked]:
        """Return all clauses under the best one's heading, and of the place named, in the order of the guidelines."""
        by_id = {r.clause.id: r for r in ranked}
        top = ranked[0].clause
        likely = self._likely(frame, ranked)
        family = self._below(top, ranked) or self._of_list(self._siblings(top), likely)
        kept = {c.id: by_id.get(c.id, ranked[0]) for c in family if c.text is not None}
        for r in ranked:
            at_place = frame.places and r.place is not None and r.place <= KIND
            binding = r.clause.kind in ("requirement", "recommendation") and r.clause.id not in self._assessed
            if at_place and binding and r.score >= _LISTED * ranked[0].score and r.clause.id in likely:
                kept.setdefault(r.clause.id, r)
        chosen = [replace(ranked[0], clause=self._corpus.by_id[i], score=r.score) for i, r in kept.items()]
        if family and family[0].locator.startswith(top.locator + "/") and top.text is not None:
            chosen.insert(0, ranked[0])
        order = {clause.id: i for i, clause in enumerate(self._corpus.clauses)}
        return sorted(chosen[:_LIST_LIMIT], key=lambda r: order[r.clause.id]) or list(ranked[:1])

    def _below(self, top: Clause, ranked: Sequence[Ranked]) -> list[Clause]:
        """Return the clauses under a heading; where they are headings themselves, those under the one that ranks best."""
        below = self._corpus.children(top)
        if any(c.text is not None for c in below):
            return below
        start = f"{top.id}/"
        first = next((r.clause for r in ranked if r.clause.id.startswith(start)), None)
        return [] if first is None else self._siblings(first)

    def _likely(self, frame: Frame, ranked: Sequence[Ranked]) -> frozenset[str]:
        """Return the clauses that may be items of the list asked for; those that rank too low to be measured are left out."""
        measured = self.features(frame, ranked[0], ranked)
        named = (i for i, features in measured.items() if probability_cited(features) >= _ITEM)
        return frozenset((ranked[0].clause.id, *named))

    @staticmethod
    def _of_list(family: Sequence[Clause], likely: Collection[str]) -> list[Clause]:
        """Return the items of one list: all where half of them are likely, else the likely ones."""
        named = [c for c in family if c.id in likely]
        return list(family) if len(named) >= _HALF * len(family) else named

    def _siblings(self, clause: Clause) -> list[Clause]:
        above = self._corpus.ancestors(clause)
        return self._corpus.children(above[-1]) if above else [clause]


def _families(corpus: Corpus) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return, by clause, the clauses that its requirement accepts instead, and all that make one requirement with it."""
    alternatives: dict[str, set[str]] = {}
    together: dict[str, set[str]] = {}
    for requirement in corpus.requirements:
        nodes = list(nodes_of(requirement.require))
        ids = {f"{requirement.document} {n.clause}" for n in nodes if n.clause} | {
            f"{requirement.document} {requirement.clause}"
        }
        instead = {f"{requirement.document} {n.clause}" for n in nodes if n.clause and n.compensates}
        for one in ids:
            alternatives.setdefault(one, set()).update(instead - {one})
            together.setdefault(one, set()).update(ids - {one})
    return alternatives, together
