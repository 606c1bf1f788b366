"""The page on which guidelines of one's own are added: read, kept, reviewed, removed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from small_knowledge import shown
from streamlit.testing.v1 import AppTest

from kb.base import KnowledgeBase
from kb.ingest.service import Ingestor
from kb.ingest.shelf import list_kept, read_kept

ROOT = Path(__file__).resolve().parents[2]
TEXT = "みどり市の指針\n1 照明\n(1) 共用廊下の照度は、30ルクス以上とする。\n(2) 録画した映像は、14日以上保存する。\n"
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def opened(home: Path) -> KnowledgeBase:
    return KnowledgeBase.open(home=home)


@pytest.fixture
def documents(home: Path, opened: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with one document in it; the index is not built again, which the page does not look at."""
    folder = tmp_path / "home"
    shutil.copytree(home / "index", folder / "index")
    monkeypatch.setenv("KB_HOME", str(folder))
    monkeypatch.setattr("kb.ui.resources._open", lambda *_: opened)
    st.cache_resource.clear()
    file = tmp_path / "midori.txt"
    file.write_text(TEXT, encoding="utf-8")
    Ingestor(home=folder).add([file], ["midori"])
    yield folder
    st.cache_resource.clear()


@pytest.fixture
def page(documents: Path) -> Open:
    """Return a function that opens the page."""

    def go(language: str = "ja") -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params["lang"] = language
        return app.run().switch_page("kb/ui/pages/ingest.py").run()

    return go


def press(app: AppTest, start: str) -> AppTest:
    return next(b for b in app.button if b.key and b.key.startswith(start)).click().run()


@pytest.mark.parametrize(("language", "words"), [("ja", "未確認"), ("en", "not reviewed")])
def test_a_document_and_its_unreviewed_figures_are_shown(page: Open, language: str, words: str):
    app = page(language)
    assert not app.exception and not app.error
    seen = shown(app)
    assert words in seen and "midori" in seen and "{" not in seen
    assert "30" in seen and "14" in seen


def test_figures_are_accepted_dropped_and_taken_back(page: Open, documents: Path):
    app = press(page(), "accepted-midori")
    assert not app.exception and not app.error
    states = {f.state for f in read_kept("midori", documents).ingested.figures}
    assert states == {"accepted", "unreviewed"}
    press(app, "unreviewed-midori")
    press(app, "dropped-midori")
    assert {f.state for f in read_kept("midori", documents).ingested.figures} == {"dropped", "unreviewed"}


def test_a_document_is_removed(page: Open, documents: Path):
    app = press(page(), "ingest-remove-yes-midori")
    assert not app.exception and not app.error
    assert list_kept(documents) == []
    assert "削除しました" in app.success[0].value


def test_a_press_without_a_file_says_what_to_do(page: Open):
    app = page()
    next(b for b in app.button if b.label == "読み取る").click().run()
    assert "ファイルを選んで" in app.warning[0].value
