"""LangChain's own standard tests for retrievers, embeddings and tools."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("langchain_tests")

from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool
from langchain_tests.integration_tests import (
    EmbeddingsIntegrationTests,
    RetrieversIntegrationTests,
    ToolsIntegrationTests,
)
from langchain_tests.unit_tests import EmbeddingsUnitTests, ToolsUnitTests

from kb.base import KnowledgeBase
from kb.langchain import ClauseEmbeddings, ClauseRetriever, make_tools


@pytest.fixture(scope="module", autouse=True)
def built(home: Path) -> None:
    """Build the shared index before any of these tests."""


class TestRetriever(RetrieversIntegrationTests):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return ClauseRetriever

    @property
    def retriever_query_example(self) -> str:
        return "エレベーターホールの照度"


class TestEmbeddingsUnit(EmbeddingsUnitTests):
    @property
    def embeddings_class(self) -> type[Embeddings]:
        return ClauseEmbeddings


class TestEmbeddings(EmbeddingsIntegrationTests):
    @property
    def embeddings_class(self) -> type[Embeddings]:
        return ClauseEmbeddings


DESIGN = """
building: apartment
places:
  - {place: elevator_hall, name: 1階, floor: entrance, illuminance: {average_horizontal: 45 lx}}
"""
_TOOLS: dict[str, BaseTool] = {}


def tool_named(name: str) -> BaseTool:
    if not _TOOLS:
        _TOOLS.update({tool.name: tool for tool in make_tools(KnowledgeBase.open())})
    return _TOOLS[name]


class SearchClauses:
    @property
    def tool_constructor(self) -> BaseTool:
        return tool_named("search_clauses")

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"query": "防犯カメラ 録画期間", "k": 3}


class AskGuidelines:
    @property
    def tool_constructor(self) -> BaseTool:
        return tool_named("ask_guidelines")

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"question": "EVホールは何ルクス？", "facts": {"floor": "entrance"}}


class TestSearchClausesUnit(SearchClauses, ToolsUnitTests): ...


class TestSearchClauses(SearchClauses, ToolsIntegrationTests): ...


class TestAskGuidelinesUnit(AskGuidelines, ToolsUnitTests): ...


class TestAskGuidelines(AskGuidelines, ToolsIntegrationTests): ...


class CheckDesign:
    @property
    def tool_constructor(self) -> BaseTool:
        return tool_named("check_design")

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"design": DESIGN, "guidelines": ["kochi-housing"]}


class JudgeStatement:
    @property
    def tool_constructor(self) -> BaseTool:
        return tool_named("judge_statement")

    @property
    def tool_invoke_params_example(self) -> dict[str, Any]:
        return {"statement": "共用玄関のある階のエレベーターホールは50ルクス以上とする。"}


class TestCheckDesignUnit(CheckDesign, ToolsUnitTests): ...


class TestCheckDesign(CheckDesign, ToolsIntegrationTests): ...


class TestJudgeStatementUnit(JudgeStatement, ToolsUnitTests): ...


class TestJudgeStatement(JudgeStatement, ToolsIntegrationTests): ...
