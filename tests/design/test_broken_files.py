"""A design file that cannot be read whole is not judged: a clear message names each problem, and `kb check` exits with 3."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import yaml
from commands import Call, run_many

from kb import KnowledgeBase
from kb.design.problems import DesignFileError
from kb.design.read import read_design
from kb.design.template import template_bytes

CASES = yaml.safe_load((Path(__file__).parent / "broken.yaml").read_text(encoding="utf-8"))


def messages(file: Path, kb: KnowledgeBase) -> str:
    with pytest.raises(DesignFileError) as caught:
        read_design(file, kb.corpus)
    for problem in caught.value.problems:
        assert problem.get("en") and problem.file
    return str(caught.value)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_broken_file_is_refused_with_what_is_wrong(
    case: dict[str, object], kb: KnowledgeBase, tmp_path: Path
) -> None:
    file = tmp_path / str(case["name"])
    file.write_text(str(case["text"]), encoding="utf-8")
    message = messages(file, kb)
    for word in case["says"]:  # type: ignore[attr-defined]
        assert str(word) in message, message


def test_there_are_at_least_fifty_broken_files() -> None:
    assert len(CASES) >= 50


def test_a_file_with_thousands_of_problems_is_given_up_on_in_time(kb: KnowledgeBase, tmp_path: Path) -> None:
    import time

    start = time.process_time()
    (tmp_path / "many.yaml").write_text("places:\n" + "  - {place: parkin, ilumination: 3 m}\n" * 10_000, "utf-8")
    assert "300 件" in messages(tmp_path / "many.yaml", kb)
    points = "".join(f"nowhere{number},0,0,3\n" for number in range(20_000))
    (tmp_path / "many.csv").write_text(f"place,x,y,lx\n{points}", encoding="utf-8")
    assert "300 件" in messages(tmp_path / "many.csv", kb)
    assert time.process_time() - start < 15


def test_every_problem_is_listed_at_once(kb: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    text = "building: castle\nplaces:\n  - place: parking\n    illuminance: 3 m\n    floor: third\n  - place: nowhere\n"
    file.write_text(text, encoding="utf-8")
    message = messages(file, kb)
    assert all(word in message for word in ("castle", "3 m", "third", "nowhere", "4 件"))


@pytest.mark.parametrize(
    ("encoding", "says"), [("cp932", "CP932"), ("utf-16", "UTF-16"), ("euc-jp", "UTF-8"), ("iso2022_jp", "制御文字")]
)
def test_another_encoding_is_named(encoding: str, says: str, kb: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "design.yaml"
    file.write_bytes("design: 見本マンション\nbuilding: apartment\n".encode(encoding))
    assert says in messages(file, kb)


@pytest.mark.parametrize("name", ["design.yaml", "design.json", "design.xlsx", "design.csv", "design"])
def test_a_folder_and_a_missing_file_are_named(name: str, kb: KnowledgeBase, tmp_path: Path) -> None:
    assert "ありません" in messages(tmp_path / name, kb)
    (tmp_path / name).mkdir()
    assert "フォルダー" in messages(tmp_path / name, kb)


def test_a_huge_file_and_deep_nesting_are_refused(kb: KnowledgeBase, tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"# " + b"x" * 3_000_000)
    assert "大きすぎ" in messages(huge, kb)
    for name in ("deep.yaml", "deep.json"):
        (tmp_path / name).write_text("[" * 100_000, encoding="utf-8")
        assert "深すぎ" in messages(tmp_path / name, kb)


@pytest.fixture(scope="module")
def template(kb: KnowledgeBase) -> bytes:
    return template_bytes(kb.corpus, ".xlsx", ("kanagawa-karte",), "apartment", "ja")


def change(template: bytes, file: Path, edit: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(template))
    edit(book)
    book.save(file)
    return file


def column_of(sheet: object, key: str) -> int:
    return next(cell.column for cell in sheet[2] if cell.value == key)  # type: ignore[index]


def test_a_cell_is_named_by_sheet_row_and_column(template: bytes, kb: KnowledgeBase, tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["エレベーターホール"]
        sheet.cell(4, column_of(sheet, "illuminance@average_horizontal"), "まぶしい")
        sheet.cell(5, column_of(sheet, "floor"), "=A1")
        sheet.cell(6, column_of(sheet, "camera_installed"), "#REF!").data_type = "e"

    message = messages(change(template, tmp_path / "cells.xlsx", edit), kb)
    assert "シート「エレベーターホール」 4行目" in message and "まぶしい" in message
    assert "5行目" in message and "数式" in message
    assert "6行目" in message and "#REF!" in message


def test_a_sheet_that_is_not_of_the_template_is_not_passed_over(
    template: bytes, kb: KnowledgeBase, tmp_path: Path
) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.create_sheet("おぼえ書き")["A1"] = "駐車場は3 lx"

    assert "おぼえ書き" in messages(change(template, tmp_path / "more.xlsx", edit), kb)

    def mark_as_note(book: openpyxl.Workbook) -> None:
        book.create_sheet("おぼえ書き")["A1"] = "# 駐車場は3 lx"

    assert read_design(change(template, tmp_path / "note.xlsx", mark_as_note), kb.corpus).view.places == ()


def test_a_value_without_its_heading_is_not_passed_over(template: bytes, kb: KnowledgeBase, tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["屋上"].cell(4, 60, "はい")

    assert "見出し" in messages(change(template, tmp_path / "wide.xlsx", edit), kb)


def bomb(file: Path, name: str, size: int) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(name, "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(b"0" * 1_000_000)
    return file


def test_hostile_and_damaged_workbooks_are_refused(template: bytes, kb: KnowledgeBase, tmp_path: Path) -> None:
    assert "大きすぎ" in messages(bomb(tmp_path / "bomb.xlsx", "xl/sharedStrings.xml", 400_000_000), kb)
    files = {
        "words.xlsx": (b"just words", "XLSX"),
        "empty.xlsx": (b"", "空"),
        "old.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "パスワード"),
        "cut.xlsx": (template[: len(template) // 2], "XLSX"),
    }
    for name, (data, says) in files.items():
        (tmp_path / name).write_bytes(data)
        assert says in messages(tmp_path / name, kb), name


def test_a_workbook_with_external_entities_is_refused(template: bytes, kb: KnowledgeBase, tmp_path: Path) -> None:
    lines = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    source, target = zipfile.ZipFile(io.BytesIO(template)), tmp_path / "entities.xlsx"
    with zipfile.ZipFile(target, "w") as archive:
        for part in source.namelist():
            data = source.read(part)
            if part == "xl/workbook.xml":
                data = data.replace(b"?>", b"?>" + lines.encode(), 1)
            archive.writestr(part, data)
    assert "DOCTYPE" in messages(target, kb)


def test_the_command_lists_the_problems_and_exits_with_3(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("building: castle\nplaces:\n  - place: parking\n    illuminance: 3 m\n", encoding="utf-8")
    good = tmp_path / "good.yaml"
    good.write_text("building: apartment\n", encoding="utf-8")
    plain, as_json, english, fine, wrong = run_many(
        [
            Call(("check", str(bad))),
            Call(("check", str(bad), "--json")),
            Call(("check", str(bad), "--lang", "en")),
            Call(("check", str(good), "--json")),
            Call(("check", str(good), "--guideline", "tokyo")),
        ]
    )
    assert (plain.code, plain.out) == (3, "")
    assert "bad.yaml:1" in plain.err and "bad.yaml:4" in plain.err and "Traceback" not in plain.err
    assert as_json.code == 3 and [one["line"] for one in as_json.data["problems"]] == [1, 4]
    assert "unknown" not in english.err.splitlines()[0] and "castle" in english.err
    assert fine.code == 0 and fine.data["complies"] is None
    assert wrong.code == 2
