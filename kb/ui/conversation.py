"""The conversation of one visitor: questions, what each follows, chosen facts. Pure: the page keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import urlencode

from kb.model.answer import Answer, Missing

_FOLLOWS = re.compile(
    r"^(then|and|so|what about|how about|what if)\b|"
    r"^(じゃあ|じゃ|では|なら|それ|その|ほか|他|あと|ちなみに)|"
    r"^[^のはが、。]{1,12}(は|なら|だと|の場合は?)[?？]?$",
    re.IGNORECASE,
)
_FACT = "f."
_LONGEST = 500
"""Characters of a question that are read; the rest is cut."""


class Asks(Protocol):
    """What answers questions."""

    def ask(
        self,
        question: str,
        guidelines: tuple[str, ...] = (),
        facts: dict[str, str | bool] | None = None,
        previous: str | None = None,
    ) -> Answer:
        """Answer a question."""


@dataclass(frozen=True)
class Turn:
    """One question and its answer; `asked` remembers every fact asked for, so that a choice can be changed."""

    number: int
    question: str
    answer: Answer
    previous: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[Missing, ...] = ()


def clean_question(source: str) -> str:
    """Return a question without outer spaces, at most 500 characters long."""
    return source.strip()[:_LONGEST]


def continues(question: str) -> bool:
    """Tell whether a question reads as one that goes on from the question before it (`その他の階は？`)."""
    return bool(_FOLLOWS.search(question.strip()))


def context_of(turn: Turn) -> str:
    """Return what the next question may go on from: the question, behind the one that it went on from itself."""
    return f"{turn.previous} {turn.question}" if turn.previous else turn.question


def take_turn(
    knowledge: Asks, number: int, question: str, previous: str | None = None, facts: Mapping[str, str] | None = None
) -> Turn:
    """Ask a question and return the turn."""
    chosen = dict(facts or {})
    answer = knowledge.ask(question, facts={key: read_fact(value) for key, value in chosen.items()}, previous=previous)
    return Turn(number, question, answer, previous, chosen, answer.missing)


def refine(knowledge: Asks, turn: Turn, fact: str, value: str | None) -> Turn:
    """Answer a turn's question again with a fact chosen, or with the choice taken back (None)."""
    chosen = {key: one for key, one in turn.facts.items() if key != fact} | ({fact: value} if value else {})
    again = take_turn(knowledge, turn.number, turn.question, turn.previous, chosen)
    known = {missing.fact for missing in turn.asked}
    return replace(again, asked=(*turn.asked, *(m for m in again.asked if m.fact not in known)))


def open_questions(turn: Turn, at_once: int = 2) -> list[Missing]:
    """Return the facts to ask for now: those chosen already, and the first few of the others, best first."""
    still = {missing.fact for missing in turn.answer.missing[:at_once]}
    return [missing for missing in turn.asked if missing.fact in turn.facts or missing.fact in still]


def read_fact(value: str) -> str | bool:
    """Return a fact as the knowledge base takes it: yes/no as a boolean, a choice as its id."""
    return {"true": True, "false": False}.get(value.lower(), value)


def address_of(turn: Turn, language: str) -> dict[str, str]:
    """Return the query parameters that open a turn again."""
    parts = {"q": turn.question, "lang": language}
    if turn.previous:
        parts["after"] = turn.previous
    return parts | {f"{_FACT}{key}": value for key, value in turn.facts.items()}


def link_to(turn: Turn, language: str, base: str) -> str:
    """Return the address of a turn as one can send it."""
    return f"{base.split('?')[0]}?{urlencode(address_of(turn, language))}"


def read_address(parameters: Mapping[str, str]) -> tuple[str, str | None, dict[str, str]] | None:
    """Return question, question before it and facts of an address; None where it names no question."""
    question = clean_question(parameters.get("q", ""))
    if not question:
        return None
    facts = {key.removeprefix(_FACT): value for key, value in parameters.items() if key.startswith(_FACT)}
    return question, clean_question(parameters.get("after", "")) or None, facts
