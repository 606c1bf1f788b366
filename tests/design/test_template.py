"""A template is written, filled in with a spreadsheet program, read back and checked."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import KnowledgeBase
from kb.design.layout import lay_out
from kb.design.read import read_design
from kb.design.template import template_bytes, write_template
from kb.errors import UsageError
from kb.model.check import Check
from kb.quantity import Quantity


@pytest.fixture(scope="module")
def template(kb: KnowledgeBase) -> bytes:
    return template_bytes(kb.corpus, ".xlsx", ("kanagawa-karte",), "apartment", "ja")


def write(sheet: Any, row: int, **values: object) -> None:
    keys = {cell.value: cell.column for cell in sheet[2]}
    for key, value in values.items():
        sheet.cell(row, keys[key.replace("__", "@")], value)


@pytest.fixture(scope="module")
def filled(template: bytes, kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(template))
    book["設計"]["C3"] = "見本マンション"
    hall = book["エレベーターホール"]
    write(
        hall,
        4,
        name="1階",
        floor="共用玄関のある階",
        illuminance__average_horizontal=45,
        origin="実測",
        date="2026-03-30",
    )
    write(hall, 5, name="2階", floor="その他の階", illuminance__average_horizontal=25)
    car = book["エレベーターのかご内"]
    write(car, 4, name="かご", emergency_device="はい", button_height="120 cm", button_count=1)
    write(book["駐車場"], 4, name="平置き", location="屋外", visible_from="道路、住戸の窓", camera_installed="不明")
    write(
        book["住戸のバルコニー" if "住戸のバルコニー" in book.sheetnames else "バルコニー"],
        4,
        foothold_distances="1.9、2.4 m",
    )
    presence = book["有無"]
    for row in presence.iter_rows(min_row=3):
        if row[0].value in ("rooftop", "private_garden"):
            row[2].value = "無"
    points = book["照度の測定点"]
    for row, (x, lx) in enumerate(((0, 2), (1, 4)), start=4):
        for column, value in enumerate(("平置き", x, 0, lx), start=1):
            points.cell(row, column, value)
    file = tmp_path_factory.mktemp("filled") / "filled.xlsx"
    book.save(file)
    return file


@pytest.fixture(scope="module")
def check(filled: Path, kb: KnowledgeBase) -> Check:
    return kb.check(filled)


def verdict(check: Check, locator: str, name: str) -> str:
    return next(one.verdict for one in check.findings if (one.locator, one.name) == (locator, name))


def test_what_was_filled_in_comes_back_as_facts(filled: Path, kb: KnowledgeBase) -> None:
    design = read_design(filled, kb.corpus)
    assert (design.name, design.guidelines) == ("見本マンション", ("kanagawa-karte",))
    places = {place.name or place.place: place for place in design.view.places}
    (hall,) = places["1階"].facts["illuminance"]
    assert (hall.value, hall.measure, hall.origin, hall.date) == (
        Quantity(45, "lx"), "average_horizontal", "measured", "2026-03-30",
    )  # fmt: skip
    assert places["かご"].facts["button_height"][0].value == Quantity(120, "cm")
    assert places["平置き"].facts["visible_from"][0].value == frozenset({"road", "dwelling_window"})
    assert "camera_installed" not in places["平置き"].facts
    assert places["balcony"].facts["foothold_distances"][0].value == (
        Quantity(read("1.9"), "m"), Quantity(read("2.4"), "m"),
    )  # fmt: skip
    assert design.view.presence["rooftop"] == "absent" and design.view.presence["parking"] == "unknown"


def read(number: str) -> Any:
    from fractions import Fraction

    return Fraction(number)


def test_it_is_judged_like_any_design(check: Check) -> None:
    assert verdict(check, "1/③/a/・1", "1階") == "fail"
    assert verdict(check, "1/③/b/・1", "2階") == "pass"
    assert verdict(check, "1/④/b/・1", "かご") == "pass"
    assert verdict(check, "1/⑩/a/・1", "屋上") == "not_applicable"


def test_the_mean_of_the_points_is_judged_and_shown(check: Check) -> None:
    (points,) = check.points
    assert (points.name, points.count, points.mean, points.minimum) == ("平置き", 2, 3.0, 2.0)
    assert points.uniformity == pytest.approx(2 / 3, abs=0.001)
    assert verdict(check, "1/⑥/d/・1", "平置き") == "pass"


def test_the_sheets_have_drop_downs_units_and_clauses(template: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template))
    hall = book["エレベーターホール"]
    headings = {str(cell.value): cell for cell in hall[3]}
    illuminance = next(cell for heading, cell in headings.items() if heading.endswith("[lx]"))
    assert "1③a" in str(illuminance.comment.text)
    floor = next(cell for heading, cell in headings.items() if heading == "階")
    listed = [rule for rule in hall.data_validations.dataValidation if f"{floor.column_letter}4" in rule.sqref]
    assert len(listed) == 1 and listed[0].type == "list"
    assert book["_choices"].sheet_state == "hidden"


def test_an_untouched_template_says_nothing_about_the_building(kb: KnowledgeBase, tmp_path: Path) -> None:
    for suffix in (".xlsx", ".yaml"):
        file = tmp_path / f"blank{suffix}"
        file.write_bytes(template_bytes(kb.corpus, suffix, ("ssaj-design", "fukuoka-retail"), None, "en"))
        design = read_design(file, kb.corpus)
        assert not design.view.building.facts and not design.view.operator.facts
        assert all(not place.facts for place in design.view.places)
        verdicts = {one.verdict for one in kb.check(file).findings}
        assert verdicts == {"unknown"}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_fact_that_a_requirement_looks_at_has_a_column(kb: KnowledgeBase, language: Any) -> None:
    from kb.rules.samples import collect_tests

    layout = lay_out(kb.corpus, [document.id for document in kb.corpus.documents], None, language)
    columns = {column.fact for table in layout.tables for column in table.columns}
    for rule in kb.corpus.requirements:
        assert set(collect_tests(rule)) <= columns, rule.id


@settings(max_examples=25)
@given(data=st.data())
def test_any_value_written_in_yaml_is_read_as_it_was_meant(kb: KnowledgeBase, data: Any) -> None:
    import tempfile

    import yaml

    layout = lay_out(kb.corpus, ["kanagawa-karte"], "apartment")
    tables = [table for table in layout.tables if table.place not in ("building", "operator")]
    table = data.draw(st.sampled_from(tables))
    column = data.draw(st.sampled_from(table.columns))
    said: object
    if column.type == "boolean":
        said, meant = data.draw(
            st.sampled_from([("はい", True), ("いいえ", False), ("yes", True), ("no", False), (True, True)])
        )
    elif column.type in ("choice", "list"):
        label = data.draw(st.sampled_from(column.options))
        said, meant = label, label
    elif column.type == "quantity":
        number = data.draw(st.integers(0, 99))
        said, meant = f"{number} {column.unit}", number
    else:
        numbers = data.draw(st.lists(st.integers(0, 99), max_size=3))
        said, meant = [f"{number} {column.unit}" for number in numbers], numbers
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "one.yaml"
        file.write_text(
            yaml.safe_dump({"places": [{"place": table.place, column.fact: said}]}, allow_unicode=True), "utf-8"
        )
        (place,) = read_design(file, kb.corpus).view.places
    value = place.facts[column.fact][0].value
    if column.type == "quantity":
        assert isinstance(value, Quantity) and value.value == meant
    elif column.type == "quantity_list":
        assert isinstance(value, tuple) and [int(one.value) for one in value] == meant
    elif column.type == "boolean":
        assert value is meant
    else:
        assert value


def test_a_file_is_not_written_over_and_other_types_are_refused(kb: KnowledgeBase, tmp_path: Path) -> None:
    out = tmp_path / "t.yaml"
    write_template(kb.corpus, out, ("ssaj-design",))
    with pytest.raises(UsageError, match="exists"):
        write_template(kb.corpus, out, ("ssaj-design",))
    write_template(kb.corpus, out, ("ssaj-design",), force=True)
    with pytest.raises(UsageError, match=r"\.xlsx"):
        write_template(kb.corpus, tmp_path / "t.pdf", ("ssaj-design",))
    assert [one.name for one in tmp_path.iterdir()] == ["t.yaml"]
