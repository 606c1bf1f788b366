"""Every item has one answer that its clause proves, and others that no clause of the guideline makes true."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kb.errors import CorpusError
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.model.study import Item
from kb.quantity import find_quantities
from kb.study.deck import Deck
from kb.study.guide import read_guide
from kb.study.holes import find_holes
from kb.study.items.collect import make_items
from kb.study.items.terms import describe
from kb.study.proof import FigureBook, key_of
from kb.study.sources import Source, hash_clause


@pytest.fixture(scope="module")
def source(corpus: Corpus, deck: Deck) -> Source:
    return Source(corpus, deck.guide)


def of(deck: Deck, kind: str) -> list[Item]:
    return [item for item in deck.items if item.kind == kind]


def clause_of(item: Item, corpus: Corpus) -> Clause:
    return corpus.by_id[f"{item.document} {item.locator}"]


def test_there_are_at_least_800_items_over_all_five_guidelines(deck: Deck) -> None:
    assert len(deck.items) >= 800
    assert len({item.document for item in deck.items}) == 5


def test_every_kind_and_every_kind_of_fault_is_there(deck: Deck) -> None:
    kinds = {item.kind for item in deck.items}
    assert kinds >= {"cloze", "statement", "term", "definition", "place", "guideline", "order", "table"}
    faults = {item.fault for item in deck.items if item.fault}
    assert faults == {"figure", "place", "condition", "strength", "term", "scope", "direction", "quantifier"}


def test_no_question_comes_twice(deck: Deck) -> None:
    assert len({item.id for item in deck.items}) == len(deck.items)
    for language in ("ja", "en"):
        asked = Counter(
            (
                item.stem.get(language),
                item.quote.get(language) if item.quote else tuple(sorted(o.text.get(language) for o in item.options)),
            )
            for item in deck.items
        )
        assert [question for question, count in asked.items() if count > 1] == []


def test_the_same_corpus_gives_the_same_items(corpus: Corpus, deck: Deck) -> None:
    assert make_items(corpus, deck.guide) == deck.items


def test_an_item_carries_the_hash_of_its_clause(corpus: Corpus, deck: Deck) -> None:
    for item in deck.items:
        assert item.content == hash_clause(clause_of(item, corpus), corpus)


def test_the_hash_changes_with_what_the_clause_says_and_not_with_how_it_is_asked_for(corpus: Corpus) -> None:
    clause = next(c for c in corpus.clauses if c.figures and c.text)
    assert clause.text is not None
    reworded = clause.model_copy(update={"text": clause.text.model_copy(update={"ja": clause.text.ja + "。"})})
    assert hash_clause(reworded, corpus) != hash_clause(clause, corpus)
    assert hash_clause(
        clause.model_copy(update={"asks": clause.asks.model_copy(update={"en": ("x",)})}), corpus
    ) == hash_clause(clause, corpus)


def test_the_answer_to_a_figure_cloze_stands_in_the_clause_and_its_gap_fits(corpus: Corpus, deck: Deck) -> None:
    for item in of(deck, "cloze"):
        clause = clause_of(item, corpus)
        assert clause.text is not None and item.quote is not None
        answer = item.options[item.answer].text
        values = {key_of(m.value) for m in find_quantities(clause.text.ja)}
        said = find_quantities(answer.ja)
        assert said and key_of(said[0].value) in values, item.id
        assert "［　　］" in item.quote.ja and "[      ]" in item.quote.en


def test_no_clause_of_the_guideline_makes_another_option_of_a_cloze_true(
    corpus: Corpus, deck: Deck, source: Source
) -> None:
    """Over all figures by place, property and condition, checked anew and not by the code that chose the options."""
    for item in of(deck, "cloze"):
        clause = clause_of(item, corpus)
        hole = next(h for h in find_holes(clause) if item.quote is not None and h.masked() == item.quote)
        for option in item.options:
            if option.right or hole.is_range:
                continue
            value = find_quantities(option.text.ja)[0].value
            for figure in hole.figures:
                for other in corpus.clauses:
                    if other.document != clause.document or (other.kind == "definition" and other.id != clause.id):
                        continue
                    for found in other.figures:
                        same = found.property == figure.property and found.place == figure.place is not None
                        unlike = any(
                            key in found.when and found.when[key] != value_
                            for key, value_ in {**clause.when, **figure.when}.items()
                        )
                        if same and not unlike and not _other_case(other, clause, found, figure):
                            assert key_of(found.value) != key_of(value), (item.id, other.id)


def _other_case(other: Clause, clause: Clause, found: object, figure: object) -> bool:
    mine, theirs = {**clause.when, **figure.when}, {**other.when, **found.when}  # type: ignore[attr-defined]
    return any(mine[key] != theirs[key] for key in mine.keys() & theirs.keys())


def test_a_true_statement_is_what_the_clause_says(corpus: Corpus, deck: Deck) -> None:
    for item in of(deck, "statement"):
        if item.fault is None:
            assert item.quote == clause_of(item, corpus).text
            assert item.answer == 0


def test_a_false_statement_differs_from_what_the_clause_says_in_both_languages(corpus: Corpus, deck: Deck) -> None:
    for item in of(deck, "statement"):
        text = clause_of(item, corpus).text
        if item.fault is None or item.fault == "scope" and item.quote == text:
            continue
        assert item.answer == 1
        assert text is not None and item.quote is not None
        assert item.quote.ja != text.ja and item.quote.en != text.en, item.id


def test_a_statement_given_to_another_guideline_names_it_and_its_figures_differ(corpus: Corpus, deck: Deck) -> None:
    book = FigureBook(corpus)
    moved = [i for i in of(deck, "statement") if i.fault == "scope" and i.quote == clause_of(i, corpus).text]
    assert moved
    for item in moved:
        document = item.claims[0].document
        assert document != item.document
        clause = clause_of(item, corpus)
        held = {key_of(f.value) for f in clause.figures for _, f in book.meets(document, clause, f)}
        assert any(
            key_of(f.value) not in {key_of(g.value) for _, g in book.meets(document, clause, f)} for f in clause.figures
        )
        assert held


def test_a_planted_figure_is_stated_nowhere_for_the_same_place_and_case(corpus: Corpus, deck: Deck) -> None:
    book = FigureBook(corpus)
    for item in of(deck, "statement"):
        if item.fault != "figure":
            continue
        clause = clause_of(item, corpus)
        assert item.quote is not None and clause.text is not None
        before = Counter(key_of(m.value) for m in find_quantities(clause.text.ja))
        after = Counter(key_of(m.value) for m in find_quantities(item.quote.ja))
        new, old = after - before, before - after
        assert len(new) == len(old) == 1, item.id
        changed = [f for f in clause.figures if key_of(f.value) in old]
        assert not set(new) & book.true_values(clause.document, clause, changed), item.id


def test_strength_is_planted_only_where_the_clause_has_one_strength(corpus: Corpus, deck: Deck) -> None:
    planted = [item for item in of(deck, "statement") if item.fault == "strength" and "と書かれている" in item.quote.ja]  # type: ignore[union-attr]
    assert planted
    for item in planted:
        clause = clause_of(item, corpus)
        assert item.quote is not None
        said = "should" if "望ましい" in item.quote.ja else "shall"
        assert clause.strength != said


def test_descriptions_of_other_terms_are_no_descriptions_of_this_one(corpus: Corpus, deck: Deck) -> None:
    terms = corpus.vocabulary.terms
    described = {(terms[d.term].label.ja, describe(d, genus).ja) for d in corpus.definitions for genus in (True, False)}
    for item in of(deck, "definition"):
        name = re.search(r"でいう「(.+)」の説明", item.stem.ja)
        assert name is not None
        for option in item.options:
            assert ((name[1], option.text.ja) in described) == option.right, item.id


def test_a_term_is_the_only_one_of_its_options_that_the_description_fits(corpus: Corpus, deck: Deck) -> None:
    terms = corpus.vocabulary.terms
    described = {(terms[d.term].label.ja, describe(d, genus).ja) for d in corpus.definitions for genus in (True, False)}
    for item in of(deck, "term"):
        assert item.quote is not None
        for option in item.options:
            assert ((option.text.ja, item.quote.ja) in described) == option.right, item.id


def test_the_recommendation_is_the_only_one_of_four(corpus: Corpus, deck: Deck) -> None:
    by_content = {
        c.text.ja.rstrip("。").removesuffix("ことが望ましい").removesuffix("こと"): c for c in corpus.clauses if c.text
    }
    asked = [item for item in of(deck, "order") if "望ましい" in item.stem.ja]
    assert asked
    for item in asked:
        for option in item.options:
            clause = by_content[option.text.ja.removesuffix("こと")]
            assert (clause.strength == "should") == option.right


def test_true_and_false_statements_are_about_equally_many(deck: Deck) -> None:
    false = sum(item.fault is not None for item in of(deck, "statement"))
    assert 0.4 <= false / len(of(deck, "statement")) <= 0.6


def test_right_answers_stand_at_every_position(deck: Deck) -> None:
    four = Counter(item.answer for item in deck.items if len(item.options) == 4)
    assert all(four[position] >= 0.18 * sum(four.values()) for position in range(4))


def test_every_claim_names_its_guideline_and_true_claims_are_the_clause(corpus: Corpus, deck: Deck) -> None:
    for item in deck.items:
        for claim in item.claims:
            assert claim.text.ja.startswith(corpus.documents_by_id[claim.document].short.ja + "では、")
            assert claim.truth == (claim.fault is None)


def test_nothing_is_left_unfilled_or_empty(deck: Deck) -> None:
    for item in deck.items:
        texts = [item.stem, item.explanation, *(o.text for o in item.options), *(o.why for o in item.options)]
        for text in [*texts, *([item.quote] if item.quote else [])]:
            assert text.ja.strip() and text.en.strip()
            assert not re.search(r"\{\w+\}|None|。。", text.ja + text.en), (item.id, text)


def test_no_statement_is_made_of_a_clause_that_another_disputes(corpus: Corpus, deck: Deck) -> None:
    contested = set(deck.guide.contested)
    assert contested <= corpus.by_id.keys()
    for item in deck.items:
        if item.kind in ("statement", "place", "guideline"):
            assert f"{item.document} {item.locator}" not in contested


def test_a_corpus_without_a_study_guide_still_has_items(corpus: Corpus, tmp_path: Path) -> None:
    items = make_items(corpus, read_guide(tmp_path))
    assert len(items) > 300
    assert {item.subject for item in items} == {"general"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("subjects: []\ncontrasts: []\n", "rungs"),
        ("subjects: []\ncontrasts: []\nrungs: {}\nsea: 1\n", "sea"),
        ("subjects: []\ncontrasts: [{fault: colour, ja: [a, b], en: [a, b]}]\nrungs: {}\n", "colour"),
    ],
)
def test_a_wrong_study_guide_is_told_with_file_and_key(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=told) as refused:
        read_guide(tmp_path)
    assert "study.yaml" in str(refused.value)
