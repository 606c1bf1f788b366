"""Places: a sentence with its place left out, beside places of which the guideline says no such thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model.base import Text
from kb.model.corpus import Clause
from kb.model.study import Item, Option
from kb.study.holes import BLANK
from kb.study.items.hints import choose_wrong
from kb.study.items.planted import pick
from kb.study.proof import key_of
from kb.study.sources import Source, claim

_NARROWED = r"(屋外|屋内|室内|同じ階|outdoor|indoor|open-air)[^。、.,]{0,8}"
"""Words before the gap that fit few places ("an outdoor …")."""
_STEM = Text(
    ja="「{guide}」の内容です。空欄に入る場所はどれですか。",
    en="This is from the {guide}. Which place belongs in the gap?",
)


def make_places(source: Source) -> Iterator[Item]:
    """Give one item for each clause that speaks of one place and names it where it can be left out."""
    for clause in source.clauses:
        if (
            len(clause.places) != 1
            or not source.is_statement(clause)
            or not clause.topics
            or source.subject(clause) == "area"
        ):
            continue
        assert clause.text is not None
        masked = _mask(clause, source)
        wrong = _wrong_places(clause, source)
        if masked is None or len(wrong) < 3:
            continue
        places, guide = source.corpus.vocabulary.places, source.short(clause.document)
        mine = places[clause.places[0]].label
        others = []
        for name in wrong:
            label = places[name].label
            why = Text(
                ja=f"「{label.ja}」については、{guide.ja}にこの内容の定めはありません。",
                en=f"Nothing of the kind is in the {guide.en} for: {label.en}.",
            )
            others.append(Option(text=label, right=False, why=why))
        chosen = choose_wrong(masked, mine, others)
        if chosen is None:
            continue
        options = [
            Option(text=mine, right=True, why=Text(ja="この条項の場所です。", en="The place of the clause.")),
            *chosen,
        ]
        stem = Text(ja=_STEM.ja.format(guide=guide.ja), en=_STEM.en.format(guide=guide.en))
        claims = (claim(source, clause.document, clause.text, True),)
        yield source.make("place", clause, clause.places[0], stem, options, masked, claims=claims)


def _mask(clause: Clause, source: Source) -> Text | None:
    place = source.corpus.vocabulary.places[clause.places[0]]
    assert clause.text is not None
    shown = []
    for language, blank in (("ja", BLANK), ("en", "[      ]")):
        text = clause.text.get(language)
        names = sorted({place.label.get(language), *place.aliases.get(language)}, key=len, reverse=True)
        found = [name for name in names if len(name) > 1 and name in text]
        if not found or text.count(found[0]) > 2:
            return None
        masked = text.replace(found[0], blank)
        if any(name in masked for name in names if len(name) > 1) or _touches(masked, blank):
            return None
        shown.append(masked)
    return Text(ja=shown[0], en=shown[1])


def _touches(masked: str, blank: str) -> bool:
    """Tell whether the gap is a part of a longer word, or is told apart or narrowed by what stands beside it."""
    gap = re.escape(blank)
    before, after = r"[（(ァ-ヶー一-龠々A-Za-z]|以外の|ほかの", r"以外|のほか|[）)ァ-ヶー一-龠々A-Za-z]"
    return bool(re.search(rf"({before}){gap}|{gap}({after})|{_NARROWED}{gap}", masked))


def _wrong_places(clause: Clause, source: Source) -> list[str]:
    """Return places of the guideline, none of whose clauses shares a topic with this one, or whose figures differ.

    A fitting stands beside fittings, and a place proper beside places proper.
    """
    mine, topics = clause.places[0], set(clause.topics)
    book, vocabulary = source.book, source.corpus.vocabulary
    own = [c for c in source.clauses if c.document == clause.document]
    named = dict.fromkeys(place for other in own for place in other.places)
    figures = [figure for hole in source.holes(clause) for figure in hole.figures]
    assert clause.text is not None
    wrong = []
    for place in named:
        if (place in source.guide.fittings) != (mine in source.guide.fittings):
            continue
        if book.places_meet(place, mine) or vocabulary.places[place].label.ja in clause.text.ja:
            continue
        silent = not topics & source.topics_about(clause.document, place)
        differs = any(
            (
                stated := [
                    f
                    for _, f in book.of(clause.document, figure.property)
                    if book.places_meet(f.place, place) and f.place
                ]
            )
            and all(key_of(f.value) != key_of(figure.value) for f in stated)
            for figure in figures
        )
        if silent or differs:
            wrong.append(place)
    return sorted(wrong, key=lambda place: pick(clause.id + place, 1 << 30))
