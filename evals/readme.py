"""Write the results table into the README: `python -m evals.readme`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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


def main() -> None:
    """Replace what stands between the markers."""
    tables = [table(json.loads((RESULTS / f"{part}.json").read_text(encoding="utf-8"))) for part in NAMES]
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(f"{before}{BEGIN}\n" + "\n\n".join(tables) + f"\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
