"""Judge what a question tells of a design: its facts and measurements against the requirements that they touch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from kb.ask.figures import UNRELATED, place_distance
from kb.ask.frame import Frame
from kb.ask.told import ToldReader
from kb.model.facts import DesignView, FactValue, PlaceInstance
from kb.model.finding import Finding
from kb.model.knowledge import Corpus
from kb.model.requirement import Requirement
from kb.quantity import Mention, same_dimension
from kb.rules import evaluate
from kb.rules.strengths import nodes_of

_CLOSE = 8
"""A word names the number that stands within this many letters of it."""

_WORSE = ("fail", "unknown", "pass_by_alternative", "pass")


@dataclass(frozen=True)
class Outcome:
    """The findings of one guideline and what they amount to."""

    document: str
    verdict: str
    findings: tuple[Finding, ...]


class FactJudge:
    """Judges frames by the requirements of one corpus."""

    def __init__(self, corpus: Corpus, told: ToldReader) -> None:
        self._corpus = corpus
        self._told = told
        self._facts_of = {id(r): frozenset(_facts(r)) for r in corpus.requirements}

    def tell(self, frame: Frame) -> Frame:
        """Return the frame with the facts that its text tells of the places named (or of any, where none is)."""
        candidates = {
            fact
            for requirement in self._corpus.requirements
            if not frame.places or any(True for _ in self._subjects(frame, requirement))
            for fact in self._facts_of[id(requirement)]
        }
        told = self._told.read(frame.question, sorted(candidates), "judge" in frame.intents)
        return replace(frame, facts={**frame.facts, **told}) if told else frame

    def judge(self, frame: Frame, documents: Iterable[str], near: Collection[str]) -> list[Outcome]:
        """Return what each guideline makes of the stated facts; guidelines that they do not touch are left out.

        `near` are the ids of the clauses that retrieval finds near the question; requirements of others stay out.
        """
        wanted = set(documents)
        outcomes = []
        for document in self._corpus.documents:
            if wanted and document.id not in wanted:
                continue
            findings = [
                f
                for building in self._buildings(frame, document.id)
                for f in self._findings(frame, document.id, building, near)
            ]
            unique = {(f.id, f.place.place, f.verdict): f for f in findings}
            if unique:
                verdict = next((w for w in _WORSE if any(f.verdict == w for f in unique.values())), "unknown")
                outcomes.append(Outcome(document.id, verdict, tuple(unique.values())))
        return outcomes

    def _buildings(self, frame: Frame, document: str) -> tuple[str | None, ...]:
        spoken = self._corpus.documents_by_id[document].buildings
        named = frame.conditions.get("building", ())
        if not spoken:
            return (named[0] if named else None,)
        return tuple(b for b in spoken if not named or b in named)

    def _findings(self, frame: Frame, document: str, building: str | None, near: Collection[str]) -> Iterator[Finding]:
        for requirement in self._corpus.requirements:
            if requirement.document != document or not self._clauses_of(requirement) & set(near):
                continue
            stated = self._stated(frame, requirement)
            if not stated:
                continue
            conditions = {k: (FactValue(v[0]),) for k, v in frame.conditions.items() if k != "building" and len(v) == 1}
            about = {"building": (FactValue(building),)} if building else {}
            for subject in self._subjects(frame, requirement):
                places = dict.fromkeys((subject, *frame.places))
                instances = {
                    p: PlaceInstance(p, p, facts={**conditions, **stated})
                    for p in places
                    if p in self._corpus.vocabulary.places
                }
                whole = PlaceInstance("building", "building", facts={**conditions, **stated, **about})
                operator = PlaceInstance("operator", "operator", facts=stated)
                design = DesignView(tuple(instances.values()), whole, operator)
                place = {"building": whole, "operator": operator}.get(subject) or instances[subject]
                finding = evaluate(requirement, place, design, self._corpus.vocabulary)
                for part in finding.flat():
                    if part.verdict != "not_applicable" and _looks_at(part, stated):
                        yield part

    @staticmethod
    def _clauses_of(requirement: Requirement) -> set[str]:
        locators = {requirement.clause, *(n.clause for n in nodes_of(requirement.require) if n.clause)}
        return {f"{requirement.document} {locator}" for locator in locators}

    def _subjects(self, frame: Frame, requirement: Requirement) -> Iterator[str]:
        vocabulary = self._corpus.vocabulary
        for subject in requirement.subjects:
            if subject in ("building", "operator") or not frame.places:
                yield subject
                continue
            for place in frame.places:
                if place_distance(vocabulary, place, subject) < UNRELATED:
                    yield subject
                    break

    def _stated(self, frame: Frame, requirement: Requirement) -> dict[str, tuple[FactValue, ...]]:
        """Return the stated facts that a requirement looks at; a number goes to the one property that it can measure."""
        facts = self._facts_of[id(requirement)]
        vocabulary = self._corpus.vocabulary.facts
        stated: dict[str, tuple[FactValue, ...]] = {}
        for key, side in frame.facts.items():
            if key in facts and vocabulary[key].type == "boolean":
                stated[key] = (FactValue(side),)
            elif key in facts and vocabulary[key].type == "list" and not side:
                stated[key] = (FactValue(frozenset[str]()),)
        for mention in frame.quantities:
            measurable = [
                f
                for f in facts
                if f not in stated and (unit := vocabulary[f].unit) and same_dimension(unit, mention.value.unit)
            ]
            others = [
                p
                for p in frame.properties
                if p not in facts and same_dimension(vocabulary[p].unit or "", mention.value.unit)
            ]
            chosen = None if others else self._nearest(frame, mention, measurable)
            if chosen is not None:
                stated[chosen] = (FactValue(mention.value),)
        return stated

    @staticmethod
    def _nearest(frame: Frame, mention: Mention, facts: list[str]) -> str | None:
        """Return the fact that a number measures: the only one that can, or the one named nearest to it."""
        if len(facts) <= 1:
            return facts[0] if facts else None
        distances: dict[str, int] = {}
        for concept in frame.mentions:
            if concept.section == "fact" and concept.id in facts:
                gap = max(concept.span[0] - mention.span[1], mention.span[0] - concept.span[1], 0)
                distances[concept.id] = min(gap, distances.get(concept.id, gap))
        if not distances:
            return None
        nearest = min(distances.values())
        close = [fact for fact, gap in distances.items() if gap == nearest]
        return close[0] if len(close) == 1 and nearest <= _CLOSE else None


def _facts(requirement: Requirement) -> Iterator[str]:
    for node in nodes_of(requirement.require):
        if node.fact is not None:
            yield node.fact


def _looks_at(finding: Finding, stated: dict[str, tuple[FactValue, ...]]) -> bool:
    return any(reason.fact in stated for reason in finding.because.walk())
