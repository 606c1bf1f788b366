"""Read the nodes of requirements from raw YAML."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from kb.corpus.near import choose
from kb.corpus.strict_yaml import Path_, Source
from kb.corpus.validate import build, expect_words, show
from kb.errors import CorpusError
from kb.model.base import Frozen, Text
from kb.model.requirement import Node, NodeKind, OtherPlace, Test
from kb.model.vocabulary import Fact
from kb.quantity import Quantity, same_dimension

ANNOTATIONS = ("clause", "when", "unless", "strength", "basis", "compensates", "proviso", "at")
_COMBINATIONS: dict[str, NodeKind] = {"all_of": "all_of", "any_of": "any_of"}
_LIMITS = ("at_least", "more_than", "at_most", "less_than", "equals")
_TESTS = tuple(name for name in Test.model_fields if name != "is_")
_OPERATORS: dict[str, tuple[str, ...]] = {
    "quantity": _LIMITS,
    "quantity_list": _LIMITS,
    "boolean": (),
    "choice": ("equals", "one_of"),
    "list": ("includes_any", "includes_all"),
}
_HEADS = "all_of, any_of, not, if/then, each, present"
RESERVED = (*ANNOTATIONS, *_COMBINATIONS, "not", "if", "then", "each", "present")
"""Keys of nodes, which no fact may have as its id."""
SPECIAL_PLACES = ("building", "operator")
M = TypeVar("M", bound=Frozen)


class NodeReader:
    """Reads nodes against a vocabulary of facts; every problem raises `CorpusError` at its line.

    Where `places` is given, the places that `present` and `at` name must be among them; where `locators` is given, so
    must `clause` and `basis`.
    """

    def __init__(
        self,
        source: Source,
        facts: dict[str, Fact],
        places: Collection[str] | None = None,
        locators: Collection[str] | None = None,
    ) -> None:
        self._source = source
        self._facts = facts
        self._places = places
        self._locators = locators

    def condition(self, path: Path_, data: Any) -> Node:
        """Read a condition: a node, or a plain mapping of several facts that all hold."""
        if isinstance(data, dict) and len(data) > 1 and all(key not in RESERVED or key == "present" for key in data):
            return Node(kind="all_of", children=tuple(self.node(path, {k: v}) for k, v in data.items()))
        node = self.node(path, data)
        self._refuse_strength(path, node)
        return node

    def node(self, path: Path_, data: Any) -> Node:
        """Read one node with its annotations."""
        if not isinstance(data, dict):
            raise self._source.error(path, f"found {show(data)}", "a node: a mapping with one fact or operator")
        notes = self._annotations(path, data)
        heads = [key for key in data if key not in ANNOTATIONS]
        if "if" in heads:
            if sorted(heads) != ["if", "then"]:
                raise self._source.error(path, f"keys {heads}", "`if` together with `then`, and nothing else")
            children = (self.condition((*path, "if"), data["if"]), self.node((*path, "then"), data["then"]))
            return self._build(path, kind="if", children=children, **notes)
        if len(heads) != 1:
            raise self._source.error(path, f"keys {heads}", f"exactly one fact or operator ({_HEADS})")
        return self._head(path, heads[0], data[heads[0]], notes)

    def _head(self, path: Path_, head: str, data: Any, notes: dict[str, Any]) -> Node:
        inner: Path_ = (*path, head)
        if head in _COMBINATIONS:
            if not isinstance(data, list) or not data:
                raise self._source.error(inner, f"found {show(data)}", "a list of nodes")
            children = tuple(self.node((*inner, i), item) for i, item in enumerate(data))
            return self._build(path, kind=_COMBINATIONS[head], children=children, **notes)
        if head == "not":
            child = self.node(inner, data)
            self._refuse_strength(inner, child)
            return self._build(path, kind="not", children=(child,), **notes)
        if head == "present":
            self._check_place(inner, data)
            return self._build(path, kind="present", place=data, **notes)
        if head == "each":
            if not isinstance(data, dict) or not isinstance(data.get("of"), str):
                raise self._source.error(
                    inner, f"found {show(data)}", "a mapping with `of`, a quantity_list, and a test"
                )
            test = {key: value for key, value in data.items() if key != "of"}
            return self._fact(path, inner, data["of"], test, {**notes, "kind": "each"})
        return self._fact(path, inner, head, data, {"kind": "fact", **notes})

    def _refuse_strength(self, path: Path_, node: Node) -> None:
        if node.strength is not None:
            raise self._source.error(path, f"strength {node.strength!r}", "no `strength` in a condition or below `not`")
        for child in node.children:
            self._refuse_strength(path, child)

    def _annotations(self, path: Path_, data: dict[str, Any]) -> dict[str, Any]:
        notes: dict[str, Any] = {}
        for key in ANNOTATIONS:
            if key not in data:
                continue
            value, inner = data[key], (*path, key)
            if key in ("when", "unless"):
                notes[key] = self.condition(inner, value)
            elif key == "at":
                notes[key] = self._other_place(inner, value)
            elif key == "proviso":
                notes[key] = self._model(Text, inner, value)
            elif key == "basis":
                notes[key] = self._basis(inner, value)
            elif key == "clause":
                self._check_locator(inner, value)
                notes[key] = value
            else:
                notes[key] = value
        return notes

    def _basis(self, path: Path_, value: Any) -> tuple[str, ...]:
        errors: list[CorpusError] = []
        words = expect_words(self._source, path, value, errors)
        for error in errors:
            raise error
        for index, locator in enumerate(words):
            self._check_locator((*path, index), locator)
        return words

    def _check_locator(self, path: Path_, value: Any) -> None:
        if not isinstance(value, str):
            allowed = "a locator of this guideline (in quotes, if it looks like a number)"
            raise self._source.error(path, f"found {show(value)}", allowed)
        if self._locators is not None and value not in self._locators:
            allowed = choose("a locator of this guideline", value, self._locators)
            raise self._source.error(path, f"no clause {value!r}", allowed)

    def _check_place(self, path: Path_, value: Any, special: tuple[str, ...] = ()) -> None:
        known = isinstance(value, str) and (self._places is None or value in self._places or value in special)
        if not known:
            allowed = choose(" or ".join(["a place of the vocabulary", *special]), value, self._places or ())
            raise self._source.error(path, f"unknown place {value!r}", allowed)

    def _other_place(self, path: Path_, value: Any) -> OtherPlace:
        data = {**value} if isinstance(value, dict) else value
        if isinstance(data, dict) and data.get("when") is not None:
            data["when"] = self.condition((*path, "when"), data["when"])
        place = self._model(OtherPlace, path, data)
        self._check_place((*path, "place"), place.place, SPECIAL_PLACES)
        return place

    def _model(self, model: type[M], path: Path_, value: Any) -> M:
        errors: list[CorpusError] = []
        built = build(model, self._source, path, value, errors)
        if built is None:
            raise errors[0]
        return built

    def _build(self, path: Path_, **fields: Any) -> Node:
        return self._model(Node, path, fields)

    def _fact(self, node: Path_, path: Path_, fact_id: str, value: Any, notes: dict[str, Any]) -> Node:
        fact = self._facts.get(fact_id)
        if fact is None:
            allowed = choose(f"a fact of the vocabulary, or {_HEADS}", fact_id, self._facts)
            raise self._source.error(path, f"unknown fact or operator {fact_id!r}", allowed)
        if (notes["kind"] == "each") != (fact.type == "quantity_list"):
            allowed = "`each` with a quantity_list, and only with it"
            raise self._source.error(path, f"{fact_id} is a {fact.type}", allowed)
        test = self._test(path, fact_id, fact, value)
        return self._build(node, **notes, fact=fact_id, test=test)

    def _test(self, path: Path_, fact_id: str, fact: Fact, value: Any) -> Test:
        if isinstance(value, bool):
            if fact.type != "boolean":
                raise self._source.error(path, f"{fact_id} is a {fact.type}, not yes or no", self._allowed(fact))
            return Test(is_=value)
        if isinstance(value, (str, list)) and fact.choices:
            listed = [value] if isinstance(value, str) else value
            value = {"one_of": listed} if fact.type == "choice" else {"includes_any": listed}
        if not isinstance(value, dict):
            raise self._source.error(path, f"found {show(value)}", self._allowed(fact))
        unknown = [key for key in value if key not in _TESTS]
        if unknown:
            raise self._source.error((*path, unknown[0]), f"unknown test {unknown[0]!r}", ", ".join(_TESTS))
        operators = [key for key in value if key not in ("measure", "approximate")]
        if not operators or any(key not in _OPERATORS[fact.type] for key in operators):
            raise self._source.error(path, f"{fact_id} with {operators}", self._allowed(fact))
        errors: list[CorpusError] = []
        test = build(Test, self._source, path, value, errors)
        if test is None:
            first = errors[0]
            allowed = first.allowed if first.key.endswith((".measure", ".approximate")) else self._allowed(fact)
            raise CorpusError(first.file, first.line, first.key, first.found, allowed)
        self._check_values(path, fact_id, fact, test)
        return test

    def _check_values(self, path: Path_, fact_id: str, fact: Fact, test: Test) -> None:
        for name in _LIMITS:
            limit = getattr(test, name)
            if isinstance(limit, Quantity) and (fact.unit is None or not same_dimension(limit.unit, fact.unit)):
                found = f"unit {limit.unit!r} does not measure {fact_id}"
                raise self._source.error((*path, name), found, self._allowed(fact))
        if test.measure is not None and test.measure not in fact.measures:
            allowed = f"one of {', '.join(fact.measures)}" if fact.measures else f"no measure: {fact_id} has none"
            raise self._source.error((*path, "measure"), f"unknown measure {test.measure!r}", allowed)
        chosen = [*(test.one_of or ()), *(test.includes_any or ()), *(test.includes_all or ())]
        if isinstance(test.equals, str):
            chosen.append(test.equals)
        for choice in chosen:
            if choice not in fact.choices:
                raise self._source.error(path, f"unknown choice {choice!r} of {fact_id}", self._allowed(fact))

    @staticmethod
    def _allowed(fact: Fact) -> str:
        if fact.type in ("quantity", "quantity_list"):
            return f"at_least, more_than, at_most, less_than or equals with a quantity in {fact.unit}"
        if fact.type == "boolean":
            return "true or false"
        operators = " or ".join(_OPERATORS[fact.type])
        return f"{operators} with one of {', '.join(fact.choices)}"
