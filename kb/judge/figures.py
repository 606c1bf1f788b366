"""Compare the numbers of a statement with the figures of a clause: value, comparator, range, measure, binding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.judge.profile import Profile
from kb.judge.reading import Reading
from kb.model.contrast import Contrasts
from kb.model.corpus import Figure
from kb.model.knowledge import Vocabulary
from kb.quantity import Mention, compare, format_quantity, same_dimension

if TYPE_CHECKING:
    from kb.judge.align import Clash

NUMBER_WEIGHT = 6.0
"""A number tells as much as the rarest word."""

_COUNTED = frozenset({"count", "times", "persons", "floors"})
_TOWARDS = {">=": 1, ">": 1, "<=": -1, "<": -1, "=": 0, "range": 0}
_WITH = re.compile(r"\s?(?:以上|以下|以内|未満|を?超(?:える)?|まで| or (?:more|less|higher|above|below|fewer|longer))")
_JUDGED = r"(?:十分|足り|適合|満た|よい|可|問題|不足)"
_IF_SO = re.compile(
    r"\s?(?:の照度)?(?:があれば|であれば|なら(?!な)|だったら|しかな|の場合|の(?:所|とき)"
    rf"|で(?:は|も|あって)?(?=[^す]{{0,12}}{_JUDGED}))"
    r"| (?:is|would be|are) (?:enough|sufficient|adequate|acceptable|insufficient)"
    r"| (?:meets|satisfies|complies|passes|fails|does not)"
)


@dataclass(frozen=True)
class FigureCheck:
    """What became of the numbers: clashes, and (support, weight) of each number."""

    clashes: tuple[Clash, ...]
    weights: tuple[tuple[float, float], ...]
    matched: tuple[Figure, ...] = ()


def check_figures(said: Reading, profile: Profile, vocabulary: Vocabulary, contrasts: Contrasts) -> FigureCheck:
    """Compare every number of a statement with the clause's figures of its dimension."""
    clashes: list[Clash] = []
    weights: list[tuple[float, float]] = []
    matched: list[Figure] = []
    for mention, segment in zip(said.quantities, said.quantity_segments, strict=True):
        alike = [f for f in profile.clause.figures if same_dimension(f.value.unit, mention.value.unit)]
        if not alike:
            printed = [q for q in profile.reading.quantities if same_dimension(q.value.unit, mention.value.unit)]
            same = [q for q in printed if compare(q.value, mention.value) == 0]
            if same and all(_opposed(q, mention) for q in same):
                clashes.append(_clash("direction", _with_operator(mention, said), same[0].surface, 0.85))
            elif same:
                weights.append((1.0, NUMBER_WEIGHT))
            elif printed and mention.value.unit not in ("count", "times", "persons"):
                clashes.append(_clash("figure", mention.surface, printed[0].surface, 0.7))
            else:
                light = mention.value.unit in ("count", "times", "persons", "floors")
                weights.append((0.0, NUMBER_WEIGHT / (2 if light else 1)))
            continue
        fitting = [f for f in alike if _binds(said, segment, f, profile, vocabulary)]
        clash = _compare(said, mention, fitting or alike, alike, contrasts)
        if clash is None:
            weights.append((1.0, NUMBER_WEIGHT))
            matched += [f for f in alike if compare(f.value, mention.value) == 0]
        else:
            clashes.append(clash)
    return FigureCheck(tuple(clashes), tuple(weights), tuple(matched))


def _clash(fault: str, said: str, instead: str, sure: float) -> Clash:
    from kb.judge.align import Clash

    return Clash(fault, said, instead, sure)  # type: ignore[arg-type]


def _binds(said: Reading, segment: int, figure: Figure, profile: Profile, vocabulary: Vocabulary) -> bool:
    """Tell whether a figure is about what the statement names: its conditions, place and property."""
    named = {k[2:] for u in said.units for k in u.keys if k[0] == "k"}
    for fact, value in figure.when.items():
        if isinstance(value, bool):
            continue
        values = value if isinstance(value, tuple) else (value,)
        stated = {n.partition("=")[2] for n in named if n.partition("=")[0] == fact}
        if stated and not stated & set(values):
            return False
    here = {c for u in said.units if u.segment == segment for c in u.concepts}
    rivals = {f.property for f in profile.clause.figures} - {figure.property}
    if here & rivals and figure.property not in here:
        return False
    places = {f.place for f in profile.clause.figures if f.place} - {figure.place}
    all_named = {c for u in said.units for c in u.concepts}
    return not (all_named & places and figure.place is not None and figure.place not in all_named)


def _compare(
    said: Reading, mention: Mention, fitting: Sequence[Figure], alike: Sequence[Figure], contrasts: Contrasts
) -> Clash | None:
    """Return the clash of a number with the figures that fit, or None where one of them agrees."""
    claim = _claim(said, mention, contrasts)
    if claim is not None:
        limits = [f for f in fitting if f.operator in (">=", ">", "<=", "<")]
        if limits:
            good = all(_meets(mention, f) for f in limits)
            return None if good == claim else _clash("figure", mention.surface, _write(limits[0], said), 0.9)
    same = [f for f in fitting if _same_value(mention, f)]
    if any(_agrees(mention, f) for f in same) or (same and _is_condition(said, mention)):
        return None
    if same:
        return _clash("direction", _with_operator(mention, said), _write(same[0], said), 0.85)
    elsewhere = [f for f in alike if f not in fitting and _same_value(mention, f)]
    if elsewhere:
        fault = "condition" if any(f.when != fitting[0].when for f in elsewhere) else "figure"
        return _clash(fault, mention.surface, _write(fitting[0], said), 0.85)
    return _clash("figure", _with_operator(mention, said), _write(fitting[0], said), 0.95)


_MODAL = re.compile(r"\b(?:must|shall|should|has to|have to|needs? to|is to be|are to be)\b")
_IF = re.compile(r"(?:^|[,;] )(?:if|where|when|should|in case)\b[^,;]*$")
_IN_CASE = re.compile(r"[^、。]{0,20}?(?:場合|とき(?!め)|なら(?!な)|ときは|のもの(?:は|では))")


def _is_condition(said: Reading, mention: Mention) -> bool:
    """Tell whether a number belongs to the case of which something is said (`2.5mに満たない高さに付けるときは…`)."""
    start = said.text.find(mention.surface.lower())
    if mention.operator is None or start < 0:
        return False
    if said.language == "ja":
        return bool(_IN_CASE.match(said.text, start + len(mention.surface)))
    if _IF.search(said.text[:start]):
        return True
    modal = _MODAL.search(said.text)
    return modal is not None and start < modal.start()


def _opposed(left: Mention, right: Mention) -> bool:
    towards = _TOWARDS.get(left.operator or "=", 0) * _TOWARDS.get(right.operator or "=", 0)
    return towards < 0


def _same_value(mention: Mention, figure: Figure) -> bool:
    ends = [figure.value, *([figure.value_max] if figure.value_max else [])]
    if _counts_up(mention, figure):
        return True
    if mention.upper is not None:
        return figure.value_max is not None and compare(mention.value, figure.value) == 0 and (
            compare(mention.upper, figure.value_max) == 0
        )  # fmt: skip
    return any(compare(mention.value, end) == 0 for end in ends)


def _counts_up(mention: Mention, figure: Figure) -> bool:
    """Tell whether both mean the same whole number and more (`more than one person`, two persons or more)."""
    if mention.value.unit not in _COUNTED or (mention.operator, figure.operator) != (">", ">="):
        return False
    return figure.value.base - mention.value.base == 1


def _agrees(mention: Mention, figure: Figure) -> bool:
    said, theirs = mention.operator, figure.operator
    if _counts_up(mention, figure):
        return True
    if said is None or said == "range" or theirs in ("=", "range") or said == theirs:
        return True
    return said == "=" and theirs in (">=", "<=")


def _meets(mention: Mention, figure: Figure) -> bool:
    order = compare(mention.value, figure.value)
    return {">=": order >= 0, ">": order > 0, "<=": order <= 0, "<": order < 0}[figure.operator]


def _claim(said: Reading, mention: Mention, contrasts: Contrasts) -> bool | None:
    """Tell whether a number is stated as a case that meets the guideline (True), misses it (False), or as its figure."""
    start = said.text.find(mention.surface.lower())
    after = said.text[start + len(mention.surface) :]
    if mention.operator is not None or not _IF_SO.match(after):
        return None
    if any(word in after for word in (*contrasts.missing.ja, *contrasts.missing.en)):
        return False
    if any(word in after for word in (*contrasts.meeting.ja, *contrasts.meeting.en)):
        return True
    return None


def _write(figure: Figure, said: Reading) -> str:
    from kb.messages import say

    upper = "" if figure.value_max is None else format_quantity(figure.value_max, said.language)
    text = say(figure.operator, said.language, value=format_quantity(figure.value, said.language), value_max=upper)
    return say("approximately", said.language, text=text) if figure.approximate else text


def _with_operator(mention: Mention, said: Reading) -> str:
    start = said.text.find(mention.surface.lower())
    end = start + len(mention.surface)
    match = _WITH.match(said.text[end:])
    return said.text[start : end + (match.end() if match else 0)]


def list_numbers(said: Reading) -> Iterator[str]:
    """Yield the numbers of a statement as written."""
    for mention in said.quantities:
        yield mention.surface
