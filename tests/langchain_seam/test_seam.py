"""What the retriever, the tools and the chain hand over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("langchain_core")

from langchain_core.tools import BaseTool

from kb.base import KnowledgeBase
from kb.langchain import ClauseEmbeddings, ClauseRetriever, make_chain, make_tools
from kb.model.answer import Answer
from kb.model.check import Check
from kb.model.judgement import Judgement


@pytest.fixture(scope="module")
def kb(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open()


@pytest.fixture(scope="module")
def tools(kb: KnowledgeBase) -> dict[str, BaseTool]:
    return {tool.name: tool for tool in make_tools(kb)}


def call(tool: BaseTool, **args: Any) -> Any:
    return tool.invoke({"name": tool.name, "args": args, "id": "1", "type": "tool_call"})


def test_a_clause_carries_where_it_stands_and_what_it_sets(kb: KnowledgeBase) -> None:
    found = ClauseRetriever(knowledge=kb, guidelines=("kochi-housing",), k=3).invoke("共用玄関階のEVホールの明るさ")
    first = found[0].metadata
    assert found[0].id == f"{first['document']} {first['locator']}"
    assert {one.metadata["document"] for one in found} == {"kochi-housing"}
    assert first["strength"] == "shall" and first["label"].startswith("高知県住宅指針")
    lux = [figure for figure in first["figures"] if figure["unit"] == "lx"]
    assert lux and lux[0]["value"] == 50 and lux[0]["operator"] == ">="
    assert json.loads(json.dumps(first)) == first


def test_text_is_in_the_language_of_the_question_or_the_chosen_one(kb: KnowledgeBase) -> None:
    assert (
        ClauseRetriever(knowledge=kb, k=1).invoke("How bright is the lift lobby?")[0].page_content.isascii() is not None
    )
    english = ClauseRetriever(knowledge=kb, k=1, language="en").invoke("EVホールの明るさ")[0]
    assert english.metadata["language"] == "en" and "lx" in english.page_content


def test_embeddings_bring_names_of_one_thing_together() -> None:
    model = ClauseEmbeddings()
    query, near, far = model.embed_query("チャリ置き場"), *model.embed_documents(["駐輪場", "郵便受箱"])
    assert (
        sum(a * b for a, b in zip(query, near, strict=True)) > sum(a * b for a, b in zip(query, far, strict=True)) + 0.2
    )


def test_a_tool_gives_text_to_the_model_and_data_to_the_program(tools: dict[str, BaseTool], kb: KnowledgeBase) -> None:
    message = call(tools["ask_guidelines"], question="EVホールは何ルクス？", guidelines=["kochi-housing"])
    assert "50ルクス以上" in message.content and "cites: 高知県住宅指針" in message.content
    assert Answer.model_validate(message.artifact).values == kb.ask("EVホールは何ルクス？", ["kochi-housing"]).values


def test_what_is_not_covered_is_said_to_the_model(tools: dict[str, BaseTool]) -> None:
    assert call(tools["ask_guidelines"], question="カレーの作り方は？").content.startswith("status: not_covered")


@pytest.mark.parametrize(
    ("args", "named"),
    [
        ({"question": "照度", "guidelines": ["osaka"]}, "kochi-housing"),
        ({"question": "照度", "facts": {"storey": "1"}}, "floor"),
        ({"question": "照度", "facts": {"floor": "attic"}}, "entrance"),
        ({"question": ""}, "question"),
        ({"question": "照度", "mood": "good"}, "mood"),
    ],
)
def test_a_wrong_call_is_answered_with_what_is_allowed(
    tools: dict[str, BaseTool], args: dict[str, Any], named: str
) -> None:
    assert named in json.loads(call(tools["ask_guidelines"], **args).content)["error"]


HALL = """
building: apartment
places:
  - {place: elevator_hall, name: 1階, floor: entrance, illuminance: {average_horizontal: 45 lx}}
"""


def test_a_design_is_checked_from_its_text(tools: dict[str, BaseTool]) -> None:
    message = call(tools["check_design"], design=HALL, guidelines=["kochi-housing"])
    assert message.content.startswith("complies: False") and "kochi-housing: " in message.content
    checked = Check.model_validate(message.artifact)
    failed = [f for f in checked.findings if f.verdict == "fail"]
    assert [(f.document, f.subject) for f in failed] == [("kochi-housing", "elevator_hall")]
    assert failed[0].text in message.content


@pytest.mark.parametrize(
    ("design", "named"),
    [("building: castle\nplaces: []\n", "castle"), ("[1, 2]", "design"), ("a: [", "design")],
)
def test_a_design_that_cannot_be_read_is_told_without_a_path(
    tools: dict[str, BaseTool], design: str, named: str
) -> None:
    error = json.loads(call(tools["check_design"], design=design).content)["error"]
    assert named in error and "/tmp" not in error


def test_a_statement_is_judged_as_the_command_judges_it(tools: dict[str, BaseTool], kb: KnowledgeBase) -> None:
    statement = "高知県の指針では、共同住宅の郵便受箱は、鍵をかけられないものにする。"
    message = call(tools["judge_statement"], statement=statement)
    judged = Judgement.model_validate(message.artifact)
    assert judged.verdict == kb.judge(statement).verdict != "not_covered"
    assert message.content.startswith(f"verdict: {judged.verdict}") and judged.citations[0].label in message.content


def test_every_argument_is_described(tools: dict[str, BaseTool]) -> None:
    for tool in tools.values():
        assert tool.description
        assert all("description" in one for one in tool.get_input_jsonschema()["properties"].values())


def test_the_chain_hands_over_the_answer_with_its_clauses(kb: KnowledgeBase) -> None:
    chain = make_chain(kb)
    done = chain.invoke("EVホールは何ルクス？")
    assert done["answer"].values == kb.ask("EVホールは何ルクス？").values
    assert [c.metadata["label"] for c in done["clauses"]] == [c.label for c in done["answer"].citations]


def test_the_chain_takes_facts_and_runs_in_batches_and_streams(kb: KnowledgeBase) -> None:
    chain = make_chain(kb)
    asked = {"question": "EVホールは何ルクス？", "guidelines": ["kochi-housing"], "facts": {"floor": "other"}}
    first, second = chain.batch([asked, "カレーの作り方は？"])
    assert {value.value for value in first["answer"].values} == {20}
    assert second["answer"].status == "not_covered" and second["clauses"] == []
    assert any("answer" in part for part in chain.stream(asked))
