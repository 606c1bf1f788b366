"""A report as CSV: one line a finding, for spreadsheets and for other programs."""

from __future__ import annotations

import csv
import io

from kb.report.parts import Report
from kb.report.text import clean, guard
from kb.rules.words import verdict_label


def render_csv(report: Report) -> bytes:
    """Write the findings as CSV (UTF-8 with a mark for spreadsheets); texts that could run as a formula are guarded."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(
        [
            "document",
            "locator",
            "requirement",
            "place",
            "name",
            "strength",
            "verdict",
            "verdict_label",
            "required",
            "actual",
            "shortfall",
            "shortfall_value",
            "shortfall_unit",
            "missing",
            "text",
        ]
    )
    for finding in report.check.findings:
        words = [finding.required, finding.actual, finding.shortfall or ""]
        writer.writerow(
            [
                finding.document,
                finding.locator,
                guard(finding.id),
                finding.subject,
                guard(clean(finding.name)),
                finding.strength,
                finding.verdict,
                verdict_label(finding.verdict, finding.strength).get(report.language),
                *(guard(clean(one)) for one in words),
                "" if finding.shortfall_value is None else finding.shortfall_value,
                finding.shortfall_unit or "",
                guard(" / ".join(dict.fromkeys(clean(one.question) for one in finding.missing))),
                guard(clean(finding.text)),
            ]
        )
    return stream.getvalue().encode("utf-8-sig")
