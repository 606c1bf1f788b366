"""Put figures and the verdict on a stated one into words."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ask.describe import Describer
from kb.ask.figures import FigureRecord, compares
from kb.ask.frame import Frame
from kb.messages import say
from kb.model.answer import Verdict
from kb.model.knowledge import Corpus


class FigureWriter:
    """Writes about the figures of one corpus."""

    def __init__(self, corpus: Corpus, describer: Describer) -> None:
        self._corpus = corpus
        self._describer = describer

    def headline(self, records: Sequence[FigureRecord], language: str) -> str:
        """Say in one sentence which figures hold, by case and guideline."""
        texts = {self._describer.figure(r.figure, language) for r in records}
        subjects = list(dict.fromkeys(self._describer.record_subject(r, language) for r in records))
        subject = say("and", language).join(subjects[:3])
        guides = list(dict.fromkeys(self._describer.document(r.clause.document, language) for r in records))
        if len(texts) == 1:
            key = "figure_one" if len(guides) == 1 else "figure_agree"
            return say(
                key,
                language,
                guide=guides[0],
                guides=say("and", language).join(guides),
                subject=subject,
                figure=texts.pop(),
            )
        shared = _shared(records)
        cases: dict[tuple[str, str], list[str]] = {}
        several_buildings = len({str(r.conditions.get("building")) for r in records}) > 1
        for record in records:
            case = self._case(record, language, len(subjects) > 1, several_buildings, shared)
            guide = self._describer.document(record.clause.document, language)
            held = cases.setdefault((case, self._describer.figure(record.figure, language)), [])
            if guide not in held:
                held.append(guide)
        per_document = {
            d: {self._describer.figure(r.figure, language) for r in records if r.clause.document == d}
            for d in {r.clause.document for r in records}
        }
        by_case = any(len(figures) > 1 for figures in per_document.values())
        lines = []
        for (case, figure), held in cases.items():
            where = say("between", language).join(held)
            if case and by_case:
                lines.append(
                    say("case_line", language, case=case, figure=figure, guides=where)
                    if len(guides) > 1
                    else say("case_alone", language, case=case, figure=figure)
                )
            else:
                lines.append(say("guide_line", language, case=f"{where} {case}".strip(), figure=figure))
        if by_case and len({self._subject_of(r) for r in records}) > 1:
            key = "figure_each" if len(guides) == 1 else "figure_each_several"
            return say(key, language, guide=guides[0], figures=say("listed", language).join(lines))
        key = "figure_depends" if by_case else "figure_differs"
        return say(key, language, subject=subject, figures=say("semicolon", language).join(lines))

    @staticmethod
    def _subject_of(record: FigureRecord) -> tuple[object, ...]:
        label = record.figure.label
        return record.figure.property, record.figure.place, None if label is None else label.ja

    def _case(
        self, record: FigureRecord, language: str, with_subject: bool, with_building: bool, shared: tuple[str, ...]
    ) -> str:
        conditions = self._describer.conditions(record.conditions, language, skip=("building", *shared))
        if not conditions and with_building and "building" in record.conditions:
            conditions = self._describer.conditions({"building": record.conditions["building"]}, language)
        if not with_subject:
            return conditions
        subject = self._describer.record_subject(record, language)
        return say("in_case", language, subject=subject, case=conditions) if conditions else subject

    def _figure_line(self, record: FigureRecord, language: str, with_guide: bool, with_subject: bool) -> str:
        parts = []
        if with_guide:
            parts.append(self._describer.document(record.clause.document, language))
        if with_subject:
            parts.append(self._describer.record_subject(record, language))
        conditions = self._describer.conditions(record.conditions, language, skip=("building",))
        if conditions:
            parts.append(conditions)
        figure = self._describer.figure(record.figure, language)
        return f"{' '.join(parts)} {figure}" if parts else figure

    def strictest(self, records: Sequence[FigureRecord], language: str) -> str | None:
        """Name the figure that asks for most, where several of one property and one kind of limit differ; None else."""
        first = records[0].figure
        alike = [r for r in records if r.figure.property == first.property and r.figure.operator == first.operator]
        bases = {r.figure.value.base for r in alike}
        if len(alike) < len(records) or len(bases) < 2 or first.operator not in (">=", ">", "<=", "<"):
            return None
        most = (max if first.operator in (">=", ">") else min)(bases)
        best = [r for r in alike if r.figure.value.base == most]
        guides = dict.fromkeys(self._describer.document(r.clause.document, language) for r in best)
        subjects = dict.fromkeys(self._subject_in_case(r, language) for r in best)
        return say(
            "strictest_of",
            language,
            guide=say("between", language).join(guides),
            subject=say("between", language).join(subjects),
            figure=self._describer.figure(best[0].figure, language),
        )

    def _subject_in_case(self, record: FigureRecord, language: str) -> str:
        conditions = self._describer.conditions(record.conditions, language, skip=("building",))
        subject = self._describer.record_subject(record, language)
        return say("in_case", language, subject=subject, case=conditions) if conditions else subject

    def text(self, frame: Frame, records: Sequence[FigureRecord], headline: str, language: str) -> str:
        """Write the headline, then each figure with its clause."""
        lines = [f"**{headline}**"]
        items = []
        for record in records:
            where = self._corpus.label(record.clause, language)
            items.append(
                f"- {self._figure_line(record, language, False, True)}（{where}）"
                if language == "ja"
                else f"- {self._figure_line(record, language, False, True)} ({where})"
            )
        lines.append("\n".join(dict.fromkeys(items)))
        if compares(frame) or len({r.clause.document for r in records}) > 1:
            most = self.strictest(records, language)
            lines += [most] if most is not None and most not in headline else []
        if "mandatory" in frame.intents:
            strengths = dict.fromkeys(say(f"strength_{r.strength}", language) for r in records if r.strength)
            lines.extend(strengths)
        clauses = [self._corpus.by_id[c] for c in dict.fromkeys(r.clause.id for r in records)]
        return "\n\n".join([*lines, *self._describer.notes(clauses, language)])

    def verdict(self, verdict: Verdict, language: str) -> str:
        """Say in one sentence what the guidelines make of a stated figure."""
        findings = verdict.findings
        actual = findings[0].actual
        if verdict.value in ("pass", "fail"):
            word = (
                "verdict_fail_should"
                if verdict.value == "fail" and verdict.strength == "should"
                else f"verdict_{verdict.value}"
            )
            required = say("semicolon", language).join(dict.fromkeys(f.required or "" for f in findings))
            return say("verdict_all", language, actual=actual, verdict=say(word, language), required=required)
        items = []
        for finding in findings:
            case = self._describer.document(finding.document, language)
            conditions = self._describer.conditions(finding.conditions, language, skip=("building",))
            verdict_text = say(f"verdict_{finding.verdict}", language)
            required = ", ".join(t for t in (finding.required, finding.shortfall) if t)
            if language == "ja":
                required = required.replace(", ", "、")
            items.append(
                say(
                    "verdict_item",
                    language,
                    case=f"{case} {conditions}".strip(),
                    verdict=verdict_text,
                    required=required,
                )
            )
        return say("verdict_mixed", language, actual=actual, items=say("semicolon", language).join(items))


def _shared(records: Sequence[FigureRecord]) -> tuple[str, ...]:
    """Return the conditions that are the same for all of several figures: they tell none from another."""
    first = records[0].conditions
    return tuple(f for f, value in first.items() if all(r.conditions.get(f) == value for r in records))
