"""Say what a finding rests on: what the design has, what is asked for, what is lacking."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model.base import Language, Text
from kb.model.finding import FALSE, Finding, Reason, Shortfall
from kb.model.knowledge import Vocabulary
from kb.model.requirement import Node
from kb.rules.leaf import gap
from kb.rules.logic import HOLDS
from kb.rules.parts import core
from kb.rules.speaker import Speaker
from kb.rules.words import APPROXIMATE, HEADINGS, WHY_UNKNOWN, verdict_label


def speakers(vocabulary: Vocabulary) -> tuple[Speaker, Speaker]:
    """Return a Japanese and an English speaker."""
    return Speaker(vocabulary, "ja"), Speaker(vocabulary, "en")


def tested(reason: Reason) -> Iterator[Reason]:
    """Yield the tests that a reason rests on, conditions not included."""
    if reason.test is not None:
        yield reason
        return
    for child in reason.children:
        if not child.aside:
            yield from tested(child)


def lacking(reason: Reason) -> Iterator[Reason]:
    """Yield the tests that would have to come out otherwise; of several options, those of the first."""
    if reason.kind in ("fact", "each"):
        if reason.outcomes & FALSE:
            yield reason
        return
    failing = [child for child in reason.children if not child.aside and child.outcomes == FALSE]
    if reason.kind == "not":
        yield reason
    elif reason.kind in ("any_of", "any"):
        yield from lacking(failing[0]) if failing else ()
    else:
        for child in failing:
            yield from lacking(child)


def required_text(vocabulary: Vocabulary, node: Node) -> Text:
    """Say what a node asks for."""
    ja, en = speakers(vocabulary)
    return Text(ja=ja.node(node), en=en.node(node))


def actual_text(vocabulary: Vocabulary, finding: Finding) -> Text:
    """Say what is known of the facts that a finding tests."""
    leaves = [leaf for leaf in tested(core(finding.because)) if leaf.operand]
    written: list[str] = []
    for speaker in speakers(vocabulary):
        known = [_placed(speaker, leaf, finding, speaker.known(leaf)) for leaf in leaves]
        written.append(speaker.listed(known) or speaker.unknown())
    return Text(ja=written[0], en=written[1])


def _placed(speaker: Speaker, leaf: Reason, finding: Finding, text: str) -> str:
    if leaf.place is finding.place:
        return text
    return speaker.elsewhere(leaf.place, text)


def shortfall_of(vocabulary: Vocabulary, finding: Finding) -> Shortfall:
    """Say what a failing finding lacks; the amount is that of its first quantity."""
    leaves = list(lacking(core(finding.because)))
    ja, en = (
        speaker.listed(_placed(speaker, leaf, finding, speaker.lack(leaf)) for leaf in leaves)
        for speaker in speakers(vocabulary)
    )
    for leaf in leaves:
        found = None if leaf.test is None else gap(leaf.test, leaf.operand)
        if found is not None:
            return Shortfall(Text(ja=ja, en=en), leaf.fact, *found)
    return Shortfall(Text(ja=ja, en=en))


def finding_text(vocabulary: Vocabulary, finding: Finding, node: Node) -> Text:
    """Put a finding into words: place, verdict, what there is, what is asked for, what is lacking."""
    ja, en = speakers(vocabulary)
    return Text(ja=_paragraph(finding, node, ja, "ja"), en=_paragraph(finding, node, en, "en"))


def _paragraph(finding: Finding, node: Node, speaker: Speaker, language: Language) -> str:
    place = finding.name or speaker.place(finding.subject)
    verdict = verdict_label(finding.verdict, finding.strength).get(language)
    details = _why_not(finding, speaker) if finding.verdict == "not_applicable" else _details(finding, node, speaker)
    sentences = [f"{place}: {verdict}", *(f"{HEADINGS[name].get(language)}{text}" for name, text in details)]
    stop, gap_between = ("。", "") if language == "ja" else (".", " ")
    return gap_between.join(one if one.endswith(("。", "?", ".")) else one + stop for one in sentences if one)


def _details(finding: Finding, node: Node, speaker: Speaker) -> Iterator[tuple[str, str]]:
    yield "required", speaker.node(node)
    yield "found", finding.actual.get(speaker.language)
    shortfall = finding.shortfall
    if shortfall is not None:
        yield "lacking", shortfall.text.get(speaker.language)
        if finding.approximate:
            yield "", APPROXIMATE.get(speaker.language)
    if finding.compensated_by:
        yield "alternative", speaker.listed(finding.compensated_by)
    for missing in finding.missing:
        if missing.kind in WHY_UNKNOWN:
            yield "", speaker.remark(missing.fact, missing.measure, WHY_UNKNOWN[missing.kind])
    questions = [missing.question.get(speaker.language) for missing in finding.missing]
    if questions:
        yield "ask", " ".join(questions)


def _why_not(finding: Finding, speaker: Speaker) -> Iterator[tuple[str, str]]:
    reason = finding.because
    if reason.remark == "absent":
        yield "", speaker.there_is(finding.subject, False)
    if reason.remark == "other_place":
        yield "only_for", speaker.listed(speaker.place(place) for place in finding.requirement.subjects)
    while True:
        if reason.when is not None and not reason.when.outcomes & HOLDS and reason.when.node is not None:
            yield "only_where", speaker.node(reason.when.node)
            return
        if reason.unless is not None and reason.unless.outcomes & HOLDS and reason.unless.node is not None:
            yield "not_where", speaker.node(reason.unless.node)
            return
        if len(reason.children) != 1:
            return
        reason = reason.children[0]
