"""Describe in numbers how a clause stands beside the one that carries an answer: the ground for citing it too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from kb.ask.coverage import CoverageReader
from kb.ask.figures import KIND, compares
from kb.ask.frame import Frame
from kb.ask.rank import ClauseRanker, Ranked
from kb.model.corpus import Clause
from kb.model.knowledge import Corpus

_KINDS = ("definition", "explanation", "fact", "heading", "table", "recommendation")
_PLACES = 15.0

Families = Mapping[str, AbstractSet[str]]


class SelectionMeasurer:
    """Measures candidates of one corpus; `alternatives` and `together` are clauses by a clause that they go with."""

    def __init__(
        self, corpus: Corpus, ranker: ClauseRanker, coverage: CoverageReader, alternatives: Families, together: Families
    ) -> None:
        self._corpus = corpus
        self._ranker = ranker
        self._coverage = coverage
        self._alternatives = alternatives
        self._together = together

    def measure(self, frame: Frame, top: Ranked, ranked: Sequence[Ranked]) -> dict[str, dict[str, float]]:
        """Return the features of every candidate but the clause itself, by clause id."""
        near = self._coverage.closeness(frame, (), [r.clause.id for r in ranked])
        found = {}
        for place, candidate in enumerate(ranked):
            if candidate.clause.id == top.clause.id:
                continue
            standing = self._stand(frame, top, candidate)
            found[candidate.clause.id] = {
                **standing,
                **self._compare(frame, top, candidate, standing),
                "near": near[place].whole,
                "position": place / _PLACES,
                "before": candidate.score / ranked[place - 1].score if place and ranked[place - 1].score > 0 else 0.0,
                "after": candidate.score - ranked[place + 1].score if place + 1 < len(ranked) else 0.0,
                "first_ahead": ranked[0].score - ranked[1].score,
            }
        return found

    def _compare(self, frame: Frame, top: Ranked, candidate: Ranked, standing: Mapping[str, float]) -> dict[str, float]:
        """Compare what two clauses say, where they stand, and how like the question their questions are."""
        mine, its = top.clause, candidate.clause
        same, parallel, several = standing["same_document"], standing["parallel"], standing["several"]
        likeness = self._coverage.likeness(mine.id, its.id)
        below = float(bool(same) and its.locator.startswith(mine.locator + "/"))
        asked = candidate.measured
        return {
            "asked_words": asked["asked_words"],
            "asked_letters": asked["asked_letters"],
            "asked_votes": asked["asked_votes"],
            "votes_less": top.measured["asked_votes"] - asked["asked_votes"],
            "twin": likeness,
            "twin_same_document": likeness * same,
            "twin_parallel": likeness * parallel,
            "above": float(bool(same) and mine.locator.startswith(its.locator + "/")),
            "below": below,
            "same_figure": float(bool(_figures(mine) & _figures(its))),
            "same_property": float(bool({f.property for f in mine.figures} & {f.property for f in its.figures})),
            **{f"kind_{kind}": float(its.kind == kind) for kind in _KINDS},
            "beside_explanation": float(mine.kind == "explanation"),
            "differing": float("difference" in frame.intents),
            "exception_same_document": float("exception" in frame.intents) * same,
            "alternative_same_document": float("alternative" in frame.intents) * same,
            "several_siblings": several * standing["siblings"],
            "several_below": several * below,
            "parallel_unnamed": float(not frame.documents) * parallel,
            "several_documents": float(len(frame.documents) > 1) * (1 - same),
            "one_document": float(len(frame.documents) == 1),
        }

    def _stand(self, frame: Frame, top: Ranked, candidate: Ranked) -> dict[str, float]:
        """Compare the subjects, the places and the scores of two clauses."""
        mine, its = self._ranker.concepts(top.clause), self._ranker.concepts(candidate.clause)
        places = self._corpus.vocabulary.places
        shared = {c for c in mine & its if c not in places}
        subjects = {c for c in mine | its if c not in places}
        same = candidate.clause.document == top.clause.document
        ratio = candidate.score / top.score if top.score > 0 else 0.0
        near = candidate.place is not None and candidate.place <= KIND
        above, below = sorted((top.clause.locator, candidate.clause.locator), key=len)
        named = len(frame.documents) > 1 and candidate.clause.document in frame.documents
        asked = {*frame.topics, *frame.terms, *frame.properties, *frame.facts}
        return {
            "ratio": ratio,
            "ratio_same_document": ratio if same else 0.0,
            "same_document": float(same),
            "parallel": float(not same and near and bool(shared)),
            "astray": float(bool(frame.places) and not near),
            "concepts_shared": len(shared) / len(subjects) if subjects else 0.0,
            "covered": candidate.covered,
            "covered_less": top.covered - candidate.covered,
            "same_kind": float(candidate.clause.kind == top.clause.kind),
            "siblings": float(
                same and top.clause.locator.rpartition("/")[0] == candidate.clause.locator.rpartition("/")[0]
            ),
            "nested": float(same and below.startswith(above + "/")),
            "compared": float(compares(frame) and not same),
            "named": float(named),
            "several": float("list" in frame.intents),
            "alternative": float(candidate.clause.id in self._alternatives.get(top.clause.id, ())),
            "alternative_asked": float(
                "alternative" in frame.intents and candidate.clause.id in self._alternatives.get(top.clause.id, ())
            ),
            "same_requirement": float(candidate.clause.id in self._together.get(top.clause.id, ())),
            "leaned_on": float(same and _leans(top.clause, candidate.clause)),
            "named_less": float(len(asked & mine - its)) / len(asked) if asked else 0.0,
            "named_more": float(len(asked & its - mine)) / len(asked) if asked else 0.0,
            "weaker": float(top.clause.strength is not None and candidate.clause.strength is None),
            "tabular": float(is_tabular(candidate.clause)),
        }


def _figures(clause: Clause) -> set[tuple[object, object]]:
    return {(f.property, f.value) for f in clause.figures}


def is_tabular(clause: Clause) -> bool:
    """Tell whether a clause repeats others: a table row, a figure, a commentary."""
    return (
        clause.kind == "explanation"
        or clause.kind == "table"
        or any(label.startswith("表") for label in clause.locator.split("/")[1:])
    )


def _leans(one: Clause, other: Clause) -> bool:
    """Tell whether one clause names the other as what it leans on."""
    return other.locator in one.basis or one.locator in other.basis
