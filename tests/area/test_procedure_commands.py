"""`kb area` and `kb sightline` as a person runs them: exit codes, JSON, drawings, messages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "kb"))
from commands import Call, run_many  # noqa: E402

AREA = "property: {kind: 戸建}\nsurvey: {complete_to: 300 m, dangerous_area: false}\nestate: none\ndivision: none\n"
LINE = "context: outside\nviewpoint: 道路\ntarget: {distance: 16 m, from: 1 m, to: 1.6 m}\nobstacles: []\n"


@pytest.fixture(scope="module")
def outcomes(home: Path, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("procedures")
    for name, text in (("area", AREA), ("line", LINE), ("bad", "property: {kind: 戸立て}\nx: 1\n")):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    commands = {
        "area": ["area", f"{folder}/area.yaml", "--json", "--plan", f"{folder}/plan.svg"],
        "area in English": ["area", f"{folder}/area.yaml", "--lang", "en"],
        "line": ["sightline", f"{folder}/line.yaml", "--json", "--section", f"{folder}/section.svg"],
        "line in words": ["sightline", f"{folder}/line.yaml"],
        "bad area": ["area", f"{folder}/bad.yaml", "--json"],
        "bad line": ["sightline", f"{folder}/bad.yaml"],
        "missing": ["area", f"{folder}/none.yaml"],
        "language": ["area", f"{folder}/area.yaml", "--lang", "fr"],
        "drawing": ["area", f"{folder}/area.yaml", "--plan", f"{folder}/plan.png"],
    }
    schemas = ("area", "area-result", "sightline", "sightline-result")
    commands |= {f"schema {name}": ["schema", name] for name in schemas}
    done = run_many([Call(tuple(args)) for args in commands.values()])
    return folder, dict(zip(commands, done, strict=True))


def test_results_go_to_stdout_and_drawings_to_files(outcomes):
    folder, done = outcomes
    assert done["area"].code == 0
    assert done["area"].data["area_class"] == "residential"
    assert done["line"].data["sight"] == "visible"
    assert "residential area" in done["area in English"].out
    assert "目視点" in done["line in words"].out
    for name in ("plan.svg", "section.svg"):
        assert (folder / name).read_text(encoding="utf-8").startswith("<svg")
    assert sorted(path.name for path in folder.iterdir()) == [
        "area.yaml",
        "bad.yaml",
        "line.yaml",
        "plan.svg",
        "section.svg",
    ]


def test_bad_input_ends_with_three_and_wrong_use_with_two(outcomes):
    _, done = outcomes
    assert [done[key].code for key in ("bad area", "bad line", "missing")] == [3, 3, 3]
    assert "`x`" in done["bad area"].err
    assert done["bad area"].out == ""
    assert [done[key].code for key in ("language", "drawing")] == [2, 2]


def test_every_model_has_a_schema(outcomes):
    _, done = outcomes
    for name in ("area", "area-result", "sightline", "sightline-result"):
        assert done[f"schema {name}"].data["type"] == "object"
