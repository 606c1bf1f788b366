"""Take a statement that sets one thing against another apart (`AではなくB`, `B rather than A`): one statement of either."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.words import TaggedWord, list_words
from kb.text import normalize


@dataclass(frozen=True)
class Instead:
    """What a statement affirms and what it denies, as written, and the statement with only the one or only the other."""

    stated: str
    denied: str
    kept: str
    swapped: str


def split_instead(text: str, language: str) -> Instead | None:
    """Return the two sides of a statement, or None where it sets nothing against anything."""
    normal = normalize(text).normal
    return _split_japanese(normal) if language == "ja" else _split_english(normal)


_JAPANESE = re.compile(r"(?:では|で)なく(?!て[はも]|な)て?、?")
_ADDING = ("だけ", "のみ", "ばかり", "もの", "限り", "わけ", "少")
_ENDS = frozenset(["を", "が", "に", "へ", "で", "と", "から", "まで", "より"])
_OPENERS = ("単に", "単なる", "たんに", "ただ")


@dataclass(frozen=True)
class _Placed:
    start: int
    end: int
    word: TaggedWord

    @property
    def is_particle(self) -> bool:
        return self.word.part_of_speech == "助詞"

    @property
    def is_verb(self) -> bool:
        return self.word.part_of_speech in ("動詞", "形容詞")


def _place(text: str) -> list[_Placed]:
    placed, position = [], 0
    for word in list_words(text):
        start = text.find(word.surface, position)
        if start >= 0:
            position = start + len(word.surface)
            placed.append(_Placed(start, position, word))
    return placed


def _split_japanese(text: str) -> Instead | None:
    match = _JAPANESE.search(text)
    if match is None or text.endswith(_ADDING, 0, match.start()):
        return None
    words = _place(text)
    before = [w for w in words if w.end <= match.start()]
    after = [w for w in words if w.start >= match.end()]
    if not before or not after:
        return None
    start = _start_of(text, before)
    denied = text[start : match.start()]
    if before[-1].is_particle and before[-1].word.surface == "の":
        denied = text[start : before[-1].start]
    mark = before[-1].word.surface if before[-1].is_particle and before[-1].word.surface in _ENDS else None
    end = _end_of(after, mark)
    if end is None or not denied.strip():
        return None
    for opener in _OPENERS:
        denied = denied.removeprefix(opener)
    stated = text[match.end() : end]
    head, rest = text[:start], text[end:]
    return Instead(stated, denied, head + stated + rest, head + denied + rest)


def _start_of(text: str, before: Sequence[_Placed]) -> int:
    """Return where the denied phrase starts: after the topic, a comma, or a case particle with no verb behind it."""
    verb = False
    for place, word in zip(range(len(before) - 1, -1, -1), reversed(before), strict=True):
        if place == len(before) - 1 and word.is_particle:
            continue
        surface = word.word.surface
        if surface in "、。「（(" or (word.is_particle and surface == "は"):
            return word.end
        if word.is_particle and surface in ("を", "が", "に", "も", "へ") and not verb:
            return word.end
        verb = verb or word.is_verb
    return before[0].start


def _end_of(after: Sequence[_Placed], mark: str | None) -> int | None:
    """Return where the stated phrase ends: with the particle that the denied one has, else before a particle or a copula."""
    if mark is not None:
        found = next((w for w in after if w.is_particle and w.word.surface == mark), None)
        if found is not None:
            return found.end
    for word in after[1:]:
        surface = word.word.surface
        if surface in "、。":
            return word.start
        if word.is_particle and surface in _ENDS:
            return word.start
        if word.word.part_of_speech == "助動詞" and word.word.lemma in ("だ", "です", "である"):
            return word.start
    return None


_ENGLISH = re.compile(
    r",? rather than |,? instead of |,? (?:and|but) not (?:just |merely |only |simply )?|, not (?:just |merely |simply )?(?!only)"
)
_NOT_BUT = re.compile(r"\bnot (?P<denied>[^,.;]{3,80}?),? but (?:rather )?(?P<stated>[^,.;]+)")
_VERBS = "is|are|was|were|has|have|must|shall|should|may|can|does|do|will|need|needs"
_STOP = re.compile(
    rf"[,.;:]|$|(?<!those)(?<!people)(?<!persons)(?<!anyone)(?<! one) (?=(?:who|which|that|{_VERBS}|to be)\b)"
)
_BORDER = re.compile(rf"[,;:]|\b(?:{_VERBS}|who|which|that)\b")
_ONLY = re.compile(r"\b(?:only|solely)(?: [\w-]+){0,4}$")
_WORD = re.compile(r"[\w'%-]+")
_LINKS = re.compile(
    r"in|at|on|for|from|to|by|with|of|when|where|if|inside|outside|within|"
    r"after|before|near|under|above|below|opposite|about|beside|behind|between|through|during|as|only"
)
_DETERMINERS = re.compile(r"the|a|an|its|their|those|these|this|one|any|each|every|all|both|no")
_SENTENCE = re.compile(r"[.;:]|$")
_PERSONS = re.compile(r"(?:\w+ )?(?:those|people|persons|anyone) who\b")
_LONGEST, _LONGER = 12, 6


def _split_english(text: str) -> Instead | None:
    pair = _NOT_BUT.search(text)
    if pair is not None and "not only" not in pair[0]:
        stop = _STOP.search(pair["stated"])
        stated = pair["stated"][: stop.start()] if stop and stop.start() else pair["stated"]
        head, rest = text[: pair.start()], text[pair.start("stated") + len(stated) :]
        return Instead(stated, pair["denied"], head + stated + rest, head + pair["denied"] + rest)
    match = _ENGLISH.search(text)
    if match is None or _ONLY.search(text, 0, match.start()):
        return None
    stop = (_SENTENCE if _PERSONS.match(text, match.end()) else _STOP).search(text, match.end())
    end = stop.start() if stop else len(text)
    denied = text[match.end() : end]
    words = _WORD.findall(denied)
    if not words or len(words) > _LONGEST:
        return None
    start = _start_before(text[: match.start()], words)
    if start is None:
        return None
    stated, head = text[start : match.start()], text[:start]
    rest = text[end:]
    if rest.startswith(",") and match[0].startswith(","):
        rest = rest[1:]
    return Instead(stated, denied, head + stated + rest, head + denied + rest)


def _start_before(text: str, other: Sequence[str]) -> int | None:
    """Return where the phrase at the end of a text starts that stands against one of these words."""
    first = other[0]
    border = max((m.end() for m in _BORDER.finditer(text)), default=0)
    words = list(_WORD.finditer(text, border))
    if not words:
        return None
    if _LINKS.fullmatch(first):
        same = [w.start() for w in _WORD.finditer(text) if w[0] == first]
        return same[-1] if same else next((w.start() for w in reversed(words) if _LINKS.fullmatch(w[0])), None)
    near = words if _DETERMINERS.fullmatch(first) else words[-4:]
    place = next(
        (i for i in range(len(words) - 1, -1, -1) if words[i] in near and _DETERMINERS.fullmatch(words[i][0])), None
    )
    if place is None:
        return words[-1].start()
    while place >= 2 and words[place - 1][0] == "of":
        earlier = next((i for i in range(place - 2, -1, -1) if _DETERMINERS.fullmatch(words[i][0])), None)
        if earlier is None or place - earlier > 5:
            break
        place = earlier
    return words[place if len(words) - place <= len(other) + _LONGER else -1].start()
