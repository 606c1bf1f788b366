"""Decisions to sections: locators, headings, own text, tables, and what is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexer.outline.furniture import is_sentence
from indexer.outline.labels import narrow
from indexer.outline.model import LeftOut, Section, SectionKind
from indexer.outline.pieces import Piece
from indexer.outline.stack import Decision, Level
from indexer.outline.tables import read_rows
from indexer.outline.wording import goes_on, join_lines, split_heading, write_row

_LABELLED = re.compile(r"[(（]\d{1,3}[)）]|[①-⑳]")
_DEFINES = re.compile(
    r"(?:とは[、,]|という。|をいう。|の総称|を指す。|means\b|refers to\b|is defined as)", re.IGNORECASE
)


@dataclass
class Draft:
    """A section while its pieces come in."""

    labels: tuple[str, ...]
    first: int
    kind: str
    heading: str = ""
    parts: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    gaps: list[bool] = field(default_factory=list)
    full: list[bool] = field(default_factory=list)
    rows: list[Piece] = field(default_factory=list)
    children: int = 0
    bullets: int = 0
    arrows: int = 0

    def add(self, piece: Piece, text: str) -> None:
        """Take a piece in."""
        self.lines.extend(n for n in (piece.line, *piece.also) if n not in self.lines[-8:])
        if text:
            self.parts.append(text)
            self.gaps.append(piece.gap)
            self.full.append(piece.full)


class Assembler:
    """Builds the sections of one outline, piece by piece."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.by_labels: dict[tuple[str, ...], Draft] = {}
        self.left: list[LeftOut] = []
        self.current: Draft | None = None
        self.root = Draft((), 0, "root")
        self.repeats: dict[tuple[str, ...], int] = {}
        self.tables: dict[tuple[str, ...], list[Draft]] = {}
        self.by_stack: dict[tuple[Level, ...], Draft] = {}

    def open_draft(self, labels: tuple[str, ...], piece: Piece, kind: str) -> Draft:
        """Start a section with labels that no other has."""
        unique, n = labels, self.repeats.get(labels, 1)
        while unique in self.by_labels:
            n += 1
            self.repeats[labels] = n
            unique = (*labels[:-1], f"{labels[-1]}〔{n}〕")
        draft = Draft(unique, piece.line, kind)
        self.drafts.append(draft)
        self.by_labels[unique] = draft
        if len(unique) > 1 and (parent := self.by_labels.get(unique[:-1])):
            parent.children += 1
        return draft

    def take(self, piece: Piece, decision: Decision, previous: Piece | None) -> None:
        """Take one piece with what was decided about it."""
        if piece.left_out:
            for number in (piece.line, *piece.also):
                self.left.append(LeftOut(number, piece.text, piece.left_out))
            return
        if decision.candidate is None:
            self._take_text(piece)
        else:
            self._take_label(piece, decision, previous)

    def _take_text(self, piece: Piece) -> None:
        if piece.row:
            self._take_row(piece)
            return
        if self.current is None:
            self._take_front(piece)
            return
        self.current.add(piece, piece.text)

    def _take_front(self, piece: Piece) -> None:
        """Before the first label: the title until the first sentence, then the preface."""
        title, preface = self.by_labels.get(("表題",)), self.by_labels.get(("前文",))
        if preface is None and not is_sentence(piece.text):
            draft = title or self.open_draft(("表題",), piece, "cover")
        else:
            draft = preface or self.open_draft(("前文",), piece, "front")
            if preface is None and title and len(title.parts) > 1 and title.gaps[-1]:
                draft.heading = title.parts.pop()
                draft.lines.append(title.lines.pop())
        draft.add(piece, piece.text)

    def _take_row(self, piece: Piece) -> None:
        current = self.current
        if current is None:
            self._take_front(piece)
            return
        if current.kind != "caption" and not (current.rows and current.rows[-1].row == piece.row):
            holder = self._holder(current)
            if self._is_table(holder, piece):
                self.current = holder
                holder.rows.append(piece)
                holder.add(piece, "")
                return
            label = self._table_label(holder, piece)
            current = self.open_draft((*holder.labels, label), piece, "table")
            self.tables[holder.labels].append(current)
            self.current = current
        current.rows.append(piece)
        current.add(piece, "")

    def _is_table(self, holder: Draft, piece: Piece) -> bool:
        """A clause that holds nothing but a title and rows with labels of their own is that table."""
        if holder.kind == "part" and not holder.children and not any(is_sentence(p) for p in holder.parts):
            return True
        bare = holder.kind == "number" and not holder.children and not holder.bullets and len(holder.parts) <= 1
        return (
            bare
            and not any(is_sentence(p) for p in holder.parts)
            and bool(_LABELLED.match(narrow(next(iter(piece.cells), ""))) or not any(piece.cells))
        )

    def _holder(self, draft: Draft) -> Draft:
        while (
            draft.kind in ("bullet", "arrow", "table") and len(draft.labels) > 1 and draft.labels[:-1] in self.by_labels
        ):
            draft = self.by_labels[draft.labels[:-1]]
        return draft

    def _table_label(self, holder: Draft, piece: Piece) -> str:
        known = self.tables.setdefault(holder.labels, [])
        if known and known[0].labels[-1] == "表":
            old = known[0]
            del self.by_labels[old.labels]
            old.labels = (*holder.labels, "表・1")
            self.by_labels[old.labels] = old
        return f"表・{len(known) + 1}" if known else "表"

    def _take_label(self, piece: Piece, decision: Decision, previous: Piece | None) -> None:
        candidate, stack = decision.candidate, decision.stack
        assert candidate is not None
        level = stack[-1]
        if decision.from_title and previous is not None:
            self._open_title(previous, stack[:-1])
        parent = self._draft_of(stack[:-1] if level.under < 0 else stack[: level.under], piece)
        base = () if parent is None else parent.labels
        label = candidate.label
        if level.kind in ("bullet", "arrow"):
            if parent is None and not level.titled:
                parent = self._front(piece) if ("前文",) in self.by_labels else None
            base = parent.labels if parent else ()
            label = self._count(parent or self.root, level.kind)
        labels = (*base, label)
        known = self.by_labels.get(labels)
        if known is not None and level.kind not in ("bullet", "arrow") and self._same_heading(known, candidate.rest):
            self.left.append(LeftOut(piece.line, piece.text, "repeated_heading"))
            self.current = known
        elif known is not None and known.kind == "front":
            known.add(piece, candidate.rest)
            self.current = known
        else:
            self.current = self.open_draft(labels, piece, level.kind)
            self.current.heading = piece.caption
            self.current.add(piece, candidate.rest)
        self.by_stack[stack] = self.current

    def _count(self, parent: Draft, kind: str) -> str:
        if kind == "arrow":
            parent.arrows += 1
            return f"➡{parent.arrows}"
        parent.bullets += 1
        return f"・{parent.bullets}"

    def _front(self, piece: Piece) -> Draft:
        return self.by_labels.get(("前文",)) or self.open_draft(("前文",), piece, "front")

    def _draft_of(self, stack: tuple[Level, ...], piece: Piece) -> Draft | None:
        """Return the section that an open stack stands for; None for the root."""
        if not stack:
            return None
        if stack in self.by_stack:
            return self.by_stack[stack]
        if stack[-1].style == "front":
            return self._front(piece)
        return self._draft_of(stack[:-1], piece)

    def _same_heading(self, known: Draft, rest: str) -> bool:
        old = re.sub(r"\W", "", known.parts[0]) if known.parts else ""
        new = re.sub(r"\W", "", rest)
        return old == new or bool(old) and new.startswith(old) and len(new) <= len(old) + 6

    def _open_title(self, piece: Piece, stack: tuple[Level, ...]) -> None:
        """Turn the piece before into a heading of its own: take it back from the section that has it."""
        owner = self.current or self.by_labels.get(("前文",)) or self.by_labels.get(("表題",))
        if owner is not None and owner.parts and owner.lines and owner.lines[-1] == piece.line:
            owner.parts.pop()
            owner.gaps.pop()
            owner.lines.pop()
        parent = self._draft_of(stack[:-1], piece)
        draft = self.open_draft((*(parent.labels if parent else ()), stack[-1].label), piece, "word")
        draft.lines.append(piece.line)
        draft.heading = stack[-1].label
        self.by_stack[stack] = draft

    def finish(self) -> tuple[tuple[Section, ...], tuple[LeftOut, ...]]:
        """Close everything: headings are told from sentences, tables get their rows."""
        sections: list[Section] = []
        self._mark_headings()
        for draft in self.drafts:
            if not draft.lines:
                continue
            sections.append(self._close(draft))
            sections.extend(self._close_rows(draft))
        return tuple(sections), tuple(sorted(self.left, key=lambda x: x.line))

    def _mark_headings(self) -> None:
        """A title whose decimals go on below it (`4`, then `4.1`), or before a box, is a heading though it has no children."""
        for draft, after in zip(self.drafts, self.drafts[1:], strict=False):
            if draft.kind != "number" or len(draft.parts) != 1 or is_sentence(draft.parts[0]):
                continue
            deeper = re.match(rf"{re.escape(draft.labels[-1])}[.\-]\d", after.labels[-1])
            if deeper or after.kind == "box" or (draft.labels[-1][-1] in "編部章節款" and after.kind == "number"):
                draft.children += 1

    def _close(self, draft: Draft) -> Section:
        heading, text = draft.heading, list(draft.parts)
        stands_over = bool(len(text) > 1 or draft.children or draft.rows)
        if not heading and text and draft.kind != "front":
            runs_on = len(text) > 1 and not draft.gaps[1] and (draft.full[0] or goes_on(text[0], text[1]))
            heading, text = split_heading(text, runs_on=runs_on, stands_over=stands_over)
        if draft.kind == "cover":
            heading, text = join_lines(draft.parts, " "), []
        if draft.kind in ("box", "word", "title", "heading") and not heading:
            heading = draft.labels[-1]
        joined = join_lines(text)
        rows = read_rows(draft.rows)[1] if draft.rows else []
        if loose := [write_row(row.cells) for row in rows if not row.label]:
            joined = "\n".join([*([joined] if joined else []), *loose])
        return Section(
            locator="/".join(draft.labels),
            labels=draft.labels,
            kind=self._kind(draft, heading, joined),
            heading=heading,
            text=joined,
            first=min(draft.lines),
            last=max(draft.lines),
            lines=tuple(sorted(set(draft.lines))),
            path=self._path(draft),
            rows=tuple(row.cells for row in rows),
        )

    def _kind(self, draft: Draft, heading: str, text: str) -> SectionKind:
        if draft.rows or draft.kind == "table":
            return "table"
        if draft.kind == "cover" or (not text and (draft.children or draft.kind in ("box", "part", "title"))):
            return "heading"
        if draft.kind == "caption":
            return "figure"
        if not text and not heading:
            return "heading"
        if draft.kind == "note" and _DEFINES.search(heading + text) or re.search(r"(?:という|をいう)。$", text):
            return "definition"
        return "sentence"

    def _path(self, draft: Draft) -> tuple[str, ...]:
        path: list[str] = []
        for k in range(1, len(draft.labels)):
            outer = self.by_labels.get(draft.labels[:k])
            if outer is not None:
                words = outer.heading or (outer.parts[0] if outer.parts and not is_sentence(outer.parts[0]) else "")
                if words:
                    path.append(words)
        return tuple(path)

    def _close_rows(self, draft: Draft) -> list[Section]:
        if not draft.rows:
            return []
        _, rows, _ = read_rows(draft.rows)
        made: list[Section] = []
        path = (*self._path(draft), *([draft.heading or draft.parts[0]] if draft.parts or draft.heading else []))
        for row in rows:
            labels = (*draft.labels, row.label or "")
            if not row.label or labels in self.by_labels:
                continue
            self.by_labels[labels] = draft
            lines = tuple(n for p in row.pieces for n in (p.line, *p.also))
            made.append(
                Section("/".join(labels), labels, "row", "", row.text, min(lines), max(lines), lines, path, row.cells)
            )
        return made
