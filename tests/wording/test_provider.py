"""Which model is used, where it runs, and what is said before anything is sent."""

from __future__ import annotations

import sys

import pytest

from kb.errors import UsageError
from kb.wording.provider import ModelChoice, WordingUnavailable, open_model, read_choice, write_notice


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OLLAMA_HOST", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_name_there_is_no_model() -> None:
    assert read_choice() is None


def test_provider_and_model_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_LLM", "ollama:qwen3:8b")
    choice = read_choice()
    assert choice is not None and (choice.provider, choice.model, choice.name) == (
        "ollama",
        "qwen3:8b",
        "ollama:qwen3:8b",
    )


@pytest.mark.parametrize("named", ["gpt", ":x", "openai:", "openai"])
def test_a_name_without_provider_or_model_is_refused_with_an_example(
    monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("KB_LLM", named)
    with pytest.raises(UsageError, match="ollama:qwen3"):
        read_choice()


@pytest.mark.parametrize("written", ["soon", "0", "-1", "9999", "nan"])
def test_a_time_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("KB_LLM", "openai:x")
    monkeypatch.setenv("KB_LLM_TIMEOUT", written)
    with pytest.raises(UsageError, match="KB_LLM_TIMEOUT"):
        read_choice()


@pytest.mark.parametrize(
    ("choice", "host", "local"),
    [
        (ModelChoice("openai", "x"), "api.openai.com", False),
        (ModelChoice("openai", "x", "http://localhost:8000/v1"), "localhost", True),
        (ModelChoice("openai", "x", "http://127.0.0.1:8000/v1"), "127.0.0.1", True),
        (ModelChoice("openai", "x", "http://[::1]:8000/v1"), "::1", True),
        (ModelChoice("openai", "x", "http://127.0.0.1.example.com/v1"), "127.0.0.1.example.com", False),
        (ModelChoice("openai", "x", "http://192.168.1.5/v1"), "192.168.1.5", False),
        (ModelChoice("ollama", "x"), "127.0.0.1", True),
        (ModelChoice("ollama", "x", "gpu.example:11434"), "gpu.example", False),
        (ModelChoice("anthropic", "x"), "anthropic", False),
    ],
)
def test_it_is_known_whether_text_leaves_the_machine(choice: ModelChoice, host: str, local: bool) -> None:
    assert (choice.host, choice.is_local) == (host, local)
    for language in ("ja", "en"):
        assert host in write_notice(choice, language)
    assert ("nothing leaves" in write_notice(choice, "en")) == local


def test_our_own_address_goes_before_the_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_LLM", "openai:x")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://one.example/v1")
    choice = read_choice()
    assert choice is not None and choice.host == "one.example"
    monkeypatch.setenv("KB_LLM_BASE_URL", "http://two.example/v1")
    choice = read_choice()
    assert choice is not None and choice.host == "two.example"


def test_a_missing_package_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain")
    monkeypatch.setitem(sys.modules, "langchain_ollama", None)
    with pytest.raises(WordingUnavailable, match=r"bouhan-navi\[ollama\]"):
        open_model(ModelChoice("ollama", "x"))


def test_an_unknown_provider_is_told() -> None:
    pytest.importorskip("langchain")
    with pytest.raises(WordingUnavailable, match="nobody"):
        open_model(ModelChoice("nobody", "x"))


def test_without_langchain_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain.chat_models", None)
    with pytest.raises(WordingUnavailable, match="pip install"):
        open_model(ModelChoice("openai", "x"))
