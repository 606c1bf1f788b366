"""`kb pairs` and `kb train`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.output import complain
from kb.cli.run import find_checkout
from kb.corpus import load_corpus
from kb.settings import corpus_folder

Data = Annotated[Path | None, typer.Option("--data", help="法令・同義語のフォルダー / folder with statutes and synonyms")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""

    @app.command(name="pairs", help="学習用の対を書き出す / Write the pairs that a model is trained on, as JSON lines.")
    def pairs(out: Annotated[Path, typer.Argument(help="出力 / output, .jsonl or .jsonl.gz")], data: Data = None) -> None:
        from kb.pair_sources import list_all_pairs
        from kb.pairs import write_pairs

        for kind, count in write_pairs(list_all_pairs(load_corpus(corpus_folder()), data), out).items():
            complain(f"{kind}: {count}")

    @app.command(name="train", help="埋め込みモデルを学習する / Train the shipped embedding model.")
    def train(
        data: Annotated[Path, typer.Option("--data", help="法令・同義語のフォルダー / folder with statutes and synonyms")],
        measure: Annotated[bool, typer.Option(help="評価もする / measure it too")] = True,
    ) -> None:
        root = find_checkout("evals/train.py")
        sys.path.insert(0, str(root))
        importlib.import_module("evals.train").main(["--data", str(data), *([] if measure else ["--no-measure"])])
