"""Measure statement judging: verdicts, faults, four-choice items. `python -m evals.run_judge [tune|test|planted]`."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.planted import measure_planted
from evals.statements import Part, Statement, load_choices, load_statements
from kb.base import KnowledgeBase
from kb.model.judgement import Judgement

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Judged:
    """One statement with its judgement and the time that it took (milliseconds)."""

    statement: Statement
    judgement: Judgement
    took: float

    @property
    def decided(self) -> bool:
        """Tell whether it was decided."""
        return self.judgement.verdict in ("correct", "incorrect")

    @property
    def right(self) -> bool:
        """Tell whether the verdict is the expected one."""
        return self.judgement.verdict == self.statement.verdict

    @property
    def wrong(self) -> bool:
        """Tell whether it was decided and the verdict is not the expected one."""
        return self.decided and not self.right


def judge_all(kb: KnowledgeBase, statements: Sequence[Statement]) -> list[Judged]:
    """Judge every statement."""
    found = []
    for statement in statements:
        started = time.perf_counter()
        judgement = kb.judge(statement.statement)
        found.append(Judged(statement, judgement, (time.perf_counter() - started) * 1000))
    return found


def summarise(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return decided, accuracy of decided, fault accuracy, and refusals, each with the number that it rests on."""
    covered = [j for j in judged if j.statement.verdict != "not_covered"]
    outside = [j for j in judged if j.statement.verdict == "not_covered"]
    decided = [j for j in judged if j.decided]
    found = [j for j in covered if j.judgement.verdict == "incorrect" and j.right]
    return {
        "statements": len(judged),
        "decided_of_covered": _share([j for j in covered if j.decided], covered),
        "right_of_decided": _share([j for j in decided if j.right], decided),
        "fault_right": _share([j for j in found if j.judgement.fault == j.statement.fault], found),
        "refused_where_not_covered": _share([j for j in outside if j.judgement.verdict == "not_covered"], outside),
        "decided_where_not_covered": _share([j for j in outside if j.decided], outside),
        "refused_though_covered": _share([j for j in covered if j.judgement.verdict == "not_covered"], covered),
        "verdicts": {
            f"{gold} → {said}": n
            for (gold, said), n in sorted(
                Counter((str(j.statement.verdict), j.judgement.verdict) for j in judged).items()
            )
        },
    }


def _share(part: Sequence[Judged], whole: Sequence[Judged]) -> dict[str, float | int | None]:
    return {"mean": round(len(part) / len(whole), 4) if whole else None, "of": len(whole)}


def group(judged: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, Any]:
    """Return a summary per group."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[key(one)].append(one)
    return {name: summarise(group) for name, group in sorted(groups.items())}


def list_misses(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """List what was not judged as expected, or with another fault."""
    return [
        {
            "id": j.statement.id,
            "statement": j.statement.statement,
            "expected": [j.statement.verdict, j.statement.fault, *j.statement.clauses],
            "verdict": [j.judgement.verdict, j.judgement.fault],
            "headline": j.judgement.headline,
            "cited": [f"{c.document} {c.locator}" for c in j.judgement.citations],
        }
        for j in judged
        if not j.right or j.judgement.fault != j.statement.fault
    ]


def measure_items(kb: KnowledgeBase, items: Sequence[Statement]) -> dict[str, Any]:
    """Measure four-choice items: how many are marked, and how many of those rightly."""
    marked = [(item, kb.judge(item.statement).marked) for item in items]
    chosen = [(item, mark) for item, mark in marked if mark is not None]
    right = sum(item.marked == mark for item, mark in chosen)
    return {
        "items": len(items),
        "marked": round(len(chosen) / len(items), 4) if items else None,
        "right_of_marked": round(right / len(chosen), 4) if chosen else None,
        "marks": [[item.id, item.marked, mark] for item, mark in marked],
    }


def run(kb: KnowledgeBase, part: Part) -> dict[str, Any]:
    """Measure one part; misses are listed for the tuning part only."""
    judged = judge_all(kb, load_statements(part))
    took = sorted(j.took for j in judged)
    items = measure_items(kb, load_choices(part))
    report: dict[str, Any] = {
        "part": part,
        **summarise(judged),
        "took_ms": {"p50": round(took[len(took) // 2], 1), "p95": round(took[int(len(took) * 0.95)], 1)},
        "by_fault": group(judged, lambda j: j.statement.fault or str(j.statement.verdict)),
        "by_language": group(judged, lambda j: j.statement.lang),
        "choices": items if part == "tune" else {k: v for k, v in items.items() if k != "marks"},
    }
    if part == "tune":
        report["misses"] = list_misses(judged)
    return report


def main(arguments: Sequence[str] = ()) -> None:
    """Measure the parts named (both without a name) and write `evals/results/judge.json`."""
    kb = KnowledgeBase.open()
    kb.judge("共用玄関の照度は概ね50ルクス以上とする。")
    file = RESULTS / "judge.json"
    held = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    parts: list[Part] = [p for p in ("tune", "test") if not arguments or p in arguments]  # type: ignore[misc]
    for part in parts:
        held[part] = run(kb, part)
        short = {k: v for k, v in held[part].items() if k not in ("by_fault", "by_language", "misses")}
        print(json.dumps(short, ensure_ascii=False, indent=1))
    if not arguments or "planted" in arguments:
        held["planted"] = measure_planted(kb)
        print(json.dumps({k: v for k, v in held["planted"].items() if isinstance(v, int)}, indent=1))
    RESULTS.mkdir(exist_ok=True)
    file.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(file, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
