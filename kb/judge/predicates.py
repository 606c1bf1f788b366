"""Which verbs of a text stand denied, which affirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.ask.words import Word

if TYPE_CHECKING:
    from kb.judge.reading import Unit

BREAK = re.compile(r"[。、，,;；:：()（）\n]|(?<=[a-z])\.\s|(?<=[a-z])\.$")
"""Where one stretch of a text ends and the next begins."""

_BEFORE_VERB = 3
_NEGATION_REACH = 6
_MEANT = "gy"
"""Keys of this kind stand for a meaning: a group of words, or a side of a yes/no fact."""

_NOT = frozenset({"not", "never", "no", "without", "cannot", "nor", "neither"})
_NEGATIONS = frozenset({"ない", "ぬ", "ず", "無い", "まい"})
_VERB_ENDINGS = "るうくすつむぶぬぐ"
_HELPERS = ("為る", "出来る", "する", "できる", "れる", "られる", "せる", "させる", "居る", "いる", "有る")
_DUTIES = ("ければなら", "ければいけ", "くてはなら", "いといけ", "い限り", "ばなら")


def list_predicates(
    words: Sequence[Word], text: str, language: str, units: Sequence[Unit]
) -> dict[str, frozenset[bool]]:
    """Return, for each verb of a text and for each meaning that it has, whether it stands denied (True), affirmed or both."""
    found = _predicates(words, text) if language == "ja" else _predicates_english(words, text, units)
    return _with_groups(found, units)


def _predicates(words: Sequence[Word], text: str) -> dict[str, frozenset[bool]]:
    """Return, for each verb or verbal noun, whether it stands negated, affirmed or both."""
    found: dict[str, set[bool]] = {}
    for index, word in enumerate(words):
        after = words[index + 1 : index + 1 + _NEGATION_REACH]
        if word.surface.isascii() or not word.content or not _is_verbal(word, after):
            continue
        negated = False
        for following in after:
            if BREAK.search(text[word.end : following.start]):
                break
            if following.lemma in _NEGATIONS:
                negated = not text.startswith(_DUTIES, following.start + 1)
                break
            if following.lemma not in _HELPERS and following.content or following.surface in ("が", "を", "に", "の"):
                break
        found.setdefault(word.lemma, set()).add(negated)
    return {lemma: frozenset(sides) for lemma, sides in found.items()}


def _predicates_english(words: Sequence[Word], text: str, units: Sequence[Unit]) -> dict[str, frozenset[bool]]:
    """Return, for each word that has others of its meaning, whether a negation stands just before it."""
    grouped = {u.start for u in units if any(k[0] in _MEANT for k in u.keys)}
    found: dict[str, set[bool]] = {}
    for index, word in enumerate(words):
        if word.start not in grouped:
            continue
        before = words[max(0, index - _BEFORE_VERB) : index]
        negated = any(w.surface in _NOT and not BREAK.search(text[w.end : word.start]) for w in before)
        found.setdefault(word.lemma, set()).add(negated)
    return {lemma: frozenset(sides) for lemma, sides in found.items()}


def _with_groups(predicates: dict[str, frozenset[bool]], units: Sequence[Unit]) -> dict[str, frozenset[bool]]:
    """Return predicates with those of every group of one meaning that they belong to."""
    found = {lemma: set(sides) for lemma, sides in predicates.items()}
    for unit in units:
        sides = [predicates[w] for w in unit.words if w in predicates]
        for key in unit.keys if len(sides) == 1 else ():
            if key[0] in _MEANT:
                found.setdefault(key, set()).update(sides[0])
    return {lemma: frozenset(sides) for lemma, sides in found.items()}


def _is_verbal(word: Word, after: Sequence[Word]) -> bool:
    if word.lemma[-1:] in _VERB_ENDINGS and word.lemma not in _HELPERS:
        return True
    return bool(after) and after[0].lemma in ("為る", "出来る")
