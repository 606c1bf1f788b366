"""The five guidelines as they are: complete, consistent with themselves, and asked about in enough ways."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from kb.corpus import read_corpus
from kb.model.corpus import Clause, Figure
from kb.model.knowledge import Corpus
from kb.model.requirement import Node, Requirement
from kb.model.requirement import Test as FactTest
from kb.quantity import Quantity

ROOT = Path(__file__).resolve().parents[2]
OUTLINE = ROOT.parent / "shared" / "outline"
QUESTIONS = ROOT / "evals" / "questions"
DOCUMENTS = ("alsok-okihai", "fukuoka-retail", "kanagawa-karte", "kochi-housing", "ssaj-design")
LIMITS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<", "equals": "="}

NAMED_OTHERWISE = {
    ("kanagawa-karte", "corridor.intrusion", "handhold_height"): "height_above_ground",
    ("kanagawa-karte", "fence.see_through", "obstacle_height"): "see_through_part_height",
    ("kanagawa-karte", "balcony.intrusion", "foothold_distances"): "horizontal_clearance",
}
"""Facts of requirements whose figure in the clause has a broader name."""

COMPARED_OTHERWISE = {
    ("ssaj-design", "surroundings_survey.years", "survey_years"): "a longer survey holds the past 5 years",
    ("ssaj-design", "crime_scene_survey.map", "survey_radius"): "a larger map holds the range",
    ("ssaj-design", "fence.height.ssaj", "obstacle_height"): "the figure is a height from which it is forbidden",
    ("kanagawa-karte", "fence.see_through", "obstacle_height"): "a fence below the figure has no part to see through",
    ("kanagawa-karte", "security_camera.maintenance_operation", "maintenance_interval"): "once in the time, or oftener",
    ("kanagawa-karte", "security_camera.inspection", "maintenance_interval"): "once in the time, or oftener",
    ("kanagawa-karte", "security_camera.image_characters", "chart_point_size"): "who reads smaller letters reads these",
}
"""Limits that are not compared with the operator of the figure in the clause, and why."""

outline = pytest.mark.skipif(not OUTLINE.is_dir(), reason="the outline of the originals is not beside this checkout")


@cache
def loaded() -> tuple[Corpus, list[str]]:
    corpus, problems = read_corpus(ROOT / "corpus")
    return corpus, [str(problem) for problem in problems]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return loaded()[0]


def clauses_of(corpus: Corpus, document: str) -> dict[str, Clause]:
    return {clause.locator: clause for clause in corpus.clauses if clause.document == document}


def rows_of(document: str) -> list[dict[str, str]]:
    with (OUTLINE / f"{document}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_it_loads_without_a_problem():
    assert loaded()[1] == []


def test_it_holds_the_five_guidelines(corpus: Corpus):
    assert tuple(document.id for document in corpus.documents) == DOCUMENTS


@outline
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_row_of_the_original_is_there_in_its_order_and_none_is_invented(corpus: Corpus, document: str):
    assert list(clauses_of(corpus, document)) == [row["locator"] for row in rows_of(document)]


@outline
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_row_has_the_kind_that_the_original_gives_it(corpus: Corpus, document: str):
    clauses = clauses_of(corpus, document)
    kinds = {row["locator"]: row["kind"] for row in rows_of(document)}
    assert {locator: clause.kind for locator, clause in clauses.items()} == kinds


@dataclass(frozen=True)
class Limit:
    """A number that a requirement compares a fact with, and the figures of the clauses that it rests on."""

    requirement: Requirement
    fact: str
    test: FactTest
    operator: str
    value: Quantity
    figures: tuple[Figure, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        return self.requirement.document, self.requirement.id, self.fact

    @property
    def stated(self) -> list[Figure]:
        """The figures with this value."""
        return [one for one in self.figures if any(_same(self.value, end) for end in (one.value, one.value_max))]

    @property
    def compared_alike(self) -> list[Figure]:
        """The figures with this value that are compared alike."""
        return [one for one in self.stated if self._operator_of(one) == self.operator]

    def _operator_of(self, figure: Figure) -> str:
        if figure.operator != "range":
            return figure.operator
        return ">=" if _same(self.value, figure.value) else "<="

    def __str__(self) -> str:
        return f"{' '.join(self.key)} {self.operator} {self.value.number} {self.value.unit}"


def _same(left: Quantity, right: Quantity | None) -> bool:
    return right is not None and left.dimension == right.dimension and left.base == right.base


def nodes_below(node: Node, clause: str) -> Iterator[tuple[Node, str]]:
    """Yield a node and all below it, conditions included, each with the clause that it stands for."""
    own = node.clause or clause
    yield node, own
    for inner in (*node.children, node.when, node.unless, node.at.when if node.at else None):
        if inner is not None:
            yield from nodes_below(inner, own)


def limits_of(corpus: Corpus) -> Iterator[Limit]:
    for requirement in corpus.requirements:
        trees = [tree for tree in (requirement.require, requirement.when, requirement.unless) if tree is not None]
        nodes = [pair for tree in trees for pair in nodes_below(tree, requirement.clause)]
        basis = [*requirement.basis, *(locator for node, _ in nodes for locator in node.basis)]
        for node, clause in nodes:
            for name, operator in LIMITS.items():
                value = getattr(node.test, name, None)
                if isinstance(value, Quantity) and node.fact and node.test:
                    ids = {f"{requirement.document} {locator}" for locator in (clause, requirement.clause, *basis)}
                    figures = tuple(figure for one in sorted(ids) for figure in corpus.by_id[one].figures)
                    yield Limit(requirement, node.fact, node.test, operator, value, figures)


@pytest.fixture(scope="module")
def limits(corpus: Corpus) -> list[Limit]:
    found = list(limits_of(corpus))
    assert len(found) >= 60
    return found


def test_every_number_of_a_requirement_is_a_figure_of_its_clauses(limits: list[Limit]):
    assert [str(limit) for limit in limits if not limit.stated] == []


def test_a_requirement_asks_for_the_property_that_the_figure_is_of(limits: list[Limit]):
    otherwise = {
        limit.key: {figure.property for figure in limit.stated}
        for limit in limits
        if limit.fact not in {figure.property for figure in limit.stated}
    }
    assert set(otherwise) == set(NAMED_OTHERWISE)
    assert [key for key, name in NAMED_OTHERWISE.items() if name not in otherwise[key]] == []


def test_a_requirement_compares_as_its_clause_does(limits: list[Limit]):
    assert {limit.key for limit in limits if not limit.compared_alike} == set(COMPARED_OTHERWISE)


def test_a_requirement_is_as_approximate_as_its_clause(limits: list[Limit]):
    assert [
        str(limit)
        for limit in limits
        if limit.compared_alike
        and not any(figure.approximate == limit.test.approximate for figure in limit.compared_alike)
    ] == []


def test_a_requirement_is_measured_as_its_clause_says(limits: list[Limit]):
    assert [
        str(limit)
        for limit in limits
        if limit.compared_alike
        and limit.key not in NAMED_OTHERWISE
        and not any(figure.measure == limit.test.measure for figure in limit.compared_alike)
    ] == []


def test_a_recommendation_is_never_worded_as_a_duty(corpus: Corpus):
    assert [c.id for c in corpus.clauses if c.kind == "recommendation" and c.strength == "shall"] == []


def test_every_clause_is_asked_about_in_four_ways_in_japanese_and_two_in_english(corpus: Corpus):
    spoken = [clause for clause in corpus.clauses if clause.kind != "heading"]
    assert [clause.id for clause in spoken if len(clause.asks.ja) < 4 or len(clause.asks.en) < 2] == []


def test_no_question_is_asked_of_two_clauses(corpus: Corpus):
    asked: dict[str, list[str]] = {}
    for clause in corpus.clauses:
        for ask in clause.asks.all:
            asked.setdefault(fold(ask), []).append(clause.id)
    assert {ask: ids for ask, ids in asked.items() if len(ids) > 1} == {}


def test_no_question_of_the_evals_is_held_by_the_corpus(corpus: Corpus):
    held = {fold(ask) for clause in corpus.clauses for ask in clause.asks.all}
    lines = [
        line for file in sorted(QUESTIONS.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()
    ]
    questions = [json.loads(line) for line in lines if line.strip()]
    assert len(questions) >= 150
    assert [question["id"] for question in questions if fold(question["question"]) in held] == []


def test_every_term_that_is_defined_has_its_clause(corpus: Corpus):
    terms = corpus.vocabulary.terms
    named = [(term, clause) for term, entry in terms.items() for clause in entry.defined_by]
    assert named
    assert [pair for pair in named if pair[1] not in corpus.by_id] == []


def test_every_clause_has_its_text_in_both_languages(corpus: Corpus):
    for clause in corpus.clauses:
        text = clause.title if clause.kind == "heading" else clause.text
        assert text is not None, clause.id
        assert any("぀" <= letter <= "鿿" for letter in text.ja), clause.id
        assert any(letter.isascii() and letter.isalpha() for letter in text.en), clause.id
