"""What is drawn from the findings: what to collect, the strictest figure of each place, the sheet, the comparison."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.model.check import Check

OLD = """
guidelines: [kanagawa-karte, kochi-housing]
building: apartment
presence: {rooftop: absent}
places:
  - {place: mail_corner, id: M, illuminance: {average_horizontal: 30 lx}, camera_installed: false}
  - {place: elevator_hall, name: 1階, floor: entrance, illuminance: {average_horizontal: 60 lx}}
  - {place: mailbox, lockable: true}
  - {place: elevator_car, camera_installed: true, camera_height: 2.2 m, camera_direction_fixed: true, button_height: 1.6 m}
"""
NEW = """
guidelines: [kanagawa-karte, kochi-housing]
building: apartment
presence: {rooftop: absent}
places:
  - {place: elevator_hall, name: 1階, floor: entrance, illuminance: {average_horizontal: 45 lx}}
  - {place: mail_corner, id: M, illuminance: {average_horizontal: 50 lx}, camera_installed: false}
  - {place: mailbox, lockable: true, normally_locked: true}
  - {place: elevator_car, camera_installed: true, camera_height: 2.6 m, button_height: 1.6 m}
"""


@pytest.fixture(scope="module")
def check(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Check:
    folder: Path = tmp_path_factory.mktemp("versions")
    (folder / "old.yaml").write_text(OLD, encoding="utf-8")
    (folder / "new.yaml").write_text(NEW, encoding="utf-8")
    return kb.check(folder / "new.yaml", compare=folder / "old.yaml")


@pytest.fixture(scope="module")
def before(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Check:
    file: Path = tmp_path_factory.mktemp("before") / "old.yaml"
    file.write_text(OLD, encoding="utf-8")
    return kb.check(file)


def test_facts_to_collect_are_ordered_by_how_many_verdicts_they_settle(check: Check) -> None:
    counts = [item.settles for item in check.collect]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1]
    assert all(item.settles == len(item.findings) and item.decides <= item.settles for item in check.collect)
    keys = [(item.place, item.instance, item.fact, item.measure) for item in check.collect]
    assert len(keys) == len(set(keys))


def test_every_open_verdict_has_something_to_collect(check: Check) -> None:
    waiting = {(ref.document, ref.id, ref.locator, ref.instance) for item in check.collect for ref in item.findings}
    for finding in check.findings:
        if finding.verdict == "unknown":
            assert (finding.document, finding.id, finding.locator, finding.instance) in waiting


def test_the_mail_corner_has_to_meet_the_stricter_guideline(before: Check) -> None:
    (row,) = [one for one in before.strictest if one.instance == "M" and one.fact == "illuminance"]
    assert {(limit.document, limit.value) for limit in row.limits} == {("kanagawa-karte", 20), ("kochi-housing", 50)}
    assert (row.strictest.document, row.strictest.value, row.strictest.operator) == ("kochi-housing", 50, ">=")
    assert (row.actual, row.met) == (30, False)


def test_the_strictest_upper_limit_is_the_lowest(before: Check) -> None:
    (row,) = [one for one in before.strictest if one.fact == "button_height"]
    assert (row.strictest.operator, row.strictest.value, row.met) == ("<=", 1.5, False)


def test_a_limit_that_may_be_met_otherwise_is_marked(before: Check) -> None:
    rows = {one.place: one for one in before.strictest if one.fact == "camera_height"}
    assert [(limit.optional, limit.open) for limit in rows["elevator_car"].limits] == [(True, False)]
    assert [(limit.optional, limit.open) for limit in rows["elevator_hall"].limits] == [(True, True)]
    assert "mail_corner" not in rows  # it is known to have no camera


def test_the_sheet_marks_every_item_in_both_columns_with_remarks(before: Check) -> None:
    sheet = next(one for one in before.sheets if one.document == "kanagawa-karte")
    assert sheet.columns == ("B", "A")
    items = {item.locator: item for item in sheet.items}
    assert items["1/②/a/・1"].mark == "適"
    assert items["1/②/a/・2"].mark == "要確認" and "集合" not in items["1/②/a/・2"].title
    assert items["1/④/b/・1"].mark == "否" and "0.1m" in items["1/④/b/・1"].remarks[0]
    assert items["1/⑩/a/・1"].mark == "対象外"
    assert sum(sheet.counts.values()) == len(sheet.items)
    assert not sheet.all_met and "本プログラム" in sheet.summary


def test_a_camera_that_hangs_low_but_cannot_be_turned_is_remarked_on(before: Check) -> None:
    sheet = next(one for one in before.sheets if one.document == "kanagawa-karte")
    item = next(item for item in sheet.items if item.locator == "4/注2/・1" and item.counts["pass_by_alternative"])
    assert any("補完措置" in remark for remark in item.remarks)


def test_two_versions_are_compared_place_by_place(check: Check) -> None:
    assert check.comparison is not None
    moved = {(one.document, one.locator, one.name): one.movement for one in check.comparison.changes}
    assert moved["kanagawa-karte", "1/③/a/・1", "1階"] == "worse"
    assert moved["kochi-housing", "第2/1/(1)/ウ/(イ)", "共用メールコーナー"] == "better"
    assert moved["kanagawa-karte", "1/②/a/・2", "郵便受箱"] == "better"
    assert moved["kanagawa-karte", "4/注2/・1", "エレベーターのかご内"] == "changed"
    assert ("kanagawa-karte", "1/②/a/・1", "共用メールコーナー") not in moved
    assert sum(check.comparison.counts.values()) == len(check.findings)


def test_a_design_is_no_better_and_no_worse_than_itself(kb: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "same.yaml"
    file.write_text(OLD, encoding="utf-8")
    comparison = kb.check(file, compare=file).comparison
    assert comparison is not None and comparison.changes == ()


def test_clauses_that_no_requirement_covers_are_listed(kb: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text("building: apartment\n", encoding="utf-8")
    check = kb.check(file, ["ssaj-design"])
    assert len(check.unchecked) > 15
    assert all(one.reason_label and one.text for one in check.unchecked)
    assert kb.check(file, ["ssaj-design"], "en").unchecked[0].text.isascii()


def test_without_a_guideline_those_for_the_building_are_taken(kb: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "store.yaml"
    file.write_text("building: large_store\n", encoding="utf-8")
    assert [one.document for one in kb.check(file).guidelines] == ["fukuoka-retail"]
    file.write_text("places: []\n", encoding="utf-8")
    check = kb.check(file)
    assert [note.kind for note in check.notes] == ["no_building"] and check.complies is None


def test_what_nothing_reads_is_said(kb: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "notes.yaml"
    file.write_text(
        "building: apartment\nplaces:\n"
        "  - {place: porch, illuminance: 5 lx}\n"
        "  - {place: elevator_hall, mirror_long_side: 800 mm, illuminance: 45 lx}\n",
        encoding="utf-8",
    )
    kinds = {note.kind for note in kb.check(file, ["kanagawa-karte"]).notes}
    assert kinds == {"unread_place", "unread_fact", "no_measure"}


def test_english_has_no_japanese_but_names(kb: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "en.yaml"
    file.write_text(OLD.replace("1階", "hall 1"), encoding="utf-8")
    check = kb.check(file, language="en")
    texts = [one.text for one in check.findings] + [item.question for item in check.collect]
    texts += [remark for sheet in check.sheets for item in sheet.items for remark in item.remarks]
    japanese = [text for text in texts if any("ぁ" <= letter <= "ヺ" for letter in text)]
    assert japanese == []
