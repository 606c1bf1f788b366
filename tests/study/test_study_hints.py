"""No item gives itself away, and no wrong answer can be defended: properties of the whole deck."""

from __future__ import annotations

import re

import pytest

from kb.model.base import Text
from kb.model.knowledge import Corpus
from kb.model.study import Item
from kb.quantity import find_quantities
from kb.study.deck import Deck
from kb.study.items.hints import find_words, repeats_alone
from kb.study.register import is_polite, make_plain


def of(deck: Deck, kind: str) -> list[Item]:
    return [item for item in deck.items if item.kind == kind]


def runs(text: str) -> set[str]:
    """Pairs of kanji, written anew: what a reader who only matches words would look for."""
    return {run[at : at + 2] for run in re.findall(r"[一-龠]{2,}", text) for at in range(len(run) - 1)}


def test_no_right_option_is_the_only_one_with_a_word_of_its_question(deck: Deck) -> None:
    for item in deck.items:
        if item.kind == "statement":
            continue
        question = item.quote or item.stem
        shared = [bool(runs(question.ja) & runs(option.text.ja)) for option in item.options]
        assert shared.count(True) != 1 or not shared[item.answer], (item.id, item.options[item.answer].text.ja)


def test_no_right_option_is_the_only_one_with_an_english_word_of_its_question(deck: Deck) -> None:
    for item in deck.items:
        if item.kind == "statement":
            continue
        asked = find_words((item.quote or item.stem).en, "en")
        shared = [bool(asked & find_words(option.text.en, "en")) for option in item.options]
        assert shared.count(True) != 1 or not shared[item.answer], (item.id, item.options[item.answer].text.en)


@pytest.mark.parametrize(
    ("question", "right", "wrong", "given"),
    [
        ("見通しを妨げる障害物", "障害物：見通しの妨げになる。", ["道路：幅が4mある。", "人：犯罪を企てる。"], True),
        (
            "見通しを妨げる障害物",
            "障害物：見通しの妨げになる。",
            ["障害物：見通しを妨げる板。", "道路：幅が4m。"],
            False,
        ),
        ("補助錠", "主な錠に添える錠である。", ["扉の板である。", "窓の板である。"], False),
        ("敷地の外周", "敷地の外周の部分", ["敷地の中の部分", "道路の部分"], True),
    ],
)
def test_a_word_of_the_question_in_the_right_option_alone_is_seen(
    question: str, right: str, wrong: list[str], given: bool
) -> None:
    both = [Text(ja=text, en="-") for text in (question, right, *wrong)]
    assert repeats_alone(both[0], both[1], both[2:]) is given


def test_the_kind_of_thing_is_told_of_no_option_where_the_right_one_alone_is_of_its_kind(
    corpus: Corpus, deck: Deck
) -> None:
    kinds = {definition.genus.ja for definition in corpus.definitions}
    for item in of(deck, "definition"):
        told = [next((k for k in kinds if option.text.ja.startswith(f"{k}：")), None) for option in item.options]
        assert told[item.answer] is None or told.count(told[item.answer]) > 1, item.id
        assert all(told) or not any(told), item.id


def test_the_style_of_a_quote_does_not_tell_its_guideline(deck: Deck) -> None:
    documents = {item.document for item in of(deck, "guideline")}
    assert len(documents) == 5
    assert [item.id for item in of(deck, "guideline") if item.quote and is_polite(item.quote.ja)] == []


@pytest.mark.parametrize(
    ("polite", "plain"),
    [
        ("住宅地域とすることができます。", "住宅地域とすることができる。"),
        ("商業地域にできません。", "商業地域にできない。"),
        ("半径150m以内です。道幅で判断します。", "半径150m以内である。道幅で判断する。"),
        ("行政の名称ではありません。", "行政の名称ではない。"),
        ("周りを調べて、視点を示します。", "周りを調べて、視点を示す。"),
        ("ここに錠を設ける。", "ここに錠を設ける。"),
        ("視点を構内とします。", "視点を構内とする。"),
    ],
)
def test_polite_sentences_are_made_plain(polite: str, plain: str) -> None:
    assert make_plain(polite) == plain


def test_an_ending_that_is_not_known_is_refused() -> None:
    assert make_plain("警察に届け出ました。") is None
    assert make_plain("防犯灯をともします。") is None


def test_a_fault_of_strength_is_about_the_wording_and_about_no_principle(corpus: Corpus, deck: Deck) -> None:
    planted = [item for item in of(deck, "statement") if item.fault == "strength" and item.quote]
    worded = [item for item in planted if item.quote and re.search("望ましい|必須", item.quote.ja)]
    assert len(worded) > 40
    for item in worded:
        assert item.quote is not None
        assert "と書かれている" in item.quote.ja and "guideline words" in item.quote.en, item.id
        assert "not required" not in item.quote.en
        assert "principles" not in corpus.by_id[f"{item.document} {item.locator}"].topics
        assert not any("必ず満たす" in option.why.ja for option in item.options)


def test_a_figure_that_does_not_suffice_is_laxer(corpus: Corpus, deck: Deck) -> None:
    found = 0
    for item in of(deck, "statement"):
        clause = corpus.by_id[f"{item.document} {item.locator}"]
        if item.fault != "figure" or clause.text is None or item.quote is None:
            continue
        if "満たせばよい" in clause.text.ja or "suffices" in clause.text.en:
            pairs = zip(find_quantities(clause.text.ja), find_quantities(item.quote.ja), strict=True)
            (was, said) = next((a, b) for a, b in pairs if a.value != b.value)
            minimum = clause.text.ja[was.span[1] :].startswith("以上")
            assert (said.value.base < was.value.base) == minimum, item.id
            found += 1
    assert found


def test_a_reason_of_an_area_case_whose_condition_is_met_is_not_called_unmet(deck: Deck) -> None:
    met = 0
    for item in of(deck, "area"):
        assert item.quote is not None
        share = re.search(r"商業地域に含まれるものの比率は(\d+)%", item.quote.ja)
        for option in item.options:
            if not option.right and "20%未満" in option.text.ja and share and int(share[1]) < 20:
                assert "条件には当てはまりますが" in option.why.ja and "is met" in option.why.en, item.id
                met += 1
            assert "場合には当たりません" not in option.why.ja
    assert met


def test_no_item_asks_for_what_a_guideline_only_shortens_or_points_to_what_is_not_shown(
    corpus: Corpus, deck: Deck
) -> None:
    terms = corpus.vocabulary.terms
    named = {one.split(" ", 1)[0]: set() for one in deck.guide.abbreviations}  # type: dict[str, set[str]]
    for one in deck.guide.abbreviations:
        document, term = one.split(" ", 1)
        named[document].add(terms[term].label.ja)
    for item in (*of(deck, "definition"), *of(deck, "term")):
        for label in named.get(item.document, set()):
            assert f"「{label}」" not in item.stem.ja and all(option.text.ja != label for option in item.options)
        assert not any(re.search(r"\(\d\)から\(\d\)", option.text.ja) for option in item.options), item.id


def test_a_fitting_is_asked_for_among_fittings(corpus: Corpus, deck: Deck) -> None:
    fittings = {corpus.vocabulary.places[name].label.ja for name in deck.guide.fittings}
    for item in of(deck, "place"):
        assert len({option.text.ja in fittings for option in item.options}) == 1, item.id


def test_a_direction_fault_contradicts_no_other_word_of_its_sentence(deck: Deck) -> None:
    for item in of(deck, "statement"):
        if item.fault == "direction" and item.quote:
            assert not re.search("(以上|以下)離", item.quote.ja), item.id
            assert not ("ルクス以下" in item.quote.ja and re.search("見分け|識別|視認", item.quote.ja)), item.id
