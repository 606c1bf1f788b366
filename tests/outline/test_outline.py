"""The numbering is found in many styles; nothing is lost; the outcome is the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.ingest.build import FILES, list_cases, write_case
from evals.run_ingest import SHARED, find_lost, score_originals, summarize
from indexer.outline import outline
from indexer.outline.render import render_sections
from indexer.reader import Limits, Line
from indexer.reader.worker import read_bytes
from tests.outline.guidelines import make_guideline

CASES = {case.name: case for case in list_cases(FILES)}
PLAIN = ("aoi-apartments", "furu-kanji", "hama-parks", "harbour-apartments-en", "minato-convenience", "oka-parking")


def _lines(text: str) -> list[Line]:
    return [
        Line(number, row.strip(" 　"), indent=2 * (len(row) - len(row.lstrip("　"))))
        for number, row in enumerate(text.split("\n"), 1)
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_guideline_of_our_own_making_is_outlined(name: str, tmp_path: Path) -> None:
    path, expected = write_case(CASES[name], tmp_path)
    source = read_bytes(path.read_bytes(), path.suffix, Limits())
    result = outline(source.lines)
    got = {s.locator: s for s in result.sections}
    found = [e for e in expected if e.locator in got and e.line in (None, got[e.locator].first)]
    recall, precision = len(found) / len(expected), len(found) / len(got)
    assert 2 * recall * precision / (recall + precision) >= 0.95
    assert find_lost(source, result) == []


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the originals are not on this machine")
def test_the_originals_are_outlined_without_a_guide() -> None:
    total = summarize(score_originals())
    assert total["recall"] >= 0.9
    assert total["lines_lost"] == 0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_every_consistent_numbering_is_recovered(seed: int) -> None:
    rows, expected = make_guideline(seed)
    got = {(s.locator, s.first) for s in outline(_lines("\n".join(rows))).sections}
    missed = [e for e in expected if e not in got]
    assert len(missed) <= 0.05 * len(expected), missed[:5]


_LABELS = (
    "|第1 総則|1 目的|(1) 範囲|ア 玄関|① 窓|・ 扉は閉める。|- 柵|12|目次|(注1) 平均をいう。|附則|表1 照度|解説|"
    "1階の窓には錠を設ける。"
)
_TABLES = ["項目\t適否", "扉\t適 □ 否 □", "| a | b |", "|---|---|", "1\t廊下\t20"]
_ROWS = st.lists(
    st.one_of(
        st.sampled_from(_LABELS.split("|") + _TABLES),
        st.text(alphabet="第1２(）アイa.・-□\t|①注 、。防犯", max_size=12),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(_ROWS)
def test_every_line_is_in_a_section_or_left_out_and_no_locator_stands_twice(rows: list[str]) -> None:
    lines = [Line(number, row.strip(" ")) for number, row in enumerate(rows, 1)]
    result = outline(lines)
    owned = [n for s in result.sections if s.kind != "row" for n in set(s.lines)]
    left = [x.line for x in result.left_out]
    assert set(owned) | set(left) == {line.number for line in lines if line.text.strip()}
    locators = [s.locator for s in result.sections]
    assert len(locators) == len(set(locators))
    whole = [line.number for line in lines if "\t" not in line.text and "□" not in line.text and "・" not in line.text]
    for number in whole:
        assert owned.count(number) + left.count(number) <= 2  # `注1 (1) …` may open two clauses on one line
    assert outline(lines) == result


@pytest.mark.parametrize("name", PLAIN)
def test_a_printed_outline_is_outlined_the_same(name: str, tmp_path: Path) -> None:
    path, _ = write_case(CASES[name], tmp_path)
    first = outline(read_bytes(path.read_bytes(), path.suffix, Limits()).lines).sections
    again = outline(_lines(render_sections(first))).sections
    assert [s.locator for s in again] == [s.locator for s in first]


def test_a_sentence_that_begins_with_a_number_is_no_clause() -> None:
    rows = [
        "1 照明",
        "1階の廊下は20ルクス以上とする。",
        "50ルクス以上の場所は除く。",
        "3.5mの高さに取り付ける。",
        "2 窓",
        "2階の窓には錠を設ける。",
    ]
    text = "\n".join(rows)
    assert [s.locator for s in outline(_lines(text)).sections] == ["1", "2"]


def test_a_wrapped_line_that_begins_like_a_label_goes_on_with_its_sentence() -> None:
    rows = ["第1 照明の基準について定める事項"]
    for k in range(1, 9):
        rows.append(f"({k}) 共用廊下の照明は人の顔と行動とが見分けられる明るさを確保し次の")
        rows.append("(1)に掲げる照度を下回らないよう保守の計画を立てること。")
    sections = outline(_lines("\n".join(rows))).sections
    assert [s.locator for s in sections] == ["第1", *(f"第1/({k})" for k in range(1, 9))]


def test_a_break_inside_a_sentence_is_undone_in_the_text() -> None:
    section = outline(
        _lines("1 窓\n窓には、補助\n錠を設ける。\n2 Doors\nThe door shall be self-\nlocking and\nlit.")
    ).sections
    assert [s.text for s in section] == ["窓には、補助錠を設ける。", "The door shall be selflocking and lit."]


def test_a_long_guideline_is_outlined_in_seconds() -> None:
    import time

    rows: list[str] = []
    for seed in range(6):
        rows.extend(make_guideline(seed)[0])
    started = time.process_time()
    outline(_lines("\n".join(rows)))
    assert (time.process_time() - started) / len(rows) < 0.006  # 200 pages have some 6,000 lines


def _doubts(text: str) -> list[tuple[int, str, str]]:
    return [(d.line, d.reason, d.label) for d in outline(_lines(text)).doubts]


def test_a_missing_number_is_a_doubt_and_a_whole_list_is_none() -> None:
    whole = "指針\n1 照明\n(1) 明るくする。\n(2) 保つ。\n(3) 直す。\n2 扉\n(1) 閉める。\n(2) 施錠する。\n"
    assert _doubts(whole) == []
    assert _doubts(whole.replace("(3) 直す。", "(5) 直す。")) == [(5, "gap", "(5)")]


def test_a_line_that_is_taken_for_a_heading_is_a_doubt() -> None:
    text = "指針\n\n照明\n1 明るくする。\n2 保つ。\n\n扉\n1 閉める。\n2 施錠する。\n"
    assert {(reason, label) for _, reason, label in _doubts(text)} == {
        ("title_as_parent", "照明"),
        ("title_as_parent", "扉"),
    }


def test_a_document_whose_only_article_follows_its_title_keeps_the_title_apart() -> None:
    rows = [
        "架空市防犯指針",
        "第1条 窓",
        "① 塀",
        "ア 閉める。",
        "イ 施錠する。",
        "② 照明",
        "ア 明るくする。",
        "イ 保つ。",
    ]
    found = outline(_lines("\n".join(rows)))
    assert [s.locator for s in found.sections][:3] == ["表題", "第1条", "第1条/①"]
