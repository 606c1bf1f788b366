"""Judge what a question tells of a design: its facts and measurements against the requirements that they touch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from indexer.tokens import list_lemmas
from kb.ask.assign import Stated, assign, groups_of, joined, measures_of
from kb.ask.figures import UNRELATED, place_distance
from kb.ask.frame import Frame
from kb.ask.lists import ListReader, value_of
from kb.ask.suppose import Design, Settled, settle
from kb.ask.told import ToldReader
from kb.model.facts import FactValue
from kb.model.finding import FALSE, NONE, Finding
from kb.model.knowledge import Corpus
from kb.model.requirement import Requirement
from kb.quantity import Quantity, compare, same_dimension
from kb.rules.strengths import all_nodes, nodes_of
from kb.text import fold

_WORSE = ("fail", "unknown", "pass_by_alternative", "pass")
_BETTER = ("pass", "pass_by_alternative", "fail", "unknown")

NEAR = 0.6
"""From this share of the best clause's score on, what a requirement makes of the facts told is looked at."""

BESIDE = 0.8
"""A requirement whose clause scores less than this share of the guideline's best one is judged only where none is."""

CLEAR, FAR = 0.9, 0.75
"""Where a guideline that scores so near decides, one that is so far from the question is left out."""

ABOUT = 0.85
"""A requirement that scores so near to the best clause is what is asked about: looser wordings of its facts count."""


@dataclass(frozen=True)
class Outcome:
    """The findings of one guideline and what they amount to.

    `premises` are the conditions taken to hold; `weight` is how near its best clause is to the question (1: nearest),
    `structured` whether numbers are judged together with other facts (alternatives, exceptions).
    """

    document: str
    verdict: str
    findings: tuple[Finding, ...]
    premises: tuple[tuple[str, bool], ...] = ()
    weight: float = 1.0
    structured: bool = False


@dataclass(frozen=True)
class _Case:
    requirement: Requirement
    weight: float
    settled: Settled
    told: int

    @property
    def verdict(self) -> str:
        return self.settled.finding.verdict

    @property
    def conditional(self) -> bool:
        """Whether it fails if it applies, and that hangs on a choice not told (the floor)."""
        return self.settled.finding.because.outcomes == FALSE | NONE


class FactJudge:
    """Judges frames by the requirements of one corpus."""

    def __init__(self, corpus: Corpus, told: ToldReader, lists: ListReader) -> None:
        self._corpus = corpus
        self._lists = lists
        self._places = frozenset(corpus.vocabulary.places)
        self._told = told
        self._facts_of = {id(r): frozenset(_facts(r)) for r in corpus.requirements}
        self._firm_of = {id(r): self._facts_of[id(r)] - _required(r) for r in corpus.requirements}
        self._measures_of = {id(r): measures_of(r) for r in corpus.requirements}
        self._groups_of = {id(r): groups_of(r) for r in corpus.requirements}

    def tell(self, frame: Frame) -> Frame:
        """Return the frame with the facts that its text tells of the places named (or of any, where none is)."""
        spoken = [
            r for r in self._corpus.requirements if not frame.places or any(True for _ in self._subjects(frame, r))
        ]
        candidates = {fact for requirement in spoken for fact in self._facts_of[id(requirement)]}
        firm = candidates - {fact for requirement in spoken for fact in _required(requirement)}
        told = self._told.read(frame.question, sorted(candidates), "judge" in frame.intents, firm=frozenset(firm))
        return replace(frame, facts={**frame.facts, **told}) if told else frame

    def judge(self, frame: Frame, documents: Iterable[str], scores: Mapping[str, float]) -> list[Outcome]:
        """Return what each guideline makes of the stated facts; guidelines that they do not touch are left out.

        `scores` rank clauses by id; requirements whose clauses rank far below the best one stay out.
        """
        wanted, top = set(documents), max(scores.values(), default=0.0)
        outcomes = []
        for document in self._corpus.documents:
            if top <= 0 or (wanted and document.id not in wanted):
                continue
            cases = [c for b in self._buildings(frame, document.id) for c in self._cases(frame, document.id, b, scores)]
            outcome = self._outcome(document.id, cases)
            if outcome is not None:
                outcomes.append(outcome)
        clear = any(o.weight >= CLEAR and o.verdict != "unknown" for o in outcomes)
        return [o for o in outcomes if o.weight >= FAR or not clear or len(wanted) > 1]

    def _outcome(self, document: str, cases: list[_Case]) -> Outcome | None:
        """Put together what the requirements of one guideline make of a question: those nearest to it count."""
        if not cases:
            return None
        best = max(c.weight for c in cases)
        near = [c for c in cases if c.weight >= BESIDE * best]
        kept = [c for c in near if c.verdict != "unknown" or c.conditional] or near
        most = max(c.told for c in kept)
        kept = [c for c in kept if c.told == most or c.weight >= ABOUT * best]
        findings: dict[tuple[str, str, str], Finding] = {}
        for case in kept:
            for part in _parts(case.settled.finding):
                if part.verdict == "not_applicable":
                    continue
                findings.setdefault((part.id, part.locator, part.verdict), part)
        if not findings:
            return None
        verdicts = {f.verdict for f in findings.values() if f.strength != "should"} or {
            f.verdict for f in findings.values()
        }
        verdict = next((w for w in _WORSE if w in verdicts), "unknown")
        premises = tuple(dict.fromkeys(p for c in kept for p in c.settled.premises))
        structured = any(_structured(c.requirement) for c in kept)
        return Outcome(document, verdict, tuple(findings.values()), premises, max(c.weight for c in kept), structured)

    def _buildings(self, frame: Frame, document: str) -> tuple[str | None, ...]:
        spoken = self._corpus.documents_by_id[document].buildings
        named = frame.conditions.get("building", ())
        if not spoken:
            return (named[0] if named else None,)
        return tuple(b for b in spoken if not named or b in named)

    def _cases(self, frame: Frame, document: str, building: str | None, scores: Mapping[str, float]) -> Iterator[_Case]:
        top = max(scores.values())
        conditions = {k: (FactValue(v[0]),) for k, v in frame.conditions.items() if k != "building" and len(v) == 1}
        design = Design(frame.places, conditions, {"building": (FactValue(building),)} if building else {})
        for requirement in self._corpus.requirements:
            if requirement.document != document:
                continue
            weight = max((scores.get(c, 0.0) for c in self._clauses_of(requirement)), default=0.0) / top
            if weight < NEAR:
                continue
            told = self._states(frame, requirement, weight >= ABOUT)
            here = replace(design, there=self._there(frame, requirement, "judge" in frame.intents)) if told else design
            measures, groups = self._measures_of[id(requirement)], self._groups_of[id(requirement)]
            ways = list(assign(frame, measures, self._corpus.vocabulary, told, groups))
            subjects = list(self._subjects(frame, requirement))
            if not subjects and weight >= ABOUT:  # the clause asked about speaks of the place in other words
                subjects = list(requirement.subjects[:1])
            for subject in subjects if frame.places else subjects[:1]:
                settled = self._settle(requirement, subject, told, ways, here, joined(frame))
                if settled is not None:
                    count = len(told) + (len(ways[0]) if ways else 0)
                    yield _Case(requirement, weight, settled, count)

    def _settle(
        self, requirement: Requirement, subject: str, told: Stated, ways: list[Stated], design: Design, pair: bool
    ) -> Settled | None:
        """Judge every way of handing out the numbers; where they disagree it is open, or the sides of one thing fit."""
        vocabulary = self._corpus.vocabulary
        settled = [settle(requirement, subject, {**told, **way}, design, vocabulary) for way in ways]
        if not settled:
            return settle(requirement, subject, told, design, vocabulary) if told else None
        verdicts = {s.finding.verdict for s in settled}
        if len(verdicts) == 1:
            return settled[0]
        if pair:
            return min(settled, key=lambda s: _BETTER.index(s.finding.verdict))
        return settle(requirement, subject, told, design, vocabulary) if told else None

    @staticmethod
    def _clauses_of(requirement: Requirement) -> set[str]:
        locators = {requirement.clause, *(n.clause for n in nodes_of(requirement.require) if n.clause)}
        return {f"{requirement.document} {locator}" for locator in locators}

    def _subjects(self, frame: Frame, requirement: Requirement) -> Iterator[str]:
        vocabulary = self._corpus.vocabulary
        for subject in requirement.subjects:
            if subject in ("building", "operator") or not frame.places:
                yield subject
                continue
            for place in frame.places:
                if place_distance(vocabulary, place, subject) < UNRELATED:
                    yield subject
                    break

    def _near(
        self, frame: Frame, requirement: Requirement, told: dict[str, bool], judging: bool, firm: frozenset[str]
    ) -> dict[str, bool]:
        """Return the facts told, looser wordings too, of the places that a requirement speaks of, and what follows."""
        facts, words = self._facts_of[id(requirement)], self._corpus.vocabulary.facts
        settling = {name.removeprefix("not ") for key in facts for name in (*words[key].yes_if, *words[key].no_if)}
        about, elsewhere = self._parts_about(frame, requirement)
        names = sorted(facts | settling)
        near = self._told.read(frame.question, names, judging, True, firm, _names(frame), about)
        told = (
            near if elsewhere else {**near, **{k: v for k, v in frame.facts.items() if k in facts | settling}, **told}
        )
        for key in sorted(facts - set(told)):
            for side, names_ in ((True, words[key].yes_if), (False, words[key].no_if)):
                if any(told.get(name.removeprefix("not ")) is (not name.startswith("not ")) for name in names_):
                    told[key] = side
            told.update(_counted(frame, key, words[key].yes_from))
        return {key: side for key, side in told.items() if key in facts}

    def _parts_about(self, frame: Frame, requirement: Requirement) -> tuple[Callable[[str], bool], bool]:
        """Return which parts of a text are about the places of a requirement, and whether some are about others only."""
        own = self._called(frame, requirement.subjects)
        others = {fold(m.surface) for m in frame.mentions if m.section == "place"} - own
        if not own or not others or {"building", "operator"} & set(requirement.subjects):
            return bool, False
        return (
            lambda part: any(name in part for name in own) or not any(_stands_in(name, part) for name in others),
            True,
        )

    def _called(self, frame: Frame, places: Iterable[str]) -> set[str]:
        """Return the words by which a frame names some places, or places near to them."""
        near = {
            m.id
            for m in frame.mentions
            if m.section == "place"
            and any(place_distance(self._corpus.vocabulary, m.id, p) < UNRELATED for p in places if p in self._places)
        }
        return {fold(m.surface) for m in frame.mentions if m.section == "place" and m.id in near}

    def _there(self, frame: Frame, requirement: Requirement, judging: bool) -> dict[str, Stated]:
        """Return what is told of the other places at which a requirement looks, by place."""
        found: dict[str, Stated] = {}
        own = self._called(frame, requirement.subjects)
        for place in dict.fromkeys(n.at.place for n in nodes_of(requirement.require) if n.at is not None):
            called = self._called(frame, [place]) - own
            if own and called:
                names = sorted(self._facts_of[id(requirement)])
                told = self._told.read(frame.question, names, judging, True, about=_naming(called, own))
                found[place] = {key: (FactValue(side),) for key, side in told.items()}
        return {place: told for place, told in found.items() if told}

    def _listed(self, frame: Frame, requirement: Requirement) -> Iterator[tuple[str, tuple[FactValue, ...]]]:
        """Yield the list facts told place by place that a requirement looks at."""
        for key in self._facts_of[id(requirement)]:
            if self._corpus.vocabulary.facts[key].type == "list":
                listed = self._lists.read(frame.question, frame.language, key, frozenset(requirement.subjects))
                value = value_of(listed, requirement, key)
                if value is not None:
                    yield key, (value,)

    def _states(self, frame: Frame, requirement: Requirement, about: bool) -> Stated:
        """Return the yes/no facts told that a requirement looks at."""
        facts = self._facts_of[id(requirement)]
        vocabulary = self._corpus.vocabulary.facts
        told = {key: side for key, side in frame.facts.items() if key in facts}
        if about and not asks_content(frame):
            judging = "judge" in frame.intents
            firm = self._firm_of[id(requirement)]
            told = self._near(frame, requirement, told, judging, firm)
        stated: Stated = {}
        for key, side in told.items():
            if vocabulary[key].type == "boolean":
                stated[key] = (FactValue(side),)
            elif vocabulary[key].type == "list" and not side:
                stated[key] = (FactValue(frozenset[str]()),)
        if not asks_content(frame):
            stated.update(self._listed(frame, requirement))
        for key in facts if stated or frame.quantities or "judge" in frame.intents else ():
            named = frame.conditions.get(key, ())
            if vocabulary[key].type == "choice" and len(named) == 1:
                stated[key] = (FactValue(named[0]),)
            elif vocabulary[key].type == "list" and named and key not in stated:
                stated[key] = (FactValue(frozenset(named)),)
        return stated


def _naming(called: set[str], own: set[str]) -> Callable[[str], bool]:
    return lambda part: any(name in part for name in called) and not any(name in part for name in own)


def _stands_in(name: str, part: str) -> bool:
    """Tell whether a part says where something is by a place (`ロビーにカメラ`, `a camera in the lobby`)."""
    place = re.escape(name)
    return bool(
        re.search(
            rf"{place}(?:の[^、。]{{1,3}})?(?:に|で)|\b(?:in|at|on|inside) (?:the |our |a |its |every )?{place}", part
        )
    )


def _counted(frame: Frame, key: str, least: Quantity | None) -> dict[str, bool]:
    """Return what the one number told of its kind says of a yes/no fact that a quantity settles."""
    numbers = [m.value for m in frame.quantities if least is not None and same_dimension(m.value.unit, least.unit)]
    return {key: compare(numbers[0], least) >= 0} if least is not None and len(numbers) == 1 else {}


def _names(frame: Frame) -> frozenset[str]:
    """Return the words that name places and guidelines in a frame."""
    named = {m.surface for m in frame.mentions if m.section in ("place", "document", "building")}
    return frozenset(term for surface in named for term in list_lemmas(surface))


def asks_content(frame: Frame) -> bool:
    """Tell whether a question asks what or how much, and states no number: loose wordings in it tell nothing."""
    return "open" in frame.intents or bool(frame.asked_dimensions and not frame.quantities)


def _parts(finding: Finding) -> Iterator[Finding]:
    """Yield a finding and those of its parts that the facts told decide."""
    yield finding
    for part in finding.parts:
        if part.verdict in ("pass", "fail", "pass_by_alternative"):
            yield part


def _structured(requirement: Requirement) -> bool:
    """Tell whether a requirement judges numbers together with other facts: alternatives, exceptions, conditions."""
    nodes = list(nodes_of(requirement.require))
    return any(n.kind in ("any_of", "not", "if", "each") or n.unless is not None for n in nodes)


def _required(requirement: Requirement) -> frozenset[str]:
    """Return the facts that a requirement tests, without those on which it only hangs whether it applies."""
    return frozenset(node.fact for node in nodes_of(requirement.require) if node.fact is not None)


def _facts(requirement: Requirement) -> Iterator[str]:
    """Yield the facts that a requirement looks at, those of its conditions and exceptions too."""
    for whole in (requirement.require, requirement.when, requirement.unless):
        for node in all_nodes(whole) if whole is not None else ():
            if node.fact is not None and node.fact != "building":
                yield node.fact
