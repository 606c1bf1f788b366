"""How well figures are read from clauses: our own restatements in both languages, and the originals where they are at hand.

Expected are the figures of our clauses, which list every number with a unit. Told apart from that (`limits`): the figures of
clauses that lay something down (requirements and recommendations), each at the narrowest clause that has it; numbers of facts,
definitions and tables set no limit where they stand.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from kb.corpus import load_corpus
from kb.ingest.figures import EXPLAINING, FigureReader, open_reader
from kb.ingest.merge import quantity_of
from kb.ingest.model import FoundFigure, IngestedFigure, SourceClause
from kb.model.corpus import Clause, Figure
from kb.model.knowledge import Corpus
from kb.settings import corpus_folder

Key = tuple[object, ...]
Found = dict[str, Mapping[str, Sequence[FoundFigure | IngestedFigure]]]
"""The figures of each guideline, by locator."""

LANGUAGES, ORIGINAL = ("ja", "en"), "original"
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def main(arguments: list[str] | None = None) -> None:
    """Print precision, recall and F1 by language and guideline; `--errors` lists every difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was too much")
    parser.add_argument("--language", choices=(*LANGUAGES, ORIGINAL), action="append")
    parser.add_argument("--out", type=Path, help="write the result as JSON")
    options = parser.parse_args(arguments)
    directory = corpus_folder()
    corpus = load_corpus(directory)
    reader = open_reader(directory, corpus)
    result = {}
    for language in options.language or (*LANGUAGES, ORIGINAL):
        read = read_originals(corpus) if language == ORIGINAL else read_restatements(corpus, reader, language)
        if read:
            result[language] = measure(corpus, read, language, options.errors)
    text = json.dumps(result, ensure_ascii=False, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


def read_restatements(corpus: Corpus, reader: FigureReader, language: str) -> Found:
    """Read the figures of our own clauses as if they came from a file in one language."""
    return {d.id: reader.read(list_sources(corpus, d.id, language), language) for d in corpus.documents}


def read_originals(corpus: Corpus) -> Found:
    """Read the figures of the originals at our locators; empty where the originals are not on this machine."""
    from kb.ingest.model import IngestedDocument
    from kb.ingest.originals import attach
    from kb.ingest.service import Ingestor

    found: Found = {}
    ingestor = Ingestor()
    for path in sorted(SEEDS.glob("*.txt")):
        read = ingestor.reader.read(path)
        name = IngestedDocument(id=path.stem, title=path.stem, issuer="", language=read.language)
        figures: dict[str, list[IngestedFigure]] = {}
        for figure in attach(read, name, path.stem, corpus, ingestor.reader, ingestor.cues).ingested.figures:
            figures.setdefault(figure.locator, []).append(figure)
        found[path.stem] = figures
    return found


def measure(corpus: Corpus, read: Found, language: str, errors: bool) -> dict[str, dict[str, float]]:
    """Return scores by guideline and over all."""
    found: dict[str, Counter[str]] = {}
    for document in (d for d in corpus.documents if d.id in read):
        held = read[document.id]
        leaned = {f.source for c in corpus.clauses if c.document == document.id for f in c.figures if f.source}
        clauses = [c for c in corpus.clauses if c.document == document.id and c.text is not None]
        expected = {c.locator: list(map(full_key, limits_of(c, leaned))) for c in clauses}
        got = {c.locator: list(map(full_key, held.get(c.locator, ()))) for c in clauses}
        for clause in clauses:
            want, have = expected[clause.locator], got[clause.locator]
            _count(found, document.id, "", want, have)
            if clause.kind in ("requirement", "recommendation"):
                want = _narrow(clause.locator, expected)
                have = _narrow(clause.locator, got)
                _count(found, document.id, "limits ", want, have)
            if errors and clause.text is not None and Counter(want) != Counter(have):
                print(
                    f"{clause.id} [{language}] {clause.text.get('ja' if language == ORIGINAL else language)}",
                    file=sys.stderr,
                )
                for one in (Counter(want) - Counter(have)).elements():
                    print("    - missed", *one, file=sys.stderr)
                for one in (Counter(have) - Counter(want)).elements():
                    print("    + extra ", *one, file=sys.stderr)
    return {name: scores(counts) for name, counts in sorted(found.items())}


def _narrow(locator: str, figures: Mapping[str, list[Key]]) -> list[Key]:
    """Leave out what a clause only repeats of the clauses below it."""
    below = {key for other, keys in figures.items() if other.startswith(f"{locator}/") for key in keys}
    return [key for key in dict.fromkeys(figures[locator]) if key not in below]


def _count(found: dict[str, Counter[str]], document: str, part: str, expected: list[Key], got: list[Key]) -> None:
    for level, cut in (("full", 0), ("property", 1), ("value", 2)):
        want, have = Counter(key[cut:] for key in expected), Counter(key[cut:] for key in got)
        hit = sum((want & have).values())
        counts = {"hit": hit, "missed": sum(want.values()) - hit, "extra": sum(have.values()) - hit}
        for name in (document, "all"):
            found.setdefault(f"{name} {part}{level}", Counter()).update(counts)


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


def full_key(figure: Figure | FoundFigure | IngestedFigure) -> Key:
    """What makes two figures the same: place, property, operator, values and unit."""
    if isinstance(figure, IngestedFigure):
        value = quantity_of(figure.value, figure.unit)
        upper = None if figure.value_max is None else quantity_of(figure.value_max, figure.unit)
    else:
        value, upper = figure.value, figure.value_max
    high = None if upper is None else float(upper.base)
    return figure.place, figure.property, figure.operator, float(value.base), high


if __name__ == "__main__":
    main()
