"""What `kb quiz` does beside asking: settings, files, undo."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from kb.cli.output import complain
from kb.errors import InputError, UsageError
from kb.model.base import Language
from kb.model.knowledge import Corpus
from kb.store.study import read_export
from kb.study.session import Study
from kb.study.words import tell


def choose(study: Study, exam: date | None | str, cap: int | None, language: Language) -> None:
    """Choose the exam date and the daily cap."""
    if isinstance(exam, date) and exam < study.today:
        raise UsageError(f"--exam-date {exam.isoformat()}; allowed: {study.today.isoformat()} or later")
    chosen = study.choose(exam, cap)
    shown = chosen.exam_date.isoformat() if chosen.exam_date else tell("no_exam", language)
    complain(tell("chosen", language, exam=shown, cap=chosen.daily_cap))


def take_back(study: Study, language: Language) -> str:
    """Take back the last rating and say so."""
    review = study.undo()
    return tell("nothing_to_undo", language) if review is None else tell("undone", language, number=review.id)


def lay_aside(study: Study, item: str, on: bool, language: Language) -> None:
    """Lay an item aside, or bring it back."""
    if item not in study.deck.by_id:
        raise UsageError(f"item {item!r} is not in the deck; an id is such as {study.deck.items[0].id}")
    study.store.suspend(item, on)
    complain(tell("suspended" if on else "resumed", language, item=item))


def save(study: Study, file: Path, language: Language) -> None:
    """Write the learner's progress to a file, whole or not at all."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8") as out:
            out.write(study.store.export().model_dump_json(indent=1) + "\n")
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(file)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from None
    finally:
        temporary.unlink(missing_ok=True)
    complain(tell("saved", language, learner=study.store.learner, file=file))


def load(study: Study, file: Path, replace: bool, language: Language) -> None:
    """Read progress from a file into this learner's; what is there is replaced only where that is asked for."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"{file}: not UTF-8 text; allowed: a file that this program exported") from None
    progress = read_export(text, str(file))
    if not study.store.is_new() and not replace:
        raise UsageError(
            f"{study.store.learner} has progress already; add --replace to put that of {file} in its place"
        )
    study.store.replace(progress)
    complain(tell("loaded", language, learner=study.store.learner, file=file))


def export(study: Study, corpus: Corpus, file: Path, language: Language) -> None:
    """Write the deck for Anki."""
    from kb.study.anki import export_deck

    if file.suffix != ".apkg":
        raise UsageError(f"--export {file}; allowed: a file that ends in .apkg")
    try:
        count = export_deck(study.deck.items, corpus, file, language)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from None
    complain(tell("exported", language, count=count, file=file))
