"""`kb area` and `kb sightline`: the two procedures of the standards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.ask import AsJson
from kb.cli.check import Lang, check_language
from kb.cli.open import open_kb
from kb.cli.output import complain, print_json
from kb.errors import UsageError
from kb.model.area import AreaResult, MissingInput
from kb.model.base import Language
from kb.model.sightline import SightlineResult

InputFile = Annotated[Path, typer.Argument(help="調査の記録（YAML・JSON） / the survey, YAML or JSON")]
PlanFile = Annotated[Path | None, typer.Option("--plan", help="平面図（SVG）を書く / write the plan as SVG")]

SectionFile = Annotated[Path | None, typer.Option("--section", help="断面図（SVG）を書く / write the section as SVG")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""

    @app.command(name="area", help="地域の判定（住宅・商業・特別） / Classify the area of a property.")
    def area(file: InputFile, as_json: AsJson = False, lang: Lang = "ja", plan: PlanFile = None) -> None:
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

    @app.command(name="sightline", help="見通しの確認 / Verify a sightline.")
    def sightline(file: InputFile, as_json: AsJson = False, lang: Lang = "ja", section: SectionFile = None) -> None:
        language = check_language(lang)
        kb = open_kb()
        result = kb.check_sightline(file, language)
        if section is not None:
            from kb.atomic import write_atomically
            from kb.sightline.section import draw_section

            write_atomically(check_svg(section), draw_section(result))
            complain(f"{section}")
        if as_json:
            print_json(result)
        else:
            print(write_sightline(result))


def check_svg(file: Path) -> Path:
    """Return a file to write a drawing to; raises `UsageError` where its name does not end in .svg."""
    if file.suffix.lower() != ".svg":
        raise UsageError(f"{file}: a file name that ends in .svg")
    return file


_MARKS = {"yes": "○", "no": "×", "unknown": "？"}
_HEADS = {
    "ja": {"steps": "判定の手順", "missing": "足りない情報", "notes": "注意", "extent": "範囲", "advice": "どうするか"},
    "en": {"steps": "Steps", "missing": "Missing", "notes": "Notes", "extent": "Extent", "advice": "What to do"},
}


def write_area(result: AreaResult) -> str:
    """Write a classification for the terminal."""
    heads = _HEADS[result.language]
    lines = [result.headline, ""]
    if result.extent is not None:
        lines += [f"{heads['extent']}: {result.extent.text}", ""]
    return "\n".join([*lines, *_write_rest(result, ())])


def write_sightline(result: SightlineResult) -> str:
    """Write a sightline check for the terminal."""
    name = f"{result.name}: " if result.name else ""
    return "\n".join([f"{name}{result.headline}", "", *_write_rest(result, result.advice)])


def _ask(one: MissingInput, language: Language) -> str:
    """Write what is missing, the key of the file, and what stands there where there is none."""
    if one.empty is None:
        return f"{one.question} ({one.key})"
    where = f"{one.key}; なければ {one.empty}" if language == "ja" else f"{one.key}; {one.empty} where there is none"
    return f"{one.question} ({where})"


def _write_rest(result: AreaResult | SightlineResult, advice: tuple[str, ...]) -> list[str]:
    heads = _HEADS[result.language]
    labels = {one.locator: one.label for one in result.citations}
    lines = [heads["steps"]]
    for step in result.steps:
        lines.append(f"  {_MARKS[step.answer]} {step.question}")
        lines.append(f"     {step.text}")
        lines.append("     [" + " / ".join(labels[locator] for locator in step.locators) + "]")
    for head, items in (
        (heads["advice"], list(advice)),
        (heads["missing"], [_ask(one, result.language) for one in result.missing]),
        (heads["notes"], list(result.notes)),
    ):
        if items:
            lines += ["", head, *(f"  - {item}" for item in items)]
    return lines
