"""Lay a statement beside a clause: what of it is supported, what is contradicted, and what is not found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kb.ask.figures import KIND, UNRELATED, place_distance
from kb.judge.figures import FigureCheck, check_figures
from kb.judge.moods import check_moods, check_shares
from kb.judge.profile import Profile, ProfileBook
from kb.judge.reading import Reading, Unit, defined_term
from kb.model.contrast import Contrasts
from kb.model.corpus import Definition
from kb.model.judgement import Fault
from kb.model.knowledge import Vocabulary

SUPPORTED = 0.5
_INSTEAD = re.compile(r"ではなく|でなく(?!て)|の代わりに|よりも|rather than|instead of|, not ")
_ASKED = 0.75
_FEW = 4
_NEAR, _SAME = 0.35, 0.75


@dataclass(frozen=True)
class Clash:
    """A part of a statement that a clause contradicts; `sign` says by what it was seen, `sure` (0 to 1) how telling it is."""

    fault: Fault
    said: str
    instead: str
    sure: float
    unit: Unit | None = None
    sign: str = "figure"


@dataclass(frozen=True)
class Alignment:
    """A statement beside one clause: support of each unit (0 to 1) with its weight, clashes, figures.

    `score` is that of retrieval, `like` the likeness of the nearest thing said of the clause, rightly or wrongly.
    """

    profile: Profile
    support: tuple[tuple[Unit, float, float], ...]
    clashes: tuple[Clash, ...]
    figures: FigureCheck
    score: float = 0.0
    like: float = 0.0

    @cached_property
    def share(self) -> float:
        """The weighted share of the statement that is supported; clashing units count neither way."""
        clashing = {c.unit for c in self.clashes if c.unit is not None}
        kept = [(s, w) for u, s, w in self.support if u not in clashing]
        extra = self.figures.weights
        total = sum(w for _, w in kept) + sum(w for _, w in extra)
        return (sum(s * w for s, w in kept) + sum(s * w for s, w in extra)) / total if total else 1.0

    @cached_property
    def whole(self) -> float:
        """The weighted share of the statement that is supported; a clashing unit counts for a third."""
        clashing = {c.unit for c in self.clashes if c.unit is not None}
        kept = [(0.33 if u in clashing else s, w) for u, s, w in self.support] + list(self.figures.weights)
        total = sum(w for _, w in kept)
        return sum(s * w for s, w in kept) / total if total else 1.0

    @cached_property
    def lost(self) -> list[tuple[Unit, float]]:
        """The units that are not found, heaviest first, without those that clash."""
        clashing = {c.unit for c in self.clashes if c.unit is not None}
        found = [(u, w * (1 - s)) for u, s, w in self.support if s < SUPPORTED and u not in clashing]
        return sorted(found, key=lambda one: -one[1])

    @property
    def missing(self) -> float:
        """The weight of everything that is not found, numbers included."""
        return sum(w for _, w in self.lost) + sum(w for s, w in self.figures.weights if s < SUPPORTED)


class Aligner:
    """Aligns statements with clauses of one corpus."""

    def __init__(
        self, vocabulary: Vocabulary, contrasts: Contrasts, book: ProfileBook, definitions: Sequence[Definition]
    ) -> None:
        self._vocabulary = vocabulary
        self._sets = {one.id: one for one in contrasts.sets}
        self.faults_of = {one.id: one.fault for one in contrasts.sets}
        self._contrasts = contrasts
        self._book = book
        self._terms_of: dict[str, frozenset[str]] = {}
        for one in definitions:
            key = f"{one.document} {one.clause}"
            self._terms_of[key] = self._terms_of.get(key, frozenset()) | {one.term}

    def align(self, said: Reading, profile: Profile, score: float) -> Alignment:
        """Align a statement with a clause."""
        support = tuple((u, self._support(u, profile), self._book.weight(u)) for u in said.units)
        figures = check_figures(said, profile, self._vocabulary, self._contrasts)
        held = Alignment(profile, support, (), figures, score)
        clashes = [
            *figures.clashes,
            *self._defined(said, held),
            *self._case(said, held),
            *self._instead(said, held),
            *self._members(said, held),
            *self._concepts(said, held),
            *check_moods(said, held),
            *check_shares(said, held),
            *self._polarity(said, held),
        ]
        return replace(held, clashes=tuple(clashes))

    def _support(self, unit: Unit, profile: Profile) -> float:
        keys = profile.reading.keys
        if any(key in keys or key in profile.wide or key in profile.told for key in unit.keys):
            return 1.0
        if any(self._related(one, profile) for one in unit.concepts):
            return 1.0
        near = self._book.similarity(unit, profile)
        best = min(0.7, (near - _NEAR) / (_SAME - _NEAR)) if near > _NEAR else 0.0
        rivalled = any(r in profile.concepts | profile.text_concepts for t in unit.concepts for r in self._rivals(t))
        if rivalled:
            return min(best, 0.3)
        if unit.parts:
            shares = [self._part(part, profile) for part in unit.parts]
            best = max(best, min(shares) if min(shares) >= SUPPORTED else 0.4 * sum(shares) / len(shares))
        return best

    @staticmethod
    def _part(part: frozenset[str], profile: Profile) -> float:
        if any(key in profile.reading.keys or key in profile.wide or key in profile.told for key in part):
            return 1.0
        return _ASKED if any(key in profile.asked for key in part) else 0.0

    def _related(self, concept: str, profile: Profile) -> bool:
        if concept not in self._vocabulary.places:
            return concept in profile.concepts
        places = {*profile.clause.places, *(c for c in profile.text_concepts if c in self._vocabulary.places)}
        return any(place_distance(self._vocabulary, concept, p) <= KIND for p in places)

    def _members(self, said: Reading, held: Alignment) -> Iterator[Clash]:
        """Find units that are another member of a contrast set than the clause has, in the segment that matches best."""
        reading = held.profile.reading
        for unit in said.units:
            for name, members in unit.members.items():
                theirs = reading.members.get(name)
                if not theirs or members & set(theirs):
                    if theirs and len(theirs) > 1 and len(self._sets[name].members) <= _FEW:
                        yield from self._swapped(said, held, unit, name)
                    continue
                others = set(theirs) - set(said.members.get(name, ()))
                if any(k in reading.keys for k in unit.keys if k[0] in "cg"):
                    continue
                if any(k in held.profile.told for k in unit.keys):
                    continue
                if not others:
                    if unit is self._last(said, name) and set(theirs) - members:
                        written = self._written(reading, name, set(theirs) - members)
                        yield Clash(self._sets[name].fault, unit.surface, written, 0.6, unit, "swapped")
                    continue
                sure = 0.9 if self._same_side(said, held, unit, name, others) else 0.3
                yield Clash(
                    self._sets[name].fault, unit.surface, self._written(reading, name, others), sure, unit, "member"
                )

    @staticmethod
    def _last(said: Reading, name: str) -> Unit:
        """Return the last unit of a statement that is a member of a set: in Japanese, what the sentence ends on."""
        return [u for u in said.units if name in u.members][-1]

    def _same_side(self, said: Reading, held: Alignment, unit: Unit, name: str, others: set[int]) -> bool:
        """Tell whether both texts are affirmative (or both negative) around the two members."""
        mine = said.segments[unit.segment]
        if mine.conceding:
            return False
        theirs = held.profile.reading
        segments = [s for m, places in theirs.members[name].items() if m in others for s in places]
        return any(theirs.segments[s].negative == mine.negative for s in segments)

    def _swapped(self, said: Reading, held: Alignment, unit: Unit, name: str) -> Iterator[Clash]:
        """Find a member that the clause ties to another thing (`投入口を内側に`, where the slot is outside)."""
        reading = held.profile.reading
        mine = unit.members[name]
        anchors = [
            u for u in said.units if u.segment == unit.segment and u is not unit and name not in u.members
            and any(k in reading.keys for k in u.keys)
        ]  # fmt: skip
        if not anchors:
            return
        by_segment: dict[int, float] = {}
        for anchor in anchors:
            segments = frozenset[int]().union(*(reading.keys.get(k, frozenset()) for k in anchor.keys))
            for segment in segments:
                by_segment[segment] = by_segment.get(segment, 0.0) + self._book.weight(anchor) / len(segments)
        best = max(by_segment.values())
        near = {s for s, value in by_segment.items() if value >= 0.999 * best}
        there = {m for m, segments in reading.members[name].items() if segments & near}
        beside = {m for u in said.units if u.segment == unit.segment for m in u.members.get(name, ())} - mine
        if there and not there & mine and not there & beside:
            yield Clash(self._sets[name].fault, unit.surface, self._written(reading, name, there), 0.6, unit, "swapped")

    def _written(self, reading: Reading, name: str, members: set[int]) -> str:
        found = [u.surface for u in reading.units if u.members.get(name, set()) & members]
        return "、".join(dict.fromkeys(found[:2])) if reading.language == "ja" else ", ".join(dict.fromkeys(found[:2]))

    def _case(self, said: Reading, held: Alignment) -> Iterator[Clash]:
        """Find a case that the statement names and the clause is not about (the entrance floor, where it means others)."""
        for fact, value in held.profile.clause.when.items():
            if isinstance(value, bool) or fact == "building":
                continue
            values = {value} if isinstance(value, str) else set(map(str, value))
            named = {k.partition("=")[2]: u for u in said.units for k in u.keys if k.startswith(f"k:{fact}=")}
            if named and not values & named.keys():
                unit = next(iter(named.values()))
                yield Clash("condition", unit.surface, self._choice(fact, values, said.language), 0.8, unit, "case")

    def _choice(self, fact: str, values: set[str], language: str) -> str:
        options = self._vocabulary.facts[fact].choices if fact in self._vocabulary.facts else {}
        found = [options[v].label for v in sorted(values) if v in options]
        labels = [label.get(language) for label in found if label is not None]
        return "、".join(labels) if language == "ja" else ", ".join(labels)

    def _defined(self, said: Reading, held: Alignment) -> Iterator[Clash]:
        """Find a definition whose features are those of another term (`サムターンとは…かんぬきを隠す板`)."""
        clause = held.profile.clause
        subject = defined_term(said)
        terms = self._terms_of.get(clause.id)
        if subject is None or terms is None or not subject.concepts:
            return
        if subject.concepts & terms or not subject.concepts & set(self._vocabulary.terms):
            return
        written = self._label(sorted(terms)[0], said.language)
        yield Clash("term", subject.surface, written, 0.9, subject, "defined")

    def _concepts(self, said: Reading, held: Alignment) -> Iterator[Clash]:
        """Find places and terms that the clause does not have, where it has siblings that the statement leaves out."""
        profile, vocabulary = held.profile, self._vocabulary
        named = {c for u in said.units for c in u.concepts}
        for unit, support, _ in held.support:
            if support >= SUPPORTED and any(k in profile.reading.keys or k in profile.wide for k in unit.keys):
                continue
            if said.segments[unit.segment].conceding:
                continue
            places = [c for c in unit.concepts if c in vocabulary.places]
            if places:
                theirs = [p for p in profile.clause.places if p not in named]
                astray = all(
                    place_distance(vocabulary, p, t) >= UNRELATED for p in places for t in profile.clause.places
                )
                if theirs and astray and not any(c in profile.text_concepts for c in places):
                    yield Clash("place", unit.surface, self._label(theirs[0], said.language), 0.7, unit, "place")
                continue
            terms = [c for c in unit.concepts if c in vocabulary.terms]
            for term in terms:
                rivals = [r for r in self._rivals(term) if r in profile.concepts | profile.text_concepts]
                rivals = [r for r in rivals if r not in named]
                if rivals and term not in profile.concepts | profile.text_concepts:
                    yield Clash("term", unit.surface, self._label(rivals[0], said.language), 0.7, unit, "rival")
                    break

    def _instead(self, said: Reading, held: Alignment) -> Iterator[Clash]:
        """Find what is stated in place of what the clause has (`かご内ではなく廊下`, `A rather than B`)."""
        texts = held.profile.reading.keys
        support = {id(u): s for u, s, _ in held.support}
        for match in _INSTEAD.finditer(said.text):
            before = [u for u in said.units if u.end <= match.start() + 1]
            after = [u for u in said.units if u.start >= match.end() - 1]
            if not before or not after:
                continue
            denied, stated = (before[-1], after[0]) if said.language == "ja" else (after[0], before[-1])
            if any(k in texts for k in denied.keys) and support[id(stated)] < SUPPORTED:
                fault: Fault = "place" if stated.concepts & set(self._vocabulary.places) else "term"
                yield Clash(fault, stated.surface, denied.surface, 0.9, stated, "instead")

    def _rivals(self, term: str) -> list[str]:
        if term not in self._vocabulary.terms:
            return []
        topic = self._vocabulary.terms[term].topic
        return [k for k, t in self._vocabulary.terms.items() if k != term and t.topic == topic and topic is not None]

    def _label(self, concept: str, language: str) -> str:
        return self._vocabulary.get(concept).label.get(language)

    def _polarity(self, said: Reading, held: Alignment) -> Iterator[Clash]:
        """Find verbs that the statement denies and the clause affirms, or the other way round."""
        theirs = held.profile.reading.predicates
        for lemma, sides in said.predicates.items():
            other = theirs.get(lemma)
            if other is None or len(sides) != 1 or len(other) != 1 or sides == other:
                continue
            unit = next((u for u in said.units if lemma in u.words or lemma in u.keys), None)
            if unit is None:
                continue
            yield Clash("direction", unit.surface, unit.surface, 0.5, unit, "polarity")
