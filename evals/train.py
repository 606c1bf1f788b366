"""Train the shipped embedding model and measure it: `python -m evals.train --data FOLDER`."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evals.held_asks import SHARES, Experiment, best_share, leave_clauses_out, leave_one_ask_out, measure
from evals.model_card import write_card
from indexer.export import save_for_sentence_transformers
from indexer.train_contrastive import (
    ContrastiveTraining,
    Stage,
    TermCache,
    TextPair,
    count_workers,
    measure_ranking,
    read_pairs,
    train_contrastive,
)
from indexer.train_static import StaticTraining
from kb.corpus import corpus_hash, load_corpus
from kb.pair_sources import STATUTES, SYNONYMS, list_outside_pairs
from kb.pairs import Pair, list_corpus_pairs, write_pairs
from kb.settings import corpus_folder

OUT = Path(__file__).resolve().parent.parent / "models" / "bouhan-static"
OWN = {
    "ask": 4, "ask_swapped": 2, "ask_ask": 2, "said": 2, "translation": 1, "path": 0.5, "concept": 4, "vocabulary": 6, "told": 4,
}  # fmt: skip
"""How often batches of the corpus's own kinds of pair are drawn; their terms are all in the vocabulary."""

GENERAL = {"synonym": 2, "statute": 2}
"""The same for pairs from outside: they teach words that the corpus lacks, and cost a little where it has them."""

TRAINING = ContrastiveTraining(
    stages=(Stage(steps=1500, batch=256, rate=0.02, kinds={**OWN, **GENERAL}),),
    keep=frozenset(OWN),
    dim=128,
    vocabulary=48_000,
    scale=8.0,
    name="bouhan-static",
)
HELD_STATUTES = 2_000


def pass_through_file(pairs: Iterable[Pair]) -> tuple[list[TextPair], dict[str, int]]:
    """Write pairs and read them back, as another program would; returns them with how many there are of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pairs.jsonl"
        counts = write_pairs(pairs, file)
        return read_pairs(file), counts


def run_experiment(experiment: Experiment, outside: list[TextPair], cache: TermCache) -> dict[str, Any]:
    """Train without what the experiment keeps out, and measure with and without the model."""
    _say(f"experiment: {experiment.name}")
    own, _ = pass_through_file(list_corpus_pairs(experiment.corpus))
    model = train_contrastive(own + outside, TRAINING, cache, report=_say)
    return {
        "questions": sum(len(words.all) for words in experiment.asks.values()),
        "before": measure(experiment, StaticTraining()),
        "after": measure(experiment, model),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, save, measure, and write the card."""
    parser = argparse.ArgumentParser(prog="python -m evals.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help=f"folder with {STATUTES} and {SYNONYMS}")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write the model to")
    parser.add_argument("--no-measure", action="store_true", help="train only; the card has no results then")
    options = parser.parse_args(arguments)
    started, cache = time.monotonic(), TermCache(count_workers())
    version, corpus = corpus_hash(corpus_folder()), load_corpus(corpus_folder())
    outside, counts = pass_through_file(list_outside_pairs(options.data))
    own, own_counts = pass_through_file(list_corpus_pairs(corpus))
    model = train_contrastive(own + outside, TRAINING, cache, report=_say)
    seconds = round(time.monotonic() - started)
    save_for_sentence_transformers(model, options.out)
    held = [pair for pair in outside if pair.split == "held"][:HELD_STATUTES]
    found = () if options.no_measure else (leave_one_ask_out(corpus), leave_clauses_out(corpus))
    experiments = {experiment.name: run_experiment(experiment, outside, cache) for experiment in found}
    record = {
        "command": "python -m evals.train --data FOLDER",
        "settings": TRAINING.describe(),
        "seconds": seconds,
        "pairs": own_counts | counts,
        "corpus": version,
        "data": {name: _hash_file(options.data / name) for name in (STATUTES, SYNONYMS)},
        "model_sha256": _hash_file(options.out / "model.safetensors"),
        "terms": len(model.tokens),
        "megabytes": round(sum(f.stat().st_size for f in options.out.iterdir() if f.is_file()) / 1e6, 1),
        "laws": len(held),
        "law": round(measure_ranking(model, held, cache), 4),
        "shares": SHARES,
        "dense_share": best_share([e["after"] for e in experiments.values()]) if experiments else None,
        "experiments": experiments,
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    (options.out / "training.json").write_text(text, encoding="utf-8")
    (options.out / "README.md").write_text(write_card(json.loads(text)), encoding="utf-8")
    _say(f"{options.out}: {record['megabytes']} MB; {round(time.monotonic() - started)} s in all")


def _hash_file(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
