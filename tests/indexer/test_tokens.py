"""Text becomes terms, whatever the text is."""

from __future__ import annotations

import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.english import stem_english
from indexer.tokens import (
    BIGRAM_MARK,
    MAX_PIECE,
    describe_dictionary,
    list_bigrams,
    list_lemmas,
    list_terms,
    normalize,
    split_pieces,
)

any_text = st.text(st.characters(), max_size=80)
japanese = st.text("防犯照明あいうカメラー屋上庭園ABc12 。\n、-", max_size=60)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("５０㏓", "50lx"),
        ("ｶﾒﾗ", "カメラ"),
        ("カ\u3099ラス", "ガラス"),
        ("錠\u200b前\ufeff", "錠前"),
        ("窓\x00枠", "窓枠"),
        ("葛\U000e0100城", "葛城"),
        ("一行目\r\n二行目\x0c三行目", "一行目\n二行目\n三行目"),
        ("エレベ-タ-のかご", "エレベーターのかご"),
        ("カメラ-2", "カメラ-2"),
        ("五十ルクス", "五十ルクス"),
        ("\ud800戸", "戸"),
    ],
)
def test_text_is_brought_to_one_normal_form(written: str, normal: str) -> None:
    assert normalize(written) == normal


@given(any_text | japanese)
def test_normalizing_twice_is_normalizing_once(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(any_text)
def test_normal_text_has_no_invisible_characters(text: str) -> None:
    assert not [c for c in normalize(text) if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn")]


@given(japanese)
@example("あ" * (MAX_PIECE + 1))
@example("あ" * MAX_PIECE + "。" + "い" * 2 * MAX_PIECE)
def test_pieces_are_short_and_lose_only_separators(text: str) -> None:
    pieces = list(split_pieces(text))
    assert all(0 < len(piece) <= MAX_PIECE for piece in pieces)
    kept = "".join(pieces).replace(" ", "")
    assert kept == text.replace("。", "").replace("\n", "").replace(" ", "")


@given(any_text | japanese)
def test_any_text_gives_non_empty_terms(text: str) -> None:
    assert all(term and term != BIGRAM_MARK for term in list_terms(text))


def test_a_loan_word_gives_its_english_too() -> None:
    assert {"ルクス", "lux"} <= set(list_lemmas("ルクス"))
    assert {"ホール", "hall"} <= set(list_lemmas("ホール"))


def test_a_grammatical_note_in_a_lemma_is_no_english() -> None:
    assert list_lemmas("私は") == ["私"]


def test_words_that_the_dictionary_lacks_are_kept_as_written() -> None:
    assert {"led", "cp", "50", "照明", "部品"} <= set(list_lemmas("LED照明とCP部品が50"))


def test_an_inflected_word_meets_its_dictionary_form() -> None:
    assert "見通す" in list_lemmas("見とおした")
    assert "見通す" in list_lemmas("見通せば")


def test_particles_and_punctuation_are_left_out() -> None:
    assert list_lemmas("扉は、窓の。") == ["扉", "窓"]


def test_a_thousands_comma_does_not_split_a_number() -> None:
    assert list_lemmas("1,200mm") == ["1200", "mm"]


def test_english_words_meet_across_endings() -> None:
    assert set(list_lemmas("The lights are locked")) == set(list_lemmas("light lock"))


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("lighting", "light"),
        ("lobbies", "lobby"),
        ("fitted", "fit"),
        ("glass", "glass"),
        ("boxes", "box"),
        ("required", "requir"),
        ("require", "requir"),
        ("bus", "bus"),
        ("string", "string"),
        ("mp3s", "mp3s"),
    ],
)
def test_stems_are_light(word: str, stem: str) -> None:
    assert stem_english(word) == stem


def test_bigrams_bridge_what_the_dictionary_splits_badly() -> None:
    assert "#サム" in list_bigrams("サムターン")
    assert set(list_bigrams("宅配ロッカー")) & set(list_bigrams("宅配ロツカー"))


def test_bigrams_of_hiragana_alone_are_left_out() -> None:
    assert list_bigrams("しています") == []
    assert list_bigrams("窓をしめる") == ["#窓を"]


def test_text_after_a_null_character_is_not_lost() -> None:
    assert "錠" in list_lemmas("扉\x00に錠")


def test_zero_width_characters_do_not_split_a_word() -> None:
    assert list_terms("防\u200b犯") == list_terms("防犯")


@pytest.mark.parametrize("text", ["ア" * 190_000, "防犯" * 95_000, "x" * 190_000, "1" * 190_000])
def test_a_very_long_run_neither_crashes_nor_stalls(text: str) -> None:
    started = time.perf_counter()
    list_terms(text)
    assert time.perf_counter() - started < 20


def test_threads_get_the_same_terms_as_one_thread() -> None:
    texts = [f"屋上庭園の{n}番目の小道に灯りを置き、見通しを{n}歩ぶん確保する。" for n in range(200)]
    alone = [list_terms(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(list_terms, texts)) == alone


def test_the_dictionary_is_named_with_its_version() -> None:
    assert describe_dictionary().startswith("unidic-lite 2.")
