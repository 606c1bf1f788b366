"""`kb check` and `kb template`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kb.base import KnowledgeBase
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
        file: Annotated[Path, typer.Argument(help="設計ファイル（YAML, JSON, XLSX, CSV） / a design file")],
        guideline: Guidelines = None,
        as_json: AsJson = False,
        compare: Annotated[
            Path | None, typer.Option("--compare", help="比べる前の版 / an earlier version to compare with")
        ] = None,
        points: Annotated[
            list[Path] | None, typer.Option("--points", help="照度の測定点のCSV（繰り返し可） / a CSV of points")
        ] = None,
        building: Annotated[
            str | None,
            typer.Option("--building", help="ファイルにないときの建物の種類 / type of building if not given"),
        ] = None,
        report: Annotated[
            list[Path] | None,
            typer.Option("--report", help="報告書を書く .html .pdf .xlsx .csv .json（繰り返し可） / write a report"),
        ] = None,
        lang: Lang = "ja",
    ) -> None:
        from kb.cli.show_check import show_check
        from kb.design.problems import DesignFileError, describe_problems
        from kb.design.read import read_design
        from kb.report.write import check_report_path, write_reports

        language = check_language(lang)
        reports = [check_report_path(one) for one in report or ()]
        kb = open_kb()
        chosen = check_guidelines(kb, guideline or [])
        try:
            design = read_design(file, kb.corpus, points or (), check_building(kb, building))
            result = kb.check(design, chosen, language, compare)
        except DesignFileError as error:
            complain(describe_problems(error.problems, language))
            if as_json:
                print_json({"problems": list(error.problems)})
            sys.exit(3)
        if reports:
            write_reports(result, reports)
            complain("\n".join(f"report: {one}" for one in reports))
        if as_json:
            print_json(result)
        else:
            show_check(result)
        sys.exit(1 if result.complies is False else 0)

    @app.command(name="template", help="設計ファイルのひな形を書く / Write a template to fill in.")
    def template(
        out: Annotated[Path, typer.Argument(help="書き出し先（.xlsx, .yaml） / where to write it")],
        guideline: Guidelines = None,
        building: Annotated[
            str | None, typer.Option("--building", help="建物の種類 / type of building (apartment, detached, …)")
        ] = None,
        force: Annotated[bool, typer.Option("--force", help="上書きする / overwrite")] = False,
        lang: Lang = "ja",
    ) -> None:
        from kb.design.template import write_template

        kb = open_kb()
        chosen = check_guidelines(kb, guideline or [])
        write_template(kb.corpus, out, chosen, check_building(kb, building), check_language(lang), force)
        complain(f"template: {out}")


def check_building(kb: KnowledgeBase, word: str | None) -> str | None:
    """Return a type of building that designs can have; raises `UsageError` that lists them."""
    choices = kb.corpus.vocabulary.facts["building"].choices
    if word is not None and word not in choices:
        raise UsageError(f"--building {word!r}: one of {', '.join(choices)}")
    return word


def check_language(word: str) -> Language:
    """Return a language; raises `UsageError` for another word."""
    if word == "ja":
        return "ja"
    if word == "en":
        return "en"
    raise UsageError(f"--lang {word!r}: ja or en")
