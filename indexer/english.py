"""A light stemmer and stop words for English."""

from __future__ import annotations

import re

_STOP_WORDS = """
a an and any are as at be been by can could did do does for from had has have i if in into is it its
may me my of on or our shall should so some than that the their them then there these they this those to us was we were
will with would you your s t
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say too little to be searched for."""

_VOWEL = re.compile(r"[aeiouy]")
_KEPT_DOUBLES = frozenset("lsz")


def stem_english(word: str) -> str:
    """Strip plural, -ed, -ing and a final e from a lower-case word, so that `lights` and `lighting` meet.

    Plural rules after Harman (1991), "How effective is suffixing?", the S stemmer; -ed and -ing after step 1b of Porter
    (1980). Short words and words with digits come back as they are.
    """
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    word = _strip_ending(_strip_plural(word))
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _strip_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("us", "ss", "is")):
        return word[:-1]
    return word


def _strip_ending(word: str) -> str:
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3 and _VOWEL.search(stem):
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _KEPT_DOUBLES:
                return stem[:-1]
            return stem
    return word
