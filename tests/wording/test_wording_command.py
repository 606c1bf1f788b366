"""`kb ask` with a language model: notice, one answer on stdout, and the answer itself where the rewording fails."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "kb"))
from commands import Outcome, run_kb

from kb.model.answer import Answer
from tests.wording.openai_server import Behaviour, keep, serve

QUESTION = "EVホールは何ルクス？"
HEAVY = """
import sys
try:
    from kb.cli import main; main()
finally:
    print(sorted({'torch', 'langchain', 'langchain_core', 'openai'} & set(sys.modules)), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Behaviour, str]]:
    pytest.importorskip("langchain_openai")
    behaviour = Behaviour()
    with serve(behaviour) as address:
        yield behaviour, address


@pytest.fixture
def ask(home: Path, server: tuple[Behaviour, str]):  # type: ignore[no-untyped-def]
    behaviour, address = server
    behaviour.requests.clear()
    behaviour.reply, behaviour.status = keep, 200

    def run(*args: str, **more: str) -> Outcome:
        return run_kb("ask", *args, KB_LLM="openai:tiny", KB_LLM_BASE_URL=address, KB_LLM_TIMEOUT="20", **more)

    return run


def test_the_rewording_is_shown_after_a_notice(ask, server: tuple[Behaviour, str]) -> None:  # type: ignore[no-untyped-def]
    server[0].reply = lambda statements: keep({n: t.replace("おおむね", "約") for n, t in statements.items()})
    done = ask(QUESTION)
    assert done.code == 0 and "約50ルクス以上" in done.out.replace("\n", "")
    assert done.err.count("openai:tiny") == 2 and "このコンピューターの中" in done.err
    assert done.err.index("言い換え：") < done.err.index("照合済み")


def test_json_carries_the_rewording_beside_the_answer(ask, server: tuple[Behaviour, str]) -> None:  # type: ignore[no-untyped-def]
    plain = Answer.model_validate(run_kb("ask", QUESTION, "--json").data)
    worded = Answer.model_validate(ask(QUESTION, "--json").data)
    assert worded.wording is not None and worded.wording.used and worded.wording.text == plain.text
    same = {"wording": None, "search": plain.search}
    assert worded.model_copy(update=same) == plain.model_copy(update=same)


def test_a_tampered_rewording_gives_the_answer_itself(ask, server: tuple[Behaviour, str]) -> None:  # type: ignore[no-untyped-def]
    server[0].reply = lambda statements: keep({n: t.replace("50", "5") for n, t in statements.items()})
    done = ask(QUESTION)
    assert done.code == 0 and "50ルクス以上" in done.out.replace("\n", "") and "約5ルクス" not in done.out
    assert "言い換えは使っていません" in done.err and "Traceback" not in done.err


def test_nothing_is_sent_where_it_is_not_wanted(ask, server: tuple[Behaviour, str]) -> None:  # type: ignore[no-untyped-def]
    done = ask(QUESTION, "--no-wording", "--json", entry=HEAVY)
    assert done.data["wording"] is None and server[0].requests == []
    assert done.err.strip() == "[]"


def test_a_refusal_is_not_sent(ask, server: tuple[Behaviour, str]) -> None:  # type: ignore[no-untyped-def]
    done = ask("カレーの作り方は？", "--json")
    assert done.data["status"] == "not_covered" and server[0].requests == [] and done.err == ""


def test_without_a_model_wording_cannot_be_asked_for(home: Path) -> None:
    done = run_kb("ask", QUESTION, "--wording")
    assert done.code == 2 and "KB_LLM" in done.err


def test_without_a_model_neither_torch_nor_langchain_is_imported(home: Path) -> None:
    done = run_kb("ask", QUESTION, entry=HEAVY)
    assert done.code == 0 and done.err.strip() == "[]"
