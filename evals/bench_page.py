"""Load the page: `python -m evals.bench_page` writes `evals/results/page.json`.

Thirty sessions at once, each over a connection of its own as a browser has it, ask different questions of the running
app. Counted are errors, answers that belong to another session, and the time from the question until the page is drawn.
The first page is timed in the system's Chromium, from the moment at which the server reports ready.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from evals.questions import load_questions
from evals.run import save
from kb.base import build

ROOT = Path(__file__).resolve().parents[1]
SESSIONS = 30
TIMEOUT_S = 120.0


@contextmanager
def run_server(home: Path) -> Iterator[tuple[str, int]]:
    """Run the app over a data folder; yields its host and port, and its process id, once it reports ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    environment = {**os.environ, "KB_HOME": str(home), "PYTHONPATH": str(ROOT)}
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    try:
        while not is_ready(port):
            time.sleep(0.05)
        yield f"127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(30)


def cpu_seconds(process: int) -> float | None:
    """Return the CPU time that a process has used, in seconds: what a busy machine does not distort; None off Linux."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_ready(port: int) -> bool:
    """Tell whether the server reports ready."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return True
    except OSError:
        return False


async def draw(connection: Any, query: str) -> str:
    """Have the page drawn for an address, as a browser asks for it; returns all words and HTML that it was sent."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    asked = BackMsg()
    asked.rerun_script.query_string = query
    await connection.send(asked.SerializeToString())
    sent = []
    async for data in connection:
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "delta":
            sent.append(words_of(message.delta.new_element))
        elif kind == "script_finished":
            break
    return "\n".join(filter(None, sent))


def words_of(element: Any) -> str:
    """Return the words of one element of a page."""
    inner = getattr(element, element.WhichOneof("type") or "", None)
    return str(getattr(inner, "body", "") or getattr(inner, "label", ""))


async def ask_one(host: str, question: str, start: asyncio.Event, ready: asyncio.Semaphore) -> tuple[float, str]:
    """Open a session, wait for the others, ask; returns seconds and what the page then shows."""
    import websockets

    async with websockets.connect(
        f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], max_size=None, open_timeout=60
    ) as connection:
        await draw(connection, "")
        ready.release()
        await start.wait()
        began = time.perf_counter()
        shown = await asyncio.wait_for(draw(connection, urlencode({"q": question})), TIMEOUT_S)
        return time.perf_counter() - began, shown


async def ask_all(
    host: str, questions: list[str], process: int
) -> tuple[list[tuple[float, str] | BaseException], float | None]:
    """Ask all questions at once, each in a session of its own; returns the outcomes and the server's CPU seconds."""
    start, ready = asyncio.Event(), asyncio.Semaphore(0)
    tasks = [asyncio.create_task(ask_one(host, question, start, ready)) for question in questions]
    for _ in questions:
        await asyncio.wait_for(ready.acquire(), TIMEOUT_S)
    before = cpu_seconds(process)
    start.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    after = cpu_seconds(process)
    return results, None if before is None or after is None else round(after - before, 2)


def time_first_page(host: str) -> dict[str, float] | None:
    """Return seconds until the field for a question can be used, and until a warm answer stands; None without Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="ja-JP")
        page.set_default_timeout(TIMEOUT_S * 1000)
        began = time.perf_counter()
        page.goto(f"http://{host}/")
        page.get_by_role("textbox").first.wait_for()
        first = time.perf_counter() - began
        times = []
        for question in (
            "EVホールには何ルクス必要？",
            "郵便受けに鍵は必要？",
            "録画は何日分保存する？",
            "サムターン回しとは？",
        ):
            page.get_by_role("textbox").first.fill(question)
            began = time.perf_counter()
            page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
            page.locator(".kb-asked", has_text=question).wait_for()
            page.locator("[class*=st-key-kb-card-] .kb-headline").wait_for()
            times.append(time.perf_counter() - began)
        browser.close()
    return {"first_page_s": round(first, 2), "warm_answer_s": round(statistics.median(times[1:]), 2)}


def compare(question: str, result: tuple[float, str] | BaseException, alone: dict[str, str]) -> str:
    """Return `right`, `wrong` (not what the page shows when the question is asked alone) or `error`."""
    if isinstance(result, BaseException):
        return "error"
    return "right" if result[1] == alone[question] and escape(question) in result[1] else "wrong"


async def ask_alone(host: str, questions: list[str]) -> dict[str, str]:
    """Return what the page shows for each question when nobody else asks."""
    shown = {}
    for question in questions:
        start, ready = asyncio.Event(), asyncio.Semaphore(0)
        start.set()
        shown[question] = (await ask_one(host, question, start, ready))[1]
    return shown


def main() -> None:
    """Measure and write the report."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        build(home=home)
        questions = list(dict.fromkeys(q.question for q in load_questions("tune") if not q.previous))
        questions = [q for q in questions if len(q) <= 200][:: max(1, len(questions) // SESSIONS)][:SESSIONS]
        with run_server(home) as (host, process):
            browser = time_first_page(host)
            alone = asyncio.run(ask_alone(host, questions))
            results, used = asyncio.run(ask_all(host, questions, process))
    times = sorted(one[0] for one in results if not isinstance(one, BaseException))
    told = [compare(question, result, alone) for question, result in zip(questions, results, strict=True)]
    report = {
        "sessions": len(questions),
        "errors": told.count("error"),
        "wrong_answers": told.count("wrong"),
        "answer_s": {
            "p50": round(statistics.median(times), 2),
            "p95": round(times[max(0, int(len(times) * 0.95) - 1)], 2),
            "max": round(times[-1], 2),
        },
        "server_cpu_s": used,
        "browser": browser,
        "load_average": [round(x, 2) for x in os.getloadavg()],
        "cores": os.cpu_count(),
    }
    print(save(report, "page"), json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
