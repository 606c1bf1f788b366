"""Values that stand for every way in which a fact can turn out, as far as the tests of it can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from kb.model.facts import FactValue, RawFact
from kb.model.requirement import Node, Requirement, Test
from kb.model.vocabulary import Fact
from kb.quantity import Quantity

_ELSE = "(other)"


def sample_values(tests: Iterable[Test], fact: Fact | None, measure: str | None) -> list[FactValue]:
    """List a value for each outcome that the tests of a fact can tell apart, passing ones of the first test first."""
    found: dict[RawFact, None] = {}
    for test in tests:
        found.update((value, None) for value in _samples(test, fact))
    return [FactValue(value, measure) for value in found]


def _samples(test: Test, fact: Fact | None) -> Iterator[RawFact]:
    if test.is_ is not None:
        yield test.is_
        yield not test.is_
        return
    several = fact is not None and fact.type == "quantity_list"
    for _, limit in test.limits:
        for factor in (1, Fraction(1, 2), Fraction(3, 2)):
            value = Quantity(limit.value * factor, limit.unit)
            yield (value,) if several else value
    if several:
        yield ()
    chosen = (*(test.one_of or ()), *((test.equals,) if isinstance(test.equals, str) else ()))
    known = () if fact is None else tuple(fact.choices)
    yield from chosen
    if chosen:
        yield next((choice for choice in known if choice not in chosen), _ELSE)
    listed = (*(test.includes_all or ()), *(test.includes_any or ()))
    if listed:
        yield frozenset(listed)
        yield frozenset()
        yield from (frozenset({choice}) for choice in listed)


def collect_tests(requirement: Requirement, derivations: Iterable[Node] = ()) -> dict[str, list[Test]]:
    """Collect the tests of a requirement by fact, conditions and definitions included."""
    found: dict[str, list[Test]] = {}
    pending = [*reversed(list(derivations)), requirement.require]
    pending += [condition for condition in (requirement.unless, requirement.when) if condition is not None]
    while pending:
        node = pending.pop()
        if node.fact is not None and node.test is not None:
            found.setdefault(node.fact, []).append(node.test)
        elsewhere = None if node.at is None else node.at.when
        pending += reversed(node.children)
        pending += [condition for condition in (elsewhere, node.unless, node.when) if condition is not None]
    return found
