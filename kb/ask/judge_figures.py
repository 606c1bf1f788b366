"""Compare a stated measurement with the figures that the guidelines set."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ask.describe import Describer
from kb.ask.figures import FigureRecord
from kb.messages import say
from kb.model.answer import Finding, Verdict, VerdictWord
from kb.quantity import Mention, Quantity, compare, convert, format_quantity, same_dimension

_LIMITS = (">=", ">", "<=", "<", "=", "range")


def judge(actual: Mention, records: Sequence[FigureRecord], describer: Describer, language: str) -> Verdict | None:
    """Judge a stated quantity against figures of its dimension; None where none sets a limit.

    The verdict is `unknown` where the cases of one guideline disagree (a condition is missing) and `differs` where
    guidelines disagree. A missed recommendation alone does not make a `fail`.
    """
    findings = [
        _finding(actual.value, record, describer, language)
        for record in records
        if record.figure.operator in _LIMITS
        and record.strength is not None
        and same_dimension(record.figure.value.unit, actual.value.unit)
    ]
    if not findings:
        return None
    outcomes = {_of_document([f for f in findings if f.document == d]) for d in {f.document for f in findings}}
    value: str
    if "unknown" in outcomes:
        value = "unknown"
    elif len(outcomes) == 1:
        value = outcomes.pop()
    else:
        value = "differs"
    strengths = [finding.strength for finding in findings]
    strength = "shall" if "shall" in strengths else next((s for s in strengths if s), None)
    return Verdict(value=value, strength=strength, findings=tuple(findings))


def _of_document(findings: Sequence[Finding]) -> str:
    """Return what one guideline makes of a quantity: a missed requirement fails its case; cases may disagree."""
    cases: dict[tuple[tuple[str, object], ...], list[Finding]] = {}
    for finding in findings:
        cases.setdefault(tuple(sorted(finding.conditions.items())), []).append(finding)
    verdicts = set()
    for case in cases.values():
        failing = [f for f in case if f.verdict == "fail"]
        missed = [f for f in failing if f.strength != "should"] or (failing if len(failing) == len(case) else [])
        verdicts.add("fail" if missed else "pass")
    return verdicts.pop() if len(verdicts) == 1 else "unknown"


def meets(actual: Quantity, record: FigureRecord) -> bool:
    """Tell whether a quantity satisfies a figure (compared exactly)."""
    figure = record.figure
    order = compare(actual, figure.value)
    if figure.operator == "range":
        assert figure.value_max is not None
        return order >= 0 and compare(actual, figure.value_max) <= 0
    return {">=": order >= 0, ">": order > 0, "<=": order <= 0, "<": order < 0}.get(figure.operator, order == 0)


def _finding(actual: Quantity, record: FigureRecord, describer: Describer, language: str) -> Finding:
    good = meets(actual, record)
    verdict: VerdictWord = "pass" if good else "fail"
    figure = record.figure
    shortfall = None
    if not good and figure.operator in (">=", ">", "<=", "<"):
        limit = convert(figure.value, actual.unit)
        amount = Quantity(abs(limit.value - actual.value), actual.unit)
        if amount.value and amount.unit != "clock":
            key = "shortfall" if figure.operator in (">=", ">") else "excess"
            shortfall = say(key, language, amount=format_quantity(amount, language))
    return Finding(
        document=record.clause.document,
        locator=record.clause.locator,
        subject=figure.place,
        conditions=dict(record.conditions),
        verdict=verdict,
        strength=record.strength,
        actual=format_quantity(actual, language),
        required=describer.figure(figure, language),
        shortfall=shortfall,
    )
