"""`kb ask` and `kb search`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from kb.base import KnowledgeBase
from kb.cli.open import open_kb
from kb.cli.output import print_json, print_json_line
from kb.cli.wording import AnswerWording, text_of
from kb.errors import InputError, KbError, UsageError
from kb.model.answer import Answer

Guidelines = Annotated[
    list[str] | None, typer.Option("--guideline", "-g", help="指針のID（繰り返し可） / guideline id, repeatable")
]
Facts = Annotated[
    list[str] | None,
    typer.Option("--fact", "-f", help="条件 K=V（例 floor=entrance） / a fact, such as floor=entrance"),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSONで出力 / print JSON")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""

    @app.command(name="ask", help="質問に答える / Answer a question.")
    def ask(
        question: Annotated[str | None, typer.Argument(help="質問 / the question")] = None,
        guideline: Guidelines = None,
        fact: Facts = None,
        as_json: AsJson = False,
        jsonl: Annotated[
            bool, typer.Option("--jsonl", help="標準入力の各行（JSON）に答える / answer each JSON line of stdin")
        ] = False,
        wording: Annotated[
            bool | None,
            typer.Option(
                "--wording/--no-wording",
                help="言語モデルで言い換える（KB_LLM があれば既定でオン） / reword with a language model (on where KB_LLM is set)",
            ),
        ] = None,
    ) -> None:
        if jsonl == (question is not None):
            raise UsageError("give a QUESTION, or --jsonl with questions on stdin, one of the two")
        if jsonl:
            _ask_lines(tuple(guideline or ()), fact or [], bool(wording))
            return
        assert question is not None
        if not question.strip():
            raise UsageError("質問が空です / the question is empty")
        check_text(question)
        kb = open_kb()
        reword = AnswerWording(kb, wording)
        answer = reword.apply(
            kb.ask(question, check_guidelines(kb, guideline or []), check_facts(kb, fact or [])), stream=not as_json
        )
        if as_json:
            print_json(answer)
        else:
            show_answer(answer)

    @app.command(name="search", help="条項を検索する / Search the clauses.")
    def search(
        query: Annotated[str, typer.Argument(help="検索語 / the query")],
        k: Annotated[int, typer.Option("-k", min=1, max=100, help="件数 / how many")] = 10,
        as_json: AsJson = False,
    ) -> None:
        hits = open_kb().search(query, k)
        if as_json:
            print_json(hits)
            return
        for hit in hits:
            print(f"{hit.score:.3f}  {hit.label}\n       {hit.text}")


def check_guidelines(kb: KnowledgeBase, ids: list[str], named: str = "--guideline") -> tuple[str, ...]:
    """Return guideline ids that exist; raises `UsageError` that lists them."""
    known = kb.corpus.documents_by_id
    for one in ids:
        if one not in known:
            raise UsageError(f"{named} {one!r}: no such guideline; one of {', '.join(known)}")
    return tuple(ids)


def check_facts(kb: KnowledgeBase, pairs: list[str]) -> dict[str, str | bool]:
    """Read `K=V` pairs; raises `UsageError` that names what is allowed."""
    facts: dict[str, str | bool] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"--fact {pair!r}: write K=V, such as floor=entrance")
        facts[key] = check_fact(kb, key, value)
    return facts


def check_fact(kb: KnowledgeBase, key: str, value: Any) -> str | bool:
    """Check one fact against the vocabulary; raises `UsageError`."""
    fact = kb.corpus.vocabulary.facts.get(key)
    if fact is None:
        choices = ", ".join(k for k, f in kb.corpus.vocabulary.facts.items() if f.type == "choice")
        raise UsageError(f"fact {key!r}: no such fact; conditions are {choices}")
    if fact.type == "boolean":
        if isinstance(value, bool):
            return value
        if str(value).lower() in ("true", "yes", "はい"):
            return True
        if str(value).lower() in ("false", "no", "いいえ"):
            return False
        raise UsageError(f"fact {key}={value!r}: true or false")
    if fact.choices and value not in fact.choices:
        raise UsageError(f"fact {key}={value!r}: one of {', '.join(fact.choices)}")
    return str(value)


def show_answer(answer: Answer) -> None:
    """Print an answer for a person."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    console.print(Markdown(text_of(answer)))
    for citation in answer.citations:
        console.print(f"\n[bold]{citation.label}[/bold]", highlight=False)
        console.print(citation.text, highlight=False, markup=False)
    for missing in answer.missing:
        options = " / ".join(f"{o.label}（--fact {missing.fact}={o.value}）" for o in missing.options)
        console.print(f"\n? {missing.question} {options}", highlight=False, markup=False)


def _ask_lines(guidelines: tuple[str, ...], pairs: list[str], wording: bool) -> None:
    kb = open_kb()
    reword = AnswerWording(kb, wording)
    given = check_facts(kb, pairs)
    chosen = check_guidelines(kb, list(guidelines))
    for number, line in enumerate(read_lines(), start=1):
        if not line.strip():
            continue
        try:
            item = _read_item(line)
            facts = {k: check_fact(kb, k, v) for k, v in item["facts"].items()}
        except KbError as error:
            raise InputError(f"line {number}: {error}") from None
        answer = reword.apply(kb.ask(item["question"], chosen, {**given, **facts}, item["previous"]))
        print_json_line({**answer.model_dump(mode="json"), "id": item["id"]})


def read_lines() -> Iterator[str]:
    """Yield the lines of stdin; raises `InputError` where they are not UTF-8."""
    try:
        yield from sys.stdin
    except UnicodeDecodeError as error:
        raise InputError(f"stdin is not UTF-8 at byte {error.start}; write UTF-8") from None


_ITEM_KEYS = ("id", "question", "facts", "previous")


def _read_item(line: str) -> dict[str, Any]:
    """Read one line of `--jsonl`; raises `InputError` that says what was found and what is allowed."""
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON ({error.msg} at column {error.colno})") from None
    if not isinstance(item, dict) or not isinstance(item.get("question"), str):
        raise InputError('expected {"question": "…"}')
    if not item["question"].strip():
        raise InputError("質問が空です / the question is empty")
    unknown = sorted(set(item) - set(_ITEM_KEYS))
    if unknown:
        raise InputError(f"unknown key {unknown[0]!r}; allowed: {', '.join(_ITEM_KEYS)}")
    facts = item.get("facts") or {}
    if not isinstance(facts, dict):
        raise InputError(f'facts: found {facts!r}; allowed: a mapping such as {{"floor": "entrance"}}')
    previous = item.get("previous")
    if previous is not None and not isinstance(previous, str):
        raise InputError(f"previous: found {previous!r}; allowed: the question before this one")
    return {"id": item.get("id"), "question": check_text(item["question"]), "facts": facts, "previous": previous}


def check_text(text: str) -> str:
    """Return a text that can be written as UTF-8; raises `InputError` for half a surrogate pair."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"not a text: half a character at position {error.start}") from None
    return text
