"""Figures are read from sentences as people put them, and from nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kb.ingest.figures import FigureReader
from kb.ingest.model import FoundFigure, SourceClause

TABLE = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
ROWS = [(language, row) for language, rows in TABLE.items() for row in rows]


def write(figure: FoundFigure) -> str:
    upper = "" if figure.value_max is None else f" {figure.value_max.number}"
    value = f"{figure.value.number}{upper} {figure.value.unit}"
    return f"{figure.place} {figure.property} {figure.operator} {value} {figure.strength}"


@pytest.mark.parametrize(("language", "row"), ROWS, ids=[row["text"][:24] for _, row in ROWS])
def test_a_sentence_gives_its_figures(reader: FigureReader, language: str, row: dict[str, Any]):
    clause = SourceClause("1", text=row["text"], path=tuple(row.get("path", ())))
    found = reader.read([clause], language).get("1", ())
    assert sorted(map(write, found)) == sorted(row["figures"])


def test_a_note_is_followed_to_the_clauses_that_lean_on_it_by_number_or_by_wording(reader: FigureReader):
    clauses = [
        SourceClause("1", text="共用玄関の照明は、人の顔が明確に識別できる程度以上の照度（注2）を確保する。"),
        SourceClause("2", text="共用廊下の照明は、人の顔が識別できる程度以上の照度（注3）を確保する。"),
        SourceClause("3", text="駐車場の照明は、人の顔が識別できる程度以上の明るさを確保する。"),
        SourceClause(
            "注2", text="「人の顔が明確に識別できる程度以上の照度」とは、平均水平面照度が50ルクス以上をいう。"
        ),
        SourceClause("注3", text="「人の顔が識別できる程度以上の照度」とは、平均水平面照度が20ルクス以上をいう。"),
    ]
    found = {k: [(f.place, f.value.number, f.source) for f in v] for k, v in reader.read(clauses, "ja").items()}
    assert found == {
        "1": [("common_entrance", 50, "注2")],
        "2": [("corridor", 20, "注3")],
        "3": [("parking", 20, "注3")],
    }


def test_a_note_about_a_thing_gives_no_figure_to_the_clauses_that_name_the_thing(reader: FigureReader):
    clauses = [
        SourceClause("1", text="住戸の玄関扉は、防犯建物部品（注1）の扉とする。"),
        SourceClause("注1", text="「防犯建物部品」とは、侵入行為に5分以上耐える性能を持つ建物部品をいう。"),
    ]
    found = reader.read(clauses, "ja")
    assert "1" not in found
    assert [f.property for f in found["注1"]] == ["attack_resistance_time"]


def test_the_clause_above_gives_the_place_to_its_items(reader: FigureReader):
    clauses = [
        SourceClause("1", text="駐車場の照明は、次のとおりとする。"),
        SourceClause("1/(1)", text="夜間は、5ルクス以上とすること。", parent="1"),
    ]
    assert [write(f) for f in reader.read(clauses, "ja")["1/(1)"]] == ["parking illuminance >= 5 lx shall"]


def test_the_nearest_heading_that_names_a_place_counts(reader: FigureReader):
    clause = SourceClause(
        "1", heading="照明設備", text="照度は、30ルクス以上とする。", path=("駐車場", "エレベーターホール")
    )
    assert [f.place for f in reader.read([clause], "ja")["1"]] == ["elevator_hall"]


def test_a_place_from_which_something_is_measured_is_not_its_place(reader: FigureReader):
    clause = SourceClause("1", text="バルコニーは、共用廊下及び共用階段から水平距離で2m以上離すこと。")
    assert {f.place for f in reader.read([clause], "ja")["1"]} == {"balcony"}


def test_figures_are_the_same_however_often_and_in_whatever_order_a_guideline_is_read(reader: FigureReader):
    clauses = [
        SourceClause(str(i), text=row["text"], path=tuple(row.get("path", ()))) for i, row in enumerate(TABLE["ja"])
    ]
    first = reader.read(clauses, "ja")
    assert reader.read(clauses[::-1], "ja") == first
