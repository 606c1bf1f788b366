"""Check the designs of `evals/designs/independent` and compare the verdict of every clause that the gold names.

    python -m evals.independent_designs [--all]

The gold beside each design (`NAME.expected.yaml`) was written from the guidelines' originals alone, clause by clause, by
somebody who had seen neither the requirements nor the rules, and only where the original leaves no doubt:

    clauses:
      <document>:
        - {clause: <locator>, place: <name, or kind where there is none>, verdict: <word, or a list of accepted words>,
           strength: <shall or should, where a clause holds both>, why: <reason>}

Prints a line a design and every difference (`--all`: every clause), and writes `evals/results/designs_independent.json`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kb import KnowledgeBase
from kb.corpus.strict_yaml import read_yaml
from kb.model.finding_record import FindingRecord
from kb.model.reason import ReasonRecord

ROOT = Path(__file__).resolve().parent
INDEPENDENT = ROOT / "designs" / "independent"
RESULT = ROOT / "results" / "designs_independent.json"

NO_FINDING = "no_finding"
"""What a clause has for which the check says nothing of the place."""

WORST_FIRST = ("fail", "unknown", "pass_by_alternative", "pass", "not_applicable")
"""A clause with several findings on one place has the first of these that occurs."""

_KEYS = {"clause", "place", "verdict", "strength", "why"}


@dataclass(frozen=True)
class Expected:
    """What the original says to one clause at one place."""

    document: str
    clause: str
    place: str
    verdicts: tuple[str, ...]
    strength: str | None
    why: str


@dataclass(frozen=True)
class Compared:
    """One clause with the verdict of the check beside the expected one."""

    design: str
    expected: Expected
    found: str
    requirements: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the check says what the original says."""
        return self.found in self.expected.verdicts


def list_independent(folder: Path = INDEPENDENT) -> list[Path]:
    """List the design files, in the order of their numbers."""
    files = (file for file in folder.glob("D*.yaml") if not file.name.endswith(".expected.yaml"))
    return sorted(files, key=lambda file: int(file.stem.split("-")[0][1:]))


def read_expected(design: Path) -> list[Expected]:
    """Read the gold beside a design; raises ValueError where a key or a verdict is not one of those allowed."""
    file = design.with_suffix(".expected.yaml")
    return [_expect(file, document, row) for document, rows in read_yaml(file).data["clauses"].items() for row in rows]


def _expect(file: Path, document: str, row: dict[str, Any]) -> Expected:
    verdict = row["verdict"]
    words = tuple(verdict) if isinstance(verdict, list) else (verdict,)
    strength = row.get("strength")
    if not set(row) <= _KEYS or not set(words) <= set(WORST_FIRST) or strength not in (None, "shall", "should"):
        raise ValueError(f"{file.name}: {document} {row.get('clause')}: {row}; allowed: {sorted(_KEYS)}, {WORST_FIRST}")
    return Expected(document, row["clause"], row["place"], words, strength, row["why"])


def compare_design(kb: KnowledgeBase, design: Path) -> list[Compared]:
    """Check one design and set each expected verdict beside the one found."""
    findings = kb.check(design).findings
    return [_compare(design.stem, expected, findings) for expected in read_expected(design)]


def _compare(design: str, expected: Expected, findings: Iterable[FindingRecord]) -> Compared:
    of_place = [one for one in findings if _is_of_place(one, expected)]
    of_clause = [(one.id, one.verdict) for one in of_place if _is_said(one.locator, one.strength, expected)]
    said = of_clause or [(one.id, word) for one in of_place for word in _read_tree(one, expected)]
    found = next((word for word in WORST_FIRST if any(word == verdict for _, verdict in said)), NO_FINDING)
    return Compared(design, expected, found, tuple(requirement for requirement, _ in said))


def _is_of_place(finding: FindingRecord, expected: Expected) -> bool:
    return finding.document == expected.document and expected.place in (finding.name, finding.instance, finding.subject)


def _is_said(locator: str | None, strength: str | None, expected: Expected) -> bool:
    return locator == expected.clause and expected.strength in (None, strength)


def _read_tree(finding: FindingRecord, expected: Expected) -> list[str]:
    """Return what the reasons of a finding say to a clause that is one part of it (an item, or what stands in)."""
    return [_name_verdict(finding, reason) for reason in _find_topmost(finding.because, expected)]


def _find_topmost(reason: ReasonRecord, expected: Expected) -> Iterator[ReasonRecord]:
    if _is_said(reason.locator, reason.strength, expected):
        yield reason
        return
    for child in reason.children:
        yield from _find_topmost(child, expected)


def _name_verdict(finding: FindingRecord, reason: ReasonRecord) -> str:
    if reason.compensates and finding.verdict in ("pass", "not_applicable"):
        return "not_applicable"  # the first choice is met: nothing has to stand in for it
    if reason.truth == "true":
        return "pass_by_alternative" if reason.compensates else "pass"
    return "fail" if reason.truth == "false" else str(reason.truth)


def summarise(compared: list[Compared]) -> dict[str, Any]:
    """Count clauses, agreements and, per expected verdict, what was found instead."""
    per_verdict: dict[str, Counter[str]] = {}
    for one in compared:
        per_verdict.setdefault("|".join(one.expected.verdicts), Counter())[one.found] += 1
    agreed = sum(one.agrees for one in compared)
    return {
        "designs": len({one.design for one in compared}),
        "clauses": len(compared),
        "agreed": agreed,
        "share": round(agreed / len(compared), 4),
        "by_document": {
            document: {"clauses": len(rows), "agreed": sum(row.agrees for row in rows)}
            for document, rows in _group(compared).items()
        },
        "by_verdict": {verdict: dict(found) for verdict, found in sorted(per_verdict.items())},
    }


def _group(compared: list[Compared]) -> dict[str, list[Compared]]:
    groups: dict[str, list[Compared]] = {}
    for one in compared:
        groups.setdefault(one.expected.document, []).append(one)
    return groups


def show(one: Compared) -> str:
    """Return one line on a clause: where, what was expected, what was found, and why it was expected."""
    expected = one.expected
    what = f"{one.design} {expected.document} {expected.clause} {expected.place}"
    strength = f" ({expected.strength})" if expected.strength else ""
    ids = ", ".join(dict.fromkeys(one.requirements))
    return f"{what}{strength}: expected {' or '.join(expected.verdicts)}, found {one.found} [{ids}]; {expected.why}"


def measure(kb: KnowledgeBase, every: bool = False) -> dict[str, Any]:
    """Compare every design, print the lines, write the result and return its summary."""
    compared = [one for file in list_independent() for one in compare_design(kb, file)]
    for line in _lines(compared, every):
        print(line)
    summary = summarise(compared)
    differences = [{**asdict(one), "agrees": False} for one in compared if not one.agrees]
    RESULT.write_text(
        json.dumps({"summary": summary, "differences": differences}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    return summary


def _lines(compared: list[Compared], every: bool) -> Iterator[str]:
    for design in dict.fromkeys(one.design for one in compared):
        rows = [one for one in compared if one.design == design]
        yield f"{design:34s} clauses {len(rows):3d}  agreed {sum(row.agrees for row in rows):3d}"
        yield from (f"  {show(row)}" for row in rows if every or not row.agrees)


def main() -> int:
    """Measure and print the summary; the exit code is always 0: a difference is for a person to settle."""
    print(json.dumps(measure(KnowledgeBase.open(), "--all" in sys.argv[1:]), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
