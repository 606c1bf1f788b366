"""Pairs for training: from the right sources, with the flags kept, and none held out by mistake."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kb.corpus import load_corpus
from kb.errors import InputError
from kb.model.knowledge import Corpus
from kb.pair_sources import STATUTES, SYNONYMS, list_statute_pairs, list_synonym_pairs
from kb.pairs import Pair, hold_out_asks, list_corpus_pairs, write_pairs
from kb.settings import corpus_folder
from kb.text import fold

SYNONYM_ROWS = """\
000001,1,0,1,0,0,0,(),照明,,
000001,1,0,2,0,0,0,(),ライト,,
000001,1,1,3,0,0,0,(),明かり,,
000001,1,2,4,0,0,0,(),燈,,
000001,1,0,5,0,0,0,(企業名),山田照明,,

000002,1,0,1,0,0,0,(),鍵,,
000002,1,0,2,0,0,1,(),key,,
"""
BODY = "建築物の出入口には、見通しを確保するための照明その他の設備を設けなければならない。"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(corpus_folder())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with gzip.open(tmp_path / SYNONYMS, "wt", encoding="utf-8") as file:
        file.write(SYNONYM_ROWS)
    rows = [{"law": f"法{n}", "caption": c, "body": BODY} for n, c in enumerate(["照明の設備", "目的", "条例への委任"])]
    with gzip.open(tmp_path / STATUTES, "wt", encoding="utf-8") as file:
        file.write("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def test_held_out_questions_are_one_per_clause_and_language(corpus: Corpus) -> None:
    left, held = hold_out_asks(corpus)
    for clause in left.clauses:
        if clause.text is not None:
            whole = corpus.by_id[clause.id].asks
            assert len(held[clause.id].ja) == (len(whole.ja) > 1)
            assert set(clause.asks.ja) | set(held[clause.id].ja) == set(whole.ja)


def test_held_out_questions_are_in_no_pair(corpus: Corpus) -> None:
    left, held = hold_out_asks(corpus)
    remaining = {ask for clause in left.clauses for ask in clause.asks.all}
    taken = {ask for words in held.values() for ask in words.all} - remaining
    asks = {text for p in list_corpus_pairs(left) if p.kind in ("ask", "ask_ask") for text in (p.anchor, p.positive)}
    assert not asks & taken


def test_sibling_is_never_the_clause_itself(corpus: Corpus) -> None:
    assert all(pair.negative != pair.positive for pair in list_corpus_pairs(corpus) if pair.kind == "ask")


def test_pairs_of_a_corpus_are_the_same_each_time(corpus: Corpus) -> None:
    assert list(list_corpus_pairs(corpus)) == list(list_corpus_pairs(corpus))


def test_synonym_flags_are_kept(data: Path) -> None:
    pairs = {(pair.anchor, pair.positive) for pair in list_synonym_pairs(data)}
    assert pairs == {
        ("照明", "ライト"),
        ("照明", "明かり"),
        ("ライト", "照明"),
        ("ライト", "明かり"),
        ("鍵", "key"),
        ("key", "鍵"),
    }


def test_boilerplate_captions_are_left_out(data: Path) -> None:
    assert [pair.anchor for pair in list_statute_pairs(data, 10)] == ["照明の設備"]


def test_missing_statutes_are_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=STATUTES):
        list(list_statute_pairs(tmp_path, 10))


@pytest.mark.parametrize("name", ["pairs.jsonl", "pairs.jsonl.gz"])
def test_written_pairs_are_read_by_the_trainer(tmp_path: Path, name: str) -> None:
    from indexer.train_contrastive import read_pairs

    pair = Pair("ask", "何ルクス？", "50ルクス以上。", "clause", "20ルクス以上。")
    assert write_pairs([pair], tmp_path / name) == {"ask": 1}
    read = read_pairs(tmp_path / name)[0]
    assert (read.anchor, read.positive, read.negative, read.split) == (
        pair.anchor,
        pair.positive,
        pair.negative,
        "train",
    )


def test_no_question_of_the_evals_is_among_the_pairs(corpus: Corpus) -> None:
    from evals.questions import load_questions

    def bare(text: str) -> str:
        return "".join(c for c in fold(text) if c.isalnum())

    asked = {bare(q.question) for q in load_questions()}
    texts = {bare(t) for pair in list_corpus_pairs(corpus) for t in (pair.anchor, pair.positive)}
    assert len(asked) > 500 and not asked & texts


def test_statutes_are_split_by_law(tmp_path: Path) -> None:
    rows = [{"law": f"法{n}", "caption": f"設備{n} {k}", "body": BODY} for n in range(60) for k in range(3)]
    with gzip.open(tmp_path / STATUTES, "wt", encoding="utf-8") as file:
        file.write("".join(json.dumps(row) + "\n" for row in rows))
    splits: dict[str, set[str]] = {}
    for pair in list_statute_pairs(tmp_path, 1000):
        splits.setdefault(pair.anchor.split()[0], set()).add(pair.split)
    assert all(len(found) == 1 for found in splits.values())
    assert {split for found in splits.values() for split in found} == {"train", "held"}


def test_captions_that_many_laws_share_are_left_out(tmp_path: Path) -> None:
    rows = [{"law": f"法{n}", "caption": c, "body": BODY} for n in range(6) for c in ("報告の徴収", f"設備{n}")]
    with gzip.open(tmp_path / STATUTES, "wt", encoding="utf-8") as file:
        file.write("".join(json.dumps(row) + "\n" for row in rows))
    assert {pair.anchor for pair in list_statute_pairs(tmp_path, 1000)} == {f"設備{n}" for n in range(6)}
