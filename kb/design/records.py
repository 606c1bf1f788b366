"""Write what a check found as the records of `kb.model.check`, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.coverage import measure_coverage
from kb.design.build import Design
from kb.model.answer import VerdictWord
from kb.model.base import Language, Strength, Text
from kb.model.check import (
    Compliance,
    Conclusion,
    DatedRecord,
    DesignRecord,
    FactRecord,
    GuidelineRecord,
    PlaceRecord,
    PointStatistics,
    PresenceRecord,
    UncheckedClause,
)
from kb.model.facts import FactValue, Origin, PlaceInstance
from kb.model.finding_record import FindingRecord
from kb.model.knowledge import Corpus, Vocabulary
from kb.quantity import Quantity
from kb.rules.speaker import Speaker
from kb.rules.words import measure_label

STRENGTHS: tuple[Strength, ...] = ("shall", "should", "may")
VERDICTS: tuple[VerdictWord, ...] = ("pass", "pass_by_alternative", "fail", "unknown", "not_applicable")
ORIGIN_LABELS: dict[Origin, Text] = {
    "given": Text(ja="申告・図面", en="as given"),
    "measured": Text(ja="実測", en="measured"),
    "derived": Text(ja="算出", en="derived"),
}
_REASONS: dict[str, Text] = {
    "procedure": Text(
        ja="手順の定め（kb area・kb sightline で確かめる）", en="a procedure (see kb area, kb sightline)"
    ),
    "surveyor_duty": Text(ja="調査者が行うこと", en="a duty of the surveyor"),
    "scope": Text(ja="適用範囲の定め", en="about the scope"),
    "": Text(ja="機械では確かめていない", en="not machine-checked"),
}


def record_design(design: Design, vocabulary: Vocabulary, language: Language) -> DesignRecord:
    """Write what the file says of the design as a whole."""
    kinds = [known.value for known in design.view.building.facts.get("building", ())]
    kind = kinds[0] if kinds and isinstance(kinds[0], str) else None
    label = None if kind is None or kind not in vocabulary.buildings else vocabulary.buildings[kind].label.get(language)
    return DesignRecord(
        name=design.name, file=design.file or None, building=kind, building_label=label, date=design.date,
        address=design.address, author=design.author, remark=design.remark,
    )  # fmt: skip


def record_guidelines(corpus: Corpus, chosen: Iterable[str], language: Language) -> tuple[GuidelineRecord, ...]:
    """Write the guidelines that were checked, with version and legal force."""
    wanted = set(chosen)
    found = []
    for document in corpus.documents:
        if document.id in wanted:
            dates = [(one.what.get(language), str(one.date), one.printed) for one in document.dates]
            found.append(
                GuidelineRecord(
                    document=document.id,
                    title=document.title.get(language),
                    short=document.short.get(language),
                    issuer=document.issuer.get(language),
                    dates=tuple(DatedRecord(what=what, date=day, printed=printed) for what, day, printed in dates),
                    legal_force=document.legal_force.get(language),
                    requirements=sum(rule.document == document.id for rule in corpus.requirements),
                )
            )
    return tuple(found)


def count_verdicts(
    findings: Iterable[FindingRecord], documents: Iterable[str]
) -> dict[str, dict[Strength, dict[VerdictWord, int]]]:
    """Count findings: guideline → strength → verdict → how many, zeros included."""
    counts: dict[str, dict[Strength, dict[VerdictWord, int]]] = {
        document: {strength: dict.fromkeys(VERDICTS, 0) for strength in STRENGTHS} for document in documents
    }
    for finding in findings:
        counts[finding.document][finding.strength][finding.verdict] += 1
    return counts


def record_compliance(summary: dict[str, dict[Strength, dict[VerdictWord, int]]]) -> tuple[Compliance, ...]:
    """Say per guideline and strength whether everything is met."""
    return tuple(
        Compliance(
            document=document,
            strength=strength,
            conclusion=conclude(counts),
            met=counts["pass"] + counts["pass_by_alternative"],
            failed=counts["fail"],
            unknown=counts["unknown"],
            not_applicable=counts["not_applicable"],
        )
        for document, strengths in summary.items()
        for strength, counts in strengths.items()
        if any(counts.values())
    )


def conclude(counts: dict[VerdictWord, int]) -> Conclusion:
    """Draw the conclusion from counts: one failure fails, one unknown leaves it open, nothing checked is nothing."""
    if counts["fail"]:
        return "fails"
    if counts["unknown"]:
        return "unknown"
    return "complies" if counts["pass"] + counts["pass_by_alternative"] else "nothing_to_check"


def list_unchecked(corpus: Corpus, chosen: Iterable[str], language: Language) -> tuple[UncheckedClause, ...]:
    """List the clauses that no requirement covers and that no other clause's requirement stands for."""
    wanted = set(chosen)
    found = []
    for row in measure_coverage(corpus):
        for one in row.without if row.document in wanted else ():
            if one.reason in ("assessed_by", "restates"):
                continue
            clause = corpus.by_id[f"{row.document} {one.locator}"]
            text = clause.text or clause.title
            found.append(
                UncheckedClause(
                    document=row.document,
                    locator=one.locator,
                    label=corpus.label(clause, language),
                    text="" if text is None else text.get(language),
                    reason=one.reason,
                    reason_label=_REASONS.get(one.reason or "", _REASONS[""]).get(language),
                )
            )
    return tuple(found)


def record_places(design: Design, vocabulary: Vocabulary, language: Language) -> tuple[PlaceRecord, ...]:
    """Write the building, the operator and every place with what is known of it."""
    speaker = Speaker(vocabulary, language)
    every: Sequence[PlaceInstance] = (design.view.building, design.view.operator, *design.view.places)
    return tuple(
        PlaceRecord(
            place=place.place,
            label=speaker.place(place.place),
            instance=place.id,
            name=place.name or speaker.place(place.place),
            facts=tuple(
                record_fact(fact, known, speaker, vocabulary)
                for fact, values in place.facts.items()
                for known in values
            ),
            claims=tuple(sorted(place.claims)),
            remark=design.remarks.get(place.id),
        )
        for place in every
    )


def record_fact(fact: str, known: FactValue, speaker: Speaker, vocabulary: Vocabulary) -> FactRecord:
    """Write one known value."""
    quantity = known.value if isinstance(known.value, Quantity) else None
    language = speaker.language
    return FactRecord(
        fact=fact,
        label=speaker.fact(fact),
        text=speaker.value(fact, known),
        value=None if quantity is None else quantity.number,
        unit=None if quantity is None else quantity.unit,
        measure=known.measure,
        measure_label=None if known.measure is None else measure_label(known.measure).get(language),
        origin=known.origin,
        origin_label=ORIGIN_LABELS[known.origin].get(language),
        date=known.date,
    )


def record_points(design: Design, vocabulary: Vocabulary, language: Language) -> tuple[PointStatistics, ...]:
    """Write the statistics of the points that were measured at each place."""
    speaker = Speaker(vocabulary, language)
    return tuple(
        PointStatistics(
            place=one.place.place,
            label=speaker.place(one.place.place),
            instance=one.place.id,
            name=one.place.name or speaker.place(one.place.place),
            count=len(one.readings),
            mean=round(float(one.mean), 3),
            minimum=float(min(one.readings)),
            maximum=float(max(one.readings)),
            uniformity=round(float(min(one.readings) / one.mean), 3) if one.mean else None,
        )
        for one in design.measured
    )


def record_presence(design: Design, vocabulary: Vocabulary, language: Language) -> tuple[PresenceRecord, ...]:
    """Write which kinds of places the file declares as present, absent or unknown."""
    speaker = Speaker(vocabulary, language)
    return tuple(
        PresenceRecord(place=place, label=speaker.place(place), presence=presence)
        for place, presence in design.view.presence.items()
    )
