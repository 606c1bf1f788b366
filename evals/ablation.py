"""What each side of the search gives: lexical, dense and fused, with and without concepts. `python -m evals.ablation`.

`with concepts` is the search of `kb search`: the question's places, topics and conditions weigh in, with the weights that
were fitted for fused search. `paraphrases` are the questions that share less than half of their content words with the
restatements of their clauses.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.metrics import ndcg_at
from evals.questions import Part, Question, load_questions
from evals.run import RESULTS
from indexer.passages import Hit
from indexer.search import Mode, Searcher
from indexer.tokens import list_lemmas
from kb.base import KnowledgeBase

Floats = NDArray[np.float64]

PARAPHRASE = 0.5
"""Share of content words below which a question counts as a paraphrase."""

RESAMPLES = 20_000
SEED = 0
_MODES: dict[str, Mode] = {"lexical": "lexical", "dense": "dense", "fused": "hybrid"}


class _OneMode(Searcher):
    """A searcher that answers in one mode whatever is asked for."""

    def __init__(self, searcher: Searcher, mode: Mode) -> None:
        super().__init__(searcher.index)
        self._embedder = searcher._embedder
        self._mode: Mode = mode

    def search(self, query: str, k: int = 10, **settings: Any) -> list[Hit]:
        return super().search(query, k, **{**settings, "mode": self._mode})


@dataclass(frozen=True)
class Comparison:
    """A paired bootstrap of two channels on the same questions (Sakai 2006): mean difference, interval, one-sided p."""

    questions: int
    before: float
    after: float
    low: float
    high: float
    p: float


def list_channels(kb: KnowledgeBase) -> dict[str, Callable[[str], list[str]]]:
    """Return the six rankings by name."""

    def bare(mode: Mode) -> Callable[[str], list[str]]:
        return lambda question: [hit.id for hit in kb.searcher.search(question, k=10, mode=mode)]

    def with_concepts(mode: Mode) -> Callable[[str], list[str]]:
        other = KnowledgeBase(kb.corpus, kb.cues, kb.index, _OneMode(kb.searcher, mode))
        return lambda question: [f"{hit.document} {hit.locator}" for hit in other.search(question, 10)]

    channels = {name: bare(mode) for name, mode in _MODES.items()}
    return channels | {f"{name} + concepts": with_concepts(mode) for name, mode in _MODES.items()}


def is_paraphrase(kb: KnowledgeBase, question: Question) -> bool:
    """Tell whether a question shares less than half of its content words with every one of its clauses."""
    own = _content(kb, question.question)
    texts = (kb.corpus.by_id[c].text for c in question.clauses if c in kb.corpus.by_id)
    shares = [len(own & _content(kb, f"{t.ja} {t.en}")) / len(own) for t in texts if t is not None and own]
    return bool(shares) and max(shares) < PARAPHRASE


def _content(kb: KnowledgeBase, text: str) -> frozenset[str]:
    return frozenset(term for term in list_lemmas(text) if term not in kb.cues.fillers)


def score_channels(kb: KnowledgeBase, questions: Sequence[Question]) -> dict[str, Floats]:
    """Return nDCG@10 of every question by channel."""
    return {
        name: np.array([ndcg_at(rank(q.question), q.clauses, 10) for q in questions])
        for name, rank in list_channels(kb).items()
    }


def tabulate(scores: dict[str, Floats], groups: Iterable[tuple[str, Sequence[bool]]]) -> dict[str, dict[str, Any]]:
    """Return the mean of every channel by group, with the number of questions."""
    table: dict[str, dict[str, Any]] = {}
    for name, members in groups:
        mask = np.array(members, dtype=bool)
        if mask.any():
            means = {channel: round(float(values[mask].mean()), 4) for channel, values in scores.items()}
            table[name] = {"questions": int(mask.sum()), **means}
    return table


def compare(before: Floats, after: Floats, resamples: int = RESAMPLES, seed: int = SEED) -> Comparison:
    """Compare two channels; `p` is the share of resamples in which `after` is not above `before`."""
    random, count = np.random.default_rng(seed), len(before)
    gains = after - before
    means = gains[random.integers(0, count, (resamples, count))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Comparison(
        questions=count,
        before=round(float(before.mean()), 4),
        after=round(float(after.mean()), 4),
        low=round(float(low), 4),
        high=round(float(high), 4),
        p=round(float((means <= 0).mean()), 5),
    )


def measure_part(kb: KnowledgeBase, part: Part) -> dict[str, Any]:
    """Measure all channels on one part of the questions (those with an answer that follow nothing)."""
    questions = [q for q in load_questions(part) if q.clauses and not q.previous]
    scores = score_channels(kb, questions)
    paraphrased = np.array([is_paraphrase(kb, q) for q in questions])
    kinds, languages = sorted({q.kind for q in questions}), sorted({q.lang for q in questions})
    groups = [
        ("all", [True] * len(questions)),
        ("paraphrases", list(paraphrased)),
        *((f"language {lang}", [q.lang == lang for q in questions]) for lang in languages),
        *((f"kind {kind}", [q.kind == kind for q in questions]) for kind in kinds),
    ]
    lexical, fused = scores["lexical"], scores["fused"]
    masks = {name: np.array(members) for name, members in groups}
    return {
        "questions": len(questions),
        "table": tabulate(scores, groups),
        "fused_against_lexical": {
            name: vars(compare(lexical[mask], fused[mask])) for name, mask in masks.items() if mask.any()
        },
    }


def write_table(report: dict[str, Any], part: str = "test") -> str:
    """Return the ablation of one part as a Markdown table, with the bootstrap below it (for `evals.readme`)."""
    found = report["parts"][part]
    channels = [name for name in next(iter(found["table"].values())) if name != "questions"]
    lines = [
        f"nDCG@10 on the {part} part, by kind of question and language",
        "",
        f"| questions | n | {' | '.join(channels)} |",
        f"| --- | ---: | {' | '.join('---:' for _ in channels)} |",
    ]
    for name, row in found["table"].items():
        lines.append(f"| {name} | {row['questions']} | {' | '.join(f'{row[c]:.3f}' for c in channels)} |")
    told = found["fused_against_lexical"]["paraphrases"]
    lines += [
        "",
        f"Fused against lexical on the {told['questions']} paraphrases: {told['before']:.3f} → {told['after']:.3f}, gain"
        f" {told['low']:+.3f} to {told['high']:+.3f} (95 %), {_write_p(told['p'])} (paired bootstrap, one-sided).",
    ]
    return "\n".join(lines)


def _write_p(p: float) -> str:
    """Write a p value; none of the resamples is told as less than one of them."""
    return f"p = {p:g}" if p else f"p < {1 / RESAMPLES:g}"


def main() -> None:
    """Measure both parts and write `results/ablation.json`."""
    kb = KnowledgeBase.open()
    parts: tuple[Part, ...] = ("tune", "test")
    report = {
        "model": kb.index.manifest.model.name if kb.index.manifest.model else None,
        "dense_share": kb.searcher.ranking.dense_share,
        "parts": {part: measure_part(kb, part) for part in parts},
    }
    file = RESULTS / "ablation.json"
    file.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(file, file=sys.stderr)
    for part in parts:
        print(write_table(report, part), end="\n\n")


if __name__ == "__main__":
    main()
