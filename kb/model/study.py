"""What a learner studies: items with one right answer, each standing on a clause."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from kb.model.base import Frozen, Text

ItemKind = Literal["cloze", "statement", "term", "definition", "place", "guideline", "order", "table", "area"]
Fault = Literal["figure", "place", "condition", "strength", "term", "scope", "direction", "quantifier"]


class Option(Frozen):
    """One answer to choose: what it says, whether it is the right one, and why it is or is not."""

    text: Text
    right: bool
    why: Text


class Claim(Frozen):
    """A full sentence that an item implies, with its truth: what a judge of statements must agree with.

    `document` is the guideline by which it is to be judged; `fault` is the planted kind of fault, where one was.
    """

    text: Text
    truth: bool
    document: str
    fault: Fault | None = None


class Item(Frozen):
    """A question with its options, exactly one of which is right.

    `id` stays the same while the question is the same; `content` is the hash of the clause as it was when the item
    was made (`kb.study.sources.hash_clause`), so that a card whose clause has changed is seen to be stale. `subject`
    is an id of the subjects in `study.yaml`. `quote` is the passage that the question is about.
    """

    id: str
    kind: ItemKind
    document: str
    locator: str
    content: str
    subject: str
    stem: Text
    quote: Text | None = None
    options: tuple[Option, ...]
    explanation: Text
    fault: Fault | None = None
    claims: tuple[Claim, ...] = ()

    @model_validator(mode="after")
    def _one_right_answer(self) -> Item:
        if sum(option.right for option in self.options) != 1 or len(self.options) < 2:
            raise ValueError("an item has two options or more, exactly one of which is right")
        for language in ("ja", "en"):
            shown = [option.text.get(language) for option in self.options]
            if len(set(shown)) != len(shown):
                raise ValueError(f"options of {self.id} read the same: {shown}")
        return self

    @property
    def answer(self) -> int:
        """The position of the right option, from 0."""
        return next(position for position, option in enumerate(self.options) if option.right)


class Subject(Frozen):
    """A field of study: topics of the vocabulary, and its share of a practice paper."""

    id: str
    label: Text
    topics: tuple[str, ...]
    weight: int = 1


class Contrast(Frozen):
    """Two expressions that exclude each other; putting the second for the first plants a fault of a kind.

    `where` limits it to clauses (ids).
    """

    fault: Fault
    ja: tuple[str, str]
    en: tuple[str, str]
    where: tuple[str, ...] = ()


class AreaReason(Frozen):
    """A reason why an area can or cannot be called so, with the clause that gives it.

    `not_beside` names reasons that may hold as well, and so are no wrong answers beside this one.
    """

    can: bool
    clause: str
    ja: str
    en: str
    not_beside: tuple[str, ...] = ()


class AreaCase(Frozen):
    """A kind of case of area classification: its text and its survey, each filled in with every one of the values.

    `also_holds` names reasons whose conditions the case meets, although the clause of `reason` decides otherwise.
    """

    asks: Literal["residential", "commercial"]
    reason: str
    text: Text
    survey: dict[str, Any]
    values: tuple[dict[str, str | int], ...]
    also_holds: tuple[str, ...] = ()


class StudyGuide(Frozen):
    """`study.yaml`: subjects, contrasts, rungs of likely figures per unit, what no item is made of, cases of areas.

    `abbreviations` are terms ("document term") that a guideline only shortens and does not explain;
    `fittings` are the places of the vocabulary that are things rather than places.
    """

    subjects: tuple[Subject, ...]
    contrasts: tuple[Contrast, ...]
    rungs: dict[str, tuple[float, ...]]
    not_statements: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    fittings: frozenset[str] = frozenset()
    area_reasons: dict[str, dict[str, AreaReason]] = Field(default_factory=dict)
    area_cases: tuple[AreaCase, ...] = ()

    @model_validator(mode="after")
    def _reasons_are_known(self) -> StudyGuide:
        for case in self.area_cases:
            known = self.area_reasons.get(case.asks, {})
            if case.reason not in known:
                raise ValueError(f"area case with reason {case.reason!r}; known for {case.asks}: {', '.join(known)}")
            for name in set(case.also_holds) - known.keys():
                raise ValueError(f"area case that also_holds {name!r}; known for {case.asks}: {', '.join(known)}")
        return self
