"""Bring the user's documents into the corpus: as guidelines beside the others, or as the wording of one that is held."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from kb.ingest.model import IngestedClause, IngestedFigure
from kb.ingest.requirements import list_requirements
from kb.ingest.shelf import ClauseReading, Kept
from kb.model.base import Text, Words
from kb.model.corpus import Clause, Document, Figure, Statement
from kb.model.knowledge import Corpus, Vocabulary
from kb.model.requirement import Requirement
from kb.quantity import Quantity, parse_quantity

_ISSUED = re.compile(r"[^\s（(]{1,8}?[都道府県市区町村](?=[^\s])")
REVIEWED = ("accepted", "corrected")


def merge_documents(corpus: Corpus, kept: Iterable[Kept]) -> Corpus:
    """Return the corpus with the user's documents in it."""
    documents, clauses, requirements = list(corpus.documents), list(corpus.clauses), list(corpus.requirements)
    for one in kept:
        document = one.ingested.document
        if document.attached_to is not None:
            clauses = [_quoted(clause, one.quotes, document.attached_to) for clause in clauses]
            continue
        documents.append(_document(one, corpus.vocabulary))
        clauses += _clauses(one, corpus.vocabulary)
        requirements += list_requirements(one, corpus.vocabulary)
    return _replace(corpus, tuple(documents), tuple(clauses), tuple(requirements))


def without_documents(corpus: Corpus) -> Corpus:
    """Return the corpus as it is without the user's documents."""
    documents = tuple(d for d in corpus.documents if d.origin == "corpus")
    ids = {d.id for d in documents}
    clauses = tuple(
        c if c.quote is None else c.model_copy(update={"quote": None}) for c in corpus.clauses if c.origin == "corpus"
    )
    requirements = tuple(r for r in corpus.requirements if r.document in ids)
    return _replace(corpus, documents, clauses, requirements)


def _replace(
    corpus: Corpus, documents: tuple[Document, ...], clauses: tuple[Clause, ...], requirements: tuple[Requirement, ...]
) -> Corpus:
    """Return a corpus with other documents; it has look-ups of its own, which a copy would share."""
    held = {name: getattr(corpus, name) for name in type(corpus).model_fields}
    return Corpus(**{**held, "documents": documents, "clauses": clauses, "requirements": requirements})


def _quoted(clause: Clause, quotes: dict[str, str], document: str) -> Clause:
    if clause.document != document or clause.locator not in quotes:
        return clause
    return clause.model_copy(update={"quote": quotes[clause.locator]})


def _same(text: str) -> Text:
    return Text(ja=text, en=text)


def _document(kept: Kept, vocabulary: Vocabulary) -> Document:
    document = kept.ingested.document
    edition = document.edition
    issued = _ISSUED.match(document.title)
    names = Words(ja=(document.id, document.title, *([issued[0]] if issued else [])), en=(document.id,))
    force = Statement(
        ja="この文書は利用者が取り込んだもので、拘束力は本文で確かめてください。",
        en="This document was added by the user; see its own text for how binding it is.",
    )
    short = document.title if len(document.title) <= 24 else f"{document.title[:23]}…"
    later = edition > 1
    return Document(
        id=document.id,
        title=_same(document.title),
        short=Text(
            ja=f"{short}（第{edition}版）" if later else short, en=f"{short} (edition {edition})" if later else short
        ),
        issuer=_same(document.issuer or "—"),
        aliases=names,
        buildings=kept.buildings,
        legal_force=force,
        addressees=Statement(ja="本文を参照", en="see the text"),
        scope=Statement(ja="本文を参照", en="see the text"),
        obtain=Text(ja="利用者が取り込んだ文書", en="added by the user"),
        origin="user",
        edition=edition,
    )


def _clauses(kept: Kept, vocabulary: Vocabulary) -> list[Clause]:
    figures: dict[str, list[IngestedFigure]] = {}
    for figure in kept.ingested.figures:
        if figure.state != "dropped" and _is_known(figure, vocabulary):
            figures.setdefault(figure.locator, []).append(figure)
    return [
        _clause(kept.id, clause, kept.readings.get(clause.locator, ClauseReading()), figures.get(clause.locator, []))
        for clause in kept.ingested.clauses
    ]


def _clause(document: str, clause: IngestedClause, reading: ClauseReading, figures: list[IngestedFigure]) -> Clause:
    is_heading = clause.kind == "heading"
    return Clause(
        document=document,
        locator=clause.locator,
        kind=clause.kind,
        strength=clause.strength if clause.kind in ("requirement", "recommendation") else None,
        title=_same(clause.title or clause.text) if clause.title or is_heading else None,
        text=None if is_heading else _same(clause.text),
        places=reading.places,
        topics=reading.topics,
        when=reading.when,
        figures=tuple(to_figure(f) for f in figures if f.state in REVIEWED),
        unreviewed=tuple(to_figure(f) for f in figures if f.state == "unreviewed"),
        origin="user",
        quote=None if is_heading else clause.text,
    )


def _is_known(figure: IngestedFigure, vocabulary: Vocabulary) -> bool:
    fact = vocabulary.facts.get(figure.property)
    return fact is not None and fact.unit is not None


def quantity_of(value: int | float | str, unit: str) -> Quantity:
    """Return the exact quantity that a figure carries as a number."""
    if unit == "clock":
        return parse_quantity(f"{value} clock")
    if isinstance(value, float):
        return Quantity(Fraction(value).limit_denominator(1000), unit)
    return Quantity(Fraction(value), unit)


def to_figure(figure: IngestedFigure) -> Figure:
    """Return a figure as clauses carry it."""
    return Figure(
        property=figure.property,
        place=figure.place,
        value=quantity_of(figure.value, figure.unit),
        value_max=None if figure.value_max is None else quantity_of(figure.value_max, figure.unit),
        operator=figure.operator,
        measure=figure.measure,
        approximate=figure.approximate,
        strength=figure.strength,
        when=figure.when,
    )
