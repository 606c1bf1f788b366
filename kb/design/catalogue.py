"""Which facts of which places the requirements look at, and in which clauses: what a design file can usefully say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kb.model.facts import DesignView, FactValue, PlaceInstance
from kb.model.knowledge import Corpus, Vocabulary
from kb.model.requirement import Node, Requirement, Test
from kb.rules.evaluate import Judge
from kb.rules.view import View, stand_in


@dataclass(slots=True)
class Use:
    """A fact of a place as it is looked at: kinds of measurement (None where any will do), and the clauses."""

    fact: str
    measures: list[str | None] = field(default_factory=list)
    clauses: list[tuple[str, str]] = field(default_factory=list)

    def add(self, measure: str | None, clause: tuple[str, str]) -> None:
        """Note one more look at the fact."""
        if measure not in self.measures:
            self.measures.append(measure)
        if clause not in self.clauses:
            self.clauses.append(clause)


@dataclass(slots=True)
class Catalogue:
    """Uses by place and fact, in the order of the clauses; `asked_after` are places whose presence matters."""

    uses: dict[str, dict[str, Use]] = field(default_factory=dict)
    subjects: list[str] = field(default_factory=list)
    asked_after: list[str] = field(default_factory=list)

    def at(self, place: str, vocabulary: Vocabulary) -> dict[str, Use]:
        """Return the uses of a place, those of the kinds that it belongs to included."""
        found: dict[str, Use] = {}
        for one in (place, *(wide for wide in self.uses if wide != place and place in vocabulary.kinds(wide))):
            for fact, use in self.uses.get(one, {}).items():
                held = found.setdefault(fact, Use(fact))
                for measure in use.measures:
                    for clause in use.clauses:
                        held.add(measure, clause)
        return found


def list_uses(corpus: Corpus, documents: Iterable[str] | None = None, building: str | None = None) -> Catalogue:
    """List what the requirements of some guidelines (or of all) look at, for one type of building or for all."""
    chosen = None if documents is None else frozenset(documents)
    found = Catalogue()
    view = View(_building_of(building), corpus.vocabulary)
    for rule in corpus.requirements:
        if (chosen is not None and rule.document not in chosen) or not _can_apply(view, rule):
            continue
        for subject in rule.subjects:
            _once(found.subjects, subject)
            for place, node, clause in _walk(rule, subject):
                if node.place is not None:
                    _once(found.asked_after, node.place)
                if node.at is not None:
                    _once(found.asked_after, node.at.place)
                if node.fact is not None:
                    owner = view.owner(stand_in(place), node.fact).place
                    uses = found.uses.setdefault(owner, {})
                    uses.setdefault(node.fact, Use(node.fact)).add(
                        (node.test or Test()).measure, (rule.document, clause)
                    )
    found.subjects = [one for one in found.subjects if one not in ("building", "operator")]
    found.asked_after = [one for one in found.asked_after if one not in ("building", "operator")]
    return found


def _building_of(kind: str | None) -> DesignView:
    if kind is None:
        return DesignView()
    return DesignView(building=PlaceInstance("building", "building", facts={"building": (FactValue(kind),)}))


def _can_apply(view: View, rule: Requirement) -> bool:
    """Tell whether a requirement can apply to a building of which no more is known than its type."""
    judge = Judge(view, rule)
    return any(judge.judge(place).verdict != "not_applicable" for place in view.subjects(rule))


def _once(items: list[str], item: str) -> None:
    if item not in items:
        items.append(item)


def _walk(rule: Requirement, subject: str) -> Iterator[tuple[str, Node, str]]:
    """Yield every node of a requirement, conditions included, with the place that it looks at and its clause."""
    for condition in (rule.when, rule.unless):
        if condition is not None:
            yield from _nodes(condition, subject, rule.clause)
    yield from _nodes(rule.require, subject, rule.clause)


def _nodes(node: Node, place: str, clause: str) -> Iterator[tuple[str, Node, str]]:
    clause = node.clause or clause
    for condition in (node.when, node.unless):
        if condition is not None:
            yield from _nodes(condition, place, clause)
    if node.at is not None:
        place = node.at.place
        if node.at.when is not None:
            yield from _nodes(node.at.when, place, clause)
    yield place, node, clause
    for child in node.children:
        yield from _nodes(child, place, clause)
