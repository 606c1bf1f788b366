"""防犯指針ナビ: what the guidelines mean, and how to ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.base import KnowledgeBase

__all__ = ["KnowledgeBase"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "KnowledgeBase":
        from kb.base import KnowledgeBase

        return KnowledgeBase
    raise AttributeError(name)
