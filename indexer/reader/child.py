"""Runs the reader in a child process that cannot outlive its limits."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from indexer.reader.errors import ReadProblem
from indexer.reader.limits import Limits
from indexer.reader.model import Cell, Line, ReadWarning, SourceText


def read_in_child(path: Path, limits: Limits) -> SourceText:
    """Read `path` in a child process. Raises `ReadProblem`, whatever the file does to the reader."""
    package = Path(__file__).resolve().parents[2]
    env = {
        k: v
        for k, v in os.environ.items()
        if k in ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
    }
    env["PYTHONPATH"] = os.pathsep.join([str(package), *filter(None, [os.environ.get("PYTHONPATH")])])
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [
        sys.executable,
        "-m",
        "indexer.reader.worker",
        str(path.resolve()),
        json.dumps(dataclasses.asdict(limits)),
    ]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
        start_new_session=True,
    ) as child:
        try:
            out, err = child.communicate(timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            _kill(child)
            child.communicate()
            raise _too_slow(path, limits) from None
        except BaseException:
            _kill(child)
            raise
    if child.returncode != 0 or not out:
        raise _explain_death(path, child.returncode, err.decode("utf-8", "replace"), limits)
    result = json.loads(out.decode("utf-8", "surrogatepass"))
    if "problem" in result:
        code, ja, en = result["problem"]
        raise ReadProblem(code, f"{path.name}: {ja}", f"{path.name}: {en}")
    return _restore(result["source"])


def _kill(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
        os.killpg(child.pid, signal.SIGKILL)
    child.kill()


def _too_slow(path: Path, limits: Limits) -> ReadProblem:
    return ReadProblem(
        "too_slow",
        f"{path.name}: {limits.seconds:.0f}秒以内に読み終わりませんでした。ファイルが壊れているか、複雑すぎます。",
        f"{path.name}: not read within {limits.seconds:.0f} seconds; the file is damaged or too complex.",
    )


def _explain_death(path: Path, code: int, words: str, limits: Limits) -> ReadProblem:
    if code == -getattr(signal, "SIGXCPU", 0) or code == -getattr(signal, "SIGKILL", 0):
        return _too_slow(path, limits)
    if "MemoryError" in words or "memory" in words.lower():
        return ReadProblem(
            "too_much_memory",
            f"{path.name}: メモリーの上限を超えました。",
            f"{path.name}: needs more memory than allowed.",
        )
    last = words.strip().splitlines()[-1][:120] if words.strip() else f"exit {code}"
    return ReadProblem(
        "damaged",
        f"{path.name}: 読み取りの途中で止まりました（{last}）。",
        f"{path.name}: the reader stopped ({last}).",
    )


def _restore(data: dict[str, Any]) -> SourceText:
    lines = tuple(Line(**{**row, "cell": Cell(**row["cell"]) if row["cell"] else None}) for row in data["lines"])
    warnings = tuple(ReadWarning(**{**w, "lines": tuple(w["lines"])}) for w in data["warnings"])
    return SourceText(**{**data, "lines": lines, "warnings": warnings})
