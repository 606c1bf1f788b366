"""Read what a text tells of an area survey: businesses with distances, shares, a dividing road, an estate, a complex.

Nothing is decided here. What is spoken of is told (with its value), told as not known, or not told at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from kb.area.facts import holds
from kb.model.language import LanguageCues
from kb.model.procedure import AreaClass, AreaProcedure, AreaReading, FacilityKind, ProcedureFigure
from kb.procedure.fields import ANY, Known, Span
from kb.quantity import Mention, Quantity, find_quantities
from kb.text import fold, normalize

_PART = re.compile(r"[。!?;、\n]|[.,](?!\d)")
_SENTENCE = re.compile(r"[。!?;\n]|\.(?!\d)")
_HAIR = Fraction(1, 1000)
"""The least step beyond a limit (`less than 4 m` reaches up to 3.999 m)."""

_ABOUT = Fraction(1, 20)
"""How far a number told as approximate may be off."""


@dataclass(frozen=True)
class Claim:
    """The class that a text gives to an area, or (denied) did not give it."""

    wanted: AreaClass
    denied: bool


@dataclass(frozen=True)
class Thing:
    """Something named: a kind of facility, or things of a class without their kind."""

    start: int
    end: int
    area_class: AreaClass | None
    kind: FacilityKind | None = None
    generic: bool = False

    @property
    def is_special(self) -> bool:
        """Whether it may be of the special area, and is not said to be of another."""
        return self.area_class == "special" or (self.kind is not None and "special" in self.kind.may_be)

    @property
    def may_be(self) -> tuple[str, ...]:
        """The classes that it may have."""
        return self.kind.may_be if self.kind is not None else (str(self.area_class),)


@dataclass(frozen=True)
class Length:
    """A length that is no width of a road: its values, and where it stands."""

    start: int
    end: int
    span: Span


@dataclass(frozen=True)
class ShareTold:
    """A share of one class among what stands there."""

    start: int
    area_class: AreaClass | None
    span: Span
    counted: bool = False


class AreaScanner:
    """Finds kinds, things and classes in texts; compiled once from a procedure."""

    def __init__(self, area: AreaProcedure, reading: AreaReading, cues: LanguageCues) -> None:
        self.area, self.reading, self.cues = area, reading, cues

    @cached_property
    def _things(self) -> list[tuple[re.Pattern[str], AreaClass | None, FacilityKind | None]]:
        found: list[tuple[re.Pattern[str], AreaClass | None, FacilityKind | None]] = []
        for kind in self.area.kinds:
            if len(kind.may_be) < 3:  # `other` and `unknown` name no kind
                japanese = [*(re.escape(fold(n)) for n in kind.names.ja), *kind.said.ja]
                english = [*(re.escape(fold(n)) for n in kind.names.en), *kind.said.en]
                found.append((_either(japanese, english), None, kind))
        for area_class, phrases in self.reading.things.items():
            found.append((_either(phrases.ja, phrases.en), area_class, None))
        found.append((_either(self.reading.not_things.ja, self.reading.not_things.en), None, None))
        return found

    @cached_property
    def _claims(self) -> re.Pattern[str]:
        """What follows a class in Japanese where it is given."""
        return re.compile("|".join(self.reading.claim.ja))

    def claim(self, text: str) -> Claim | None:
        """Return the class that a text gives: the last one named that does not only say what things are meant."""
        reading, found = self.reading, None
        for area_class, phrases in reading.classes.items():
            for match in phrases.pattern.finditer(text):
                rest = text[match.end() :]
                bare = not rest or rest[0] in "。、" or (rest[0].isascii() and not rest[0].isdigit())
                if reading.content.pattern.match(rest) or not (bare or self._claims.match(rest)):
                    continue
                if found is None or match.start() > found[0]:
                    found = (match.start(), match.end(), area_class)
        if found is None:
            return None
        start, end, wanted = found
        here = text[max(0, start - 24) : end + 24]
        return Claim(wanted, bool(reading.denied.search(here)))

    def things(self, text: str) -> list[Thing]:
        """Return what is named, in order; where two overlap the longer one."""
        masked = self._mask(text)
        found = [
            Thing(m.start(), m.end(), cls, kind, kind is None)
            for pattern, cls, kind in self._things
            for m in pattern.finditer(masked)
        ]
        kept: list[Thing] = []
        for one in sorted(found, key=lambda t: (t.start - t.end, t.generic)):
            if all(one.end <= other.start or other.end <= one.start for other in kept):
                kept.append(one)
        return sorted((t for t in kept if t.kind or t.area_class), key=lambda t: t.start)

    def _mask(self, text: str) -> str:
        """Blank the names of classes where they are given, so that they name no things."""
        for phrases in self.reading.classes.values():
            for match in list(phrases.pattern.finditer(text)):
                if not self.reading.content.pattern.match(text[match.end() :]):
                    text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
        return text


def _either(japanese: Iterable[str], english: Iterable[str]) -> re.Pattern[str]:
    whole = [rf"(?<![a-z])(?:{one})(?:e?s)?(?![a-z])" for one in english]
    return re.compile("|".join((*japanese, *whole)) or r"(?!)")


class AreaText:
    """One text, with what it tells of a survey."""

    def __init__(self, text: str, scanner: AreaScanner) -> None:
        self.text, self._reading = text, scanner.reading
        self._scanner = scanner
        self.things = scanner.things(text)
        self._parts = list(_cut(_PART, text))
        self._sentences = list(_cut(_SENTENCE, text))
        self._unknown = [part for part in self._parts if scanner.cues.unknown.search(text[slice(*part)])]
        self._quantities = [(m.span, m) for m in find_quantities(normalize(text))]

    def says(self, phrases: str) -> bool:
        """Tell whether an expression of the reading stands anywhere in the text."""
        return bool(getattr(self._reading, phrases).search(self.text))

    def part_of(self, position: int) -> tuple[int, int]:
        """Return the part (between commas) that a position lies in."""
        return next(p for p in self._parts if p[0] <= position <= p[1])

    def sentence_of(self, position: int) -> tuple[int, int]:
        """Return the sentence that a position lies in."""
        return next(s for s in self._sentences if s[0] <= position <= s[1])

    def asks_content(self) -> bool:
        """Tell whether the text asks what, how or which rather than whether; what is told as unknown asks nothing."""
        told = [self.text[a : b + 1] for a, b in self._parts if (a, b) not in self._unknown]
        return self.says("choice") or any(self._reading.open.search(part) for part in told)

    def unknown(self, *phrases: str) -> bool:
        """Tell whether a part says of one of these matters that it is not known."""
        patterns = [getattr(self._reading, name) for name in phrases]
        return any(p.search(self.text[slice(*part)]) for part in self._unknown for p in patterns)

    @property
    def has_unknown(self) -> bool:
        """Whether anything is told as not known."""
        return bool(self._unknown)

    def is_unknown_at(self, position: int) -> bool:
        """Tell whether the part at a position says that something is not known."""
        return self.part_of(position) in self._unknown

    def negated_at(self, position: int) -> bool:
        """Tell whether the part at a position is worded negatively."""
        return self._scanner.cues.negated(self.text[slice(*self.part_of(position))])

    @staticmethod
    def holds(figure: ProcedureFigure, span: Span) -> Known:
        """Tell whether a length satisfies a figure."""
        return holds(figure, span, "m")

    def is_absent(self, thing: Thing) -> bool:
        """Tell whether something is named to say that there is none of it; the last of a list speaks for all."""
        last = thing
        for other in self.things:
            if other.start >= last.end and self._reading.joined.pattern.fullmatch(self.text[last.end : other.start]):
                last = other
        return any(self._reading.absent.is_at(self.text, t.start, t.end) for t in (thing, last))

    @cached_property
    def lengths(self) -> list[Length]:
        """The lengths told that are neither widths of a road nor the name of a rule."""
        return [Length(*m.span, self._length_span(m)) for m in self._lengths() if not self._is_width(m)]

    @cached_property
    def widths(self) -> list[Span]:
        """The widths of roads that are told."""
        return [self._length_span(m) for m in self._lengths() if self._is_width(m)]

    @cached_property
    def shares(self) -> list[ShareTold]:
        """The shares told, in percent, as a fraction, or by numbers of buildings."""
        found = []
        for (start, end), mention in self._quantities:
            if mention.value.unit in ("percent", "ratio"):
                found.append(ShareTold(start, self._class_near(start, end), _share_span(mention)))
        for word in () if found else self._reading.share_words:
            for match in word.words.pattern.finditer(self.text):
                share = word.value.base
                found.append(ShareTold(match.start(), self._class_near(*match.span()), Span(low=share, high=share)))
        for match in self._reading.counted.pattern.finditer(self.text):
            numbers = sorted((int(match[g]), match.span(g)) for g in range(1, len(match.groups()) + 1) if match[g])
            (part, at), (whole, _) = numbers[0], numbers[-1]
            if whole:
                share = Fraction(part, whole)
                found.append(ShareTold(at[0], self._class_near(*at), Span(low=share, high=share), counted=True))
        return found

    def _lengths(self) -> Iterator[Mention]:
        for (_, end), mention in self._quantities:
            if mention.value.dimension == "length" and not self._reading.rule.pattern.match(
                self.text[end : end + 24].lstrip(" -")
            ):
                yield mention

    def _is_width(self, mention: Mention) -> bool:
        start, end = mention.span
        text, reading = self.text, self._reading
        before, after = text[max(0, start - 8) : start], text[end : end + 26]
        if reading.width.search(before) and not reading.distances.search(before):
            return True
        if re.match(r"[\s-]*(?:の)?(?:" + reading.width.pattern.pattern + ")", after):
            return True
        plain = re.match(r"[\s-]*(?:(?:以上|未満|以下|の|ある|もある|幅の|wide)\s?)*", after)
        beside = after[plain.end() :] if plain else after
        if (reading.road.pattern.match(beside) or reading.alley.pattern.match(beside)) and not re.match(r"先", after):
            return True
        part = text[slice(*self.part_of(start))]
        has_road = reading.road.search(part) or reading.alley.search(part)
        things = [t for t in self.things if self.part_of(t.start) == self.part_of(start) and t.kind is not None]
        return bool(has_road and reading.divided.search(text) and not things)

    def _length_span(self, mention: Mention) -> Span:
        (start, end), reading = mention.span, self._reading
        if reading.beyond.is_at(self.text, start, end):
            return Span(low=mention.value.base + _HAIR, high=None)
        if mention.operator is None and reading.within.is_at(self.text, start, end):
            return Span(low=Fraction(0), high=mention.value.base)
        return _span(mention, None)

    def _class_near(self, start: int, end: int) -> AreaClass | None:
        """Return the class of the thing nearest to a number: in its part, else the last one before it in its sentence."""
        part, sentence = self.part_of(start), self.sentence_of(start)
        one_class = [t for t in self.things if _class_of(t) is not None]
        here = [t for t in one_class if part[0] <= t.start <= part[1]]
        if here:
            nearest = min(here, key=lambda t: max(t.start - end, start - t.end))
            return _class_of(nearest)
        before = [t for t in one_class if sentence[0] <= t.start < start]
        return _class_of(before[-1]) if before else None

    def distance_of(self, thing: Thing, count: int) -> Span | None:
        """Return the distance told of something: the nearest length of its sentence, or the only one told for the only thing.

        None where no length belongs to it; `count` is how many things are asked about.
        """
        sentence = self.sentence_of(thing.start)
        near = [one for one in self.lengths if sentence[0] <= one.start <= sentence[1]]
        if not near and count == 1 and len(self.lengths) == 1:
            near = self.lengths
        if not near:
            return None
        exact = [one for one in near if one.span.exact] if count == 1 else []
        return min(exact or near, key=lambda one: max(thing.start - one.end, one.start - thing.end)).span

    def near(self, phrases: Callable[[AreaReading], re.Pattern[str]], thing: Thing) -> bool:
        """Tell whether an expression stands in the same part as a thing."""
        return bool(phrases(self._reading).search(self.text[slice(*self.part_of(thing.start))]))


def _class_of(thing: Thing) -> AreaClass | None:
    if thing.area_class is not None:
        return thing.area_class
    named = thing.kind.may_be if thing.kind is not None else ()
    return named[0] if len(named) == 1 and named[0] != "complex" else None


def _cut(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in pattern.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _span(mention: Mention, most: Fraction | None) -> Span:
    value, operator = mention.value.base, mention.operator
    if mention.upper is not None:
        return Span(low=value, high=mention.upper.base)
    if operator in (">=", ">"):
        return Span(low=value + (_HAIR if operator == ">" else 0), high=most)
    if operator in ("<=", "<"):
        return Span(low=Fraction(0), high=value - (_HAIR if operator == "<" else 0))
    if mention.approximate:
        return Span(low=value * (1 - _ABOUT), high=value * (1 + _ABOUT))
    return Span(low=value, high=value)


def _share_span(mention: Mention) -> Span:
    span = _span(mention, Fraction(1))
    return Span(low=min(span.low, Fraction(1)), high=min(span.high or Fraction(1), Fraction(1)))


def below(quantity: Quantity) -> Span:
    """Return every value below a quantity."""
    return Span(low=Fraction(0), high=quantity.base - _HAIR)


__all__ = ["ANY", "AreaScanner", "AreaText", "Claim", "Known", "Length", "ShareTold", "Span", "Thing", "below"]
