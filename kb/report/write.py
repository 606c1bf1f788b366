"""Write a report in the format that a file's name asks for, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kb.atomic import write_atomically
from kb.errors import UsageError
from kb.model.check import Check
from kb.report.content import build_report
from kb.report.parts import Report


def _html(report: Report) -> bytes:
    from kb.report.html import render_html

    return render_html(report).encode("utf-8")


def _pdf(report: Report) -> bytes:
    from kb.report.pdf import render_pdf

    return render_pdf(report)


def _xlsx(report: Report) -> bytes:
    from kb.report.xlsx import render_xlsx

    return render_xlsx(report)


def _csv(report: Report) -> bytes:
    from kb.report.table import render_csv

    return render_csv(report)


def _json(report: Report) -> bytes:
    return (report.check.model_dump_json(indent=2) + "\n").encode("utf-8")


FORMATS: dict[str, Callable[[Report], bytes]] = {
    ".html": _html,
    ".pdf": _pdf,
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".json": _json,
}
"""How each format is rendered, by the ending of the file's name."""


def check_report_path(file: Path) -> Path:
    """Return a file that a report can be written to; raises `UsageError` for another ending or a missing folder."""
    if file.suffix.lower() not in FORMATS:
        raise UsageError(f"--report {file}: a file name that ends in {', '.join(FORMATS)}")
    if not file.parent.is_dir():
        raise UsageError(f"--report {file}: no such folder {file.parent}")
    return file


def render_report(check: Check, kind: str) -> bytes:
    """Render a report in one format (`.html`, `.pdf`, `.xlsx`, `.csv`, `.json`); raises `KeyError` for another."""
    return FORMATS[kind](build_report(check))


def write_reports(check: Check, files: list[Path]) -> None:
    """Write a report to each file; nothing is written where one of them cannot be rendered."""
    report = build_report(check)
    rendered = [(file, FORMATS[check_report_path(file).suffix.lower()](report)) for file in files]
    for file, data in rendered:
        write_atomically(file, data)
