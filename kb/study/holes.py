"""Where the figures of a clause stand in its sentences, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model.base import Text
from kb.model.corpus import Clause, Figure
from kb.quantity import Quantity, find_quantities
from kb.quantity.mention import Mention
from kb.quantity.units import format_number, format_quantity
from kb.study.proof import key_of

BLANK = "［　　］"


@dataclass(frozen=True)
class Hole:
    """A figure of a clause and every place in its sentences where it stands."""

    clause: Clause
    figures: tuple[Figure, ...]
    ja: tuple[Mention, ...]
    en: tuple[Mention, ...]

    @property
    def value(self) -> Quantity:
        """The figure as the Japanese sentence writes it (its unit may differ from the data's)."""
        return self.ja[0].value

    @property
    def is_range(self) -> bool:
        """Whether the figure has two ends."""
        return self.ja[0].upper is not None

    @property
    def slot(self) -> str:
        """What tells the hole from the clause's other holes, whatever the figure is."""
        return "+".join(sorted({f"{f.property}@{f.place}@{sorted(f.when.items())}" for f in self.figures}))

    def masked(self) -> Text:
        """Return the sentences with the figure left out."""
        return Text(
            ja=_replace(_text(self.clause, "ja"), self.ja, [BLANK] * len(self.ja)),
            en=_replace(_text(self.clause, "en"), self.en, ["[      ]"] * len(self.en)),
        )

    def filled(self, value: Quantity) -> Text | None:
        """Return the sentences with another figure of the same unit; None where the figure is not written in digits."""
        ja = [_rewrite(mention, value) for mention in self.ja]
        en = [_rewrite(mention, value) for mention in self.en]
        if None in ja or None in en:
            return None
        return Text(
            ja=_replace(_text(self.clause, "ja"), self.ja, [one or "" for one in ja]),
            en=_replace(_text(self.clause, "en"), self.en, [one or "" for one in en]),
        )


def find_holes(clause: Clause) -> list[Hole]:
    """Find the figures of a clause that stand in its sentences in both languages, in the order of the sentences."""
    if clause.text is None or not clause.figures:
        return []
    ja, en = find_quantities(clause.text.ja), find_quantities(clause.text.en)
    holes: dict[tuple[int, int], Hole] = {}
    for figure in clause.figures:
        here = tuple(one for one in ja if _is_it(one, figure))
        there = tuple(one for one in en if _is_it(one, figure))
        if not here or not there:
            continue
        span = here[0].span
        before = holes[span].figures if span in holes else ()
        holes[span] = Hole(clause, (*before, figure), here, there)
    return [holes[span] for span in sorted(holes)]


def show(quantity: Quantity) -> Text:
    """Write a quantity as an option, in both languages."""
    return Text(ja=format_quantity(quantity, "ja"), en=format_quantity(quantity, "en"))


def show_hole(hole: Hole) -> Text:
    """Write the right answer to a hole, range or single."""
    first = hole.ja[0]
    if first.upper is None:
        return show(first.value)
    ends = f"{format_number(first.value.value)}～{format_quantity(first.upper, 'ja')}"
    return Text(ja=ends, en=f"{format_number(first.value.value)} to {format_quantity(first.upper, 'en')}")


def _text(clause: Clause, language: str) -> str:
    assert clause.text is not None
    return clause.text.get(language)


def _is_it(mention: Mention, figure: Figure) -> bool:
    if (mention.upper is None) != (figure.value_max is None):
        return False
    if mention.upper is not None and figure.value_max is not None and key_of(mention.upper) != key_of(figure.value_max):
        return False
    return key_of(mention.value) == key_of(figure.value)


def _rewrite(mention: Mention, value: Quantity) -> str | None:
    number = format_number(mention.value.value)
    if mention.upper is not None or mention.value.unit != value.unit or mention.surface.count(number) != 1:
        return None
    return mention.surface.replace(number, format_number(value.value))


def _replace(text: str, mentions: tuple[Mention, ...], words: list[str]) -> str:
    for mention, word in sorted(zip(mentions, words, strict=True), key=lambda pair: -pair[0].span[0]):
        text = text[: mention.span[0]] + word + text[mention.span[1] :]
    return text
