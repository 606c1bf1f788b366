"""The gate: what a rewording may do, and what it may not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.base import KnowledgeBase
from kb.corpus.strict_yaml import read_yaml
from kb.errors import CorpusError
from kb.model.answer import Answer
from kb.wording.cues import read_cues
from kb.wording.gate import Gate
from kb.wording.statements import list_statements

ROOT = Path(__file__).resolve().parents[2]
CASES = read_yaml(Path(__file__).with_name("cases.yaml")).data


@pytest.fixture(scope="module")
def asked(kb: KnowledgeBase) -> dict[str, Answer]:
    return {"ja": kb.ask("EVホールは何ルクス？"), "en": kb.ask("The mail corner has 40 lx. Is that enough?")}


@pytest.fixture(scope="module")
def check(gate: Gate, asked: dict[str, Answer]):  # type: ignore[no-untyped-def]
    def run(said: str, reworded: str) -> list[str]:
        answer = asked["ja" if any("ぁ" <= c <= "ん" for c in said) else "en"]
        prepared = gate.prepare(answer.model_copy(update={"text": said}))
        return [problem.kind for problem in gate.check(prepared, 1, reworded)]

    return run


@pytest.mark.parametrize("case", CASES["passes"], ids=lambda case: case["reworded"][:24])
def test_what_says_the_same_passes(check, case: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    assert check(case["said"], case["reworded"]) == []


@pytest.mark.parametrize("case", CASES["stopped"], ids=lambda case: f"{case['kind']} {case['reworded'][:24]}")
def test_what_says_otherwise_is_stopped(check, case: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    assert case["kind"] in check(case["said"], case["reworded"])


def test_a_label_with_another_number_is_stopped(gate: Gate, hall: Answer) -> None:
    prepared = gate.prepare(hall)
    labelled = next(s for s in list_statements(hall) if "第2 1(1)エ(イ) 1点目" in s.text)
    for new in ("第2 1(1)エ(イ) 2点目", "第2 1(2)エ(イ) 1点目", "第3 1(1)エ(イ) 1点目", ""):
        text = labelled.text.replace("第2 1(1)エ(イ) 1点目", new)
        assert {p.kind for p in gate.check(prepared, labelled.number, text)} & {"locator added", "locator missing"}


def test_two_statements_in_each_others_place_are_stopped(gate: Gate, hall: Answer) -> None:
    texts = [s.text for s in list_statements(hall)]
    assert gate.check_all(gate.prepare(hall), texts) == []
    assert gate.check_all(gate.prepare(hall), [texts[0], texts[2], texts[1], *texts[3:]])
    assert gate.check_all(gate.prepare(hall), texts[:-1])


def test_every_answer_passes_as_it_is(gate: Gate, kb: KnowledgeBase) -> None:
    for question in (
        "EVホールは何ルクス？",
        "郵便受けに鍵がないけど大丈夫？",
        "サムターン回しとは",
        "屋上の扉は施錠する？",
        "駐車場が2ルクスしかない",
        "How bright must the lift lobby be?",
        "Is a camera in the lift mandatory?",
    ):
        answer = kb.ask(question)
        assert gate.check_all(gate.prepare(answer), [s.text for s in list_statements(answer)]) == [], question


@pytest.mark.parametrize("name", ["worked", "held"])
def test_rewordings_written_by_hand_pass(gate: Gate, asked: dict[str, Answer], name: str) -> None:
    lines = (ROOT / "evals" / "wording" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()[::6]
    stopped = []
    for row in map(json.loads, lines):
        language = "ja" if any("ぁ" <= c <= "ん" for c in row["text"]) else "en"
        answer = asked[language].model_copy(update={"text": row["statement"], "citations": (), "verdict": None})
        if gate.check(gate.prepare(answer), 1, row["text"]):
            stopped.append(row["text"])
    assert len(stopped) <= 0.2 * len(lines), stopped


def test_a_wrong_key_among_the_words_is_named(tmp_path: Path) -> None:
    (tmp_path / "wording.yaml").write_text("strenght: {}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"wording\.yaml"):
        read_cues(tmp_path / "wording.yaml")
