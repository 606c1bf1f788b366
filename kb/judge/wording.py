"""Every sentence that a judgement is made of, in both languages."""

from __future__ import annotations

from typing import Any

_MESSAGES: dict[str, tuple[str, str]] = {
    "correct": ("正しい（○）。{guide}の定めと合います。", "Correct. It agrees with {guide}."),
    "incorrect": (
        "誤り（×）。{fault}が違います：「{said}」ではなく「{instead}」です（{guide}）。",
        "Incorrect. The {fault} is wrong: not “{said}” but “{instead}” ({guide}).",
    ),
    "incorrect_plain": (
        "誤り（×）。{fault}が違います：「{said}」は{guide}の定めと合いません。",
        "Incorrect. The {fault} is wrong: “{said}” does not agree with {guide}.",
    ),
    "incorrect_whole": (
        "誤り（×）。{fault}が違います。{guide}：{text}",
        "Incorrect. The {fault} is wrong. {guide}: {text}",
    ),
    "unsure": (
        "判断できません。関係する条項を示しますので、確かめてください。",
        "This cannot be decided. Please compare the clauses below.",
    ),
    "differs": (
        "指針によって違います：{items}。",
        "The guidelines differ: {items}.",
    ),
    "differs_item": ("{guide}では{verdict}", "{guide}: {verdict}"),
    "short_correct": ("正しい", "correct"),
    "short_incorrect": ("誤り", "incorrect"),
    "short_unsure": ("判断できない", "unsure"),
    "short_not_covered": ("定めがない", "not covered"),
    "not_covered": (
        "収録している指針には、この記述についての定めが見当たりません。",
        "The guidelines held here do not speak of this statement.",
    ),
    "not_covered_document": (
        "{guide}には、この記述についての定めが見当たりません。",
        "{guide} does not speak of this statement.",
    ),
    "marked": ("答えは{number}です。", "The answer is {number}."),
    "not_marked": (
        "一つに決められません。選択肢ごとの判定を見てください。",
        "No single option stands out. See the judgement of each option.",
    ),
    "figure": ("数値", "figure"),
    "place": ("場所", "place"),
    "condition": ("条件", "condition"),
    "strength": ("義務か推奨かの強さ", "strength (requirement or recommendation)"),
    "term": ("用語や物", "term"),
    "scope": ("対象の範囲", "scope"),
    "direction": ("向き・大小・内外など", "direction"),
    "quantifier": ("「すべて」「いずれか」「のみ」の別", "quantifier (all, any, only)"),
}


def word(key: str, language: str, **parts: Any) -> str:
    """Return a sentence in a language with its parts filled in."""
    ja, en = _MESSAGES[key]
    return (en if language == "en" else ja).format(**parts)
