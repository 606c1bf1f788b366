"""BM25 does what BM25 does."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.lexical import Bm25Settings, build_lexical, dump_lexical, parse_lexical

units = st.lists(st.lists(st.sampled_from(["a", "b", "c", "#あ防", "d"]), max_size=8), min_size=1, max_size=8)


def test_a_score_is_robertsons_formula() -> None:
    texts = [["a", "a", "b"], ["b"], ["c", "c"]]
    k1, b, mean_length = 1.5, 0.75, 2.0
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    expected = idf * 2 / (2 + k1 * (1 - b + b * 3 / mean_length))
    index = build_lexical(texts, Bm25Settings(k1, b))
    assert index.score(["a"]) == pytest.approx([expected, 0, 0], rel=1e-5)


def test_a_rare_term_counts_more_than_a_common_one() -> None:
    index = build_lexical([["rare"], ["common"], ["common"], ["common"]], Bm25Settings())
    assert index.score(["rare"]).max() > index.score(["common"]).max()


def test_a_short_text_beats_a_long_one_with_the_same_word() -> None:
    short, long, _ = build_lexical([["a"], ["a", "b", "c", "d"], ["e"]], Bm25Settings()).score(["a"])
    assert short > long > 0


def test_a_bigram_counts_less_than_a_word() -> None:
    index = build_lexical([["防犯", "#防犯"], ["x"]], Bm25Settings(bigram_weight=0.25))
    assert index.score(["#防犯"])[0] == pytest.approx(index.score(["防犯"])[0] / 4)


def test_a_repeated_query_term_counts_once() -> None:
    index = build_lexical([["a"], ["b"]], Bm25Settings())
    assert np.array_equal(index.score(["a", "a", "a"]), index.score(["a"]))


@given(units, st.lists(st.sampled_from(["a", "b", "#あ防", "unknown"]), max_size=4))
def test_only_units_that_share_a_term_have_a_score(texts: list[list[str]], query: list[str]) -> None:
    scores = build_lexical(texts, Bm25Settings()).score(query)
    assert [score > 0 for score in scores] == [bool(set(text) & set(query)) for text in texts]


@given(units)
def test_an_index_survives_being_written_down(texts: list[list[str]]) -> None:
    index = build_lexical(texts, Bm25Settings())
    again = parse_lexical(*dump_lexical(index), unit_count=len(texts), bigram_weight=index.bigram_weight)
    assert again.vocabulary == index.vocabulary
    for term in index.vocabulary:
        assert np.array_equal(again.score([term]), index.score([term]))


@given(units)
def test_the_same_texts_give_the_same_bytes(texts: list[list[str]]) -> None:
    assert dump_lexical(build_lexical(texts, Bm25Settings())) == dump_lexical(build_lexical(texts, Bm25Settings()))


def test_the_units_of_a_term_can_be_listed() -> None:
    index = build_lexical([["a"], ["b"], ["a", "b"]], Bm25Settings())
    assert index.find_units("a").tolist() == [0, 2]
    assert index.find_units("unknown").tolist() == []
