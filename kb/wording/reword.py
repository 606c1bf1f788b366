"""Reword a finished answer: ask the model, hold each statement to the answer as it arrives, and keep all of them or none."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

from kb.base import KnowledgeBase
from kb.model.answer import Answer, Wording
from kb.wording.gate import Gate, Prepared
from kb.wording.prompt import write_messages
from kb.wording.provider import ModelChoice, WordingUnavailable, open_model
from kb.wording.statements import Statement, join_statements

_log = logging.getLogger(__name__)
_LINE = re.compile(r"^\s*(?:[-*]\s*)?\[(\d{1,3})\]\s*(.*)$")
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_MOST_CHARACTERS = 40_000

Show = Callable[[Statement, str], None]
"""Called with each statement and its new text, as soon as the text has passed the gate."""


class _Rejected(Exception):
    """The rewording is not used; the message is the reason."""


class Rewriter:
    """Rewords answers of one knowledge base with one model; `model` is a LangChain chat model (else the choice's own)."""

    def __init__(self, knowledge: KnowledgeBase, choice: ModelChoice, model: Any = None) -> None:
        self._gate = Gate(knowledge)
        self._choice = choice
        self._model = model

    def reword(self, answer: Answer, show: Show | None = None) -> Answer:
        """Return the answer with `wording`: the new text, or why there is none; nothing else in it changes."""
        if answer.status == "not_covered":
            return self._without(answer, "not_covered")
        prepared = self._gate.prepare(answer)
        try:
            texts = self._collect(answer, prepared, show)
        except _Rejected as problem:
            _log.warning("wording by %s not used: %s", self._choice.name, problem)
            return self._without(answer, str(problem))
        except Exception as problem:
            reason = f"unavailable: {_tell(problem)}"
            _log.warning("wording by %s not used: %s", self._choice.name, reason)
            return self._without(answer, reason)
        text = join_statements(prepared.statements, texts)
        return answer.model_copy(update={"wording": Wording(used=True, model=self._choice.name, text=text)})

    def _without(self, answer: Answer, reason: str) -> Answer:
        return answer.model_copy(update={"wording": Wording(used=False, model=self._choice.name, reason=reason)})

    def _collect(self, answer: Answer, prepared: Prepared, show: Show | None) -> list[str]:
        texts: list[str] = []
        for number, text in read_lines(self._stream(answer, prepared)):
            if number != len(texts) + 1 or number > len(prepared.statements):
                raise _Rejected(f"statements: found {number}, expected {len(texts) + 1}")
            problems = self._gate.check(prepared, number, text)
            if problems:
                raise _Rejected(f"statement {number}: {'; '.join(map(str, problems[:3]))}")
            texts.append(text)
            if show is not None:
                show(prepared.statements[number - 1], text)
        if len(texts) != len(prepared.statements):
            raise _Rejected(f"statements: found {len(texts)}, expected {len(prepared.statements)}")
        return texts

    def _stream(self, answer: Answer, prepared: Prepared) -> Iterator[str]:
        """Yield the model's text as it comes; raises `_Rejected` where it takes too long or does not end."""
        if self._model is None:
            self._model = open_model(self._choice)
        deadline, size = time.monotonic() + self._choice.timeout_s, 0
        for chunk in self._model.stream(write_messages(answer, prepared.statements)):
            piece = chunk.text if isinstance(chunk.text, str) else str(chunk.text())
            size += len(piece)
            if time.monotonic() > deadline:
                raise _Rejected(f"timeout: more than {self._choice.timeout_s:g} s")
            if size > _MOST_CHARACTERS:
                raise _Rejected(f"length: more than {_MOST_CHARACTERS} characters")
            yield piece


def read_lines(pieces: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Read `[number] text` from streamed text: each as soon as the next one begins or the text ends.

    What a model thinks aloud, and what it writes before the first number, is left out; what follows a line without a number
    belongs to it.
    """
    held, number, lines = "", None, list[str]()
    for piece in _with_end(_without_thinking(pieces)):
        held += piece
        *whole, held = held.split("\n")
        for line in whole:
            match = _LINE.match(line)
            if match:
                if number is not None:
                    yield number, " ".join(lines)
                number, lines = int(match[1]), [match[2].strip()]
            elif number is not None and line.strip() and line.strip() != "```":
                lines.append(line.strip())
        if number is not None and _LINE.match(held):
            yield number, " ".join(lines)
            number = None
    if number is not None:
        yield number, " ".join(lines)


def _with_end(pieces: Iterator[str]) -> Iterator[str]:
    yield from pieces
    yield "\n"


def _without_thinking(pieces: Iterator[str]) -> Iterator[str]:
    """Hold text back while a model thinks aloud (`<think>…</think>`), and drop that part."""
    held = ""
    for piece in pieces:
        held += piece
        if "<" not in held:
            yield held
            held = ""
        elif "</think" in held and not _THINKING.sub("", held).count("<think"):
            yield _THINKING.sub("", held)
            held = ""
        elif "<think" not in held and not "<think".startswith(held[held.rindex("<") :][:6]):
            yield held
            held = ""
    yield _THINKING.sub("", held)


def _tell(problem: Exception) -> str:
    if isinstance(problem, WordingUnavailable):
        return str(problem)
    text = next((line.strip() for line in str(problem).splitlines() if line.strip()), "")
    return f"{type(problem).__name__}: {text[:200]}" if text else type(problem).__name__
