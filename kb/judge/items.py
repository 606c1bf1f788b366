"""Read four-choice items: the stem, its options, and whether the fitting or the unfitting one is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.text import fold

_LABEL = r"(?:[(（]?(?:[1-4１-４]|[ア-エ]|[①-④]|[a-dA-D])[)）.．、:：]|[①-④]|[1-4１-４](?=[\s　]))"
_OPTION = re.compile(rf"(?:^|\n|(?<=[。？?．.!！\s　])){_LABEL}[\s　]*")
_UNFITTING = re.compile(
    r"適切で(?:は)?ない|不適切|誤っている|誤った|誤り|正しくない|間違って|間違い|当てはまらない|あてはまらない|該当しない|含まれない|"
    r"されない|不適当|適当で(?:は)?ない|合わない|異なる|\bnot\b|\bincorrect\b|\bwrong\b|\bexcept\b|\bfalse\b|\binappropriate\b|\bcannot\b"
)
_ASKS = re.compile(r"どれか|どれです|選べ|選び|選択せよ|\bwhich\b|\bchoose\b|\bselect\b|\bwhat\b", re.IGNORECASE)


_TAIL = re.compile(
    r"(?:に関する|についての|の)?(?:記述|説明|組合せ|組み合わせ|方法|もの)?(?:のうち|として|で|について|に照らして|の中で)?[、,]?\s?"
    r"(?:次の(?:うち|記述のうち)[、,]?)?(?:最も)?(?:適切|不適切|正し|誤|当てはま|適当|不適当|間違).*$",
    re.DOTALL,
)
_ASKED_MOOD = re.compile(r"(望ましい|推奨|必須|義務|任意)[^、]{0,12}(?:もの|事項)は?どれ")
_ASKED_MOOD_ENGLISH = re.compile(r"\b(required|mandatory|recommended|desirable|optional)\b", re.IGNORECASE)
_ENGLISH_TAIL = re.compile(r"\b(?:which|what|choose|select)\b.*$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Item:
    """A four-choice item; `unfitting` where the option that does not fit is asked for."""

    stem: str
    options: tuple[str, ...]
    unfitting: bool


def read_item(text: str) -> Item | None:
    """Return the item that a text is, or None where it is a plain statement."""
    marks = list(_OPTION.finditer(text))
    if len(marks) < 2:
        return None
    stem = text[: marks[0].start()].strip()
    if not _ASKS.search(stem):
        return None
    ends = [*(m.start() for m in marks[1:]), len(text)]
    options = tuple(text[m.end() : end].strip() for m, end in zip(marks, ends, strict=True))
    if not all(options):
        return None
    return Item(stem, options, bool(_UNFITTING.search(fold(stem))))


def state_option(item: Item, option: str, language: str) -> str:
    """Return an option as a statement of its own, with the subject and the mood that the stem gives it."""
    text = option.rstrip("。.")
    if language == "en":
        mood = _ASKED_MOOD_ENGLISH.search(item.stem)
        return (
            f"{text} is {mood[1].lower()}." if mood else f"{_ENGLISH_TAIL.sub('', item.stem).strip()} {text}.".strip()
        )
    mood = _ASKED_MOOD.search(item.stem)
    if mood:
        return f"{text}は{mood[1]}とされている。"
    subject = _TAIL.sub("", item.stem).strip().rstrip("、,")
    return f"{subject}：{text}。" if subject and subject != item.stem.strip() else f"{text}。"
