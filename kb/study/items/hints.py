"""What gives an answer away without knowing the guideline: words of the question that the right option alone repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from kb.model.base import Text
from kb.model.study import Item, Option
from kb.text import fold

_TRIED = 12
"""How many wrong options are tried in combinations of three."""
_RUNS_JA = re.compile(r"[一-龠々]{2,}|[ァ-ヶー]{3,}|[一-龠々][ぁ-ん][一-龠々]")
_WORDS_EN = re.compile(r"[a-z][a-z-]{3,}")
_EMPTY_EN = re.compile(
    r"(with|that|this|those|these|from|into|onto|than|then|when|where|which|whose|such|others?|like|kind|they|them|their|there"
    r"|have|only|also|each|both|more|most|less|least|about|under|over|between|within|whether|without|term|guideline|says"
    r"|following|describes|does|need|must|shall|should|used|uses|made|makes?|serves|being)$"
)


def gives_away(item: Item) -> bool:
    """Tell whether an item's right option alone repeats content words of its question, in either language.

    A statement to be called true or false has no words in its options, and the reasons of an area case repeat the
    case by nature (`kb.study.items.area` sees to it that several do).
    """
    if item.kind in ("statement", "area"):
        return False
    right = item.options[item.answer].text
    wrong = [option.text for option in item.options if not option.right]
    return repeats_alone(item.quote or item.stem, right, wrong)


def repeats_alone(question: Text, right: Text, wrong: Sequence[Text]) -> bool:
    """Tell whether the right answer shares a content word with the question, and no wrong one shares one of its own."""
    for language in ("ja", "en"):
        asked = find_words(question.get(language), language)
        mine = asked & find_words(right.get(language), language)
        others = [asked & find_words(text.get(language), language) for text in wrong]
        if mine - set().union(*others) and not any(theirs - mine for theirs in others):
            return True
    return False


def find_words(text: str, language: str) -> frozenset[str]:
    """Return the content words of a text: pairs of kanji and triples of katakana in Japanese, stems of nouns in English."""
    if language == "en":
        return frozenset(_stem(word) for word in _WORDS_EN.findall(text.lower()) if not _EMPTY_EN.match(word))
    found: set[str] = set()
    for run in _RUNS_JA.findall(fold(text)):
        step = 2 if re.match(r"[一-龠々]+$", run) else 3
        found |= {run[at : at + step] for at in range(len(run) - step + 1)}
    return frozenset(found)


def _stem(word: str) -> str:
    return re.sub(r"(ies|es|s|ing|ed)$", "", word) if len(word) > 5 else word.rstrip("s")


def choose_wrong(question: Text, right: Text, wrong: Sequence[Option], count: int = 3) -> list[Option] | None:
    """Return the first wrong options beside which the right one is not given away; None where there are none such."""
    for chosen in combinations(wrong[:_TRIED], min(count, len(wrong))):
        if not repeats_alone(question, right, [option.text for option in chosen]):
            return list(chosen)
    return None
