"""Word files to lines: automatic numbers written out, tables by cell, footnotes as notes, deleted and hidden text left out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from indexer.reader.clean import Cleaner
from indexer.reader.errors import ReadProblem
from indexer.reader.limits import Limits
from indexer.reader.model import Cell, Line, LineRole, ReadWarning
from indexer.reader.numbering import write_number
from indexer.reader.parts import Parts, check_size

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OWN_LABEL = re.compile(
    r"^\s*(?:第\s*[\d一二三四五六七八九十]|[(（](?:\d|[ア-ン]|[a-z])|[①-⑳]|\d+(?:[.-]\d+)*[\s.．、　])"
)


def check_container(data: bytes, limits: Limits) -> None:
    """Refuse a zip container that is protected, unpacks to far more than it should, or declares entities in its XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if any(e.flag_bits & 1 for e in entries):
                raise ReadProblem(
                    "encrypted",
                    "パスワードで保護されています。保護を解除して保存し直してください。",
                    "the file is protected by a password; save it without protection.",
                )
            total = sum(e.file_size for e in entries)
            if len(entries) > 5000 or total > limits.unpacked_bytes:
                raise ReadProblem(
                    "too_large",
                    f"展開すると大きすぎます（{total // 2**20} MB、上限 {limits.unpacked_bytes // 2**20} MB）。",
                    f"unpacks to {total // 2**20} MB, more than the {limits.unpacked_bytes // 2**20} MB allowed.",
                )
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        head = part.read(4096)
                    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                        raise ReadProblem(
                            "damaged",
                            f"{entry.filename} に実体宣言（DOCTYPE）があります。安全のため読み込みません。",
                            f"{entry.filename} declares a DOCTYPE; it is not read, for safety.",
                        )
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ReadProblem(
            "damaged", f"Wordファイルが壊れています: {error}", f"the Word file is damaged: {error}"
        ) from None


def read_docx(data: bytes, limits: Limits) -> Parts:
    """Read a Word file; lines get running numbers, one per paragraph or per paragraph of a cell."""
    from docx import Document

    check_container(data, limits)
    try:
        document = Document(io.BytesIO(data))
    except Exception as error:  # python-docx and lxml raise many kinds for a damaged package
        raise ReadProblem(
            "damaged", f"Wordファイルとして読めません: {error}", f"cannot be read as a Word file: {error}"
        ) from None
    reader = _DocxReader(document, limits)
    reader.read_block(document.element.body, None)
    reader.read_notes()
    return reader.finish(document)


class _DocxReader:
    def __init__(self, document: Any, limits: Limits) -> None:
        self.limits = limits
        self.cleaner = Cleaner()
        self.lines: list[Line] = []
        self.letters = 0
        self.tables = 0
        self.deleted = 0
        self.hidden = 0
        self.note_order: dict[str, int] = {}
        self.numbers = _Numbering(document)
        self.styles = {s.style_id: s for s in document.styles}
        self.document = document

    def add(
        self, text: str, *, role: LineRole = "text", level: int = 0, cell: Cell | None = None, indent: int = 0
    ) -> None:
        """Add one line."""
        number = len(self.lines) + 1
        self.letters += len(text)
        check_size(number, self.letters, self.limits)
        body = self.cleaner.clean(text.replace("\t", " "), number)
        lead = len(body) - len(body.lstrip(" \u3000"))
        self.lines.append(Line(number, body.strip(" \u3000"), role=role, level=level, cell=cell, indent=indent + lead))

    def read_block(self, block: Any, cell: Cell | None) -> None:
        """Read the paragraphs and tables of a body or a cell, in order."""
        for child in block.iterchildren():
            if child.tag == f"{_W}p":
                self.read_paragraph(child, cell)
            elif child.tag == f"{_W}tbl":
                self.read_table(child)
            elif child.tag in (
                f"{_W}sdt",
                f"{_W}sdtContent",
                f"{_W}customXml",
                f"{_W}ins",
                f"{_W}moveTo",
                f"{_W}smartTag",
            ):
                self.read_block(child, cell)

    def read_paragraph(self, paragraph: Any, cell: Cell | None) -> None:
        """Read one paragraph: its number, its visible runs; text boxes in it follow as lines of their own."""
        boxes: list[Any] = []
        text = "".join(self.read_runs(paragraph, boxes))
        style = self.style_of(paragraph)
        level = _heading_level(style)
        label = self.numbers.next_label(paragraph, style) if text.strip() else ""
        parts = text.split("\n")
        for k, part in enumerate(parts):
            if k == 0 and label and not _OWN_LABEL.match(part):
                part = f"{label} {part.strip()}"
            if cell is not None:
                if part.strip() or len(parts) == 1:
                    self.add(part, role="cell", cell=cell)
            else:
                self.add(part, role="heading" if level else "text", level=level, indent=_indent(paragraph))
        for box in boxes:
            self.read_block(box, cell)

    def read_runs(self, node: Any, boxes: list[Any]) -> Iterator[str]:
        """Yield the visible text of a paragraph."""
        for child in node.iterchildren():
            tag = child.tag
            if tag in (f"{_W}del", f"{_W}moveFrom"):
                self.deleted += 1
            elif tag == f"{_W}r":
                yield from self.read_run(child, boxes)
            elif tag == f"{_MC}AlternateContent":
                choice = child.find(f"{_MC}Choice")
                boxes.extend((choice if choice is not None else child).iter(f"{_W}txbxContent"))
            elif tag not in (f"{_W}pPr", f"{_W}rPr"):
                yield from self.read_runs(child, boxes)

    def read_run(self, run: Any, boxes: list[Any]) -> Iterator[str]:
        """Yield the text of a run, or nothing where it is hidden."""
        properties = run.find(f"{_W}rPr")
        if properties is not None and _is_hidden(properties):
            if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip():
                self.hidden += 1
            return
        for child in run.iterchildren():
            tag = child.tag
            if tag == f"{_W}t":
                yield child.text or ""
            elif tag == f"{_W}tab":
                yield "\t"
            elif tag in (f"{_W}br", f"{_W}cr"):
                yield "\n"
            elif tag == f"{_W}noBreakHyphen":
                yield "-"
            elif tag == f"{_W}sym":
                yield _symbol(child)
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                key = f"{tag[len(_W) :]}:{child.get(f'{_W}id')}"
                yield f"（注{self.note_order.setdefault(key, len(self.note_order) + 1)}）"
            elif tag == f"{_MC}AlternateContent":
                choice = child.find(f"{_MC}Choice")
                boxes.extend((choice if choice is not None else child).iter(f"{_W}txbxContent"))
            elif tag == f"{_W}pict":
                boxes.extend(child.iter(f"{_W}txbxContent"))
            elif tag == f"{_W}ruby":
                base = child.find(f"{_W}rubyBase")
                yield "".join(t.text or "" for t in base.iter(f"{_W}t")) if base is not None else ""

    def read_table(self, table: Any) -> None:
        """Read a table cell by cell; a cell that goes on from the row above is empty."""
        number = self.tables
        self.tables += 1
        for r, row in enumerate(table.iter(f"{_W}tr")):
            if next(row.iterancestors(f"{_W}tbl")) is not table:
                continue
            column = 0
            for cell in row.iterchildren(f"{_W}tc"):
                properties = cell.find(f"{_W}tcPr")
                merge = properties.find(f"{_W}vMerge") if properties is not None else None
                span = properties.find(f"{_W}gridSpan") if properties is not None else None
                if merge is None or merge.get(f"{_W}val") == "restart":
                    self.read_block(cell, Cell(number, r, column))
                else:
                    self.add("", role="cell", cell=Cell(number, r, column))
                width = span.get(f"{_W}val", "1") if span is not None else "1"
                column += min(int(width), 60) if width.isdigit() else 1
        self.add("")

    def read_notes(self) -> None:
        """Add the footnotes and endnotes that the text refers to, as `注N`, in the order of their marks."""
        texts: dict[str, str] = {}
        for relation in self.document.part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind in ("footnotes", "endnotes") and not relation.is_external:
                texts.update(_read_note_part(relation.target_part.blob, kind[:-1]))
        if self.note_order and self.lines and self.lines[-1].text:
            self.add("")
        for key, order in sorted(self.note_order.items(), key=lambda x: x[1]):
            if words := texts.get(key):
                self.add(f"注{order} {words}", role="footnote")

    def style_of(self, paragraph: Any) -> Any:
        """Return the style of a paragraph, or None."""
        properties = paragraph.find(f"{_W}pPr")
        style = properties.find(f"{_W}pStyle") if properties is not None else None
        return self.styles.get(style.get(f"{_W}val")) if style is not None else None

    def finish(self, document: Any) -> Parts:
        """Close: title and warnings."""
        while self.lines and not self.lines[-1].text:
            self.lines.pop()
        warnings = self.cleaner.warnings()
        for count, code, ja, en in (
            (
                self.deleted,
                "deleted_text",
                "変更履歴で削除された文字{n}か所を除きました。",
                "left out {n} deletions of the change history.",
            ),
            (self.hidden, "hidden_text", "隠し文字{n}か所を除きました。", "left out {n} hidden runs."),
        ):
            if count:
                warnings.append(ReadWarning(code, ja.format(n=count), en.format(n=count), count))
        styled = next((line.text for line in self.lines if line.level == 1 and line.text), None)
        title = (document.core_properties.title or "").strip() or styled
        return Parts(self.lines, title or next((line.text for line in self.lines if line.text), None), warnings, None)


class _Numbering:
    """The automatic numbers of a document, counted as a word processor counts them."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.abstract_of: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.seen: set[tuple[str, int]] = set()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for abstract in root.iter(f"{_W}abstractNum"):
            levels = self.levels.setdefault(abstract.get(f"{_W}abstractNumId", ""), {})
            for level in abstract.iter(f"{_W}lvl"):
                levels[int(level.get(f"{_W}ilvl", "0"))] = (
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    int(_value(level, "start", "1") or 1),
                )
        for num in root.iter(f"{_W}num"):
            key = num.get(f"{_W}numId", "")
            self.abstract_of[key] = _value(num, "abstractNumId", "")
            for override in num.iter(f"{_W}lvlOverride"):
                start = _value(override, "startOverride", "")
                if start.isdigit():
                    self.starts[(key, int(override.get(f"{_W}ilvl", "0")))] = int(start)

    def next_label(self, paragraph: Any, style: Any) -> str:
        """Return the number that is printed before a paragraph, "" where none is; a bullet is `・`."""
        found = _number_of(paragraph.find(f"{_W}pPr")) or _style_number(style)
        if found is None or found[0] == "0":
            return ""
        num, level = found
        abstract = self.abstract_of.get(num, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        form, pattern, start = levels[level]
        counts = self.counts.setdefault(abstract, {})
        if (num, level) in self.starts and (num, level) not in self.seen:
            counts[level] = self.starts[(num, level)] - 1
            self.seen.add((num, level))
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        if form == "bullet":
            return "・"
        if form == "none":
            return ""
        return re.sub(r"%(\d)", lambda m: self._write(levels, counts, int(m.group(1)) - 1), pattern).strip()

    def _write(self, levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
        form, _, start = levels.get(level, ("decimal", "", 1))
        return write_number(counts.get(level, start), form)


def _value(node: Any, name: str, default: str) -> str:
    child = node.find(f"{_W}{name}")
    return str(child.get(f"{_W}val", default)) if child is not None else default


def _number_of(properties: Any) -> tuple[str, int] | None:
    node = properties.find(f"{_W}numPr") if properties is not None else None
    if node is None:
        return None
    level = _value(node, "ilvl", "0")
    return _value(node, "numId", "0"), int(level) if level.isdigit() else 0


def _style_number(style: Any) -> tuple[str, int] | None:
    for _ in range(12):
        if style is None:
            return None
        found = _number_of(style.element.find(f"{_W}pPr"))
        if found is not None:
            return found
        style = style.base_style
    return None


def _heading_level(style: Any) -> int:
    name = (style.name or "").lower() if style is not None else ""
    match = re.match(r"(?:heading|見出し)\s*(\d)", name)
    return int(match.group(1)) if match else 1 if name in ("title", "表題") else 0


def _is_hidden(properties: Any) -> bool:
    for name in ("vanish", "webHidden", "specVanish"):
        node = properties.find(f"{_W}{name}")
        if node is not None and node.get(f"{_W}val", "true") not in ("0", "false", "off"):
            return True
    size = _value(properties, "sz", "")
    return size.isdigit() and int(size) <= 2


def _indent(paragraph: Any) -> int:
    properties = paragraph.find(f"{_W}pPr")
    node = properties.find(f"{_W}ind") if properties is not None else None
    left = (node.get(f"{_W}left") or node.get(f"{_W}start") or "0") if node is not None else "0"
    return max(0, int(left) // 105) if left.lstrip("-").isdigit() else 0


def _symbol(node: Any) -> str:
    code = node.get(f"{_W}char", "")
    return {"F0A8": "□", "F0FE": "☑", "F06F": "□", "F0B7": "・", "F0A7": "■", "F06C": "●"}.get(
        code.upper(), "□" if code else ""
    )


def _read_note_part(blob: bytes, kind: str) -> dict[str, str]:
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(blob)
    except ParseError:
        return {}
    texts: dict[str, str] = {}
    for note in root.iter(f"{_W}{kind}"):
        words = "".join(t.text or "" for t in note.iter(f"{_W}t")).strip()
        if words and note.get(f"{_W}type") is None:
            texts[f"{kind}Reference:{note.get(f'{_W}id')}"] = (
                re.sub(r"^(?:注|※|\*)?\s*\d*[)）.、\s]+", "", words) or words
            )
    return texts
