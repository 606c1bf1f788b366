"""Pages over a small knowledge base."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from small_knowledge import FakeKnowledge
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session", autouse=True)
def light_apps() -> Iterator[None]:
    """Make an app of a test cost what its page costs.

    Streamlit looks through every installed package for components at the start of each app (there are none here), and
    through every object of the process for garbage after each drawing.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.components.v2.manifest_scanner.scan_component_manifests", lambda *_, **__: [])
        gc.collect()
        gc.freeze()
        yield
        gc.unfreeze()


@pytest.fixture
def knowledge(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeKnowledge]:
    fake = FakeKnowledge()
    monkeypatch.setattr("kb.ui.resources._open", lambda *_: fake)
    st.cache_data.clear()
    yield fake
    st.cache_data.clear()


@pytest.fixture
def open_page(knowledge: FakeKnowledge) -> Callable[..., AppTest]:
    """Return a function that opens a page by its key, with query parameters."""

    def go(key: str = "ask", **parameters: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
        if "lang" in parameters:
            app.query_params["lang"] = parameters["lang"]
        app.run()
        for name, value in parameters.items():
            app.query_params[name.replace("__", ".")] = value
        return app.switch_page(f"kb/ui/pages/{key}.py").run()

    return go
