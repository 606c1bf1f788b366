"""Strictness: figures in order, the strictest of several, and what is only recommended among what is required."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, permutations

from kb.model.base import Text
from kb.model.corpus import Clause, Figure
from kb.model.study import Item, Option
from kb.quantity import Quantity
from kb.study.holes import show
from kb.study.items.figures import name_figure
from kb.study.items.planted import only_strength, pick
from kb.study.proof import key_of
from kb.study.sources import Source

Case = tuple[Clause, Figure, Text]
ASKED = ("illuminance", "survey_radius")
ORDERS, TOPS, STRENGTHS = 8, 8, 24
"""Items per guideline and kind."""


def make_orders(source: Source) -> Iterator[Item]:
    """Give, per guideline: three places in order of their figure, the highest of four, the one recommendation of four."""
    for document in source.corpus.documents:
        for prop in (prop for prop in ASKED if prop in source.corpus.vocabulary.facts):
            cases = _cases(document.id, prop, source)
            yield from _in_order(document.id, prop, cases, source)
            yield from _highest(document.id, prop, cases, source)
        yield from _recommended(document.id, source)


def _cases(document: str, prop: str, source: Source) -> list[Case]:
    """Return one figure per place and conditions; a name that stands for two different figures is left out."""
    found: dict[str, Case] = {}
    unclear = set()
    for clause, figure in source.book.of(document, prop):
        if figure.place is None or clause.kind in ("table", "definition", "explanation") or "表" in clause.locator:
            continue
        if figure.operator not in (">=", "<=") or (prop == "illuminance" and figure.measure != "average_horizontal"):
            continue
        name = name_figure(figure, clause, source)
        if name.ja in found and key_of(found[name.ja][1].value) != key_of(figure.value):
            unclear.add(name.ja)
        found.setdefault(name.ja, (clause, figure, name))
    clear = [case for name, case in found.items() if name not in unclear]
    return [case for case in clear if _only_value(document, case, source)]


def _only_value(document: str, case: Case, source: Source) -> bool:
    """Tell whether every clause that speaks of this place and case states the same figure."""
    clause, figure, _ = case
    return {key_of(figure.value)} == source.book.true_values(document, clause, [figure])


def _names(case: Case) -> Text:
    """Name the place of a case alone: `共用玄関（内側）`."""
    return Text(
        ja=re.sub(r"の(照度|半径|調査半径|調査範囲の半径)", "", case[2].ja), en=re.sub(r"^.*? of the ", "", case[2].en)
    )


def _in_order(document: str, prop: str, cases: list[Case], source: Source) -> Iterator[Item]:
    groups = [g for g in combinations(cases, 3) if len({key_of(c[1].value) for c in g}) == 3]
    guide, what = source.short(document), source.corpus.vocabulary.facts[prop].label
    for group in sorted(groups, key=lambda g: pick("|".join(c[2].ja for c in g), 1 << 30))[:ORDERS]:
        right = sorted(group, key=lambda c: -c[1].value.base)
        orders = sorted(permutations(group), key=lambda order: pick("|".join(c[2].ja for c in order), 1 << 30))
        wrong = [order for order in orders if list(order) != right][:3]
        told = _told(right)
        options = [Option(text=_arrow(right), right=True, why=told)]
        options += [Option(text=_arrow(list(order)), right=False, why=told) for order in wrong]
        stem = Text(
            ja=f"「{guide.ja}」が定める{what.ja}の大きい順に並んでいるのはどれですか。",
            en=f"Which is in descending order of the {what.en} that the {guide.en} sets?",
        )
        yield _item(right, "order:" + "|".join(sorted(c[2].ja for c in group)), stem, options, source)


def _highest(document: str, prop: str, cases: list[Case], source: Source) -> Iterator[Item]:
    groups = [g for g in combinations(cases, 4) if _one_top(g) and len({_names(c).ja for c in g}) == 4]
    guide, what = source.short(document), source.corpus.vocabulary.facts[prop].label
    for group in sorted(groups, key=lambda g: pick("^".join(c[2].ja for c in g), 1 << 30))[:TOPS]:
        ranked = sorted(group, key=lambda c: -c[1].value.base)
        options = [
            Option(
                text=_names(case),
                right=case is ranked[0],
                why=Text(
                    ja=f"{show(case[1].value).ja}です（{source.figure_label(case[0], [case[1]]).ja}）。",
                    en=f"{show(case[1].value).en} ({source.figure_label(case[0], [case[1]]).en}).",
                ),
            )
            for case in group
        ]
        stem = Text(
            ja=f"「{guide.ja}」が定める{what.ja}が最も大きいのはどれですか。",
            en=f"For which of these does the {guide.en} set the greatest {what.en}?",
        )
        yield _item(ranked, "top:" + "|".join(sorted(c[2].ja for c in group)), stem, options, source)


def _one_top(group: tuple[Case, ...]) -> bool:
    values: list[Quantity] = sorted((c[1].value for c in group), key=lambda q: -q.base)
    return key_of(values[0]) != key_of(values[1])


def _told(cases: list[Case]) -> Text:
    return Text(
        ja="、".join(f"{_names(c).ja}は{show(c[1].value).ja}" for c in cases) + "です。",
        en=", ".join(f"{_names(c).en}: {show(c[1].value).en}" for c in cases) + ".",
    )


def _arrow(cases: list[Case]) -> Text:
    return Text(ja=" ＞ ".join(_names(c).ja for c in cases), en=" > ".join(_names(c).en for c in cases))


def _item(ranked: list[Case], slot: str, stem: Text, options: list[Option], source: Source) -> Item:
    told = _told(ranked)
    labels = [source.figure_label(case[0], [case[1]]) for case in ranked]
    explanation = Text(
        ja=told.ja + "根拠：" + "、".join(dict.fromkeys(label.ja for label in labels)),
        en=told.en + " Clauses: " + ", ".join(dict.fromkeys(label.en for label in labels)),
    )
    return source.make("order", ranked[0][0], slot, stem, options, explanation=explanation)


def _recommended(document: str, source: Source) -> Iterator[Item]:
    """Ask which of four is only recommended; each is a clause whose every part has one strength."""
    plain = [
        c
        for c in source.clauses
        if c.document == document
        and source.is_statement(c)
        and only_strength(c, source) == c.strength
        and "principles" not in c.topics
    ]
    wished = [(c, text) for c in plain if c.strength == "should" and (text := _content(c)) is not None]
    asked = [(c, text) for c in plain if c.strength == "shall" and (text := _content(c)) is not None]
    guide = source.short(document)
    for clause, text in wished[:STRENGTHS]:
        others = sorted(
            asked,
            key=lambda pair: (source.subject(pair[0]) != source.subject(clause), pick(clause.id + pair[0].id, 1 << 30)),
        )
        if len(others) < 3:
            return
        options = [
            Option(
                text=text,
                right=True,
                why=Text(ja="「望ましい」（推奨）とされています。", en="It is worded as desirable."),
            )
        ]
        for other, theirs in others[:3]:
            label = source.label(other)
            why = Text(
                ja=f"「〜する」と、要求として書かれています（{label.ja}）。",
                en=f"It is worded as a requirement ({label.en}).",
            )
            options.append(Option(text=theirs, right=False, why=why))
        stem = Text(
            ja=f"「{guide.ja}」で、「〜する」（要求）ではなく「望ましい」（推奨）と書かれているのはどれですか。",
            en=f"Which of these does the {guide.en} word as desirable (recommended) only?",
        )
        yield source.make("order", clause, "recommended", stem, options)


def _content(clause: Clause) -> Text | None:
    """Return what a clause asks for without saying how strongly, in both languages; None where that cannot be told apart."""
    assert clause.text is not None
    ja, en = clause.text.ja, clause.text.en
    if ja.count("。") != 1 or re.search(r"努め|配慮|必ず|してはな|原則", ja):
        return None
    if clause.strength == "should":
        wish = re.match(r"It is desirable to (\w)", en)
        if not ja.endswith("ことが望ましい。") or not wish:
            return None
        return Text(ja=ja.removesuffix("が望ましい。"), en=wish[1].upper() + en[wish.end() :])
    if (
        not re.search(r"[うくぐすつぬぶむる]。$", ja)
        or "望ま" in ja
        or re.search(r"\b(should|must|desirable|shall)\b", en)
    ):
        return None
    if not re.match(
        r"(Install|Place|Fit|Keep|Provide|Use|Put|Make|Set|Take|Maintain|Store|Draw|Appoint|Designate)\b", en
    ):
        return None
    return Text(ja=ja[:-1] + "こと", en=en)
