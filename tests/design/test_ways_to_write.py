"""The same design, written in the ways that people write it, is read as the same facts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.design.problems import DesignFileError
from kb.design.read import read_design
from kb.model.facts import FactValue
from kb.quantity import Quantity

FORTY_FIVE = FactValue(Quantity(45, "lx"), "average_horizontal", "given")

WAYS = {
    "value and measure": "illuminance: {value: 45 lx, measure: average_horizontal}",
    "value, unit and measure": "illuminance: {value: 45, unit: lx, measure: average_horizontal}",
    "unit in words": "illuminance: {value: 45, unit: ルクス, measure: 平均水平面照度}",
    "measure in brackets": "illuminance: 45 lx (average_horizontal)",
    "measure in Japanese brackets": "照度: 45ルクス（床面の平均）",
    "a measure as a key": "illuminance: {average_horizontal: 45 lx}",
    "a Japanese measure as a key": "照度: {平均: 45}",
    "a list of values": "illuminance: [{value: 45 lx, measure: average}]",
    "Japanese keys": "照度: {値: 45, 単位: lx, 測り方: 平均}",
    "English label": "average illuminance: x",
    "facts below": "facts: {illuminance: {value: 45 lx, measure: average_horizontal}}",
    "facts as a list": "facts: [{fact: illuminance, value: 45, unit: lx, measure: average_horizontal}]",
    "full-width figures": "照度: ４５ルクス（平均）",
    "kanji figures": "照度: {value: 四十五ルクス, measure: average_horizontal}",
}


def read(text: str, kb: KnowledgeBase, folder: Path, name: str = "d.yaml") -> object:
    (folder / name).write_text(text, encoding="utf-8")
    return read_design(folder / name, kb.corpus)


@pytest.mark.parametrize("way", [way for way in WAYS if way != "English label"])
def test_an_illuminance(way: str, kb: KnowledgeBase, tmp_path: Path) -> None:
    design = read(f"places:\n  - place: elevator_hall\n    {WAYS[way]}\n", kb, tmp_path)
    (place,) = design.view.places  # type: ignore[attr-defined]
    assert place.facts["illuminance"] == (FORTY_FIVE,)


def test_measured_as_holds_for_every_value_that_does_not_say(kb: KnowledgeBase, tmp_path: Path) -> None:
    text = (
        "measured_as: {照度: 平均}\n"
        "places:\n"
        "  elevator_hall:\n"
        "    - illuminance: 45 lx\n"
        "    - illuminance: {value: 45 lx, measure: vertical}\n"
    )
    first, second = read(text, kb, tmp_path).view.places  # type: ignore[attr-defined]
    assert first.facts["illuminance"] == (FORTY_FIVE,)
    assert second.facts["illuminance"][0].measure == "vertical"
    assert first.id != second.id and first.name != second.name


@pytest.mark.parametrize(
    "text",
    [
        "presence: {rooftop: absent}",
        "有無: {屋上: 無}",
        "presence: {absent: [rooftop]}",
        "places: [{place: rooftop, presence: absent}]",
        "places: [{kind: 屋上, presence: なし}]",
        "presence: {rooftop: false}",
    ],
)
def test_a_place_that_there_is_not(text: str, kb: KnowledgeBase, tmp_path: Path) -> None:
    design = read(text + "\n", kb, tmp_path)
    assert design.view.presence["rooftop"] == "absent"  # type: ignore[attr-defined]
    assert design.view.places == ()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "building: apartment",
        "building: {type: apartment}",
        "building: {building: 共同住宅}",
        "建物: マンション",
        "building_type: apartment",
        "building: {facts: {type: apartment}}",
    ],
)
def test_the_type_of_building(text: str, kb: KnowledgeBase, tmp_path: Path) -> None:
    design = read(text + "\n", kb, tmp_path)
    assert [known.value for known in design.view.building.facts["building"]] == ["apartment"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("said", ["true", "yes", "はい", "あり", "有", "○", "防犯カメラがある", "installed"])
def test_yes(said: str, kb: KnowledgeBase, tmp_path: Path) -> None:
    words = kb.corpus.vocabulary.facts["camera_installed"].yes.all
    if said == "installed" and said not in words:
        said = words[0]
    if said == "防犯カメラがある":
        said = words[-1]
    design = read(f"places: [{{place: parking, camera_installed: {json.dumps(said)}}}]\n", kb, tmp_path)
    assert design.view.places[0].facts["camera_installed"][0].value is True  # type: ignore[attr-defined]


@pytest.mark.parametrize("said", ["unknown", "不明", "null", "", "'?'", "{value: unknown}"])
def test_what_is_not_known_is_no_fact(said: str, kb: KnowledgeBase, tmp_path: Path) -> None:
    design = read(f"places:\n  - place: parking\n    camera_installed: {said}\n", kb, tmp_path)
    assert design.view.places[0].facts == {}  # type: ignore[attr-defined]


def test_json_is_read_like_yaml_with_its_lines(kb: KnowledgeBase, tmp_path: Path) -> None:
    data = {"name": "𠮷田ビル", "places": [{"place": "elevator_hall", "illuminance": {"average_horizontal": "45 lx"}}]}
    for ascii_only in (True, False):
        design = read(json.dumps(data, ensure_ascii=ascii_only), kb, tmp_path, "d.json")
        assert design.name == "𠮷田ビル"  # type: ignore[attr-defined]
        assert design.view.places[0].facts["illuminance"] == (FORTY_FIVE,)  # type: ignore[attr-defined]
    data["places"][0]["illuminance"] = "45 m"  # type: ignore[index]
    with pytest.raises(DesignFileError) as caught:
        read(json.dumps(data, ensure_ascii=False, indent=1), kb, tmp_path, "d.json")
    assert caught.value.problems[0].line == 6


def test_points_beside_the_design_and_on_the_command_line(kb: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("場所,x,y,照度\n1階,0,0,40\n1階,1,0,50\n", encoding="utf-8-sig")
    hall = "places: [{place: elevator_hall, name: 1階}]\n"
    beside = read(f"points: p.csv\n{hall}", kb, tmp_path)
    (tmp_path / "plain.yaml").write_text(hall, encoding="utf-8")
    given = read_design(tmp_path / "plain.yaml", kb.corpus, [tmp_path / "p.csv"])
    for design in (beside, given):
        (value,) = design.view.places[0].facts["illuminance"]  # type: ignore[attr-defined]
        assert (value.value, value.measure, value.origin) == (Quantity(45, "lx"), "average_horizontal", "measured")
    alone = tmp_path / "alone.csv"
    alone.write_text("place,x,y,lx\nelevator_hall:1階,0,0,40\n駐車場,0,0,4\n", encoding="utf-8")
    places = read_design(alone, kb.corpus, building="apartment").view.places
    assert [(place.place, place.name) for place in places] == [("elevator_hall", "1階"), ("parking", "")]


def test_a_mean_that_differs_from_what_is_given_is_not_judged(kb: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("place,x,y,lx\n1階,0,0,40\n", encoding="utf-8")
    (tmp_path / "d.yaml").write_text(
        "guidelines: [kanagawa-karte]\nbuilding: apartment\npoints: p.csv\n"
        "places: [{place: elevator_hall, name: 1階, floor: entrance, illuminance: {average_horizontal: 60 lx}}]\n",
        encoding="utf-8",
    )
    check = kb.check(tmp_path / "d.yaml")
    assert next(one for one in check.findings if one.locator == "1/③/a/・1").verdict == "unknown"
    assert [note.where for note in check.notes if note.kind == "points"] == ["1階"]
