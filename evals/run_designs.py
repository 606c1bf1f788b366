"""Check the designs of `evals/designs` and hold the findings against what was expected of them.

    python -m evals.run_designs

(The designs of `evals/designs/independent`, whose gold was written blind, are measured last and reported by themselves:
see `evals.independent_designs`.)

Beside every design stands `NAME.expected.yaml`, written from the guidelines' originals before the design was first
checked: planted violations (a failing `shall`), missed recommendations, accepted alternatives, what does not apply, and
every fact that is not known. Prints a line a design, writes `evals/results/designs.json`, and exits with 1 where a
planted violation is not found, anything else fails, or a fact that is not known is not named.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evals.independent_designs import measure
from kb import KnowledgeBase
from kb.corpus.strict_yaml import read_yaml
from kb.design.records import STRENGTHS
from kb.model.base import Strength
from kb.model.check import Check
from kb.model.finding_record import FindingRecord

ROOT = Path(__file__).resolve().parent
DESIGNS = ROOT / "designs"
RESULT = ROOT / "results" / "designs.json"
_Key = tuple[str, str, str]


def main() -> int:
    """Check every design; returns the exit code."""
    kb = KnowledgeBase.open()
    outcomes = [judge(kb, file) for file in list_designs()]
    total = {key: sum(len(one[key]) for one in outcomes) for key in _LISTS}
    planted = sum(one["planted"] for one in outcomes)
    unknowns = sum(one["unknowns"] for one in outcomes)
    summary = {
        "designs": len(outcomes),
        "planted": planted,
        "found": planted - total["not_found"],
        "false_alarms": total["false_alarms"],
        "unknowns": unknowns,
        "unknowns_named": unknowns - total["not_named"],
        "named_beyond": total["named_beyond"],
        "other_verdicts_wrong": total["other_wrong"],
        "findings": sum(one["findings"] for one in outcomes),
    }
    for one in outcomes:
        wrong = {key: one[key] for key in _LISTS if one[key]}
        print(
            f"{one['design']:34s} planted {one['planted']:2d}  unknown {one['unknowns']:2d}  {wrong or 'as expected'}"
        )
    print(json.dumps(summary))
    RESULT.write_text(
        json.dumps({"summary": summary, "designs": outcomes}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    print("independent:", json.dumps(measure(kb), ensure_ascii=False))
    return 1 if any(total.values()) else 0


_LISTS = ("not_found", "false_alarms", "not_named", "named_beyond", "other_wrong")


def list_designs() -> list[Path]:
    """List the design files, in order."""
    return sorted(file for file in DESIGNS.glob("*.yaml") if not file.name.endswith(".expected.yaml"))


def judge(kb: KnowledgeBase, file: Path) -> dict[str, Any]:
    """Check one design and compare."""
    expected = read_yaml(file.with_suffix(".expected.yaml")).data
    check = kb.check(file)
    failed = {strength: _failed(check, strength) for strength in STRENGTHS}
    planted = {"shall": _keys(expected.get("violations")), "should": _keys(expected.get("missed")), "may": set()}
    not_found, alarms = [], []
    for strength, found in failed.items():
        seen = {key for one in found for key in _names(one)}
        not_found += [" ".join(key) for key in sorted(planted[strength] - seen)]
        alarms += [_show(one) for one in found if not any(key in planted[strength] for key in _names(one))]
    named = {(place, item.fact) for item in check.collect for place in (item.name, item.instance, item.place)}
    wanted = {(one["place"], one["fact"]) for one in expected.get("unknown") or []}
    beyond = [
        f"{item.name} {item.fact}"
        for item in check.collect
        if not any((place, item.fact) in wanted for place in (item.name, item.instance, item.place))
    ]
    unasked = [_show(one) for one in check.findings if one.verdict == "unknown" and not one.missing]
    return {
        "design": file.stem,
        "planted": sum(len(keys) for keys in planted.values()),
        "unknowns": len(wanted),
        "findings": len(check.findings),
        "not_found": not_found,
        "false_alarms": alarms,
        "not_named": [" ".join(key) for key in sorted(wanted - named)] + unasked,
        "named_beyond": beyond,
        "other_wrong": [
            *_wrong(check, expected.get("alternatives"), "pass_by_alternative"),
            *_wrong(check, expected.get("not_applicable"), "not_applicable"),
        ],
    }


def _failed(check: Check, strength: Strength) -> list[FindingRecord]:
    return [one for one in check.findings if one.verdict == "fail" and one.strength == strength]


def _keys(items: Iterable[dict[str, str]] | None) -> set[_Key]:
    return {(one["document"], one["locator"], one["place"]) for one in items or []}


def _names(finding: FindingRecord) -> set[_Key]:
    return {(finding.document, finding.locator, place) for place in (finding.name, finding.instance, finding.subject)}


def _show(finding: FindingRecord) -> str:
    return f"{finding.document} {finding.locator} {finding.name} ({finding.strength} {finding.verdict})"


def _wrong(check: Check, items: Iterable[dict[str, str]] | None, verdict: str) -> list[str]:
    found = {key for one in check.findings if one.verdict == verdict for key in _names(one)}
    return [f"{' '.join(key)}: not {verdict}" for key in sorted(_keys(items) - found)]


if __name__ == "__main__":
    sys.exit(main())
