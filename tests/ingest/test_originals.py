"""The originals of held guidelines: recognised by what they say, every line kept, every figure found again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kb.ingest.align import align_clauses
from kb.ingest.originals import share_lines, split_line
from kb.ingest.service import Ingestor
from kb.ingest.verify import verify_original
from kb.model.corpus import Clause

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
OUTLINES = SEEDS.parent / "outline"
GUIDELINES = ("alsok-okihai", "fukuoka-retail", "kanagawa-karte", "kochi-housing", "ssaj-design")
held = pytest.mark.skipif(not SEEDS.is_dir(), reason="the originals are not on this machine")


def clause(locator: str, text: str | None = None, title: str | None = None) -> Clause:
    both = None if text is None else {"ja": text, "en": text}
    return Clause.model_validate(
        {
            "document": "d",
            "locator": locator,
            "kind": "explanation" if text else "heading",
            "title": None if title is None else {"ja": title, "en": title},
            "text": both,
            "origin": "user",
        }
    )


def test_clauses_are_found_by_label_heading_and_shared_words():
    clauses = [
        clause("1", title="照明"),
        clause("1/・1", "廊下は二十ルクスより明るくする"),
        clause("1/・2", "階段の灯りは夜のあいだ消さない"),
        clause("2", title="出入口"),
        clause("2/・1", "扉には鍵をかけておく"),
    ]
    lines = [
        "1 照明",
        "・廊下の照度は二十ルクス以上",
        "・階段の灯りは夜間に消さないこと",
        "2 出入口",
        "・扉は鍵をかけること",
    ]
    assert align_clauses(clauses, lines, range(1, 6)) == [0, 1, 2, 3, 4]


def test_a_paragraph_that_goes_on_below_belongs_to_the_line_on_which_it_begins():
    clauses = [
        clause("1", title="照明"),
        clause("1/・1", "廊下はいつも二十ルクスより明るくして歩く人の顔が分かるようにする"),
    ]
    lines = ["1 照明", "・廊下は", "二十ルクスより明るく、歩く人の顔が分かる", "ようにすること"]
    starts = align_clauses(clauses, lines, range(1, 5))
    assert starts == [0, 1]
    assert share_lines(clauses, starts, lines)[1] == (
        [1, 2, 3],
        "廊下は二十ルクスより明るく、歩く人の顔が分かるようにすること",
    )


def test_a_line_with_several_clauses_is_split_at_their_labels():
    clauses = [clause("1/・1", "x"), clause("1/・1/(1)", "x"), clause("1/・1/(2)", "x")]
    line = "次のどちらかを満たす。□(1) 扉がある □(2) 窓がある"
    assert split_line(line, clauses) == ["次のどちらかを満たす。□", "(1) 扉がある □", "(2) 窓がある"]


@held
@pytest.mark.parametrize("document", GUIDELINES)
def test_an_original_is_recognised_aligned_and_verified(ingestor: Ingestor, document: str, tmp_path: Path):
    file = tmp_path / "scan-0815.txt"
    file.write_bytes((SEEDS / f"{document}.txt").read_bytes())
    (kept,) = ingestor.add([file], ["mine"])
    assert kept.ingested.document.attached_to == document

    with (OUTLINES / f"{document}.tsv").open(encoding="utf-8") as rows:
        expected = {row["locator"]: int(row["lines"].split("-")[0]) for row in csv.DictReader(rows, delimiter="\t")}
    first = {c.locator: min(c.lines) for c in kept.ingested.clauses if c.lines}
    right = [locator for locator, line in expected.items() if first.get(locator) == line]
    assert len(right) >= 0.95 * len(expected)

    printed = [n for n, t in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if t.strip()]
    owned = {line for c in kept.ingested.clauses for line in c.lines} | {o.line for o in kept.ingested.left_out}
    assert sorted(owned) == printed

    report = verify_original(kept, ingestor.corpus)
    assert report.unexplained == 0, [d for d in report.differences if d.note is None]


@held
def test_a_wrong_figure_of_ours_is_reported(ingestor: Ingestor, tmp_path: Path):
    (kept,) = ingestor.add([SEEDS / "fukuoka-retail.txt"], ["mine"])
    clauses = {c.locator: c for c in kept.ingested.clauses}
    locator = "第2/3/(3)/イ"
    wrong = clauses[locator].model_copy(update={"text": clauses[locator].text.replace("20", "35")})
    changed = tuple(wrong if c.locator == locator else c for c in kept.ingested.clauses)
    altered = kept.model_copy(update={"ingested": kept.ingested.model_copy(update={"clauses": changed})})
    found = {(d.kind, d.locator) for d in verify_original(altered, ingestor.corpus).differences}
    assert {("not_in_original", locator), ("not_in_ours", locator)} <= found


def test_a_guideline_of_ones_own_is_taken_for_no_original(ingestor: Ingestor, guideline: Path):
    (kept,) = ingestor.add([guideline], ["midori"])
    assert kept.ingested.document.attached_to is None


def test_a_file_that_only_bears_the_title_of_a_guideline_is_not_its_original(ingestor: Ingestor, tmp_path: Path):
    file = tmp_path / "kochi-housing.txt"
    title = ingestor.corpus.documents_by_id["kochi-housing"].title.ja
    file.write_text(f"{title}\n1 照明\n(1) 廊下の照度は、90ルクス以上とする。\n", encoding="utf-8")
    (kept,) = ingestor.add([file], ["mine"])
    assert kept.ingested.document.attached_to is None
