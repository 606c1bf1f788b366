"""What kind of clause a passage is, and how strongly it binds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.ingest.cues import ReadingCues
from kb.ingest.model import SourceClause
from kb.ingest.notes import note_number
from kb.ingest.sentence import SentenceReader, split_sentences
from kb.model.base import Strength
from kb.model.corpus import Kind
from kb.text import fold

_ORDER: tuple[Strength, ...] = ("shall", "should", "may")


@dataclass(frozen=True)
class Judged:
    """Kind and strength of one clause."""

    kind: Kind
    strength: Strength | None = None


class KindReader:
    """Judges clauses by form and wording; `is_sheet` where the guideline is a check sheet, whose states are criteria."""

    def __init__(self, cues: ReadingCues, sentences: SentenceReader, language: str, is_sheet: bool) -> None:
        self._cues = cues
        self._sentences = sentences
        self._language = language
        self._is_sheet = is_sheet

    def judge(self, clause: SourceClause, above: Judged | None = None) -> Judged:
        """Return kind and strength of a clause; a bare noun phrase takes the strength of the clause `above` it."""
        text = clause.text.strip()
        if not text:
            return Judged("heading")
        if clause.form in ("table", "figure"):
            return Judged("table" if clause.form == "table" else "explanation")
        normal = fold(text)
        if self._defines(clause, normal):
            return Judged("definition")
        about = self._cues.expression("about_itself", self._language)
        sentences = [one for one in map(fold, split_sentences(text)) if not about.search(one)]
        if not sentences:
            return Judged("explanation")
        strengths = {self._strength(one) for one in sentences} - {None}
        for strength in _ORDER:
            if strength in strengths:
                return Judged("recommendation" if strength == "should" else "requirement", strength)
        if above is not None and self._is_phrase(sentences) and (above.strength or above.kind == "definition"):
            return above
        if note_number(clause.locator) is not None and not normal.endswith(("。", ".")):
            return Judged("definition")
        told = self._cues.expression("background", self._language)
        return Judged("fact" if any(told.search(one) for one in sentences) else "explanation")

    def _strength(self, normal: str) -> Strength | None:
        found = self._sentences.strength_of(normal, self._language)
        if (
            found is None
            and self._is_sheet
            and self._cues.expression("sheet", self._language).search(normal.rstrip("。. "))
        ):
            return "shall"
        return found

    def _is_phrase(self, sentences: list[str]) -> bool:
        """Tell whether a clause is one item of a list: a phrase, not a sentence."""
        return len(sentences) == 1 and not sentences[0].rstrip().endswith(("。", "."))

    def _defines(self, clause: SourceClause, normal: str) -> bool:
        if clause.form == "definition":
            return True
        first = fold(split_sentences(clause.text)[0])
        if self._cues.expression("defining_end", self._language).search(first.rstrip("。. ")):
            return True
        patterns = self._cues.compiled("definition", self._language)
        return any((match := pattern.search(first)) and match.start() < 8 for pattern in patterns)


def looks_like_sheet(lines: Sequence[str]) -> bool:
    """Tell whether a text is a check sheet: several boxes to tick, or cells for yes and no."""
    marks = sum(1 for line in lines if any(mark in line for mark in ("□", "☐", "適 ", "否 ", "適□", "[ ]")))
    return marks >= max(3, len(lines) // 40)
