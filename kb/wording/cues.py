"""The words that a rewording must keep (`corpus/wording.yaml`), as patterns over normalised text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from kb.errors import CorpusError
from kb.model.base import Frozen, Words
from kb.settings import corpus_folder
from kb.text import fold

FILE = "wording.yaml"


@dataclass(frozen=True)
class Cue:
    """A word found: its span in the normal form, its family (strength, verdict, …) and its class (shall, fail, …)."""

    start: int
    end: int
    family: str
    name: str


class Contrast(Frozen):
    """Two opposites."""

    one: Words
    other: Words


class WordingCues(Frozen):
    """All words of `corpus/wording.yaml`."""

    strength: dict[str, Words]
    verdict: dict[str, Words]
    absent: Words
    caveats: dict[str, Words]
    contrasts: tuple[Contrast, ...]
    not_negation: Words
    not_numbers: Words
    function_words: tuple[str, ...] = ()

    @cached_property
    def _all(self) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
        families: list[tuple[str, dict[str, Words]]] = [
            ("caveat", self.caveats),
            ("verdict", self.verdict),
            ("strength", self.strength),
            ("absent", {"absent": self.absent}),
            ("contrast", {f"{n}+": pair.one for n, pair in enumerate(self.contrasts)}),
            ("contrast", {f"{n}-": pair.other for n, pair in enumerate(self.contrasts)}),
        ]
        class_of: dict[str, tuple[str, str]] = {}
        for family, classes in families:
            for name, words in classes.items():
                for word in words.all:
                    class_of.setdefault(fold(word), (family, name))
        return make_pattern(class_of), class_of

    def find(self, normal: str) -> Iterator[Cue]:
        """Find the words of all families in order, the longest at each place."""
        pattern, class_of = self._all
        for match in pattern.finditer(normal):
            yield Cue(match.start(), match.end(), *class_of[match[0]])

    @cached_property
    def neutral(self) -> re.Pattern[str]:
        """Phrases with a negative word that deny nothing."""
        return make_pattern(map(fold, self.not_negation.all))

    @cached_property
    def wordy(self) -> re.Pattern[str]:
        """Words with a numeral that counts nothing."""
        return make_pattern(map(fold, self.not_numbers.all))

    def opposite(self, name: str) -> str:
        """Return the class that a class of contrast stands against."""
        return name[:-1] + ("-" if name.endswith("+") else "+")


def make_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Compile words into one pattern, longest first; Latin words only as whole words."""
    parts = []
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        left = r"(?<![a-z])" if word[:1].isascii() and word[:1].isalpha() else ""
        right = r"(?![a-z])" if word[-1:].isascii() and word[-1:].isalpha() else ""
        parts.append(left + re.escape(word) + right)
    return re.compile("|".join(parts) or r"(?!)")


@cache
def read_cues(file: Path | None = None) -> WordingCues:
    """Read the words from a file, else from the corpus in use, else from the one beside the package."""
    from kb.corpus.strict_yaml import read_yaml
    from kb.corpus.validate import build

    own = corpus_folder() / FILE
    beside = Path(__file__).resolve().parents[2] / "corpus" / FILE
    source = read_yaml(file or (own if own.is_file() else beside))
    errors: list[CorpusError] = []
    cues = build(WordingCues, source, (), source.data, errors)
    if cues is None:
        raise errors[0]
    return cues
