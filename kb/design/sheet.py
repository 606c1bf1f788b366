"""The check sheet as it is filled in: every item of a guideline marked over all places, with remarks."""

from __future__ import annotations

from collections.abc import Iterable

from kb.design.records import VERDICTS
from kb.model.answer import VerdictWord
from kb.model.base import Language, Strength, Text
from kb.model.check import Mark, SheetItem, SheetRecord
from kb.model.corpus import Clause
from kb.model.finding_record import FindingRecord
from kb.model.knowledge import Corpus
from kb.rules.words import MISSED

MARKS: dict[Mark, Text] = {
    "適": Text(ja="適", en="meets"),
    "否": Text(ja="否", en="does not meet"),
    "要確認": Text(ja="要確認", en="to be confirmed"),
    "対象外": Text(ja="対象外", en="not applicable"),
}
REMARKS = 20
"""How many remarks an item lists."""


def fill_sheets(
    corpus: Corpus, documents: Iterable[str], findings: tuple[FindingRecord, ...], language: Language
) -> tuple[SheetRecord, ...]:
    """Fill in the sheet of each guideline; an item is a clause with one strength."""
    sheets = []
    for document in documents:
        items: dict[tuple[str, Strength], list[FindingRecord]] = {}
        for finding in findings:
            if finding.document == document:
                items.setdefault((finding.locator, finding.strength), []).append(finding)
        filled = tuple(
            _item(corpus, document, locator, strength, group, language) for (locator, strength), group in items.items()
        )
        sheets.append(_sheet(corpus, document, filled, language))
    return tuple(sheets)


def _item(
    corpus: Corpus, document: str, locator: str, strength: Strength, group: list[FindingRecord], language: Language
) -> SheetItem:
    counts: dict[VerdictWord, int] = dict.fromkeys(VERDICTS, 0)
    for finding in group:
        counts[finding.verdict] += 1
    mark = mark_of(counts)
    clause = corpus.by_id.get(f"{document} {locator}")
    missed = mark == "否" and strength != "shall"
    remarks = [remark for finding in group for remark in _remarks(finding, language)]
    if len(remarks) > REMARKS:
        more = len(remarks) - REMARKS
        remarks = [*remarks[:REMARKS], f"ほか{more}件" if language == "ja" else f"and {more} more"]
    return SheetItem(
        document=document,
        locator=locator,
        label=locator if clause is None else corpus.label(clause, language),
        title="" if clause is None else _title(corpus, clause, language),
        text="" if clause is None or clause.text is None else clause.text.get(language),
        strength=strength,
        mark=mark,
        mark_label=(MISSED[strength] if missed else MARKS[mark]).get(language),
        counts=counts,
        places=sum(counts.values()) - counts["not_applicable"],
        remarks=tuple(remarks),
    )


def mark_of(counts: dict[VerdictWord, int]) -> Mark:
    """Mark an item: 否 where one place fails, 要確認 where one is open, 適 where every place that applies passes."""
    if counts["fail"]:
        return "否"
    if counts["unknown"]:
        return "要確認"
    return "適" if counts["pass"] + counts["pass_by_alternative"] else "対象外"


def _title(corpus: Corpus, clause: Clause, language: Language) -> str:
    titled = [one for one in (*corpus.ancestors(clause), clause) if one.title is not None]
    return " ".join(one.title.get(language) for one in titled[-2:] if one.title is not None)


def _remarks(finding: FindingRecord, language: Language) -> list[str]:
    ja = language == "ja"
    if finding.verdict == "fail":
        return [f"{finding.name}: {finding.shortfall or finding.actual}"]
    if finding.verdict == "pass_by_alternative":
        listed = "、".join(finding.compensated_by) if ja else ", ".join(finding.compensated_by)
        return [f"{finding.name}: 補完措置（{listed}）" if ja else f"{finding.name}: made up for by {listed}"]
    if finding.verdict == "unknown" and finding.missing:
        more = len(finding.missing) - 1
        first = finding.missing[0].question
        if not more:
            return [f"{finding.name}: {first}"]
        return [f"{finding.name}: {first}（ほか{more}項目）" if ja else f"{finding.name}: {first} (and {more} more)"]
    return []


def _sheet(corpus: Corpus, document: str, items: tuple[SheetItem, ...], language: Language) -> SheetRecord:
    counts: dict[Mark, int] = dict.fromkeys(MARKS, 0)
    required = [item for item in items if item.strength == "shall"]
    for item in items:
        counts[item.mark] += 1
    all_met = any(item.mark == "適" for item in required) and all(item.mark in ("適", "対象外") for item in required)
    columns = corpus.documents_by_id[document].sheet_columns
    return SheetRecord(
        document=document,
        columns=tuple(column.get(language) for column in columns),
        items=items,
        counts=counts,
        all_met=all_met,
        summary=_summary(required, all_met, language),
    )


def _summary(items: list[SheetItem], all_met: bool, language: Language) -> str:
    failed, unknown = sum(i.mark == "否" for i in items), sum(i.mark == "要確認" for i in items)
    if language == "ja":
        result = (
            "対象となる必須の項目はすべて適です。"
            if all_met
            else f"必須の項目のうち、否 {failed} 件、要確認 {unknown} 件です。"
        )
        return f"{result}（このまとめは本プログラムによるもので、指針に定められた総合判定ではありません）"
    result = (
        "Every required item that applies is met."
        if all_met
        else f"Of the required items, {failed} are not met and {unknown} are open."
    )
    return f"{result} (This summary is this program's own; the guideline defines no overall result.)"
