"""Which property a stated number measures: the one named nearest to it, or the only one that it can measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from indexer.tokens import list_lemmas
from kb.ask.frame import Frame
from kb.model.facts import FactValue
from kb.model.knowledge import Vocabulary
from kb.model.requirement import Requirement
from kb.quantity import Mention, same_dimension
from kb.rules.strengths import nodes_of

_CLOSE = 8
"""A word names the number that stands within this many letters of it."""

_FAR = 12

_MANY = 4
"""Up to how many properties every way of handing out the numbers is tried."""

_TIMES = re.compile(r"\s*(?:[x×✕]|by|かける)\s*\Z")

_SIDES = {
    "height": (
        re.compile(r"(?:高さ|縦|(?<![a-z])h|height(?: of)?)[\sはがの:=]*\Z"),
        re.compile(r"\s*(?:high|tall|in height)\b|\s*の?高さ"),
    ),
    "width": (
        re.compile(r"(?:幅|横|(?<![a-z])w|width(?: of)?)[\sはがの:=]*\Z"),
        re.compile(r"\s*(?:wide|across|in width)\b|\s*の?幅"),
    ),
}
"""How the height and the width of a thing are told, before and after the number."""

Stated = dict[str, tuple[FactValue, ...]]


def measures_of(requirement: Requirement) -> dict[str, str | None]:
    """Return how each quantity of a requirement is measured."""
    found: dict[str, str | None] = {}
    for node in nodes_of(requirement.require):
        if node.fact is not None and node.test is not None and node.test.limits:
            found.setdefault(node.fact, node.test.measure)
    return found


def groups_of(requirement: Requirement) -> tuple[frozenset[str], ...]:
    """Return the facts that a requirement asks for together, group by group."""
    groups = []
    for node in nodes_of(requirement.require):
        if node.kind == "all_of":
            groups.append(frozenset(child.fact for child in node.children if child.fact is not None))
    return tuple(group for group in groups if len(group) > 1)


def assign(
    frame: Frame,
    facts: Mapping[str, str | None],
    vocabulary: Vocabulary,
    told: Mapping[str, object],
    groups: Sequence[frozenset[str]] = (),
) -> Iterator[Stated]:
    """Yield the ways in which the numbers of a frame measure these facts (with how the clause measures each).

    One way where words or dimension decide, several where the numbers may be handed out either way. `groups` are the
    facts that a clause asks for together: a number beside one of them, or beside a fact told, is of the same group.
    """
    certain: Stated = {}
    loose: list[Mention] = []
    for mention in frame.quantities:
        fitting = [f for f in facts if f not in told and _measures(vocabulary, f, mention)]
        measured = [p for p in frame.properties if _measures(vocabulary, p, mention)]
        if measured and not any(p in facts for p in measured):
            continue
        named = _named(frame, mention, fitting, {f: vocabulary.facts[f].label.en.lower() for f in fitting})
        if named is not None and named not in certain:
            certain[named] = (FactValue(mention.value, facts[named]),)
        elif fitting:
            loose.append(mention)
    open_facts = [f for f in facts if f not in certain and f not in told]
    for known in (certain, told):
        beside = frozenset[str]().union(*(group for group in groups if group & set(known)))
        open_facts = [f for f in open_facts if f in beside] or open_facts
    near = _nearest_named(frame, loose, open_facts, vocabulary)
    if len(near) < len(loose):
        near = [f for f in open_facts if any({f, one} <= group for group in groups for one in near)] or open_facts
    open_facts = near
    found = False
    for way in _ways(loose, open_facts, facts, vocabulary):
        found = True
        yield {**certain, **way}
    if not found and certain:
        yield certain


def joined(frame: Frame) -> bool:
    """Tell whether two numbers are the sides of one thing (`700×500`)."""
    text = frame.question
    pairs = zip(frame.quantities, frame.quantities[1:], strict=False)
    return any(_TIMES.match(text[a.span[1] : b.span[0]]) for a, b in pairs)


def _nearest_named(frame: Frame, loose: Sequence[Mention], facts: list[str], vocabulary: Vocabulary) -> list[str]:
    """Keep the quantities whose names stand nearest to the numbers: those of the mirror in `700×500の鏡`."""
    if not loose:
        return facts
    distance = {f: _distance(frame, loose, vocabulary.facts[f].label.get(frame.language)) for f in facts}
    least = min(distance.values(), default=_FAR)
    return [fact for fact in facts if distance[fact] == least]


def _distance(frame: Frame, loose: Sequence[Mention], label: str) -> int:
    """Count the letters between the numbers and the nearest content word of a label; `_FAR` where none stands near."""
    text, terms = frame.question.lower(), [t for t in set(list_lemmas(label)) if len(t) > 1 or t > "z"]
    found = [m.span() for term in terms for m in re.finditer(re.escape(term), text)]
    gaps = [max(a - n.span[1], n.span[0] - b, 0) for a, b in found for n in loose]
    return min((gap for gap in gaps if gap <= _FAR), default=_FAR)


def _ways(
    loose: Sequence[Mention], facts: Sequence[str], measures: Mapping[str, str | None], vocabulary: Vocabulary
) -> Iterator[Stated]:
    if not loose or len(facts) > 3 * _MANY or len(loose) > _MANY:
        return
    fitting = [f for f in facts if any(_measures(vocabulary, f, m) for m in loose)]
    if len(fitting) > _MANY:
        return
    count = min(len(loose), len(fitting))
    for chosen in permutations(fitting, count):
        for numbers in [loose] if len(loose) == count else [list(n) for n in permutations(loose, count)]:
            pairs = list(zip(chosen, numbers, strict=True))
            if all(_measures(vocabulary, f, m) for f, m in pairs):
                yield {f: (FactValue(m.value, measures[f]),) for f, m in pairs}


def _measures(vocabulary: Vocabulary, fact: str, mention: Mention) -> bool:
    unit = vocabulary.facts[fact].unit
    return unit is not None and same_dimension(unit, mention.value.unit)


def _side(frame: Frame, mention: Mention) -> str | None:
    """Return which side of a thing a number gives (`750 mm high`, `W220mm`), as English labels call it."""
    before, after = frame.question[: mention.span[0]].lower(), frame.question[mention.span[1] :].lower()
    for side, (written_before, written_after) in _SIDES.items():
        if written_before.search(before) or written_after.match(after):
            return side
    return None


def _named(frame: Frame, mention: Mention, facts: Sequence[str], labels: Mapping[str, str]) -> str | None:
    """Return the fact that a number measures: the only one that can, or the one named nearest to it."""
    if len(facts) <= 1:
        return facts[0] if facts else None
    side = _side(frame, mention)
    sided = [f for f in facts if side is not None and side in labels[f]]
    if len(sided) == 1:
        return sided[0]
    distances: dict[str, int] = {}
    for concept in frame.mentions:
        if concept.section == "fact" and concept.id in facts:
            gap = max(concept.span[0] - mention.span[1], mention.span[0] - concept.span[1], 0)
            distances[concept.id] = min(gap, distances.get(concept.id, gap))
    if not distances:
        return None
    nearest = min(distances.values())
    close = [fact for fact, gap in distances.items() if gap == nearest]
    return close[0] if len(close) == 1 and nearest <= _CLOSE else None
