"""Phrases laid out in a bank: what a text shares with them, and that a bank survives being written and read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ask.phrases import Phrase, PhraseBank, content_terms, letter_pairs
from kb.base import read_cues
from kb.settings import corpus_folder
from kb.text import fold

CUES = read_cues(corpus_folder())
TEXTS = {
    "lit": ["照明が付いている", "ライトが点いている", "lamps are fitted"],
    "locked": ["扉に鍵をかけている", "施錠している", "the door is locked"],
}


def lay_out(texts: dict[str, list[str]]) -> PhraseBank:
    phrases = [
        Phrase(owner, True, text, content_terms(text, CUES), CUES.negated(fold(text)))
        for owner, own in texts.items()
        for text in own
    ]
    return PhraseBank.build(phrases, None)


@pytest.fixture(scope="module")
def bank() -> PhraseBank:
    return lay_out(TEXTS)


def test_a_phrase_shares_everything_with_itself(bank: PhraseBank):
    for row, text in enumerate(text for own in TEXTS.values() for text in own):
        both = bank.overlap(text, CUES)
        assert both.words[row] == pytest.approx(1.0)
        assert both.words_back[row] == pytest.approx(1.0)


def test_the_likest_owner_is_the_one_whose_words_are_said(bank: PhraseBank):
    found = bank.likest("うちの扉、鍵をかけているよ", CUES)
    assert max(found, key=lambda owner: found[owner][2]) == "locked"


def test_what_shares_nothing_with_any_phrase_is_like_none(bank: PhraseBank):
    assert bank.likest("zzz", CUES) == {}


def test_a_bank_that_was_written_is_read_as_it_was(bank: PhraseBank):
    again = PhraseBank.load(bank.dump())
    assert again.owners == bank.owners
    one, other = (b.overlap("鍵をかけている", CUES) for b in (bank, again))
    assert np.array_equal(one.words, other.words) and np.array_equal(one.letters, other.letters)


def test_only_phrases_that_share_a_word_are_looked_at(bank: PhraseBank):
    rows = bank.rows_of("locked", bank.having(content_terms("鍵をなくした", CUES)))
    assert [bank.terms[row] for row in rows] == [content_terms(TEXTS["locked"][0], CUES)]


def test_phrases_laid_out_without_a_model_have_no_meaning_to_compare(bank: PhraseBank):
    assert bank.closeness(bank.rows_of("locked", bank.having(["鍵"])), np.zeros(128, dtype=np.float32)) is None


def test_an_empty_bank_is_asked_in_vain():
    empty = lay_out({})
    assert empty.likest("鍵", CUES) == {}
    assert not empty.knows("lit")


@given(st.text(max_size=30))
def test_shares_stay_between_nothing_and_everything(text: str):
    both = lay_out(TEXTS).overlap(text, CUES)
    for share in (both.words, both.words_back, both.letters, both.letters_back):
        assert ((share >= 0) & (share <= 1.0001)).all()


@pytest.mark.parametrize(
    ("text", "pairs"), [("鍵なし", {"鍵な", "なし"}), ("no key", set()), ("鍵", set()), ("", set())]
)
def test_letters_are_paired_in_japanese_only(text: str, pairs: set[str]):
    assert letter_pairs(text) == pairs
