"""Invented guidelines in every mixture of numbering styles, by number of the seed."""

from __future__ import annotations

import random

from indexer.outline.numerals import CIRCLED, GOJUON, IROHA, LETTERS, ROMAN_SIGNS, write_roman

KANJI = "一二三四五六七八九"
CHAINS = (
    """
第章 第節 第条 (1) ア, 第 1 (1) ア (ア) ・, 1 (1) ① ・, 1. (1) a. ・, Ⅰ 1 (1) ① ●, 第一 一 (一) イ, A 1. (1) a),
第章 1 (1) ア ①, 1. 1) (a) i, 第 一 (一) ア ・, 1 ア ① -, ■ 1 (1) ・, 第条 ① ア, Ⅰ A 1. (1), 一 1 (1) ア, 【1】 (1) ① ・, 1 ① ア ・
""".strip()
    .replace("\n", " ")
    .split(", ")
)
NOUNS = [
    "共用玄関",
    "エレベーターホール",
    "駐車場",
    "駐輪場",
    "塀及び柵",
    "児童遊園",
    "照明設備",
    "防犯カメラ",
    "管理体制",
    "窓",
    "バルコニー",
    "屋上",
    "通路",
    "事務室",
]
SENTENCES = [
    "共用玄関の照明は、床面の平均水平面照度で50ルクス以上とする。",
    "1階の窓には、補助錠を設ける。",
    "見通しが確保できない場合は、防犯カメラで補う。",
    "塀の高さは、1.2m以下とすることが望ましい。",
    "3か月に1回以上点検し、その結果を2年間保存する。",
    "扉は、内外を相互に見通せる構造とする。",
    "画像は、30日以上保存する。",
    "アルミ製の面格子を用いる。",
    "一戸ごとに設ける。",
    "第2条の規定にかかわらず、夜間は閉鎖する。",
    "10台以上の駐車場には、2台以上のカメラを置く。",
]
TAILS = [
    "なお、夜間は3ルクス以上とする。",
    "ただし、管理人が常駐する場合は、この限りでない。",
    "また、植栽は低く保つ。",
]
WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789()"}


def _label(style: str, n: int) -> str:
    letter = LETTERS[n - 1]
    plain = {
        "第章": f"第{n}章",
        "第節": f"第{n}節",
        "第条": f"第{n}条",
        "第": f"第{n}",
        "第一": f"第{KANJI[n - 1]}",
        "1": f"{n}",
        "1.": f"{n}.",
        "(1)": f"({n})",
        "1)": f"{n})",
        "【1】": f"【{n}】",
        "①": CIRCLED[n - 1],
        "ア": GOJUON[n - 1],
        "(ア)": f"({GOJUON[n - 1]})",
        "イ": IROHA[n - 1],
        "Ⅰ": ROMAN_SIGNS[n - 1],
        "a.": f"{letter}.",
        "(a)": f"({letter})",
        "a)": f"{letter})",
        "i": f"({write_roman(n)})",
        "A": f"{letter.upper()}.",
        "一": KANJI[n - 1],
        "(一)": f"({KANJI[n - 1]})",
    }
    return plain.get(style, style)


def _name(style: str, label: str, n: int) -> str:
    if style in "・●-■":
        return f"・{n}"
    return label.rstrip(".") if style not in ("1)", "a)") else label.rstrip(")")


def make_guideline(seed: int) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the lines of an invented guideline and its clauses: (locator, first line)."""
    chance = random.Random(seed)
    chain = chance.choice(CHAINS).split()
    blank, indented, wide = chance.random() < 0.5, chance.random() < 0.4, chance.random() < 0.4
    gap, wrap = chance.choice([" ", "　"]), chance.choice([0, 0, 34, 40])
    rows = ["架空市防犯指針"]
    expected: list[tuple[str, int]] = []

    def put(text: str, depth: int) -> None:
        lead = "　" * depth if indented else ""
        size = wrap or len(text)
        rows.extend(lead + text[k : k + size] for k in range(0, len(text), size))

    def clause(outer: list[str], depth: int, n: int) -> None:
        style = chain[depth]
        label = _label(style, n)
        labels = [*outer, _name(style, label, n)]
        printed = label.translate(WIDE) if wide else label
        if depth == 0 and blank:
            rows.append("")
        expected.append(("/".join(labels), len(rows) + 1))
        if depth == len(chain) - 1 or chance.random() < (0.15 if depth == 0 else 0.35):
            if chance.random() < 0.35:
                put(printed + gap + chance.choice(NOUNS), depth)
                put(chance.choice(SENTENCES), depth + 1)
            else:
                put(printed + gap + chance.choice(SENTENCES), depth)
            if chance.random() < 0.2:
                put(chance.choice(TAILS), depth + 1)
            return
        put(printed + gap + chance.choice(NOUNS) + ("に関する事項" if chance.random() < 0.3 else ""), depth)
        if chance.random() < 0.25:
            put("次に掲げるところによる。", depth + 1)
        for k in range(1, chance.choice([2, 2, 3, 3, 4, 5]) + 1):
            clause(labels, depth + 1, k)

    for k in range(1, chance.randint(2, 4) + 1):
        clause([], 0, k)
    return rows, expected
