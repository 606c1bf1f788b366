"""`--wording` of `kb ask`: a notice before anything is sent, statements as they pass, and one answer on stdout."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kb.cli.output import complain
from kb.errors import UsageError
from kb.messages import say
from kb.model.answer import Answer

if TYPE_CHECKING:
    from kb.base import KnowledgeBase
    from kb.wording.reword import Rewriter


class AnswerWording:
    """Rewords the answers of one command; does nothing where it is not wanted.

    `wanted` is True for `--wording`, False for `--no-wording`, None where neither is given: then answers are reworded if
    `KB_LLM` is set. Raises `UsageError` where wording is wanted and no model is named.
    """

    def __init__(self, knowledge: KnowledgeBase, wanted: bool | None) -> None:
        from kb.wording.provider import read_choice

        self._knowledge = knowledge
        self._choice = None if wanted is False else read_choice()
        self._rewriter: Rewriter | None = None
        if wanted and self._choice is None:
            raise UsageError(
                "--wording: KB_LLM が設定されていません（例 KB_LLM=ollama:qwen3）。 / set KB_LLM, such as ollama:qwen3"
            )

    def apply(self, answer: Answer, stream: bool = False) -> Answer:
        """Return the answer with its rewording; `stream` shows statements on a terminal as soon as they have passed."""
        if self._choice is None or answer.status == "not_covered":
            return answer
        if self._rewriter is None:
            from kb.wording.provider import write_notice
            from kb.wording.reword import Rewriter

            complain(f"{write_notice(self._choice, answer.language)} {say('wording_off', answer.language)}")
            self._rewriter = Rewriter(self._knowledge, self._choice)
        shown = stream and sys.stderr.isatty()
        done = self._rewriter.reword(answer, (lambda statement, text: complain(f"  {text}")) if shown else None)
        assert done.wording is not None
        key = "wording_used" if done.wording.used else "wording_not_used"
        complain(say(key, answer.language, model=done.wording.model, reason=done.wording.reason))
        return done


def text_of(answer: Answer) -> str:
    """Return the text to show: the rewording where it is used, else the answer's own."""
    return answer.wording.text if answer.wording and answer.wording.text else answer.text
