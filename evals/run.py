"""Run the evals: rankings per channel beside two peers, and answers. `python -m evals.run` or `kb eval`."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evals.answers import Judged, judge_answer
from evals.metrics import hit_at, mean, ndcg_at, recall_at
from evals.peers import bigram_bm25, langchain_pipeline
from evals.questions import Question, load_questions
from kb.base import KnowledgeBase

RESULTS = Path(__file__).parent / "results"
Ranker = Callable[[str], list[str]]


def rankers(kb: KnowledgeBase) -> dict[str, Ranker]:
    """Return every channel and peer by name."""

    def channel(mode: Any) -> Ranker:
        return lambda question: [hit.id for hit in kb.searcher.search(question, k=10, mode=mode)]

    return {
        "lexical": channel("lexical"),
        "dense": channel("dense"),
        "fused (lexical + dense)": channel("hybrid"),
        "hybrid (kb search: fused, with concepts)": lambda question: [
            f"{h.document} {h.locator}" for h in kb.search(question, 10)
        ],
        "peer: BM25 bigrams": bigram_bm25(kb.corpus),
        "peer: LangChain": langchain_pipeline(kb.corpus, kb.searcher),
    }


def measure_rankings(kb: KnowledgeBase, questions: Sequence[Question]) -> dict[str, dict[str, float | None]]:
    """Measure every channel and peer on the questions that have an answer."""
    answerable = [q for q in questions if q.clauses and not q.previous]
    table = {}
    for name, rank in rankers(kb).items():
        found = [(rank(q.question), q.clauses) for q in answerable]
        table[name] = {
            "hit@1": mean([hit_at(r, g, 1) for r, g in found]),
            "hit@5": mean([hit_at(r, g, 5) for r, g in found]),
            "recall@1": mean([recall_at(r, g, 1) for r, g in found]),
            "recall@5": mean([recall_at(r, g, 5) for r, g in found]),
            "ndcg@10": mean([ndcg_at(r, g, 10) for r, g in found]),
        }
    return table


def judge_all(kb: KnowledgeBase, questions: Sequence[Question]) -> list[Judged]:
    """Ask every question and compare the answers with gold."""
    return [judge_answer(q, kb.ask(q.question, previous=q.previous)) for q in questions]


def summarise(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return the mean of every measure and the number of questions that it rests on."""
    summary: dict[str, Any] = {"questions": len(judged)}
    for name in (
        "figures",
        "figures_strict",
        "verdict",
        "strength",
        "citation_recall",
        "citation_precision",
        "refused_rightly",
        "refused_wrongly",
    ):
        values = [float(v) for j in judged if (v := getattr(j, name)) is not None]
        summary[name] = {"mean": mean(values), "of": len(values)}
    took = sorted(j.answer.search.took_ms for j in judged)
    if took:
        summary["took_ms"] = {"p50": took[len(took) // 2], "p95": took[int(len(took) * 0.95)]}
    return summary


def group_summaries(judged: Sequence[Judged], key: str) -> dict[str, Any]:
    """Return a summary per kind, language or audience."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[getattr(one.question, key)].append(one)
    return {name: summarise(group) for name, group in sorted(groups.items())}


def confusions(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """List every miss with what was understood."""
    return [
        {
            "id": j.question.id,
            "kind": j.question.kind,
            "question": j.question.question,
            "missed": j.missed,
            "status": j.answer.status,
            "gold": list(j.question.clauses),
            "cited": [f"{c.document} {c.locator}" for c in j.answer.citations],
            "values": [f"{v.document} {v.operator} {v.value} {v.unit}" for v in j.answer.values],
            "gold_values": sorted(f"{v.document} {v.operator} {v.value:g} {v.dimension}" for v in j.question.values),
            "verdict": [j.question.verdict, j.answer.verdict.value if j.answer.verdict else None],
            "understood": [f"{u.surface}={u.concept}" for u in j.answer.understood],
        }
        for j in judged
        if j.missed
    ]


def run(kb: KnowledgeBase, name: str, questions: Sequence[Question], rankings: bool = True) -> dict[str, Any]:
    """Run everything on some questions and return the report."""
    judged = judge_all(kb, questions)
    report: dict[str, Any] = {
        "part": name,
        "questions": len(questions),
        "languages": {lang: sum(q.lang == lang for q in questions) for lang in ("ja", "en")},
        "to_be_refused": sum(q.status == "not_covered" for q in questions),
    }
    if rankings:
        report["rankings"] = measure_rankings(kb, questions)
    report["answers"] = summarise(judged)
    report["by_kind"] = group_summaries(judged, "kind")
    report["by_language"] = group_summaries(judged, "lang")
    report["confusions"] = confusions(judged)
    return report


def save(report: dict[str, Any], name: str) -> Path:
    """Write a report under `evals/results/`."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}.json"
    file.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file


def main(arguments: Sequence[str] = ()) -> None:
    """Run the evals and write the results: the first sets (worked with openly), the tuning and the test part."""
    kb = KnowledgeBase.open()
    everything = load_questions()
    sets: dict[str, list[Question]] = {
        "first": [q for q in everything if q.first_set],
        "tune": load_questions("tune"),
        "test": load_questions("test"),
    }
    for name, questions in sets.items():
        report = run(kb, name, questions, rankings="--fast" not in arguments)
        print(save(report, name), file=sys.stderr)
        print(
            json.dumps({k: v for k, v in report.items() if k not in ("by_kind", "by_language", "confusions")}, indent=1)
        )


if __name__ == "__main__":
    main(sys.argv[1:])
