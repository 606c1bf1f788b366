"""Kill a reviewing process (SIGKILL) at a random moment, again and again, and count acknowledged ratings that are lost.

`python -m evals.kill_study [ROUNDS]` writes `evals/results/kill_study.json`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEARNER = "killed"


@dataclass(frozen=True)
class KillResult:
    """What became of the ratings of all rounds."""

    rounds: int
    rounds_without_loss: int
    acknowledged: int
    kept: int
    lost: int


def run_rounds(rounds: int, home: Path, seed: int = 1) -> KillResult:
    """Kill `rounds` processes, each at a random moment after its first acknowledgement, over one data folder."""
    chance = random.Random(seed)
    acknowledged: set[int] = set()
    fine = lost = 0
    for _ in range(rounds):
        fresh = _kill_one(home, chance.uniform(0.0, 0.15))
        acknowledged |= fresh
        kept = _kept(home)
        missing = acknowledged - kept.keys()
        fine += not missing
        lost += len(missing)
    return KillResult(rounds, fine, len(acknowledged), len(_kept(home)), lost)


def _kill_one(home: Path, after_s: float) -> set[int]:
    """Start a process that rates without end, kill it, and return the ratings whose acknowledgement it had printed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KB_HOME": str(home)}
    command = [sys.executable, "-m", "evals.kill_study", "--rate"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
        lines = (first + process.stdout.read()).splitlines(keepends=True)
    return {int(line) for line in lines if line.endswith("\n")}


def _kept(home: Path) -> dict[int, str]:
    from kb.store.study import StudyStore

    store = StudyStore(LEARNER, home)
    reviews = {review.id: review.item for review in store.reviews()}
    cards = store.cards()
    assert all(item in cards for item in reviews.values()), "a review without its card"
    return reviews


def rate_without_end() -> None:
    """Rate cards one after the other, printing the number of each rating once it is kept."""
    from kb.model.progress import CardState
    from kb.store.study import StudyStore

    store = StudyStore(LEARNER)
    for number in range(1_000_000):
        item, now = f"item-{number % 40}", datetime.now(UTC)
        before = store.card(item)
        after = CardState(
            item=item, content="x", state=2, stability=1.0 + number, difficulty=5, due=now, last_review=now
        )
        print(store.add_review("lighting", 3, True, now, before, after).id, flush=True)


def main(arguments: list[str]) -> None:
    """Run 100 rounds, or as many as are asked for, and keep the result."""
    if arguments == ["--rate"]:
        rate_without_end()
        return
    rounds = int(arguments[0]) if arguments else 100
    with tempfile.TemporaryDirectory() as home:
        result = run_rounds(rounds, Path(home))
    text = json.dumps(asdict(result), indent=1) + "\n"
    (ROOT / "evals" / "results" / "kill_study.json").write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main(sys.argv[1:])
