"""What label a piece of text could open with: every reading, and how plausible each is by its form alone.

Which reading holds is settled by the sequence (`indexer.outline.sequence`): a label is a label because its siblings follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.outline.numerals import read_kanji, read_ordinals

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0xFF65: 0x30FB}
BULLETS = "・•●○◎◯■□◆◇▪▫▶►▸‣➢➤✓✔∙·★☆❖–—⁃➡⇒*-"
_ARROWS = "➡⇒"
_MARK = r"[.．、,:：)）\]｝]"


@dataclass(frozen=True)
class Candidate:
    """One way to read the start of a piece: `style` tells which list it belongs to, `value` its place there.

    `label` is as printed (rule 1 of the locators), `rest` what follows it, `form` how much it looks like a label by itself
    (0 to 1). `kind` is `number`, `bullet`, `note`, `part` (a part of the document: 附則, 別表, Appendix) or `caption`.
    """

    style: str
    value: tuple[int, ...]
    label: str
    rest: str
    form: float
    kind: str = "number"


def narrow(text: str) -> str:
    """Turn full-width ASCII into ASCII, letter for letter (positions stay)."""
    return text.translate(_WIDE)


_COUNTERS = (
    "か月|ヶ月|カ月|ヵ月|箇月|方向|次元|重|色|階|棟|戸|室|人|名|台|個|箇|か所|ヶ所|カ所|ケ所|本|枚|回|件|年|月|日|時|分|秒|週|歳|才|度|倍|割|分の|つ|種|級|等|号|条|項|章|節|段|"
    "基|脚|列|行|字|点|円|万|千|百|億|ルクス|メートル|センチ|ミリ|キロ|パーセント|ルーメン|ワット|画素|コマ|フレーム|%|％|㎡|㎜|㎝|℃|"
    "lx|Lx|LX|lux|mm|cm|km|m2|m²|m\\b|kg|dB|fps|W\\b|V\\b|K\\b|以上|以下|未満|から|～|〜|~|/|×|x\\b|:\\d|：\\d|,\\d|st\\b|nd\\b|rd\\b|th\\b|"
    "lumens?|met(?:er|re)s?|days?|hours?|months?|years?|weeks?|minutes?|seconds?|persons?|people|percent|feet|ft\\b"
)
_PARTICLE = re.compile(
    r"(?:を|が|に|の|と|は|も|で|や|へ|から|まで|より|又は|及び|若しくは|並びに|、|。|，|,|・|~|〜|～|-)"
)
_COUNTER = re.compile(rf"(?:{_COUNTERS})")
_AMOUNT = re.compile(
    r"(?:(?:lx|Lx|mm|cm|km|m|m2|㎡|㎜|㎝|kg|g|h|s|min|ms|W|kW|V|A|Hz|dB|K|fps|%|℃|°)(?![A-Za-z\s\"“])|(?:lx|mm|cm|km|m|kg|fps)\s[a-z]|lux|lumen|met(?:er|re)s?\b|days?\b|hours?\b|months?\b|years?\b|weeks?\b|"
    r"minutes?\b|seconds?\b|percent|ルクス|メートル|センチ|ミリ|(?:階|人|名|台|個|箇所|か所|回|年|か月|月|日|時間|時|分|秒|週間?|歳|本|枚|戸|棟|項目|つ|％)"
    r"(?:以|未満|を|が|に|の|と|は|で|程度|間|目|先|前|後|から|まで|、|。|$))"
)
_UNIT = re.compile(
    r"第\s*(\d{1,3}|[一二三四五六七八九十百]{1,5})(?:\s*(編|部|章|節|款|目|条|項|号|版))?"
    r"((?:の\d{1,2}|の[一二三四五六七八九十]{1,2})*)"
)
_ORDINAL_WORD = re.compile(r"[回種者次線級類位号期週日人子一二三四五六七八九十\d]|当事者|印象")
_BARE_UNIT = re.compile(r"(\d{1,2})\s*(編|章|節)(?=\s)")
_NAMED = re.compile(
    r"(?:(附則|付則|別表|別紙|別記様式|別記|別添|様式|付録|付表|参考資料|参考|資料|附属書|付属書|図表|図|表|写真|注記|注|※|\*|例|"
    r"Attached Table|Attachment|Exhibit|"
    r"Chapter|Section|Article|Part|Appendix|Annex|Schedule|Table|Figure|Fig\.|Note|Notes|Clause|Guideline|Principle|Standard|Step|"
    r"Criterion|Requirement|Division|Rule)\s?(?:第\s*|[-－‐ー](?=\d))?"
    r"([A-Z]-?\d{1,2}(?:[.-]\d{1,2})*|\d{1,3}(?:[.\-－‐ー]\d{1,3}){0,3}|[一二三四五六七八九十]{1,3}|[A-ZＡ-Ｚ](?![A-Za-z])|[IVX]{1,5}(?![A-Za-z])|[①-⑳])(\s*号)?)",
    re.IGNORECASE,
)
_LONE = re.compile(r"([附付]\s*則|別\s*表|別\s*紙|注記|注意|注|※|\*|Notes?)(?=\s|[:：)）．.、]|$|[（(])", re.IGNORECASE)
_NUMERAL = r"(\d{1,3}|[一二三四五六七八九十]{1,3}|[ア-ヲン]|[ｱ-ﾝｦ]|[あ-ん]|[ivx]{2,6}|[IVX]{2,6}|[A-Za-z]|[Ⅰ-Ⅻ]|[ⅰ-ⅻ])"
_WRAPPED = re.compile(rf"([(\[〔【<〈《])\s*{_NUMERAL}\s*([)\]〕】>〉》])")
_HALF = re.compile(rf"{_NUMERAL}\s?([)）])")
_PAREN_SIGN = re.compile("[⑴-⒇㈠-㈩⒜-⒵]")
_DECIMAL = re.compile(r"(\d{1,3}(?:[.．\-－‐]\d{1,3}){0,4})([.．、,:：]?)(\s*)")
_LETTERED = re.compile(r"([A-Z])[\-－‐ー.]?(\d{1,2}(?:[.\-－‐ー]\d{1,2}){0,3})(?!\d)")
_SIGN = re.compile(r"([①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴Ⅰ-Ⅻⅰ-ⅻ])([.．、,:：]?)")
_SOLO = re.compile(rf"{_NUMERAL}({_MARK}?)(\s*)")
_GLOBAL = {"注", "注記", "※", "*", "note", "notes"}
_CAPTIONS = {"図", "表", "写真", "図表", "table", "figure", "fig."}
_PARTS = {
    *("附則", "付則", "別表", "別紙", "別記", "別添", "別記様式", "様式"),
    *("付録", "付表", "参考資料", "参考", "資料", "附属書", "付属書"),
}
_ENGLISH_PARTS = {"appendix", "annex", "schedule", "attached table", "attachment", "exhibit"}


def find_candidates(text: str) -> list[Candidate]:
    """List every reading of the start of `text` (white space already stripped), most plausible first."""
    plain = narrow(text)
    found: list[Candidate] = []
    for reader in (
        _read_units,
        _read_named,
        _read_wrapped,
        _read_signs,
        _read_lettered,
        _read_decimal,
        _read_solo,
        _read_bullet,
    ):
        found.extend(reader(plain, text))
    best: dict[tuple[str, tuple[int, ...]], Candidate] = {}
    for candidate in found:
        key = (candidate.style, candidate.value)
        if key not in best or best[key].form < candidate.form:
            best[key] = candidate
    return sorted(best.values(), key=lambda c: -c.form)


def _after(plain: str, text: str, end: int) -> tuple[str, bool, bool]:
    """Return what follows a label, whether a gap parts it from the label, and whether it goes on like a mere reference."""
    tail = plain[end:]
    mark = re.match(rf"\s*{_MARK}?\s*", tail)
    skip = mark.end() if mark else 0
    gap = skip > 0 or not tail or tail[0] in "(（[【「『"
    comma = tail[:1] in "、," and tail[1:2] not in "（("
    reference = len(tail) > 1 and bool(_PARTICLE.match(tail)) and not comma
    rest = text[end + skip :].strip()
    if gap and rest[:1] in "-–—：:":
        rest = rest[1:].strip()
    return rest, gap, reference


def _score(base: float, gap: bool, reference: bool, *, needs_gap: bool = False) -> float:
    if reference:
        return 0.08
    if gap:
        return base
    return base * (0.12 if needs_gap else 1.0)


def _read_units(plain: str, text: str) -> list[Candidate]:
    match = _UNIT.match(plain)
    if match:
        number, unit, more = match.group(1), match.group(2) or "", match.group(3)
        value = int(number) if number.isdigit() else read_kanji(number)
        if value is None:
            return []
        extra = tuple(int(x) if x.isdigit() else (read_kanji(x) or 1) for x in re.findall(r"の(\w+?)(?=の|$)", more))
        rest, gap, reference = _after(plain, text, match.end())
        form = _score(0.98, gap, reference, needs_gap=unit in ("", "号", "項", "部", "目", "版"))
        label = re.sub(r"\s", "", match.group(0))
        if not unit and not gap and not reference and not _ORDINAL_WORD.match(plain[match.end() :]):
            form = 0.6
        return [Candidate(f"第{unit}", (value, *extra), label, rest, form)]
    if match := _BARE_UNIT.match(plain):
        rest, _, _ = _after(plain, text, match.end())
        return [Candidate(match.group(2), (int(match.group(1)),), match.group(0).replace(" ", ""), rest, 0.5)]
    return []


def _named_value(number: str) -> list[tuple[str, tuple[int, ...]]]:
    if match := re.fullmatch(r"([A-Za-z])-?(\d.*)", number):
        digits = [int(p) for p in re.split(r"[.\-]", match.group(2))]
        return [("A1", (ord(match.group(1).upper()) - 64, *digits))]
    parts = re.split(r"[.\-－‐ー]", number)
    if len(parts) > 1:
        return [("1", tuple(int(p) for p in parts))]
    return [(system, (value,)) for system, value in read_ordinals(number) if system not in ("イロハ", "あ")]


def _read_named(plain: str, text: str) -> list[Candidate]:
    opened = re.match(r"[(\[【〔<〈《]\s*", plain)
    start = opened.end() if opened else 0
    match = _NAMED.match(plain, start)
    found: list[Candidate] = []
    if match:
        name, number = match.group(1), match.group(2)
        end = match.end()
        rest, gap, reference = _after(plain, text, end)
        closing = re.match(r"\s*[)\]】〕>〉》]", plain[end:])
        if opened and not closing:
            rest = re.sub(
                r"[)\]】〕>〉》]\s*$", "", rest
            ).strip()  # 【図1：…】: the bracket closes at the end of the line
        key = name.lower() if name.isascii() else name
        label = match.group(0) if name.isascii() else re.sub(r"[－‐ー]", "-", re.sub(r"\s", "", match.group(0)))
        kind = (
            "note"
            if key in _GLOBAL
            else "caption"
            if key in _CAPTIONS
            else "part"
            if key in _PARTS | _ENGLISH_PARTS
            else "number"
        )
        if closing:
            rest, _, reference = _after(plain, text, end + closing.end())
            gap = True
        form = _score(0.95, gap, reference, needs_gap=name.isascii() or kind == "caption")
        for system, value in _named_value(number):
            style = f"{key}{'' if system == '1' else system}"
            found.append(Candidate(style, value, label, rest, form, kind))
        return found
    match = _LONE.match(plain, start)
    if match:
        name = re.sub(r"\s", "", match.group(1))
        tail = plain[match.end() :]
        end = match.end() + len(tail) - len(re.sub(r"^\s*[)\]】〕>〉》]", "", tail))
        rest, gap, reference = _after(plain, text, end)
        key = name.lower() if name.isascii() else name
        if key in ("附則", "付則", "別表", "別紙"):
            return [Candidate(f"={key}", (), name, rest, 0.95 if len(rest) < 40 else 0.3, "part")]
        marked = opened is not None or key in "※*" or bool(re.match(r"\s*[:：)）．.、]|\s+\S", tail))
        form = 0.9 if marked and rest and not reference else 0.85 if not rest else 0.35
        if key in "※*" and not rest:
            return []
        if key != "注意":
            return [Candidate(f"={key}", (), name, rest, form, "note")]
    return []


_WORD_NUMBER = re.compile(r"([一-龠々ァ-ヶー]{1,6}|[A-Z][A-Za-z]{2,14})\s?(\d{1,2})(?=[\s:：.．、]|$)")


def read_word_number(text: str) -> Candidate | None:
    """Read a word and a number in front (`基準１　玄関`, `Measure 2: …`), which is a label only where others count on from it."""
    match = _WORD_NUMBER.match(narrow(text))
    if not match or match.group(1).lower() in _CAPTIONS | _GLOBAL | _PARTS:
        return None
    rest, _, _ = _after(narrow(text), text, match.end())
    label = narrow(match.group(0)) if match.group(1).isascii() else re.sub(r"\s", "", match.group(0))
    return Candidate(f"word:{match.group(1)}", (int(match.group(2)),), label, rest, 0.9)


def _style_of(system: str, shape: str) -> str:
    return shape.replace("n", system)


def _read_wrapped(plain: str, text: str) -> list[Candidate]:
    found: list[Candidate] = []
    match = _WRAPPED.match(plain)
    if match:
        opening, number, closing = match.groups()
        rest, gap, reference = _after(plain, text, match.end())
        base = 0.95 if opening == "(" else 0.85
        for system, value in read_ordinals(number):
            alphabet = system in ("a", "A", "i", "I", "ア", "イロハ", "あ")
            form = _score(base, gap, reference) * (1.0 if not alphabet or system != "あ" else 0.7)
            label = f"({number})" if opening == "(" else match.group(0)
            found.append(Candidate(_style_of(system, f"{opening}n{closing}"), (value,), label, rest, form))
    elif match := _HALF.match(plain):
        number = match.group(1)
        rest, gap, reference = _after(plain, text, match.end())
        for system, value in read_ordinals(number):
            found.append(Candidate(_style_of(system, "n)"), (value,), number, rest, _score(0.9, gap, reference)))
    elif match := _PAREN_SIGN.match(plain):
        import unicodedata

        label = unicodedata.normalize("NFKC", match.group(0))
        rest, gap, reference = _after(plain, text, match.end())
        for system, value in read_ordinals(label[1:-1]):
            found.append(Candidate(_style_of(system, "(n)"), (value,), label, rest, _score(0.95, gap, reference)))
    return found


def _read_signs(plain: str, text: str) -> list[Candidate]:
    match = _SIGN.match(plain)
    if not match:
        return []
    rest, gap, reference = _after(plain, text, match.end(1))
    return [
        Candidate(system, (value,), match.group(1), rest, _score(0.93, gap, reference))
        for system, value in read_ordinals(match.group(1))
    ]


def _read_lettered(plain: str, text: str) -> list[Candidate]:
    """Read `A-1`, `B.2.1`: a letter that goes on in digits stands in the list of the letters, as `1.1` does in that of `1`."""
    match = _LETTERED.match(plain)
    if not match:
        return []
    letter, numbers = match.groups()
    parts = [int(p) for p in re.split(r"[.．\-－‐ー]", numbers)]
    rest, gap, reference = _after(plain, text, match.end())
    value = (ord(letter) - ord("A") + 1, *parts)
    label = re.sub(r"[－‐ー]", "-", match.group(0))
    return [Candidate("A", value, label, rest, _score(0.9, gap, reference, needs_gap=True))]


def _read_decimal(plain: str, text: str) -> list[Candidate]:
    match = _DECIMAL.match(plain)
    if not match:
        return []
    number, mark, space = match.groups()
    parts = [int(p) for p in re.split(r"[.．\-－‐]", number)]
    if not all(0 < p < 200 for p in parts) or any(len(p) > 1 and p[0] == "0" for p in re.split(r"[.．\-－‐]", number)):
        return []
    tail = plain[match.end() :]
    rest = text[match.end() :].strip()
    label = re.sub(r"[－‐]", "-", number.replace("．", "."))
    if len(parts) == 1 and re.match(r"\((?:1|ア|一|i|a)\)", tail):
        form = 0.85
    elif not tail:
        form = 0.3 if len(parts) == 1 and not mark else 0.55
    elif tail[:1].isdigit():
        counted = bool(re.match(rf"\d{{1,3}}\s?(?:{_COUNTERS})", tail))
        form = (
            0.8
            if mark and space or "　" in text[match.end(1) : match.end()]
            else 0.06
            if not space
            else 0.6
            if counted
            else 0.3
        )
    elif space and not mark and _AMOUNT.match(tail):
        form = 0.12
    elif not space and _COUNTER.match(tail):
        form = 0.06
    elif mark in (".", "、", "．", ":", ",") and (space or not tail[:1].isascii()):
        form = 0.9
    elif space:
        form = 0.85 if not tail[:1].isascii() or tail[:1].isupper() or tail[:1] in '("[' or len(parts) > 1 else 0.3
    elif tail[:1].isascii() or _PARTICLE.match(tail):
        form = 0.05
    else:
        form = 0.62  # `1目的`: its siblings decide
    return [Candidate("n", tuple(parts), label, rest, form)]


def _read_solo(plain: str, text: str) -> list[Candidate]:
    """Read a letter, kana or kanji numeral that only a gap or a mark parts from what follows."""
    match = _SOLO.match(plain)
    if not match or match.group(1).isdigit():
        return []
    number, mark, space = match.groups()
    tail = plain[match.end() :]
    if mark in (")", "]", "｝"):
        return []
    rest = text[match.end() :].strip()
    wide = ord(text[0]) >= 0xFF21 and ord(text[0]) <= 0xFF5A
    found: list[Candidate] = []
    for system, value in read_ordinals(number):
        if not tail and not mark:
            form = 0.5 if system in ("ア", "一") else 0.2
        elif system in ("a", "A", "i", "I"):
            japanese = bool(tail) and not tail[0].isascii()
            form = 0.9 if mark and (space or japanese) else 0.8 if japanese and (space or wide) else 0.1
            form = form * 0.9 if system in ("i", "I") and len(number) == 1 else form
        elif system == "一":
            form = 0.85 if space or mark == "、" else 0.05
        elif system in ("Ⅰ", "ⅰ"):
            continue
        else:
            form = 0.88 if space or mark else 0.04
            form *= 0.6 if system == "あ" else 1.0
        found.append(Candidate(system, (value,), number, rest, form))
    return found


def _read_bullet(plain: str, text: str) -> list[Candidate]:
    mark = plain[:1]
    if not mark or mark not in BULLETS or plain[1:2] == mark:
        return []
    rest = text[1:].strip()
    if not rest or not any(c.isalnum() for c in rest[:20]):
        return []
    spaced = plain[1:2] == " "
    if mark in "*-–—" and not spaced:
        return []
    kind = "arrow" if mark in _ARROWS else "bullet"
    label = "➡" if mark in _ARROWS else "・"
    return [Candidate(f"bullet{mark}", (), label, rest, 0.93 if spaced or mark not in "○◯□" else 0.8, kind)]
