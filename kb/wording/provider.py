"""Which language model rewords answers, where it runs, and how it is opened (`KB_LLM=provider:model`)."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kb.errors import UsageError
from kb.messages import say

_EXTRAS = {"openai": "openai", "ollama": "ollama"}
_ADDRESSES = {
    "openai": ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
    "ollama": ("OLLAMA_HOST",),
}
_DEFAULTS = {"openai": "https://api.openai.com", "ollama": "http://127.0.0.1:11434"}
_LONGEST_S = 600.0
_DEFAULT_S = 60.0


class WordingUnavailable(Exception):
    """The language model cannot be used; the message says why."""


@dataclass(frozen=True)
class ModelChoice:
    """A language model: provider and model, its address where one is given, and how long an answer may take."""

    provider: str
    model: str
    base_url: str | None = None
    timeout_s: float = _DEFAULT_S

    @property
    def name(self) -> str:
        """The model as `KB_LLM` names it."""
        return f"{self.provider}:{self.model}"

    @property
    def host(self) -> str:
        """The host that text is sent to, or the provider's name where its library chooses the host."""
        address = self.base_url or _DEFAULTS.get(self.provider)
        if address is None:
            return self.provider
        return urlsplit(address if "//" in address else f"//{address}").hostname or address

    @property
    def is_local(self) -> bool:
        """Tell whether text stays on this machine."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def read_choice() -> ModelChoice | None:
    """Return the language model that the environment names; None where `KB_LLM` is not set.

    The address is `KB_LLM_BASE_URL`, else the provider's usual variable. Raises `UsageError` for a name or a time that
    cannot be read.
    """
    named = os.environ.get("KB_LLM", "").strip()
    if not named:
        return None
    provider, colon, model = named.partition(":")
    if not colon or not provider.strip() or not model.strip():
        raise UsageError(
            f"KB_LLM={named!r}: 「提供元:モデル」の形で指定してください（例 ollama:qwen3, openai:gpt-5-mini）。"
            " / write provider:model, such as ollama:qwen3 or openai:gpt-5-mini"
        )
    addresses = ("KB_LLM_BASE_URL", *_ADDRESSES.get(provider, ()))
    base_url = next((value for name in addresses if (value := os.environ.get(name, "").strip())), None)
    return ModelChoice(provider.strip(), model.strip(), base_url, _read_timeout())


def _read_timeout() -> float:
    written = os.environ.get("KB_LLM_TIMEOUT", "").strip()
    if not written:
        return _DEFAULT_S
    try:
        seconds = float(written)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_S:
        raise UsageError(
            f"KB_LLM_TIMEOUT={written!r}: 0より大きく{_LONGEST_S:g}以下の秒数にしてください。"
            f" / seconds, more than 0 and at most {_LONGEST_S:g}"
        )
    return seconds


def write_notice(choice: ModelChoice, language: str) -> str:
    """Say what is sent where, before anything is sent."""
    key = "wording_notice_local" if choice.is_local else "wording_notice_remote"
    return say(key, language, model=choice.name, host=choice.host)


def open_model(choice: ModelChoice) -> Any:
    """Open the chat model with LangChain's `init_chat_model`; raises `WordingUnavailable`."""
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as problem:
        extra = _EXTRAS.get(choice.provider, "langchain")
        raise WordingUnavailable(f"pip install 'bouhan-navi[{extra}]' ({problem})") from problem
    settings: dict[str, Any] = {"base_url": choice.base_url} if choice.base_url else {}
    if choice.provider == "ollama":
        settings["client_kwargs"] = {"timeout": choice.timeout_s}
    else:
        settings |= {"timeout": choice.timeout_s, "max_retries": 0}
    if choice.provider == "openai" and choice.base_url and not os.environ.get("OPENAI_API_KEY"):
        settings["api_key"] = "none"  # local servers ask for no key, but the library does
    try:
        return init_chat_model(choice.model, model_provider=choice.provider, **settings)
    except ImportError as problem:
        known = _EXTRAS.get(choice.provider)
        what = f"pip install 'bouhan-navi[{known}]'" if known else "the provider's LangChain package"
        raise WordingUnavailable(f"{what} ({_first_line(problem)})") from problem
    except Exception as problem:
        raise WordingUnavailable(f"{type(problem).__name__}: {_first_line(problem)}") from problem


def _first_line(problem: Exception) -> str:
    return next((line.strip() for line in str(problem).splitlines() if line.strip()), type(problem).__name__)
