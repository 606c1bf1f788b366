"""Figure clozes: a sentence with its figure left out, and figures of sibling clauses beside the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from kb.model.base import Text
from kb.model.corpus import Clause, Figure
from kb.model.study import Claim, Item, Option
from kb.quantity import Quantity, find_quantities
from kb.quantity.units import UNITS, format_number, format_quantity
from kb.study.holes import Hole, show, show_hole
from kb.study.proof import key_of
from kb.study.sources import Source, Wrong, claim

_STEM = Text(
    ja="「{guide}」の内容です。空欄に入る数値はどれですか。",
    en="This is from the {guide}. Which figure belongs in the gap?",
)


_SUFFICES_JA = re.compile(r"満たせば|あればよい|でもよい|てもよい|でよい|ればよい|足りる|認め|適合とする")
_SUFFICES_EN = re.compile(r"\b(suffices?|is enough|are enough|may|need not|accepted|allowed)\b")
_SAME = Text(ja="（空欄には同じ数値が入ります）", en=" (All gaps hold the same figure.)")


def make_clozes(source: Source) -> Iterator[Item]:
    """Give one cloze for each figure that stands in a clause's sentences, the most focused clause of equal ones."""
    chosen: dict[tuple[str, str], Hole] = {}
    for clause in source.clauses:
        for hole in source.holes(clause) if clause.kind != "table" else ():
            key = (clause.document, f"{hole.slot}={hole.value}")
            if key not in chosen or len(clause.figures) < len(chosen[key].clause.figures):
                chosen[key] = hole
    for hole in chosen.values():
        options = _options(hole, source)
        if len(options) >= 3:
            guide = source.short(hole.clause.document)
            stem = Text(ja=_STEM.ja.format(guide=guide.ja), en=_STEM.en.format(guide=guide.en))
            if len(hole.ja) > 1:
                stem = Text(ja=stem.ja + _SAME.ja, en=stem.en + _SAME.en)
            quote = hole.masked()
            yield source.make(
                "cloze", hole.clause, hole.slot, stem, options, quote, claims=_claims(hole, options, source)
            )


def _options(hole: Hole, source: Source) -> list[Option]:
    right = show_hole(hole)
    options = [
        Option(text=right, right=True, why=Text(ja="この条項の数値です。", en="This is the figure of the clause."))
    ]
    if hole.is_range:
        return options + _shifted(hole)
    return options + [
        Option(text=show(wrong.value), right=False, why=explain_wrong(wrong, right, source))
        for wrong in find_wrong(hole, source)[:3]
    ]


def find_wrong(hole: Hole, source: Source) -> list[Wrong]:
    """Return figures that the guideline states nowhere for this place and case, those of sibling clauses first.

    None of them is stated by a clause of the same guideline for the same property where place and conditions meet,
    nor stands anywhere in the sentences of the clause itself.
    """
    key = f"{hole.clause.id}|{hole.slot}|{hole.value}"
    if key not in source.wrong:
        source.wrong[key] = _find_wrong(hole, source)
    return source.wrong[key]


def is_false_when_told(wrong: Wrong, hole: Hole) -> bool:
    """Tell whether a sentence with a wrong figure in its place is false beyond doubt.

    Where a sentence says what suffices, a stricter figure suffices as well, so only a laxer one makes it false.
    """
    text = hole.clause.text
    assert text is not None
    if not (_SUFFICES_JA.search(text.ja) or _SUFFICES_EN.search(text.en)):
        return True
    at_least = {figure.operator in (">=", ">") for figure in hole.figures}
    at_most = {figure.operator in ("<=", "<") for figure in hole.figures}
    laxer = wrong.value.value < hole.value.value
    return (at_least == {True} and laxer) or (at_most == {True} and not laxer)


def _find_wrong(hole: Hole, source: Source) -> list[Wrong]:
    clause = hole.clause
    assert clause.text is not None
    right = hole.value
    taken = source.book.true_values(clause.document, clause, hole.figures)
    taken |= {key_of(m.value) for m in find_quantities(clause.text.ja)} | {key_of(right)}
    found: dict[tuple[str, Fraction], Wrong] = {}
    for document in (clause.document, *(d.id for d in source.corpus.documents if d.id != clause.document)):
        siblings = [
            pair for prop in dict.fromkeys(f.property for f in hole.figures) for pair in source.book.of(document, prop)
        ]
        for pair in sorted(siblings, key=lambda pair: _distance(pair[1].value, right)):
            value = _in_unit(pair[1].value, right.unit)
            if value is not None and pair[1].value_max is None and key_of(value) not in taken:
                found.setdefault(key_of(value), Wrong(value, pair))
    near = (
        4 if right.unit == "year" and any(m.approximate or f.approximate for m in hole.ja for f in hole.figures) else 0
    )
    for rung in sorted(
        source.guide.rungs.get(right.unit, ()), key=lambda rung: _distance_of(Fraction(str(rung)), right)
    ):
        value = Quantity(Fraction(str(rung)), right.unit)
        if key_of(value) not in taken:
            found.setdefault(key_of(value), Wrong(value, None))
    return [wrong for wrong in found.values() if abs(wrong.value.value - right.value) >= near]


def explain_wrong(wrong: Wrong, right: Text, source: Source) -> Text:
    """Say why a figure is wrong: what it belongs to, where a clause states it."""
    shown = show(wrong.value)
    if wrong.origin is None:
        return Text(
            ja=f"この条項の数値は{right.ja}で、{shown.ja}ではありません。",
            en=f"The figure of this clause is {right.en}, not {shown.en}.",
        )
    clause, figure = wrong.origin
    label, name = source.figure_label(clause, [figure]), name_figure(figure, clause, source)
    return Text(
        ja=f"{shown.ja}は{name.ja}の数値です（{label.ja}）。",
        en=f"{shown.en} is the figure of: {name.en} ({label.en}).",
    )


def name_figure(figure: Figure, clause: Clause, source: Source, conditions: bool = True) -> Text:
    """Name what a figure measures, with its place and conditions, in both languages."""
    names = []
    for language in ("ja", "en"):
        describe = source.describer
        name = figure.label.get(language) if figure.label else describe.concept(figure.property, language)
        if figure.place and not figure.label:
            place = describe.concept(figure.place, language)
            joint = "で" if _VERB_FIRST.match(name) else "の"
            name = f"{place}{joint}{name}" if language == "ja" else f"{name} of the {place}"
        case = describe.conditions({**clause.when, **figure.when}, language, skip=("building",)) if conditions else ""
        names.append(name if not case else f"{name}（{case}）" if language == "ja" else f"{name} ({case})")
    return Text(ja=names[0], en=names[1])


_VERB_FIRST = re.compile(r"[一-龠]+[ぁ-ん]*(る|う|く|す|つ|む|ぶ)[一-龠]")
"""A name that begins with a verb ("見分けられる距離"): with の the place would seem to be its object."""


def _claims(hole: Hole, options: list[Option], source: Source) -> tuple[Claim, ...]:
    """Return the statements that the options imply, where the sentences of the clause make a statement at all."""
    assert hole.clause.text is not None
    if not source.is_statement(hole.clause):
        return ()
    document = hole.clause.document
    claims = [claim(source, document, hole.clause.text, True)]
    for wrong in find_wrong(hole, source)[: len(options) - 1]:
        said = hole.filled(wrong.value)
        if said is not None and not hole.is_range and is_false_when_told(wrong, hole):
            claims.append(claim(source, document, said, False, "figure"))
    return tuple(claims)


def _shifted(hole: Hole) -> list[Option]:
    low, high = hole.ja[0].value, hole.ja[0].upper
    assert high is not None
    width = high.value - low.value
    options = []
    for steps in (-1, 1, 2):
        ends = Quantity(low.value + steps * width, low.unit), Quantity(high.value + steps * width, high.unit)
        text = Text(
            ja=f"{format_number(ends[0].value)}～{format_quantity(ends[1], 'ja')}",
            en=f"{format_number(ends[0].value)} to {format_quantity(ends[1], 'en')}",
        )
        why = Text(ja=f"この条項の範囲は{show_hole(hole).ja}です。", en=f"The clause's range is {show_hole(hole).en}.")
        options.append(Option(text=text, right=False, why=why))
    return options


def _in_unit(value: Quantity, unit: str) -> Quantity | None:
    if UNITS[value.unit].dimension != UNITS[unit].dimension:
        return None
    return Quantity(value.base / UNITS[unit].factor, unit)


def _distance(value: Quantity, right: Quantity) -> float:
    return abs(float(value.base) - float(right.base)) / (float(right.base) or 1.0)


def _distance_of(rung: Fraction, right: Quantity) -> float:
    return abs(float(rung) - float(right.value)) / (float(right.value) or 1.0)
