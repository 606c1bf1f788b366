"""Verdicts on what a question tells: facts and figures, negated and not, place by place, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kb import KnowledgeBase
from kb.ask.negation import read_scopes
from kb.ask.phrases import content_terms

_TABLE: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "verdicts.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def kb(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open()


@pytest.mark.parametrize(("word", "question"), [(word, q) for word, questions in _TABLE.items() for q in questions])
def test_what_is_told_is_judged(kb: KnowledgeBase, word: str, question: str):
    verdict = kb.ask(question).verdict
    assert (verdict.value if verdict else "none") == word


@pytest.mark.parametrize(
    ("part", "denied", "spared"),
    [
        ("防犯カメラの設置がない", ["カメラ"], []),
        ("カメラのない入口に鍵がある", ["カメラ"], ["鍵"]),
        ("補助錠や面格子などは何もない", ["補助", "格子"], []),
        ("認定品の扉を採用できず", ["認定", "扉"], []),
        ("境界に中の見えないブロック塀がある", ["見える"], ["境界"]),
        ("張り紙がどこにもない", ["張り紙"], []),
        ("steel doors with no glass", ["glass"], ["steel", "door"]),
    ],
)
def test_a_negation_denies_what_it_belongs_to(kb: KnowledgeBase, part: str, denied: list[str], spared: list[str]):
    terms = content_terms(part, kb.cues)
    order = {term: place for place, term in enumerate(terms)}
    scopes = read_scopes(part, kb.cues)
    for word in (*denied, *spared):
        held = frozenset(term for term in terms if term.startswith(word))
        assert held, (word, terms)
        assert any(scope.denies(held, order) for scope in scopes) == (word in denied)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("鍵を付けとらん", "鍵を付けていない"),
        ("道から見えんかった。", "道から見えない。"),
        ("見えません", "見えません"),
        ("たくさんある", "たくさんある"),
    ],
)
def test_dialect_is_read_as_standard(kb: KnowledgeBase, said: str, read: str):
    assert kb.cues.standard(said) == read


@pytest.mark.parametrize(
    ("text", "language", "fact", "own", "yes", "no"),
    [
        ("管理室から玄関とEVホールは見えるが、集合ポストは壁で見えない", "ja", "overlooks", "managers_office",
         {"common_entrance", "elevator_hall"}, {"mail_corner"}),
        ("道路からは見えないが、住戸の窓から見える", "ja", "visible_from", "bicycle_parking", {"dwelling_window"}, {"road"}),
        ("the car park is in plain view from the road", "en", "visible_from", "parking", {"road"}, set()),
    ],
)  # fmt: skip
def test_a_list_of_places_is_read_place_by_place(
    kb: KnowledgeBase, text: str, language: str, fact: str, own: str, yes: set[str], no: set[str]
):
    listed = kb._engine._judge._lists.read(text, language, fact, frozenset([own]))
    assert (set(listed.yes), set(listed.no)) == (yes, no)
