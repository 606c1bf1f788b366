"""`kb quiz`: study in the terminal, with the same store as the page."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.open import open_kb
from kb.cli.output import complain, print_json
from kb.errors import UsageError
from kb.model.base import Language
from kb.model.progress import FIRST_YEAR, LAST_YEAR

DEFAULT_LEARNER = "me"


def register(app: typer.Typer) -> None:
    """Add the command of this module."""

    @app.command(
        name="quiz", help="学ぶ：今日のカード・模擬問題・進み具合 / Study: today's cards, a practice paper, progress."
    )
    def quiz(
        learner: Annotated[
            str, typer.Option("--learner", help="学ぶ人の名前 / name of the learner (KB_LEARNER)")
        ] = os.environ.get("KB_LEARNER") or DEFAULT_LEARNER,
        language: Annotated[str, typer.Option("--lang", help="ja | en")] = "ja",
        subject: Annotated[str | None, typer.Option("--subject", help="分野 / one subject only")] = None,
        count: Annotated[int | None, typer.Option("--count", min=1, help="問題数 / how many cards")] = None,
        mock: Annotated[bool, typer.Option("--mock", help="模擬問題 / a practice paper")] = False,
        items: Annotated[int, typer.Option("--items", min=1, help="模擬問題の問題数 / items of the paper")] = 80,
        minutes: Annotated[int, typer.Option("--minutes", min=1, help="制限時間（分）/ minutes of the paper")] = 70,
        seed: Annotated[int | None, typer.Option("--seed", help="模擬問題の番号 / the paper's seed")] = None,
        weight: Annotated[list[str] | None, typer.Option("--weight", help="分野=重み / SUBJECT=WEIGHT")] = None,
        exam_date: Annotated[str | None, typer.Option("--exam-date", help="試験日 YYYY-MM-DD | none")] = None,
        cap: Annotated[int | None, typer.Option("--cap", min=1, max=500, help="1日の上限 / cards a day")] = None,
        undo: Annotated[bool, typer.Option("--undo", help="直前の評価を取り消す / take back the last rating")] = False,
        suspend: Annotated[str | None, typer.Option("--suspend", help="問題を休止 / lay an item aside")] = None,
        resume: Annotated[str | None, typer.Option("--resume", help="休止を戻す / bring an item back")] = None,
        export: Annotated[Path | None, typer.Option("--export", help="Anki: deck.apkg")] = None,
        save: Annotated[Path | None, typer.Option("--save", help="記録を保存 / progress as JSON")] = None,
        load: Annotated[Path | None, typer.Option("--load", help="記録を読み込む / progress from JSON")] = None,
        replace: Annotated[
            bool, typer.Option("--replace", help="記録を置き換える / in place of what is there")
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="進み具合を出力 / progress as JSON")] = False,
    ) -> None:
        from kb.cli import quiz_actions, quiz_talk
        from kb.study.deck import open_deck
        from kb.study.session import Study

        spoken = _language(language)
        corpus = open_kb().corpus
        study = Study(open_deck(corpus), learner)
        known = [one.id for one in study.deck.guide.subjects]
        if subject is not None and subject not in known:
            raise UsageError(f"--subject {subject}; allowed: {', '.join(known)}")
        acted = False
        if exam_date is not None or cap is not None:
            quiz_actions.choose(study, _exam(exam_date), cap, spoken)
            acted = True
        if load is not None:
            quiz_actions.load(study, load, replace, spoken)
            acted = True
        if undo:
            complain(quiz_actions.take_back(study, spoken))
            acted = True
        for item, on in ((suspend, True), (resume, False)):
            if item is not None:
                quiz_actions.lay_aside(study, item, on, spoken)
                acted = True
        if save is not None:
            quiz_actions.save(study, save, spoken)
            acted = True
        if export is not None:
            quiz_actions.export(study, corpus, export, spoken)
            acted = True
        if as_json:
            print_json(study.progress())
        elif mock:
            chosen = seed if seed is not None else int(time.time())
            quiz_talk.sit_paper(study, chosen, items, minutes, _weights(weight or []), spoken)
        elif not acted:
            quiz_talk.go_through(study, subject, count, spoken)


def _language(given: str) -> Language:
    if given == "ja":
        return "ja"
    if given == "en":
        return "en"
    raise UsageError(f"--lang {given}; allowed: ja, en")


def _exam(given: str | None) -> date | None | str:
    """Return the date, None for `none`, and an empty text where nothing was given."""
    if given is None:
        return ""
    if given.lower() == "none":
        return None
    try:
        chosen = date.fromisoformat(given)
    except ValueError:
        chosen = date.min
    if FIRST_YEAR <= chosen.year <= LAST_YEAR:
        return chosen
    raise UsageError(f"--exam-date {given}; allowed: a date such as 2027-02-14, or none")


def _weights(given: list[str]) -> dict[str, int]:
    weights = {}
    for one in given:
        name, _, number = one.partition("=")
        if not number.isdigit():
            raise UsageError(f"--weight {one}; allowed: SUBJECT=WEIGHT, such as lighting=3")
        weights[name] = int(number)
    return weights
