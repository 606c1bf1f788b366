"""Open the knowledge base for a command, showing progress where the index has to be built."""

from __future__ import annotations

from kb.base import KnowledgeBase
from kb.cli.output import progress_bar


def open_kb() -> KnowledgeBase:
    """Open the knowledge base; a bar on stderr shows the index being built."""
    state: dict[str, object] = {}

    def move(stage: str, done: int, total: int) -> None:
        if not state:
            bar, step = progress_bar()
            bar.start()
            state.update(bar=bar, step=step)
        state["step"](stage, done, total)  # type: ignore[operator]

    try:
        return KnowledgeBase.open(progress=move)
    finally:
        if state:
            state["bar"].stop()  # type: ignore[attr-defined]
