"""Words that say what kind of answer a question wants (`corpus/language.yaml`)."""

from __future__ import annotations

import re
from functools import cached_property

from kb.model.base import Frozen, Words
from kb.text import fold


class LanguageCues(Frozen):
    """Cue words per intent, and words without a subject of their own."""

    intents: dict[str, Words]
    filler: Words

    @cached_property
    def fillers(self) -> frozenset[str]:
        """All filler words."""
        return frozenset(self.filler.all)

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        patterns: dict[str, re.Pattern[str]] = {}
        for name, words in self.intents.items():
            parts = [re.escape(fold(word)) for word in words.ja]
            parts += [rf"\b{re.escape(fold(word))}\b" for word in words.en]
            patterns[name] = re.compile("|".join(parts))
        return patterns

    def intents_of(self, normal: str) -> frozenset[str]:
        """Return the intents whose cue words stand in a normalised text."""
        return frozenset(name for name, pattern in self._patterns.items() if pattern.search(normal))
