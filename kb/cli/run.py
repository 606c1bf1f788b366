"""`kb index`, `kb eval` and `kb app`."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from kb import base
from kb.cli.output import complain, progress_bar
from kb.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""

    @app.command(name="index", help="索引を作る / Build the index.")
    def index(force: Annotated[bool, typer.Option("--force", help="作り直す / build it anew")] = False) -> None:
        bar, move = progress_bar()
        with bar:
            base.build(force=force, progress=move)
        complain(f"index: {base.index_folder()}")

    @app.command(name="eval", help="評価を実行 / Run the evals.")
    def evaluate(
        fast: Annotated[bool, typer.Option("--fast", help="順位付けの比較を省く / answers only")] = False,
    ) -> None:
        root = find_checkout("evals/run.py")
        sys.path.insert(0, str(root))
        importlib.import_module("evals.run").main(["--fast"] if fast else [])

    @app.command(name="app", help="ページを開く / Serve the page.")
    def serve(port: Annotated[int, typer.Option(min=1, max=65535)] = 8501) -> None:
        root = find_checkout("app.py")
        command = [sys.executable, "-m", "streamlit", "run", str(root / "app.py"), "--server.port", str(port)]
        sys.exit(subprocess.call(command, cwd=root))


def find_checkout(needed: str) -> Path:
    """Return the root of the checkout; raises `UsageError` where the file `needed` is not in it."""
    root = Path(__file__).resolve().parent.parent.parent
    if not (root / needed).is_file():
        raise UsageError(f"{needed} is part of the repository; run this command in a checkout")
    return root
