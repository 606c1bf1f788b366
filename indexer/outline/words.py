"""Parts of a document that carry a word instead of a number: 解説, 【特徴】, a boxed standard, a marked-up heading."""

from __future__ import annotations

import re

from indexer.outline.furniture import is_sentence
from indexer.outline.labels import Candidate, narrow

# Words of the trade of writing documents, in both languages; none of them belongs to one document.
_ROOT = (
    "前文|序文|はじめに|まえがき|おわりに|あとがき|むすび|奥付|変更経歴|変更履歴|改訂履歴|改定履歴|改正履歴|改正経過|沿革|"
    "問い合わせ先|お問い合わせ先|お問合せ先|連絡先|参考文献|用語集|Preface|Foreword|Introduction|Glossary|"
    "Supplementary provisions?|Final provisions?|Addenda|"
    "References|Revision history|Contacts?|Bibliography|Acknowledgements?|Closing remarks"
)
_SUB = (
    "解説|補足|備考|参考|考え方|留意点|留意事項|趣旨|説明|具体例|参考例|ポイント|Commentary|Explanation|Remarks?|Examples?|"
    "Rationale|Guidance|Background|Good practice"
)
_ROOT_LINE = re.compile(rf"^(?:{_ROOT})$", re.IGNORECASE)
_SUB_LINE = re.compile(rf"^(?:{_SUB})$", re.IGNORECASE)
_PREFACE = re.compile(r"^(?:はじめに|まえがき|序文|Preface|Foreword|Introduction)$", re.IGNORECASE)
_BRACKETS = re.compile(r"^[【〔〈《<\[［＜](.{1,30}?)[】〕〉》>\]］＞]$")
_PAREN = re.compile(r"^[(（]([^()（）]{2,20}(?:例|の例|の場合))[)）]$")
_STANDARD = re.compile(
    r"^(?:\S{2,8}\s+)?((?:SES|JIS|ISO|IEC|EN|BS|ANSI|ASTM|UL|RBSS|JCSS|BLS)[\s-]?(?:/\s?[A-Z]+\s)?[A-Z]?[\s-]?\d{2,6}(?:[-:]\d{1,4})*)$"
)


_DATE = re.compile(r"^(?:(?:令和|平成|昭和)\s*(?:元|\d{1,2})|(?:19|20)\d\d)\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?$")
_CONTACT = re.compile(
    r"(?:〒\s*\d{3}|Tel|電話|Fax|ファ(?:ッ)?クス|E-?mail)[\s/:：.・]*(?:Fax)?[\s:：.]*[\d(（a-z]", re.IGNORECASE
)


def signs(text: str) -> bool:
    """Tell whether a line is nothing but a date, as it stands above the names that sign a preface."""
    return bool(_DATE.match(narrow(text).strip()))


def opens_preface(text: str) -> bool:
    """Tell whether a line is a word that stands over a preface (`はじめに`)."""
    return bool(_PREFACE.match(narrow(text).strip()))


def names_contact(text: str) -> bool:
    """Tell whether a line gives an address, a telephone number or the like and nothing else."""
    return len(text) < 80 and bool(_CONTACT.search(narrow(text))) and not is_sentence(text)


def read_word(text: str, level: int) -> Candidate | None:
    """Read a line that names a part by a word; `level` is the level of a heading that the markup gives (0: none)."""
    plain = narrow(text).strip()
    bare = re.sub(r"\s+", "", plain) if not plain.isascii() else plain
    if match := _STANDARD.match(plain):
        return Candidate("box", (), re.sub(r"\s+", " ", match.group(1)), "", 0.95, "box")
    bracketed = _BRACKETS.match(plain) or _PAREN.match(plain)
    word = bracketed.group(1).strip() if bracketed else plain
    word = re.sub(r"\s+", "", word) if not word.isascii() else word
    word = re.sub(r"^(.{2,12})[:：]$", r"\1", word)
    if _ROOT_LINE.match(word):
        return Candidate("root", (), word, "", 0.95, "part")
    if _SUB_LINE.match(word):
        return Candidate("sub", (), word, "", 0.95, "word")
    if (
        bracketed
        and not is_sentence(word)
        and any(c.isalpha() for c in word)
        and not re.search(r"[:：]|^[図表写]", word)
    ):
        if word.endswith(("例", "の場合")):
            word = re.sub(r"^.*?([^\s()（）のい]{1,4}例)$", r"\1", word)
        return Candidate("sub", (), word, "", 0.9, "word")
    if level and not is_sentence(bare):
        return Candidate(f"h{level}", (), text.strip(), "", 0.95, "heading")
    return None
