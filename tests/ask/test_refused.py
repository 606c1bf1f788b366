"""What no guideline sets is not answered; greetings get one line; what is asked in other words is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kb.base import KnowledgeBase
from kb.messages import say

TABLE = yaml.safe_load(Path(__file__).with_name("refused.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def kb(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open()


@pytest.mark.parametrize("question", TABLE["refused"])
def test_what_no_guideline_sets_is_not_answered(kb: KnowledgeBase, question: str) -> None:
    answer = kb.ask(question)
    assert answer.status == "not_covered"
    assert not answer.values
    assert not answer.citations


@pytest.mark.parametrize(("text", "language"), TABLE["small_talk"])
def test_greetings_and_thanks_get_one_line_without_a_clause(kb: KnowledgeBase, text: str, language: str) -> None:
    answer = kb.ask(text)
    assert answer.status == "not_covered"
    assert answer.text == say("small_talk", language)


@pytest.mark.parametrize("question", TABLE["answered"])
def test_what_is_asked_in_other_words_or_misspelt_is_answered(kb: KnowledgeBase, question: str) -> None:
    answer = kb.ask(question)
    assert answer.status != "not_covered"
    assert answer.citations
