"""From a file to clauses and figures; nothing is kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from indexer.outline import Doubt, Outline, Section, outline
from indexer.outline.wording import write_row
from indexer.reader import ReadProblem, SourceText, read_document
from kb.ask.lexicon import Lexicon
from kb.errors import InputError
from kb.ingest.cues import ReadingCues
from kb.ingest.figures import Bind, FigureReader
from kb.ingest.kinds import Judged, KindReader, looks_like_sheet, looks_normative
from kb.ingest.model import (
    FoundFigure,
    IngestedClause,
    IngestedFigure,
    IngestWarning,
    LeftOutLine,
    SourceClause,
)
from kb.ingest.sentence import Sentence
from kb.model.base import Strength
from kb.model.knowledge import Corpus
from kb.model.language import LanguageCues
from kb.text import fold, language_of

_SAMPLE, _LONG_HEADING = 400, 24


@dataclass(frozen=True)
class ReadGuideline:
    """A file as read: its lines, its outline, and what the outline's sections say."""

    source: SourceText
    outline: Outline
    language: Literal["ja", "en"]
    sha256: str
    clauses: tuple[IngestedClause, ...]
    figures: tuple[IngestedFigure, ...]
    warnings: tuple[IngestWarning, ...]
    left_out: tuple[LeftOutLine, ...]

    @property
    def title(self) -> str:
        """The title that the file prints, or its first line."""
        return self.source.title or next((line.text for line in self.source.lines if line.text), "")


class GuidelineReader:
    """Reads guidelines with the words of one corpus."""

    def __init__(self, corpus: Corpus, lexicon: Lexicon, language: LanguageCues, cues: ReadingCues) -> None:
        self._cues = cues
        self._figures = FigureReader(corpus.vocabulary, lexicon, language, cues)
        self._corpus = corpus

    def read(self, path: Path) -> ReadGuideline:
        """Read a file; raises `InputError` where that is not possible (both languages in the message)."""
        try:
            source = read_document(path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except ReadProblem as problem:
            raise InputError(f"{problem.ja} / {problem.en}") from None
        found = outline(source.lines)
        sources = self._with_texts(
            list_sources(found.sections), language_of_lines([line.text for line in source.lines])
        )
        return self.digest(source, found, sources, digest)

    def _with_texts(self, sources: Sequence[SourceClause], language: str) -> list[SourceClause]:
        """Take a heading that is a sentence (`The door shall be one of the following:`) for the clause's own text."""
        return [
            replace(source, heading="", text=source.heading)
            if not source.text
            and len(source.heading) > _LONG_HEADING
            and self._figures.sentences.strength_of(fold(source.heading).rstrip(":： "), language)
            else source
            for source in sources
        ]

    def read_figures(self, sources: Sequence[SourceClause], language: str) -> dict[str, tuple[FoundFigure, ...]]:
        """Read the figures of clauses that were found otherwise than by their numbering."""
        return self._figures.read(sources, language)

    def read_words(self, text: str, language: str) -> Sentence:
        """Read the words of a text (kept where it is read again)."""
        return self._figures.read_words(text, language)

    def digest(
        self, source: SourceText, found: Outline, sources: Sequence[SourceClause], sha256: str = ""
    ) -> ReadGuideline:
        """Judge the clauses of a file and read their figures."""
        language = language_of_lines([line.text for line in source.lines])
        clauses, bind = self._judge(sources, [line.text for line in source.lines], language)
        strengths = {clause.locator: clause for clause in clauses}
        read = self._figures.read(sources, language, bind)
        figures = [
            figure
            for source_clause in sources
            for figure in name_figures(
                source_clause.locator, read.get(source_clause.locator, ()), strengths[source_clause.locator]
            )
        ]
        warnings = [IngestWarning(code=w.code, ja=w.ja, en=w.en) for w in source.warnings]
        warnings += list_doubts(found.doubts)
        return ReadGuideline(
            source=source,
            outline=found,
            language=language,
            sha256=sha256,
            clauses=tuple(clauses),
            figures=tuple(figures),
            warnings=tuple(warnings),
            left_out=tuple(LeftOutLine(line=o.line, text=o.text, reason=o.reason) for o in found.left_out),
        )

    def _judge(
        self, sources: Sequence[SourceClause], lines: Sequence[str], language: Literal["ja", "en"]
    ) -> tuple[list[IngestedClause], Bind]:
        sentences = self._figures.sentences
        normative = looks_normative(sentences, [source.text for source in sources], language)
        reader = KindReader(self._cues, sentences, language, looks_like_sheet(lines), normative)
        judged: dict[str, Judged] = {}
        clauses = []
        for source in sources:
            found = reader.judge(source, judged.get(source.parent))
            judged[source.locator] = found
            clauses.append(
                IngestedClause(
                    locator=source.locator,
                    kind=found.kind,
                    strength=found.strength,
                    title=source.heading or None,
                    text=source.text or source.heading,
                    lines=source.lines,
                )
            )

        def bind(source: SourceClause, sentence: Sentence) -> Strength | None:
            return reader.strength_in(source, sentence.normal, judged.get(source.locator))

        return clauses, bind


_DOUBTS = {
    "gap": ("番号が飛んでいます", "a number is missing before"),
    "two_readings": ("どの列の番号か決め手がありません", "it is open to which list this label belongs"),
    "title_as_parent": ("番号のない行を見出しとみなしました", "a line without a number was taken for a heading"),
    "looks_like_label": ("番号に見えますが本文とみなしました", "looks like a label and was taken for text"),
    "weak_label": ("番号とみなしましたが確かではありません", "was taken for a label but hardly looks like one"),
}
_DOUBTS_SHOWN = 8
_COMPOUND = re.compile(r"(.*\w)\s?[.．\-－・―‐–]\s?\w{1,3}")


def list_doubts(doubts: Sequence[Doubt]) -> list[IngestWarning]:
    """Say which lines' numbering a person should look at, one warning per reason."""
    made = []
    for reason, (ja, en) in _DOUBTS.items():
        lines = [doubt for doubt in doubts if doubt.reason == reason]
        if not lines:
            continue
        shown = lines[:_DOUBTS_SHOWN]
        more = len(lines) - len(shown)
        listed_ja = "、".join(f"{one.line}行「{one.label}」" for one in shown) + (f" ほか{more}か所" if more else "")
        listed_en = ", ".join(f"line {one.line} ({one.label})" for one in shown) + (f" and {more} more" if more else "")
        made.append(IngestWarning(code=f"numbering_{reason}", ja=f"{ja}：{listed_ja}", en=f"{en}: {listed_en}"))
    return made


def list_sources(sections: Sequence[Section]) -> list[SourceClause]:
    """Return the sections of an outline as clauses to read; a locator that comes twice gets a number."""
    sources: list[SourceClause] = []
    known: dict[str, SourceClause] = {}
    for section in sections:
        parent = "/".join(section.labels[:-1])
        while parent and parent not in known:
            parent = parent.rpartition("/")[0]
        locator, count = section.locator, 2
        while locator in known:
            locator, count = f"{section.locator}#{count}", count + 1
        shorter = _shorten(section.locator)
        if shorter in known and shorter.startswith(parent):  # 2.1 stands under 2, though its locator does not say so
            parent = shorter
        above = known.get(parent)
        path = () if above is None else (*above.path, *filter(None, [above.heading]))
        path = max(path, section.path, key=len)
        source = SourceClause(
            locator=locator,
            heading=section.heading,
            text=section.text,
            path=path,
            parent=parent,
            form=section.kind,
            lines=section.lines,
            cells=section.cells,
            rows=tuple(row for row in section.rows if write_row(row) in section.text.split("\n")),
        )
        known[locator] = source
        sources.append(source)
    return sources


def _shorten(locator: str) -> str:
    """Return the locator that a label of several numbers goes on from (`2.1` from `2`, `A-1` from `A`), or `""`."""
    before, _, label = locator.rpartition("/")
    match = _COMPOUND.fullmatch(label)
    return "" if match is None else f"{before}/{match[1]}" if before else match[1]


def name_figures(locator: str, figures: Sequence[FoundFigure], clause: IngestedClause) -> list[IngestedFigure]:
    """Give figures their lasting ids: what they say and where; a figure without a strength takes the clause's."""
    named: list[IngestedFigure] = []
    for figure in figures:
        upper = figure.value_max
        when = sorted(figure.when.items(), key=str)
        said = f"{locator}|{figure.place}|{figure.property}|{figure.operator}|{figure.value}|{upper}|{when}"
        key = hashlib.sha256(said.encode()).hexdigest()[:10]
        if any(other.id == key for other in named):
            continue
        named.append(
            IngestedFigure(
                id=key,
                locator=locator,
                place=figure.place,
                property=figure.property,
                operator=figure.operator,
                value=figure.value.number,
                value_max=None if upper is None else upper.number,
                unit=figure.value.unit,
                approximate=figure.approximate,
                measure=figure.measure,
                strength=figure.strength
                or clause.strength
                or ("shall" if clause.kind in ("table", "definition") else None),
                when=figure.when,
                source=figure.source,
                quote=figure.quote,
            )
        )
    return named


def language_of_lines(lines: Sequence[str]) -> Literal["ja", "en"]:
    """Tell the language of a file by the letters of its lines."""
    text = "\n".join(lines)
    japanese = sum(1 for char in text if "぀" <= char <= "ヿ" or "一" <= char <= "鿿")
    latin = sum(1 for char in text if char.isascii() and char.isalpha())
    if not japanese and not latin:
        return "en" if language_of(text[:_SAMPLE]) == "en" else "ja"
    return "ja" if japanese * 3 >= latin else "en"
