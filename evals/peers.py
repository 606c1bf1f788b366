"""Two ordinary systems to stand beside: BM25 over character bigrams, and the usual LangChain pipeline."""

from __future__ import annotations

from collections.abc import Callable

from indexer.search import Searcher
from kb.model.knowledge import Corpus
from kb.text import fold

Ranker = Callable[[str], list[str]]


def bigram_bm25(corpus: Corpus) -> Ranker:
    """Rank by BM25 (bm25s, defaults) over character bigrams of the clauses' restatements."""
    import bm25s

    clauses = [c for c in corpus.clauses if c.text is not None]
    documents = [_bigrams(f"{c.text.ja} {c.text.en}") for c in clauses if c.text is not None]
    model = bm25s.BM25()
    model.index(documents, show_progress=False)

    def rank(question: str) -> list[str]:
        found, _ = model.retrieve([_bigrams(question)], k=10, show_progress=False)
        return [clauses[int(i)].id for i in found[0]]

    return rank


def _bigrams(text: str) -> list[str]:
    squeezed = "".join(fold(text).split())
    return [squeezed[i : i + 2] for i in range(len(squeezed) - 1)]


def langchain_pipeline(corpus: Corpus, searcher: Searcher) -> Ranker:
    """Rank by RecursiveCharacterTextSplitter and InMemoryVectorStore with the same embedder.

    Each guideline's restatements are one text; a chunk counts as the clauses that it covers, in order.
    """
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_core.vectorstores import InMemoryVectorStore
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    model = searcher.index.model
    assert model is not None

    class SameEmbedder(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, row)) for row in model.encode_passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return list(map(float, model.encode_queries([text])[0]))

    splitter = RecursiveCharacterTextSplitter(chunk_size=400, chunk_overlap=60, add_start_index=True)
    store = InMemoryVectorStore(SameEmbedder())
    for language in ("ja", "en"):
        for document in corpus.documents:
            text, starts = "", []
            for clause in corpus.clauses:
                if clause.document == document.id and clause.text is not None:
                    starts.append((len(text), clause.id))
                    text += clause.text.get(language) + "\n"
            for chunk in splitter.create_documents([text]):
                begin = chunk.metadata["start_index"]
                end = begin + len(chunk.page_content)
                spans = zip(starts, [*starts[1:], (len(text), "")], strict=True)
                covered = [c for (s, c), (e, _) in spans if s < end and e > begin]
                store.add_documents([Document(page_content=chunk.page_content, metadata={"clauses": covered})])

    def rank(question: str) -> list[str]:
        chunks = store.similarity_search(question, k=10)
        return list(dict.fromkeys(c for chunk in chunks for c in chunk.metadata["clauses"]))[:10]

    return rank
