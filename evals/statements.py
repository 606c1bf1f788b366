"""Load exam statements and four-choice items: one JSON object a line, written from the originals."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from evals.questions import Part, Question, load_questions, split

FOLDER = Path(__file__).parent / "statements"
TUNING = Path(__file__).parent / "tuning"
CHOICES = "choices"
Verdict = Literal["correct", "incorrect", "not_covered"]
Fault = Literal["figure", "place", "condition", "strength", "term", "scope", "direction", "quantifier"]


@dataclass(frozen=True)
class Statement:
    """One exam statement with its verdict, or one four-choice item with the option to mark.

    `fault` is the one thing planted in an incorrect statement; `document` is the guideline that the statement
    names, if it names one; `clauses` decide the verdict ("<document id> <locator>").
    `marked` (1 to 4) is set for four-choice items only, whose `verdict` is None.
    """

    id: str
    lang: str
    statement: str
    verdict: Verdict | None
    fault: Fault | None
    document: str | None
    clauses: tuple[str, ...]
    marked: int | None = None

    @property
    def key(self) -> str:
        """What the split into parts goes by: the first clause that decides the verdict."""
        return self.clauses[0] if self.clauses else self.id


def load_statements(part: Part | None = None) -> list[Statement]:
    """Load the statements of every set, in file order; `part` keeps the tuning or the test part."""
    names = [file.stem for file in sorted(FOLDER.glob("*.jsonl")) if file.stem != CHOICES]
    return _keep([s for name in names for s in _read(name)], part)


def load_choices(part: Part | None = None) -> list[Statement]:
    """Load the four-choice items; `part` keeps the tuning or the test part."""
    return _keep(_read(CHOICES), part)


def load_tuning() -> list[Statement]:
    """Load the statements written to tune with (`evals/tuning/own.jsonl`), which no measurement uses."""
    return _read_file(TUNING / "own.jsonl")


def _keep(statements: list[Statement], part: Part | None) -> list[Statement]:
    """Keep one part, split together with the questions: a clause is in the same part for both."""
    parts = split(load_questions() + [_as_question(s) for s in statements])
    return [s for s in statements if part is None or parts[s.id] == part]


def _as_question(statement: Statement) -> Question:
    """Give a statement the shape that the split of the questions reads: its key and its id."""
    return Question(
        id=statement.id,
        lang=statement.lang,
        audience="trainee",
        kind="statement",
        question=statement.statement,
        status=statement.verdict or "choice",
        values=frozenset(),
        clauses=(statement.key,),
    )


def _read(name: str) -> list[Statement]:
    """Read one set.

    Raises:
        ValueError: a line has a verdict, fault, option or clause list that does not fit together.
    """
    return _read_file(FOLDER / f"{name}.jsonl")


def _read_file(file: Path) -> list[Statement]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_parse(json.loads(line), f"{file.name}:{n}") for n, line in enumerate(lines, 1) if line.strip()]


def _parse(data: dict[str, Any], place: str) -> Statement:
    statement = Statement(
        id=data["id"],
        lang=data["lang"],
        statement=data["statement"],
        verdict=data["verdict"],
        fault=data.get("fault"),
        document=data.get("document"),
        clauses=tuple(data["clauses"]),
        marked=data.get("marked"),
    )
    problem = _find_problem(statement)
    if problem:
        raise ValueError(f"{place}: {statement.id}: {problem}")
    return statement


def _find_problem(statement: Statement) -> str | None:
    """Say what does not fit together in a statement, or None."""
    if statement.verdict is None:
        if statement.marked not in (1, 2, 3, 4):
            return f"marked is {statement.marked!r}; allowed: 1, 2, 3, 4"
        return None if statement.clauses else "no clause decides the item"
    if statement.verdict not in get_args(Verdict):
        return f"verdict is {statement.verdict!r}; allowed: {', '.join(get_args(Verdict))}"
    if statement.verdict == "incorrect" and statement.fault not in get_args(Fault):
        return f"fault is {statement.fault!r}; allowed: {', '.join(get_args(Fault))}"
    if statement.verdict != "incorrect" and statement.fault is not None:
        return f"fault is {statement.fault!r} although the verdict is {statement.verdict}"
    if bool(statement.clauses) == (statement.verdict == "not_covered"):
        return f"{len(statement.clauses)} clauses although the verdict is {statement.verdict}"
    return None
