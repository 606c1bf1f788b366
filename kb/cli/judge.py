"""`kb judge`."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from kb.cli.ask import AsJson, Guidelines, check_guidelines, check_text, read_lines
from kb.cli.open import open_kb
from kb.cli.output import print_json, print_json_line
from kb.errors import InputError, KbError, UsageError
from kb.model.judgement import Judgement

_ITEM_KEYS = ("id", "statement")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""

    @app.command(name="judge", help="記述の正誤を判定する / Judge a statement, or a four-choice item.")
    def judge(
        statement: Annotated[str | None, typer.Argument(help="記述、または四択の問題 / the statement or item")] = None,
        guideline: Guidelines = None,
        as_json: AsJson = False,
        jsonl: Annotated[
            bool, typer.Option("--jsonl", help="標準入力の各行（JSON）を判定する / judge each JSON line of stdin")
        ] = False,
    ) -> None:
        if jsonl == (statement is not None):
            raise UsageError("give a STATEMENT, or --jsonl with statements on stdin, one of the two")
        if jsonl:
            _judge_lines(guideline or [])
            return
        assert statement is not None
        if not statement.strip():
            raise UsageError("the statement is empty")
        check_text(statement)
        kb = open_kb()
        judgement = kb.judge(statement, check_guidelines(kb, guideline or []))
        if as_json:
            print_json(judgement)
        else:
            show_judgement(judgement)


def show_judgement(judgement: Judgement) -> None:
    """Print a judgement for a person."""
    from rich.console import Console

    console = Console()
    console.print(f"[bold]{judgement.headline}[/bold]", highlight=False)
    for option in judgement.options:
        mark = "→" if option.number == judgement.marked else " "
        console.print(f"{mark} {option.number} [{option.verdict}] {option.statement}", highlight=False, markup=False)
        for reason in option.reasons[:1]:
            console.print(f"      {reason.guideline_says}", highlight=False, markup=False)
    for citation in judgement.citations:
        console.print(f"\n[bold]{citation.label}[/bold]", highlight=False)
        console.print(citation.text, highlight=False, markup=False)
        if citation.note:
            console.print(citation.note, highlight=False, markup=False)


def _judge_lines(guidelines: list[str]) -> None:
    kb = open_kb()
    chosen = check_guidelines(kb, guidelines)
    for number, line in enumerate(read_lines(), start=1):
        if not line.strip():
            continue
        try:
            item = _read_item(line)
        except KbError as error:
            raise InputError(f"line {number}: {error}") from None
        judgement = kb.judge(item["statement"], chosen)
        print_json_line({**judgement.model_dump(mode="json"), "id": item["id"]})


def _read_item(line: str) -> dict[str, Any]:
    """Read one line of `--jsonl`; raises `InputError` that says what was found and what is allowed."""
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON ({error.msg} at column {error.colno})") from None
    if not isinstance(item, dict) or not isinstance(item.get("statement"), str):
        raise InputError('expected {"statement": "…"}')
    if not item["statement"].strip():
        raise InputError("the statement is empty")
    unknown = sorted(set(item) - set(_ITEM_KEYS))
    if unknown:
        raise InputError(f"unknown key {unknown[0]!r}; allowed: {', '.join(_ITEM_KEYS)}")
    return {"id": item.get("id"), "statement": check_text(item["statement"])}
