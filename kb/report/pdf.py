"""A report as PDF: the first page is the result, then places, clauses with blanks, and the sources at the end."""

from __future__ import annotations

from kb.report.charts import draw_charts
from kb.report.page import SOFT, Colour, Page
from kb.report.parts import ClauseSection, FindingRow, Group, PlaceSection, Report

_TONES: dict[str, Colour] = {"good": (21, 128, 61), "bad": (185, 28, 28), "open": (217, 119, 6)}
_VERDICTS: dict[str, Colour] = {
    "pass": (21, 128, 61),
    "pass_by_alternative": (21, 128, 61),
    "fail": (185, 28, 28),
    "unknown": (146, 64, 14),
    "not_applicable": SOFT,
}
_MARKS = {"pass": "○", "pass_by_alternative": "○", "fail": "×", "unknown": "？", "not_applicable": "－"}
_MOST_NAMES, _MOST_TREE, _MOST_MISSING = 40, 24, 6
_FIRST_PAGE, _MOST_NOTES = 6, 20


def render_pdf(report: Report) -> bytes:
    """Render a report as PDF; its text is selectable."""
    page = Page(report.name, f"{report.name} — {report.title}", report.say("page", n="{n}", of="{of}"), report.language)
    writer = _Writer(page, report)
    writer.first_page()
    writer.charts()
    writer.places()
    writer.clauses()
    writer.unchecked()
    writer.sources()
    return bytes(page.output())


class _Writer:
    def __init__(self, page: Page, report: Report) -> None:
        self._page, self._report = page, report
        self._join = "、" if report.language == "ja" else ", "

    def _say(self, key: str, **parts: object) -> str:
        return self._report.say(key, **parts)

    def first_page(self) -> None:
        """Result, counts, worst shortfalls, what is unknown, and lines to sign on."""
        page, report = self._page, self._report
        page.heading(report.title, 0)
        page.ln(2)
        page.banner(report.overall, _TONES[report.tone])
        page.grid((), [list(pair) for pair in report.details], (30, 150))
        rows = [[row.guideline, row.strength, row.conclusion, *map(str, row.counts)] for row in report.counts]
        heads = [self._say("guideline"), self._say("strength"), self._say("conclusion"), *report.verdicts]
        page.grid(heads, rows, (36, 32, 32, 14, 20, 16, 16, 16), 7.5)
        page.heading(self._say("shortfalls"), 2)
        if report.shortfalls:
            self._findings(report.shortfalls[:_FIRST_PAGE], True)
            self._more(report.more_shortfalls + max(0, len(report.shortfalls) - _FIRST_PAGE))
        else:
            page.paragraph(self._say("no_shortfalls"))
        page.heading(self._say("collect"), 2)
        if report.collect:
            heads = [self._say("place"), self._say("question"), self._say("settles")]
            rows = [[place, question, str(n)] for place, question, n in report.collect[:_FIRST_PAGE]]
            page.grid(heads, rows, (50, 106, 24), 7.5)
            self._more(report.more_collect + max(0, len(report.collect) - _FIRST_PAGE))
        else:
            page.paragraph(self._say("no_collect"))
        for title, lines in (("notes", report.notes), ("changes", report.changes)):
            if lines:
                page.heading(self._say(title), 2)
                for line in lines[:_MOST_NOTES]:
                    page.paragraph(f"・{line}", 8)
                self._more(max(0, len(lines) - _MOST_NOTES))
        page.ln(1)
        page.paragraph(self._say("disclaimer"), 7.5, SOFT)
        self._signature()

    def _more(self, count: int) -> None:
        if count:
            self._page.paragraph(self._say("more", n=count), 8, SOFT)

    def _signature(self) -> None:
        self._page.blanks([self._say("organisation"), self._say("signature"), self._say("signature_date")])

    def _findings(self, rows: tuple[FindingRow, ...], with_place: bool) -> None:
        keys = ["verdict", *(["place"] if with_place else []), "clause", "required", "actual", "shortfall"]
        cells = [
            [
                f"{_MARKS[row.verdict]} {row.verdict_label}",
                *([row.place] if with_place else []),
                row.clause,
                row.required,
                row.actual,
                row.shortfall,
            ]
            for row in rows
        ]
        widths = (18, 32, 36, 36, 30, 28) if with_place else (22, 38, 50, 40, 30)
        self._page.grid([self._say(key) for key in keys], cells, widths, 7.5)

    def charts(self) -> None:
        """Charts, and the points that averages were taken from."""
        page, report = self._page, self._report
        page.heading(self._say("charts"), 1, new_page=True)
        for chart in draw_charts(report, "png"):
            page.picture(chart.data, chart.width, chart.height, chart.title)
        if report.points:
            page.heading(self._say("points"), 2)
            for line in report.points:
                page.paragraph(f"・{line}", 8)

    def places(self) -> None:
        """Every place: what is known of it, and its findings."""
        self._page.heading(self._say("by_place"), 1, new_page=True)
        for place in self._report.places:
            self._place(place)

    def _place(self, place: PlaceSection) -> None:
        page = self._page
        page.heading(place.title, 2)
        counts = [f"{name} {n}" for name, n in zip(self._report.verdicts, place.counts, strict=True) if n]
        page.paragraph(" / ".join(counts), 7.5, SOFT)
        if place.facts:
            page.paragraph(f"{self._say('known')}: {' / '.join(place.facts)}", 7.5)
        if place.remark:
            page.paragraph(f"{self._say('remark')}: {place.remark}", 7.5)
        for row in place.rows:
            if row.verdict == "not_applicable":
                continue
            words = f"{_MARKS[row.verdict]} {row.verdict_label}　{row.clause}　{row.required}"
            if row.verdict == "fail":
                words += f"　{self._say('actual')}: {row.actual}"
                words += f"　{row.shortfall}" if row.shortfall else ""
            page.paragraph(words, 7.5, _VERDICTS[row.verdict], 3, 260)
        skipped = [row.clause for row in place.rows if row.verdict == "not_applicable"]
        if skipped:
            page.paragraph(f"－ {self._report.verdicts[-1]}: {self._join.join(skipped)}", 7, SOFT, 3, 400)

    def clauses(self) -> None:
        """Every item of every guideline: mark, places by verdict and reason, a blank for remarks, lines to sign on."""
        page = self._page
        for guideline in self._report.guidelines:
            page.heading(f"{self._say('by_clause')}: {guideline.title}", 1, new_page=True)
            if guideline.summary:
                page.paragraph(guideline.summary)
                page.paragraph(self._say("sheet_note"), 7.5, SOFT)
            for clause in guideline.clauses:
                self._clause(clause)
            self._signature()

    def _clause(self, clause: ClauseSection) -> None:
        page = self._page
        mark = f"[{clause.mark}] " if clause.mark else ""
        page.heading(f"{mark}{clause.label} {clause.title}", 3)
        if clause.text:
            page.paragraph(f"{clause.text} [{clause.strength}]", 7.5, longest=400)
        if clause.quote:
            page.paragraph(f"{self._say('original')}: {clause.quote}", 7.5, SOFT, longest=600)
        if clause.note:
            page.paragraph(f"{self._say('note')}: {clause.note}", 7.5, SOFT, longest=400)
        for group in clause.groups:
            self._group(group)
        page.remark_box(self._say("remark"))

    def _group(self, group: Group) -> None:
        page = self._page
        names = list(group.places[:_MOST_NAMES])
        rest = len(group.places) - len(names)
        listed = self._join.join(names) + (f" {self._say('more', n=rest)}" if rest > 0 else "")
        count = f" ({self._say('places_n', n=len(group.places))})" if len(group.places) > 1 else ""
        head = f"{_MARKS[group.verdict]} {group.verdict_label}{count}　{listed}"
        page.paragraph(head, 8, _VERDICTS[group.verdict], 2)
        if group.verdict not in ("fail", "unknown", "pass_by_alternative"):
            return
        if group.row.shortfall:
            page.paragraph(f"{self._say('shortfall')}: {group.row.shortfall}", 7.5, indent=6)
        for line in group.tree[:_MOST_TREE]:
            page.paragraph(f"{line.mark} {line.words}", 7.5, indent=6 + 3 * min(line.depth, 8), longest=240)
        self._more(len(group.tree) - _MOST_TREE if len(group.tree) > _MOST_TREE else 0)
        if group.row.missing:
            asked = " / ".join(group.row.missing[:_MOST_MISSING])
            page.paragraph(f"{self._say('missing')}: {asked}", 7.5, SOFT, 6, 400)
        if group.verdict == "fail" and group.row.flips:
            page.paragraph(f"{self._say('flips')}: {' / '.join(group.row.flips[:3])}", 7.5, SOFT, 6, 300)

    def unchecked(self) -> None:
        """Clauses that a person has to look at, with blanks."""
        rows = [[label, text, reason, ""] for label, text, reason in self._report.unchecked]
        if rows:
            self._page.heading(self._say("unchecked"), 1, new_page=True)
            heads = [self._say(key) for key in ("clause", "item", "why", "remark")]
            self._page.grid(heads, rows, (42, 80, 30, 28), 7.5)

    def sources(self) -> None:
        """The last page: guidelines with version and legal force, date, program, hash."""
        page = self._page
        page.heading(self._say("sources"), 1, new_page=True)
        for source in self._report.sources:
            page.heading(source.title, 2)
            rows = [
                [self._say("issuer"), source.issuer],
                [self._say("dates"), " / ".join(source.dates) or "－"],
                [self._say("legal_force"), source.legal_force],
                [self._say("requirements"), str(source.requirements)],
            ]
            page.grid((), rows, (40, 140))
        page.grid((), [list(pair) for pair in self._report.provenance], (60, 120))
