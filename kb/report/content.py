"""What a report says, in order, as plain text: every format lays out the same content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from kb.design.wording import MOVEMENTS, STRENGTHS, conclusion_text
from kb.model.check import Check, CollectItem, SheetItem
from kb.model.finding_record import FindingRecord
from kb.quantity import UNITS, Quantity, format_quantity
from kb.report.parts import (
    VERDICT_ORDER,
    ClauseSection,
    CountRow,
    FindingRow,
    Group,
    GuidelineSection,
    PlaceSection,
    Report,
    SourceRow,
)
from kb.report.reasons import flatten, write_tree
from kb.report.text import clean
from kb.report.words import say
from kb.rules.words import VERDICTS, verdict_label

MOST_SHORTFALLS, MOST_COLLECT = 12, 12


def build_report(check: Check) -> Report:
    """Turn a check into the content of a report."""
    return _Builder(check).build()


class _Builder:
    def __init__(self, check: Check) -> None:
        self._check, self._language = check, check.language
        self._short = {one.document: clean(one.short) for one in check.guidelines}
        self._items = {(item.document, item.locator): item for sheet in check.sheets for item in sheet.items}

    def _say(self, key: str, **parts: object) -> str:
        return say(key, self._language, **parts)

    def build(self) -> Report:
        check = self._check
        failing = sorted((one for one in check.findings if one.verdict == "fail"), key=self._severity)
        collect = tuple(self._collect())
        return Report(
            language=self._language,
            title=self._say("title"),
            name=clean(check.design.name),
            overall=self._overall(),
            tone={True: "good", False: "bad", None: "open"}[check.complies],
            details=tuple(self._details()),
            verdicts=tuple(VERDICTS[one].get(self._language) for one in VERDICT_ORDER),
            counts=tuple(self._counts()),
            shortfalls=tuple(self._row(one) for one in failing[:MOST_SHORTFALLS]),
            more_shortfalls=max(0, len(failing) - MOST_SHORTFALLS),
            collect=collect[:MOST_COLLECT],
            more_collect=max(0, len(collect) - MOST_COLLECT),
            notes=tuple(self._notes()),
            points=tuple(self._points()),
            changes=tuple(self._changes()),
            places=tuple(self._places()),
            guidelines=tuple(self._guidelines()),
            unchecked=tuple((clean(u.label), clean(u.text), clean(u.reason_label)) for u in check.unchecked),
            sources=tuple(
                SourceRow(
                    clean(one.title),
                    clean(one.issuer),
                    tuple(clean(f"{date.what} {date.printed}") for date in one.dates),
                    clean(one.legal_force),
                    one.requirements,
                )
                for one in check.guidelines
            ),
            provenance=(
                (self._say("checked_on"), check.checked_on),
                (self._say("program"), check.program),
                (self._say("corpus"), check.corpus_hash),
            ),
            check=check,
        )

    def _overall(self) -> str:
        shall = [row for row in self._check.compliance if row.strength == "shall"]
        failed, unknown = sum(row.failed for row in shall), sum(row.unknown for row in shall)
        if self._check.complies is False:
            more = self._say("failing_too", n=unknown) if unknown else ""
            space = " " if self._language == "en" and more else ""
            return self._say("overall_false", n=failed) + space + more
        if self._check.complies is None:
            return self._say("overall_none", n=unknown) if unknown else self._say("overall_nothing")
        return self._say("overall_true")

    def _details(self) -> Iterator[tuple[str, str]]:
        design = self._check.design
        unknown = self._say("unknown")
        yield self._say("design"), clean(design.name)
        yield self._say("building"), clean(design.building_label or unknown)
        for key, value in (
            ("address", design.address),
            ("surveyed", design.date),
            ("author", design.author),
            ("remark", design.remark),
            ("file", design.file),
            ("checked_on", self._check.checked_on),
        ):
            if value:
                yield self._say(key), clean(value)

    def _counts(self) -> Iterator[CountRow]:
        for row in self._check.compliance:
            counted = self._check.summary[row.document][row.strength]
            yield CountRow(
                self._short[row.document],
                STRENGTHS[row.strength].get(self._language),
                conclusion_text(row.conclusion, row.strength, self._language == "ja"),
                tuple(counted.get(verdict, 0) for verdict in VERDICT_ORDER),
            )

    def _collect(self) -> Iterator[tuple[str, str, int]]:
        """List the questions to settle on site, the same question of several places once; what settles most first."""
        grouped: dict[tuple[str, str], list[CollectItem]] = defaultdict(list)
        for one in self._check.collect:
            grouped[one.fact, one.question].append(one)
        for (_, question), items in sorted(grouped.items(), key=lambda pair: -sum(one.settles for one in pair[1])):
            names = list(dict.fromkeys(clean(one.name or one.place_label) for one in items))
            places = self._joined(names[:3])
            if len(names) > 3:
                places += f" {self._say('more', n=len(names) - 3)}"
            yield places, clean(question), sum(one.settles for one in items)

    def _severity(self, finding: FindingRecord) -> tuple[int, float]:
        """Order: required before recommended; of each, the greatest shortfall relative to what is asked first."""
        share = 0.0
        if finding.shortfall_value is not None and not isinstance(finding.shortfall_value, str):
            limit = self._limit_of(finding)
            share = float(finding.shortfall_value) / limit if limit else 0.0
        return ({"shall": 0, "should": 1, "may": 2}[finding.strength], -share)

    def _limit_of(self, finding: FindingRecord) -> float:
        for row in self._check.strictest:
            if row.instance == finding.instance:
                for limit in row.limits:
                    same = limit.document == finding.document and limit.locator == finding.locator
                    if same and limit.unit == finding.shortfall_unit and not isinstance(limit.value, str):
                        return float(limit.value)
        return 0.0

    def _row(self, finding: FindingRecord) -> FindingRow:
        item = self._items.get((finding.document, finding.locator))
        label = item.label if item is not None else f"{self._short[finding.document]} {finding.locator}"
        to_pass = [flip for flip in finding.flips if flip.to in ("pass", "pass_by_alternative")]
        return FindingRow(
            verdict=finding.verdict,
            verdict_label=verdict_label(finding.verdict, finding.strength).get(self._language),
            strength=STRENGTHS[finding.strength].get(self._language),
            place=clean(finding.name),
            clause=clean(label),
            required=clean(finding.required),
            actual=clean(finding.actual),
            shortfall=self._shortfall(finding),
            missing=tuple(dict.fromkeys(clean(one.question) for one in finding.missing)),
            flips=tuple(clean(self._joined(flip.changes)) for flip in to_pass),
        )

    def _shortfall(self, finding: FindingRecord) -> str:
        """Write what is lacking: the amount alone where it is a quantity, else in words."""
        value, unit = finding.shortfall_value, finding.shortfall_unit
        if isinstance(value, str) or value is None or unit not in UNITS:
            return clean(finding.shortfall or "")
        return format_quantity(Quantity(Fraction(str(value)), unit), self._language)

    def _notes(self) -> Iterator[str]:
        """Write the notes, one text once with all that it is about."""
        grouped: dict[str, list[str]] = defaultdict(list)
        for one in self._check.notes:
            grouped[clean(one.text)] += [clean(one.where)] if one.where else []
        for text, names in grouped.items():
            listed = self._joined(names[:3])
            if len(names) > 3:
                listed += f" {self._say('more', n=len(names) - 3)}"
            yield f"{listed}: {text}" if names else text

    def _joined(self, parts: Iterable[str]) -> str:
        return ("、" if self._language == "ja" else "; ").join(parts)

    def _points(self) -> Iterator[str]:
        for one in self._check.points:
            uniformity = "-" if one.uniformity is None else f"{one.uniformity:.2f}"
            yield self._say(
                "points_line",
                name=clean(one.name or one.label),
                mean=f"{one.mean:.4g}",
                count=one.count,
                minimum=f"{one.minimum:g}",
                uniformity=uniformity,
            )

    def _changes(self) -> Iterator[str]:
        comparison = self._check.comparison
        if comparison is None:
            return
        for change in comparison.changes:
            if change.movement == "same":
                continue
            words = MOVEMENTS[change.movement].get(self._language)
            before = "-" if change.before is None else verdict_label(change.before, change.strength).get(self._language)
            after = "-" if change.after is None else verdict_label(change.after, change.strength).get(self._language)
            short = self._short.get(change.document, change.document)
            yield clean(f"{words}: {change.name} — {short} {change.locator}: {before} → {after}")

    def _places(self) -> Iterator[PlaceSection]:
        found: dict[tuple[str, str], list[FindingRecord]] = defaultdict(list)
        for one in self._check.findings:
            found[one.instance, "" if one.instance else one.subject].append(one)
        listed = {(place.instance, ""): place for place in self._check.places}
        for instance in dict.fromkeys([*listed, *found]):
            place, findings = listed.get(instance), found.get(instance, [])
            label = place.label if place is not None else ""
            name = place.name if place is not None else findings[0].name
            title = clean(name if label in ("", name) or label in name else f"{name}（{label}）")
            facts = () if place is None else tuple(clean(self._fact(one)) for one in place.facts)
            yield PlaceSection(
                title=title,
                facts=facts,
                remark=clean(place.remark or "") if place is not None else "",
                counts=_count(findings),
                rows=tuple(self._row(one) for one in findings),
            )

    @staticmethod
    def _fact(fact: object) -> str:
        text, label = getattr(fact, "text", ""), getattr(fact, "label", "")
        origin, date = getattr(fact, "origin_label", ""), getattr(fact, "date", None)
        measure = getattr(fact, "measure_label", None)
        extra = [one for one in (measure, origin, date) if one]
        return f"{label}: {text}" + (f" [{', '.join(extra)}]" if extra else "")

    def _guidelines(self) -> Iterator[GuidelineSection]:
        sheets = {sheet.document: sheet for sheet in self._check.sheets}
        for guideline in self._check.guidelines:
            by_locator: dict[str, list[FindingRecord]] = defaultdict(list)
            for one in self._check.findings:
                if one.document == guideline.document:
                    by_locator[one.locator].append(one)
            sheet = sheets.get(guideline.document)
            listed = [item.locator for item in sheet.items] if sheet is not None else []
            order = list(dict.fromkeys([*listed, *by_locator]))
            yield GuidelineSection(
                title=clean(guideline.title),
                summary=clean(sheet.summary) if sheet is not None else "",
                clauses=tuple(self._clause(guideline.document, locator, by_locator[locator]) for locator in order),
            )

    def _clause(self, document: str, locator: str, findings: list[FindingRecord]) -> ClauseSection:
        item: SheetItem | None = self._items.get((document, locator))
        strength = item.strength if item is not None else findings[0].strength
        notes = dict.fromkeys(clean(one.note) for one in findings if one.note)
        return ClauseSection(
            label=clean(item.label if item is not None else f"{self._short[document]} {locator}"),
            title=clean(item.title) if item is not None else "",
            text=clean(item.text) if item is not None else "",
            strength=STRENGTHS[strength].get(self._language),
            mark=clean(item.mark_label) if item is not None else "",
            counts=_count(findings),
            note=" ".join(notes),
            groups=tuple(self._groups(findings)),
            quote=self._quote(item, findings),
        )

    @staticmethod
    def _quote(item: SheetItem | None, findings: list[FindingRecord]) -> str:
        """Return the clause in the original's words, where the user has them and they are not what stands there already."""
        quote = next((clean(one.quote) for one in findings if one.quote), "")
        return "" if item is not None and quote == clean(item.text) else quote

    def _groups(self, findings: list[FindingRecord]) -> Iterator[Group]:
        grouped: dict[tuple[object, ...], list[FindingRecord]] = defaultdict(list)
        for one in findings:
            tree = tuple(line.without(one.name) for line in flatten(one.because))
            questions = tuple(m.question.replace(one.name, "") for m in one.missing)
            grouped[one.verdict, one.strength, one.actual, one.required, one.shortfall, questions, tree].append(one)
        order = {verdict: index for index, verdict in enumerate(("fail", "unknown", "pass_by_alternative", "pass"))}
        for same in sorted(grouped.values(), key=lambda group: order.get(group[0].verdict, 9)):
            first = same[0]
            yield Group(
                verdict=first.verdict,
                verdict_label=verdict_label(first.verdict, first.strength).get(self._language),
                places=tuple(clean(one.name) for one in same),
                row=self._row(first),
                tree=tuple(write_tree(first, len(same) > 1)),
            )


def _count(findings: Iterable[FindingRecord]) -> tuple[int, ...]:
    counts = dict.fromkeys(VERDICT_ORDER, 0)
    for one in findings:
        counts[one.verdict] += 1
    return tuple(counts.values())
