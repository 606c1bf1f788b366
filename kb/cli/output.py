"""Write data to stdout and messages to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel


def print_json(data: Any) -> None:
    """Print models or plain data as JSON, one document."""
    print(json.dumps(_plain(data), ensure_ascii=False, indent=2))


def print_json_line(data: Any) -> None:
    """Print a model or plain data as one line of JSON, at once."""
    print(json.dumps(_plain(data), ensure_ascii=False), flush=True)


def _plain(data: Any) -> Any:
    if isinstance(data, BaseModel):
        return data.model_dump(mode="json")
    if isinstance(data, list | tuple):
        return [_plain(item) for item in data]
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return data


def complain(message: str) -> None:
    """Print a message for a person on stderr."""
    print(message, file=sys.stderr)


def progress_bar() -> tuple[Any, Callable[[str, int, int], None]]:
    """Return a Rich progress bar on stderr and the callback that moves it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, Any] = {}

    def move(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total)
        bar.update(tasks[stage], completed=done, total=total)

    return bar, move
