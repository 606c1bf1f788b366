"""Kill an ingest again and again (SIGKILL) and see that the old state or the new one is there, never neither.

`python -m evals.kill_ingest --times 100` prints how often each was found.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from kb.base import build
from kb.ingest.shelf import list_kept

ROOT = Path(__file__).resolve().parents[1]
WRITER = """
import sys
from pathlib import Path
from kb.ingest.service import Ingestor
ingestor = Ingestor(Path(sys.argv[1]), Path(sys.argv[2]))
ingestor.reader
print("ready", flush=True)
while True:
    for file in sys.argv[3:]:
        ingestor.add([Path(file)], ["mine"])
"""


def main(arguments: list[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, help="write the result as JSON")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        counts = kill(options.times, ROOT / "corpus", Path(folder), options.seed)
    print(json.dumps(counts, indent=1))
    if options.out:
        result = {"kills": options.times, **{state: counts.get(state, 0) for state in ("old", "new", "neither")}}
        options.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if counts.get("neither") else 0)


def kill(times: int, corpus: Path, folder: Path, seed: int) -> dict[str, int]:
    """Kill a writer that replaces one document by another over and over; return how often each state was found."""
    files = []
    for name, value in (("old", 20), ("new", 50)):
        file = folder / f"{name}.txt"
        body = "\n".join(f"({n}) 共用廊下の照度は、{value}ルクス以上とする。" for n in range(1, 60))
        file.write_text(f"{name}の指針\n1 照明\n{body}\n", encoding="utf-8")
        files.append(str(file))
    home, counts, dice = folder / "home", Counter[str](), random.Random(seed)
    build(corpus, home)  # the writer takes its words from the index
    for _ in range(times):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(corpus), str(home), *files],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "KB_HOME": str(home)},
            stdout=subprocess.PIPE,
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        while not list_kept(home):
            if writer.poll() is not None:
                raise SystemExit("the writer ended by itself")
            time.sleep(0.01)
        for _ in range(min(10, times)):
            time.sleep(dice.uniform(0.0, 0.15))
            _state(home)  # what a reader sees while the writer runs
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        counts[_state(home)] += 1
    return dict(counts)


def _state(home: Path) -> str:
    held = list_kept(home)
    if len(held) != 1:
        return "neither"
    values = {f.value for f in held[0].ingested.figures}
    return {20: "old", 50: "new"}.get(int(next(iter(values))), "neither") if len(values) == 1 else "neither"


if __name__ == "__main__":
    main()
