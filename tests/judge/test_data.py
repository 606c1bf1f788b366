"""The data that judging stands on: contrasts and claims, strictly loaded."""

from pathlib import Path

import pytest

from kb.base import read_contrasts
from kb.corpus import load_corpus
from kb.errors import CorpusError
from kb.settings import corpus_folder


def write(folder: Path, text: str) -> Path:
    (folder / "contrasts.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("sets:\n  - {id: a, fault: direction, members: [{ja: [内]}]}\n", "two members"),
        ("sets:\n  - {id: a, fault: colour, members: [{ja: [内]}, {ja: [外]}]}\n", "fault"),
        ("sets:\n  - {id: a, fault: term, members: [{ja: [内]}, {}]}\n", "none of them empty"),
        ("opposites: []\n", "opposites"),
        ("moods: {perhaps: {ja: [かも]}}\n", "moods"),
    ],
)
def test_a_wrong_contrast_is_named_with_file_and_key(tmp_path, text, named):
    with pytest.raises(CorpusError) as problem:
        read_contrasts(write(tmp_path, text))
    assert "contrasts.yaml" in str(problem.value) and named in str(problem.value)


def test_a_corpus_without_contrasts_has_none(tmp_path):
    assert read_contrasts(tmp_path).sets == ()


def test_no_expression_is_in_two_members_of_one_set():
    for one in read_contrasts(corpus_folder()).sets:
        words = [w for member in one.members for w in member.all]
        assert len(words) == len(set(words)), one.id


def test_no_claim_is_right_and_wrong_at_once():
    for claims in load_corpus(corpus_folder()).claims:
        wrong = {w for words in claims.wrong.values() for w in words.all}
        assert not wrong & set(claims.right.all), claims.locator


def test_no_clause_has_its_claims_in_two_places():
    ids = [f"{c.document} {c.locator}" for c in load_corpus(corpus_folder()).claims]
    assert len(ids) == len(set(ids))
