"""What a learner studies: items with one right answer, each standing on a clause."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

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


class StudyGuide(Frozen):
    """`study.yaml`: subjects, contrasts, rungs of likely figures per unit, and what no item is made of."""

    subjects: tuple[Subject, ...]
    contrasts: tuple[Contrast, ...]
    rungs: dict[str, tuple[float, ...]]
    not_statements: tuple[str, ...] = ()
