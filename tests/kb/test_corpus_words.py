"""Words added beside the vocabulary, and claims of one clause from several files."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpus import write_corpus

from kb.corpus import load_corpus, read_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


def test_aliases_are_added_to_those_that_are_there(corpus: Path):
    (corpus / "words.yaml").write_text("places:\n  slipway: {aliases: {ja: [船台, スロープ]}}\n", encoding="utf-8")
    aliases = load_corpus(corpus).vocabulary.places["slipway"].aliases
    assert (aliases.ja, aliases.en) == (("スロープ", "船台"), ("ramp",))


def test_a_choice_gets_more_names(corpus: Path):
    (corpus / "words.yaml").write_text("facts: {tide: {choices: {high: {ja: [満潮]}}}}\n", encoding="utf-8")
    assert load_corpus(corpus).vocabulary.facts["tide"].choices["high"].aliases.ja == ("満潮",)


@pytest.mark.parametrize(
    ("text", "key", "found"),
    [
        ("places: {slipwy: {aliases: {ja: [船台]}}}", "places.slipwy", "unknown id 'slipwy'"),
        ("places: {slipway: {alias: {ja: [船台]}}}", "places.slipway.alias", "unknown key 'alias'"),
        (
            "places: {slipway: {yes: {ja: [船台]}}}",
            "places.slipway",
            "yes, no or choices of 'slipway', which is no fact",
        ),
        ("facts: {tide: {choices: {hgh: {ja: [満ち潮]}}}}", "facts.tide.choices.hgh", "unknown choice 'hgh'"),
        ("places: [slipway]", "places", "found ['slipway']"),
    ],
)
def test_a_word_for_nothing_is_named(corpus: Path, text: str, key: str, found: str):
    file = corpus / "harbour" / "words-2.yaml"
    file.write_text(text.replace("yes:", '"yes":') + "\n", encoding="utf-8")
    (error,) = read_corpus(corpus)[1]
    assert (error.key, error.found) == (key, found)
    assert str(error).startswith(f"{file}:1:")


def test_claims_of_one_clause_are_one(corpus: Path):
    first = "- {locator: 1/b, right: {ja: [巻上機は施錠が望ましい]}, wrong: {strength: {ja: [巻上機は必ず施錠する]}}}\n"
    second = "- {locator: 1/b, right: {ja: [ウインチの施錠が勧められる]}, wrong: {place: {ja: [斜路を施錠する]}}}\n"
    (corpus / "harbour" / "claims.yaml").write_text(first, encoding="utf-8")
    (corpus / "harbour" / "claims-2.yaml").write_text(second, encoding="utf-8")
    (claims,) = load_corpus(corpus).claims
    assert claims.right.ja == ("ウインチの施錠が勧められる", "巻上機は施錠が望ましい")
    assert set(claims.wrong) == {"strength", "place"}
