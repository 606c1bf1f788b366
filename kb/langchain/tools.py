"""What the knowledge base can do, as LangChain tools with typed arguments.

Each tool returns text for the model, and as its artifact the same data that the command prints with `--json`.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from kb.base import KnowledgeBase
from kb.design.problems import DesignFileError, describe_problems
from kb.errors import KbError
from kb.model.answer import Answer
from kb.model.base import Language
from kb.model.check import Check
from kb.model.judgement import Judgement

Output = tuple[str, Any]


class _Arguments(BaseModel):
    """Arguments of a tool: what is not known is refused."""

    model_config = ConfigDict(extra="forbid")


class SearchArguments(_Arguments):
    """Arguments of `search_clauses`."""

    query: str = Field(min_length=1, max_length=500, description="What to look for, in Japanese or English.")
    k: int = Field(default=5, ge=1, le=50, description="How many clauses to return.")


class AskArguments(_Arguments):
    """Arguments of `ask_guidelines`."""

    question: str = Field(min_length=1, max_length=500, description="A question, in Japanese or English.")
    guidelines: list[str] = Field(
        default_factory=list, description="Ids of guidelines to answer from; all where empty."
    )
    facts: dict[str, str | bool] = Field(
        default_factory=dict, description='Conditions that are known, such as {"floor": "entrance"}.'
    )
    previous: str | None = Field(
        default=None, max_length=500, description="The question before, where this follows it."
    )


class CheckArguments(_Arguments):
    """Arguments of `check_design`."""

    design: str = Field(
        min_length=1,
        max_length=200_000,
        description="The design as YAML or JSON text (fields: `kb schema design`), not the name of a file.",
    )
    guidelines: list[str] = Field(
        default_factory=list, description="Ids of guidelines; those for the building if empty."
    )
    language: Language = Field(default="ja", description="Language of the findings, ja or en.")


class JudgeArguments(_Arguments):
    """Arguments of `judge_statement`."""

    statement: str = Field(
        min_length=1,
        max_length=4000,
        description="A statement in exam style, or a four-choice item, in Japanese or English.",
    )
    guidelines: list[str] = Field(default_factory=list, description="Ids of guidelines to judge by; all where empty.")


def make_tools(knowledge: KnowledgeBase | None = None) -> list[BaseTool]:
    """Return the tools over a knowledge base (the default one is opened where none is given)."""
    kb = knowledge or KnowledgeBase.open()
    guides = ", ".join(f"{d.id} ({d.short.en})" for d in kb.corpus.documents)

    def search_clauses(query: str, k: int = 5) -> Output:
        hits = kb.search(query, k)
        lines = [f"[{hit.label}] {hit.text}" for hit in hits]
        return "\n".join(lines) or "No clause found.", [hit.model_dump(mode="json") for hit in hits]

    def ask_guidelines(
        question: str,
        guidelines: list[str] | None = None,
        facts: dict[str, str | bool] | None = None,
        previous: str | None = None,
    ) -> Output:
        named = tuple(guidelines or ())
        _refuse_unknown(kb, named)
        answer = kb.ask(question, named, _check_facts(kb, facts or {}), previous)
        return write_answer(answer), answer.model_dump(mode="json")

    def check_design(design: str, guidelines: list[str] | None = None, language: Language = "ja") -> Output:
        named = tuple(guidelines or ())
        _refuse_unknown(kb, named)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "design.yaml"  # JSON is YAML
            file.write_text(design, encoding="utf-8")
            try:
                result = kb.check(file, named, language)
            except DesignFileError as error:
                told = describe_problems(error.problems, language)
                raise ToolException(told.replace(f"{folder}{os.sep}", "")) from error
        return write_check(result), result.model_dump(mode="json")

    def judge_statement(statement: str, guidelines: list[str] | None = None) -> Output:
        named = tuple(guidelines or ())
        _refuse_unknown(kb, named)
        judged = kb.judge(statement, named)
        return write_judgement(judged), judged.model_dump(mode="json")

    return [
        _make(
            search_clauses,
            SearchArguments,
            "Find clauses of Japanese crime-prevention guidelines by meaning and words. Returns labels and restatements.",
        ),
        _make(
            ask_guidelines,
            AskArguments,
            "Answer a question from Japanese crime-prevention guidelines. Figures and verdicts are exact and cited: repeat"
            f" them as they are, and say so where nothing is covered. Guidelines: {guides}.",
        ),
        _make(
            check_design,
            CheckArguments,
            "Check the measured values of a building design against every requirement in force. Verdicts come from rules,"
            f" not from a model: repeat them as they are. Guidelines: {guides}.",
        ),
        _make(
            judge_statement,
            JudgeArguments,
            "Judge whether a statement about crime-prevention guidelines is correct, and where it is at fault; or which option"
            " of a four-choice item to mark.",
        ),
    ]


def write_answer(answer: Answer) -> str:
    """Write an answer for a model to read: status, text, what it cites, what it needs to know."""
    lines = [f"status: {answer.status}", answer.text]
    lines += [f"cites: {citation.label}" for citation in answer.citations]
    for missing in answer.missing:
        options = " / ".join(f"{missing.fact}={option.value} ({option.label})" for option in missing.options)
        lines.append(f"needs: {missing.question} {options}".rstrip())
    return "\n".join(lines)


def write_check(result: Check) -> str:
    """Write the outcome of a check for a model to read: counts by guideline, then every finding that does not pass."""
    lines = [f"complies: {result.complies}"]
    for guideline, strengths in result.summary.items():
        counts = (f"{s} {verdict} {n}" for s, verdicts in strengths.items() for verdict, n in verdicts.items() if n)
        lines.append(f"{guideline}: {', '.join(counts)}")
    open_findings = [f for f in result.findings if f.verdict in ("fail", "unknown")]
    lines += [f"[{f.document} {f.locator}] {f.verdict} ({f.strength}): {f.text}" for f in open_findings]
    lines.append(f"not machine-checked: {len(result.unchecked)} clauses")
    return "\n".join(lines)


def write_judgement(judged: Judgement) -> str:
    """Write a judgement for a model to read: verdict, fault, reasons, what it cites."""
    lines = [f"verdict: {judged.verdict}" + (f", fault: {judged.fault}" if judged.fault else ""), judged.headline]
    if judged.marked is not None:
        lines.append(f"mark: {judged.marked}")
    lines += [f"option {option.number}: {option.verdict}" for option in judged.options]
    lines += [f"said: {r.said} / {r.document} {r.locator} says: {r.guideline_says}" for r in judged.reasons]
    return "\n".join([*lines, *(f"cites: {citation.label}" for citation in judged.citations)])


def _make(function: Callable[..., Output], arguments: type[BaseModel], description: str) -> BaseTool:
    def call(**given: Any) -> Output:
        try:
            return function(**given)
        except KbError as error:
            raise ToolException(str(error)) from error

    return StructuredTool.from_function(
        func=call,
        name=function.__name__,
        description=description,
        args_schema=arguments,
        response_format="content_and_artifact",
        handle_tool_error=_explain,
        handle_validation_error=_explain,
    )


def _explain(error: Exception) -> str:
    """Tell the model what was wrong with its call."""
    return json.dumps({"error": str(error)}, ensure_ascii=False)


def _refuse_unknown(kb: KnowledgeBase, guidelines: tuple[str, ...]) -> None:
    known = kb.corpus.documents_by_id
    for name in guidelines:
        if name not in known:
            raise ToolException(f"guideline {name!r}: no such guideline; one of {', '.join(known)}")


def _check_facts(kb: KnowledgeBase, facts: dict[str, str | bool]) -> dict[str, str | bool]:
    known = kb.corpus.vocabulary.facts
    for key, value in facts.items():
        if key not in known:
            conditions = ", ".join(name for name, fact in known.items() if fact.type == "choice")
            raise ToolException(f"fact {key!r}: no such fact; conditions are {conditions}")
        if known[key].choices and value not in known[key].choices:
            raise ToolException(f"fact {key}={value!r}: one of {', '.join(known[key].choices)}")
    return facts
