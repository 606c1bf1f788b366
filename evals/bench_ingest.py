"""How long a guideline of 200 pages takes to ingest, and how long the same file again: `python -m evals.bench_ingest`.

The guideline is made of our own files, chapter after chapter, as text and as PDF; a page has 30 lines. Seconds of the clock and
of the processor are told apart, for the machine may be shared.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from evals.ingest.build import FILES, list_cases
from evals.ingest.paper import write_pdf
from kb.base import build
from kb.ingest.service import Ingestor

ROOT = Path(__file__).resolve().parents[1]
PAGES, LINES = 200, 30


def make_chapters(rows: int) -> list[list[str]]:
    """Return at least so many lines of clauses: each file of our own in Japanese text becomes a chapter, again and again."""
    chapters: list[list[str]] = []
    texts = [case for case in list_cases(FILES) if case.spec["format"] == "txt" and not case.name.endswith("-en")]
    while sum(map(len, chapters)) < rows:
        case = texts[len(chapters) % len(texts)]
        lines = [line for item in case.spec["items"][1:] for line in str(item[2] or "").split("\n") if line.strip()]
        chapters.append([f"第{len(chapters) + 1}編　{case.spec['title']}", *lines])
    return chapters


def measure(run: Callable[[], object]) -> dict[str, float]:
    """Run something once; return seconds of the clock and of the processor (children that ended count)."""
    before, started = _processor(), time.perf_counter()
    run()
    return {"seconds": round(time.perf_counter() - started, 2), "processor_seconds": round(_processor() - before, 2)}


def add(file: Path, name: str, home: Path) -> None:
    """Ingest a file with a reader of its own, as a command does."""
    Ingestor(home=home).add([file], [name])


def _processor() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main() -> None:
    """Print the times; `--out` writes them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    chapters = make_chapters(PAGES * LINES)
    text = "架空県防犯指針集\n\n" + "\n\n".join("\n".join(chapter) for chapter in chapters) + "\n"
    result: dict[str, Any] = {
        "pages": PAGES,
        "lines": text.count("\n"),
        "letters": len(text),
        "load": os.getloadavg()[0],
    }
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        home = folder / "home"
        build(ROOT / "corpus", home)
        files = {"txt": folder / "long.txt", "pdf": folder / "long.pdf"}
        files["txt"].write_text(text, encoding="utf-8")
        items = [["", "", line] for line in text.splitlines() if line]
        files["pdf"].write_bytes(write_pdf({"items": items, "head": "架空県防犯指針集"}))
        for form, file in files.items():
            result[form] = measure(partial(add, file, form, home))
            result[f"{form}_again"] = measure(partial(add, file, form, home))
    print(json.dumps(result, indent=1))
    if options.out:
        options.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
