"""Questions find the passages that answer them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.index import SearchIndex, build_index, load_index
from indexer.passages import Passage
from indexer.search import Mode, Searcher

ROOT = Path(__file__).parents[2]
MODES: tuple[Mode, ...] = ("hybrid", "lexical", "dense")
QUESTIONS = [
    ("屋上の庭の灯りはどこに置く？", "lamp"),
    ("ランプの間隔", "lamp"),
    ("lamps along the path", "lamp"),
    ("ピアノは何時まで弾ける？", "piano"),
    ("late night instrument playing", "piano"),
    ("自転車の止め方", "bicycle"),
    ("bicycles: where to park", "bicycle"),
    ("蜂を飼う", "bee"),
]


def score_by_id(searcher: Searcher, **options: Any) -> dict[str, float]:
    return {hit.id: hit.score for hit in searcher.search("屋上庭園", mode="lexical", **options)}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_the_passage_that_answers_comes_first(searcher: Searcher, question: str, answer: str, mode: Mode) -> None:
    assert searcher.search(question, mode=mode)[0].id == answer


def test_a_question_meets_the_other_language_through_a_loan_word(searcher: Searcher) -> None:
    assert searcher.search("ベンチやランプ", mode="lexical")[0].id == "lamp"


def test_scores_fall_and_the_best_is_at_most_1(searcher: Searcher) -> None:
    scores = [hit.score for hit in searcher.search("屋上庭園の灯りと蜂")]
    assert scores == sorted(scores, reverse=True) and 0 < scores[0] <= 1.000001


def test_each_mode_uses_its_own_side_alone(searcher: Searcher) -> None:
    assert all(hit.dense == 0 for hit in searcher.search("屋上の灯り", mode="lexical"))
    assert all(hit.lexical == 0 for hit in searcher.search("屋上の灯り", mode="dense"))
    best = searcher.search("屋上の灯り")[0]
    assert best.lexical > 0 and best.dense > 0


def test_a_dense_share_of_0_ranks_as_words_alone(searcher: Searcher) -> None:
    words = [hit.id for hit in searcher.search("屋上庭園の灯り", mode="lexical")]
    assert [hit.id for hit in searcher.search("屋上庭園の灯り", dense_share=0.0)][: len(words)] == words


@pytest.mark.parametrize("query", ["", " ", "。", "\x00", "zzqxv", "は"])
@pytest.mark.parametrize("mode", MODES)
def test_a_query_that_matches_nothing_finds_nothing(searcher: Searcher, query: str, mode: Mode) -> None:
    assert searcher.search(query, mode=mode, concepts=["garden"]) == []


@pytest.mark.parametrize("k", [0, -1])
def test_no_hits_are_given_where_none_are_wanted(searcher: Searcher, k: int) -> None:
    assert searcher.search("屋上", k) == []


def test_an_unknown_mode_is_refused(searcher: Searcher) -> None:
    with pytest.raises(ValueError, match="hybrid, lexical, dense"):
        searcher.search("屋上", mode="fuzzy")  # type: ignore[arg-type]


def test_a_concept_raises_the_passages_that_have_it(searcher: Searcher) -> None:
    plain = score_by_id(searcher)
    raised = score_by_id(searcher, concepts=["lighting"], boost=0.5)
    assert raised["lamp"] == pytest.approx(plain["lamp"] + 0.5)
    assert raised["bee"] == pytest.approx(plain["bee"])


def test_a_passage_with_some_of_the_concepts_rises_in_proportion(searcher: Searcher) -> None:
    plain = score_by_id(searcher)
    raised = score_by_id(searcher, concepts=["garden", "lighting"], boost=0.5)
    assert raised["bee"] == pytest.approx(plain["bee"] + 0.25)


def test_a_required_concept_leaves_the_others_out(searcher: Searcher) -> None:
    hits = searcher.search("屋上庭園のピアノ", concepts=["garden"], require_concept=True)
    assert {hit.id for hit in hits} <= {"lamp", "bee"} and hits
    assert searcher.search("屋上庭園", concepts=["unheard_of"], require_concept=True) == []


def test_a_search_within_some_passages_finds_no_others(searcher: Searcher) -> None:
    hits = searcher.search("屋上庭園の灯り", within=["bee", "piano", "no such passage"])
    assert hits[0].id == "bee" and {hit.id for hit in hits} <= {"bee", "piano"}
    assert searcher.search("屋上庭園の灯り", within=[]) == []


def test_equal_scores_are_ordered_by_id(make_searcher: Callable[[dict[str, str]], Searcher]) -> None:
    searcher = make_searcher(dict.fromkeys("dbca", "同じ文") | {"other": "別の話"})
    assert [hit.id for hit in searcher.search("同じ文")] == ["a", "b", "c", "d"]


def test_an_index_without_vectors_searches_by_words(make_searcher: Callable[[dict[str, str]], Searcher]) -> None:
    searcher = make_searcher({"a": "猫の昼寝", "b": "犬の散歩"})
    assert searcher.modes == ("lexical",)
    assert [searcher.search("猫", mode=mode)[0].id for mode in MODES] == ["a", "a", "a"]


@given(st.text("屋上庭園灯りのピアノ夜lamp 。\x00", max_size=20), st.integers(1, 5))
def test_fewer_hits_are_the_first_of_more(searcher: Searcher, query: str, k: int) -> None:
    assert searcher.search(query, k) == searcher.search(query, 10)[:k]


def test_ids_of_passages_with_a_term_are_listed(book_index: SearchIndex) -> None:
    assert book_index.ids_with_term("屋上") == {"lamp", "bee"}
    assert book_index.ids_with_term("unknown") == frozenset()


def test_threads_get_the_same_hits_as_one_thread(book_index: SearchIndex) -> None:
    searcher = Searcher(book_index)
    queries = [question for question, _ in QUESTIONS] * 10
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(searcher.search, queries))
    assert together == [searcher.search(query) for query in queries]


def test_a_warm_query_over_600_passages_is_quick(tmp_path: Path) -> None:
    rooms = ["玄関", "廊下", "階段", "庭", "屋上", "倉庫"]
    passages = [
        Passage(str(n), {"ja": (f"{rooms[n % 6]}の{n}番の棚に本を{n % 9}冊置く。",), "asks": (f"{n}番は？", "何冊？")})
        for n in range(600)
    ]
    build_index(tmp_path, passages, "x")
    searcher = Searcher(load_index(tmp_path))
    assert searcher.search("倉庫の335番の棚には何冊？")[0].id == "335"
    took = []
    for _ in range(20):
        started = time.perf_counter()
        searcher.search("倉庫の335番の棚には何冊？")
        took.append(time.perf_counter() - started)
    assert min(took) < 0.005


def test_a_search_imports_no_torch_and_no_training_library(tmp_path: Path, book: tuple[Passage, ...]) -> None:
    build_index(tmp_path, book, "x")
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from indexer.index import load_index\nfrom indexer.search import Searcher\n"
        f"assert Searcher(load_index(Path({str(tmp_path)!r}))).search('屋上の灯り')[0].id == 'lamp'\n"
        "print([m for m in ('torch', 'sentence_transformers', 'bm25s', 'scipy', 'kb') if m in sys.modules])"
    )
    command, environment = [sys.executable, "-c", program], {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
