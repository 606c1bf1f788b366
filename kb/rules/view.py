"""Look into a design: which instances a place has, whether it exists, what is known of it."""

from __future__ import annotations

from collections.abc import Mapping

from kb.model.facts import DesignView, FactValue, PlaceInstance, Presence
from kb.model.knowledge import Vocabulary
from kb.model.requirement import Node, Requirement

Overlay = Mapping[tuple[str, str, str], tuple[FactValue, ...]]
"""Facts assumed for the sake of argument, by `key`; an empty tuple stands for a fact that is not known."""

_OF_THE_BUILDING = ("building", "works")


def key(place: PlaceInstance, fact: str) -> tuple[str, str, str]:
    """Name a fact of an instance."""
    return (place.place, place.id, fact)


def stand_in(place: str) -> PlaceInstance:
    """Make an instance of which nothing is known, for a place that a design does not describe."""
    return PlaceInstance(id="", place=place)


class View:
    """A design, indexed for the rules.

    `derivations` define facts by conditions over other facts of the same place; they count where a fact is not given.
    """

    def __init__(
        self, design: DesignView, vocabulary: Vocabulary, derivations: Mapping[str, Node] | None = None
    ) -> None:
        self.design = design
        self.vocabulary = vocabulary
        self.derivations = derivations or {}
        self._kinds: dict[str, frozenset[str]] = {}
        self._instances: dict[str, tuple[PlaceInstance, ...]] = {}
        self._by_place: dict[str, list[tuple[int, PlaceInstance]]] = {}
        self._borrowed: dict[tuple[str, str], str | None] = {}
        for index, instance in enumerate(design.places):
            self._by_place.setdefault(instance.place, []).append((index, instance))

    def kinds(self, place: str) -> frozenset[str]:
        """Return a place with its kinds and members."""
        if place not in self._kinds:
            self._kinds[place] = self.vocabulary.kinds(place)
        return self._kinds[place]

    def instances(self, place: str) -> tuple[PlaceInstance, ...]:
        """Return the instances of a place and of its kinds, in the order of the design."""
        if place == "building":
            return (self.design.building,)
        if place == "operator":
            return (self.design.operator,)
        if place not in self._instances:
            found = [entry for kind in self.kinds(place) for entry in self._by_place.get(kind, ())]
            self._instances[place] = tuple(instance for _, instance in sorted(found, key=lambda entry: entry[0]))
        return self._instances[place]

    def subjects(self, requirement: Requirement) -> list[PlaceInstance]:
        """Return everything that a requirement judges; a place without instances is represented by a stand-in."""
        excluded: frozenset[str] = frozenset().union(*(self.kinds(place) for place in requirement.except_places))
        found: dict[PlaceInstance, None] = {}
        for place in requirement.subjects:
            here = self.instances(place) or (stand_in(place),)
            found.update((one, None) for one in here if one.place not in excluded)
        return list(found)

    def judges(self, requirement: Requirement, place: str) -> bool:
        """Tell whether a requirement speaks of a place, or of a kind that it belongs to."""
        among = any(place == subject or place in self.kinds(subject) for subject in requirement.subjects)
        return among and not any(place in self.kinds(excepted) for excepted in requirement.except_places)

    def presence(self, place: str) -> Presence:
        """Tell whether the design has a place: by its instances, by declaration, or because a whole is absent."""
        if self.instances(place):
            return "present"
        declared = self.design.presence.get(place, "unknown")
        if declared != "unknown":
            return declared
        if any(self.design.presence.get(kind) == "present" for kind in self.kinds(place)):
            return "present"
        whole = any(self.design.presence.get(wider) == "absent" for wider in self.vocabulary.wider(place))
        return "absent" if whole else "unknown"

    def owner(self, place: PlaceInstance, fact: str) -> PlaceInstance:
        """Return the instance that a fact is about: the building or the operator where the fact is theirs."""
        if fact in place.facts:
            return place
        pair = (place.place, fact)
        if pair not in self._borrowed:
            self._borrowed[pair] = self._lender(place.place, fact)
        lender = self._borrowed[pair]
        return place if lender is None else self.design.building if lender == "building" else self.design.operator

    def _lender(self, place: str, fact: str) -> str | None:
        entry = self.vocabulary.facts.get(fact)
        homes = ("building",) if fact in _OF_THE_BUILDING else () if entry is None else entry.places
        if place in ("building", "operator") and place in homes:
            return None
        if any(place in self.kinds(home) for home in homes):
            return None
        return next((home for home in homes if home in ("building", "operator")), None)
