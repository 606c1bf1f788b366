"""Why an answer says what it says: guideline, case, what is required and told, each step, the notes behind it. Pure."""

from __future__ import annotations

from kb.ask.describe import Describer
from kb.messages import say
from kb.model.answer import Answer, Finding
from kb.model.knowledge import Corpus, read_locator
from kb.model.reason import ReasonRecord, Truth
from kb.ui.present import Badge, verdict_badge
from kb.ui.strings import translate
from kb.ui.tree import Node

_TRUTHS: dict[Truth, tuple[str, str]] = {
    "true": ("✓", "good"),
    "false": ("✕", "bad"),
    "unknown": ("？", "open"),
    "not_applicable": ("—", "none"),
}
"""Sign and class of `style.css` of what became of a step."""


def reasons_of(answer: Answer, corpus: Corpus) -> tuple[Node, ...]:
    """Return the tree of reasons of a verdict, guideline by guideline; () for an answer without one."""
    if answer.verdict is None:
        return ()
    describer, nodes = Describer(corpus), []
    for document in dict.fromkeys(finding.document for finding in answer.verdict.findings):
        findings = dict.fromkeys(_key(f) for f in answer.verdict.findings if f.document == document)
        by_key = {_key(f): f for f in answer.verdict.findings}
        children = tuple(_case(by_key[key], describer, corpus, answer.language) for key in findings)
        nodes.append(Node(describer.document(document, answer.language), None, children, opened=True))
    return tuple(nodes)


def _key(finding: Finding) -> str:
    return finding.model_dump_json()


def _case(finding: Finding, describer: Describer, corpus: Corpus, language: str) -> Node:
    clause = corpus.by_id.get(f"{finding.document} {finding.locator}")
    where = finding.locator if clause is None else corpus.label(clause, language)
    case = describer.conditions(finding.conditions, language)
    parts = [
        ("column_required", finding.required),
        ("column_actual", finding.actual),
        ("reason_short", finding.shortfall),
    ]
    lines = [Node(_line(key, words, language)) for key, words in parts if words]
    if finding.because is not None:
        steps = steps_of(finding.because, language)
        lines.append(Node(translate("reason_steps", language), None, steps, opened=True))
    if clause is not None and clause.text is not None:
        basis = [corpus.by_id[i] for i in (f"{clause.document} {b}" for b in clause.basis) if i in corpus.by_id]
        below = tuple(
            Node(_line_of(corpus.label(one, language), one.text.get(language), language))
            for one in basis
            if one.text is not None
        )
        lines.append(Node(_line_of(where, clause.text.get(language), language), None, below))
    words = translate("reason_case", language, case=case) if case else where
    return Node(words, verdict_badge(finding, language), tuple(lines))


def steps_of(reason: ReasonRecord, language: str) -> tuple[Node, ...]:
    """Return what a verdict was reached by, below the node that only names the place: conditions, then what is asked."""
    conditions = [
        _step(condition, reason, language, key)
        for key, condition in (("reason_when", reason.when), ("reason_unless", reason.unless))
        if condition is not None
    ]
    return (*conditions, *(_step(child, reason, language) for child in reason.children))


def _step(reason: ReasonRecord, above: ReasonRecord, language: str, key: str = "") -> Node:
    sign, tone = _TRUTHS[reason.truth]
    words = translate(key, language, text=reason.text) if key else reason.text
    found = (reason.actual or "").rpartition(": ")[2]
    if reason.actual and found not in reason.text:
        words = translate("reason_found", language, text=words, found=reason.actual)
    remarks = [
        read_locator(reason.locator, language) if reason.locator != above.locator else "",
        translate("reason_instead", language) if reason.compensates and not above.compensates else "",
        say(f"short_{reason.strength}", language) if reason.separate else "",
        reason.proviso or "",
    ]
    remark = translate("semicolon", language).join(filter(None, remarks))
    if remark:
        words += translate("in_brackets", language, text=remark)
    below = steps_of(reason, language)
    return Node(words, Badge(sign, translate(f"truth_{reason.truth}", language), tone), below, opened=bool(below))


def _line(key: str, words: str, language: str) -> str:
    return _line_of(translate(key, language), words, language)


def _line_of(name: str, words: str, language: str) -> str:
    return f"{name}{translate('colon', language)}{words}"
