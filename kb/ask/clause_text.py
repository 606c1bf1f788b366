"""Put clauses into words: what they say, how they bind, what tells terms apart, and that they set no number."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ask.describe import Describer
from kb.ask.frame import Frame
from kb.messages import say
from kb.model.corpus import Clause, Definition
from kb.model.knowledge import Corpus

_LONG = 4
"""A list of so many clauses gets a headline of its own."""


class ClauseWriter:
    """Writes about the clauses of one corpus."""

    def __init__(self, corpus: Corpus, describer: Describer) -> None:
        self._corpus = corpus
        self._describer = describer
        self._definitions: dict[str, list[Definition]] = {}
        for definition in corpus.definitions:
            self._definitions.setdefault(definition.term, []).append(definition)

    def line(self, clause: Clause, language: str) -> str:
        """Say what a clause says, and whose it is."""
        text = "" if clause.text is None else clause.text.get(language)
        return say("says", language, guide=self._describer.document(clause.document, language), text=text)

    def headline(self, frame: Frame, clauses: Sequence[Clause], figured: bool, language: str) -> str:
        """Say in one sentence what was asked: how it binds, what differs, or what the leading clause says."""
        if not clauses:
            return say("not_covered", language)
        lead = self.line(clauses[0], language)
        if asks_figure(frame) and not figured:
            return say("no_number", language, text=lead)
        if "difference" in frame.intents and len(frame.terms) > 1:
            return self._apart(frame, clauses, language) or lead
        if "mandatory" in frame.intents:
            return self._bound(clauses, language) or lead
        if "list" in frame.intents:
            return self._overview(frame, clauses, language) or lead
        return lead

    def body(self, frame: Frame, clauses: Sequence[Clause], headline: str, language: str) -> list[str]:
        """Write the paragraphs under a headline: every clause that it does not hold already, and how they bind."""
        lines = [line for clause in clauses if (line := self.line(clause, language)) not in headline]
        if "mandatory" in frame.intents:
            lines = [self._worded(clause, language) for clause in clauses]
        elif "list" in frame.intents:
            return self._grouped(clauses, headline, language)
        parts = ["\n".join(f"- {line}" for line in dict.fromkeys(lines))] if lines else []
        if "mandatory" in frame.intents:
            parts += self._forces(clauses, language)
        return parts

    def _overview(self, frame: Frame, clauses: Sequence[Clause], language: str) -> str | None:
        """Say which guidelines speak of what is asked about; None where a list is short enough to be its own headline."""
        subjects = (*frame.places, *frame.terms)[:1]
        if len(clauses) < _LONG or not subjects:
            return None
        guides = dict.fromkeys(self._describer.document(clause.document, language) for clause in clauses)
        subject = self._describer.concept(subjects[0], language)
        return say("overview", language, subject=subject, guides=say("and", language).join(guides))

    def _grouped(self, clauses: Sequence[Clause], headline: str, language: str) -> list[str]:
        """List the clauses guideline by guideline, the one with the best clause first."""
        documents = dict.fromkeys(clause.document for clause in clauses)
        lines = [self.line(c, language) for document in documents for c in clauses if c.document == document]
        kept = [line for line in dict.fromkeys(lines) if line not in headline]
        return ["\n".join(f"- {line}" for line in kept)] if kept else []

    def _worded(self, clause: Clause, language: str) -> str:
        line = self.line(clause, language)
        if clause.strength is None:
            return line
        return say("worded", language, text=line, strength=say(f"short_{clause.strength}", language))

    def _bound(self, clauses: Sequence[Clause], language: str) -> str | None:
        """Say how strongly each guideline words what it says, the strongest clause of each."""
        by_document: dict[str, str] = {}
        for clause in clauses:
            if clause.strength is not None:
                by_document.setdefault(clause.document, clause.strength)
        if not by_document:
            return None
        items = [
            say("bound", language, guide=self._describer.document(d, language), strength=say(f"short_{s}", language))
            for d, s in by_document.items()
        ]
        said = self.line(clauses[0], language)
        return say("bound_headline", language, items=say("semicolon", language).join(items), text=said)

    def _forces(self, clauses: Sequence[Clause], language: str) -> list[str]:
        documents = dict.fromkeys(clause.document for clause in clauses)
        forces = []
        for document in documents:
            entry = self._corpus.documents_by_id[document]
            name = self._describer.document(document, language)
            forces.append(say("force", language, guide=name, text=entry.legal_force.get(language)))
        return forces

    def _apart(self, frame: Frame, clauses: Sequence[Clause], language: str) -> str | None:
        """Say what distinguishes the terms asked about, by the features that their definitions mark."""
        documents = {clause.document for clause in clauses}
        items = []
        for term in frame.terms:
            held = [d for d in self._definitions.get(term, ()) if d.document in documents]
            if not held:
                continue
            features = [f for f in held[0].features if f.distinguishing] or list(held[0].features)
            text = say("and", language).join(f.en if language == "en" else f.ja for f in features)
            items.append(say("apart", language, term=self._describer.concept(term, language), text=text))
        return " ".join(items) if len(items) > 1 else None


def asks_figure(frame: Frame) -> bool:
    """Tell whether a question asks for a number, without stating one."""
    named = bool(frame.dimensions or frame.properties or frame.generic)
    return named and "figure" in frame.intents and not frame.quantities
