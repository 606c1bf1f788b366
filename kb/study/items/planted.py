"""One fault planted in a true sentence: what was changed, from what to what, and why the result is false."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.model.base import Text
from kb.model.corpus import Clause, Figure
from kb.model.study import Contrast, Fault
from kb.quantity.mention import Mention
from kb.study.holes import Hole, show, show_hole
from kb.study.items.figures import find_wrong, is_false_when_told
from kb.study.items.hints import find_words
from kb.study.proof import key_of
from kb.study.sources import Source

_FLIPS_JA = {"以上": "以下", "以下": "以上", "未満": "以上"}
_FLIPS_EN = (("or more", "or less"), ("or less", "or more"))
_FLIPS_EN_BEFORE = (
    ("at least ", "at most "),
    ("at most ", "at least "),
    ("below ", "at least "),
    ("under ", "at least "),
    ("less than ", "at least "),
)
_GIVEN_AWAY = re.compile(r"^(以上|以下|未満)離")
"""Words after which the other direction is no sentence ("1.8m以下離す")."""
_OPPOSITE = {">=": ("<=", "<"), ">": ("<=", "<"), "<=": (">=", ">"), "<": (">=", ">")}


@dataclass(frozen=True)
class Plant:
    """A false statement made of a true one."""

    fault: Fault
    text: Text
    said: Text
    truth: Text
    document: str
    slot: str = ""


def plant_all(clause: Clause, source: Source) -> Iterator[Plant]:
    """Give every false statement that can be made of a clause and proven false."""
    holes = source.holes(clause)
    for hole in holes:
        yield from plant_figure(hole, source)
        yield from plant_direction(hole, source)
        yield from plant_guideline(hole, source)
    yield from plant_place(clause, holes, source)
    for number, contrast in enumerate(source.guide.contrasts):
        yield from plant_contrast(clause, contrast, number)
    yield from plant_term(clause, source)
    yield from plant_strength(clause, source)


def plant_figure(hole: Hole, source: Source) -> Iterator[Plant]:
    """Put a figure that the guideline states nowhere for this place and case; sibling clauses' figures first."""
    fillable = [one for one in find_wrong(hole, source) if hole.filled(one.value) is not None]
    wrong = [one for one in fillable if is_false_when_told(one, hole)][:3]
    siblings = [one for one in wrong if one.origin is not None] or wrong
    if siblings and not hole.is_range:
        chosen = siblings[pick(hole.clause.id + hole.slot, len(siblings))]
        text = hole.filled(chosen.value)
        assert text is not None
        yield Plant("figure", text, show(chosen.value), show_hole(hole), hole.clause.document, hole.slot)


def plant_direction(hole: Hole, source: Source) -> Iterator[Plant]:
    """Turn 以上 into 以下 and the like, where no clause states the figure that way round."""
    text = hole.clause.text
    if len(hole.ja) != 1 or len(hole.en) != 1 or hole.is_range or text is None or "少なくとも" in text.ja:
        return
    if _GIVEN_AWAY.search(text.ja[hole.ja[0].span[1] :]) or _tells_what_is_seen(hole, text.ja):
        return
    opposite = _OPPOSITE.get(hole.figures[0].operator)
    if opposite is None or _states(hole, opposite, source):
        return
    ja, en = _flip_ja(text.ja, hole.ja[0]), _flip_en(text.en, hole.en[0])
    if ja is not None and en is not None:
        said = Text(ja=f"「{ja[1]}」", en=f"“{en[1]}”")
        yield Plant(
            "direction", Text(ja=ja[0], en=en[0]), said, Text(ja=f"「{ja[2]}」", en=f"“{en[2]}”"), hole.clause.document
        )


def _tells_what_is_seen(hole: Hole, text: str) -> bool:
    """Tell whether a sentence says what the light lets one see, which "or less" would contradict."""
    return hole.value.unit == "lx" and re.search(r"見分け|識別|視認", text) is not None


def _states(hole: Hole, operators: tuple[str, ...], source: Source) -> bool:
    return any(
        found.operator in operators and key_of(found.value) == key_of(hole.value)
        for figure in hole.figures
        for _, found in source.book.meets(hole.clause.document, hole.clause, figure)
    )


def _flip_ja(text: str, mention: Mention) -> tuple[str, str, str] | None:
    end = mention.span[1]
    word = text[end : end + 2]
    if word not in _FLIPS_JA:
        return None
    flipped = _FLIPS_JA[word]
    return text[:end] + flipped + text[end + 2 :], mention.surface + flipped, mention.surface + word


def _flip_en(text: str, mention: Mention) -> tuple[str, str, str] | None:
    start, end = mention.span
    for word, flipped in _FLIPS_EN:
        after = re.match(r"\s+" + word + r"\b", text[end:])
        if after:
            close = end + after.end()
            return f"{text[:end]} {flipped}{text[close:]}", f"{mention.surface} {flipped}", f"{mention.surface} {word}"
    for word, flipped in _FLIPS_EN_BEFORE:
        if text[:start].endswith(word):
            opening = start - len(word)
            return text[:opening] + flipped + text[start:], flipped + mention.surface, word + mention.surface
    return None


def plant_guideline(hole: Hole, source: Source) -> Iterator[Plant]:
    """Give the sentence to another guideline that states other figures for the same place and case."""
    clause = hole.clause
    if clause.text is None or hole.is_range or "表" in clause.locator or any(f.place is None for f in hole.figures):
        return
    for document in source.corpus.documents:
        if document.id == clause.document:
            continue
        stated = [pair for figure in hole.figures for pair in source.book.meets(document.id, clause, figure)]
        exact = [pair for pair in stated if any(pair[1].place == figure.place for figure in hole.figures)]
        if not exact or any(key_of(found.value) == key_of(hole.value) for _, found in stated):
            continue
        if names_a_guideline(clause.text, source):
            continue
        there, here = source.short(document.id), source.short(clause.document)
        figure = source.describer.figure
        theirs = {lang: "・".join(dict.fromkeys(figure(f, lang) for _, f in exact)) for lang in ("ja", "en")}
        truth = Text(
            ja=f"{here.ja}の内容で、{there.ja}では{theirs['ja']}",
            en=f"the {here.en}, while the {there.en} has {theirs['en']}",
        )
        yield Plant("scope", clause.text, there, truth, document.id, document.id)


def names_a_guideline(text: Text, source: Source) -> bool:
    """Tell whether a sentence names one of the guidelines."""
    ja, en = text.ja.lower(), text.en.lower()
    return any(name in ja or name in en for name in source.guideline_names)


def plant_place(clause: Clause, holes: list[Hole], source: Source) -> Iterator[Plant]:
    """Put a place for which the guideline states another figure, where the sentence names one place once."""
    if clause.text is None or len(clause.places) != 1 or {"floor", "side", "location"} & clause.when.keys():
        return
    for hole in holes:
        mine = {figure.place for figure in hole.figures}
        if len(mine) != 1 or None in mine or len(hole.figures) != 1:
            continue
        figure = hole.figures[0]
        for other in _places_with_other_figures(clause, figure, source):
            swapped = _swap_place(clause.text, str(figure.place), other[1], source)
            if swapped is not None:
                text, said, was = swapped
                yield Plant("place", text, said, was, clause.document, str(other[1]))
                return


def _places_with_other_figures(clause: Clause, figure: Figure, source: Source) -> list[tuple[str, str]]:
    book = source.book
    found: dict[str, bool] = {}
    for other, one in book.of(clause.document, figure.property):
        plain = not ({"floor", "side", "location"} & {**other.when, **one.when}.keys())
        if one.place is None or book.places_meet(one.place, figure.place) or not plain:
            continue
        stated = book.true_values(clause.document, other, [one])
        differs = key_of(figure.value) not in stated and one.measure == figure.measure
        found[one.place] = found.get(one.place, True) and differs
    names = [(place, place) for place, fine in found.items() if fine]
    return sorted(names, key=lambda pair: hashlib.sha256((clause.id + pair[0]).encode()).digest())


def _swap_place(text: Text, mine: str, other: str, source: Source) -> tuple[Text, Text, Text] | None:
    places = source.corpus.vocabulary.places
    done = []
    for language in ("ja", "en"):
        said = text.get(language)
        surfaces = [places[mine].label.get(language), *places[mine].aliases.get(language)]
        here = [s for s in sorted(surfaces, key=len, reverse=True) if s and s in said]
        new = places[other].label.get(language)
        if (
            not here
            or said.count(here[0]) != 1
            or new in said
            or _inside_a_longer_name(said, here[0], language, source)
            or here[0].startswith("inside ")
            or find_words(new + " " + here[0], language) & find_words(said.replace(here[0], ""), language)
        ):
            return None
        done.append((said.replace(here[0], new), new, here[0]))
    return tuple(Text(ja=done[0][n], en=done[1][n]) for n in range(3))  # type: ignore[return-value]


def _inside_a_longer_name(text: str, surface: str, language: str, source: Source) -> bool:
    for place in source.corpus.vocabulary.places.values():
        for name in (place.label.get(language), *place.aliases.get(language)):
            if surface in name and name != surface and name in text:
                return True
    joined = (
        r"[ァ-ヶー一-龠々]"
        + re.escape(surface)
        + "|"
        + re.escape(surface)
        + r"(以外|のほか|のある|のない|がある|の出入口)"
    )
    return bool(re.search(joined, text))


def plant_contrast(clause: Clause, contrast: Contrast, number: int) -> Iterator[Plant]:
    """Put one expression of a contrast for the other, where each stands exactly once in its sentence."""
    if clause.text is None or (contrast.where and clause.id not in contrast.where):
        return
    (ja, ja_new), (en, en_new) = contrast.ja, contrast.en
    if clause.text.ja.count(ja) == 1 and clause.text.en.count(en) == 1 and ja_new not in clause.text.ja:
        text = Text(ja=clause.text.ja.replace(ja, ja_new), en=clause.text.en.replace(en, en_new))
        yield Plant(
            contrast.fault,
            text,
            Text(ja=f"「{ja_new}」", en=f"“{en_new}”"),
            Text(ja=f"「{ja}」", en=f"“{en}”"),
            clause.document,
            f"{number}:{ja}",
        )


def plant_term(clause: Clause, source: Source) -> Iterator[Plant]:
    """Put a near term for the term that a clause defines, where its name stands once in each sentence."""
    if clause.text is None or clause.kind != "definition":
        return
    terms = source.corpus.vocabulary.terms
    defined = {d.term for d in source.corpus.definitions if d.document == clause.document}
    for definition in source.corpus.definitions:
        if (definition.document, definition.clause) != (clause.document, clause.locator):
            continue
        mine = terms[definition.term].label
        for other in definition.contrast:
            theirs = terms[other].label
            if (
                mine.ja in clause.text.en
                or other not in defined
                or theirs.ja in clause.text.ja
                or mine.ja in theirs.ja
                or theirs.ja in mine.ja
            ):
                continue
            en = re.findall(re.escape(mine.en), clause.text.en, re.IGNORECASE)
            if clause.text.ja.count(mine.ja) != 1 or len(en) != 1 or f"{mine.ja}（" in clause.text.ja:
                continue
            theirs_en = theirs.en[0].upper() + theirs.en[1:] if en[0][0].isupper() else theirs.en
            text = Text(ja=clause.text.ja.replace(mine.ja, theirs.ja), en=clause.text.en.replace(en[0], theirs_en))
            yield Plant("term", text, theirs, mine, clause.document, other)


def plant_strength(clause: Clause, source: Source) -> Iterator[Plant]:
    """Say that a guideline words a requirement as a recommendation or the other way round, where it uses both wordings.

    The statement is about the wording, for a guideline may oblige nobody whatever its wording. Basic principles, from
    which requirements follow, are left out.
    """
    strengths = [c.strength for c in source.clauses if c.document == clause.document]
    if (
        clause.text is None
        or min(strengths.count("shall"), strengths.count("should")) < 5
        or clause.text.ja.count("。") != 1
        or "principles" in clause.topics
    ):
        return
    if clause.strength != only_strength(clause, source):
        return
    ja, en = clause.text.ja, clause.text.en
    if clause.strength == "should" and ja.endswith("ことが望ましい。") and "t is desirable" in en:
        text = Text(
            ja=ja.replace("ことが望ましい。", "ことが必須と書かれている。"),
            en=re.sub(r"\b([Ii]t) is desirable", _worded_as_mandatory, en),
        )
        yield Plant(
            "strength",
            text,
            Text(ja="必須", en="the wording of a requirement"),
            Text(ja="「望ましい」（推奨）", en="the wording of a recommendation"),
            clause.document,
        )
    elif (
        clause.strength == "shall"
        and re.search(r"[うくぐすつぬぶむる]。$", ja)
        and not re.search(r"(努め|配慮す|望ま)", ja)
    ):
        text = Text(
            ja=ja[:-1] + "ことが望ましい（推奨）と書かれている。",
            en=f"The guideline words this as desirable only: {en}",
        )
        yield Plant(
            "strength",
            text,
            Text(ja="「望ましい」（推奨）", en="the wording of a recommendation"),
            Text(ja="「〜する」（要求の書き方）", en="the wording of a requirement"),
            clause.document,
        )


def _worded_as_mandatory(found: re.Match[str]) -> str:
    return f"{'The' if found[1] == 'It' else 'the'} guideline words it as mandatory"


def only_strength(clause: Clause, source: Source) -> str | None:
    """Return the strength that every requirement and node of a clause has; None where they differ or there is none."""
    found: set[str | None] = set()
    for requirement in source.corpus.requirements:
        if requirement.document != clause.document or requirement.clause != clause.locator:
            continue
        found.add(requirement.strength)
        pending = [requirement.require]
        while pending:
            node = pending.pop()
            pending += node.children
            found |= {node.strength} if node.strength else set()
    return found.pop() if len(found) == 1 else None


def pick(seed: str, count: int) -> int:
    """Return a position below `count` that depends on nothing but the seed."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big") % count
