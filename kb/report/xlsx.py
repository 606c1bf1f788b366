"""A report as a workbook: filterable tables, numbers as numbers, and every text as text (never a formula)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from kb.model.answer import Number
from kb.report.charts import draw_charts
from kb.report.limits import settle_met
from kb.report.parts import Report
from kb.report.reasons import write_tree
from kb.report.text import clean, clean_lines, cut
from kb.rules.words import verdict_label

_LONGEST_CELL = 32_000
_FILLS = {"pass": "#dcfce7", "pass_by_alternative": "#ecfccb", "fail": "#fee2e2", "unknown": "#fef3c7"}
Cell = Number | None


def render_xlsx(report: Report) -> bytes:
    """Render a report as XLSX."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": clean(report.name), "comments": report.title})
    writer = _Writer(book, report)
    writer.summary()
    writer.findings()
    writer.clauses()
    writer.figures()
    writer.facts()
    writer.collect()
    writer.unchecked()
    writer.sources()
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any, report: Report) -> None:
        self._book, self._report = book, report
        font = {"font_name": "Yu Gothic", "font_size": 10, "valign": "top"}
        self._plain = book.add_format(font)
        self._wrap = book.add_format({**font, "text_wrap": True})
        self._head = book.add_format({**font, "bold": True, "bg_color": "#e5e7eb", "border": 1, "text_wrap": True})
        self._title = book.add_format({**font, "bold": True, "font_size": 15})
        self._fills = {key: book.add_format({**font, "bg_color": colour}) for key, colour in _FILLS.items()}

    def _say(self, key: str) -> str:
        return self._report.say(key)

    def _sheet(self, key: str, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[Cell]]) -> Any:
        sheet = self._book.add_worksheet(self._say(key)[:31])
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.write_string(0, column, head, self._head)
            sheet.set_column(column, column, width)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self._write(sheet, last, column, value)
        sheet.autofilter(0, 0, max(last, 1), len(heads) - 1)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _write(self, sheet: Any, row: int, column: int, value: Cell, style: Any = None) -> None:
        if value is None or value == "":
            return
        if isinstance(value, str):
            sheet.write_string(row, column, cut(clean_lines(value), _LONGEST_CELL), style or self._wrap)
        else:
            sheet.write_number(row, column, value, style or self._plain)

    def summary(self) -> None:
        """The first sheet: result, counts, worst shortfalls, what is unknown, charts."""
        report = self._report
        sheet = self._book.add_worksheet(self._say("summary")[:31])
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 8, 16)
        self._write(sheet, 0, 0, report.title, self._title)
        self._write(sheet, 1, 0, report.overall, self._plain)
        row = 3
        for key, value in report.details:
            self._write(sheet, row, 0, key, self._head)
            self._write(sheet, row, 1, value)
            row += 1
        heads = [self._say("guideline"), self._say("strength"), self._say("conclusion"), *report.verdicts]
        lines: list[Sequence[Cell]] = [(c.guideline, c.strength, c.conclusion, *c.counts) for c in report.counts]
        row = self._block(sheet, row + 1, heads, lines)
        heads = [self._say(key) for key in ("verdict", "place", "clause", "required", "actual", "shortfall")]
        lines = [(s.verdict_label, s.place, s.clause, s.required, s.actual, s.shortfall) for s in report.shortfalls]
        row = self._block(sheet, row + 1, heads, lines, self._say("shortfalls"))
        heads = [self._say(key) for key in ("place", "question", "settles")]
        row = self._block(sheet, row + 1, heads, list(report.collect), self._say("collect"))
        for note in (*report.notes, self._say("disclaimer")):
            self._write(sheet, row + 1, 0, note, self._plain)
            row += 1
        for chart in draw_charts(report, "png"):
            image = {"image_data": io.BytesIO(chart.data), "x_scale": 0.9, "y_scale": 0.9, "description": chart.title}
            sheet.insert_image(row + 3, 0, "chart.png", image)
            row += int(chart.height * 110 * 0.9 / 20) + 2
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _block(
        self, sheet: Any, row: int, heads: Sequence[str], lines: Sequence[Sequence[Cell]], title: str = ""
    ) -> int:
        if title:
            self._write(sheet, row, 0, title, self._plain)
            row += 1
        for column, head in enumerate(heads):
            sheet.write_string(row, column, head, self._head)
        for line in lines:
            row += 1
            for column, value in enumerate(line):
                self._write(sheet, row, column, value)
        return row + 1

    def findings(self) -> None:
        """Every finding on a line; shortfalls are numbers with their unit beside them."""
        report = self._report
        keys = ("guideline", "clause", "place", "strength", "verdict", "required", "actual", "shortfall")
        more = (self._say("shortfall"), self._say("unit"), self._say("missing"), self._say("reason"))
        heads = [*(self._say(key) for key in keys), *more, self._say("remark")]
        short = {one.document: one.short for one in report.check.guidelines}
        rows: list[Sequence[Cell]] = []
        for one in report.check.findings:
            tree = "\n".join(f"{'  ' * line.depth}{line.mark} {line.words}" for line in write_tree(one, False))
            missing = " / ".join(dict.fromkeys(item.question for item in one.missing))
            verdict = verdict_label(one.verdict, one.strength).get(report.language)
            front = (short.get(one.document, one.document), one.locator, one.name, one.strength, verdict)
            figures = (one.required, one.actual, one.shortfall, one.shortfall_value, one.shortfall_unit)
            rows.append((*front, *figures, missing, tree, None))
        widths = (18, 18, 24, 9, 16, 36, 32, 24, 10, 7, 40, 60, 24)
        sheet = self._sheet("verdict", heads, widths, rows)
        for index, one in enumerate(report.check.findings, start=1):
            if one.verdict in self._fills:
                label = verdict_label(one.verdict, one.strength).get(report.language)
                sheet.write_string(index, 4, label, self._fills[one.verdict])

    def clauses(self) -> None:
        """Every item of every guideline with its mark, and a blank for remarks."""
        keys = ("guideline", "clause", "item", "strength", "mark")
        heads = [*(self._say(key) for key in keys), *self._report.verdicts, self._say("remark")]
        rows = [
            (guideline.title, f"{c.label} {c.title}", c.text, c.strength, c.mark, *c.counts, None)
            for guideline in self._report.guidelines
            for c in guideline.clauses
        ]
        self._sheet("by_clause", heads, (24, 34, 70, 14, 9, 7, 9, 7, 7, 7, 30), rows)

    def figures(self) -> None:
        """Guidelines side by side: each place's strictest limit and what was found, as numbers."""
        keys = ("place", "fact", "measure", "actual", "unit", "strictest", "unit", "guideline", "clause", "met")
        words = {True: self._say("yes"), False: self._say("no"), None: self._say("unknown")}
        short = {one.document: one.short for one in self._report.check.guidelines}
        rows: list[Sequence[Cell]] = []
        for one in self._report.check.strictest:
            limit = one.strictest
            front = (one.name or one.label, one.fact_label, one.measure_label, one.actual, one.actual_unit)
            source = (
                limit.value,
                limit.unit,
                short.get(limit.document, limit.document),
                limit.text,
                words[settle_met(one)],
            )
            rows.append((*front, *source))
        widths = (26, 20, 18, 10, 8, 10, 8, 20, 40, 8)
        self._sheet("figures", [self._say(key) for key in keys], widths, rows)

    def facts(self) -> None:
        """What is known of every place, measured values as numbers."""
        keys = ("place", "fact", "value", "unit", "measure", "origin", "date")
        rows: list[Sequence[Cell]] = []
        for place in self._report.check.places:
            for one in place.facts:
                value: Cell = one.text if one.value is None else one.value
                front = (place.name or place.label, one.label, value, one.unit)
                rows.append((*front, one.measure_label, one.origin_label, one.date))
        self._sheet("facts", [self._say(key) for key in keys], (28, 26, 24, 8, 18, 12, 12), rows)

    def collect(self) -> None:
        """What to find out on site, what settles most first."""
        keys = ("place", "fact", "question", "settles", "decides", "value", "remark")
        rows = [
            (one.name or one.place_label, one.label, one.question, one.settles, one.decides, None, None)
            for one in self._report.check.collect
        ]
        self._sheet("missing", [self._say(key) for key in keys], (28, 24, 60, 12, 14, 18, 24), rows)

    def unchecked(self) -> None:
        """Clauses that a person has to look at."""
        heads = [self._say(key) for key in ("clause", "item", "why", "mark", "remark")]
        rows = [(*one, None, None) for one in self._report.unchecked]
        self._sheet("unchecked", heads, (34, 80, 30, 9, 30), rows)

    def sources(self) -> None:
        """Guidelines with version and legal force; date, program, hash."""
        heads = [self._say(key) for key in ("guideline", "issuer", "dates", "legal_force", "requirements")]
        rows: list[Sequence[Cell]] = [
            (s.title, s.issuer, " / ".join(s.dates), s.legal_force, s.requirements) for s in self._report.sources
        ]
        rows += [(key, value, None, None, None) for key, value in self._report.provenance]
        self._sheet("sources", heads, (40, 28, 34, 70, 10), rows)
