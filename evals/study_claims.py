"""Judge every claim that a study item implies by `kb judge`, and list those on which the two disagree.

`python -m evals.study_claims [ja|en] [KIND…]` writes `evals/results/study_claims_<language>.json`. A claim that is judged
unsure or not covered is counted apart: it is no disagreement.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from kb.base import KnowledgeBase
from kb.model.study import Claim, Item
from kb.study.deck import open_deck

RESULTS = Path(__file__).resolve().parent / "results"
_TRUTH = {"correct": True, "incorrect": False}


def judge_claims(knowledge: KnowledgeBase, items: list[Item], language: str) -> dict[str, Any]:
    """Return counts per kind of item, and every disagreement with its statement."""
    counts: dict[str, Counter[str]] = {}
    faults: Counter[str] = Counter()
    disagreements = []
    for item, claim in _claims(items, language):
        judged = knowledge.judge(claim.text.get(language))
        truth = _TRUTH.get(judged.verdict)
        outcome = judged.verdict if truth is None else "agrees" if truth == claim.truth else "disagrees"
        counts.setdefault(item.kind, Counter())[outcome] += 1
        if claim.fault is not None and truth is False:
            faults["named right" if judged.fault == claim.fault else "named otherwise"] += 1
        if outcome == "disagrees":
            disagreements.append(
                {
                    "item": item.id,
                    "clause": f"{item.document} {item.locator}",
                    "truth": claim.truth,
                    "fault": claim.fault,
                }
                | {"statement": claim.text.get(language)}
            )
    return {
        "language": language,
        "claims": sum(sum(count.values()) for count in counts.values()),
        "disagree": len(disagreements),
        "by_kind": {kind: dict(sorted(count.items())) for kind, count in sorted(counts.items())},
        "faults": dict(faults),
        "disagreements": disagreements,
    }


def _claims(items: list[Item], language: str) -> list[tuple[Item, Claim]]:
    """Return every claim once."""
    found: dict[str, tuple[Item, Claim]] = {}
    for item in items:
        for claim in item.claims:
            found.setdefault(claim.text.get(language), (item, claim))
    return list(found.values())


def main(arguments: list[str]) -> None:
    """Judge the claims of all kinds of items, or of those named."""
    language, kinds = (arguments or ["ja"])[0], arguments[1:]
    knowledge = KnowledgeBase.open()
    deck = open_deck(knowledge.corpus)
    result = judge_claims(knowledge, [i for i in deck.items if not kinds or i.kind in kinds], language)
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    (RESULTS / f"study_claims_{language}.json").write_text(text, encoding="utf-8")
    print(json.dumps({key: value for key, value in result.items() if key != "disagreements"}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
