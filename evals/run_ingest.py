"""How well files are read and outlined: `python -m evals.run_ingest [--show NAME]`.

Parts, each by itself: the originals (where they are on this machine) without any guide, our own files, and files of styles that
were written, with all that must be found in them, before the reader first saw them (`unseen`, `first` to `fourth`).
`evals/results/ingest_first_runs.json` has what each of those scored the first time; `--first PART` writes it, once.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.ingest.build import FOLDER, Expected, list_cases, write_case
from evals.ingest.figures import measure_cases, open_reader, summarize_tallies
from indexer.outline import Outline, outline
from indexer.reader import SourceText, read_document

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@dataclass
class Score:
    """What was found of what was expected in one file."""

    name: str
    expected: int
    found: int
    kinds: int
    sections: int
    lost: int
    seconds: float
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the expected clauses that were found at their line."""
        return self.found / max(1, self.expected)

    @property
    def precision(self) -> float:
        """Share of the sections that were expected."""
        return self.found / max(1, self.sections)

    @property
    def f1(self) -> float:
        """Harmonic mean of recall and precision."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def score(name: str, path: Path, expected: list[Expected]) -> Score:
    """Read and outline one file and compare."""
    started = time.perf_counter()
    source = read_document(path)
    result = outline(source.lines)
    seconds = time.perf_counter() - started
    got = {s.locator: s for s in result.sections}
    found = [e for e in expected if e.locator in got and e.line in (None, got[e.locator].first)]
    names = {e.locator for e in found}
    kinds = sum((got[e.locator].kind == "heading") == (e.kind == "heading") for e in found)
    missing = [
        f"{e.locator} (line {e.line}, got {got[e.locator].first if e.locator in got else None})"
        for e in expected
        if e.locator not in names
    ]
    extra = [f"{s.locator} (line {s.first})" for s in result.sections if s.locator not in names]
    return Score(
        name, len(expected), len(found), kinds, len(got), len(find_lost(source, result)), seconds, missing, extra
    )


def find_lost(source: SourceText, result: Outline) -> list[int]:
    """List the lines with text that are neither in a section nor left out."""
    owned = {n for s in result.sections for n in s.lines} | {x.line for x in result.left_out}
    return [line.number for line in source.lines if line.text and line.number not in owned]


def score_originals() -> list[Score]:
    """Score the originals without a guide; none where they are not on this machine."""
    scores: list[Score] = []
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        rows = (SHARED / "outline" / f"{path.stem}.tsv").read_text(encoding="utf-8").splitlines()[1:]
        cells = [r.split("\t") for r in rows]
        scores.append(score(path.stem, path, [Expected(c[0], c[2], int(c[1].split("-")[0])) for c in cells]))
    return scores


def score_own(folder: Path) -> list[Score]:
    """Score the guidelines of our own making in a folder."""
    scores: list[Score] = []
    with tempfile.TemporaryDirectory() as place:
        for case in list_cases(folder):
            path, expected = write_case(case, Path(place))
            scores.append(score(case.name, path, expected))
    return scores


def summarize(scores: list[Score]) -> dict[str, Any]:
    """Return the numbers of one part, per file and over all."""
    expected, found = sum(s.expected for s in scores), sum(s.found for s in scores)
    sections, kinds = sum(s.sections for s in scores), sum(s.kinds for s in scores)
    recall, precision = found / max(1, expected), found / max(1, sections)
    return {
        "clauses": expected,
        "recall": round(recall, 4),
        "precision": round(precision, 4),
        "f1": round(2 * recall * precision / max(1e-9, recall + precision), 4),
        "kind": round(kinds / max(1, found), 4),
        "lines_lost": sum(s.lost for s in scores),
        "files": {
            s.name: {
                "recall": round(s.recall, 4),
                "precision": round(s.precision, 4),
                "f1": round(s.f1, 4),
                "lost": s.lost,
            }
            for s in scores
        },
    }


PARTS = ("files", "unseen", "first", "second", "third", "fourth")
FIRST_RUNS = ROOT / "evals" / "results" / "ingest_first_runs.json"


def measure_parts(names: tuple[str, ...]) -> tuple[dict[str, list[Score]], dict[str, dict[str, Any]]]:
    """Score the clauses and the figures of each part that is there."""
    clauses = {"originals": score_originals()} if "originals" in names else {}
    figures: dict[str, dict[str, Any]] = {}
    reader = open_reader()
    for name in names:
        if name in PARTS and (FOLDER / name).is_dir():
            clauses[name] = score_own(FOLDER / name)
            figures[name] = {"tallies": measure_cases(FOLDER / name, reader)}
    return clauses, figures


def record_first(part: str) -> None:
    """Keep what a part scores the first time; a part that has been run before is refused."""
    held = json.loads(FIRST_RUNS.read_text(encoding="utf-8")) if FIRST_RUNS.exists() else {}
    if part in held:
        raise SystemExit(f"{part} has been run before: {FIRST_RUNS}")
    clauses, figures = measure_parts((part,))
    held[part] = {"clauses": summarize(clauses[part]), "figures": summarize_tallies(figures[part]["tallies"])}
    FIRST_RUNS.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(held[part], ensure_ascii=False, indent=1))


def main() -> None:
    """Print the scores; `--show NAME` lists what one file misses; `--json` prints the numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", default="", help="a file, a part, or all")
    parser.add_argument("--part", action="append", choices=("originals", *PARTS))
    parser.add_argument("--first", choices=PARTS, help="record the first run of a part")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--out", type=Path, help="write the numbers as JSON")
    arguments = parser.parse_args()
    if arguments.first:
        record_first(arguments.first)
        return
    clauses, figures = measure_parts(tuple(arguments.part or ("originals", *PARTS)))
    result = {
        "clauses": {k: summarize(v) for k, v in clauses.items() if v},
        "figures": {k: summarize_tallies(v["tallies"]) for k, v in figures.items() if v["tallies"]},
    }
    if arguments.out:
        arguments.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for part, scores in clauses.items():
        _print_clauses(part, scores, arguments.show)
    for part, held in figures.items():
        _print_figures(part, held["tallies"], arguments.show)


def _print_clauses(part: str, scores: list[Score], show: str) -> None:
    if not scores:
        print(f"{part}: none on this machine")
        return
    for s in scores:
        print(
            f"{part:10}{s.name:24} recall {s.recall:.3f} precision {s.precision:.3f} F1 {s.f1:.3f} "
            f"kind {s.kinds}/{s.found} lost {s.lost} {s.seconds:.1f}s"
        )
        if show in (s.name, "all", part):
            print("\n".join(f"    missing {m}" for m in s.missing))
            print("\n".join(f"    extra   {m}" for m in s.extra))
    total = summarize(scores)
    print(f"{part:10}{'all':24} recall {total['recall']:.3f} precision {total['precision']:.3f} F1 {total['f1']:.3f}")


def _print_figures(part: str, tallies: dict[str, Any], show: str) -> None:
    for name, tally in tallies.items():
        if show in (name, "all", part):
            print(f"{name}:")
            print("\n".join(f"    missed {_write_key(m)}" for m in tally.missed))
            print("\n".join(f"    extra  {_write_key(m)}" for m in tally.extra))
    total = summarize_tallies(tallies)
    for level in ("value", "property", "full", "strength"):
        s = total[level]
        print(
            f"{part:10}figures, {level:10} {total['figures']:4} precision {s['precision']:.3f} recall {s['recall']:.3f} "
            f"F1 {s['f1']:.3f}"
        )


def _write_key(key: Any) -> str:
    locator, operator, low, high, *rest = key
    value = low[1] if high is None else f"{low[1]}..{high[1]}"
    return " ".join(map(str, (locator, *reversed(rest), operator, value, low[0])))


if __name__ == "__main__":
    main()
