"""What the reader of a check should know beside the findings: what was written but is not read by any requirement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.design.build import Design
from kb.design.catalogue import Catalogue, list_uses
from kb.design.points import FACT, MEASURE
from kb.model.base import Language, Text
from kb.model.check import Note
from kb.model.knowledge import Corpus
from kb.rules.speaker import Speaker


def list_notes(corpus: Corpus, design: Design, chosen: Iterable[str], language: Language) -> tuple[Note, ...]:
    """List the notes on a design: no type of building, values without measure, facts and places that nothing reads."""
    wanted = set(chosen)
    speaker = Speaker(corpus.vocabulary, language)
    found: list[Note] = []
    if not design.view.building.facts.get("building"):
        found.append(Note(kind="no_building", text=_NO_BUILDING.get(language), where="building"))
    found += _about_points(design, speaker)
    catalogue = list_uses(corpus, wanted)
    subjects = frozenset().union(*(corpus.vocabulary.kinds(one) for one in (*catalogue.subjects, *catalogue.uses)))
    for place in (design.view.building, design.view.operator, *design.view.places):
        where = place.name or speaker.place(place.place)
        if place.place not in ("building", "operator") and place.place not in subjects:
            text = _UNREAD_PLACE.get(language).format(place=speaker.place(place.place))
            found.append(Note(kind="unread_place", text=text, where=where))
            continue
        uses = catalogue.at(place.place, corpus.vocabulary)
        for fact, values in place.facts.items():
            if fact == "building":
                continue
            measures = uses[fact].measures if fact in uses else []
            if not measures and not _is_lent(catalogue, fact):
                text = _UNREAD_FACT.get(language).format(fact=speaker.fact(fact), place=speaker.place(place.place))
                found.append(Note(kind="unread_fact", text=text, where=where))
            elif any(measures) and any(known.measure is None for known in values):
                ways = ("・" if language == "ja" else ", ").join(one for one in measures if one)
                text = _NO_MEASURE.get(language).format(fact=speaker.fact(fact), ways=ways)
                found.append(Note(kind="no_measure", text=text, where=where))
    return tuple(found)


def _about_points(design: Design, speaker: Speaker) -> Iterator[Note]:
    """Say where a value that the file gives differs from the mean of the measured points."""
    places = {place.id: place for place in design.view.places}
    for one in design.measured:
        means = [value for value in places[one.place.id].facts[FACT] if value.measure == MEASURE]
        if len(means) > 1:
            name = one.place.name or speaker.place(one.place.place)
            text = _POINTS_DIFFER.get(speaker.language).format(fact=speaker.fact(FACT))
            yield Note(kind="points", text=text, where=name)


_POINTS_DIFFER = Text(
    ja="書かれた{fact}と測定点の平均が食い違うため、判定しません。どちらかを直してください。",
    en="The {fact} given and the mean of the measured points differ, so it is not judged. Put one of them right.",
)


def _is_lent(catalogue: Catalogue, fact: str) -> bool:
    return any(fact in catalogue.uses.get(owner, {}) for owner in ("building", "operator"))


_NO_BUILDING = Text(
    ja="建物の種類（building）が書かれていないため、どの要件が当てはまるか決まりません。",
    en="The type of building is not given, so it is open which requirements apply.",
)
_UNREAD_PLACE = Text(
    ja="選んだ指針には「{place}」についての要件がありません。この場所は判定していません。",
    en="The chosen guidelines have no requirement on this place: {place}. It was not judged.",
)
_UNREAD_FACT = Text(
    ja="「{fact}」を{place}について見る要件は、選んだ指針にはありません。判定には使っていません。",
    en="No requirement of the chosen guidelines looks at “{fact}” of this place: {place}. It was not used.",
)
_NO_MEASURE = Text(
    ja="「{fact}」の測り方が書かれていないため、測り方を定めた条項は判定できません（measure に {ways} などを書いてください）。",
    en="How “{fact}” was measured is not given, so clauses that say how cannot be judged (write measure: {ways}).",
)
