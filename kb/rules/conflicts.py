"""Find requirements that contradict each other: no design could meet both at the same place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from kb.model.base import Text
from kb.model.finding import Conflict
from kb.model.knowledge import Corpus, Vocabulary
from kb.model.requirement import Node, Requirement, Test
from kb.quantity import Quantity
from kb.rules.speaker import Speaker

CASES = 64
"""How many ways of meeting one requirement are looked at; one with more is not reported on."""


@dataclass(frozen=True, slots=True)
class _Demand:
    """A test that a fact of the subject must pass, or fail."""

    fact: str
    test: Test
    holds: bool


_Case = tuple[_Demand, ...]


def find_conflicts(corpus: Corpus, documents: Iterable[str] | None = None) -> list[Conflict]:
    """List the pairs of requirements that contradict each other under conditions that can hold together.

    Compared are tests of one fact, measured in one way, on subjects that have a kind of place in common.
    """
    chosen = None if documents is None else frozenset(documents)
    rules = [rule for rule in corpus.requirements if chosen is None or rule.document in chosen]
    found = []
    for first, second in _pairs(rules, corpus.vocabulary):
        conflict = _compare(first, second, corpus.vocabulary)
        if conflict is not None:
            found.append(conflict)
    return found


def _pairs(rules: list[Requirement], vocabulary: Vocabulary) -> Iterator[tuple[Requirement, Requirement]]:
    subjects = {id(rule): _subjects(rule, vocabulary) for rule in rules}
    facts = {id(rule): frozenset(_facts(rule.require)) for rule in rules}
    for first, second in combinations(rules, 2):
        if subjects[id(first)] & subjects[id(second)] and facts[id(first)] & facts[id(second)]:
            yield first, second


def _subjects(rule: Requirement, vocabulary: Vocabulary) -> frozenset[str]:
    included: frozenset[str] = frozenset().union(*(vocabulary.kinds(place) for place in rule.subjects))
    return included.difference(*(vocabulary.kinds(place) for place in rule.except_places))


def _facts(node: Node) -> Iterator[str]:
    if node.fact is not None:
        yield node.fact
    for child in node.children:
        yield from _facts(child)


def _compare(first: Requirement, second: Requirement, vocabulary: Vocabulary) -> Conflict | None:
    for (setting, one), (other_setting, other) in product(_variants(first), _variants(second)):
        ways, others = cases(one), cases(other)
        if max(len(ways), len(others)) > CASES:
            continue
        for condition, other_condition in product(setting, other_setting):
            clash = _never(vocabulary, (*condition, *other_condition), ways, others)
            if clash is not None:
                return _report(first, second, clash, vocabulary)
    return None


def _never(
    vocabulary: Vocabulary, setting: _Case, ways: list[_Case], others: list[_Case]
) -> tuple[_Demand, _Demand] | None:
    if _clash(setting, vocabulary):
        return None
    found = None
    possible = [way for way in ways if not _clash((*setting, *way), vocabulary)]
    for one, other in product(possible, others):
        if not _clash((*setting, *other), vocabulary):
            clash = _clash((*setting, *one, *other), vocabulary)
            if clash is None:
                return None
            found = found or clash
    return found


def _variants(rule: Requirement) -> Iterator[tuple[list[_Case], Node]]:
    """Yield what a requirement asks for, and each conditional member of it, with the conditions."""
    conditions = _under(_under([()], rule), rule.require)
    yield conditions, rule.require
    if rule.require.kind == "all_of":
        for child in rule.require.children:
            if child.when is not None or child.unless is not None:
                yield _under(conditions, child), child


def _under(conditions: list[_Case], annotated: Requirement | Node) -> list[_Case]:
    if annotated.when is not None:
        conditions = _join(conditions, cases(annotated.when))
    if annotated.unless is not None:
        conditions = _join(conditions, cases(annotated.unless, holds=False))
    return conditions


def cases(node: Node, holds: bool = True) -> list[_Case]:
    """List the ways in which a node can hold (or not), each as the demands that it makes of the subject.

    Conditional members and facts of other places make none; a conditional option counts as open.
    """
    if node.at is not None or node.kind in ("present", "if"):
        return [()]
    if node.fact is not None and node.test is not None:
        return [(_Demand(node.fact, node.test, holds),)]
    if node.kind == "not":
        return cases(node.children[0], not holds)
    if (node.kind == "any_of") == holds:
        return [case for child in node.children for case in cases(child, holds)]
    found: list[_Case] = [()]
    for child in node.children:
        if child.when is None and child.unless is None:
            found = _join(found, cases(child, holds))
    return found


def _join(left: list[_Case], right: list[_Case]) -> list[_Case]:
    return [(*one, *other) for one, other in product(left, right)][: CASES + 1]


def _clash(demands: _Case, vocabulary: Vocabulary) -> tuple[_Demand, _Demand] | None:
    for one, other in combinations(demands, 2):
        same = one.fact == other.fact and one.test.measure == other.test.measure
        if same and not compatible(one.test, one.holds, other.test, other.holds, _choices(vocabulary, one.fact)):
            return one, other
    return None


def _choices(vocabulary: Vocabulary, fact: str) -> frozenset[str]:
    entry = vocabulary.facts.get(fact)
    return frozenset() if entry is None else frozenset(entry.choices)


def compatible(one: Test, one_holds: bool, other: Test, other_holds: bool, choices: frozenset[str]) -> bool:
    """Tell whether one value can pass (or fail) both tests, as said."""
    if one.is_ is not None and other.is_ is not None:
        return (one.is_ == one_holds) == (other.is_ == other_holds)
    if one.limits and other.limits:
        return not (one_holds and other_holds) or _overlap([*one.limits, *other.limits])
    if _chosen(one) and _chosen(other):
        return bool(_allowed(one, one_holds, choices) & _allowed(other, other_holds, choices))
    return True


def _chosen(test: Test) -> frozenset[str]:
    single = (test.equals,) if isinstance(test.equals, str) else ()
    return frozenset((*(test.one_of or ()), *single))


def _allowed(test: Test, holds: bool, choices: frozenset[str]) -> frozenset[str]:
    return _chosen(test) if holds else choices - _chosen(test)


def _overlap(compared: list[tuple[str, Quantity]]) -> bool:
    lower = [(limit.base, operator == ">") for operator, limit in compared if operator in (">=", ">", "=")]
    upper = [(limit.base, operator != "<") for operator, limit in compared if operator in ("<=", "<", "=")]
    if not lower or not upper:
        return True
    (lowest, open_below), (highest, closed_above) = max(lower), min(upper)
    return lowest < highest or (lowest == highest and closed_above and not open_below)


def _report(
    first: Requirement, second: Requirement, clash: tuple[_Demand, _Demand], vocabulary: Vocabulary
) -> Conflict:
    one, other = clash
    shared = _subjects(first, vocabulary) & _subjects(second, vocabulary)
    subject = next((place for place in (*first.subjects, *second.subjects) if place in shared), min(shared))
    ja, en = Speaker(vocabulary, "ja"), Speaker(vocabulary, "en")
    left, right = f"{first.document} {first.id}", f"{second.document} {second.id}"
    text = Text(
        ja=f"{left}は「{_say(ja, one)}」、{right}は「{_say(ja, other)}」を求め、両立しない",
        en=f"{left} asks for “{_say(en, one)}”, {right} for “{_say(en, other)}”: both cannot hold",
    )
    return Conflict(first, second, subject, one.fact, text)


def _say(speaker: Speaker, demand: _Demand) -> str:
    return speaker.test(demand.fact, demand.test, demand.holds)
