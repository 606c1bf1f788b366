"""Samples on which the decision of `kb judge` is fitted: statements, and the claims of the corpus held out in turn."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from evals.statements import Statement
from kb.base import KnowledgeBase
from kb.judge.bank import Bank, Saying
from kb.judge.features import Standing


@dataclass(frozen=True)
class Sample:
    """One labelled text: its features in the guideline that decides it, whether it is right, its fault, its clause."""

    source: str
    text: str
    language: str
    key: str
    right: bool
    fault: str | None
    measured: dict[str, float]
    faults: dict[str, float]
    cues: tuple[str, ...]


Measure = Callable[[str], Mapping[str, Standing]]
"""How a text stands in each guideline."""


def sample_statements(measure: Measure, statements: list[Statement], source: str) -> Iterator[Sample]:
    """Yield the covered statements as they stand in the guideline that decides them."""
    for one in statements:
        if one.verdict not in ("correct", "incorrect"):
            continue
        standings = measure(one.statement)
        standing = standings.get(one.key.split(" ")[0]) or next(iter(standings.values()), None)
        if standing is not None:
            right = one.verdict == "correct"
            yield _sample(source, one.statement, one.lang, one.key, right, one.fault, standing)


def sample_claims(kb: KnowledgeBase, step: int = 1, offset: int = 0) -> Iterator[Sample]:
    """Yield the claims of the corpus, each judged as if nobody had written it; half of them name their guideline."""
    bank = kb.bank
    sayings = bank.sayings
    rows: dict[tuple[str, str], set[int]] = {}
    for row, saying in enumerate(sayings):
        rows.setdefault((saying.clause, saying.text), set()).add(row)
    claims = [(row, s) for row, s in enumerate(sayings) if not s.own]
    for row, saying in claims[offset::step]:
        document = saying.clause.split(" ")[0]
        text = _frame(kb, saying, document, row)
        without = rows[saying.clause, saying.text] | _find_twin(bank, saying)
        standing = kb.measure_standings(text, without).get(document)
        if standing is not None:
            fault = saying.fault
            yield _sample("claim", text, saying.language, saying.clause, fault is None, fault, standing)


def _sample(
    source: str, text: str, language: str, key: str, right: bool, fault: str | None, standing: Standing
) -> Sample:
    measured, faults, cues = dict(standing.measured), dict(standing.faults), tuple(sorted(standing.cues))
    return Sample(source, text, language, key, right, fault, measured, faults, cues)


def _find_twin(bank: Bank, saying: Saying) -> set[int]:
    """Return the claim of the other side that is nearest: left out too, since it says the same with one thing changed."""
    rows = bank.rows_of[saying.clause, saying.language]
    others = [r for r in rows if not bank.sayings[r].own and (bank.sayings[r].fault is None) != (saying.fault is None)]
    if not others:
        return set()
    like = bank.measure(saying.text).like
    return {max(others, key=lambda r: float(like[r]))}


def _frame(kb: KnowledgeBase, saying: Saying, document: str, row: int) -> str:
    """Return a claim as an exam would state it: every second one names its guideline."""
    if zlib.crc32(saying.text.encode()) % 2:
        return saying.text
    short = kb.corpus.documents_by_id[document].short.get(saying.language)
    if saying.language == "ja":
        return f"{short}では、{saying.text}"
    return f"Under {short}, {saying.text[0].lower()}{saying.text[1:]}"


def cue_bags(kb: KnowledgeBase) -> list[tuple[str, bool, list[str]]]:
    """Return, for every claim: its clause, whether it is right, and its cues beside all else that is rightly said."""
    bank, found = kb.bank, []
    for (clause, language), rows in bank.rows_of.items():
        for row in rows:
            saying = bank.sayings[row]
            if not saying.own:
                cues = kb.list_cues(saying.text, clause, language, frozenset((row,)))
                found.append((clause, saying.fault is None, sorted(cues)))
    return found
