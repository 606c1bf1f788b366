"""What the negations of a statement deny: a noun beside them, a verb with what stands before it, or the whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kb.ask.phrases import content_terms
from kb.model.language import LanguageCues

_LACK = re.compile(
    r"(?:(?<![てでに])(?:が|も|は|の|を|すら|さえ)(?:い|おら|あり|ござい)?|(?<!どこ)にも|で(?:は|も)?|じゃ|[ァ-ヺー一-鿿々a-z\)）])$"
)
"""What stands before a Japanese negation that denies the noun beside it (`鍵が|ない`, `認定品では|ない`, `ミラー|なし`)."""

_PARTICLES = re.compile(r"(?:すら|さえ|では|じゃ|でも|[がもはのをで])(?:い|おら|あり|ござい)?$")
_PHRASE = re.compile(r"[がはをにでへ]|から|まで|ので|けど|[てで](?:い|お)?(?=[^い])")
"""Where the phrase of a denied noun begins: after a particle or a verb."""

_GENERAL = re.compile(
    r"どこ|一切|いっさい|全く|まったく|全然|ひとつ|一つ|1つ|何も|なにも|(?:こと|事|わけ|訳|つもり|よう|予定|もの|物|の)$"
)
"""A phrase that names nothing of its own: the negation denies all that stands before it."""

_BEARER = re.compile(r"位置|場所|所|状態|構造|設計|状況|物|仕組|仕様|タイプ|型|配置|向き|方|人|形|造り|作り|奥|陰|裏")
"""A noun after a negation that only bears what is said (`見えない|位置`)."""

_AND_SUCH = re.compile(r"(?:など|等|とか|類|の?対策|の?措置)+$")
_NOUN = re.compile(r"[ァ-ヺー一-鿿々]")

_NOUN_AFTER = re.compile(r"(?:no|without|lacks?|lacking|missing|neither|nor)$")
"""English negations that deny the noun after them."""

_REACH, _BACK = 3, 2
"""So many words after an English negation are denied by it, and before a Japanese one in front of a noun."""


@dataclass(frozen=True)
class Scope:
    """What one negation denies: some words, or all that stands between two places (counted in content words), or all."""

    words: frozenset[str] | None = None
    after: int = 0
    before: int | None = None

    def denies(self, held: frozenset[str], order: Mapping[str, int]) -> bool:
        """Tell whether the negation denies a statement made of some of the words of the text."""
        if self.words is not None:
            return bool(self.words & held)
        return self.before is None or any(self.after <= order[word] < self.before for word in held)


def read_scopes(part: str, cues: LanguageCues) -> tuple[Scope, ...]:
    """Return what each negation of a normalised part denies; what is out of order is denied as a whole."""
    if cues.faults.pattern.search(part):
        return (Scope(),)
    scopes, done = [], 0
    for start, end in cues.negation_spans(part):
        scopes.append(_scope(part, done, start, end, cues))
        done = end
    return tuple(scopes)


def _scope(part: str, done: int, start: int, end: int, cues: LanguageCues) -> Scope:
    """Return what the negation at `start` denies; another one ended at `done` (0 where there is none)."""
    word = part[start:end]
    if word.isascii():
        if not _NOUN_AFTER.match(word) or part[end:].startswith((" one", " longer")):
            return Scope()
        return Scope(words=frozenset(content_terms(part[end:], cues)[:_REACH]))
    before = content_terms(part[:start], cues)
    if not before:
        return Scope()
    own = frozenset(content_terms(part[done:start], cues)) - cues.carrier_words
    clause = Scope(after=len(content_terms(part[:done], cues)) if own and done else 0, before=len(before))
    if _LACK.search(part[:start]):
        phrase = _PHRASE.split(_PARTICLES.sub("", part[done:start]))[-1]
        words = frozenset(content_terms(_AND_SUCH.sub("", phrase), cues))
        return Scope(words=words) if words - cues.carrier_words and not _GENERAL.search(phrase) else clause
    if _NOUN.match(part[end:]) and not _BEARER.match(part[end:]):
        return Scope(words=frozenset(before[-_BACK:]))
    return clause
