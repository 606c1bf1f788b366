"""Run the command `kb` as a person does: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ENTRY = "from kb.cli import main; main()"


@dataclass(frozen=True)
class Outcome:
    """What a command left: exit code, stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON document on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON documents on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def run_kb(*args: str, stdin: str | bytes = "", entry: str = ENTRY, **variables: str | Path) -> Outcome:
    """Run `kb` with arguments, standard input and environment variables."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-c", entry, *args],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **{key: str(value) for key, value in variables.items()}},
        timeout=120,
    )
    return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace"))


MANY = """
import io, json, os, sys, traceback
from kb.cli import main

before = dict(os.environ)

def run(call):
    os.environ.clear()
    os.environ.update({**before, **call["variables"]})
    sys.argv = ["kb", *call["args"]]
    sys.stdin = io.TextIOWrapper(io.BytesIO(bytes.fromhex(call["stdin"])))
    sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    try:
        main()
        code = 0
    except SystemExit as stop:
        code = stop.code or 0
    except BaseException:
        traceback.print_exc()
        code = 1
    written = []
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        written.append(stream.buffer.getvalue().decode())
    return code, *written

calls, stdout = json.loads(sys.argv[1]), sys.stdout
outcomes = [run(call) for call in calls]
print(json.dumps(outcomes), file=stdout)
"""


@dataclass(frozen=True)
class Call:
    """A command line, with what it reads and its environment variables."""

    args: tuple[str, ...]
    stdin: bytes = b""
    variables: tuple[tuple[str, str], ...] = ()


def run_many(calls: list[Call], **variables: str | Path) -> list[Outcome]:
    """Run several commands one after another in one process, which saves starting Python for each."""
    given = [{"args": one.args, "stdin": one.stdin.hex(), "variables": dict(one.variables)} for one in calls]
    return [Outcome(*outcome) for outcome in run_kb(json.dumps(given), entry=MANY, **variables).data]
