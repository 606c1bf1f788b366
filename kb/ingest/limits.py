"""Which way a number limits: its comparator, read with what denies or turns it."""

from __future__ import annotations

import re
from typing import cast

from kb.ingest.cues import Operator, PropertyCue, ReadingCues
from kb.ingest.sentence import Sentence
from kb.model.base import Strength
from kb.quantity.patterns import AFTER

_NOT_OVER = re.compile(
    r"\s?(?:を)?(?:超え|上回ら|越え)(?:ない|ません)|\s?(?:を)?超過し(?:ない|ません)|\s?を(?:限度|限り)(?:と|に)"
)
_NOT_UNDER = re.compile(r"\s?(?:を)?(?:下回ら|切ら|割ら|下ら)(?:ない|ません)")
_LOWERED = re.compile(r"\s?(?:程度)?まで[^、。]{0,6}(?:下げ|減|落と|絞|暗く|引き下げ|低く|縮め|短縮)")
_BEFORE_OR_AFTER = re.compile(r"\s?(?:(以降|以後|を過ぎ)|以前)")
_AHEAD = re.compile(r"\s?前まで")
_NO_MORE_EN = re.compile(
    r"(?:not|never|no) (?:to )?(?:exceed|be (?:more|greater|higher) than|rise above)\s?(?:about )?$"
)
_NO_LESS_EN = re.compile(
    r"(?:(?:not|never) (?:to )?(?:be|fall|drop) (?:less than|lower than|below|under)|no (?:narrower|shorter|closer|nearer) than)"
    r"\s?(?:about )?$"
)
_NO_MORE_THAN_EN = re.compile(r"no (?:wider|longer|taller|higher|further|farther|deeper) than\s?(?:about )?$")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_TURNED: dict[str, Operator] = {">": "<=", ">=": "<"}
_LIMIT = re.compile(r"^(?:程度)?(?:以上|を?超え(?:る|て)?)の?")
_GOES_ON = re.compile(r"(?:とし|し|せず|であり|とともに|ものとし)、")
_TIMES = re.compile(r"\s*(?:以上)?\s*(?:×|x|\*|by)\s*(?:横|縦|幅|高さ|短辺|長辺)?\s*")


def find_operator(sentence: Sentence, index: int, cues: ReadingCues) -> Operator | None:
    """Return the comparator of a number; None where none is written."""
    start, end = sentence.spans[index]
    before, after = sentence.normal[max(0, start - 40) : start], sentence.normal[end : end + 16]
    if _NOT_OVER.match(after) or _NO_MORE_EN.search(before) or _NO_MORE_THAN_EN.search(before):
        return "<="
    if _NOT_UNDER.match(after) or _AHEAD.match(after) or _LOWERED.match(after) or _NO_LESS_EN.search(before):
        return ">="
    if index + 1 < len(sentence.spans) and _TIMES.fullmatch(sentence.normal, end, sentence.spans[index + 1][0]):
        return sentence.quantities[index].operator or sentence.quantities[index + 1].operator
    if sentence.quantities[index].value.unit == "clock" and (side := _BEFORE_OR_AFTER.match(after)):
        return ">=" if side[1] else "<="
    held = sentence.quantities[index].operator
    if held in _TURNED and _is_denied(sentence, start, end, cues):
        return _TURNED[held]
    bracket = _BRACKETS.match(sentence.normal, end)
    if held is None and bracket is not None:
        rest = sentence.normal[bracket.end() : bracket.end() + 12]
        return next((cast(Operator, symbol) for symbol, pattern in AFTER if pattern.match(rest)), None)
    return held


def _is_denied(sentence: Sentence, start: int, end: int, cues: ReadingCues) -> bool:
    """Tell whether the words after a limit (in English, before it) forbid what it names."""
    denied = cues.expression("denied", sentence.language)
    if sentence.language == "ja":
        return bool(denied.search(_LIMIT.sub("", sentence.normal[end:], count=1)))
    return bool(denied.search(sentence.normal[:start]))


def unwritten_operator(cue: PropertyCue | None, sentence: Sentence) -> Operator:
    """Return the comparator that is meant where none is written; a sentence that only tells means equality."""
    if cue is None or cue.operator is None or (sentence.strength is None and not cue.unit_alone):
        return "="
    return cue.operator


def strength_at(sentence: Sentence, index: int) -> Strength | None:
    """Return how strongly a number binds: what stands before a permission (`…以上とし、…ことができる`) is laid down."""
    if sentence.strength == "may" and _GOES_ON.search(sentence.normal, sentence.spans[index][1]):
        return "shall"
    return sentence.strength
