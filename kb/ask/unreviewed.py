"""Figures that only a program has read: told as that, beside what a person stands for, never among it."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ask.citing import cite_clause
from kb.ask.describe import Describer
from kb.ask.figures import FigureRecord
from kb.ask.frame import Frame
from kb.messages import say
from kb.model.answer import Answer, SearchInfo
from kb.model.knowledge import Corpus


class UnreviewedWriter:
    """Words figures of the user's documents that nobody has reviewed yet."""

    def __init__(self, corpus: Corpus, describer: Describer) -> None:
        self._corpus = corpus
        self._describer = describer

    def beside(self, answer: Answer, records: Sequence[FigureRecord]) -> Answer:
        """Return an answer with unreviewed figures told after it."""
        held = {(c.document, c.locator) for c in answer.citations}
        language = answer.language
        clauses = {r.clause.id: r.clause for r in records}
        more = tuple(
            cite_clause(self._corpus, clause, 1.0, language)
            for clause in clauses.values()
            if (clause.document, clause.locator) not in held
        )
        return answer.model_copy(
            update={
                "text": f"{answer.text}\n\n{self._paragraph(records, language)}",
                "values": (*answer.values, *(r.to_value() for r in _once(records))),
                "citations": (*answer.citations, *more),
            }
        )

    def alone(self, frame: Frame, records: Sequence[FigureRecord]) -> Answer:
        """Answer with unreviewed figures, where no reviewed one answers."""
        language = frame.language
        headline = say(
            "unreviewed_headline", language, figures=say("semicolon", language).join(self._lines(records, language))
        )
        empty = Answer(
            question=frame.question,
            language="en" if language == "en" else "ja",
            status="answered",
            headline=headline,
            text=f"**{headline}**",
            search=SearchInfo(mode="hybrid", took_ms=0),
        )
        return self.beside(empty, records)

    def _paragraph(self, records: Sequence[FigureRecord], language: str) -> str:
        items = "\n".join(f"- {line}" for line in self._lines(records, language))
        return f"{say('unreviewed_intro', language)}\n{items}"

    def _lines(self, records: Sequence[FigureRecord], language: str) -> list[str]:
        lines = []
        for record in _once(records):
            conditions = self._describer.conditions(record.conditions, language, skip=("building",))
            subject = self._describer.record_subject(record, language)
            figure = self._describer.figure(record.figure, language)
            lines.append(
                say(
                    "unreviewed_item",
                    language,
                    guide=self._corpus.label(record.clause, language),
                    subject=f"{conditions} {subject}".strip(),
                    figure=figure,
                )
            )
        return list(dict.fromkeys(lines))


def _once(records: Sequence[FigureRecord]) -> list[FigureRecord]:
    return list({record.key: record for record in records}.values())
