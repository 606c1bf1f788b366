"""Cite a clause: our restatement, the original wording where the user has added it, the edition of a user's document."""

from __future__ import annotations

from kb.model.answer import Citation
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus


def cite_clause(corpus: Corpus, clause: Clause, score: float, language: str) -> Citation:
    """Return the citation of a clause in a language."""
    document = corpus.documents_by_id[clause.document]
    return Citation(
        document=clause.document,
        title=document.title.get(language),
        locator=clause.locator,
        label=corpus.label(clause, language),
        text="" if clause.text is None else clause.text.get(language),
        quote=clause.quote,
        note=None if clause.note is None else clause.note.get(language),
        strength=clause.strength,
        score=round(score, 4),
        edition=document.edition,
    )
