"""Measure speed: building, opening, asking. `python -m evals.bench_ask` writes `evals/results/speed.json`.

Times are medians; each stands beside a peer in the same run: a bare Python start for the cold command, BM25 over
character bigrams (bm25s) for the warm question.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evals.peers import bigram_bm25
from evals.questions import load_questions
from evals.run import save
from kb.base import KnowledgeBase

COLD = "import sys; sys.argv = ['kb', 'ask', 'EVホールには何ルクス必要？', '--json']; from kb.cli import main; main()"


def run_python(code: str, home: Path) -> float:
    """Return the wall time of a fresh interpreter that runs a piece of code."""
    started = time.perf_counter()
    environment = {**os.environ, "KB_HOME": str(home)}
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment)
    return time.perf_counter() - started


def imports_torch(home: Path) -> bool:
    """Tell whether `kb ask` imports torch."""
    code = f"import atexit, sys; atexit.register(lambda: sys.stderr.write(str('torch' in sys.modules))); {COLD}"
    environment = {**os.environ, "KB_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment, text=True)
    return done.stderr.strip().endswith("True")


def each(calls: Callable[[str], Any], questions: list[str]) -> list[float]:
    """Return the sorted times in milliseconds of one call per question."""
    times = []
    for question in questions:
        started = time.perf_counter()
        calls(question)
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)


def main() -> None:
    """Measure and write the report."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        build = run_python("from kb.base import build; build()", home)
        rebuild = statistics.median(run_python("from kb.base import build; build()", home) for _ in range(3))
        cold = statistics.median(run_python(COLD, home) for _ in range(5))
        bare = statistics.median(run_python("pass", home) for _ in range(5))
        torch = imports_torch(home)
        kb = KnowledgeBase.open(home=home)
        questions = [q.question for q in load_questions() if not q.previous][:300]
        for question in questions[:20]:
            kb.ask(question)
        warm = each(lambda q: kb.ask(q), questions)
        peer = each(bigram_bm25(kb.corpus), questions)
    report = {
        "build_s": round(build, 2),
        "unchanged_rebuild_s": round(rebuild, 2),
        "cold_ask_s": round(cold, 2),
        "bare_python_s": round(bare, 2),
        "imports_torch": torch,
        "warm_ms": {"p50": round(statistics.median(warm), 2), "p95": round(warm[int(len(warm) * 0.95)], 2)},
        "peer_bm25_bigrams_ms": {"p50": round(statistics.median(peer), 2)},
        "load_average": [round(x, 2) for x in os.getloadavg()],
    }
    print(save(report, "speed"), json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
