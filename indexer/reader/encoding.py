"""Bytes to text: which Japanese encoding it is, and a refusal where no reading makes sense."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from indexer.reader.errors import ReadProblem
from indexer.reader.model import ReadWarning

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KANA = re.compile("[ぁ-んァ-ヶー、。・「」（）]")
_HALF_SIGNS = re.compile("[\uff61-\uff65]")
_HALF_KANA = re.compile("[\uff66-\uff9f]")
_ODD = re.compile("[\ue000-\uf8ff\ufffd\x80-\x9f\u0370-\u03ff\u0400-\u04ff]")
_LATIN = re.compile("[\u00c0-\u017f]")
# what UTF-8 looks like when it was read as Shift_JIS, or any Japanese text when it was read as Latin
_BROKEN = re.compile(
    "[繧縺譁蜑髢驕荳蟆][\uff61-\uff9fァ-ヶ\u2010-\u30ff一-龠]|(?:ã[\x80-¿]){2}|Ã[£¤\x80-¿]|(?:[‚ƒ][\xa0-ÿ‚ƒ„]){3}"
)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, list[ReadWarning]]:
    """Decode a text file: (text, name of the encoding, warnings).

    Order: byte order mark, ISO-2022-JP escapes, UTF-16 by its zeros, UTF-8, the encoding that the file itself declares, then
    CP932 and EUC-JP by how Japanese the outcome looks. Raises `ReadProblem("undecodable")` where no reading looks like text, or
    two look equally good.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _decode_or_repair(data, name, name.removesuffix("-sig"))
    if b"\x1b$" in data or b"\x1b(" in data:
        for name in ("iso2022_jp", "iso2022_jp_2004", "iso2022_jp_ext"):
            if (text := _try(data, name)) is not None:
                return text, "iso-2022-jp", _suspect(text)
    if zeros := _utf16_by_zeros(data):
        text = _try(data, zeros)
        if text is not None and _score(text) > 0:
            return text, zeros, _suspect(text)
    if (text := _try(data, "utf-8")) is not None:
        return text, "ascii" if data.isascii() else "utf-8", _suspect(text)
    return _decode_legacy(data, declared)


def _decode_legacy(data: bytes, declared: str | None) -> tuple[str, str, list[ReadWarning]]:
    tried: list[tuple[float, str, str]] = []
    for name in ("cp932", "euc_jis_2004", "shift_jis_2004", "cp1252"):
        if name == "shift_jis_2004" and any(n == "cp932" for _, n, _ in tried):
            continue  # the same letters, save a few signs that only Windows has in their usual place
        text = _try(data, name)
        if text is not None:
            tried.append((_score(text), name, text))
    tried.sort(key=lambda x: -x[0])
    good = [t for t in tried if t[0] > 0.2]
    if declared:
        known = _canonical(declared)
        good.sort(key=lambda t: t[1] != known)
    if good:
        rival = next((t for t in good[1:] if t[2] != good[0][2] and good[0][0] - t[0] < 0.05 and not declared), None)
        if rival is None:
            _, name, text = good[0]
            return text, {"euc_jis_2004": "euc-jp", "shift_jis_2004": "shift_jis"}.get(name, name), _suspect(text)
    for name in ("utf-8", "cp932", "euc_jp"):  # a few damaged bytes
        repaired = data.decode(name, "replace")
        broken = repaired.count("\ufffd")
        if 0 < broken <= len(repaired) // 200 and _score(repaired.replace("\ufffd", "")) > 0.4:
            return repaired, name, []
    raise ReadProblem(
        "undecodable",
        "文字コードを判別できません。UTF-8（またはShift_JIS、EUC-JP）で保存し直してください。",
        "the encoding cannot be told; save the file as UTF-8 (or Shift_JIS, EUC-JP) again.",
    )


def _decode_or_repair(data: bytes, codec: str, name: str) -> tuple[str, str, list[ReadWarning]]:
    text = _try(data, codec)
    if text is None:
        text = data.decode(codec, "replace")
        if text.count("\ufffd") > max(3, len(text) // 200):
            raise ReadProblem(
                "undecodable",
                f"{name}の目印がありますが、{name}として読めません。ファイルが壊れている可能性があります。",
                f"the file is marked as {name} but cannot be read as such; it may be damaged.",
            )
    return text.removeprefix("\ufeff"), name, _suspect(text)


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _canonical(name: str) -> str:
    low = name.lower().replace("-", "_")
    return {
        "shift_jis": "cp932",
        "sjis": "cp932",
        "x_sjis": "cp932",
        "windows_31j": "cp932",
        "ms932": "cp932",
        "euc_jp": "euc_jis_2004",
        "x_euc_jp": "euc_jis_2004",
        "windows_1252": "cp1252",
        "iso_8859_1": "cp1252",
    }.get(low, low)


def _utf16_by_zeros(data: bytes) -> str | None:
    head = data[:4000]
    if len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 3:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _score(text: str) -> float:
    """Return how much `text` looks like Japanese (or Latin) text: about 1 for good text, below 0.2 for a wrong reading."""
    wide = [c for c in text if ord(c) > 0x7F]
    if not wide:
        return 0.9 if sum(c.isprintable() or c.isspace() for c in text) >= 0.98 * max(1, len(text)) else 0.0
    joined = "".join(wide)
    size = len(joined)
    kana, half, odd = len(_KANA.findall(joined)), len(_HALF_SIGNS.findall(joined)), len(_ODD.findall(joined))
    narrow = len(
        _HALF_KANA.findall(joined)
    )  # ordinary in old files; EUC-JP read as CP932 has many, but more signs among them
    latin = len(_LATIN.findall(joined))
    kanji = sum("\u4e00" <= c <= "\u9fff" for c in joined)
    if kana + kanji + narrow >= 0.5 * size:
        common = sum(1 for c in joined if "\u4e00" <= c <= "\u9fff" and _level_one(c))
        return (kana + common + 0.3 * narrow) / size - 2 * (half + odd) / size - 0.6 * (kanji - common) / size
    if latin >= 0.4 * size and size < 0.2 * len(text):
        return 0.5
    return 0.1 - (half + odd) / size


def _level_one(char: str) -> bool:
    """Tell whether a kanji is of JIS level 1, the 2,965 that ordinary text is written with."""
    try:
        raw = char.encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return len(raw) == 2 and 0xB0 <= raw[0] <= 0xCF


def _suspect(text: str) -> list[ReadWarning]:
    """Warn of text that was broken before it was saved."""
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _BROKEN.search(line)]
    if not lines:
        return []
    return [
        ReadWarning(
            "mojibake",
            f"文字化けした行があるようです（{_list(lines, '、')}行目）。原本と見比べてください。",
            f"some lines look garbled (line {_list(lines, ', ')}); compare with the original.",
            len(lines),
            tuple(lines[:20]),
        )
    ]


def _list(lines: Sequence[int], between: str) -> str:
    return between.join(str(n) for n in lines[:5])
