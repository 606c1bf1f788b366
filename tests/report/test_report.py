"""Reports: every format opens, says the same, can be searched, and is not broken by what users write."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pdfplumber
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.model.check import Check
from kb.report.charts import draw_charts
from kb.report.parts import Report
from kb.report.text import clean, guard
from kb.report.wrap import wrap
from kb.report.write import FORMATS, check_report_path, write_reports


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def rendered(report: Report, ending: str) -> bytes:
    """Render a report once for all tests."""
    held = report.drawn.setdefault("tests", [{}])[0]
    if ending not in held:
        held[ending] = FORMATS[ending](report)
    return held[ending]


class Tags(HTMLParser):
    """Lists tags, attributes that load something, and all text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [f"{key}={value}" for key, value in attrs if key in ("src", "href", "xlink:href", "data")]

    def handle_data(self, data: str) -> None:
        self.words += data


def parse(data: bytes) -> Tags:
    tags = Tags()
    tags.feed(data.decode("utf-8"))
    return tags


# --- content


def test_the_first_page_has_the_result_the_counts_the_worst_and_the_unknown(report: Report):
    data = rendered(report, ".pdf")
    with pdfplumber.open(io.BytesIO(data)) as document:
        first = squeeze(document.pages[0].extract_text())
    for words in (report.title, report.overall, "1階EVホール", "不足の大きいもの", "分かっていないこと", "確認者署名"):
        assert squeeze(words) in first


def test_the_worst_shortfall_comes_first(report: Report):
    assert [row.place for row in report.shortfalls][:2] == ["3階EVホール", "3階EVホール"]  # 12.5 of 20 before 45 of 50
    assert report.shortfalls[0].shortfall == "7.5ルクス"
    assert {row.place for row in report.shortfalls} == {"1階EVホール", "3階EVホール"}


def test_places_that_a_design_does_not_describe_are_not_thrown_together(report: Report):
    undescribed = [place for place in report.places if not place.facts]
    assert len({place.title for place in undescribed}) == len(undescribed) > 3


def test_every_finding_is_told_by_place_and_by_clause(report: Report, check: Check):
    assert sum(len(place.rows) for place in report.places) == len(check.findings)
    groups = [group for one in report.guidelines for clause in one.clauses for group in clause.groups]
    assert sum(len(group.places) for group in groups) == len(check.findings)


@pytest.mark.parametrize("ending", [".html", ".pdf"])
def test_every_clause_and_source_is_in_the_document(report: Report, check: Check, ending: str):
    data = rendered(report, ending)
    text = squeeze(pdf_text(data) if ending == ".pdf" else parse(data).words)
    for guideline in report.guidelines:
        for clause in guideline.clauses:
            assert squeeze(clause.label) in text
    for source in report.sources:
        assert squeeze(source.title) in text
    for words in (check.checked_on, check.program, check.corpus_hash):
        assert squeeze(words) in text


def test_reports_are_in_english_where_asked(english: Report):
    text = pdf_text(rendered(english, ".pdf"))
    assert "Report on conformity" in text
    assert "does not comply" in text
    assert "不適合" not in text
    assert "不適合" not in parse(rendered(english, ".html")).words


# --- formats


def test_the_pdf_has_one_embedded_font_and_selectable_japanese(report: Report):
    data = rendered(report, ".pdf")
    with pdfplumber.open(io.BytesIO(data)) as document:
        fonts = {char["fontname"] for page in document.pages[:4] for char in page.chars}
    assert len(fonts) == 1 and "IPAexGothic" in fonts.pop()
    assert b"/FontFile2" in data
    assert "照度（床面の平均）がおおむね50ルクス以上" in squeeze(pdf_text(data))


def test_the_html_loads_nothing_and_runs_nothing(report: Report):
    tags = parse(rendered(report, ".html"))
    assert "script" not in tags.tags
    assert [one for one in tags.loads if not one.partition("=")[2].startswith("#")] == []
    assert tags.tags.count("figure") == len(draw_charts(report, "svg"))


def test_the_workbook_filters_and_has_numbers_as_numbers(report: Report, check: Check):
    book = openpyxl.load_workbook(io.BytesIO(rendered(report, ".xlsx")))
    findings = book["判定"]
    assert findings.auto_filter.ref.endswith(str(len(check.findings) + 1))
    heads = [cell.value for cell in findings[1]]
    value = heads.index("不足", heads.index("不足") + 1)
    amounts = [row[value].value for row in findings.iter_rows(min_row=2) if row[value].value is not None]
    assert amounts and all(isinstance(one, int | float) for one in amounts)
    measured = [row[2].value for row in book["現地の値"].iter_rows(min_row=2) if row[3].value == "lx"]
    assert sorted(measured) == [12.5, 20, 25, 45]


def test_csv_and_json_hold_every_finding(report: Report, check: Check):
    rows = list(csv.DictReader(io.StringIO(rendered(report, ".csv").decode("utf-8-sig"))))
    assert [(row["document"], row["locator"]) for row in rows] == [
        (one.document, one.locator) for one in check.findings
    ]
    assert {row["shortfall_value"] for row in rows} == {"", "5", "7.5"}
    assert Check.model_validate(json.loads(rendered(report, ".json"))) == check


# --- what users write


def test_hostile_names_do_not_break_a_format(hostile: Report):
    for ending in FORMATS:
        assert rendered(hostile, ending), ending
    tags = parse(rendered(hostile, ".html"))
    assert "script" not in tags.tags and "b" not in tags.tags
    assert "<script>alert('x')</script>" in tags.words
    assert "{{ 7*7 }}" in tags.words and "49" not in tags.words.partition("{{ 7*7 }}")[2][:10]


def test_no_cell_of_a_hostile_workbook_is_a_formula_or_a_link(hostile: Report):
    book = openpyxl.load_workbook(io.BytesIO(rendered(hostile, ".xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert any(isinstance(cell.value, str) and cell.value.startswith("=cmd") for cell in cells)


def test_no_field_of_a_hostile_csv_starts_a_formula(hostile: Report):
    rows = list(csv.reader(io.StringIO(rendered(hostile, ".csv").decode("utf-8-sig"))))
    fields = [field for row in rows[1:] for field in row if field]
    assert [field for field in fields if field[0] in "=+-@\t\r"] == []
    assert any(field.startswith("'=cmd") for field in fields)


@given(st.text())
def test_cleaned_text_is_safe_everywhere(text: str):
    safe = clean(text)
    assert clean(safe) == safe
    assert safe.encode("utf-8").decode("utf-8") == safe
    assert not guard(safe).startswith(("=", "+", "-", "@"))


@given(st.text(alphabet="あア、。（）AB c1"), st.integers(1, 12))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int):
    lines = wrap(text, float(width), lambda char: 1.0)
    assert squeeze("".join(lines)) == squeeze(text)
    assert all(len(line) <= max(width, 1) for line in lines)


# --- files


def test_a_report_is_written_whole_or_not_at_all(report: Report, check: Check, tmp_path: Path):
    write_reports(check, [tmp_path / "a.csv", tmp_path / "b.json"])
    before = (tmp_path / "a.csv").read_bytes()
    with pytest.raises(UsageError):
        write_reports(check, [tmp_path / "a.csv", tmp_path / "c.docx"])
    with pytest.raises(UsageError, match="no such folder"):
        check_report_path(tmp_path / "none" / "a.pdf")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_reports(check, [tmp_path / "folder.csv"])
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "b.json", "folder.csv"]
    assert (tmp_path / "a.csv").read_bytes() == before
