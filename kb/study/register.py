"""Turn polite sentences (です・ます) into plain ones (である), so that the style of a quote does not tell its guideline."""

from __future__ import annotations

import re

_DOING = "(?<=[とに]|[ァ-ヶー])し|(?<=[一-龠々]{2})し"
_STEMS = {
    _DOING: "する", "示し": "示す", "直し": "直す", "行い": "行う", "従い": "従う", "ならい": "ならう", "含め": "含める",
    "決め": "決める", "調べ": "調べる", "設け": "設ける", "より": "よる", "あり": "ある", "とり": "とる", "置き": "置く",
    "限り": "限る", "確かめ": "確かめる", "でき": "できる", "なり": "なる", "てい": "ている", "れ": "れる", "え": "える",
}  # fmt: skip
_NEGATIVE = {
    "でき": "できない",
    "なり": "ならない",
    "れ": "れない",
    "てい": "ていない",
    _DOING: "しない",
    "え": "えない",
}
_END = r"(?=[。（）」]|が、|$)"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"ではありません" + _END), "ではない"),
    (re.compile(r"ありません" + _END), "ない"),
    *(
        (re.compile(f"(?:{stem})ません{_END}"), plain)
        for stem, plain in sorted(_NEGATIVE.items(), key=lambda pair: -len(pair[0]))
    ),
    *(
        (re.compile(f"(?:{stem})ます{_END}"), plain)
        for stem, plain in sorted(_STEMS.items(), key=lambda pair: -len(pair[0]))
    ),
    (re.compile("です" + _END), "である"),
)
_POLITE = re.compile(r"(ます|です|ません|ました|でした|ください|でしょう)(?=[。（）」、]|が|から|ので|$)")


def make_plain(text: str) -> str | None:
    """Return a text in plain style; None where an ending is not known."""
    for pattern, plain in _RULES:
        text = pattern.sub(plain, text)
    return None if is_polite(text) else text


def is_polite(text: str) -> bool:
    """Tell whether a sentence of a text ends politely."""
    return _POLITE.search(text) is not None
