"""The words in which the outcome of a check is put."""

from __future__ import annotations

from kb.model.base import Strength, Text
from kb.model.check import Conclusion, Movement

CONCLUSIONS: dict[Conclusion, Text] = {
    "complies": Text(ja="すべて適合", en="complies"),
    "fails": Text(ja="不適合あり", en="does not comply"),
    "unknown": Text(ja="要確認あり（まだ決まりません）", en="open: facts are missing"),
    "nothing_to_check": Text(ja="判定するものがありません", en="nothing to check"),
}
STRENGTHS: dict[Strength, Text] = {
    "shall": Text(ja="必須（〜する）", en="required (shall)"),
    "should": Text(ja="推奨（望ましい・努める）", en="recommended (should)"),
    "may": Text(ja="任意", en="optional (may)"),
}
MOVEMENTS: dict[Movement, Text] = {
    "better": Text(ja="良くなった", en="better"),
    "worse": Text(ja="悪くなった", en="worse"),
    "changed": Text(ja="変わった", en="changed"),
    "same": Text(ja="同じ", en="same"),
    "new": Text(ja="新しい", en="new"),
    "gone": Text(ja="なくなった", en="gone"),
}


def conclusion_text(conclusion: Conclusion, strength: Strength, ja: bool) -> str:
    """Word a conclusion; a missed recommendation is not called non-compliance."""
    if conclusion == "fails" and strength != "shall":
        return "推奨未達あり" if ja else "recommendations missed"
    return CONCLUSIONS[conclusion].get("ja" if ja else "en")
