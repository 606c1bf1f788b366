"""Compare a rewording with its statement, item by item; whatever differs is a problem with a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from kb.text import language_of
from kb.wording.binding import find_misbound
from kb.wording.cues import WordingCues
from kb.wording.reading import Figure, Key, Reading

_STRICT = ("place", "building", "choice", "document")
_POLES = ("yes", "no")
_LOOSE = ("fact", "topic", "term")
_PASSING = re.compile(r"満た|足り|meet|satisf|pass|問題|大丈夫|適合")
_FORBIDDEN = re.compile(r"https?:|www\.|<[a-z/!]|```|!\[|\]\(|[\x00-\x08\x0b-\x1f]", re.IGNORECASE)
_ONE: Key = ("count", Fraction(1), None, None, False)

_SHORTEST, _LONGEST, _ALLOWANCE = 0.35, 2.6, 60


@dataclass(frozen=True)
class Problem:
    """One way in which a rewording differs from its statement: its kind, what was found, what was expected."""

    kind: str
    found: str = ""
    expected: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: found {self.found or '-'}, expected {self.expected or '-'}"


@dataclass(frozen=True)
class Evidence:
    """What a statement stands on beside its own words.

    `strengths` are those of its clauses; `concepts` are all that the question, the answer and its clauses speak of.
    `judged` says whether the answer has a verdict. `topic_of` maps a fact or term to its topic.
    """

    language: str
    strengths: frozenset[str]
    concepts: frozenset[str]
    judged: bool
    fillers: frozenset[str] = frozenset()
    topic_of: Mapping[str, str] = field(default_factory=dict)


def compare(said: Reading, reworded: Reading, evidence: Evidence, cues: WordingCues) -> list[Problem]:
    """Return everything in which a rewording says more, less or other than its statement."""
    return [
        *_compare_form(said, reworded, evidence),
        *_compare_figures(said, reworded),
        *_compare_numbers(said, reworded),
        *_compare_labels(said, reworded),
        *_compare_strength(said, reworded, evidence),
        *_compare_verdicts(said, reworded, evidence),
        *_compare_cues(said, reworded, cues),
        *_compare_concepts(said, reworded, evidence),
        *_compare_negation(said, reworded),
        *_compare_binding(said, reworded, evidence),
    ]


def _compare_form(said: Reading, reworded: Reading, evidence: Evidence) -> Iterable[Problem]:
    size, new = len(said.normal), len(reworded.normal)
    if new < _SHORTEST * size or new > _LONGEST * size + _ALLOWANCE:
        yield Problem("length", str(new), f"about {size} characters")
    for match in _FORBIDDEN.finditer(reworded.normal):
        if match[0] not in said.normal:
            yield Problem("form", match[0].strip() or "control character", "plain text")
    if language_of(reworded.plain) != evidence.language and language_of(said.plain) == evidence.language:
        yield Problem("language", language_of(reworded.plain), evidence.language)


def _compare_figures(said: Reading, reworded: Reading) -> Iterable[Problem]:
    own = {f.key: f.surface for f in said.figures if not _is_idle(f)}
    new = {f.key: f.surface for f in reworded.figures if not _is_idle(f)}
    for key, surface in new.items():
        if key not in own:
            yield Problem("figure added", surface, _near(key, own))
    for key, surface in own.items():
        if key not in new:
            yield Problem("figure missing", "", surface)


def _is_idle(figure: Figure) -> bool:
    """Tell whether a figure counts nothing (`一つの項目`, `一つにまとまった`)."""
    return figure.key == _ONE and not figure.surface[:1].isdigit()


def _near(key: Key, figures: Mapping[Key, str]) -> str:
    return ", ".join(surface for known, surface in figures.items() if known[0] == key[0])


def _compare_numbers(said: Reading, reworded: Reading) -> Iterable[Problem]:
    own, new = Counter(said.numbers), Counter(reworded.numbers)
    for number in new:
        if number not in own:
            yield Problem("number added", number)
    for number in own:
        if number not in new and number.isdigit():
            yield Problem("number missing", "", number)


def _compare_labels(said: Reading, reworded: Reading) -> Iterable[Problem]:
    for label in set(reworded.labels) - set(said.labels):
        yield Problem("locator added", label)
    for label in set(said.labels) - set(reworded.labels):
        yield Problem("locator missing", "", label)
    for locator in set(reworded.locators) - set(said.locators):
        yield Problem("locator added", locator)
    for locator in set(said.locators) - set(reworded.locators):
        yield Problem("locator missing", "", locator)


def _compare_strength(said: Reading, reworded: Reading, evidence: Evidence) -> Iterable[Problem]:
    own, new = said.count("strength"), reworded.count("strength")
    allowed = frozenset(own) or evidence.strengths & {"shall", "should", "may"}
    for name in new.keys() - allowed:
        yield Problem("strength added", name, ", ".join(sorted(allowed)))
    for name in own.keys() - new.keys():
        yield Problem("strength missing", ", ".join(sorted(new)), name)
    if new.total() > max(own.total(), 1):
        yield Problem("strength added", f"{new.total()} times", f"{own.total()} times")


def _compare_verdicts(said: Reading, reworded: Reading, evidence: Evidence) -> Iterable[Problem]:
    own, new = said.count("verdict"), reworded.count("verdict")
    if not evidence.judged:
        known = {"pass"} if _PASSING.search(said.plain) else set()
        for name in new.keys() - own.keys() - known:
            yield Problem("verdict added", name)
        return
    for name in new.keys() - own.keys():
        yield Problem("verdict added", name, ", ".join(sorted(own)))
    for name, times in own.items():
        if new[name] < times:
            yield Problem("verdict missing", f"{new[name]} times", f"{name} {times} times")


def _compare_cues(said: Reading, reworded: Reading, cues: WordingCues) -> Iterable[Problem]:
    for family in ("caveat", "absent"):
        counted, again = said.count(family), reworded.count(family)
        for name in again.keys() - counted.keys():
            yield Problem(f"{family} added", name)
        for name, times in counted.items():
            if again[name] < times:
                yield Problem(f"{family} missing", f"{again[name]} times", f"{name} {times} times")
    own, new = said.count("contrast"), reworded.count("contrast")
    for name in new:
        other = cues.opposite(name)
        if new[name] > own[name] and new[other] < own[other]:
            yield Problem("opposite", name, other)


def _compare_concepts(said: Reading, reworded: Reading, evidence: Evidence) -> Iterable[Problem]:
    for section in _STRICT:
        yield from _compare_section(said, reworded, section)
    for fact in reworded.ids("yes") & (said.ids("no") - said.ids("yes")):
        yield Problem("pole", f"{fact} yes", f"{fact} no")
    for fact in reworded.ids("no") & (said.ids("yes") - said.ids("no")):
        yield Problem("pole", f"{fact} no", f"{fact} yes")
    own = said.ids(*_LOOSE, *_POLES) | evidence.concepts
    own |= {evidence.topic_of[name] for name in own if name in evidence.topic_of}
    for mention in reworded.concepts:
        if mention.section in ("term", *_POLES) and mention.id not in own and mention.surface not in said.plain:
            yield Problem("concept added", mention.surface)


def _compare_section(said: Reading, reworded: Reading, section: str) -> Iterable[Problem]:
    own, new = said.ids(section), reworded.ids(section)
    names = [m.normal for m in reworded.concepts if m.section == "place" and m.id in said.ids("place")]
    for mention in reworded.concepts:
        if section == "choice" and any(a <= mention.normal[0] and mention.normal[1] <= b for a, b in names):
            continue  # part of the name of a place that is known
        if mention.section == section and mention.id not in own and mention.surface not in said.normal:
            yield Problem(f"{section} added", mention.surface, ", ".join(sorted(own)))
    for mention in said.concepts:
        if mention.section == section and mention.id not in new and mention.surface not in reworded.normal:
            yield Problem(f"{section} missing", "", mention.surface)


def _compare_negation(said: Reading, reworded: Reading) -> Iterable[Problem]:
    if said.negations != reworded.negations:
        yield Problem("negation", str(reworded.negations), str(said.negations))


def _compare_binding(said: Reading, reworded: Reading, evidence: Evidence) -> Iterable[Problem]:
    surfaces = {figure.key: figure.surface for figure in reworded.figures}
    for one in find_misbound(said, reworded, evidence.fillers):
        claim = surfaces.get(one.claim, str(one.claim))  # type: ignore[call-overload]
        token = one.token[1] if isinstance(one.token, tuple) else one.token
        yield Problem("binding", claim, "with its own words" if token is None else f"not with {token}")
