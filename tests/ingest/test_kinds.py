"""Clauses are judged by their wording: what binds, what recommends, what permits, what only tells or defines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.ingest.cues import read_reading_cues
from kb.ingest.figures import FigureReader
from kb.ingest.kinds import Judged, KindReader
from kb.ingest.model import SourceClause

JAPANESE = [
    ("共用玄関には扉を設置すること。", "requirement", "shall"),
    ("管理人室は、共用玄関を見通せる位置に配置する。", "requirement", "shall"),
    ("警報装置を設置しなければならない。", "requirement", "shall"),
    ("住宅地域とすることができない。", "requirement", "shall"),
    ("通路に物を放置したままにしない。", "requirement", "shall"),
    ("センサーライトを設置することが望ましい。", "recommendation", "should"),
    ("定期的な点検に努めること。", "recommendation", "should"),
    ("見通しの確保に配慮する。", "recommendation", "should"),
    ("防犯カメラに代えて、ミラーを設置することができる。", "requirement", "may"),
    ("「サイクルラック」とは、1台ごとの区画がある設備をいう。", "definition", None),
    ("この指針は、必要に応じて見直すものとする。", "explanation", None),
    ("平成30年の侵入窃盗の認知件数は、前年より減少した。", "fact", None),
    ("", "heading", None),
]
ENGLISH = [
    ("The door shall lock by itself.", "requirement", "shall"),
    ("Install a camera in the elevator car.", "requirement", "shall"),
    ("Lights should come on by themselves.", "recommendation", "should"),
    ("A mirror may be used instead.", "requirement", "may"),
    ('"Cycle rack" means a rack with one space per cycle.', "definition", None),
    ("This guideline applies to new buildings.", "explanation", None),
]


def judge(reader: FigureReader, language: str, clause: SourceClause, above: Judged | None = None, sheet: bool = False):
    cues = read_reading_cues(Path(os.environ["KB_CORPUS"]))
    return KindReader(cues, reader.sentences, language, sheet).judge(clause, above)


@pytest.mark.parametrize(("text", "kind", "strength"), JAPANESE, ids=[t[0][:20] or "no text" for t in JAPANESE])
def test_japanese_wording_tells_kind_and_strength(reader: FigureReader, text: str, kind: str, strength: str | None):
    assert judge(reader, "ja", SourceClause("1", heading="見出し", text=text)) == Judged(kind, strength)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "kind", "strength"), ENGLISH, ids=[t[0][:20] for t in ENGLISH])
def test_english_wording_tells_kind_and_strength(reader: FigureReader, text: str, kind: str, strength: str | None):
    assert judge(reader, "en", SourceClause("1", text=text)) == Judged(kind, strength)  # type: ignore[arg-type]


def test_a_state_is_a_criterion_in_a_check_sheet_and_elsewhere_it_only_tells(reader: FigureReader):
    clause = SourceClause("1", text="郵便受箱は施錠されている。")
    assert judge(reader, "ja", clause, sheet=True) == Judged("requirement", "shall")
    assert judge(reader, "ja", clause).strength is None


def test_a_phrase_takes_the_strength_of_the_clause_above_it(reader: FigureReader):
    phrase = SourceClause("1/ア", text="防犯設備の操作要領の習熟", parent="1")
    assert judge(reader, "ja", phrase, Judged("recommendation", "should")) == Judged("recommendation", "should")
    assert judge(reader, "ja", phrase).strength is None


def test_of_two_sentences_the_stronger_one_counts(reader: FigureReader):
    clause = SourceClause("1", text="扉を設ける。扉は透明であることが望ましい。")
    assert judge(reader, "ja", clause) == Judged("requirement", "shall")


def test_under_a_heading_of_purpose_nothing_binds(reader: FigureReader):
    assert judge(reader, "ja", SourceClause("1", heading="目的", text="防犯性の高い住宅の普及を図る。")) == Judged(
        "explanation"
    )
