"""LangChain over the guidelines: retriever, embeddings, tools and a chain (`pip install 'bouhan-navi[langchain]'`).

Only this package imports langchain at its top; nothing else imports this package.
"""

from kb.langchain.chain import make_chain
from kb.langchain.embeddings import ClauseEmbeddings
from kb.langchain.retriever import ClauseRetriever
from kb.langchain.tools import make_tools

__all__ = ["ClauseEmbeddings", "ClauseRetriever", "make_chain", "make_tools"]
