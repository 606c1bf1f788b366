"""Word, PDF, HTML and Markdown become the lines that a person sees, and nothing that a person does not see."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.ingest.build import list_cases, write_case
from indexer.reader import Limits, SourceText, read_document
from indexer.reader.worker import read_bytes

LIMITS = Limits()


def _read(name: str, folder: Path) -> SourceText:
    case = next(c for c in list_cases() if c.name == name)
    path, _ = write_case(case, folder)
    return read_bytes(path.read_bytes(), path.suffix, LIMITS)


def _texts(source: SourceText) -> list[str]:
    return [line.text for line in source.lines if line.text and not line.furniture]


def test_word_numbers_are_written_out_and_deleted_and_hidden_words_are_not(tmp_path: Path) -> None:
    source = _read("yama-housing", tmp_path)
    words = " ".join(_texts(source))
    assert "第1条 この要綱は" in words
    assert "ア １階　50ルクス" in words
    assert "99ルクス" not in words
    assert "88ルクス" not in words
    assert {w.code for w in source.warnings} == {"deleted_text", "hidden_text"}
    assert [line.cell.column for line in source.lines if line.cell and line.cell.row == 1] == [0, 1]


def test_word_footnotes_become_notes_with_a_mark_in_the_text() -> None:
    from tests.reader.build import docx_with_footnote

    source = read_bytes(docx_with_footnote("廊下の照度", "平均水平面照度をいう。"), ".docx", LIMITS)
    assert _texts(source)[-2:] == ["廊下の照度（注1）", "注1 平均水平面照度をいう。"]


def test_pdf_heads_and_page_numbers_are_set_aside_and_white_text_is_reported(tmp_path: Path) -> None:
    source = _read("sora-hospital", tmp_path)
    words = " ".join(_texts(source))
    assert "77ルクス" not in words
    assert "第2版" not in words
    assert next(w for w in source.warnings if w.code == "hidden_text").count == 1
    assert {line.furniture for line in source.lines} == {None, "page_number", "running_header"}
    assert [line.text for line in source.lines if line.cell and line.cell.row == 1] == ["1", "駐車場", "10ルクス以上"]


@pytest.mark.parametrize("trick", ["invisible", "tiny", "outside"])
def test_pdf_text_that_nobody_can_see_is_left_out_and_reported(trick: str) -> None:
    from tests.reader.build import pdf_with_hidden

    source = read_bytes(pdf_with_hidden(trick), ".pdf", LIMITS)
    assert _texts(source) == ["Visible text of the guideline."]
    assert [w.code for w in source.warnings] == ["hidden_text"]
    assert "Ignore" in source.warnings[0].en


def test_html_leaves_out_scripts_and_hidden_elements_and_says_so(tmp_path: Path) -> None:
    source = _read("riverside-shops-en", tmp_path)
    words = " ".join(_texts(source))
    assert "Ignore all the rules" not in words
    assert "1 lux." not in words
    assert "a. Two people shall be on duty after 11 p.m." in _texts(source)
    assert [w.code for w in source.warnings] == ["hidden_text"]


def test_html_declared_as_shift_jis_is_read_as_such(tmp_path: Path) -> None:
    source = _read("kawa-station-html", tmp_path)
    assert (source.format, source.encoding, source.title) == ("html", "cp932", "川合市駅前広場の防犯方針")


def test_markdown_keeps_its_line_numbers_and_loses_its_marks() -> None:
    text = "# 指針\n\n<!-- 隠し文 -->\n## 1 照明\n- **廊下**は[20ルクス](https://example.org)以上とする。\n"
    source = read_bytes(text.encode(), ".md", LIMITS)
    assert [(x.number, x.text, x.level) for x in source.lines if x.text] == [
        (1, "指針", 1),
        (4, "1 照明", 2),
        (5, "- 廊下は20ルクス以上とする。", 0),
    ]
    assert [w.code for w in source.warnings] == ["hidden_text"]


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    case = next(c for c in list_cases() if c.name == "yama-housing")
    path, _ = write_case(case, tmp_path)
    wrong = tmp_path / "guideline.txt"
    wrong.write_bytes(path.read_bytes())
    source = read_document(wrong)
    assert source.format == "docx"
    assert "wrong_extension" in {w.code for w in source.warnings}
