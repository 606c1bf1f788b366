"""Judge answers against gold: figures, citations, verdicts, refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evals.questions import GoldValue, Question, gold_values
from kb.model.answer import Answer, Value


@dataclass(frozen=True)
class Judged:
    """How one answer did; None where a measure does not apply to the question.

    `figures`: every figure of the gold is there, and every other one stands in a clause that is right to cite.
    `figures_strict`: the figures are those of the gold and no other.
    """

    question: Question
    answer: Answer
    figures: bool | None
    figures_strict: bool | None
    citation_recall: float | None
    citation_precision: float | None
    verdict: bool | None
    strength: bool | None
    refused_rightly: bool | None
    refused_wrongly: bool | None

    @property
    def missed(self) -> list[str]:
        """Name the measures that fell short."""
        short = []
        for name in ("figures", "verdict", "strength", "refused_rightly"):
            if getattr(self, name) is False:
                short.append(name)
        if self.refused_wrongly:
            short.append("refused_wrongly")
        for name in ("citation_recall", "citation_precision"):
            if (getattr(self, name) if getattr(self, name) is not None else 1.0) < 1.0:
                short.append(name)
        return short


def values_of(answer: Answer, keep: Callable[[Value], bool] = lambda _: True) -> frozenset[GoldValue]:
    """Return the figures of an answer (those that `keep` keeps) in comparable form."""
    kept = [v for v in answer.values if keep(v)]
    return frozenset(g for v in kept for g in gold_values(v.document, v.value, v.unit, v.operator, v.value_max))


def judge_answer(question: Question, answer: Answer) -> Judged:
    """Compare one answer with its gold."""
    refuse = question.status == "not_covered"
    refused = answer.status == "not_covered"
    if refuse:
        return Judged(question, answer, None, None, None, None, None, None, refused and not answer.values, None)
    cited = {f"{c.document} {c.locator}" for c in answer.citations}
    right = set(question.clauses) | set(question.also)
    figures = strict = None
    if question.values:
        own = values_of(answer, lambda v: f"{v.document} {v.locator}" not in right)
        strict = values_of(answer) == question.values
        figures = question.values <= values_of(answer) and own <= question.values
    strength = None
    if question.strength:
        first = answer.citations[0].strength if answer.citations else None
        strength = first == question.strength
    verdict = None
    if question.verdict:
        verdict = answer.verdict is not None and answer.verdict.value == question.verdict
    return Judged(
        question=question,
        answer=answer,
        figures=figures,
        figures_strict=strict,
        citation_recall=len(cited & set(question.clauses)) / len(set(question.clauses)) if question.clauses else None,
        citation_precision=(len(cited & right) / len(cited) if cited else 0.0) if question.clauses else None,
        verdict=verdict,
        strength=strength,
        refused_rightly=None,
        refused_wrongly=refused,
    )
