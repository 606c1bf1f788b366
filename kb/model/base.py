"""The base of every model: frozen, no unknown keys."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

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


class Phrases(Frozen):
    """Regular expressions on the normal form of a text (`kb.text`); English ones match whole words only."""

    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    @field_validator("ja", "en")
    @classmethod
    def _compile(cls, expressions: tuple[str, ...]) -> tuple[str, ...]:
        for one in expressions:
            try:
                re.compile(one)
            except re.error as error:
                raise ValueError(f"found {one!r} ({error}); allowed: a regular expression") from None
        return expressions

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All expressions as one; it matches nothing where there are none."""
        english = (rf"(?<![a-z]){one}(?![a-z])" if one[-1:].isalpha() else rf"(?<![a-z]){one}" for one in self.en)
        return re.compile("|".join((*self.ja, *english)) or r"(?!)")

    def search(self, text: str) -> re.Match[str] | None:
        """Find the first match in a text."""
        return self.pattern.search(text)
