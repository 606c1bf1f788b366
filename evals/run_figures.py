"""Measure how well figures are read from clauses: our own restatements in both languages, by guideline."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from kb.corpus import load_corpus
from kb.ingest.figures import EXPLAINING, FigureReader, open_reader
from kb.ingest.model import FoundFigure, SourceClause
from kb.model.corpus import Clause, Figure
from kb.model.knowledge import Corpus
from kb.settings import corpus_folder

Key = tuple[object, ...]


def main(arguments: list[str] | None = None) -> None:
    """Print precision, recall and F1 by language and guideline; `--errors` lists every difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was too much")
    parser.add_argument("--language", choices=("ja", "en"), action="append")
    parser.add_argument("--out", type=Path, help="write the result as JSON")
    options = parser.parse_args(arguments)
    directory = corpus_folder()
    corpus = load_corpus(directory)
    reader = open_reader(directory, corpus)
    result = {
        language: measure(corpus, reader, language, options.errors) for language in options.language or ("ja", "en")
    }
    text = json.dumps(result, ensure_ascii=False, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


def measure(corpus: Corpus, reader: FigureReader, language: str, errors: bool) -> dict[str, dict[str, float]]:
    """Return scores by guideline and over all."""
    found: dict[str, Counter[str]] = {}
    for document in corpus.documents:
        clauses = list_sources(corpus, document.id, language)
        read = reader.read(clauses, language)
        leaned = {f.source for c in corpus.clauses if c.document == document.id for f in c.figures if f.source}
        for clause in (c for c in corpus.clauses if c.document == document.id and c.text is not None):
            expected, got = limits_of(clause, leaned), read.get(clause.locator, ())
            for name, key in (("full", full_key), ("value", value_key)):
                score = found.setdefault(f"{document.id} {name}", Counter())
                want, have = Counter(map(key, expected)), Counter(map(key, got))
                hit = sum((want & have).values())
                score.update(hit=hit, missed=sum(want.values()) - hit, extra=sum(have.values()) - hit)
                found.setdefault(f"all {name}", Counter()).update(
                    hit=hit, missed=sum(want.values()) - hit, extra=sum(have.values()) - hit
                )
                if errors and name == "full" and want != have:
                    print(f"{clause.id} [{language}] {clause.text.get(language)}", file=sys.stderr)
                    for one in (want - have).elements():
                        print("    - missed", *one, file=sys.stderr)
                    for one in (have - want).elements():
                        print("    + extra ", *one, file=sys.stderr)
    return {name: scores(counts) for name, counts in sorted(found.items())}


def limits_of(clause: Clause, leaned: set[str]) -> list[Figure]:
    """Return the figures of a clause that are to be read: not the distance that only explains how bright an illuminance
    is, nor, in a definition, what is told at the clauses that lean on it."""
    if clause.locator in leaned and clause.kind == "definition":
        return []
    figures = list(clause.figures)
    if any(figure.property != EXPLAINING for figure in figures):
        figures = [figure for figure in figures if figure.property != EXPLAINING]
    return figures


def list_sources(corpus: Corpus, document: str, language: str) -> list[SourceClause]:
    """Return our clauses as if they had been read from a file in one language."""
    sources = []
    for clause in corpus.clauses:
        if clause.document != document:
            continue
        above = corpus.ancestors(clause)
        sources.append(
            SourceClause(
                locator=clause.locator,
                heading="" if clause.title is None else clause.title.get(language),
                text="" if clause.text is None else clause.text.get(language),
                path=tuple(a.title.get(language) for a in above if a.title is not None),
                parent=above[-1].locator if above else "",
                form=clause.kind,
            )
        )
    return sources


def scores(counts: Counter[str]) -> dict[str, float]:
    """Return precision, recall and F1."""
    hit, missed, extra = counts["hit"], counts["missed"], counts["extra"]
    precision = hit / (hit + extra) if hit + extra else 1.0
    recall = hit / (hit + missed) if hit + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"figures": hit + missed, "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def full_key(figure: Figure | FoundFigure) -> Key:
    """What makes two figures the same: place, property, operator, values and unit."""
    upper = figure.value_max
    value = figure.value
    return (
        figure.place,
        figure.property,
        figure.operator,
        float(value.base),
        None if upper is None else float(upper.base),
    )


def value_key(figure: Figure | FoundFigure) -> Key:
    """Only operator and values."""
    return full_key(figure)[2:]


def keys(figures: Iterable[Figure | FoundFigure]) -> list[Key]:
    """Return the keys of several figures."""
    return [full_key(figure) for figure in figures]


if __name__ == "__main__":
    main()
