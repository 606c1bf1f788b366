"""Index terms of Japanese and English text, and the traps on the way to them."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from indexer.tokens import BIGRAM_MARK, list_bigrams, list_lemmas, list_terms, normalize


def test_wide_and_squared_characters_become_plain_ones():
    assert normalize("５０㏓") == "50lx"


def test_invisible_characters_are_dropped_and_nothing_after_a_nul_is_lost():
    assert normalize("照\u200b度\x00は") == "照度は"
    assert "照度" in "".join(list_lemmas("玄関\x00照度"))


def test_a_loan_word_gives_its_english_too():
    assert {"ルクス", "lux"} <= set(list_lemmas("何ルクス"))


def test_unknown_words_give_their_surface():
    assert "led" in list_lemmas("LED照明")


def test_english_words_meet_over_their_endings():
    assert set(list_lemmas("lights")) & set(list_lemmas("lighting"))


def test_bigrams_find_what_the_dictionary_splits_badly():
    assert BIGRAM_MARK + "サム" in list_bigrams("サムターン回し")
    assert set(list_bigrams("見通し")) & set(list_bigrams("見通す"))


def test_all_hiragana_pairs_are_no_terms():
    assert list_bigrams("これはひらがな") == []


def test_a_run_of_190000_characters_does_not_crash():
    assert list_terms("防犯カメラ" * 38_000)


def test_20000_katakana_are_read():
    assert list_terms("カ" * 20_000)


def test_threads_get_the_same_terms():
    texts = ["エレベーターホールの照度", "what lux is needed at the EV hall", "ピッキングとカム送り"] * 20
    expected = [list_terms(text) for text in texts]
    found: list[list[list[str]]] = []
    threads = [threading.Thread(target=lambda: found.append([list_terms(t) for t in texts])) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 6


@given(st.text(max_size=200))
def test_any_text_is_read_without_error_and_always_the_same(text: str):
    assert list_terms(text) == list_terms(text)


@given(st.text(max_size=100))
def test_normalising_twice_changes_nothing(text: str):
    assert normalize(normalize(text)) == normalize(text)
