"""Documents of one's own: added, read again, reviewed, removed; whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.errors import InputError, UsageError
from kb.ingest.editions import compare_editions
from kb.ingest.merge import merge_documents, without_documents
from kb.ingest.review import Decision, parse_correction
from kb.ingest.service import Ingestor, derive_id
from kb.ingest.shelf import list_kept, read_kept, shelf_folder, shelf_hash

HALL = "第2章/第2条"


def home_of(ingestor: Ingestor) -> Path:
    home = ingestor._home
    assert home is not None
    return home


def figure_at(ingestor: Ingestor, locator: str):
    kept = read_kept("midori", home_of(ingestor))
    assert kept is not None
    return next(f for f in kept.ingested.figures if f.locator == locator)


def test_a_guideline_becomes_clauses_and_unreviewed_figures(ingestor: Ingestor, guideline: Path):
    (kept,) = ingestor.add([guideline], ["midori"])
    ingested = kept.ingested
    assert ingested.document.title == "みどり市共同住宅防犯ガイドライン"
    assert (ingested.document.language, ingested.document.edition) == ("ja", 1)
    assert [c.locator for c in ingested.clauses if c.kind == "requirement"] == [
        "第2章/第2条",
        "第2章/第2条/2",
        "第2章/第3条",
        "第2章/第5条",
    ]
    assert {(f.locator, f.place, f.value, f.unit) for f in ingested.figures} == {
        (HALL, "elevator_hall", 40, "lx"),
        ("第2章/第3条", "parking", 5, "lx"),
        ("第2章/第4条", "camera_recorder", 14, "days"),
        ("第2章/第5条", "corridor", 7, "lx"),
    }
    assert not any(f.reviewed for f in ingested.figures)


def test_every_line_is_in_one_clause_or_left_out_with_a_reason(ingestor: Ingestor, guideline: Path):
    (kept,) = ingestor.add([guideline], ["midori"])
    owned = [line for clause in kept.ingested.clauses for line in clause.lines]
    left = [o.line for o in kept.ingested.left_out]
    printed = [n for n, text in enumerate(guideline.read_text(encoding="utf-8").splitlines(), 1) if text.strip()]
    assert sorted({*owned, *left}) == printed
    assert len(owned) == len(set(owned))


def test_an_unchanged_file_is_not_written_again(ingestor: Ingestor, guideline: Path):
    ingestor.add([guideline], ["midori"])
    before = shelf_hash(home_of(ingestor))
    ingestor.add([guideline], ["midori"])
    assert shelf_hash(home_of(ingestor)) == before


def test_a_new_edition_says_what_changed_and_keeps_what_was_decided(ingestor: Ingestor, guideline: Path):
    ingestor.add([guideline], ["midori"])
    ingestor.review("midori", [Decision(figure=figure_at(ingestor, "第2章/第3条").id, verdict="accepted")])
    text = guideline.read_text(encoding="utf-8").replace("40ルクス", "60ルクス").replace("第5条 ", "第6条 ")
    text = text.replace("第4条 録画", "第4条 屋上の扉は、常に施錠すること。\n第5条 録画")
    guideline.write_text(text.replace("2 エレベーターのかご内には、防犯カメラを設置すること。\n", ""), encoding="utf-8")
    (kept,) = ingestor.add([guideline], ["midori"])
    changes = compare_editions(kept)
    assert (changes.edition, changes.previous) == (2, 1)
    assert {(c.change, c.before, c.after) for c in changes.clauses} == {
        ("changed", HALL, HALL),
        ("removed", "第2章/第2条/2", None),
        ("moved", "第2章/第4条", "第2章/第5条"),
        ("moved", "第2章/第5条", "第2章/第6条"),
        ("added", None, "第2章/第4条"),
    }
    assert [(f.change, f.locator, f.before, f.after) for f in changes.figures] == [
        ("changed", HALL, ">= 40 lx", ">= 60 lx")
    ]
    assert figure_at(ingestor, "第2章/第3条").state == "accepted"
    assert figure_at(ingestor, HALL).state == "unreviewed"


def test_accepted_figures_become_requirements_and_unreviewed_ones_do_not(ingestor: Ingestor, guideline: Path):
    ingestor.add([guideline], ["midori"])
    merged = merge_documents(ingestor.corpus, list_kept(home_of(ingestor)))
    clause = merged.by_id[f"midori {HALL}"]
    assert clause.figures == () and [f.value.number for f in clause.unreviewed] == [40]
    assert not [r for r in merged.requirements if r.document == "midori"]
    ingestor.review("midori", [Decision(figure=figure_at(ingestor, HALL).id, verdict="accepted")])
    merged = merge_documents(ingestor.corpus, list_kept(home_of(ingestor)))
    clause = merged.by_id[f"midori {HALL}"]
    assert [f.value.number for f in clause.figures] == [40] and clause.unreviewed == ()
    (requirement,) = [r for r in merged.requirements if r.document == "midori"]
    assert (requirement.clause, requirement.subjects, requirement.strength) == (HALL, ("elevator_hall",), "shall")


def test_a_correction_replaces_what_was_read_and_a_dropped_figure_is_gone(ingestor: Ingestor, guideline: Path):
    ingestor.add([guideline], ["midori"])
    wrong = figure_at(ingestor, HALL)
    ingestor.review("midori", [parse_correction(f"{wrong.id}:value=45,strength=should")])
    corrected = figure_at(ingestor, HALL)
    assert (corrected.value, corrected.strength, corrected.state, corrected.reviewed) == (
        45,
        "should",
        "corrected",
        True,
    )
    ingestor.review("midori", [Decision(figure=wrong.id, verdict="dropped")])
    merged = merge_documents(ingestor.corpus, list_kept(home_of(ingestor)))
    clause = merged.by_id[f"midori {HALL}"]
    assert clause.figures == () and clause.unreviewed == ()


@pytest.mark.parametrize("correction", ["x", "x:", "x:colour=red", "x:operator=about"])
def test_a_correction_that_cannot_be_read_says_what_is_allowed(correction: str):
    with pytest.raises(UsageError):
        parse_correction(correction)


@pytest.mark.parametrize("change", ["property=beauty", "place=moon", "unit=days", "operator=range"])
def test_a_correction_to_something_that_the_vocabulary_lacks_is_refused(
    ingestor: Ingestor, guideline: Path, change: str
):
    ingestor.add([guideline], ["midori"])
    figure = figure_at(ingestor, HALL)
    with pytest.raises(UsageError):
        ingestor.review("midori", [parse_correction(f"{figure.id}:{change}")])
    assert figure_at(ingestor, HALL) == figure


def test_where_one_of_several_files_cannot_be_read_none_is_kept(ingestor: Ingestor, guideline: Path, tmp_path: Path):
    with pytest.raises(InputError):
        ingestor.add([guideline, tmp_path / "missing.txt"], ["midori", "missing"])
    assert list_kept(home_of(ingestor)) == []


def test_several_files_are_added_at_once_and_named_by_their_files(ingestor: Ingestor, guideline: Path, tmp_path: Path):
    other = tmp_path / "Other Rules.txt"
    other.write_text("駐車場の防犯基準\n1 照明\n(1) 駐車場の照度は、10ルクス以上とする。\n", encoding="utf-8")
    ingestor.add([guideline, other])
    assert [kept.id for kept in list_kept(home_of(ingestor))] == ["midori", "other-rules"]


def test_removing_a_document_leaves_the_corpus_as_it_was(ingestor: Ingestor, guideline: Path):
    ingestor.add([guideline], ["midori"])
    ingestor.remove("midori")
    assert list_kept(home_of(ingestor)) == [] and shelf_hash(home_of(ingestor)) == ""
    with pytest.raises(UsageError, match="midori"):
        ingestor.remove("midori")


def test_the_corpus_without_documents_is_the_corpus(ingestor: Ingestor, guideline: Path):
    ingestor.add([guideline], ["midori"])
    merged = merge_documents(ingestor.corpus, list_kept(home_of(ingestor)))
    assert "midori" in merged.documents_by_id
    assert without_documents(merged) == ingestor.corpus


@pytest.mark.parametrize("name", ["", "Ａ", "../x", "a b", "x" * 61, "kochi-housing"])
def test_ids_that_name_no_file_or_a_held_guideline_are_refused(ingestor: Ingestor, guideline: Path, name: str):
    with pytest.raises(UsageError):
        ingestor.add([guideline], [name])
    assert list_kept(home_of(ingestor)) == []


def test_a_file_without_latin_letters_in_its_name_needs_an_id():
    with pytest.raises(UsageError, match="--id"):
        derive_id(Path("指針.txt"))


def test_a_damaged_document_is_named_and_nothing_else_breaks(ingestor: Ingestor, guideline: Path):
    ingestor.add([guideline], ["midori"])
    file = shelf_folder(home_of(ingestor)) / "midori.json"
    file.write_text(json.dumps({"ingested": 1}), encoding="utf-8")
    with pytest.raises(InputError, match="midori.json"):
        list_kept(home_of(ingestor))
    ingestor.remove("midori")
    assert list_kept(home_of(ingestor)) == []
