"""What kind of clause a passage is, and how strongly it binds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.ingest.cues import ReadingCues
from kb.ingest.model import SourceClause
from kb.ingest.notes import note_number
from kb.ingest.sentence import SentenceReader, split_sentences
from kb.model.base import Strength
from kb.model.corpus import Kind
from kb.quantity import find_quantities
from kb.text import fold

_NORMATIVE = 0.3
_TABLE = re.compile(r"(?:別表|表(?!題)|目次|table ?\d|schedule ?\d|contents$)", re.IGNORECASE)
_SHEET = re.compile(
    r"チェック(?:シート|リスト|表)|点検(?:表|シート)|診断(?:表|シート)|check ?(?:list|sheet)", re.IGNORECASE
)
_TITLE_LINES = 3
_SHORT = 60
_VALUE = re.compile(r"(?:[:：]|\s)\s*[^:：。]{0,12}\d[^:：。]{0,24}$")
_CONTENTS = "目次"
_ORDER: tuple[Strength, ...] = ("shall", "should", "may")


@dataclass(frozen=True)
class Judged:
    """Kind and strength of one clause."""

    kind: Kind
    strength: Strength | None = None


class KindReader:
    """Judges clauses by form and wording; `is_sheet` where the guideline is a check sheet, whose states are criteria."""

    def __init__(
        self, cues: ReadingCues, sentences: SentenceReader, language: str, is_sheet: bool, is_normative: bool = False
    ) -> None:
        self._is_normative = is_normative
        self._cues = cues
        self._sentences = sentences
        self._language = language
        self._is_sheet = is_sheet

    def judge(self, clause: SourceClause, above: Judged | None = None) -> Judged:
        """Return kind and strength of a clause; a bare noun phrase takes the strength of the clause `above` it."""
        text = clause.text.strip()
        if not text:
            return Judged("table" if _TABLE.match(clause.locator.rpartition("/")[2]) else "heading")
        if clause.form == "sentence" and clause.locator == _CONTENTS:
            return Judged("table")
        if clause.form in ("table", "figure"):
            return Judged("table" if clause.form == "table" else "explanation")
        normal = fold(text)
        if self._defines(clause, normal):
            return Judged("definition")
        about = self._cues.expression("about_itself", self._language)
        near = clause.heading or (clause.path[-1] if clause.path else "")
        if self._cues.expression("about_headings", self._language).search(
            fold(near).strip()
        ) or clause.locator.startswith(("附則", "付則")):
            return Judged("explanation")
        sentences = [one for one in map(fold, split_sentences(text)) if not about.search(one)]
        if not sentences:
            return Judged("explanation")
        is_note = note_number(clause.locator) is not None
        strengths = {self._strength(one, is_note) for one in sentences} - {None}
        for strength in _ORDER:
            if strength in strengths:
                return Judged("recommendation" if strength == "should" else "requirement", strength)
        if above is not None and self._is_phrase(clause, sentences) and (above.strength or above.kind == "definition"):
            return above
        if note_number(clause.locator) is not None and not normal.endswith(("。", ".")):
            return Judged("definition")
        told = self._cues.expression("background", self._language)
        if self._is_normative and find_quantities(text) and (clause.form == "row" or self._is_value(clause, sentences)):
            return Judged("requirement", "shall")
        return Judged("fact" if any(told.search(one) for one in sentences) else "explanation")

    def _strength(self, normal: str, is_note: bool) -> Strength | None:
        found = self._sentences.strength_of(normal, self._language)
        if (
            found is None
            and self._is_sheet
            and self._cues.expression("sheet", self._language).search(normal.rstrip("。. "))
        ):
            return "shall"
        if (
            found is None
            and not is_note
            and (self._is_normative or self._is_sheet)
            and self._is_plain_rule(normal.rstrip("。. "))
        ):
            return "shall"
        return found

    def strength_in(self, clause: SourceClause, sentence: str, judged: Judged | None) -> Strength | None:
        """Tell how strongly one sentence of a clause binds; an item of a list that is no sentence binds as its clause does.

        A clause that only explains or defines binds nobody, whatever its sentences sound like.
        """
        if judged is not None and judged.kind in ("explanation", "fact", "heading"):
            return None
        if self._cues.expression("about_itself", self._language).search(sentence):
            return None
        found = self._strength(sentence, note_number(clause.locator) is not None)
        if found is None and judged is not None and self._is_phrase(clause, [sentence]):
            return judged.strength
        return found

    def _is_plain_rule(self, bare: str) -> bool:
        """Tell whether a sentence ends in a plain verb that lays down what to do."""
        if not self._cues.expression("plain_verb", self._language).search(bare):
            return False
        if self._cues.expression("background", self._language).search(bare):
            return False
        return not self._cues.expression("no_rule_verb", self._language).search(bare)

    @staticmethod
    def _is_phrase(clause: SourceClause, sentences: list[str]) -> bool:
        """Tell whether a clause is one item of a list: a phrase (in English one in small letters), not a sentence."""
        ends = sentences[0].rstrip().endswith(("。", ".")) if sentences else True
        return len(sentences) == 1 and (not ends or clause.text[:1].islower())

    def _is_value(self, clause: SourceClause, sentences: list[str]) -> bool:
        """Tell whether a clause is a name with its value (`Sales floor: 300 lux or more`) in a text that lays down rules."""
        return (
            len(sentences) == 1
            and len(sentences[0]) <= _SHORT
            and note_number(clause.locator) is None
            and bool(_VALUE.search(sentences[0]))
            and not self._cues.expression("background", self._language).search(sentences[0])
        )

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
    named = any(_SHEET.search(line) for line in [line for line in lines if line.strip()][:_TITLE_LINES])
    return marks >= max(3, len(lines) // 40) or named


def looks_normative(sentences: SentenceReader, texts: Sequence[str], language: str) -> bool:
    """Tell whether a text lays down rules: a fair part of its sentences says so by form."""
    parts = [one for text in texts for one in split_sentences(text)]
    binding = sum(sentences.strength_of(fold(one), language) is not None for one in parts)
    return binding >= max(2, _NORMATIVE * len(parts))
