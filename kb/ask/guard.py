"""No figure without a clause: a check that every answer passes before it leaves.

Each number with a unit in the headline and text is, normalised, in a cited clause, in a clause or note that it leans on,
is the asker's own, or is computed from these (a shortfall).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache

from kb.ask.frame import Frame
from kb.messages import say
from kb.model.answer import Answer
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.quantity import UNITS, Mention, Quantity, find_quantities

_log = logging.getLogger(__name__)
Key = tuple[str, Fraction]
_ROUNDING = Fraction(1, 1000)


class FigureGuard:
    """Checks answers against the clauses of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._held: dict[str, frozenset[Key]] = {}

    def check(self, answer: Answer, frame: Frame) -> Answer:
        """Return the answer, or the cited clauses alone where a figure in it has no source (the event is logged)."""
        loose = self.loose_figures(answer, frame)
        if not loose:
            return answer
        _log.warning("figures without a clause %s in the answer to %r", loose, answer.question)
        language = answer.language
        lines = [say("says", language, guide=c.label, text=c.text) for c in answer.citations]
        headline = lines[0] if lines else say("not_covered", language)
        return answer.model_copy(
            update={"headline": headline, "text": "\n\n".join(lines) or headline, "values": (), "verdict": None}
        )

    def loose_figures(self, answer: Answer, frame: Frame) -> list[str]:
        """Return the figures of an answer's own sentences that neither a cited clause nor the asker has."""
        known = set(self._known(answer)) | {key for m in frame.quantities for key in _keys(m)}
        if answer.verdict is not None:
            for finding in answer.verdict.findings:
                known |= {k for t in (finding.shortfall,) if t for m in find_quantities(t) for k in _keys(m)}
        text = f"{answer.headline}\n{answer.text}"
        for label in self._labels(answer.language):
            if label in text:
                text = text.replace(label, " ")
        loose = [m.surface for m in find_quantities(text) if not set(_keys(m)) <= known]
        stated = [Quantity(Fraction(str(v.value)), v.unit) for v in answer.values if v.unit != "clock"]
        return loose + [str(q.number) for q in stated if not _is_known(q, known)]

    @cache  # noqa: B019 (one guard per corpus, for the life of the program)
    def _labels(self, language: str) -> list[str]:
        """Return how clauses are named, longest first: the numbers in them are no figures."""
        return sorted((self._corpus.label(c, language) for c in self._corpus.clauses), key=len, reverse=True)

    def _known(self, answer: Answer) -> Iterator[Key]:
        for citation in answer.citations:
            clause = self._corpus.by_id.get(f"{citation.document} {citation.locator}")
            if clause is None:
                continue
            for source in (clause, *self._leaned_on(clause)):
                held = self._held.get(source.id)
                if held is None:
                    held = self._held[source.id] = frozenset(_of_clause(source))
                yield from held

    def _leaned_on(self, clause: Clause) -> Iterator[Clause]:
        figures = (figure.source for figure in clause.figures if figure.source)
        for locator in (*clause.basis, *figures):
            below = self._corpus.by_id.get(f"{clause.document} {locator}")
            if below is not None:
                yield below


def _is_known(quantity: Quantity, known: set[Key]) -> bool:
    """Tell whether a figure is known; JSON carries a third as 0.3333."""
    return any(d == quantity.dimension and abs(b - quantity.base) <= abs(b) * _ROUNDING for d, b in known)


def _of_clause(clause: Clause) -> Iterator[Key]:
    texts = [t for text in (clause.text, clause.note, clause.title) if text for t in (text.ja, text.en)]
    for mention in _mentions(texts):
        yield from _keys(mention)
    for figure in (*clause.figures, *clause.unreviewed):
        for quantity in (figure.value, figure.value_max):
            if quantity is not None:
                yield quantity.dimension, quantity.base


def _mentions(texts: Iterable[str]) -> Iterator[Mention]:
    for text in texts:
        yield from find_quantities(text)


def _keys(mention: Mention) -> Iterator[Key]:
    for quantity in (mention.value, mention.upper):
        if quantity is not None:
            yield UNITS[quantity.unit].dimension, quantity.base
