"""`kb area`: the class of an area by the standard's procedure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.ask import AsJson
from kb.cli.open import open_kb
from kb.cli.output import complain, print_json
from kb.errors import UsageError
from kb.model.area import AreaResult
from kb.model.base import Language

InputFile = Annotated[Path, typer.Argument(help="調査の記録（YAML・JSON） / the survey, YAML or JSON")]
InLanguage = Annotated[str, typer.Option("--lang", help="ja または en / ja or en")]
PlanFile = Annotated[Path | None, typer.Option("--plan", help="平面図（SVG）を書く / write the plan as SVG")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""

    @app.command(name="area", help="地域の判定（住宅・商業・特別） / Classify the area of a property.")
    def area(file: InputFile, as_json: AsJson = False, lang: InLanguage = "ja", plan: PlanFile = None) -> None:
        language = check_language(lang)
        kb = open_kb()
        result = kb.classify_area(file, language)
        if plan is not None:
            from kb.area.plan import draw_plan
            from kb.atomic import write_atomically

            write_atomically(check_svg(plan), draw_plan(result))
            complain(f"{plan}")
        if as_json:
            print_json(result)
        else:
            print(write_area(result))


def check_language(lang: str) -> Language:
    """Return the language of an option; raises `UsageError`."""
    if lang == "ja":
        return "ja"
    if lang == "en":
        return "en"
    raise UsageError(f"--lang {lang!r}: ja, en")


def check_svg(file: Path) -> Path:
    """Return a file to write a drawing to; raises `UsageError` where its name does not end in .svg."""
    if file.suffix.lower() != ".svg":
        raise UsageError(f"{file}: a file name that ends in .svg")
    return file


_MARKS = {"yes": "○", "no": "×", "unknown": "？"}
_HEADS = {
    "ja": {"steps": "判定の手順", "missing": "足りない情報", "notes": "注意", "extent": "範囲", "none": "なし"},
    "en": {"steps": "Steps", "missing": "Missing", "notes": "Notes", "extent": "Extent", "none": "none"},
}


def write_area(result: AreaResult) -> str:
    """Write a classification for the terminal."""
    heads = _HEADS[result.language]
    labels = {one.locator: one.label for one in result.citations}
    lines = [result.headline, ""]
    if result.extent is not None:
        lines += [f"{heads['extent']}: {result.extent.text}", ""]
    lines.append(heads["steps"])
    for step in result.steps:
        lines.append(f"  {_MARKS[step.answer]} {step.question}")
        lines.append(f"     {step.text}")
        lines.append("     [" + " / ".join(labels[locator] for locator in step.locators) + "]")
    for head, items in (
        (heads["missing"], [f"{one.question} ({one.key})" for one in result.missing]),
        (heads["notes"], list(result.notes)),
    ):
        if items:
            lines += ["", head, *(f"  - {item}" for item in items)]
    return "\n".join(lines)
