"""Writes the guidelines of `files/*.yaml` as real files, and says what must be found in them.

A file is a list of items `[locator, kind, text, figures?]`: its text is all texts below each other, so the expected line of a
clause is where its item begins. An item without a locator is furniture. In Word files `@N` stands for the automatic number of
level N; lines that start with `|` are rows of a table (Word, PDF).
"""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILES = Path(__file__).parent / "files"
UNSEEN = Path(__file__).parent / "unseen"


@dataclass(frozen=True)
class Expected:
    """A clause that must be found: `line` is its first line (None where the format has no lines)."""

    locator: str
    kind: str
    line: int | None


@dataclass(frozen=True)
class Figure:
    """A figure that must be found at a clause: `place property operator value unit strength`."""

    locator: str
    place: str
    property: str
    operator: str
    value: float
    value_max: float | None
    unit: str
    strength: str


@dataclass(frozen=True)
class Case:
    """One guideline of our own making."""

    name: str
    spec: dict[str, Any]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that must be found."""
        return tuple(
            _figure(str(item[0]), text) for item in self.spec["items"] for text in (item[3] if len(item) > 3 else [])
        )

    @property
    def suffix(self) -> str:
        """The end of the file's name."""
        return {"txt": ".txt", "markdown": ".md", "html": ".html", "docx": ".docx", "pdf": ".pdf"}[self.spec["format"]]


def list_cases(folder: Path = FILES) -> list[Case]:
    """List the guidelines of a folder, by name."""
    return [Case(p.stem, yaml.safe_load(p.read_text(encoding="utf-8"))) for p in sorted(folder.glob("*.yaml"))]


def write_case(case: Case, folder: Path) -> tuple[Path, list[Expected]]:
    """Write a guideline into `folder`; return its path and the clauses that must be found in it."""
    path = folder / f"{case.name}{case.suffix}"
    spec = case.spec
    if spec["format"] in ("docx", "pdf"):
        path.write_bytes(_write_docx(spec) if spec["format"] == "docx" else _write_pdf(spec))
        return path, [Expected(str(i[0]), i[1], None) for i in spec["items"] if i[0]]
    rows: list[str] = []
    expected: list[Expected] = []
    if spec.get("html"):
        rows.extend(spec["html"].splitlines())
    for item in spec["items"]:
        pages = spec.get("pages")
        if pages and len(rows) % (pages["every"] + 4) >= pages["every"]:
            _turn_page(rows, pages)
        if item[0]:
            expected.append(Expected(str(item[0]), item[1], len(rows) + 1 if spec["format"] != "html" else None))
        for line in (item[2] or "").split("\n") if item[2] is not None else []:
            rows.extend(_wrap(line, spec.get("wrap", 0)))
    rows.append(spec.get("html_end", ""))
    path.write_bytes(("\n".join(rows) + "\n").encode(spec.get("encoding", "utf-8")))
    return path, expected


def _turn_page(rows: list[str], pages: dict[str, Any]) -> None:
    number = sum(1 for r in rows if r.startswith("\x0c")) + 1
    rows.extend(["", f"　　　　　　　　{pages['number'] % number}", f"\x0c{pages['head']}", ""])


def _wrap(line: str, width: int) -> list[str]:
    """Break a line where a printer would: Japanese after `width` letters, English between words."""
    if not width or len(line) <= width:
        return [line]
    if line.isascii() or " " in line[20:] and sum(c.isascii() for c in line) > 0.8 * len(line):
        made, current = [], ""
        for word in line.split(" "):
            if current and len(current) + 1 + len(word) > width:
                made.append(current)
                current = word
            else:
                current = f"{current} {word}" if current else word
        return [*made, current]
    lead = line[: len(line) - len(line.lstrip("　"))]
    body = line[len(lead) :]
    made, size = [], width - len(lead)
    while body:
        cut = size
        while cut < len(body) and body[cut] in "、。）":
            cut += 1
        made.append(lead + body[:cut])
        body = body[cut:]
    return made


def _figure(locator: str, text: str) -> Figure:
    place, name, operator, value, unit, strength = text.split()
    low, _, high = value.partition("..")
    return Figure(locator, place, name, operator, float(low), float(high) if high else None, unit, strength)


def _write_docx(spec: dict[str, Any]) -> bytes:
    """Write a Word file whose numbers are automatic, with a deleted and a hidden run that nobody may read."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for k, (form, text) in enumerate(
            (("decimal", "第%1条"), ("decimal", "(%2)"), ("aiueoFullWidth", "%3"), ("decimalEnclosedCircle", "%4"))
        )
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for k, item in enumerate(spec["items"]):
        lines = (item[2] or "").split("\n")
        table = [line.strip("|").split("|") for line in lines if line.startswith("|")]
        for line in lines:
            if line.startswith("|"):
                continue
            match = re.match(r"@(\d) (.*)", line)
            paragraph = document.add_paragraph(match.group(2) if match else line, style="Title" if k == 0 else None)
            if match:
                properties = paragraph._p.get_or_add_pPr()
                properties.append(
                    parse_xml(
                        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{int(match.group(1)) - 1}"/><w:numId w:val="77"/></w:numPr>'
                    )
                )
            if k == 2:
                paragraph._p.append(
                    parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>削除した99ルクスの文</w:delText></w:r></w:del>")
                )
                run = paragraph.add_run("隠した88ルクスの文")
                run.font.hidden = True
        if table:
            grid = document.add_table(rows=len(table), cols=len(table[0]))
            for r, cells in enumerate(table):
                for c, cell in enumerate(cells):
                    grid.cell(r, c).text = cell
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _write_pdf(spec: dict[str, Any]) -> bytes:
    """Write a PDF with running heads, page numbers, ruled tables and a line of white text."""
    import matplotlib_fontja
    from fpdf import FPDF

    font = next(Path(matplotlib_fontja.__file__).parent.rglob("*.ttf"))
    head = spec.get("head", "")

    class Paper(FPDF):
        def header(self) -> None:
            self.set_font("ja", size=8)
            self.set_text_color(0, 0, 0)
            self.set_y(8)
            self.cell(0, 5, head, align="R", new_x="LMARGIN", new_y="NEXT")
            self.set_y(25)

        def footer(self) -> None:
            self.set_font("ja", size=8)
            self.set_y(-14)
            self.cell(0, 6, f"{self.page_no()}", align="C")

    paper = Paper(format=(148, 148))
    paper.set_auto_page_break(True, margin=22)
    paper.add_font("ja", "", str(font))
    paper.add_page()
    for k, item in enumerate(spec["items"]):
        paper.set_font("ja", size=14 if k == 0 else 10)
        paper.set_text_color(0, 0, 0)
        lines = (item[2] or "").split("\n")
        if k and item[1] == "heading":
            paper.ln(3)
        for line in lines:
            if line.startswith("|"):
                for cell in line.strip("|").split("|"):
                    paper.cell(36, 7, cell, border=1)
                paper.ln(7)
            else:
                for part in _break(line, 32):
                    paper.cell(0, 6, part, new_x="LMARGIN", new_y="NEXT")
        if k == 2:
            paper.set_text_color(255, 255, 255)
            paper.cell(0, 6, "白い字で書いた77ルクスの文", new_x="LMARGIN", new_y="NEXT")
    return bytes(paper.output())


def _break(line: str, width: int) -> list[str]:
    parts, current, size = [], "", 0.0
    for char in line:
        wide = 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5
        if size + wide > width and char not in "、。":
            parts.append(current)
            current, size = "", 0.0
        current += char
        size += wide
    return [*parts, current]
