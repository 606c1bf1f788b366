"""Writes Word files whose numbers are automatic.

`@N text` takes the number of level N of one list of the file's own. `!list.level text` takes a list of `numbering` (a list of
`[format, text]` per level); a `+` behind the level starts it again, `!title` is the title style, lists named `heads` or `chapter`
are heading styles. `!{Name} text` is a paragraph in one of Word's own styles. `{{fn:…}}` is a footnote; an item whose text is
`!footnote` prints nothing (the footnote is it).
"""

from __future__ import annotations

import io
import re
from typing import Any

_OWN = (("decimal", "第%1条"), ("decimal", "(%2)"), ("aiueoFullWidth", "%3"), ("decimalEnclosedCircle", "%4"))
_FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_MARK = re.compile(r"!(\w+)(?:\.(\d)(\+)?)?(?: (.*))?$", re.DOTALL)
_FOOTNOTE = re.compile(r"\{\{fn:(.*?)\}\}")


def write_docx(spec: dict[str, Any]) -> bytes:
    """Write a Word file; where it has lists `@N`, also a deleted and a hidden run that nobody may read."""
    writer = _Writer(spec)
    for k, item in enumerate(spec["items"]):
        writer.write_item(k, item[2] or "")
    return writer.save()


class _Writer:
    def __init__(self, spec: dict[str, Any]) -> None:
        from docx import Document

        self.document = Document()
        self.root = self.document.part.numbering_part.element
        self.abstract: dict[str, int] = {}
        self.current: dict[str, int] = {}
        self.nums = 200
        self.notes: list[str] = []
        self.own = "numbering" not in spec
        self.table: Any = None
        for number, (name, levels) in enumerate({"own": _OWN, **spec.get("numbering", {})}.items(), 77):
            self._define(number, name, levels)

    def _define(self, number: int, name: str, levels: Any) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        rows = "".join(
            f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for k, (form, text) in enumerate(levels)
        )
        self.root.insert(
            0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{rows}</w:abstractNum>')
        )
        self.abstract[name] = number
        self.current[name] = self._start(name, None)

    def _start(self, name: str, level: int | None) -> int:
        """Start a list; the number of its instance."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        self.nums += 1
        again = "" if level is None else f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
        abstract = f'<w:abstractNumId w:val="{self.abstract[name]}"/>'
        self.root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{self.nums}">{abstract}{again}</w:num>'))
        return self.nums

    def write_item(self, k: int, text: str) -> None:
        """Write the lines of an item; rows that follow each other make one table."""
        if text == "!footnote":
            return
        for line in text.split("\n"):
            if line.startswith("|"):
                self._add_row(line.strip("|").split("|"))
            else:
                self.table = None
                self._add_paragraph(k, line)

    def _add_row(self, cells: list[str]) -> None:
        if self.table is None:
            self.table = self.document.add_table(rows=0, cols=len(cells))
        for cell, text in zip(self.table.add_row().cells, cells, strict=True):
            cell.text = text

    def _add_paragraph(self, k: int, line: str) -> None:
        built_in = re.match(r"!\{([^}]*)\} (.*)", line, re.DOTALL)
        if built_in:
            self._add_text(self.document.add_paragraph(style=built_in[1]), built_in[2])
            return
        own, mark = re.match(r"@(\d) (.*)", line), _MARK.match(line)
        style = "Title" if k == 0 else None
        name, level, text = "", 0, line
        if own:
            name, level, text = "own", int(own[1]) - 1, own[2]
        elif mark:
            text = mark[4] or ""
            if mark[1] == "title":
                style = "Title"
            else:
                name, level = mark[1], int(mark[2]) - 1
                if mark[3]:
                    self.current[name] = self._start(name, level)
                style = f"Heading {level + 1}" if name in ("heads", "chapter") and level < 2 else None
        paragraph = self.document.add_paragraph(style=style)
        self._add_text(paragraph, text)
        if name:
            self._number(paragraph, self.current[name], level)
        if k == 2 and self.own:
            self._add_unreadable(paragraph)

    def _add_text(self, paragraph: Any, text: str) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        for n, part in enumerate(_FOOTNOTE.split(text)):
            if n % 2 == 0:
                paragraph.add_run(part)
                continue
            self.notes.append(part)
            paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'))

    @staticmethod
    def _number(paragraph: Any, num: int, level: int) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        numbered = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(numbered))

    @staticmethod
    def _add_unreadable(paragraph: Any) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        deleted = f"<w:del {nsdecls('w')}><w:r><w:delText>削除した99ルクスの文</w:delText></w:r></w:del>"
        paragraph._p.append(parse_xml(deleted))
        run = paragraph.add_run("隠した88ルクスの文")
        run.font.hidden = True

    def save(self) -> bytes:
        """Return the file."""
        if self.notes:
            self._add_footnotes()
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def _add_footnotes(self) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml.ns import nsdecls

        rows = "".join(
            f'<w:footnote w:id="{n}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
            for n, text in enumerate(self.notes, 1)
        )
        blob = f"<w:footnotes {nsdecls('w')}>{rows}</w:footnotes>".encode()
        package = self.document.part.package
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob, package)
        self.document.part.relate_to(part, _FOOTNOTES)
