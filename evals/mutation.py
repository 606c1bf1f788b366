"""Mutation testing of the rule engine and the quantities: how many small faults do the tests notice?

    python -m evals.mutation [--keep DIRECTORY] [--children N]

Copies the two packages and their fast tests to a directory of their own, runs mutmut there, and writes the raw score
(every mutant that mutmut made counts; none is excused) to `evals/results/mutation.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "evals" / "results" / "mutation.json"
MUTATED = ("kb/rules", "kb/quantity")
SLOW = ("test_properties.py", "test_requirement_cases.py", "test_variants.py")
KILLED = ("killed", "timeout", "segfault")

CONFIG = """
[tool.mutmut]
source_paths = ["kb"]
only_mutate = ["kb/rules/*", "kb/quantity/*"]
pytest_add_cli_args = ["-q", "-x", "-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = ["tests"]
use_git_change_detection = false
track_dependencies = false
timeout_constant = 5.0

[tool.pytest.ini_options]
pythonpath = ["."]
"""
CONFTEST = """
from hypothesis import settings

settings.register_profile("mutation", max_examples=20, derandomize=True, deadline=None, database=None)
settings.load_profile("mutation")
"""


def main() -> None:
    """Run the mutation tests and write their score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="work in this directory and leave it for `mutmut browse`")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1, help="processes at once")
    options = parser.parse_args()
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
        run_in(options.keep, options.children)
    else:
        with tempfile.TemporaryDirectory() as folder:
            run_in(Path(folder), options.children)


def run_in(folder: Path, children: int) -> None:
    """Copy what is needed, run mutmut, and write the score."""
    for name in ("kb", "tests"):
        shutil.rmtree(folder / name, ignore_errors=True)
    shutil.copytree(ROOT / "kb", folder / "kb", ignore=shutil.ignore_patterns("__pycache__", "ui", "cli", "ask"))
    for name in ("rules", "quantity"):
        ignored = shutil.ignore_patterns("__pycache__", "cases", *SLOW)
        shutil.copytree(ROOT / "tests" / name, folder / "tests" / name, ignore=ignored)
    (folder / "pyproject.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "tests" / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    mutmut = [sys.executable, "-m", "mutmut"]
    subprocess.run([*mutmut, "run", "--max-children", str(children)], cwd=folder, check=True, stdout=sys.stderr)
    subprocess.run([*mutmut, "export-cicd-stats"], cwd=folder, check=True, stdout=sys.stderr)
    stats = json.loads((folder / "mutants" / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    result = summarize(stats)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))


def summarize(stats: dict[str, int]) -> dict[str, object]:
    """Work out the raw score from mutmut's counts: noticed mutants over all mutants."""
    total = stats["total"]
    noticed = sum(stats.get(name, 0) for name in KILLED)
    counts = {name: stats[name] for name in sorted(stats) if name != "total" and stats[name]}
    return {
        "tool": "mutmut",
        "packages": list(MUTATED),
        "mutants": total,
        "noticed": noticed,
        "raw_score": round(noticed / total, 4) if total else 0.0,
        "counts": counts,
    }


if __name__ == "__main__":
    main()
