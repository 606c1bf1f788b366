"""Notes and definitions: which clauses lean on them, and which figures they bring."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.ingest.context import ContextReader
from kb.ingest.cues import ReadingCues
from kb.ingest.model import FoundFigure, SourceClause
from kb.ingest.sentence import Sentence, split_sentences
from kb.model.knowledge import Vocabulary
from kb.text import fold

_NOTE_LABEL = re.compile(r"^(?:注釈?|※|\*|note ?|脚注)(\d+|[①-⑳])?$", re.IGNORECASE)
_NEAR, _NEAR_EN = 6, 40
_LEAST_CORE = 6


_LEVEL = re.compile(
    r"(?:(?:lighting |illumination |light )?(?:level|class|grade|category|rank|zone|standard)"
    r"|明るさ|照度|レベル|等級|クラス|ランク|区分|基準)[ -]?(?:[a-z]|\d{1,2}|[ivx]{1,4}|[甲乙丙])"
)
"""A level that a guideline names by a letter (`Level A`, `明るさB`)."""
_TERM_BEFORE = {
    "ja": re.compile(r"(?:^|[、。は「(にをで])(?P<term>[^、。は「」()にをで]{3,30})$"),
    "en": re.compile(r"(?P<term>(?:[a-z]+ )?(?:level|class|grade|category) [a-z0-9]{1,3}) ?$"),
}


def _find_term(normal: str, core: str) -> int:
    """Return where a defined word stands (-1); a level (`level a`) only where no other letter goes on."""
    if not _LEVEL.fullmatch(core):
        return normal.find(core)
    match = re.search(rf"(?<![a-z]){re.escape(core)}(?![a-z0-9])", normal)
    return -1 if match is None else match.start()


@dataclass(frozen=True)
class Definition:
    """A word and the figures that its definition sets; `core` is the word without the name of the property."""

    locator: str
    core: str
    figures: tuple[FoundFigure, ...]


@dataclass(frozen=True)
class Leaning:
    """A sentence that leans on a definition, and where in it (in the normal form)."""

    sentence: Sentence
    position: int
    locator: str
    figures: tuple[FoundFigure, ...]


class NoteBook:
    """All notes and definitions of one guideline that set a figure."""

    def __init__(
        self,
        clauses: Sequence[SourceClause],
        own: Mapping[str, tuple[FoundFigure, ...]],
        cues: ReadingCues,
        context: ContextReader,
        vocabulary: Vocabulary,
        language: str,
    ) -> None:
        self._cues = cues
        self._context = context
        self._vocabulary = vocabulary
        self._marks = cues.compiled("note_mark", language)
        self._definitions: list[Definition] = []
        self._notes: dict[str, tuple[SourceClause, tuple[FoundFigure, ...]]] = {}
        for clause in clauses:
            figures = own.get(clause.locator, ())
            if not figures:
                continue
            number = note_number(clause.locator)
            if number is not None:
                self._notes[number] = (clause, figures)
            self._definitions += self._defined(clause, figures, language)
        for clause in clauses:
            self._definitions += self._named_at_marks(clause, language)
        self._definitions.sort(key=lambda d: -len(d.core))

    def _defined(self, clause: SourceClause, figures: tuple[FoundFigure, ...], language: str) -> Iterator[Definition]:
        for sentence in split_sentences(clause.text):
            normal = fold(sentence)
            here = tuple(f for f in figures if f.quote and f.quote[:60] in sentence[:260])
            if not here:
                continue
            if clause.heading and self._cues.expression("defining_end", language).search(normal.rstrip("。. ")):
                core = self._core(fold(clause.heading), here, language)
                if core is not None:
                    yield Definition(clause.locator, core, here)
            for field in ("definition", "named_here"):
                for pattern in self._cues.compiled(field, language):
                    for match in pattern.finditer(normal):
                        core = self._core(match["term"], here, language)
                        if core is not None:
                            yield Definition(clause.locator, core, here)

    def _named_at_marks(self, clause: SourceClause, language: str) -> Iterator[Definition]:
        """Learn the words that a mark explains where they stand first (`明るさA（注1）`): they may come again without it."""
        if note_number(clause.locator) is not None:
            return
        for text in split_sentences(clause.text):
            normal = fold(text)
            for pattern in self._marks:
                for match in pattern.finditer(normal):
                    held = self._notes.get(_plain(match.groupdict().get("number") or ""))
                    term = _TERM_BEFORE[language].search(normal, 0, match.start())
                    known = {definition.core for definition in self._definitions}
                    if held is None or term is None or any(core in term["term"] for core in known):
                        continue
                    if _LEVEL.fullmatch(term["term"]) or self._names_property(term["term"], held[1], language):
                        yield Definition(held[0].locator, term["term"].strip(), held[1])

    def _core(self, term: str, figures: tuple[FoundFigure, ...], language: str) -> str | None:
        """Return a defined word without the name of the property that it ends in; None where it names none."""
        if _LEVEL.fullmatch(term):
            return term
        span = self._property_in(term, figures, language)
        if span is None:
            return None
        start, end = span
        core = (term[:start] + term[end:]).strip(" のof") if language == "ja" else term
        return core if len(core) >= _LEAST_CORE else term

    def leanings(self, clause: SourceClause, language: str) -> Iterator[Leaning]:
        """Find what a clause leans on: a note by its number, a defined word by its wording."""
        if not (self._definitions or self._notes):
            return
        for text in split_sentences(clause.text):
            normal = fold(text)
            used: list[tuple[int, int]] = []
            for start, end, locator, figures in self._by_mark(normal, clause, language):
                used.append((max(0, start - 40), end))
                yield Leaning(self._context.read(text, language), start, locator, figures)
            for definition in self._definitions:
                start = _find_term(normal, definition.core)
                end = start + len(definition.core)
                if start < 0 or definition.locator == clause.locator or any(a < end + 8 and start < b for a, b in used):
                    continue
                used.append((start, end))
                yield Leaning(self._context.read(text, language), start, definition.locator, definition.figures)

    def _by_mark(
        self, normal: str, clause: SourceClause, language: str
    ) -> Iterator[tuple[int, int, str, tuple[FoundFigure, ...]]]:
        if note_number(clause.locator) is not None:
            return
        for pattern in self._marks:
            for match in pattern.finditer(normal):
                number = match.groupdict().get("number") or ""
                held = self._notes.get(_plain(number))
                if held is None or held[0].locator == clause.locator:
                    continue
                before = normal[max(0, match.start() - 40) : match.start()]
                if self._names_property(before, held[1], language):
                    yield match.start(), match.end(), held[0].locator, held[1]

    def _names_property(self, before: str, figures: tuple[FoundFigure, ...], language: str) -> bool:
        span = self._property_in(before, figures, language)
        near = len(before) - (_NEAR if language == "ja" else _NEAR_EN)
        return span is not None and span[1] >= near

    def _property_in(self, text: str, figures: tuple[FoundFigure, ...], language: str) -> tuple[int, int] | None:
        """Return where a text last names a property of the figures (`…程度以上の照度`)."""
        best: tuple[int, int] | None = None
        for name in {figure.property for figure in figures}:
            fact = self._vocabulary.facts.get(name)
            words = () if fact is None else (fact.label.get(language), *fact.aliases.get(language))
            for word in map(fold, words):
                start = text.rfind(word)
                if start >= 0 and (best is None or start + len(word) > best[1]):
                    best = (start, start + len(word))
        return best


def note_number(locator: str) -> str | None:
    """Return the number of a note (`""` where it has none), or None where a locator names no note."""
    match = _NOTE_LABEL.match(locator.rpartition("/")[2])
    return None if match is None else _plain(match[1] or "")


def _plain(number: str) -> str:
    return unicodedata.normalize("NFKC", number)
