"""Why an answer says what it says: guideline, case, what is required and what was said, and the notes behind it. Pure."""

from __future__ import annotations

from kb.ask.describe import Describer
from kb.model.answer import Answer, Finding
from kb.model.knowledge import Corpus
from kb.ui.present import verdict_badge
from kb.ui.strings import translate
from kb.ui.tree import Node


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


def _line(key: str, words: str, language: str) -> str:
    return _line_of(translate(key, language), words, language)


def _line_of(name: str, words: str, language: str) -> str:
    return f"{name}{translate('colon', language)}{words}"
