"""The base of every model: frozen, no unknown keys."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["ja", "en"]
Strength = Literal["shall", "should", "may"]


class Frozen(BaseModel):
    """A value that does not change and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Frozen):
    """A text in Japanese and English."""

    ja: str
    en: str

    def get(self, language: str) -> str:
        """Return the text in a language."""
        return self.en if language == "en" else self.ja


class Words(Frozen):
    """Lists of expressions in Japanese and English."""

    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def get(self, language: str) -> tuple[str, ...]:
        """Return the expressions in a language."""
        return self.en if language == "en" else self.ja

    @property
    def all(self) -> tuple[str, ...]:
        """Return the expressions of both languages."""
        return (*self.ja, *self.en)
