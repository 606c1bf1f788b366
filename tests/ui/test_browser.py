"""The pages in a real browser, over the real guidelines; skipped only where no Chromium is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from browsing import (
    CHROMIUM,
    DESK,
    PHONE,
    WAIT_MS,
    japanese_sentences,
    run_browser,
    run_server,
    serious_findings,
    settle,
    smallest_text,
    width_of_content,
)
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from kb.store.study import StudyStore
from kb.ui.registry import PAGES
from kb.ui.study_state import DEFAULT_LEARNER

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.xdist_group("browser"),
]
LISTED = yaml.safe_load((Path(__file__).parent / "streamlit_findings.yaml").read_text(encoding="utf-8"))["findings"]
EV_HALL, STATED = "EVホールには何ルクス必要？", "EVホールは30ルクスで足りる？"
PATHS = [
    *(f"/{entry.key}" for entry in PAGES),
    "/?q=" + quote(STATED),
    "/browse?view=search&q=" + quote("防犯カメラ 録画"),
    "/browse?view=matrix",
    "/browse?view=guides&document=kochi-housing&locator=" + quote("第2/1/(1)/エ/(イ)/・1"),
]


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with run_server(home) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with run_browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> BrowserContext:
    context = browser.new_context(locale="ja-JP")
    context.set_default_timeout(WAIT_MS)
    return context


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, visitor: BrowserContext) -> Iterator[Page]:
    yield from open_window(visitor, request.param)


@pytest.fixture
def desk(visitor: BrowserContext) -> Iterator[Page]:
    yield from open_window(visitor, DESK)  # type: ignore[arg-type]


def open_window(visitor: BrowserContext, size: ViewportSize) -> Iterator[Page]:
    """Open a window of a visitor who comes for the first time; the files of the app are in the browser already."""
    visitor.clear_cookies()
    page = visitor.new_page()
    page.set_viewport_size(size)
    yield page
    page.close()


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").first.fill(question)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    page.locator(".kb-asked", has_text=question).wait_for()
    settle(page)


def test_a_resident_reaches_a_cited_answer_in_two_steps(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("textbox").first.fill(EV_HALL)
    steps = 1
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    steps += 1
    page.locator(".kb-table").wait_for()
    settle(page)
    page.wait_for_function("Math.abs(document.getElementById('kb-latest').getBoundingClientRect().top) < 400")
    table = page.locator(".kb-table").inner_text()
    assert "おおむね50ルクス以上" in table and "おおむね20ルクス以上" in table
    assert all(name in table for name in ("高知県住宅指針", "神奈川総合カルテ", "福岡県大型店指針"))
    assert page.locator(".kb-cell-source").first.is_visible() and steps <= 2
    citation = page.get_by_test_id("stExpander").filter(has_text="第2 1(1)エ(イ) 1点目").last
    citation.locator("summary").click()
    citation.locator(".kb-clause").wait_for(state="visible")
    assert "50ルクス" in citation.locator(".kb-clause").inner_text()


def test_staff_reach_a_downloaded_report_from_the_example_in_four_steps(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)
    page.locator('.st-key-kb-nav a[href*="check"]').click()
    page.get_by_role("button", name="共同住宅の例").click()
    steps = 2
    page.get_by_text("報告書を受け取る").wait_for()
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF").click()
        steps += 1
    assert steps <= 4
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_a_trainee_rates_the_first_card_in_two_steps(page: Page, address: str, home: Path) -> None:
    before = len(StudyStore(DEFAULT_LEARNER, home).reviews())
    page.goto(address)
    settle(page)
    page.locator('.st-key-kb-nav a[href*="study"]').click()
    page.locator("[class*=st-key-option-] button").first.click()
    steps = 2
    page.locator(".st-key-study-next button").wait_for()
    page.wait_for_function("document.activeElement.closest('.st-key-study-next')")
    assert steps <= 2
    assert len(StudyStore(DEFAULT_LEARNER, home).reviews()) > before  # other workers rate cards of the same learner
    page.keyboard.press("Enter")
    page.locator("[class*=st-key-option-] button").first.wait_for()
    page.wait_for_function("document.activeElement.matches('.kb-stem')")


def test_an_example_is_one_step(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=EV_HALL).click()
    page.locator(".kb-table").wait_for()


def test_every_task_is_one_press_away_on_a_phone(visitor: BrowserContext, address: str) -> None:
    for page in open_window(visitor, PHONE):  # type: ignore[arg-type]
        page.goto(address)
        settle(page)
        for entry in (entry for entry in PAGES if entry.group == "task"):
            link = (
                page.locator(f'.st-key-kb-nav a[href*="{entry.key}"]')
                if entry is not PAGES[0]
                else page.locator(".st-key-kb-nav a").first
            )
            box = link.bounding_box()
            assert link.is_visible() and box is not None and box["height"] >= 40 and box["y"] < 250, entry.key


def test_what_is_closed_opens_where_it_stands(page: Page, address: str) -> None:
    page.goto(address + "/?q=" + quote(STATED))
    page.wait_for_selector(".kb-table")
    settle(page)
    page.locator(".kb-opens > summary", has_text="なぜこの判定になるか").press("Enter")
    page.locator(".kb-tree summary", has_text="共用玄関のある階").first.wait_for(state="visible")
    page.get_by_role("button", name="リンク・コピー・印刷").click()
    page.get_by_test_id("stPopoverBody").get_by_text("この質問へのリンク").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="役に立った").click()
    page.get_by_role("button", name="同意して記録する").first.wait_for()
    page.get_by_test_id("stExpander").filter(has_text="質問の例").locator("summary").click()
    page.get_by_role("button", name="郵便受けに鍵は必要？").click()
    page.locator(".kb-asked", has_text="郵便受けに鍵は必要？").wait_for()
    settle(page)
    page.get_by_test_id("stExpander").filter(has_text="これまでの質問").locator("summary").click()
    page.get_by_role("button", name=STATED).click()
    page.locator(".kb-asked", has_text=STATED).wait_for()


def test_a_pressed_pill_narrows_the_answer_and_the_address(desk: Page, address: str) -> None:
    desk.goto(address + "/?q=" + quote(EV_HALL))
    desk.wait_for_selector(".kb-table")
    desk.get_by_test_id("stButtonGroup").get_by_text("その他の階", exact=True).click()
    desk.wait_for_function("!document.querySelector('.kb-table').innerText.includes('50ルクス')")
    assert "f.floor=other" in desk.url


def test_a_follow_up_in_english(desk: Page, address: str) -> None:
    desk.goto(address + "/?lang=en&q=" + quote("What lux is needed at the EV hall?"))
    desk.wait_for_selector(".kb-table")
    ask(desk, "What about the common corridor?")
    desk.get_by_text("Read as going on from").wait_for()
    settle(desk)
    assert "50 lx" not in desk.locator(".kb-table").inner_text()
    assert japanese_sentences(desk) == []


def test_language_size_and_agreement_outlive_a_visit(desk: Page, address: str) -> None:
    desk.goto(address + "/settings")
    settle(desk)
    desk.get_by_role("button", name="文字 大").click()
    settle(desk)
    desk.get_by_role("button", name="同意して記録する").click()
    desk.get_by_text("書き出す（JSON）").wait_for()
    settle(desk)
    desk.goto(address + "/settings")
    desk.get_by_text("書き出す（JSON）").wait_for()
    assert desk.evaluate("getComputedStyle(document.documentElement).fontSize") == "22px"
    desk.get_by_role("button", name="すべて消す").click()
    desk.get_by_role("button", name="消して、記録をやめる").click()
    desk.get_by_text("何も記録していません。").wait_for()
    settle(desk)
    desk.goto(address + "/settings")
    desk.get_by_text("何も記録していません。").wait_for()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_wide_large_and_accessible_enough(desk: Page, address: str, path: str) -> None:
    """Nothing scrolls sideways, no text is under 18 px, nothing is fetched from elsewhere, axe finds nothing serious."""
    foreign: list[str] = []
    desk.on("request", lambda request: None if "127.0.0.1" in request.url else foreign.append(request.url))
    desk.goto(address + path)
    settle(desk)
    assert width_of_content(desk) <= DESK["width"] and smallest_text(desk) == []
    desk.set_viewport_size(PHONE)  # type: ignore[arg-type]
    desk.wait_for_timeout(300)
    assert width_of_content(desk) <= PHONE["width"] and smallest_text(desk) == []
    assert desk.get_by_test_id("stException").count() == 0
    own = [
        (rule, element)
        for rule, element in serious_findings(desk)
        if not any(rule == one["rule"] and one["element"] in element for one in LISTED)
    ]
    assert own == []
    assert [url for url in foreign if url.startswith("http")] == []
