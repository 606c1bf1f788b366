"""A design goes into the form and comes back as it was, and into a YAML file and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals.run_designs import list_designs
from kb import KnowledgeBase
from kb.design.build import Builder, Design
from kb.design.form import Form, build_form, fill_form, read_form
from kb.design.layout import Layout, lay_out
from kb.design.names import Names
from kb.design.problems import Problems
from kb.design.read import read_design
from kb.design.write_design import write_design
from kb.model.facts import FactValue, PlaceInstance
from kb.quantity import Quantity
from kb.rules.speaker import Speaker
from kb.store.designs import DesignStore

FILES = list_designs()


def facts(design: Design) -> list[tuple[str, str, str, object, frozenset[str]]]:
    every = (design.view.building, design.view.operator, *design.view.places)
    return [
        (
            place.place, place.id, place.name,
            {fact: [(one.value, one.measure, one.origin, one.date) for one in values] for fact, values in place.facts.items()},
            place.claims,
        )
        for place in every
    ]  # fmt: skip


def facts_by_place(design: Design) -> dict[tuple[str, str], object]:
    return {(one[0], one[1]): one[2:] for one in facts(design)}


def build(form: Form, layout: Layout, kb: KnowledgeBase) -> Design:
    return build_form(form, kb.corpus, layout)


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_design_is_written_and_read_back(file: Path, kb: KnowledgeBase, tmp_path: Path) -> None:
    design = read_design(file, kb.corpus)
    (tmp_path / "again.yaml").write_text(write_design(design), encoding="utf-8")
    again = read_design(tmp_path / "again.yaml", kb.corpus)
    assert facts(again) == facts(design)
    assert (again.name, again.guidelines, again.view.presence) == (design.name, design.guidelines, design.view.presence)


@pytest.mark.parametrize("file", FILES[::3], ids=[file.stem for file in FILES[::3]])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_design_goes_through_the_form_unchanged(file: Path, language: str, kb: KnowledgeBase) -> None:
    design = read_design(file, kb.corpus)
    speaker = Speaker(kb.corpus.vocabulary, "en" if language == "en" else "ja")
    layout = lay_out(kb.corpus, design.guidelines, None, speaker.language)
    form = fill_form(design, layout, speaker)
    raw = read_form(form, layout, speaker)
    problems = Problems()
    again = Builder(kb.corpus, Names(kb.corpus.vocabulary), problems).build(raw)
    assert problems.found == []
    assert facts_by_place(again) == facts_by_place(design)


def test_a_changed_cell_loses_origin_and_date_and_the_others_keep_theirs(kb: KnowledgeBase) -> None:
    measured = FactValue(Quantity(45, "lx"), "average_horizontal", "measured", "2026-03-30")
    also = FactValue(Quantity(12, "lx"), "vertical", "measured", "2026-03-30")
    floor = FactValue("entrance", None, "measured", "2026-03-30")
    hall = PlaceInstance("H", "elevator_hall", "1階", {"illuminance": (measured, also), "floor": (floor,)})
    design = Design(file="d.yaml", name="d", view=read_design(FILES[0], kb.corpus).view)
    design = replace(design, view=replace(design.view, places=(hall,)), guidelines=("kanagawa-karte",))
    speaker = Speaker(kb.corpus.vocabulary, "ja")
    layout = lay_out(kb.corpus, design.guidelines)
    form = fill_form(design, layout, speaker)
    assert form.rows["elevator_hall"][0]["illuminance@average_horizontal"] == 45
    form.rows["elevator_hall"][0]["illuminance@average_horizontal"] = 52.5
    (again,) = build(form, layout, kb).view.places
    assert [(one.value, one.measure, one.origin) for one in again.facts["illuminance"]] == [
        (Quantity(measured.value.value + Quantity(15, "lx").value / 2, "lx"), "average_horizontal", "given"),  # type: ignore[union-attr]
        (Quantity(12, "lx"), "vertical", "measured"),
    ]
    assert again.facts["floor"][0].date == "2026-03-30"


def test_rows_are_added_and_emptied(kb: KnowledgeBase) -> None:
    layout = lay_out(kb.corpus, ["kanagawa-karte"])
    form = Form(name="新しい", building="apartment", guidelines=("kanagawa-karte",))
    form.rows["parking"] = [
        {
            "id": None,
            "name": "平置き",
            "location": "屋外",
            "visible_from": ["道路"],
            "illuminance@average_horizontal": 3.0,
        },
        {"id": None, "name": None, "camera_installed": None, "illuminance@average_horizontal": float("nan")},
    ]
    form.rows["balcony"] = [{"name": "B", "foothold_distances": "1.9、2.4"}]
    design = build(form, layout, kb)
    assert [place.name for place in design.view.places] == ["平置き", "B"]
    assert design.view.places[0].facts["visible_from"][0].value == frozenset({"road"})
    assert len(design.view.places[1].facts["foothold_distances"][0].value) == 2  # type: ignore[arg-type]


def test_kept_designs_are_their_owners_only(tmp_path: Path) -> None:
    store = DesignStore(tmp_path)
    store.keep("mine", "A", "one")
    store.keep("mine", "A", "two")
    store.keep("yours", "B", "three")
    (kept,) = store.list("mine")
    assert (kept.name, store.read("mine", kept.id)) == ("A", "two")
    assert store.read("yours", kept.id) is None and store.list("") == []
    store.delete("yours", kept.id)
    assert store.read("mine", kept.id) == "two"
    store.delete("mine", kept.id)
    assert store.list("mine") == []
