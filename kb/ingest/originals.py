"""The original of a held guideline: recognised by what it says, and attached to our clauses line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from kb.ingest.align import align_clauses
from kb.ingest.cues import ReadingCues
from kb.ingest.guideline import GuidelineReader, ReadGuideline, name_figures
from kb.ingest.model import (
    Ingested,
    IngestedClause,
    IngestedDocument,
    IngestedFigure,
    IngestWarning,
    LeftOutLine,
    SourceClause,
)
from kb.ingest.shelf import Kept
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus
from kb.text import fold

_TITLE_LIKE, _TITLES_PRINTED, _BOTH = 88.0, 0.72, 0.45
_HEAD = 60
_LEAST_HEADINGS = 4
_AT_START = 60
_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")


def recognise(read: ReadGuideline, corpus: Corpus) -> str | None:
    """Return the id of the held guideline whose original this is; None where it is none.

    It is one where the title stands near its beginning and about half of the headings are printed, or where nearly all
    headings are; the name of the file does not count.
    """
    lines = [_bare(line.text) for line in read.source.lines if line.text]
    head, body = "".join(lines[:_HEAD]), "".join(lines)
    best: tuple[float, str] | None = None
    for document in corpus.documents:
        if document.origin != "corpus":
            continue
        titled = max(fuzz.partial_ratio(_bare(name), head) for name in (document.title.ja, document.title.en))
        printed = _share_printed(corpus, document.id, body)
        if printed >= _TITLES_PRINTED or (titled >= _TITLE_LIKE and printed >= _BOTH):
            score = printed + titled / 1000
            if best is None or score > best[0]:
                best = (score, document.id)
    return None if best is None else best[1]


def _share_printed(corpus: Corpus, document: str, body: str) -> float:
    titles = {
        _bare(c.title.ja) for c in corpus.clauses if c.document == document and c.title is not None and c.title.ja
    }
    telling = [title for title in titles if len(title) >= _LEAST_HEADINGS]
    return sum(title in body for title in telling) / len(telling) if len(telling) >= _LEAST_HEADINGS else 0.0


def _bare(text: str) -> str:
    return _SPACE.sub("", fold(_MARKUP.sub(" ", text)))


def attach(
    read: ReadGuideline,
    document: IngestedDocument,
    original: str,
    corpus: Corpus,
    reader: GuidelineReader,
    cues: ReadingCues,
) -> Kept:
    """Give our clauses their original wording, and read the figures of the original at our locators."""
    clauses = [clause for clause in corpus.clauses if clause.document == original]
    lines = [line for line in read.source.lines if line.text and line.furniture is None]
    starts = align_clauses(clauses, [line.text for line in lines], [line.number for line in lines])
    owned = share_lines(clauses, starts, [line.text for line in lines])
    sources = [
        SourceClause(
            locator=clause.locator,
            heading="" if clause.title is None else clause.title.ja,
            text=text,
            path=tuple(a.title.ja for a in corpus.ancestors(clause) if a.title is not None),
            parent=above[-1].locator if (above := corpus.ancestors(clause)) else "",
            form="table" if clause.kind == "table" else "sentence",
            lines=tuple(lines[i].number for i in indexes),
        )
        for clause, (indexes, text) in zip(clauses, owned, strict=True)
    ]
    found = reader.read_figures(sources, read.language)
    made, figures = [], []
    for clause, source in zip(clauses, sources, strict=True):
        one = IngestedClause(
            locator=clause.locator,
            kind=clause.kind,
            strength=clause.strength,
            title=source.heading or None,
            text=source.text or source.heading,
            lines=source.lines,
        )
        made.append(one)
        figures += name_figures(clause.locator, found.get(clause.locator, ()), one)
    held = corpus.documents_by_id[original]
    note = IngestWarning(
        code="original",
        ja=f"収録済みの指針「{held.title.ja}」の原本と認め、原文を条項に付けました（{original}）。",
        en=f"recognised as the original of {held.title.en}; its wording is quoted beside our clauses ({original}).",
    )
    furniture = [
        LeftOutLine(line=line.number, text=line.text, reason=line.furniture)
        for line in read.source.lines
        if line.text and line.furniture is not None
    ]
    return Kept(
        ingested=Ingested(
            document=document.model_copy(update={"attached_to": original, "title": held.title.ja}),
            clauses=tuple(made),
            figures=tuple(_match(figures, clauses)),
            warnings=(note, *read.warnings),
            left_out=tuple(furniture),
        ),
        quotes={s.locator: s.text for s in sources if s.text.strip()},
    )


def _match(figures: Sequence[IngestedFigure], clauses: Sequence[Clause]) -> list[IngestedFigure]:
    """Mark the figures that our own clause has too as reviewed: a person has put them there."""
    ours = {
        (clause.locator, figure.property, figure.operator, figure.value.number)
        for clause in clauses
        for figure in clause.figures
    }
    return [
        figure.model_copy(update={"reviewed": True, "state": "accepted"})
        if (figure.locator, figure.property, figure.operator, figure.value) in ours
        else figure
        for figure in figures
    ]


def share_lines(clauses: Sequence[Clause], starts: Sequence[int], lines: Sequence[str]) -> list[tuple[list[int], str]]:
    """Give every line to the clause that begins last at or before it; return each clause's line indexes and text.

    Where several clauses begin on one line (the cells of a table), each gets the line, and the part between its own
    label and the next one as its text.
    """
    order = sorted(range(len(clauses)), key=lambda row: (starts[row], row))
    owned: dict[int, list[int]] = {row: [] for row in order}
    for position, row in enumerate(order):
        following = next((starts[r] for r in order[position + 1 :] if starts[r] > starts[row]), len(lines))
        same = [r for r in order if starts[r] == starts[row]]
        owned[row] = list(range(starts[row], following)) if row == same[-1] else [starts[row]]
    if order and starts[order[0]] > 0:  # what is printed before the first clause belongs to it
        owned[order[0]] = [*range(starts[order[0]]), *owned[order[0]]]
    texts: dict[int, str] = {}
    for start in sorted(set(starts)):
        rows = [row for row in order if starts[row] == start]
        pieces = split_line(lines[start], [clauses[row] for row in rows]) if len(rows) > 1 else [lines[start]]
        for row, piece in zip(rows, pieces, strict=True):
            rest = [lines[i] for i in owned[row] if i != start]
            texts[row] = _tidy([piece, *rest] if not rest or owned[row][0] == start else [*rest, piece], clauses[row])
    return [(owned[row], texts[row]) for row in range(len(clauses))]


def split_line(line: str, clauses: Sequence[Clause]) -> list[str]:
    """Split a line at the labels of the clauses that begin on it; one whose label is not found takes the whole line."""
    cuts: list[int | None] = []
    position = 0
    for index, clause in enumerate(clauses):
        label = clause.locator.rpartition("/")[2]
        mark = r"(?:<li>|・|•|★\s*\d*)" if re.fullmatch(r"・\d+", label) else re.escape(label)
        mark = mark.replace(r"\(", "[(（]").replace(r"\)", "[)）]")
        match = re.compile(mark).search(line, position)
        if index == 0:
            cuts.append(0)
            position = match.end() if match is not None and match.start() <= _AT_START else 0
            continue
        cuts.append(None if match is None else match.start())
        position = match.end() if match is not None else position
    pieces = []
    for index, cut in enumerate(cuts):
        following = next((c for c in cuts[index + 1 :] if c is not None), len(line))
        pieces.append(line if cut is None else line[cut:following])
    return pieces


def _tidy(lines: Sequence[str], clause: Clause) -> str:
    """Join lines to a text without markup, boxes, its own label and heading."""
    kept = []
    for line in lines:
        text = _BOXES.sub("", _MARKUP.sub(" ", line)).replace("\t", " ")
        text = re.sub(r" {2,}", " ", _LEADING.sub("", text)).strip(" |")
        if text:
            kept.append(text)
    if not kept:
        return ""
    label = clause.locator.rpartition("/")[2]
    if not re.fullmatch(r"[・➡]\d+", label):
        bare = re.escape(label).replace(r"\(", "[(（]?").replace(r"\)", "[)）]?")
        kept[0] = re.sub(rf"^[(（]?{bare}[)）.．、:：]*\s*(?:[:：]\s*)?", "", kept[0])
    if clause.title is not None and _bare(kept[0]) == _bare(clause.title.ja):
        kept = kept[1:]
    elif clause.title is not None and len(kept) == 1 and clause.kind == "heading":
        kept = []
    return _join(kept)


_BOXES = re.compile(r"[適否]\s*(?=<input|□|$|\s)|[□☐]|<input[^>]*>")
_LEADING = re.compile(r"^(?:\s*[-*・•●○]\s*)+")


def _join(lines: Sequence[str]) -> str:
    """Put broken lines together: a line that does not end a sentence goes on in the next one."""
    text = ""
    for line in lines:
        if text and not text.endswith(("。", "．", ".", "：", ":")):
            text += " " if text[-1].isascii() and line[0].isascii() else ""
            text += line
        else:
            text += ("\n" if text else "") + line
    return text
