"""Check a design: every requirement in force at every place, and everything that is drawn from the findings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from kb import __version__
from kb.design.build import Design
from kb.design.collect import list_to_collect
from kb.design.notes import list_notes
from kb.design.records import (
    count_verdicts,
    list_unchecked,
    record_compliance,
    record_design,
    record_guidelines,
    record_places,
    record_points,
    record_presence,
)
from kb.design.sheet import fill_sheets
from kb.design.strictest import list_strictest
from kb.model.base import Language
from kb.model.check import Check
from kb.model.finding import Finding
from kb.model.finding_record import FindingRecord
from kb.model.knowledge import Corpus
from kb.rules import documents_in_force, evaluate_all, record_finding
from kb.rules.speaker import Speaker

PROGRAM = f"防犯指針ナビ (bouhan-navi) {__version__}"


def check_design(
    corpus: Corpus,
    design: Design,
    guidelines: Iterable[str] = (),
    language: Language = "ja",
    *,
    corpus_hash: str,
    today: datetime.date | None = None,
) -> Check:
    """Check a design against the guidelines named, else those that it names, else those for its type of building.

    Raises `UsageError` for a guideline that there is not.
    """
    named = tuple(guidelines) or design.guidelines or None
    chosen = documents_in_force(corpus, design.view, named)
    documents = [document.id for document in corpus.documents if document.id in chosen]
    findings = [one for finding in evaluate_all(corpus, design.view, documents) for one in finding.flat()]
    records = tuple(record_named(finding, corpus, language) for finding in findings)
    summary = count_verdicts(records, documents)
    speaker = Speaker(corpus.vocabulary, language)
    compliance = record_compliance(summary)
    return Check(
        design=record_design(design, corpus.vocabulary, language),
        language=language,
        guidelines=record_guidelines(corpus, documents, language),
        complies=_complies(findings, records),
        summary=summary,
        compliance=compliance,
        unchecked=list_unchecked(corpus, documents, language),
        findings=records,
        places=record_places(design, corpus.vocabulary, language),
        presence=record_presence(design, corpus.vocabulary, language),
        collect=list_to_collect(records, corpus.vocabulary, speaker),
        strictest=list_strictest(findings, corpus.vocabulary, speaker),
        points=record_points(design, corpus.vocabulary, language),
        sheets=fill_sheets(corpus, documents, records, language),
        notes=list_notes(corpus, design, documents, language),
        checked_on=(today or datetime.date.today()).isoformat(),
        program=PROGRAM,
        corpus_hash=corpus_hash,
    )


def record_named(finding: Finding, corpus: Corpus, language: Language) -> FindingRecord:
    """Write a finding; a place without a name of its own goes by the name of its kind, an attached original is quoted."""
    record = record_finding(finding, corpus.vocabulary, language)
    clause = corpus.by_id.get(f"{record.document} {record.locator}")
    if clause is not None and clause.quote:
        record = record.model_copy(update={"quote": clause.quote})
    if record.name:
        return record
    return record.model_copy(update={"name": Speaker(corpus.vocabulary, language).place(record.subject)})


def _complies(findings: list[Finding], records: tuple[FindingRecord, ...]) -> bool | None:
    verdicts = {finding.verdict for finding in findings if finding.strength == "shall"}
    if "fail" in verdicts:
        return False
    return True if verdicts & {"pass", "pass_by_alternative"} and "unknown" not in verdicts else None
