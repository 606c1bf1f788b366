"""A server and a browser for tests of the pages as people meet them; one of each for a test run's worker."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
WAIT_MS = 120_000
_READY = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return document.querySelector('.st-key-kb-bar') && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid=stSpinner], [data-testid=stSkeleton], [data-stale=true]');
}"""
_SMALLEST_TEXT = """() => {
  const walker = document.createTreeWalker(document.querySelector('.stMainBlockContainer'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, owner = node.parentElement, box = owner.getBoundingClientRect();
    if (!node.data.trim() || box.width < 2 || owner.closest('[data-testid=stIconMaterial], style, script, svg')) continue;
    const size = parseFloat(getComputedStyle(owner).fontSize);
    if (size < 17.9) found.push([size, node.data.slice(0, 30)]);
  }
  return found;
}"""
_SENTENCES = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, owner = node.parentElement;
    if (owner.closest('style, script, [lang=ja], [data-testid=stIconMaterial]')) continue;
    if (/[ぁ-ゟ]{3}/.test(node.data)) found.push(node.data.trim());
  }
  return found;
}"""


@contextmanager
def run_server(home: Path) -> Iterator[str]:
    """Run the app over a data folder; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = os.environ | {"KB_HOME": str(home)}
    with (home / f"page-{port}.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_ready(url: str) -> None:
    for _ in range(480):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(url)


@contextmanager
def run_browser() -> Iterator[Browser]:
    """Run the system's Chromium."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


def settle(page: Page) -> None:
    """Wait until the page is drawn."""
    page.wait_for_function(_READY)
    page.wait_for_timeout(150)
    page.wait_for_function(_READY)


def width_of_content(page: Page) -> int:
    """Return how wide the page is, in CSS pixels; more than the window means that it scrolls sideways."""
    return int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth"))


def smallest_text(page: Page) -> list[Any]:
    """Return the texts that are smaller than 18 px, with their sizes."""
    found: list[Any] = page.evaluate(_SMALLEST_TEXT)
    return found


def japanese_sentences(page: Page) -> list[str]:
    """Return the Japanese that is more than a name or a label of a clause and not marked as Japanese (a quote)."""
    found: list[str] = page.evaluate(_SENTENCES)
    return found


def serious_findings(page: Page) -> list[tuple[str, str]]:
    """Run axe over the whole page; returns rule and element of each serious or critical finding."""
    size = page.viewport_size or PHONE
    height = int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight"))
    page.set_viewport_size(
        {"width": size["width"], "height": min(height + 50, 4000)}
    )  # contrast is read where it is seen
    page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    page.set_viewport_size(size)
    return [
        (violation["id"], node["html"])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@cache
def _axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
