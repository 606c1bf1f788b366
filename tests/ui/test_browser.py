"""The page in a real browser, over the real guidelines; skipped only where no Chromium is found."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
WAIT = 90_000
SMALLEST_TEXT = """() => {
  const walker = document.createTreeWalker(document.querySelector('.stMainBlockContainer'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, owner = node.parentElement, box = owner.getBoundingClientRect();
    if (!node.data.trim() || box.width < 2 || owner.closest('[data-testid=stIconMaterial], style, script')) continue;
    const size = parseFloat(getComputedStyle(owner).fontSize);
    if (size < 17.9) found.push([size, node.data.slice(0, 30)]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the app with an empty data folder; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"KB_HOME": str(home)}, stdout=log, stderr=log)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def wait_until_ready(url: str) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=request.param, locale="ja-JP")
    context.set_default_timeout(WAIT)
    yield context.new_page()
    context.close()


def settle(page: Page) -> None:
    page.wait_for_selector(".st-key-kb-bar")
    page.wait_for_function("!document.querySelector('[data-testid=stSpinner], [data-testid=stSkeleton]')")
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")


def width_of_content(page: Page) -> int:
    return int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth"))


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").first.fill(question)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    page.locator(".kb-asked", has_text=question).wait_for()
    page.wait_for_selector("[class*=st-key-kb-card-]")
    settle(page)


def test_a_resident_asks_and_opens_the_clause(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "EVホールには何ルクス必要？")
    page.wait_for_function("Math.abs(document.getElementById('kb-latest').getBoundingClientRect().top) < 400")
    table = page.locator(".kb-table").inner_text()
    assert "おおむね50ルクス以上" in table and "おおむね20ルクス以上" in table
    assert all(name in table for name in ("高知県住宅指針", "神奈川総合カルテ", "福岡県大型店指針"))
    citation = page.get_by_test_id("stExpander").filter(has_text="第2 1(1)エ(イ) 1点目")
    citation.locator("summary").click()
    citation.locator(".kb-clause").wait_for(state="visible")
    assert "50ルクス" in citation.locator(".kb-clause").inner_text()


def test_a_pressed_pill_narrows_the_answer_and_the_address(page: Page, address: str) -> None:
    page.goto(address + "/?q=" + quote("EVホールには何ルクス必要？"))
    page.wait_for_selector(".kb-table")
    page.get_by_test_id("stButtonGroup").get_by_text("その他の階", exact=True).click()
    page.wait_for_function("!document.querySelector('.kb-table').innerText.includes('50ルクス')")
    assert "f.floor=other" in page.url


def test_a_follow_up_in_english(page: Page, address: str) -> None:
    page.goto(address + "/?lang=en&q=" + quote("What lux is needed at the EV hall?"))
    page.wait_for_selector(".kb-table")
    ask(page, "What about the common corridor?")
    page.get_by_text("Read as going on from").wait_for()
    settle(page)
    assert "50 lx" not in page.locator(".kb-table").inner_text()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=" + quote("EVホールは30ルクスで足りる？"),
        "/browse",
        "/browse?view=search&q=" + quote("防犯カメラ 録画"),
        "/browse?view=matrix",
        "/browse?view=glossary",
        "/study",
        "/study?view=paper",
        "/study?view=progress&lang=en",
        "/study?view=choices",
        "/about",
        "/about?lang=en",
    ],
)
def test_a_page_fits_its_width_and_is_large_enough_to_read(page: Page, address: str, path: str) -> None:
    foreign: list[str] = []
    page.on("request", lambda request: None if "127.0.0.1" in request.url else foreign.append(request.url))
    page.goto(address + path)
    settle(page)
    page.wait_for_timeout(400)
    viewport = page.viewport_size
    assert viewport is not None and width_of_content(page) <= viewport["width"]
    assert page.evaluate(SMALLEST_TEXT) == []
    assert page.get_by_test_id("stAlert").count() == 0 and page.get_by_test_id("stException").count() == 0
    assert [url for url in foreign if url.startswith("http")] == []
