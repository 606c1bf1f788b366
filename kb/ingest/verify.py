"""Compare the figures of our clauses with those of the attached original, place by place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from kb.ingest.shelf import Kept
from kb.model.base import Frozen
from kb.model.corpus import Clause, Figure
from kb.model.knowledge import Corpus
from kb.quantity import Mention, Quantity, find_quantities, format_quantity
from kb.quantity.numerals import number
from kb.text import fold

_NO_FIGURE = ("floors", "count", "calendar_year")
"""Storeys, counts of list items and years are no limits; ours are compared all the same."""

_SEVERAL = "複数"
_IN_A_DATE = re.compile(r"月\s*$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|[一二三四五六七八九十]+")


class Difference(Frozen):
    """A figure that one side has and the other has not; `note` is what our clause says of it, or None."""

    kind: Literal["not_in_original", "not_in_ours"]
    locator: str
    figure: str
    note: str | None = None


class VerifyReport(Frozen):
    """All differences of one guideline."""

    document: str
    edition: int
    agreed: int
    unexplained: int
    differences: tuple[Difference, ...]


def verify_original(kept: Kept, corpus: Corpus) -> VerifyReport:
    """Compare one attached original with our corpus."""
    document = kept.ingested.document
    original = document.attached_to or document.id
    clauses = [c for c in corpus.clauses if c.document == original]
    texts = {c.locator: c.text for c in kept.ingested.clauses}
    differences: list[Difference] = []
    agreed = 0
    for clause in clauses:
        places = _places_of(clause, corpus)
        printed = [m for place in places for m in find_quantities(texts.get(place, ""))]
        bare = {
            n
            for place in places
            for m in _NUMBER.finditer(fold(texts.get(place, "")))
            if (n := number(m[0])) is not None
        }
        several = any(_SEVERAL in texts.get(place, "") for place in places)
        missing = [
            f
            for f in clause.figures
            if not (_is_printed(f, printed) or _is_bare(f, clause, bare) or (several and _means_several(f)))
        ]
        agreed += len(clause.figures) - len(missing)
        differences += [_difference("not_in_original", clause, _write(f)) for f in missing]
        differences += [
            _difference("not_in_ours", clause, text) for text in _lacking(clause, texts.get(clause.locator, ""), corpus)
        ]
    return VerifyReport(
        document=original,
        edition=document.edition,
        agreed=agreed,
        unexplained=sum(d.note is None for d in differences),
        differences=tuple(differences),
    )


def _places_of(clause: Clause, corpus: Corpus) -> list[str]:
    """Return the locators at which a clause's figures may be printed: its own, what it leans on, its rows and its parent."""
    found = [clause.locator, *clause.basis, *(f.source for f in clause.figures if f.source)]
    found += [c.locator for c in corpus.children(clause)]
    leaned = [corpus.by_id[f"{clause.document} {b}"] for b in clause.basis if f"{clause.document} {b}" in corpus.by_id]
    found += [c.locator for one in leaned for c in corpus.children(one)]
    return list(dict.fromkeys(found))


def _is_printed(figure: Figure, printed: Sequence[Mention]) -> bool:
    wanted = [figure.value, *([figure.value_max] if figure.value_max else [])]
    held = [q for m in printed for q in (m.value, m.upper) if q is not None]
    return all(any(_equal(want, have) for have in held) for want in wanted)


def _is_bare(figure: Figure, clause: Clause, numbers: set[Fraction]) -> bool:
    """Tell whether a number stands without its unit: in a table, whose head has the unit, or before a counter word."""
    in_table = clause.kind == "table" or "表" in clause.locator
    return (in_table or figure.value.dimension == "count") and figure.value.value in numbers


def _means_several(figure: Figure) -> bool:
    """Tell whether a figure says what `複数` says: two or more."""
    return figure.operator == ">=" and figure.value.value == 2 and figure.value.dimension in ("persons", "count")


def _equal(left: Quantity, right: Quantity) -> bool:
    if left.unit == right.unit or left.dimension == right.dimension:
        return left.base == right.base
    return False


def _lacking(clause: Clause, text: str, corpus: Corpus) -> Iterator[str]:
    """Yield what the original prints here and neither our clause nor its rows, notes and headings carry."""
    around = [clause, *corpus.children(clause), *corpus.ancestors(clause)]
    around += [corpus.by_id[f"{clause.document} {b}"] for b in clause.basis if f"{clause.document} {b}" in corpus.by_id]
    ours = [q for c in around for f in c.figures for q in (f.value, f.value_max) if q is not None]
    for mention in find_quantities(text):
        if mention.value.unit == "days" and _IN_A_DATE.search(text[: mention.span[0]]):
            continue
        for quantity in (mention.value, mention.upper):
            if quantity is None or quantity.dimension in _NO_FIGURE:
                continue
            if not any(_equal(quantity, held) for held in ours):
                yield mention.surface


def _difference(kind: Literal["not_in_original", "not_in_ours"], clause: Clause, figure: str) -> Difference:
    note = None if clause.note is None else clause.note.ja
    return Difference(kind=kind, locator=clause.locator, figure=figure, note=note)


def _write(figure: Figure) -> str:
    upper = "" if figure.value_max is None else f"–{format_quantity(figure.value_max)}"
    return f"{figure.place or '—'} {figure.property} {figure.operator} {format_quantity(figure.value)}{upper}"
