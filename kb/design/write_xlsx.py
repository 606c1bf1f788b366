"""Write the XLSX template of a design: a sheet for each kind of place, drop-downs, units, clauses in notes."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from kb.design.layout import OWNERS, UNKNOWN, Column, Layout, Table
from kb.model.base import Text

ROWS = 40
"""How many rows of a sheet are prepared with drop-downs; more may be filled in below them."""

HEAD = (
    ("name", Text(ja="物件名", en="name of the design")),
    ("date", Text(ja="調査日（例 2026-04-01）", en="day of the survey (2026-04-01)")),
    ("address", Text(ja="所在地", en="address")),
    ("author", Text(ja="調査者", en="author")),
    ("remark", Text(ja="備考", en="remark")),
    ("guidelines", Text(ja="照らし合わせる指針（IDを「、」で区切る）", en="guidelines (ids, separated by commas)")),
)
TAIL = (
    ("origin", Text(ja="出所", en="origin")),
    ("date", Text(ja="調べた日", en="date")),
    ("claims", Text(ja="主張するただし書き（要件のID）", en="provisos claimed (ids of requirements)")),
    ("remark", Text(ja="備考", en="remark")),
)
ORIGINS = {"ja": ("申告・図面", "実測", "算出"), "en": ("given", "measured", "derived")}
PRESENT = {"ja": ("有", "無", "不明"), "en": ("present", "absent", "unknown")}
TITLES = {
    "design": Text(ja="設計", en="Design"),
    "presence": Text(ja="有無", en="Presence"),
    "points": Text(ja="照度の測定点", en="Illuminance points"),
}
_GUIDE = {
    "ja": (
        "1. 「設計」に物件名などを、「建物」に建物の種類を書きます。",
        "2. 「有無」で、その建物にない場所を「無」にします。分からない場所はそのままにします。",
        "3. 場所ごとのシートに、1か所を1行で書きます（同じ種類が3か所あれば3行）。",
        "4. 選択肢のある欄は一覧から選びます。分からない欄は空のままにします（「いいえ」や 0 とは扱いません）。",
        "5. 数値は見出しの [ ] の単位で書きます。ほかの単位のときは「70 cm」のように単位を付けます。",
        "6. どこから見通せるか等、いくつも選べる欄は「、」で区切って並べます。どれにも当たらなければ「なし」と書きます。",
        "7. 照度を点ごとに測ったときは「照度の測定点」に書くと、場所ごとの平均を計算します。",
        "8. 数式は使えません。値で貼り付けてください。",
        "9. 保存して  kb check このファイル.xlsx  で判定します。",
    ),
    "en": (
        "1. Name the design on sheet Design, and the type of building on sheet building.",
        "2. On sheet Presence, mark the places that the building does not have as absent.",
        "3. On each sheet, write one row for each single place (three halls: three rows).",
        "4. Choose from the list where there is one. Leave empty what is not known: it is never taken for no or 0.",
        "5. Numbers are in the unit in brackets; otherwise write the unit too, as in 70 cm.",
        "6. Where several words may apply, separate them by commas; write none where none does.",
        "7. Illuminance measured at points goes on sheet Illuminance points: the mean of each place is computed.",
        "8. No formulas: paste values.",
        "9. Save it and run  kb check THIS.xlsx",
    ),
}


def write_xlsx_template(layout: Layout, building: str | None = None, guidelines: tuple[str, ...] = ()) -> bytes:
    """Return the workbook as bytes; `building` fills in the type of building."""
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        _Writer(book, layout).write(building, guidelines)
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: Any, layout: Layout) -> None:
        self._book = book
        self._layout = layout
        self._language = layout.language
        self._titles: set[str] = set()
        self._lists: dict[tuple[str, ...], str] = {}
        self._guide = book.add_worksheet(self._title("はじめに" if self._language == "ja" else "Read me"))
        self._id = book.add_format({"font_size": 8, "font_color": "#888888"})
        self._head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8F0FE", "border": 1}
        )
        self._title_format = book.add_format({"bold": True, "font_size": 14})
        self._cell = book.add_format({"border": 1, "border_color": "#BBBBBB", "text_wrap": True, "valign": "top"})
        self._day = book.add_format({"border": 1, "border_color": "#BBBBBB", "num_format": "yyyy-mm-dd"})
        self._choices: Any = None

    def write(self, building: str | None, guidelines: tuple[str, ...]) -> None:
        self._write_design(guidelines)
        self._write_presence()
        for table in self._layout.tables:
            if table.place in OWNERS:
                self._write_owner(table, building)
            else:
                self._write_place(table)
        self._write_points()
        self._write_guide()

    def _title(self, label: str) -> str:
        base = re.sub(r"[\[\]:*?/\\']", "・", label)[:31]
        title, number = base, 2
        while title.lower() in self._titles:
            suffix = f" {number}"
            title, number = base[: 31 - len(suffix)] + suffix, number + 1
        self._titles.add(title.lower())
        return title

    def _sheet(self, marker: str, second: str, label: str) -> Any:
        sheet = self._book.add_worksheet(self._title(label))
        sheet.write_string(0, 0, marker, self._id)
        sheet.write_string(0, 1, second, self._id)
        sheet.write_string(0, 2, label, self._title_format)
        return sheet

    def _say(self, text: Text) -> str:
        return text.get(self._language)

    def _write_guide(self) -> None:
        self._guide.write_string(0, 0, "# kb template", self._id)
        self._guide.set_column(0, 0, 100)
        for row, line in enumerate(_GUIDE[self._language], start=2):
            self._guide.write_string(row, 0, line)
        row = len(_GUIDE[self._language]) + 3
        for title in sorted(self._book.sheetnames, key=lambda name: self._book.sheetnames[name].index):
            if title != self._guide.name and not title.startswith("_"):
                self._guide.write_url(row, 0, f"internal:'{title}'!A1", string=title)
                row += 1

    def _write_design(self, guidelines: tuple[str, ...]) -> None:
        sheet = self._sheet("design", "", self._say(TITLES["design"]))
        sheet.set_column(0, 0, 12)
        sheet.set_column(1, 1, 40)
        sheet.set_column(2, 2, 60)
        for row, (key, label) in enumerate(HEAD, start=2):
            sheet.write_string(row, 0, key, self._id)
            sheet.write_string(row, 1, self._say(label), self._head)
            sheet.write_string(row, 2, "、".join(guidelines) if key == "guidelines" else "", self._cell)

    def _write_presence(self) -> None:
        sheet = self._sheet("presence", "", self._say(TITLES["presence"]))
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 40)
        sheet.set_column(2, 2, 14)
        last = 1 + len(self._layout.presence)
        for row, (place, label) in enumerate(self._layout.presence, start=2):
            sheet.write_string(row, 0, place, self._id)
            sheet.write_string(row, 1, label, self._head)
            sheet.write_string(row, 2, PRESENT[self._language][2], self._cell)
        if self._layout.presence:
            self._choose(sheet, 2, 2, last, 2, PRESENT[self._language], True)

    def _write_owner(self, table: Table, building: str | None) -> None:
        sheet = self._sheet(table.place, "", table.label)
        for position, width in enumerate((26, 60, 22, 16, 14)):
            sheet.set_column(position, position, width)
        names = (
            "id",
            *(("項目", "値", "出所", "調べた日") if self._language == "ja" else ("fact", "value", "origin", "date")),
        )
        for position, name in enumerate(names):
            sheet.write_string(1, position, name, self._id if position == 0 else self._head)
        for row, column in enumerate(table.columns, start=2):
            sheet.write_string(row, 0, column.key, self._id)
            sheet.write_string(row, 1, column.heading, self._head)
            self._note(sheet, row, 1, column)
            value = ""
            if column.fact == "building" and building is not None:
                value = building
            sheet.write_string(row, 2, value, self._cell)
            sheet.write_blank(row, 3, None, self._cell)
            sheet.write_blank(row, 4, None, self._day)
            if column.options:
                self._choose(sheet, row, 2, row, 2, column.options, column.type != "list")
            self._choose(sheet, row, 3, row, 3, ORIGINS[self._language], True)
        sheet.freeze_panes(2, 2)

    def _write_place(self, table: Table) -> None:
        sheet = self._sheet("place", table.place, table.label)
        first = (("id", Text(ja="記号（任意）", en="id (optional)")), ("name", Text(ja="名称", en="name")))
        width = len(first) + len(table.columns) + len(TAIL)
        for position, (key, label) in enumerate(first):
            sheet.write_string(1, position, key, self._id)
            sheet.write_string(2, position, self._say(label), self._head)
        for position, column in enumerate(table.columns, start=len(first)):
            sheet.write_string(1, position, column.key, self._id)
            sheet.write_string(2, position, column.heading, self._head)
            self._note(sheet, 2, position, column)
            if column.options:
                self._choose(sheet, 3, position, 2 + ROWS, position, column.options, column.type != "list")
        start = len(first) + len(table.columns)
        for position, (key, label) in enumerate(TAIL, start=start):
            sheet.write_string(1, position, key, self._id)
            sheet.write_string(2, position, self._say(label), self._head)
        self._choose(sheet, 3, start, 2 + ROWS, start, ORIGINS[self._language], True)
        for row in range(3, 3 + ROWS):
            for position in range(width):
                sheet.write_blank(row, position, None, self._day if position == start + 1 else self._cell)
        sheet.set_row(2, 64)
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, 1, 20)
        sheet.set_column(2, width - 1, 18)
        sheet.freeze_panes(3, 2)

    def _write_points(self) -> None:
        sheet = self._sheet("points", "", self._say(TITLES["points"]))
        labels = (
            ("place", Text(ja="場所（名称・記号・種類）", en="place (name, id or kind)")),
            ("x", Text(ja="x [m]", en="x [m]")),
            ("y", Text(ja="y [m]", en="y [m]")),
            ("lx", Text(ja="照度 [lx]", en="illuminance [lx]")),
        )
        for position, (key, label) in enumerate(labels):
            sheet.write_string(1, position, key, self._id)
            sheet.write_string(2, position, self._say(label), self._head)
        sheet.set_column(0, 0, 30)
        sheet.freeze_panes(3, 0)

    def _note(self, sheet: Any, row: int, column: int, about: Column) -> None:
        lines = [about.question, *about.clauses[:12]]
        if about.type == "list":
            lines.insert(1, " / ".join(about.options))
        sheet.write_comment(row, column, "\n".join(line for line in lines if line), {"x_scale": 2.5, "y_scale": 1.6})

    def _choose(
        self, sheet: Any, row: int, column: int, last_row: int, last_column: int, words: tuple[str, ...], strict: bool
    ) -> None:
        options = words if UNKNOWN[self._language] in words else (*words, UNKNOWN[self._language])
        ja = self._language == "ja"
        message = {
            "validate": "list",
            "source": self._list(options),
            "error_type": "stop" if strict else "information",
            "error_title": "選択肢" if ja else "Choices",
            "error_message": ("一覧から選んでください" if ja else "Choose from the list")
            if strict
            else ("いくつも当たるときは「、」で区切ってください" if ja else "Separate several by commas"),
        }
        sheet.data_validation(row, column, last_row, last_column, message)

    def _list(self, words: tuple[str, ...]) -> str:
        """Keep a list of words on a hidden sheet, as a drop-down's own text may hold only 255 characters."""
        if self._choices is None:
            self._choices = self._book.add_worksheet("_choices")
            self._choices.write_string(0, 0, "choices")
            self._choices.hide()
        if words not in self._lists:
            column = len(self._lists)
            for row, word in enumerate(words, start=1):
                self._choices.write_string(row, column, word)
            name = _letters(column)
            self._lists[words] = f"='_choices'!${name}$2:${name}${len(words) + 1}"
        return self._lists[words]


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
