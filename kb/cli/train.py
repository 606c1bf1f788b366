"""`kb pairs` and `kb train`."""

from __future__ import annotations

import importlib
import sys
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.output import complain
from kb.cli.run import find_checkout
from kb.corpus import load_corpus
from kb.settings import corpus_folder

Data = Annotated[
    Path | None, typer.Option("--data", help="法令・同義語のフォルダー / folder with statutes and synonyms")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""

    @app.command(name="pairs", help="学習用の対を書き出す / Write the pairs that a model is trained on, as JSON lines.")
    def pairs(
        out: Annotated[Path, typer.Argument(help="出力 / output, .jsonl or .jsonl.gz")], data: Data = None
    ) -> None:
        from kb.pair_sources import list_outside_pairs
        from kb.pairs import list_corpus_pairs, write_pairs

        own = list_corpus_pairs(load_corpus(corpus_folder()))
        counts = write_pairs(own if data is None else chain(own, list_outside_pairs(data)), out)
        for kind, count in counts.items():
            complain(f"{kind}: {count}")

    @app.command(name="train", help="埋め込みモデルを学習する / Train the shipped embedding model.")
    def train(
        data: Annotated[
            Path, typer.Option("--data", help="法令・同義語のフォルダー / folder with statutes and synonyms")
        ],
        measure: Annotated[bool, typer.Option(help="評価もする / measure it too")] = True,
    ) -> None:
        root = find_checkout("evals/train.py")
        sys.path.insert(0, str(root))
        importlib.import_module("evals.train").main(["--data", str(data), *([] if measure else ["--no-measure"])])
