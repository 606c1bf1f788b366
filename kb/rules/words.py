"""The words in which rules are explained, other than those of the vocabulary."""

from __future__ import annotations

from kb.model.answer import VerdictWord
from kb.model.base import Strength, Text
from kb.model.finding import MissingKind

MEASURES: dict[str, Text] = {
    "average_horizontal": Text(ja="床面の平均", en="average on the floor"),
    "vertical": Text(ja="鉛直面", en="vertical"),
    "point": Text(ja="1点", en="at one point"),
    "lowest_point_above_floor": Text(ja="床面から最も低い部分まで", en="lowest point above the floor"),
    "centre_above_floor": Text(ja="床面から中心まで", en="centre above the floor"),
    "above_ground": Text(ja="地盤面から", en="above the ground"),
}
"""Kinds of measurement by id."""

LIMITS: dict[str, Text] = {
    ">=": Text(ja="{about}{limit}以上", en="at least {about}{limit}"),
    ">": Text(ja="{about}{limit}超", en="more than {about}{limit}"),
    "<=": Text(ja="{about}{limit}以下", en="at most {about}{limit}"),
    "<": Text(ja="{about}{limit}未満", en="less than {about}{limit}"),
    "=": Text(ja="{about}{limit}", en="{about}{limit}"),
}
ABOUT = Text(ja="おおむね", en="about ")
OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">="}

VERDICTS: dict[VerdictWord, Text] = {
    "pass": Text(ja="適合", en="complies"),
    "pass_by_alternative": Text(ja="補完措置により適合", en="complies by an accepted alternative"),
    "fail": Text(ja="不適合", en="does not comply"),
    "unknown": Text(ja="要確認", en="to be confirmed"),
    "not_applicable": Text(ja="対象外", en="not applicable"),
}
MISSED: dict[Strength, Text] = {
    "shall": VERDICTS["fail"],
    "should": Text(ja="推奨未達", en="recommendation not met"),
    "may": Text(ja="任意事項・未実施", en="option not taken"),
}
APPROXIMATE = Text(
    ja="基準は「おおむね」であり、わずかな差の扱いは判定者に委ねられる",
    en="The wording is approximate, so a small difference is left to the assessor",
)
KINDS: dict[str, Text] = {
    "all_of": Text(ja="次のすべて", en="all of these"),
    "any_of": Text(ja="次のいずれか", en="any of these"),
    "not": Text(ja="次に当たらない", en="not this"),
    "if": Text(ja="条件つき", en="on a condition"),
}
_NEGATIONS_JA = (
    ("がある", "がない"),
    ("である", "ではない"),
    ("ている", "ていない"),
    ("できる", "できない"),
    ("れる", "れない"),
    ("になる", "にならない"),
)
_NEGATIONS_EN = ((" is ", " is not "), (" are ", " are not "), ("can be ", "cannot be "))
HEADINGS: dict[str, Text] = {
    "": Text(ja="", en=""),
    "required": Text(ja="基準: ", en="Required: "),
    "found": Text(ja="現状: ", en="Found: "),
    "lacking": Text(ja="不足: ", en="Lacking: "),
    "alternative": Text(ja="補完: ", en="Made up for by: "),
    "ask": Text(ja="確認: ", en="To settle: "),
    "only_for": Text(ja="対象: ", en="It speaks of: "),
    "only_where": Text(ja="条件に当たらない: ", en="The condition does not hold: "),
    "not_where": Text(ja="例外に当たる: ", en="The exception holds: "),
}
WHY_UNKNOWN: dict[MissingKind, Text] = {
    "other_measure": Text(ja="別の測り方の値では判定できない", en="a value measured in another way does not count"),
    "several_values": Text(ja="食い違う値がある", en="there are values that disagree"),
}
BUILDING = Text(ja="建物", en="building")
OPERATOR = Text(ja="管理者・事業者", en="operator")


def verdict_label(verdict: VerdictWord, strength: Strength) -> Text:
    """Name a verdict; a missed recommendation is not called non-compliance."""
    return MISSED[strength] if verdict == "fail" else VERDICTS[verdict]


def negated(phrase: str, language: str) -> str:
    """Deny a statement: by its verb where it has one of the common ones, else as a whole."""
    if language == "ja":
        for ending, other in _NEGATIONS_JA:
            if phrase.endswith(ending):
                return phrase.removesuffix(ending) + other
        return denied(phrase, language)
    for verb, other in _NEGATIONS_EN:
        if f" {phrase}".count(verb) == 1 and " not " not in phrase:
            return f" {phrase}".replace(verb, other).strip()
    return denied(phrase, language)


def denied(phrase: str, language: str) -> str:
    """Deny a phrase as a whole."""
    return f"「{phrase}」に当たらない" if language == "ja" else f"not “{phrase}”"


def measure_label(measure: str) -> Text:
    """Name a kind of measurement."""
    plain = measure.replace("_", " ")
    return MEASURES.get(measure, Text(ja=plain, en=plain))
