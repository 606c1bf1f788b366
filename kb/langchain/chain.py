"""A runnable chain: question in, answer and its clauses out."""

from __future__ import annotations

from typing import Any

from langchain_core.documents import Document
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from kb.base import KnowledgeBase
from kb.langchain.retriever import make_document
from kb.model.answer import Answer, SearchHit

Asked = dict[str, Any]


def make_chain(knowledge: KnowledgeBase | None = None) -> Runnable[Any, dict[str, Any]]:
    """Return a chain over a knowledge base (the default one is opened where none is given).

    Input: a question, or `{"question": …, "guidelines": […], "facts": {…}, "previous": …}`. Output: the input with
    `answer` (an `Answer`) and `clauses` (the cited clauses as documents), in the order of citation.
    """
    kb = knowledge or KnowledgeBase.open()

    def ask(asked: Asked) -> Answer:
        return kb.ask(
            asked["question"], tuple(asked.get("guidelines", ())), asked.get("facts") or {}, asked.get("previous")
        )

    def cite(asked: Asked) -> list[Document]:
        answer: Answer = asked["answer"]
        hits = [SearchHit(**citation.model_dump(include=set(SearchHit.model_fields))) for citation in answer.citations]
        return [make_document(kb, hit, answer.language) for hit in hits]

    return (
        RunnableLambda(_read_input)
        | RunnablePassthrough.assign(answer=RunnableLambda(ask))
        | RunnablePassthrough.assign(clauses=RunnableLambda(cite))
    ).with_config(run_name="ask_guidelines")


def _read_input(asked: str | Asked) -> Asked:
    return {"question": asked} if isinstance(asked, str) else dict(asked)
