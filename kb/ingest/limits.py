"""Which way a number limits: its comparator, read with what denies or turns it."""

from __future__ import annotations

import re
from typing import cast

from kb.ingest.cues import Operator, PropertyCue, ReadingCues
from kb.ingest.sentence import Sentence
from kb.model.base import Strength
from kb.quantity.patterns import AFTER

_NOT_OVER = re.compile(
    r"\s?(?:を)?(?:超え|上回ら|越え)(?:ない|ません)|\s?を?(?:超え|越え|上回っ|超過し)て(?:は|も)(?:なら|いけ)|\s?(?:を)?超過し(?:ない|ません)|\s?を(?:限度|限り)(?:と|に)"
)
_NOT_UNDER = re.compile(r"\s?(?:を)?(?:下回ら|切ら|割ら|下ら)(?:ない|ません)|\s?(?:を|が)(?:経過|過ぎ)(?:する|る)まで")
_LOWERED = re.compile(
    r"\s?(?:程度)?(?:の高さ)?まで[^、。]{0,6}(?:(?:枝|下枝)を|払|打|刈り上|切り上)|\s?(?:程度)?まで[^、。]{0,6}(?:下げ|減|落と|絞|暗く|引き下げ|低く|縮め|短縮)"
)
_BEFORE_OR_AFTER = re.compile(r"\s?(?:(以降|以後|を過ぎ)|以前)")
_AHEAD = re.compile(r"\s?前まで")
_NO = r"\b(?:not|never|nor|no|nothing|none|neither|nobody)\b[^.,;:%]{0,40}?\s?"
_MORE = "more|greater|higher|taller|longer|wider|larger|bigger|further|farther|deeper|thicker|later|brighter|older"
_LESS = "less|fewer|lower|shorter|narrower|smaller|closer|nearer|earlier|thinner|dimmer|sooner|darker|shallower"
_ABOUT = r"(?: (?:about|approximately))?\s?$"
_NO_MORE_EN = re.compile(rf"{_NO}(?:exceed(?:s|ing)?|rise above|above|over|beyond|(?:{_MORE}) than){_ABOUT}")
_NO_LESS_EN = re.compile(
    rf"{_NO}(?:below|under|before|within|(?:{_LESS}) than|(?:{_LESS}) to [^.,;:%]{{0,24}} than){_ABOUT}"
)
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_KEPT_EN = re.compile(
    r"\b(?:kept|cut|trimmed|limited|restricted|clipped|capped)(?: back| down)? (?:to|at)(?: an? [a-z ]{1,20} of)?(?: about)?\s?$"
)
_LIFTED_EN = re.compile(r"\b(?:lifted|raised|crowned|cleared)(?: up)? to(?: about)?\s?$")
_SIDE = re.compile(r"\s*(?:、|・|及び|かつ)\s*(?:横|縦|幅|高さ|奥行き?|長さ|厚さ|短辺|長辺)\s*")
_GONE = re.compile(r"を(?:過ぎ|経過し|超え)た[^。]{0,24}(?:消去|削除|廃棄|破棄)")
_AT_LEAST_ONCE = re.compile(r"\bat least once (?:every|in|a|per|each|in every)?\s?$")
_AT_LEAST = re.compile(r"(?:少なくとも|最低でも|最低)[^、。%\d]{0,8}$")
_KEPT = re.compile(r"(?:程度)?(?:の高さ)?に(?:抑え|おさえ|制限|とどめ|留め|収め)")
_TURNED: dict[str, Operator] = {">": "<=", ">=": "<"}
_LIMIT = re.compile(r"^(?:程度)?(?:以上|を?超え(?:る|て)?)の?")
_GOES_ON = re.compile(r"(?:とし|し|せず|であり|とともに|ものとし)、")
_TIMES = re.compile(r"\s*(?:以上)?\s*(?:×|x|\*|by)\s*(?:横|縦|幅|高さ|短辺|長辺)?\s*")


def find_operator(sentence: Sentence, index: int, cues: ReadingCues) -> Operator | None:
    """Return the comparator of a number; None where none is written."""
    start, end = sentence.spans[index]
    before, after = sentence.normal[max(0, start - 60) : start], sentence.normal[end : end + 16]
    if _NOT_OVER.match(after) or _NO_MORE_EN.search(before):
        return "<="
    if _NOT_UNDER.match(after) or _AHEAD.match(after) or _LOWERED.match(after) or _NO_LESS_EN.search(before):
        return ">="
    if index + 1 < len(sentence.spans) and _TIMES.fullmatch(sentence.normal, end, sentence.spans[index + 1][0]):
        return sentence.quantities[index].operator or sentence.quantities[index + 1].operator
    if index + 1 < len(sentence.spans) and sentence.quantities[index].operator is None and not _said(before, after):
        following = sentence.spans[index + 1]
        if _SIDE.fullmatch(sentence.normal, end, following[0]):
            return find_operator(sentence, index + 1, cues)
    if index and _TIMES.fullmatch(sentence.normal, sentence.spans[index - 1][1], start):
        shared = find_operator(sentence, index - 1, cues)
        return sentence.quantities[index].operator or shared
    if sentence.quantities[index].operator is None and _KEPT_EN.search(before):
        return "<="
    if sentence.quantities[index].operator is None and (_LIFTED_EN.search(before)):
        return ">="
    if _GONE.match(sentence.normal, end):
        return "<="
    if _AT_LEAST_ONCE.search(before):
        return "<="
    if sentence.quantities[index].operator is None and _AT_LEAST.search(before):
        return ">="
    if sentence.quantities[index].operator is None and _KEPT.match(after):
        return "<="
    if sentence.quantities[index].value.unit == "clock" and (side := _BEFORE_OR_AFTER.match(after)):
        late, denied = (
            bool(side[1]),
            bool(cues.expression("denied", "ja").search(sentence.normal[end + len(side[0]) :])),
        )
        return ">=" if late != denied else "<="
    held = sentence.quantities[index].operator
    if held in _TURNED and _is_denied(sentence, start, end, cues):
        return _TURNED[held]
    bracket = _BRACKETS.match(sentence.normal, end)
    if held is None and bracket is not None:
        rest = sentence.normal[bracket.end() : bracket.end() + 12]
        return next((cast(Operator, symbol) for symbol, pattern in AFTER if pattern.match(rest)), None)
    return held


def _said(before: str, after: str) -> bool:
    return bool(_AT_LEAST.search(before) or _KEPT.match(after))


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


_MODAL_EN = re.compile(
    r"(?P<shall>\b(?:shall|must)\b(?! be advised)|\b(?:is|are) required\b)"
    r"|(?P<should>\bshould\b|\b(?:is|are) (?:recommended|desirable)\b"
    r"|\bpreferably\b)"
    r"|(?P<may>\bmay\b(?! not| only)|\b(?:is|are) permitted\b)"
)


def strength_at(sentence: Sentence, index: int) -> Strength | None:
    """Return how strongly a number binds: what stands before a permission (`…以上とし、…ことができる`) is laid down."""
    if sentence.language == "en" and sentence.strength is not None:
        start, end = sentence.spans[index]
        modals = list(_MODAL_EN.finditer(sentence.normal))
        near = [m for m in modals if m.end() <= start][-1:] or [m for m in modals if m.start() >= end][:1]
        if len({m.lastgroup for m in modals}) > 1 and near:
            return cast(Strength, near[0].lastgroup)
    if sentence.strength == "may" and _GOES_ON.search(sentence.normal, sentence.spans[index][1]):
        return "shall"
    return sentence.strength
