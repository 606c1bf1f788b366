"""Write the results table into the README: `python -m evals.readme`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.ablation import write_table
from evals.run import RESULTS

README = Path(__file__).resolve().parent.parent / "README.md"
NAMES = {
    "test": "test part (questions not worked with; scores read while building)",
    "first": "first sets (worked with openly)",
}
BEGIN, END = "<!-- results:begin -->", "<!-- results:end -->"


def table(report: dict[str, Any]) -> str:
    """Return the tables of one report in Markdown."""
    what = NAMES[report["part"]]
    lines = [
        f"**Rankings**, {what}",
        "",
        "| channel | hit@1 | hit@5 | recall@5 | nDCG@10 |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, row in report["rankings"].items():
        lines.append(
            f"| {name} | {row['hit@1']:.3f} | {row['hit@5']:.3f} | {row['recall@5']:.3f} | {row['ndcg@10']:.3f} |"
        )
    lines += [
        "",
        f"**Answers**, {what}",
        "",
        "| measure | mean | questions |",
        "| --- | --- | --- |",
    ]
    names = {
        "figures": "figures complete, none from elsewhere",
        "figures_strict": "figures exactly those expected",
        "verdict": "verdict right",
        "strength": "strength right",
        "citation_recall": "citation recall",
        "citation_precision": "citation precision",
        "refused_rightly": "refused where not covered",
        "refused_wrongly": "refused though covered",
    }
    for key, label in names.items():
        row = report["answers"][key]
        lines.append(f"| {label} | {row['mean']} | {row['of']} |")
    return "\n".join(lines)


def read_result(name: str) -> dict[str, Any]:
    """Read a committed result."""
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def other_results() -> str:
    """Return one table of what else is measured, with the command that measured it."""
    judged, designs = read_result("judge")["test"], read_result("designs")["summary"]
    independent = read_result("designs_independent")["summary"]
    ingest, gate = read_result("ingest"), read_result("gate")["runs"][0]
    page, report, study = read_result("page"), read_result("report"), read_result("kill_study")

    def share(measure: dict[str, Any]) -> str:
        return f"{measure['mean']:.3f} (of {measure['of']})"

    rows = [
        ("statements decided, of those covered (test part)", share(judged["decided_of_covered"]), "evals.run_judge"),
        ("statements right, of those decided (test part)", share(judged["right_of_decided"]), "evals.run_judge"),
        ("kind of fault named right (test part)", share(judged["fault_right"]), "evals.run_judge"),
        (
            f"planted violations found in {designs['designs']} designs; false alarms; unknowns named",
            f"{designs['found']} of {designs['planted']}; {designs['false_alarms']}; "
            f"{designs['unknowns_named']} of {designs['unknowns']}",
            "evals.run_designs",
        ),
        (
            f"verdicts clause by clause in {independent['designs']} designs by another author, as the originals give them",
            f"{independent['agreed']} of {independent['clauses']}",
            "evals.independent_designs",
        ),
        (
            "rows of the five originals found by the reader alone",
            f"{ingest['clauses']['originals']['recall']:.3f}",
            "evals.run_ingest",
        ),
        *_first_runs(),
        ("answers that a language model tampered with, caught", f"{gate['tampered']['share']:.3f}", "evals.run_gate"),
        ("report of 200 places in five formats", f"{report['all_formats_seconds']:.1f} s", "evals.bench_report"),
        ("thirty visitors at once, 95th percentile", f"{page['answer_s']['p95']:.1f} s", "evals.bench_page"),
        ("ratings lost in 100 kills", f"{study['lost']} of {study['acknowledged']}", "evals.kill_study"),
    ]
    lines = ["| what else is measured | result | `python -m` |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {what} | {found} | `{command}` |" for what, found, command in rows)])


def _first_runs() -> list[tuple[str, str, str]]:
    """Return what the reader made of files of new styles the first time that it saw them."""
    held = read_result("ingest_first_runs")
    rows = []
    for part in ("first", "second", "third", "fourth"):
        clauses, figures = held[part]["clauses"], held[part]["figures"]
        files = len(clauses["files"])
        what = f"{files} guidelines never seen ({part}), first run: F1 of clauses; of figures by value, with property and place"
        found = f"{clauses['f1']:.3f}; {figures['value']['f1']:.3f}, {figures['full']['f1']:.3f}"
        rows.append((what, found, f"evals.run_ingest --first {part}"))
    return rows


def main() -> None:
    """Replace what stands between the markers."""
    tables = [table(read_result(part)) for part in NAMES]
    tables += [other_results(), write_table(read_result("ablation"))]
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(f"{before}{BEGIN}\n" + "\n\n".join(tables) + f"\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
