"""Write findings as the records that JSON carries."""

from __future__ import annotations

from kb.model.answer import MissingOption
from kb.model.base import Language
from kb.model.finding import Finding, MissingFact, Reason
from kb.model.finding_record import FindingRecord, FlipRecord, MissingRecord
from kb.model.knowledge import Vocabulary
from kb.model.reason import ReasonRecord
from kb.rules.speaker import Speaker


def record_finding(finding: Finding, vocabulary: Vocabulary, language: Language = "ja") -> FindingRecord:
    """Write a finding in one language; its parts have records of their own (`Finding.flat`)."""
    speaker = Speaker(vocabulary, language)
    shortfall, note = finding.shortfall, finding.requirement.note
    amount = None if shortfall is None else shortfall.amount
    return FindingRecord(
        id=finding.id,
        document=finding.document,
        locator=finding.locator,
        subject=finding.subject,
        name=finding.name,
        instance=finding.place.id,
        verdict=finding.verdict,
        strength=finding.strength,
        is_part=finding.is_part,
        actual=finding.actual.get(language),
        required=finding.required.get(language),
        shortfall=None if shortfall is None else shortfall.text.get(language),
        shortfall_value=None if amount is None else amount.number,
        shortfall_unit=None if amount is None else amount.unit,
        missing=tuple(record_missing(missing, language) for missing in finding.missing),
        compensated_by=finding.compensated_by,
        flips=tuple(
            FlipRecord(to=flip.to, changes=tuple(change.text.get(language) for change in flip.changes))
            for flip in finding.flips
        ),
        because=record_reason(finding.because, speaker),
        basis=finding.requirement.basis,
        note=None if note is None else note.get(language),
        approximate=finding.approximate,
        text=finding.text.get(language),
    )


def record_missing(missing: MissingFact, language: Language) -> MissingRecord:
    """Write a missing fact in one language."""
    return MissingRecord(
        fact=missing.fact,
        question=missing.question.get(language),
        options=tuple(MissingOption(value=one.value, label=one.label.get(language)) for one in missing.options),
        kind=missing.kind,
        place=missing.place.place,
        instance=missing.place.id,
        name=missing.place.name,
        measure=missing.measure,
    )


def record_reason(reason: Reason, speaker: Speaker) -> ReasonRecord:
    """Write a tree of reasons in the language of a speaker."""
    return ReasonRecord(
        kind=reason.kind,
        truth=reason.truth,
        text=speaker.reason(reason),
        locator=reason.clause,
        strength=reason.strength,
        fact=reason.fact,
        place=reason.place.name or speaker.place(reason.place.place),
        actual=speaker.known(reason) if reason.operand else None,
        proviso=None if reason.proviso is None else reason.proviso.get(speaker.language),
        claimed=reason.claimed,
        compensates=reason.compensates,
        approximate=reason.test is not None and reason.test.approximate,
        separate=reason.aside,
        when=None if reason.when is None else record_reason(reason.when, speaker),
        unless=None if reason.unless is None else record_reason(reason.unless, speaker),
        children=tuple(record_reason(child, speaker) for child in reason.children),
    )
