"""Clauses as LangChain documents."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from kb.ask.figures import FigureRecord
from kb.base import KnowledgeBase
from kb.model.answer import SearchHit
from kb.model.base import Language
from kb.text import language_of

_MOST = 60


class ClauseRetriever(BaseRetriever):
    """Finds the `k` clauses nearest to a question, those of `guidelines` alone where any are named.

    `knowledge` is a `KnowledgeBase`; without one, the default one is opened at the first question. The text of a document
    is the restatement in the language of the question, or in `language` where that is set.
    """

    knowledge: Any = None
    k: int = Field(default=5, ge=1, le=_MOST)
    guidelines: tuple[str, ...] = ()
    language: Language | None = None

    @cached_property
    def _opened(self) -> KnowledgeBase:
        return self.knowledge or KnowledgeBase.open()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        wanted = self.k if k is None else k
        language = self.language or language_of(query)
        hits = self._opened.search(query, _MOST if self.guidelines else wanted)
        kept = [hit for hit in hits if not self.guidelines or hit.document in self.guidelines]
        return [make_document(self._opened, hit, language) for hit in kept[:wanted]]


def make_document(knowledge: KnowledgeBase, hit: SearchHit, language: str) -> Document:
    """Turn a hit into a document; its metadata are plain data (document, locator, strength, figures, …)."""
    corpus = knowledge.corpus
    clause = corpus.by_id[f"{hit.document} {hit.locator}"]
    figures = (FigureRecord.of(clause, figure).to_value() for figure in clause.figures)
    metadata: dict[str, Any] = {
        "document": clause.document,
        "title": corpus.documents_by_id[clause.document].title.get(language),
        "locator": clause.locator,
        "label": corpus.label(clause, language),
        "kind": clause.kind,
        "strength": clause.strength,
        "figures": [value.model_dump(mode="json", exclude_defaults=True) for value in figures],
        "places": list(clause.places),
        "topics": list(clause.topics),
        "note": None if clause.note is None else clause.note.get(language),
        "language": language,
        "score": hit.score,
    }
    text = "" if clause.text is None else clause.text.get(language)
    return Document(page_content=text, metadata=metadata, id=clause.id)
