"""What practice guidelines set, line by line, is read from them."""

from __future__ import annotations

from evals.ingest.figures import summarize_tallies
from evals.ingest.lines import FOLDER, measure_all, read_practice
from kb.ingest.service import Ingestor


def test_a_figure_belongs_to_the_line_above_it():
    practice = read_practice(FOLDER / "hoshino-parking.txt")
    number, figure = practice.figures[0]
    assert practice.lines[number - 1].startswith("(1)　車路の幅員") and figure.startswith("parking_driveway")
    assert not any(line.startswith("=>") for line in practice.lines)


def test_the_figures_of_practice_guidelines_are_found(ingestor: Ingestor):
    found = summarize_tallies(measure_all(ingestor.reader))
    assert found["figures"] > 250
    assert found["value"]["f1"] >= 0.95 and found["property"]["f1"] >= 0.92 and found["full"]["f1"] >= 0.9
