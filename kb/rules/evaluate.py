"""Judge requirements: one at one place, or every requirement in force at every place of a design."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.errors import UsageError
from kb.model.facts import DesignView, PlaceInstance
from kb.model.finding import FALSE, Finding, Reason
from kb.model.knowledge import Corpus, Vocabulary
from kb.model.requirement import Node, Requirement
from kb.rules.inquiry import Inquest
from kb.rules.logic import verdict_of
from kb.rules.parts import core, find_compensation, find_parts, without_compensation
from kb.rules.strengths import nodes_of
from kb.rules.trace import Tracer
from kb.rules.view import View

Derivations = Mapping[str, Node]


class Judge:
    """Judges one requirement at any number of places of one design."""

    def __init__(self, view: View, requirement: Requirement) -> None:
        self._view = view
        self._requirement = requirement
        self._tracer = Tracer(view, requirement)
        nodes = list(nodes_of(requirement.require))
        self._has_parts = len({node.strength for node in nodes if node.strength} | {requirement.strength}) > 1
        self._has_alternatives = any(node.compensates for node in nodes)

    def judge(self, place: PlaceInstance) -> Finding:
        """Judge the requirement at one place."""
        root = self._tracer.requirement(place)
        parts = tuple(self._finding(place, part, True) for part in find_parts(root)) if self._has_parts else ()
        return self._finding(place, root, False, parts)

    def _finding(self, place: PlaceInstance, reason: Reason, is_part: bool, parts: tuple[Finding, ...] = ()) -> Finding:
        verdict = verdict_of(reason.outcomes)
        compensated: tuple[str, ...] = ()
        if verdict == "pass" and self._has_alternatives and without_compensation(reason) & FALSE:
            verdict = "pass_by_alternative"
            compensated = tuple(dict.fromkeys(find_compensation(reason)))
        centre = core(reason)
        inquest = Inquest(self._view, self._requirement, centre.node if is_part else None)
        return Finding(
            self._requirement, place, centre.clause, verdict, reason.strength, reason, compensated, parts, is_part,
            inquiry=inquest,
        )  # fmt: skip


def evaluate(
    requirement: Requirement,
    place: PlaceInstance,
    design: DesignView,
    vocabulary: Vocabulary,
    derivations: Derivations | None = None,
) -> Finding:
    """Judge one requirement at one place of a design.

    Raises `IncompatibleUnits` where a fact's unit cannot be compared, `InputError` where its type does not fit.
    """
    return Judge(View(design, vocabulary, derivations), requirement).judge(place)


def evaluate_all(
    corpus: Corpus,
    design: DesignView,
    documents: Iterable[str] | None = None,
    derivations: Derivations | None = None,
) -> Iterator[Finding]:
    """Judge every requirement in force at every place that it speaks of, one finding at a time.

    In force are the guidelines named, or else those that speak of the design's type of building. A place that the
    design does not describe yields one finding too: `not_applicable` where it is absent, else what is unknown.
    Raises `UsageError` for a guideline that there is not.
    """
    view = View(design, corpus.vocabulary, derivations)
    chosen = documents_in_force(corpus, design, documents)
    for requirement in corpus.requirements:
        if requirement.document in chosen:
            judge = Judge(view, requirement)
            for place in view.subjects(requirement):
                yield judge.judge(place)


def documents_in_force(corpus: Corpus, design: DesignView, documents: Iterable[str] | None = None) -> frozenset[str]:
    """Return the guidelines named, or else those that speak of the design's type of building."""
    if documents is not None:
        named = frozenset(documents)
        unknown = sorted(named - set(corpus.documents_by_id))
        if unknown:
            raise UsageError(f"unknown guideline {unknown[0]!r}; allowed: {', '.join(corpus.documents_by_id)}")
        return named
    types = [known.value for known in design.building.facts.get("building", ())]
    return frozenset(
        document.id
        for document in corpus.documents
        if not types or not document.buildings or any(kind in document.buildings for kind in types)
    )


def summarize(findings: Iterable[Finding]) -> dict[str, dict[str, dict[str, int]]]:
    """Count findings and their parts: guideline → strength → verdict → how many."""
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for finding in findings:
        for one in finding.flat():
            verdicts = counts.setdefault(one.document, {}).setdefault(one.strength, {})
            verdicts[one.verdict] = verdicts.get(one.verdict, 0) + 1
    return counts


def complies(findings: Iterable[Finding]) -> bool:
    """Tell whether no finding, and no part of one, fails something that is required."""
    return not any(one.verdict == "fail" and one.strength == "shall" for f in findings for one in f.flat())
