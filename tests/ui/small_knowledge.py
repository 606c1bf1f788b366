"""A small knowledge base that answers a few questions, for pages that must be fast to test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from kb.model.answer import Answer, SearchHit
from kb.model.knowledge import Corpus

EV_HALL = "EVホールには何ルクス必要？"
STATED = "EVホールは30ルクスで足りる？"
MAILBOX = "郵便受けに鍵は必要？"
NO_LOCK = "郵便受けに鍵がない"


def both(ja: str, en: str) -> dict[str, str]:
    return {"ja": ja, "en": en}


def document(name: str, short: dict[str, str], building: str) -> dict[str, Any]:
    nothing = both("記載なし。", "Nothing is said.")
    return {
        "id": name,
        "title": both("題名", "Title"),
        "short": short,
        "issuer": both("県", "Prefecture"),
        "buildings": [building],
        "dates": [{"what": both("制定", "established"), "date": "2014-02-28", "printed": "平成26年2月28日"}],
        "legal_force": both("義務を負わせるものではない。", "It obliges nobody.") | {"clause": "1"},
        "addressees": nothing,
        "scope": nothing,
        "obtain": nothing,
    }


def lit(doc: str, locator: str, value: int, floor: str, building: str = "apartment") -> dict[str, Any]:
    when = {"building": building} | ({"floor": floor} if floor else {})
    return {
        "document": doc,
        "locator": locator,
        "kind": "requirement",
        "strength": "shall",
        "text": both(
            f"エレベーターホールは{value}ルクス以上にする。", f"Light the elevator hall to {value} lx or more."
        ),
        "places": ["elevator_hall"],
        "topics": ["lighting"],
        "when": when,
        "figures": [
            {
                "property": "illuminance",
                "place": "elevator_hall",
                "value": f"{value} lx",
                "operator": ">=",
                "measure": "average_horizontal",
                "approximate": True,
            }
        ],
        "basis": ["注1"] if doc == "home" and value == 50 else [],
        "asks": {"ja": ["EV前は何ルクス？", f"照度は{value}？"], "en": ["How bright is the lift lobby?"]},
    }


def plain_clause(doc: str, locator: str, kind: str, ja: str, en: str, **more: Any) -> dict[str, Any]:
    asks = {"ja": [f"{locator}は？", f"{locator}とは？"], "en": [f"What is {locator}?"]}
    return {"document": doc, "locator": locator, "kind": kind, "text": both(ja, en), "asks": asks} | more


def heading(doc: str, locator: str, ja: str, en: str) -> dict[str, Any]:
    return {"document": doc, "locator": locator, "kind": "heading", "title": both(ja, en)}


CORPUS = Corpus.model_validate(
    {
        "vocabulary": {
            "buildings": {
                "apartment": {"label": both("共同住宅", "apartment building")},
                "store": {"label": both("店舗", "store")},
            },
            "places": {
                "elevator_hall": {"label": both("エレベーターホール", "elevator hall")},
                "mailbox": {"label": both("郵便受箱", "mailbox")},
            },
            "topics": {"lighting": {"label": both("照明", "lighting")}},
            "terms": {
                "thumbturn": {
                    "label": both("サムターン", "thumbturn"),
                    "aliases": {"ja": ["つまみ"], "en": ["thumb-turn"]},
                    "defined_by": ["home 注2"],
                },
                "bright": {"label": both("明るさA", "brightness A"), "defined_by": ["home 注1"]},
            },
            "facts": {
                "illuminance": {"label": both("照度", "illuminance"), "type": "quantity", "unit": "lx"},
                "locked": {"label": both("施錠できる", "can be locked"), "type": "boolean"},
                "camera": {"label": both("カメラがある", "has a camera"), "type": "boolean"},
                "floor": {
                    "label": both("階", "floor"),
                    "type": "choice",
                    "question": both("どの階ですか。", "Which floor?"),
                    "choices": {
                        "entrance": {"label": both("共用玄関のある階", "floor of the common entrance")},
                        "other": {"label": both("その他の階", "other floors")},
                    },
                },
            },
        },
        "documents": [
            document("home", both("住宅指針", "Housing guideline"), "apartment"),
            document("shop", both("店舗指針", "Store guideline"), "store"),
        ],
        "clauses": [
            heading("home", "1", "共用部", "Common parts"),
            heading("home", "1/(1)", "エレベーターホール", "Elevator hall"),
            lit("home", "1/(1)/・1", 50, "entrance"),
            lit("home", "1/(1)/・2", 20, "other"),
            plain_clause(
                "home",
                "1/(2)",
                "recommendation",
                "郵便受箱は<b>施錠</b>できるものが望ましい。",
                "A mailbox that locks is desirable.",
                strength="should",
                places=["mailbox"],
                note=both("本文と図で食い違う。", "Text and figure disagree."),
            ),
            plain_clause("home", "注1", "definition", "明るさAとは50ルクス。", "Brightness A is 50 lx."),
            plain_clause("home", "注2", "definition", "サムターンは内側のつまみ。", "A thumbturn is a knob inside."),
            lit("shop", "第1/ア", 20, "", "store"),
        ],
        "requirements": [
            {
                "document": "home",
                "id": "mailbox.lock",
                "clause": "1/(2)",
                "subjects": ["mailbox"],
                "when": {"kind": "fact", "fact": "floor", "test": {"one_of": ["entrance"]}},
                "strength": "shall",
                "require": {
                    "kind": "all_of",
                    "children": [
                        {"kind": "fact", "fact": "locked", "test": {"is_": True}},
                        {
                            "kind": "any_of",
                            "strength": "should",
                            "children": [
                                {"kind": "fact", "fact": "camera", "test": {"is_": True}},
                                {
                                    "kind": "not",
                                    "children": [{"kind": "fact", "fact": "locked", "test": {"is_": True}}],
                                },
                            ],
                        },
                    ],
                },
            }
        ],
        "equipment": ["locked", "camera"],
        "definitions": [
            {
                "document": "home",
                "term": "thumbturn",
                "clause": "注2",
                "genus": both("錠の部品", "part of a lock"),
                "features": [{"id": "inside", "ja": "内側にある", "en": "is inside"}],
            }
        ],
    }
)


class FakeKnowledge:
    """Answers from the small corpus by fixed rules; notes what it was asked."""

    def __init__(self) -> None:
        self.corpus = CORPUS
        self.corpus_hash = "0123456789abcdef"
        self.asked: list[tuple[str, dict[str, Any], str | None]] = []

    def ask(
        self,
        question: str,
        guidelines: tuple[str, ...] = (),
        facts: dict[str, str | bool] | None = None,
        previous: str | None = None,
    ) -> Answer:
        self.asked.append((question, dict(facts or {}), previous))
        if "壊れる" in question:
            raise RuntimeError("secret detail of the program")
        lit_question = any(word in f"{previous or ''} {question}" for word in ("EV", "lux", "lx"))
        if "鍵" in question or "lock" in question:
            return answer_mailbox(question)
        return answer_figures(question, facts or {}) if lit_question else answer_nothing(question)

    def search(self, query: str, k: int = 10) -> list[SearchHit]:
        found = [c for c in self.corpus.clauses if c.text is not None and any(w in c.text.ja for w in query.split())]
        return [
            SearchHit(document=c.document, locator=c.locator, label=c.locator, text=c.text.ja, score=1)  # type: ignore[union-attr]
            for c in found[:k]
        ]


def language_of(question: str) -> str:
    return "en" if question.isascii() else "ja"


def cite(names: list[str], language: str) -> list[dict[str, Any]]:
    clauses = [CORPUS.by_id[name] for name in names]
    return [
        {
            "document": c.document,
            "title": "題名",
            "locator": c.locator,
            "label": CORPUS.label(c, language),
            "text": c.text.get(language) if c.text else "",
            "note": c.note.get(language) if c.note else None,
            "quote": "原文の一文" if c.locator == "1/(1)/・1" else None,
            "strength": c.strength,
        }
        for c in clauses
    ]


def make_answer(question: str, **parts: Any) -> Answer:
    base = {"question": question, "language": language_of(question), "search": {"mode": "hybrid", "took_ms": 1}}
    return Answer.model_validate(base | {"text": f"**{parts['headline']}**"} | parts)


def answer_figures(question: str, facts: dict[str, str | bool]) -> Answer:
    rows = [("home", "1/(1)/・1", 50, "entrance"), ("home", "1/(1)/・2", 20, "other"), ("shop", "第1/ア", 20, None)]
    kept = [row for row in rows if "floor" not in facts or row[3] in (None, facts["floor"])]
    conditions = [
        {"building": "store" if d == "shop" else "apartment"} | ({"floor": f} if f else {}) for d, _, _, f in kept
    ]
    values = [
        {
            "value": v,
            "operator": ">=",
            "unit": "lx",
            "approximate": True,
            "measure": "average_horizontal",
            "property": "illuminance",
            "place": "elevator_hall",
            "conditions": when,
            "strength": "shall",
            "document": d,
            "locator": at,
        }
        for (d, at, v, _), when in zip(kept, conditions, strict=True)
    ]
    language = language_of(question)
    options = [
        {"value": f, "label": CORPUS.vocabulary.facts["floor"].choices[f].label.get(language)}
        for f in ("entrance", "other")
    ]  # type: ignore[union-attr]
    missing = [] if "floor" in facts else [{"fact": "floor", "question": "どの階ですか。", "options": options}]
    stated = "30" in question
    findings = [
        {
            "document": d,
            "locator": at,
            "conditions": when,
            "verdict": "pass" if v <= 30 else "fail",
            "strength": "shall",
        }
        | {"actual": "30ルクス", "required": f"{v}ルクス以上", "shortfall": None if v <= 30 else "20ルクス不足"}
        for (d, at, v, _), when in zip(kept, conditions, strict=True)
    ]
    verdict = {"value": "unknown" if missing else "pass", "strength": "shall", "findings": findings}
    return make_answer(
        question,
        status="needs_facts" if stated and missing else "answered",
        headline="エレベーターホールの照度は条件によって違います："
        + "／".join(f"{d} {v}ルクス以上" for d, _, v, _ in kept)
        + "。" * 40,
        values=values,
        verdict=verdict if stated else None,
        citations=cite([f"{d} {at}" for d, at, _, _ in kept], language),
        missing=missing,
        understood=[
            {"span": [0, 5], "surface": "EVホール", "concept": "near_to=elevator_hall", "label": "EVの近く"},
            {"span": [0, 5], "surface": "EVホール", "concept": "elevator_hall", "label": "エレベーターホール"},
        ],
    )


def answer_mailbox(question: str) -> Answer:
    finding = {
        "document": "home",
        "locator": "1/(2)",
        "verdict": "fail",
        "strength": "should",
        "actual": "施錠できない",
    }
    verdict = {"value": "fail", "strength": "should", "findings": [finding | {"required": "施錠できる"}]}
    return make_answer(
        question,
        status="answered",
        headline="住宅指針：郵便受箱は施錠できるものが望ましい。",
        text="**住宅指針：郵便受箱は施錠できるものが望ましい。**\n\n"
        "指針そのものの拘束力：<i>なし</i>\n\n- 一つ\n- 二つ\n\n注意：本文と図で食い違う。",
        verdict=verdict if "がない" in question else None,
        citations=cite(["home 1/(2)"], language_of(question)),
    )


def answer_nothing(question: str) -> Answer:
    return make_answer(question, status="not_covered", headline="収録している指針には定めがありません。")


def open_part(app: AppTest, key: str) -> AppTest:
    """Open a part of a page that draws its content when it is opened."""
    app.session_state[key] = True
    return app.run()


def shown(app: AppTest) -> str:
    """Return everything that a page says, as one text."""
    return "\n".join(_words(app.main))


def _words(node: Any) -> Iterator[str]:
    proto = getattr(node, "proto", None)
    for name in ("body", "label", "placeholder", "default", "code_text"):
        yield str(getattr(proto, name, "") or "")
    for child in getattr(node, "children", {}).values():
        yield from _words(child)
