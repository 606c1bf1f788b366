"""Characters that nobody sees: removed from every line, and counted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.reader.model import ReadWarning

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ZERO = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0]"
)
_TAGS = re.compile("[\ufff9-\ufffb\U000e0000-\U000e007f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_SPACES = re.compile("[\x0b\x85\u00a0\u2028\u2029\u1680\u2000-\u200a\u202f\u205f]")
_KINDS = (
    ("control", _CONTROL, "制御文字", "control characters"),
    ("bidirectional", _BIDI, "文字の向きを変える制御文字", "bidirectional control characters"),
    ("zero_width", _ZERO, "幅のない文字", "zero-width characters"),
    ("tag", _TAGS, "見えない付加文字", "invisible tag characters"),
)
_SHOWN = 20


@dataclass
class Cleaner:
    """Cleans lines one by one and remembers what it removed, and where."""

    counts: dict[str, int] = field(default_factory=dict)
    places: dict[str, list[int]] = field(default_factory=dict)

    def clean(self, text: str, line: int) -> str:
        """Return `text` without invisible characters, composed (NFC), radicals as the letters that they look like."""
        for name, pattern, _, _ in _KINDS:
            text, n = pattern.subn("", text)
            if n:
                self._note(name, n, line)
        if _RADICALS.search(text):
            text, n = _RADICALS.subn(lambda m: unicodedata.normalize("NFKC", m.group(0)), text)
            self._note("radical", n, line)
        if "\ufffd" in text:
            self._note("unreadable", text.count("\ufffd"), line)
        return unicodedata.normalize("NFC", _SPACES.sub(" ", text))

    def _note(self, name: str, n: int, line: int) -> None:
        self.counts[name] = self.counts.get(name, 0) + n
        places = self.places.setdefault(name, [])
        if len(places) < _SHOWN and (not places or places[-1] != line):
            places.append(line)

    def warnings(self) -> list[ReadWarning]:
        """Return one warning per kind of character that was removed."""
        made: list[ReadWarning] = []
        for name, _, ja, en in _KINDS:
            if n := self.counts.get(name):
                where = tuple(self.places[name])
                made.append(
                    ReadWarning(
                        f"removed_{name}",
                        f"{ja}を{n}個取り除きました{_ja(where)}。",
                        f"removed {n} {en}{_en(where)}.",
                        n,
                        where,
                    )
                )
        if n := self.counts.get("radical"):
            where = tuple(self.places["radical"])
            made.append(
                ReadWarning(
                    "radicals",
                    f"部首用の文字{n}個を漢字に読み替えました{_ja(where)}。",
                    f"read {n} radical signs as the kanji that they look like{_en(where)}.",
                    n,
                    where,
                )
            )
        if n := self.counts.get("unreadable"):
            where = tuple(self.places["unreadable"])
            made.append(
                ReadWarning(
                    "unreadable",
                    f"読めない文字が{n}個あります{_ja(where)}。原本と見比べてください。",
                    f"{n} characters could not be read{_en(where)}; compare with the original.",
                    n,
                    where,
                )
            )
        return made


def _ja(where: Sequence[int]) -> str:
    return f"（{'、'.join(str(n) for n in where[:5])}行目{'ほか' if len(where) > 5 else ''}）"


def _en(where: Sequence[int]) -> str:
    return f" (line {', '.join(str(n) for n in where[:5])}{' …' if len(where) > 5 else ''})"
