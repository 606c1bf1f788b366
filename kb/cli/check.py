"""`kb check` and `kb template`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.ask import AsJson, Guidelines, check_guidelines
from kb.cli.open import open_kb
from kb.cli.output import complain, print_json
from kb.errors import UsageError
from kb.model.base import Language

Lang = Annotated[str, typer.Option("--lang", help="言語 ja / en")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""

    @app.command(name="check", help="設計を指針と照らし合わせる / Check a design against the guidelines.")
    def check(
        file: Annotated[Path, typer.Argument(help="設計ファイル（YAML, JSON） / a design file")],
        guideline: Guidelines = None,
        as_json: AsJson = False,
        compare: Annotated[
            Path | None, typer.Option("--compare", help="比べる前の版 / an earlier version to compare with")
        ] = None,
        lang: Lang = "ja",
    ) -> None:
        from kb.cli.show_check import show_check
        from kb.design.problems import DesignFileError, describe_problems

        language = check_language(lang)
        kb = open_kb()
        chosen = check_guidelines(kb, guideline or [])
        try:
            result = kb.check(file, chosen, language, compare)
        except DesignFileError as error:
            complain(describe_problems(error.problems, language))
            if as_json:
                print_json({"problems": list(error.problems)})
            sys.exit(3)
        if as_json:
            print_json(result)
        else:
            show_check(result)
        sys.exit(1 if result.complies is False else 0)


def check_language(word: str) -> Language:
    """Return a language; raises `UsageError` for another word."""
    if word == "ja":
        return "ja"
    if word == "en":
        return "en"
    raise UsageError(f"--lang {word!r}: ja or en")
