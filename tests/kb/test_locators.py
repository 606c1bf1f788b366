"""Locators as people read them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.corpus import load_corpus
from kb.model.knowledge import Corpus, read_locator, read_locators

ROOT = Path(__file__).resolve().parents[2]

READ = [
    ("第2/1/(1)/エ/(イ)/・1", "第2 1(1)エ(イ) 1点目", "第2 1(1)エ(イ) point 1"),
    ("第2/1/(1)/エ/(イ)", "第2 1(1)エ(イ)", "第2 1(1)エ(イ)"),
    ("第2", "第2", "第2"),
    ("1", "1", "1"),
    ("1/③/a/・1", "1③a 1点目", "1③a point 1"),
    ("1/④/c/・1/(2)", "1④c 1点目(2)", "1④c point 1(2)"),
    ("2/(1)/・2/・1", "2(1) 2点目 1点目", "2(1) point 2 point 1"),
    ("注2", "注2", "注2"),
    ("4/注3/表5/1", "4注3表5-1", "4注3表5-1"),
    ("4/注3/表2/⑤", "4注3表2⑤", "4注3表2⑤"),
    ("SES E 7007/4.1/(2)", "SES E 7007 4.1(2)", "SES E 7007 4.1(2)"),
    ("SES E 7007/4.2/解説", "SES E 7007 4.2解説", "SES E 7007 4.2解説"),
    ("第1章/1.1/(2)/ア/③", "第1章 1.1(2)ア③", "第1章 1.1(2)ア③"),
    ("2/①/a/・3/(1)/★/・1", "2①a 3点目(1)★ 1点目", "2①a point 3(1)★ point 1"),
    ("前文/2/a", "前文2-a", "前文2-a"),
    ("目次/*", "目次*", "目次*"),
]

SAID = [
    ("基準（1/⑥/c/・1）は", "基準（1⑥c 1点目）は", "基準（1⑥c point 1）は"),
    (
        "第1章/1.1/(2)/ア/③とSES E 7007/4.2/解説",
        "第1章 1.1(2)ア③とSES E 7007 4.2解説",
        "第1章 1.1(2)ア③とSES E 7007 4.2解説",
    ),
    ("柱書（第2/3/(8)）はアから", "柱書（第2 3(8)）はアから", "柱書（第2 3(8)）はアから"),
    ("3/a text", "3-a text", "3-a text"),
    ("高さの1/2、2014/2/28、24/7", "高さの1/2、2014/2/28、24/7", "高さの1/2、2014/2/28、24/7"),
    ("km/h and/or 1/and", "km/h and/or 1/and", "km/h and/or 1/and"),
]


@pytest.mark.parametrize(("said", "ja", "en"), SAID)
def test_locators_in_a_sentence_are_read_and_fractions_and_dates_are_left(said: str, ja: str, en: str) -> None:
    assert (read_locators(said, "ja"), read_locators(said, "en")) == (ja, en)


LABELS = st.one_of(
    st.from_regex(r"[1-9]", fullmatch=True),
    st.from_regex(r"\([1-9]\)", fullmatch=True),
    st.sampled_from(["ア", "(ア)", "①", "③", "a", "b", "注2", "表5", "★"]),
)
BULLETS = st.integers(1, 30).map(lambda n: f"・{n}")
LOCATORS = st.lists(LABELS, min_size=1, max_size=5).flatmap(
    lambda labels: st.lists(BULLETS, max_size=2).map(lambda bullets: "/".join([*labels, *bullets]))
)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(ROOT / "corpus")


@pytest.mark.parametrize(("locator", "japanese", "english"), READ, ids=[row[0] for row in READ])
def test_a_locator_is_read_as_the_guideline_prints_it(locator: str, japanese: str, english: str):
    assert read_locator(locator, "ja") == japanese
    assert read_locator(locator, "en") == english


def test_a_clause_is_named_by_its_guideline_and_its_place(corpus: Corpus):
    clause = corpus.by_id["kochi-housing 第2/1/(1)/エ/(イ)/・1"]
    assert corpus.label(clause, "ja") == "高知県住宅指針 第2 1(1)エ(イ) 1点目"
    assert corpus.label(clause, "en") == "Kochi housing guideline 第2 1(1)エ(イ) point 1"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_two_clauses_have_the_same_name(corpus: Corpus, language: str):
    names = [corpus.label(clause, language) for clause in corpus.clauses]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_name_of_a_clause_shows_how_locators_are_written(corpus: Corpus, language: str):
    for clause in corpus.clauses:
        name = read_locator(clause.locator, language)
        assert "/" not in name, clause.id
        assert "・" not in name.removeprefix("図・").replace("図・", ""), clause.id
        assert name == name.strip() and "  " not in name, clause.id


@given(LOCATORS)
def test_every_label_is_there_in_its_order(locator: str):
    name = read_locator(locator, "ja")
    position = 0
    for label in locator.split("/"):
        shown = f"{label[1:]}点目" if label.startswith("・") else label
        position = name.index(shown, position) + len(shown)
    assert re.sub(r"[ -]", "", name[position:]) == ""


@given(LOCATORS)
def test_numbers_and_letters_never_run_together(locator: str):
    labels = locator.split("/")
    name = read_locator(locator, "en")
    for left, right in zip(labels, labels[1:], strict=False):
        if (left[-1] + right[0]).isascii() and (left[-1] + right[0]).isalnum():
            assert f"{left}-{right}" in name


@given(LOCATORS, LOCATORS)
def test_different_locators_are_read_differently(one: str, other: str):
    if one != other:
        assert read_locator(one, "ja") != read_locator(other, "ja")
